# SPDX-License-Identifier: MIT
"""What the merchant, other apps and the warehouse do to an order and its contracts meanwhile."""
import dataclasses

import orders
from contracts import TERMINAL, ContractLine


def _contracts(shop, order) -> list:
    return [contract for contract in shop.contracts.values()
            if contract.order is order and contract.status not in TERMINAL]


def _edit(change):
    """A deed that changes every contract of the order."""
    def deed(shop, order):
        for contract in _contracts(shop, order):
            with shop.foreign_edit(contract):
                change(shop, contract)
    return deed


def _new_price(shop, contract):
    first = contract.lines[0]
    contract.lines = [dataclasses.replace(first, price=first.price + 100), *contract.lines[1:]]


def _new_line(shop, contract):
    contract.lines = [*contract.lines, ContractLine(
        shop.number("subscription_line"), "gid://shopify/ProductVariant/301", 1, 500)]


def _status(value: str):
    def change(shop, contract):
        contract.status = value
    return change


def _future_edits(shop, contract):
    contract.future_edits = True


def _touch(shop, contract):
    """A change that plans do not look at, such as the next billing date."""


def refund_bought(shop, order):
    """The merchant gives a bought line back."""
    _refund(shop, order, [line for line in order.lines if line.key is None][:1])


def refund_accepted(shop, order):
    """The merchant gives the accepted item back."""
    _refund(shop, order, [line for line in order.lines if line.key is not None and line.paid])


def _refund(shop, order, lines: list) -> None:
    for line in lines:
        if line.current:
            payments = order.suggest(line.share(line.current))
            made = orders.refund(order, shop.number("refund"),
                                 [(line, line.current, "NO_RESTOCK")], payments)
            orders.give_back(made, shop.now, "merchant")
            shop.changed("order", order)


def take_off_bought(shop, order):
    """The merchant takes off what a plan is about to replace, and keeps the money."""
    for line in [line for line in order.lines if line.variant.number == 101 and line.current
                 and line.key is None]:
        orders.refund(order, shop.number("refund"), [(line, line.current, "NO_RESTOCK")], [])
        shop.changed("order", order)


def _add(shop, order, number: int, quantity: int, total: int, *, plan=None, paid=False):
    """The merchant edits the order."""
    if order.cancelled_at is not None:
        return
    variant = shop.variants[number]
    line = orders.OrderLine(shop.number("line"), variant, shop.plans.get(plan), quantity, total,
                            variant.price * quantity, paid=False)
    order.lines.append(line)
    if paid:
        order.pay(shop.number("transaction"), total, shop.now, None, [line])
        if line.plan:
            shop.expect_new_contract(order, line)
    shop.changed("order", order)


def add_unpaid_item(shop, order):
    """Something that is still to be paid."""
    _add(shop, order, 301, 1, shop.variants[301].price)


def add_unpaid_equal(shop, order):
    """Something else that costs exactly what the plan charges, and is still to be paid."""
    _add(shop, order, 301, 1, order.offered.charge)


def _add_same(total, paid: bool):
    """The very item that is offered, by other means: an app, a gift, a buyer on the phone."""
    def deed(shop, order):
        offered = order.offered
        _add(shop, order, offered.variant, offered.quantity, total(offered), plan=offered.plan,
             paid=paid)
    return deed


def cancel_order(shop, order):
    if order.cancelled_at is None:
        shop.cancel_order(order)


def fulfil(shop, order):
    shop.release(order)
    shop.fulfil(order)


DEEDS = {
    "new_price": _edit(_new_price),
    "new_line": _edit(_new_line),
    "touch": _edit(_touch),
    "pause": _edit(_status("PAUSED")),
    "resume": _edit(_status("ACTIVE")),
    "cancel_contract": _edit(_status("CANCELLED")),
    "fail_contract": _edit(_status("FAILED")),
    "future_edits": _edit(_future_edits),
    "refund_bought": refund_bought,
    "refund_accepted": refund_accepted,
    "cancel_order": cancel_order,
    "take_off_bought": take_off_bought,
    "add_unpaid_item": add_unpaid_item,
    "add_unpaid_equal": add_unpaid_equal,
    "same_paid": _add_same(lambda offered: offered.line, paid=True),
    "same_dearer": _add_same(lambda offered: offered.line + 100, paid=True),
    "same_free": _add_same(lambda offered: 0, paid=True),
    "same_unpaid": _add_same(lambda offered: offered.line, paid=False),
    "same_for_all": _add_same(lambda offered: offered.charge, paid=False),
    "release": lambda shop, order: shop.release(order),
    "fulfil": fulfil,
}
EDITS = ["new_price", "new_line", "touch"]
ENDS = ["pause", "resume", "cancel_contract", "fail_contract", "future_edits"]
MERCHANT = ["refund_bought", "refund_accepted", "cancel_order"]
WAREHOUSE = ["release", "fulfil"]
SAME_ITEM = ["same_paid", "same_dearer", "same_free", "same_unpaid", "same_for_all"]
