# SPDX-License-Identifier: MIT
"""Changesets of the post-purchase page: calculated, applied, charged."""
import orders
import prices

NUMBER_KEYS = {"add_variant": {"variantId", "quantity"},
               "add_subscription": {"variantId", "quantity", "sellingPlanId",
                                    "initialShippingPrice", "recurringShippingPrice"},
               "set_metafield": set()}
REQUIRED_KEYS = {"add_variant": {"type", "variantId", "quantity"},
                 "add_subscription": {"type", "variantId", "quantity", "sellingPlanId",
                                      "initialShippingPrice", "recurringShippingPrice",
                                      "shippingOption"},
                 "set_metafield": {"type", "namespace", "key", "value", "valueType"}}
OPTIONAL_KEYS = {"add_variant": {"discount"}, "add_subscription": {"discount"},
                 "set_metafield": set()}

# Errors that leave an order untouched; the rest of the platform's codes are made below.
PLAIN_REFUSALS = ["payment_required", "insufficient_inventory", "unsupported_payment_method",
                  "invalid_request", "buyer_consent_required", "subscription_vaulting_error",
                  "subscription_no_shipping_address_error", "subscription_limit_error",
                  "order_released_error", "server_error"]


class BadChange(Exception):
    """A change that breaks the page's own types."""


def refused(code: str) -> dict:
    return {"status": "unprocessed", "errors": [{"code": code, "message": code}],
            "changesetApplicationsRemaining": 1}


def answered(status: str, *codes: str) -> dict:
    return {"status": status, "errors": [{"code": code, "message": code} for code in codes],
            "changesetApplicationsRemaining": 1}


def with_more_codes(answer: dict, beside: tuple) -> dict:
    """The answer with plain codes before and after its own; what it means stays the same."""
    if not answer["errors"]:
        return answer
    before, after = ([{"code": code, "message": code} for code in codes] for codes in beside)
    return answer | {"errors": [*before, *answer["errors"], *after]}


def plan_price(shop, variant: orders.Variant, plan: orders.SellingPlan, cycle: int) -> int:
    return prices.plan_unit(variant.price, plan.pricing, cycle, shop.currency)


def check_change(change: dict) -> None:
    """Raise BadChange unless a change has the keys and types of its kind."""
    kind = change.get("type")
    if kind not in REQUIRED_KEYS:
        raise BadChange(f"type {kind!r}")
    if missing := REQUIRED_KEYS[kind] - set(change):
        raise BadChange(f"{kind} lacks {sorted(missing)}")
    if unknown := set(change) - REQUIRED_KEYS[kind] - OPTIONAL_KEYS[kind]:
        raise BadChange(f"{kind} has {sorted(unknown)}")
    for key in NUMBER_KEYS[kind]:
        if isinstance(change[key], bool) or not isinstance(change[key], (int, float)):
            raise BadChange(f"{key} is {change[key]!r}")
    discount = change.get("discount")
    if discount and (set(discount) != {"value", "valueType", "title"}
                     or discount["valueType"] not in ("percentage", "fixed_amount")
                     or not isinstance(discount["value"], (int, float))):
        raise BadChange(f"discount {discount!r}")


def _line(shop, change: dict, key: str | None) -> orders.OrderLine:
    """The order line that an adding change makes, at the platform's own price."""
    variant = shop.variants[change["variantId"]]
    plan = shop.plans[change["sellingPlanId"]] if "sellingPlanId" in change else None
    unit = plan_price(shop, variant, plan, 1) if plan else variant.price
    quantity = change["quantity"]
    total = prices.discounted(unit * quantity, quantity, change.get("discount"), shop.currency,
                              shop.habits.fixed_basis)
    tax = total * shop.habits.tax_percent // 100
    return orders.OrderLine(shop.number("line"), variant, plan, quantity, total,
                            variant.price * quantity, tax, key, paid=False)


def _merged(lines: list) -> list:
    """Lines with one variant and plan as one line."""
    by_item = {}
    for line in lines:
        first = by_item.setdefault((line.variant, line.plan), line)
        if first is not line:
            first.quantity += line.quantity
            first.total += line.total
            first.tax += line.tax
            first.original_total += line.original_total
    return list(by_item.values())


def _lines(shop, changes: list, key: str | None = None) -> list:
    lines = [_line(shop, change, key) for change in changes
             if change["type"] in ("add_variant", "add_subscription")]
    return _merged(lines) if shop.habits.merge_lines else lines


