# SPDX-License-Identifier: MIT
"""An order of the simulated shop: lines, money, metafields, refunds."""
import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(eq=False)
class Variant:
    number: int
    product: int
    price: int
    stock: int | None = None
    requires_shipping: bool = True
    typename = "ProductVariant"

    @property
    def gid(self):
        return f"gid://shopify/ProductVariant/{self.number}"


@dataclass(eq=False)
class SellingPlan:
    number: int
    name: str
    interval: str
    count: int
    pricing: list

    @property
    def gid(self):
        return f"gid://shopify/SellingPlan/{self.number}"


class Entry(NamedTuple):
    """A movement of money: `sale` or `refund`, and the lines it was for."""
    kind: str
    amount: int
    at: int
    key: str | None
    lines: tuple


@dataclass(eq=False)
class Transaction:
    """A payment of the order, and how much of it went back."""
    number: int
    amount: int
    gateway: str = "shopify_payments"
    refunded: int = 0
    typename = "OrderTransaction"

    @property
    def gid(self):
        return f"gid://shopify/OrderTransaction/{self.number}"


@dataclass(eq=False)
class OrderLine:
    number: int
    variant: Variant
    plan: SellingPlan | None
    quantity: int
    total: int
    original_total: int
    tax: int = 0                    # comes on top of the total
    key: str | None = None          # of the changeset that added it
    visible_from: int = 0           # an edit can take a while to show
    paid: bool = True
    removed: int = 0
    refunded: int = 0
    fulfilled: int = 0
    contract: object = None
    typename = "LineItem"

    @property
    def gid(self):
        return f"gid://shopify/LineItem/{self.number}"

    @property
    def current(self):
        return self.quantity - self.removed

    @property
    def unfulfilled(self):
        return max(0, self.current - self.fulfilled)

    def share(self, quantity: int) -> int:
        """What `quantity` units cost; the shares of all units add up to the total and tax."""
        whole = self.total + self.tax
        upto = whole * (self.removed + quantity) // self.quantity
        return upto - whole * self.removed // self.quantity


class Offered(NamedTuple):
    """What a plan charges for; others may add the very same."""
    variant: int
    plan: int | None
    quantity: int
    line: int                       # the first target's line price
    charge: int                     # of all targets


class Metafield(NamedTuple):
    namespace: str
    key: str
    value: str
    type: str

    @property
    def digest(self):
        return hashlib.sha256(self.value.encode()).hexdigest()


@dataclass(eq=False)
class Order:
    number: int
    token: str
    currency: str
    created_at: int
    shipping_address: bool = True
    lines: list = field(default_factory=list)
    transactions: list = field(default_factory=list)
    ledger: list = field(default_factory=list)
    metafields: dict = field(default_factory=dict)
    cancelled_at: int | None = None
    released: bool = False
    searchable_from: int = 0
    offered: Offered | None = None
    typename = "Order"

    @property
    def gid(self):
        return f"gid://shopify/Order/{self.number}"

    @property
    def price(self):
        """The price of all that is left on the order."""
        return sum(line.share(line.current) for line in self.lines)

    @property
    def received(self):
        return sum(one.amount - one.refunded for one in self.transactions)

    @property
    def outstanding(self):
        return self.price - self.received

    def visible(self, now: int) -> list:
        return [line for line in self.lines if line.visible_from <= now]

    def outstanding_seen(self, now: int) -> int:
        """What readers see: a line that does not show yet is not counted, nor is its payment."""
        hidden = [line for line in self.lines if line.visible_from > now]
        return self.outstanding - sum(0 if line.paid else line.share(line.current)
                                      for line in hidden)

    def line(self, gid: str) -> OrderLine | None:
        return next((line for line in self.lines if line.gid == gid), None)

    def pay(self, number: int, amount: int, now: int, key: str | None, lines: list) -> None:
        self.transactions.append(Transaction(number, amount))
        net = amount - sum(line.tax for line in lines)      # books of prices, not of taxes
        self.ledger.append(Entry("sale", net, now, key, tuple(line.number for line in lines)))
        for line in lines:
            line.paid = True

    def suggest(self, amount: int) -> list:
        """Which payments to give back for `amount`: the earliest first, as far as they reach."""
        suggested = []
        for payment in self.transactions:
            part = min(amount, payment.amount - payment.refunded)
            if part > 0:
                suggested.append((payment, part))
                amount -= part
        return suggested


class RefundRefused(Exception):
    """The platform's sentence about a refund that it does not make."""


@dataclass(eq=False)
class Refund:
    number: int
    order: Order
    amount: int                     # as asked for
    lines: list                     # of (OrderLine, quantity)
    payments: list                  # of (Transaction, amount)
    given: int = 0                  # what of it went back to the buyer
    typename = "Refund"

    @property
    def gid(self):
        return f"gid://shopify/Refund/{self.number}"


def check_refund_lines(order: Order, items: list) -> None:
    """Raise RefundRefused unless each (line, quantity, restock) can be given back."""
    for line, quantity, restock in items:
        if line is None or quantity <= 0:
            raise RefundRefused("Line item does not exist")
        if quantity > line.current:
            raise RefundRefused("Quantity cannot refund more items than were purchased")
        if restock == "CANCEL" and quantity > line.unfulfilled:
            raise RefundRefused("Restock type cannot cancel a fulfilled item")


def check_refund_payments(order: Order, payments: list) -> None:
    """Raise RefundRefused unless each (transaction, amount) is still there to give back."""
    wanted = {}
    for payment, amount in payments:
        if payment is None:
            raise RefundRefused("Parent transaction does not exist")
        wanted[payment.number] = wanted.get(payment.number, 0) + amount
    for payment, _ in payments:
        if wanted[payment.number] > payment.amount - payment.refunded:
            raise RefundRefused("Refund amount is more than what can be refunded")


def refund(order: Order, number: int, items: list, payments: list) -> Refund:
    """Take lines off the order, all or nothing. The money is for `give_back`."""
    check_refund_lines(order, items)
    check_refund_payments(order, payments)
    for line, quantity, _ in items:
        line.removed += quantity
        line.refunded += quantity
    return Refund(number, order, sum(part for _, part in payments),
                  [(line, quantity) for line, quantity, _ in items], payments)


def give_back(refund: Refund, now: int, key: str | None = None) -> None:
    """Move a refund's money, as far as its payments still reach."""
    for payment, part in refund.payments:
        part = min(part, payment.amount - payment.refunded)
        payment.refunded += part
        refund.given += part
    lines = tuple(line.number for line, _ in refund.lines)
    refund.order.ledger.append(Entry("refund", refund.given, now, key, lines))
