# SPDX-License-Identifier: MIT
"""Subscription contracts of the simulated shop as the Admin API shows them."""
import prices
from graphql_schema import Money, Record, field, money, page


def pricing_policy(line, call, given):
    if line.policy is None:
        return None
    currency = call.shop.currency
    cycles = [Record("SubscriptionCyclePriceAdjustment", afterCycle=after,
                     adjustmentType=kind.upper(), computedPrice=Money(computed, currency),
                     adjustmentValue=_adjustment(kind, value, currency))
              for after, kind, value, computed in line.policy["cycles"]]
    return Record("SubscriptionPricingPolicy", basePrice=Money(line.policy["base"], currency),
                  cycleDiscounts=cycles)


def _adjustment(kind: str, value: str, currency: str):
    if kind == "percentage":
        return Record("SellingPlanPricingPolicyPercentageValue", percentage=float(value))
    return Money(prices.read(value, currency), currency)


def entitled(discount, call, given):
    return Record("SubscriptionDiscountEntitledLines", all=discount.lines is None,
                  discount=discount)


def discount_value(discount, call, given):
    if discount.kind == "percentage":
        return Record("SubscriptionDiscountPercentageValue", percentage=discount.value)
    return Record("SubscriptionDiscountFixedAmountValue", appliesOnEachItem=discount.each,
                  amount=Money(discount.value, call.shop.currency))


def entitled_lines(record, call, given):
    numbers = record.discount.lines or []
    found = [Record("SubscriptionLine", gid=f"gid://shopify/SubscriptionLine/{number}")
             for number in numbers]
    return page(found, given)


def discount_allocations(line, call, given):
    """The discounts that hold for a line, as a contract in force shows them."""
    contract = next((one for one in call.shop.contracts.values() if line in one.lines), None)
    held = [one for one in contract.discounts
            if one.lines is None or line.number in one.lines] if contract else []
    return [Record("SubscriptionDiscountAllocation", discount=one,
                   amount=Money(0, call.shop.currency)) for one in held]


LINES = field(lambda obj, call, given: page(obj.lines, given), "SubscriptionLine", "connection",
              first="Int!")
MANUAL_DISCOUNTS = field(lambda obj, call, given: page(
    [one for one in obj.discounts if one.code is None], given),
    "SubscriptionManualDiscount", "connection", first="Int!")

POLICY = {"interval": field("interval"), "intervalCount": field("intervalCount")}


def cycle(contract, call, given):
    interval, count = contract.billing
    return Record("Policy", interval=interval, intervalCount=count)


CONTRACT = {
    "id": field("gid"),
    "status": field("status"),
    "revisionId": field(lambda contract, call, given: str(contract.revision)),
    "currencyCode": field("currency"),
    "originOrder": field("order", "Order"),
    "billingPolicy": field(cycle, "SubscriptionBillingPolicy"),
    "deliveryPolicy": field(cycle, "SubscriptionDeliveryPolicy"),
    "lines": LINES,
    "discounts": MANUAL_DISCOUNTS,
}

SUBSCRIPTION_LINE = {
    "id": field("gid"),
    "variantId": field("variant"),
    "productId": field(lambda line, call, given: "gid://shopify/Product/1"),
    "quantity": field("quantity"),
    "sellingPlanId": field("plan"),
    "sellingPlanName": field("plan_name"),
    "currentPrice": money(lambda line: line.price),
    "customAttributes": field(lambda line, call, given: [
        Record("Attribute", **one) for one in line.attributes], "Attribute", "list"),
    "pricingPolicy": field(pricing_policy, "SubscriptionPricingPolicy"),
    "discountAllocations": field(discount_allocations, "SubscriptionDiscountAllocation", "list"),
}

DRAFT = {
    "id": field("gid"),
    "status": field("contract.status"),
    "lines": LINES,
    "linesAdded": field(lambda draft, call, given: page(draft.added, given), "SubscriptionLine",
                        "connection", first="Int!"),
    "originalContract": field("contract", "SubscriptionContract"),
}

CALCULATED = {
    "lines": LINES,
    "discounts": MANUAL_DISCOUNTS,
    "currencyCode": field("contract.currency"),
}

TYPES = {
    "SubscriptionContract": CONTRACT,
    "SubscriptionLine": SUBSCRIPTION_LINE,
    "Attribute": {"key": field("key"), "value": field("value")},
    "SubscriptionBillingPolicy": POLICY,
    "SubscriptionDeliveryPolicy": POLICY,
    "SubscriptionPricingPolicy": {
        "basePrice": field("basePrice", "MoneyV2"),
        "cycleDiscounts": field("cycleDiscounts", "SubscriptionCyclePriceAdjustment", "list")},
    "SubscriptionCyclePriceAdjustment": {
        "afterCycle": field("afterCycle"), "adjustmentType": field("adjustmentType"),
        "computedPrice": field("computedPrice", "MoneyV2"),
        "adjustmentValue": field("adjustmentValue", "SellingPlanPricingPolicyAdjustmentValue")},
    "SellingPlanPricingPolicyPercentageValue": {"percentage": field("percentage")},
    "SubscriptionManualDiscount": {
        "id": field("gid"), "title": field("title"), "recurringCycleLimit": field("limit"),
        "usageCount": field("used"), "rejectionReason": field(lambda *_: None),
        "type": field(lambda *_: "MANUAL"), "targetType": field(lambda *_: "LINE_ITEM"),
        "value": field(discount_value, "SubscriptionDiscountValue"),
        "entitledLines": field(entitled, "SubscriptionDiscountEntitledLines")},
    "SubscriptionAppliedCodeDiscount": {"id": field("gid"), "redeemCode": field("code")},
    "SubscriptionDiscountAllocation": {
        "amount": field("amount", "MoneyV2"),
        "discount": field("discount", "SubscriptionDiscount")},
    "SubscriptionDiscountPercentageValue": {"percentage": field("percentage")},
    "SubscriptionDiscountFixedAmountValue": {
        "amount": field("amount", "MoneyV2"), "appliesOnEachItem": field("appliesOnEachItem")},
    "SubscriptionDiscountEntitledLines": {
        "all": field("all"),
        "lines": field(entitled_lines, "SubscriptionLine", "connection", first="Int!")},
    "SubscriptionDraft": DRAFT,
    "SubscriptionContractCalculationPending": {"id": field("gid")},
    "SubscriptionContractCalculationSuccess": {
        "id": field("gid"),
        "calculatedContract": field(lambda calculation, call, given: calculation,
                                    "SubscriptionCalculatedContract")},
    "SubscriptionContractCalculationFailure": {
        "id": field("gid"),
        "errors": field(lambda calculation, call, given: [
            Record("Diagnostic", code="INVALID", message="it cannot be done", field=None)],
            "SubscriptionContractCalculationDiagnostic", "list")},
    "SubscriptionContractCalculationDiagnostic": {
        "code": field("code"), "message": field("message"), "field": field("field")},
    "SubscriptionCalculatedContract": CALCULATED,
}
