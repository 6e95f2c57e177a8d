# SPDX-License-Identifier: MIT
"""The Admin API's mutations on a simulated shop: input in, payload with userErrors out."""
import dataclasses

import orders
import prices
from contracts import TERMINAL, ContractLine, Discount
from graphql_schema import Payload, RequestError
from shop import KeyReused, Misuse

DRAFT_ERROR = "SubscriptionDraftUserError"


@dataclasses.dataclass
class UserError:
    typename: str
    message: str
    code: str | None = None
    field: list | None = None
    elementIndex: int | None = None


def failed(typename: str, code: str | None, message: str, **members) -> Payload:
    """A payload with one error and nothing else."""
    return Payload([UserError(typename, message, code)], **members)


# -- claims ------------------------------------------------------------------------------

def metafields_set(obj, call, given):
    wanted = []
    for item in given["metafields"]:
        order = call.shop.orders.get(item["ownerId"])
        if order is None:
            return failed("MetafieldsSetUserError", "INVALID", "Owner does not exist",
                          metafields=None)
        if item.get("compareDigest") is not None:
            raise Misuse("a claim creates, it never replaces")
        metafield = orders.Metafield(item["namespace"], item["key"], item["value"],
                                     item["type"])
        wanted.append((order, metafield, "compareDigest" in item))
    code = call.shop.set_metafields(wanted)
    if code:
        return failed("MetafieldsSetUserError", code, "The metafield has been modified",
                      metafields=None)
    return Payload(metafields=[metafield for _, metafield, _ in wanted])


# -- drafts ------------------------------------------------------------------------------

def contract_update(obj, call, given):
    shop = call.shop
    contract = shop.contracts.get(given["contractId"])
    if contract is None:
        return failed(DRAFT_ERROR, "INVALID", "Subscription contract not found", draft=None)
    if contract.status in TERMINAL:
        return failed(DRAFT_ERROR, "INVALID", "Contract is terminated", draft=None)
    if contract.future_edits and shop.habits.future_edits_at == "open":
        return failed(DRAFT_ERROR, "HAS_FUTURE_EDITS", "Upcoming cycle is edited", draft=None)
    return Payload(draft=shop.open_draft(contract))


def draft_line_add(obj, call, given):
    shop = call.shop
    draft = shop.drafts.get(given["draftId"])
    if draft is None:
        raise Misuse(f"no draft {given['draftId']}")
    if draft.committed:
        return failed(DRAFT_ERROR, "COMMITTED", "Draft is committed", draft=None, lineAdded=None)
    line = draft_line(shop, given["input"])
    shop.add_draft_line(draft, line)
    return Payload(draft=draft, lineAdded=line)


def draft_line(shop, given: dict) -> ContractLine:
    policy = given.get("pricingPolicy")
    return ContractLine(
        shop.number("subscription_line"), given["productVariantId"], given["quantity"],
        prices.read(given["currentPrice"], shop.currency), given.get("sellingPlanId"),
        given.get("sellingPlanName"), given.get("customAttributes") or [],
        policy and {"base": prices.read(policy["basePrice"], shop.currency),
                    "cycles": [cycle_of(one, one["computedPrice"], shop.currency)
                               for one in policy["cycleDiscounts"]]})


def cycle_of(given: dict, computed: str, currency: str) -> tuple:
    """An entry of a pricing policy, in the form that lines keep."""
    kind = given["adjustmentType"].lower()
    value = given["adjustmentValue"]
    wanted = "percentage" if kind == "percentage" else "fixedValue"
    if wanted not in value:
        raise Misuse(f"{kind} with {value}")
    return given["afterCycle"], kind, plain(value[wanted]), prices.read(computed, currency)


