# SPDX-License-Identifier: MIT
"""The order that was just paid, as native objects (ORD-1 ... ORD-5). Since 0.1.0.

An order is checked and laid out for C once, when it is made, so that deciding for it is a
single call. What the library judges better is judged when the order is used: its currency,
the length of its ids, how many lines it has, and that each has an id of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, NoReturn

from upsell import _check, _native

__all__ = ["Order", "OrderLine"]

_NULS_OF_HEAD = 4
_NULS_OF_LINE = 8


@dataclass(frozen=True, init=False)
class OrderLine:
    """A line of an order (ORD-2 ... ORD-5). Amounts are minor units of its currency.

    Attributes:
        id: unique in the order.
        product_id: what was bought.
        quantity: 1 to 9999.
        variant_id: may be None.
        selling_plan_id: of a subscription line; None: a one-time line.
        contract_id: None where there is none yet.
        unit_price: 0 to 10**11, where known.
        discounted_total: what was paid for the whole line after line discounts, where known.

    Raises:
        WrongTypeError: a value has another type; floats and bools are no numbers.
        OutOfRangeError: a number is outside its range.
        BadIdError: an id is empty, or holds a NUL or a lone surrogate.
    """

    id: str
    product_id: str
    quantity: int
    variant_id: str | None = None
    selling_plan_id: str | None = None
    contract_id: str | None = None
    unit_price: int | None = None
    discounted_total: int | None = None

    # Of each line, but no field: neither compared nor shown.
    _packed_line: ClassVar[bytes]

    # Hot path: written out, since that of a frozen dataclass sets each field by a call.
    def __init__(
        self,
        id: str,
        product_id: str,
        quantity: int,
        variant_id: str | None = None,
        selling_plan_id: str | None = None,
        contract_id: str | None = None,
        unit_price: int | None = None,
        discounted_total: int | None = None,
    ) -> None:
        parts = self.__dict__
        parts["id"] = id
        parts["product_id"] = product_id
        parts["quantity"] = quantity
        parts["variant_id"] = variant_id
        parts["selling_plan_id"] = selling_plan_id
        parts["contract_id"] = contract_id
        parts["unit_price"] = unit_price
        parts["discounted_total"] = discounted_total
        parts["_packed_line"] = self._pack()

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy, and what comes back from a pickle, is checked and laid out anew.
        return self.__class__, tuple(getattr(self, field.name) for field in fields(self))

    def _pack(self) -> bytes:
        """The line as eight texts, each followed by a NUL (BAT-2)."""
        variant, plan, contract = self.variant_id, self.selling_plan_id, self.contract_id
        quantity, price, total = self.quantity, self.unit_price, self.discounted_total
        # Hot path: one look at each value. join() refuses what is no str, encode() a lone
        # surrogate, and counting finds a NUL in an id; which it was is found out later.
        if (
            type(quantity) is int
            and 1 <= quantity <= _native.QUANTITY_MAX
            and (price is None or (type(price) is int and 0 <= price <= _native.MONEY_MAX))
            and (total is None or (type(total) is int and 0 <= total <= _native.MONEY_MAX))
        ):
            texts = (
                self.id,
                self.product_id,
                "" if variant is None else variant,
                "" if plan is None else plan,
                "" if contract is None else contract,
                str(quantity),
                "" if price is None else str(price),
                "" if total is None else str(total),
                "",
            )
            try:
                packed = "\0".join(texts).encode()
            except (TypeError, UnicodeEncodeError):
                packed = b""
            if packed.count(b"\0") == _NULS_OF_LINE and "" not in (
                self.id,
                self.product_id,
                variant,
                plan,
                contract,
            ):
                return packed
        self._refuse()

    def _refuse(self) -> NoReturn:
        _check.plain_id(self.id, "/id")
        _check.plain_id(self.product_id, "/product_id")
        _check.in_range(self.quantity, "/quantity", 1, _native.QUANTITY_MAX)
        for name in ("variant_id", "selling_plan_id", "contract_id"):
            if getattr(self, name) is not None:
                _check.plain_id(getattr(self, name), f"/{name}")
        for name in ("unit_price", "discounted_total"):
            if getattr(self, name) is not None:
                _check.in_range(getattr(self, name), f"/{name}", 0, _native.MONEY_MAX)
        raise AssertionError("a line that cannot be packed has a fault")


@dataclass(frozen=True, init=False)
class Order:
    """An order (ORD-1).

    Attributes:
        id: the order's id.
        currency: ISO 4217 code of all its amounts.
        lines: 1 to 1000 lines.
        has_shipping_address: whether there is an address to send goods to.

    Raises:
        WrongTypeError: a value has another type.
        BadIdError: the id is empty, or holds a NUL or a lone surrogate.
        UnknownCurrencyError: the currency is empty or can be no code.
    """

    id: str
    currency: str
    lines: Sequence[OrderLine]
    has_shipping_address: bool = True

    # Of each order, but no field: neither compared nor shown.
    _packed: ClassVar[bytes]

    # Hot path, as in OrderLine.
    def __init__(
        self,
        id: str,
        currency: str,
        lines: Sequence[OrderLine],
        has_shipping_address: bool = True,
    ) -> None:
        parts = self.__dict__
        parts["id"] = id
        parts["currency"] = currency
        parts["lines"] = tuple(_check.items(lines, "/lines"))
        parts["has_shipping_address"] = has_shipping_address
        parts["_packed"] = self._pack()

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy, and what comes back from a pickle, is checked and laid out anew.
        return self.__class__, tuple(getattr(self, field.name) for field in fields(self))

    def _pack(self) -> bytes:
        """The order as four texts and those of its lines, each followed by a NUL (BAT-2)."""
        flag = "1" if _check.flag(self.has_shipping_address, "/has_shipping_address") else "0"
        # Hot path, as in OrderLine.
        try:
            head = "\0".join((str(len(self.lines)), self.id, self.currency, flag, "")).encode()
            if head.count(b"\0") == _NULS_OF_HEAD and self.id != "" and self.currency != "":
                return head + b"".join([line._packed_line for line in self.lines])
        except (TypeError, UnicodeEncodeError, AttributeError):
            pass
        self._refuse()

    def _refuse(self) -> NoReturn:
        _check.plain_id(self.id, "/id")
        _check.currency_code(self.currency, "/currency")
        for index, line in enumerate(self.lines):
            _check.instance(line, OrderLine, f"/lines/{index}")
        raise AssertionError("an order that cannot be packed has a fault")
