# SPDX-License-Identifier: MIT
"""Orders of the simulated shop as the Admin API shows them."""
from graphql_schema import (Bag, Record, RequestError, bag, field, page, stamp)
from shop import Misuse


def order_by_id(obj, call, given):
    return call.shop.orders.get(given["id"])


def orders_by_query(obj, call, given):
    """`orders(query: "checkout_token:...")`: the only search that plans may use."""
    name, _, value = (given.get("query") or "").partition(":")
    if name != "checkout_token" or not value:
        raise Misuse(f"search {given.get('query')!r}")
    # Where a plan can compare the token, the search is vague to see that it does.
    exact = call.version < ORDER["checkoutToken"].since
    return page(call.shop.search_orders(value.strip("'\""), exact), given)


def node_by_id(obj, call, given):
    shop, gid = call.shop, given["id"]
    for order in shop.orders.values():
        line = order.line(gid)
        if line is not None and line.visible_from <= shop.now:
            return line
    return shop.orders.get(gid) or shop.contracts.get(gid)


def metafield(order, call, given):
    return order.metafields.get((given.get("namespace"), given["key"]))


def suggested_refund(order, call, given):
    amount = 0
    for item in given.get("refundLineItems") or []:
        line = order.line(item["lineItemId"])
        if line is None or not 0 < item["quantity"] <= line.current:
            raise RequestError("Refund line items are invalid")
        amount += line.share(item["quantity"])
    amount = min(amount, max(0, order.received - max(0, order.price - amount)))
    currency = call.shop.currency
    payments = [Record("SuggestedOrderTransaction", gateway=payment.gateway,
                       kind="SUGGESTED_REFUND", amountSet=Bag(part, currency),
                       parentTransaction=payment)
                for payment, part in order.suggest(amount)]
    return Record("SuggestedRefund", amountSet=Bag(amount, currency),
                  suggestedTransactions=payments)


def financial_status(order, call, given):
    if order.received == 0:
        return "REFUNDED" if order.ledger else "PENDING"
    return "PARTIALLY_PAID" if order.outstanding_seen(call.shop.now) > 0 else "PAID"


ORDER = {
    "id": field("gid"),
    "checkoutToken": field("token", since="2026-07"),
    "currencyCode": field("currency"),
    "presentmentCurrencyCode": field("currency"),
    "cancelledAt": field(lambda order, call, given: stamp(order.cancelled_at)),
    "closed": field(lambda order, call, given: False),
    "test": field(lambda order, call, given: False),
    "edited": field(lambda order, call, given: any(line.key for line in order.lines)),
    "displayFinancialStatus": field(financial_status),
    "shippingAddress": field(
        lambda order, call, given: Record("MailingAddress", countryCodeV2="JP")
        if order.shipping_address else None, "MailingAddress"),
    "totalOutstandingSet": bag(lambda order, call: order.outstanding_seen(call.shop.now)),
    "currentTotalPriceSet": bag(lambda order, call: order.price),
    "totalReceivedSet": bag(lambda order, call: sum(one.amount for one in order.transactions)),
    "totalRefundedSet": bag(lambda order, call: sum(one.refunded for one in order.transactions)),
    "netPaymentSet": bag(lambda order, call: order.received),
    "lineItems": field(lambda order, call, given: page(order.visible(call.shop.now), given),
                       "LineItem", "connection", first="Int!"),
    "metafield": field(metafield, "Metafield", namespace="String", key="String!"),
    "suggestedRefund": field(suggested_refund, "SuggestedRefund",
                             refundLineItems="[RefundLineItemInput!]"),
}

LINE_ITEM = {
    "id": field("gid"),
    "quantity": field("quantity"),
    "currentQuantity": field("current"),
    "refundableQuantity": field("current"),
    "unfulfilledQuantity": field("unfulfilled"),
    "requiresShipping": field("variant.requires_shipping"),
    "variant": field("variant", "ProductVariant"),
    "product": field(lambda line, call, given: Record(
        "Product", id=f"gid://shopify/Product/{line.variant.product}"), "Product"),
    "sellingPlan": field(lambda line, call, given: line.plan and Record(
        "LineItemSellingPlan", sellingPlanId=line.plan.gid, name=line.plan.name),
        "LineItemSellingPlan"),
    "contract": field("contract", "SubscriptionContract"),
    "originalTotalSet": bag(lambda line, call: line.original_total),
    "originalUnitPriceSet": bag(lambda line, call: line.original_total // line.quantity),
    "discountedTotalSet": bag(lambda line, call: line.total),
    "discountedUnitPriceSet": bag(lambda line, call: line.total // line.quantity),
    "discountedUnitPriceAfterAllDiscountsSet": bag(
        lambda line, call: line.total // line.quantity),
}

TYPES = {
    "Order": ORDER,
    "LineItem": LINE_ITEM,
    "MailingAddress": {"countryCodeV2": field("countryCodeV2")},
    "ProductVariant": {"id": field("gid")},
    "Product": {"id": field("id")},
    "LineItemSellingPlan": {"sellingPlanId": field("sellingPlanId"), "name": field("name")},
    "Metafield": {
        "id": field(lambda *_: "gid://shopify/Metafield/1"), "key": field("key"),
        "namespace": field("namespace"), "value": field("value"),
        "compareDigest": field("digest"), "type": field("type")},
    "MoneyBag": {"shopMoney": field("shopMoney", "MoneyV2"),
                 "presentmentMoney": field("presentmentMoney", "MoneyV2")},
    "MoneyV2": {"amount": field("amount"), "currencyCode": field("currencyCode")},
    "SuggestedRefund": {"amountSet": field("amountSet", "MoneyBag"),
                        "suggestedTransactions": field(
                            "suggestedTransactions", "SuggestedOrderTransaction", "list")},
    "SuggestedOrderTransaction": {
        "gateway": field("gateway"), "kind": field("kind"),
        "amountSet": field("amountSet", "MoneyBag"),
        "parentTransaction": field("parentTransaction", "OrderTransaction")},
    "OrderTransaction": {"id": field("gid"), "gateway": field("gateway")},
    "Refund": {"id": field("gid"),
               "totalRefundedSet": bag(lambda refund, call: refund.given)},
}