def refusal(shop, order: orders.Order, changes: list, consent: bool) -> str | None:
    """The rule that an application breaks, as the platform's code."""
    adding = [change for change in changes if change["type"] != "set_metafield"]
    subscriptions = [change for change in adding if change["type"] == "add_subscription"]
    if order.released or order.cancelled_at is not None:
        return "order_released_error"
    if any(change["variantId"] not in shop.variants for change in adding):
        return "invalid_request"
    if subscriptions:
        if not consent:
            return "buyer_consent_required"
        if not order.shipping_address:
            return "subscription_no_shipping_address_error"
        if len(subscriptions) > 1 or any(line.plan for line in order.lines):
            return "subscription_limit_error"
    wanted = {}
    for change in adding:
        wanted[change["variantId"]] = wanted.get(change["variantId"], 0) + change["quantity"]
    if any((shop.variants[number].stock or 0) < quantity for number, quantity in wanted.items()
           if shop.variants[number].stock is not None):
        return "insufficient_inventory"
    return None


def calculate(shop, order: orders.Order, changes: list) -> dict:
    """`calculateChangeset`: the lines it would add, at the platform's prices."""
    for change in changes:
        check_change(change)
    code = refusal(shop, order, changes, consent=True)
    if code:
        return refused(code)
    updated = []
    for line in _lines(shop, changes):
        item = {"productId": line.variant.product, "variantId": line.variant.number,
                "productHandle": f"p-{line.variant.product}", "quantity": line.quantity,
                "totalPriceSet": _bag(shop, line.total),
                "priceSet": _bag(shop, line.total // line.quantity)}
        if line.plan:
            item["sellingPlanId"] = line.plan.number
        updated.append(item)
    total = sum(line.total for line in _lines(shop, changes))
    return {"status": "processed", "errors": [], "calculatedPurchase": {
        "updatedLineItems": updated, "addedShippingLines": [], "addedTaxLines": [],
        "subtotalPriceSet": _bag(shop, order.price + total),
        "totalPriceSet": _bag(shop, order.price + total),
        "totalOutstandingSet": _bag(shop, total)}}


def _bag(shop, minor: int) -> dict:
    money = {"amount": prices.write(minor, shop.currency), "currencyCode": shop.currency}
    return {"shopMoney": money, "presentmentMoney": money}


def apply(shop, order: orders.Order, changes: list, key: str, consent: bool) -> dict:
    """`applyChangeset`: everything or nothing, once per key."""
    for change in changes:
        check_change(change)
    return with_more_codes(_answer(shop, order, changes, key, consent), shop.habits.beside)


def _answer(shop, order: orders.Order, changes: list, key: str, consent: bool) -> dict:
    if key in shop.applied and shop.habits.honours_keys:
        return refused("changeset_already_applied")
    code = refusal(shop, order, changes, consent)
    if code is None and shop.habits.refusals:
        code = shop.habits.refusals.pop(0)
    if code is None and shop.habits.creation_error == "nothing":
        code = "subscription_contract_creation_error"
    fails = code is None and bool(shop.habits.server_errors)
    if fails and not shop.habits.server_errors.pop(0):
        return refused("server_error")
    if code is not None:
        return refused(code)
    shop.applied[key] = _apply(shop, order, changes, key)
    return refused("server_error") if fails else shop.applied[key]


def _apply(shop, order: orders.Order, changes: list, key: str) -> dict:
    lines = _lines(shop, changes, key)
    for line in lines:
        line.visible_from = shop.now + shop.habits.line_lag
        if line.variant.stock is not None:
            line.variant.stock -= line.quantity
    metafields = [orders.Metafield(change["namespace"], change["key"], str(change["value"]),
                                   "single_line_text_field")
                  for change in changes if change["type"] == "set_metafield"]
    shop.add_lines(order, lines, metafields)
    return _pay(shop, order, lines, key)


def _pay(shop, order: orders.Order, lines: list, key: str) -> dict:
    """The payment of an applied changeset, and the contract of a subscription."""
    habits = shop.habits
    fails = habits.payment == "fails" or habits.creation_error == "unpaid"
    if not fails and habits.payment_lag:
        shop.agenda.after(habits.payment_lag, lambda: _settle(shop, order, lines, key))
    elif not fails:
        _settle(shop, order, lines, key)
    elif habits.pays_later is not None:
        shop.agenda.after(habits.pays_later, lambda: shop.pay_outstanding(order))
    for line in lines:
        if line.plan and habits.creation_error in (None, "made"):
            shop.expect_new_contract(order, line)
    if habits.creation_error:
        return refused("subscription_contract_creation_error")
    return answered("partially_processed", "payment_required") if fails \
        else answered("processed")


def _settle(shop, order: orders.Order, lines: list, key: str) -> None:
    if order.cancelled_at is None and any(line.current for line in lines):
        shop.charge(order, lines, key)