def plain(value) -> str:
    """A number without zeros at its end, whether text or not."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def draft_commit(obj, call, given):
    draft = call.shop.drafts.get(given["draftId"])
    if draft is None:
        raise Misuse(f"no draft {given['draftId']}")
    code = call.shop.commit_draft(draft)
    if code:
        return failed(DRAFT_ERROR, code, code, contract=None)
    return Payload(contract=draft.contract)


# -- calculations ------------------------------------------------------------------------

def calculate(obj, call, given):
    shop = call.shop
    contract = shop.contracts.get(given["contractId"])
    if contract is None or contract.status in TERMINAL:
        return failed("SubscriptionContractUpdateCalculateUserError", "INVALID",
                      "Contract cannot be updated", subscriptionContractCalculation=None)
    update = given["contractUpdateInput"]
    lines, discounts = list(contract.lines), list(contract.discounts)
    if "lines" in update:
        lines, discounts = new_lists(shop, contract, update)
    discounts = [one for one in discounts if one.code is None] + codes(contract, update)
    calculation = shop.calculate(contract, lines, discounts)
    return Payload(subscriptionContractCalculation=calculation)


def codes(contract, update: dict) -> list:
    """The applied codes that the complete list keeps."""
    kept = {item["redeemCode"] for item in update.get("discountCodes") or []}
    return [one for one in contract.discounts if one.code in kept]


def new_lists(shop, contract, update: dict):
    """The complete new lines and discounts; what is not named is gone."""
    lines = []
    discounts = [one for one in contract.discounts if one.lines is None] \
        if "manualDiscounts" not in update else \
        [line_discount(shop, contract, item["orderDiscount"], None)
         for item in update["manualDiscounts"]]
    for item in update["lines"]:
        given = item["productVariantLine"]
        line = calculated_line(shop, contract, given)
        lines.append(line)
        for discount in given["discounts"]:
            add_discount(discounts, line_discount(shop, contract, discount, [line.number]))
    return lines, discounts


def add_discount(discounts: list, discount: Discount) -> None:
    """The same discount on a second line is one discount for both."""
    same = next((one for one in discounts if one.number == discount.number), None)
    if same is None:
        discounts.append(discount)
    elif same.lines is not None:
        same.lines.extend(discount.lines)


def calculated_line(shop, contract, given: dict) -> ContractLine:
    policy = given.get("appManagedPricingPolicy")
    variant = next(one for one in shop.variants.values()
                   if one.gid == given["productVariantId"])
    price = amount(shop, given["priceOverride"]) if "priceOverride" in given else variant.price
    return ContractLine(
        line_number(shop, contract, given), given["productVariantId"], given["quantity"], price,
        given.get("originSellingPlanId"), given.get("sellingPlanName"),
        given.get("customAttributes") or [],
        policy and {"base": amount(shop, policy["basePrice"]),
                    "cycles": [cycle_of(one, one["computedPrice"]["amount"], shop.currency)
                               for one in policy["cyclePriceAdjustments"]]})


def line_number(shop, contract, given: dict) -> int:
    if "id" not in given:
        return shop.number("subscription_line")
    return next(line.number for line in contract.lines if line.gid == given["id"])


def amount(shop, given: dict) -> int:
    if given["currencyCode"] != shop.currency:
        raise Misuse(f"{given['currencyCode']} in a shop with {shop.currency}")
    return prices.read(given["amount"], shop.currency)


def line_discount(shop, contract, given: dict, lines: list | None) -> Discount:
    """A discount of the new lists; with the id of an old one it keeps its count of uses."""
    old = next((one for one in contract.discounts if one.gid == given.get("id")), None)
    value = given["value"]
    kind = "percentage" if "percentage" in value else "fixed_amount"
    if kind == "percentage":
        worth, each = value["percentage"], False
    else:
        worth = amount(shop, value["fixedAmount"]["amount"])
        each = bool(value["fixedAmount"].get("appliesOnEachItem"))
    return Discount(old.number if old else shop.number("discount"), given["title"],
                    given["recurringCycleLimit"] or None, kind, worth, lines,
                    old.used if old else 0, None, each)


def calculation_commit(obj, call, given):
    shop = call.shop
    calculation = shop.calculations.get(given["id"])
    code = "CALCULATION_NOT_FOUND" if calculation is None else \
        shop.commit_calculation(calculation)
    if code:
        return failed("SubscriptionContractCalculationCommitUserError", code, code,
                      contract=None)
    return Payload(contract=calculation.contract)


# -- refunds -----------------------------------------------------------------------------

def refund_create(obj, call, given):
    shop, wanted, key = call.shop, given["input"], call.idempotency_key
    if call.version >= "2026-04" and not key:
        raise RequestError("The @idempotent directive is required", "BAD_REQUEST")
    order = shop.orders.get(wanted["orderId"])
    if order is None:
        raise Misuse(f"no order {wanted['orderId']}")
    try:
        made = shop.refund(order, refund_lines(order, wanted), refund_payments(order, wanted),
                           key, wanted)
    except KeyReused as reused:
        raise RequestError("The key was used with other parameters",
                           "IDEMPOTENCY_KEY_PARAMETER_MISMATCH") from reused
    except orders.RefundRefused as refusal:
        return failed("UserError", None, str(refusal), refund=None, order=order)
    return Payload(refund=made, order=order)


def refund_lines(order, wanted: dict) -> list:
    return [(order.line(item["lineItemId"]), item["quantity"], item.get("restockType"))
            for item in wanted.get("refundLineItems") or []]


def refund_payments(order, wanted: dict) -> list:
    payments = []
    for item in wanted.get("transactions") or []:
        if item["kind"] != "REFUND" or item["orderId"] != order.gid:
            raise Misuse(f"transaction {item}")
        payment = next((one for one in order.transactions if one.gid == item.get("parentId")),
                       None)
        payments.append((payment, prices.read(item["amount"], order.currency)))
    return payments
