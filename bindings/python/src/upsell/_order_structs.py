# SPDX-License-Identifier: MIT
"""An order of native objects as the structs of C (ORD-1 ... ORD-5), for calls that do not
take packed orders."""

from __future__ import annotations

from ctypes import sizeof

from upsell import _check, _native
from upsell._structs import Structs
from upsell.order import Order, OrderLine


class OrderStructs(Structs):
    """The structs of one order; see `Structs` for their life and for faults."""

    def order(self, value: object, at: str) -> _native.Order:
        struct = _native.Order(size=sizeof(_native.Order))
        given = self.is_a(value, Order, at)
        if given is None:
            return struct
        struct.id = self.text(given.id, f"{at}/id")
        struct.currency = self.currency(given.currency, f"{at}/currency")
        struct.has_shipping_address = self.choice(
            given.has_shipping_address, f"{at}/has_shipping_address"
        )
        struct.lines, struct.line_count = self.each(
            given.lines, f"{at}/lines", OrderLine, _native.OrderLine, self._order_line
        )
        return struct

    def _order_line(self, line: OrderLine, struct: _native.OrderLine, at: str) -> None:
        struct.id = self.text(line.id, f"{at}/id")
        struct.product_id = self.text(line.product_id, f"{at}/product_id")
        struct.quantity = self.number(line.quantity, f"{at}/quantity", _check.INT32)
        struct.variant_id = self.optional_text(line.variant_id, f"{at}/variant_id")
        struct.selling_plan_id = self.optional_text(line.selling_plan_id, f"{at}/selling_plan_id")
        struct.contract_id = self.optional_text(line.contract_id, f"{at}/contract_id")
        if line.unit_price is not None:
            struct.has_unit_price = 1
            struct.unit_price = self.number(line.unit_price, f"{at}/unit_price")
        if line.discounted_total is not None:
            struct.has_discounted_total = 1
            struct.discounted_total = self.number(
                line.discounted_total, f"{at}/discounted_total"
            )
