# SPDX-License-Identifier: MIT
"""The rules of patterns, cycles, prices and priority, one by one, without a catalogue.

All functions may be called from any thread. Since 0.1.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import byref, c_int32, c_int64, c_size_t
from dataclasses import dataclass

from upsell import _check, _native
from upsell._calls import check
from upsell.catalog_input import Cycle, Discount, Interval, PlanPrice
from upsell.enums import Adjustment, IntervalUnit, Kind, Pattern
from upsell.errors import BadCountError
from upsell.money import (
    Amounts,
    Rounding,
    RoundingPair,
    amounts_of,
    rounding_pair_struct,
    rounding_struct,
)

__all__ = [
    "Price",
    "PriceSegment",
    "cycle_same",
    "first_price",
    "pattern_of",
    "plan_price",
    "priority_resolve",
]


@dataclass(frozen=True)
class PriceSegment:
    """The price from a cycle on (PRC-2).

    Attributes:
        from_cycle: the first cycle it holds for, 2 or more.
        unit: minor units for one unit.
        line: minor units for the quantity.
    """

    from_cycle: int
    unit: int
    line: int


@dataclass(frozen=True)
class Price:
    """The price of an offer, now and later, in minor units (PRC-2 ... PRC-7).

    Attributes:
        list_unit: the variant's list price.
        plan_unit: plan price of cycle 1; None where there is no plan.
        checkout: what the checkout's rounding would give.
        offer_page: what the offer page shows, and is charged now.
        recurring: cycles 2 and later; empty for one-time offers, and where a plan ends before.
    """

    list_unit: int
    plan_unit: int | None
    checkout: Amounts
    offer_page: Amounts
    recurring: tuple[PriceSegment, ...] = ()


def price_of(found: _native.Price) -> Price:
    segments = found.recurring[: found.recurring_count] if found.recurring_count else ()
    return Price(
        found.list_unit,
        found.plan_unit if found.has_plan else None,
        amounts_of(found.checkout),
        amounts_of(found.offer_page),
        tuple(PriceSegment(item.from_cycle, item.unit, item.line) for item in segments),
    )


def interval_struct(interval: object, pointer: str) -> _native.Interval:
    given = _check.instance(interval, Interval, pointer)
    return _native.Interval(
        _check.enum_number(given.unit, IntervalUnit, f"{pointer}/interval"),
        _check.integer(given.count, f"{pointer}/count", _check.INT32),
    )


def cycle_struct(cycle: object, pointer: str) -> _native.Cycle:
    """A cycle for C; in documents its parts stand in the plan itself."""
    given = _check.instance(cycle, Cycle, pointer)
    struct = _native.Cycle(interval_struct(given.billing, f"{pointer}/billing"))
    if given.delivery is not None:
        struct.delivery = interval_struct(given.delivery, f"{pointer}/delivery")
    return struct


def plan_price_struct(price: object, pointer: str) -> _native.PlanPriceEntry:
    given = _check.instance(price, PlanPrice, pointer)
    return _native.PlanPriceEntry(
        _check.integer(given.after_cycle, f"{pointer}/after_cycle", _check.INT32),
        _check.enum_number(given.type, Adjustment, f"{pointer}/type"),
        _check.integer(given.value, f"{pointer}/value", _check.INT64),
    )


def discount_struct(discount: object, pointer: str) -> _native.Discount:
    given = _check.instance(discount, Discount, pointer)
    return _native.Discount(
        type=_check.enum_number(given.type, Adjustment, f"{pointer}/type"),
        value=_check.integer(given.value, f"{pointer}/value", _check.INT64),
    )


def _pricing(pricing: Sequence[PlanPrice]) -> tuple[object, int]:
    """An array for C, and its length."""
    given = _check.items(pricing, "/pricing")
    array = (_native.PlanPriceEntry * len(given))(
        *(plan_price_struct(item, f"/pricing/{index}") for index, item in enumerate(given))
    )
    return array, len(given)


def pattern_of(trigger_kind: Kind, offer_kind: Kind) -> Pattern:
    """The pattern of what was bought and what is offered.

    Raises:
        BadValueError: there is no such kind.
    """
    pattern = c_int32()
    check(
        _native.lib.upsell_pattern_of(
            _check.enum_number(trigger_kind, Kind, "/trigger_kind"),
            _check.enum_number(offer_kind, Kind, "/offer_kind"),
            byref(pattern),
        )
    )
    return Pattern(pattern.value)


def cycle_same(a: Cycle, b: Cycle) -> bool:
    """Whether two plans have the same cycle: billing and delivery both equal after
    1 week = 7 days and 1 year = 12 months (TGT-1).

    Raises:
        BadValueError: there is no such unit of time.
        OutOfRangeError: a count is not 1 to 999.
    """
    same = c_int32()
    check(
        _native.lib.upsell_cycle_same(cycle_struct(a, "/a"), cycle_struct(b, "/b"), byref(same))
    )
    return bool(same.value)


def plan_price(
    list_unit: int,
    pricing: Sequence[PlanPrice],
    cycle: int,
    checkout: Rounding | None = None,
) -> int:
    """The plan price of one unit in one cycle, in minor units (PRC-1).

    Args:
        list_unit: list price of a unit, 0 to 10**11 minor units.
        pricing: the plan's prices, in any order.
        cycle: 1 is the order just paid.
        checkout: rounds percentages; None, or a part of it that is None: the default.

    Raises:
        OutOfRangeError: a number is outside its range.
        BadValueError: there is no such type or policy.
        DuplicateCycleError: two prices start after the same cycle.
    """
    array, count = _pricing(pricing)
    unit = c_int64()
    check(
        _native.lib.upsell_plan_price(
            _check.integer(list_unit, "/list_unit", _check.INT64),
            array,
            count,
            _check.integer(cycle, "/cycle", _check.INT32),
            None if checkout is None else rounding_struct(checkout, "/checkout"),
            byref(unit),
        )
    )
    return unit.value


def first_price(
    pattern: Pattern,
    list_unit: int,
    quantity: int,
    pricing: Sequence[PlanPrice] = (),
    discount: Discount | None = None,
    rounding: RoundingPair | None = None,
) -> Price:
    """The first price of an offer on both surfaces (PRC-4 ... PRC-10).

    Args:
        pattern: which of the four patterns.
        list_unit: list price of a unit, 0 to 10**11 minor units.
        quantity: 1 to 9999.
        pricing: prices of the plan; not looked at in patterns 2 and 4.
        discount: the offer's discount; None: none.
        rounding: None, or a part of it that is None: the default.

    Returns:
        The price; its `recurring` is empty, since `plan_price` tells that of any cycle.

    Raises:
        OutOfRangeError: a number is outside its range.
        BadValueError: there is no such pattern, type or policy.
        DuplicateCycleError: two prices start after the same cycle.
        NotApplicableError: a discount of type none has a value.
    """
    array, count = _pricing(pricing)
    price = _native.Price()
    check(
        _native.lib.upsell_first_price(
            _check.enum_number(pattern, Pattern, "/pattern"),
            _check.integer(list_unit, "/list_unit", _check.INT64),
            array,
            count,
            None if discount is None else discount_struct(discount, "/discount"),
            _check.integer(quantity, "/quantity", _check.INT32),
            None if rounding is None else rounding_pair_struct(rounding, "/rounding"),
            byref(price),
        )
    )
    return price_of(price)


def priority_resolve(priorities: Sequence[int]) -> int:
    """Which of several scenarios wins: the smallest priority, among equals the first (DEC-14).

    Args:
        priorities: 0 to 1,000,000 each, in catalogue order.

    Returns:
        The index of the winner.

    Raises:
        BadCountError: there are none.
        OutOfRangeError: a priority is outside its range.
    """
    given = _check.items(priorities, "/priorities")
    if not given:
        raise BadCountError("At least one priority was expected, found none.", "/priorities")
    array = (c_int32 * len(given))(
        *(
            _check.integer(item, f"/priorities/{index}", _check.INT32)
            for index, item in enumerate(given)
        )
    )
    winner = c_size_t()
    check(_native.lib.upsell_priority_resolve(array, len(given), byref(winner)))
    return winner.value
