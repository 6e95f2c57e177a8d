# SPDX-License-Identifier: MIT
"""The offer page as a document: of an order, and of a scenario's preview (PAG)."""

from __future__ import annotations

from ctypes import byref, c_int32, sizeof
from datetime import date, datetime
from typing import Any

from upsell import _check, _native
from upsell._batch import PLAIN
from upsell._batched import OUTCOME
from upsell._calls import failure, new_error, take_text
from upsell._decide import Core
from upsell._preview import Preview
from upsell._structs import Structs
from upsell.enums import Locale, MoneyStyle, Outcome

_OFFER = int(Outcome.OFFER)


class Request(Structs):
    """What a page is made for (PAG-1); the text that its struct refers to is there for as
    long as this object.

    Raises:
        UpsellError: something that C could not be told of.
    """

    def __init__(
        self,
        quantity: object,
        selling_plan_id: object,
        locale: object,
        money: object,
        anchor: object,
        later_charges: object,
    ) -> None:
        super().__init__()
        self.struct = _native.PageRequest(size=sizeof(_native.PageRequest))
        self.struct.quantity = self.set_number(quantity, "/quantity")
        self.struct.selling_plan_id = self.optional_text(selling_plan_id, "/selling_plan_id")
        self.struct.locale = self.enum(locale, Locale, "/locale")
        if money is not None:
            self.struct.money_style = self.enum(money, MoneyStyle, "/money")
        if anchor is not None:
            self.struct.anchor = self.take(_date, _native.Date(), anchor, "/anchor")
        self.struct.later_charges = self.set_number(later_charges, "/later_charges")
        self.raise_fault()


def _date(value: object, pointer: str) -> _native.Date:
    # A datetime is a date as well, but its day is another one in another time zone.
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _check.wrong_type("A datetime.date", value, pointer)
    day = date.fromordinal(date.toordinal(value))  # whatever a subclass says of itself
    return _native.Date(day.year, day.month, day.day)


def page_of_order(core: Core, form: c_int32, order: bytes, request: Request) -> bytes | None:
    """Decides for an order, and makes the page of its offer; None where there is none."""
    batch = core.take_batch()
    try:
        result, _ = batch.decide_one(core.pointer, form, order, PLAIN)
        if result[OUTCOME] != _OFFER:
            return None
        return make_page(batch.decision(), request)
    finally:
        core.batches.append(batch)


def page_of_preview(core: Core, index: int, request: Request) -> bytes | None:
    """The page that a scenario would show; None where it could never make its offer."""
    preview = Preview(core, index)
    if preview.view().outcome != _OFFER:
        return None
    return make_page(preview.pointer, request)


def make_page(decision: Any, request: Request) -> bytes:
    page, details = _native.TextPointer(), new_error()
    status = _native.lib.upsell_page_make(
        decision, byref(request.struct), byref(page), byref(details)
    )
    if status:
        raise failure(status, details)
    return take_text(page)
