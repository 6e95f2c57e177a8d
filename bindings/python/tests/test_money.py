# SPDX-License-Identifier: MIT
"""Money and pricing as functions: round trips, and nothing that is not a number."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import garbage
import upsell
from upsell import (
    Adjustment,
    Cycle,
    Discount,
    Interval,
    IntervalUnit,
    Kind,
    Pattern,
    PlanPrice,
    Rounding,
    RoundingBasis,
    RoundingMode,
    RoundingTarget,
)

CURRENCIES = upsell.Currency.all()
FLOOR = Rounding(RoundingMode.FLOOR, RoundingTarget.DISCOUNT, RoundingBasis.LINE)
MONTHLY = Cycle(Interval(IntervalUnit.MONTH, 1))


def test_all_currencies() -> None:
    codes = [currency.code for currency in CURRENCIES]
    assert codes == sorted(set(codes)) and len(codes) > 150
    assert all(upsell.Currency.find(currency.code) == currency for currency in CURRENCIES)
    assert upsell.Currency.find("JPY") == upsell.Currency("JPY", 0)
    assert {currency.decimals for currency in CURRENCIES} == {0, 2, 3, 4}


@given(amount=st.integers(0, 10**11), currency=st.sampled_from(CURRENCIES))
def test_money_round_trip(amount: int, currency: upsell.Currency) -> None:
    text = upsell.money_format(amount, currency)
    assert upsell.money_parse(text, currency) == amount
    assert upsell.money_parse(text, currency.code) == amount
    assert Decimal(text).scaleb(currency.decimals) == amount
    assert len(text.partition(".")[2]) == currency.decimals


@given(
    amount=st.integers(0, 2**63 - 1),
    currency=st.sampled_from(CURRENCIES),
    style=st.sampled_from(upsell.MoneyStyle),
)
def test_money_for_people(amount: int, currency: upsell.Currency, style: upsell.MoneyStyle) -> None:
    text = upsell.display_money(amount, currency, style)
    assert text == upsell.display_money(amount, currency.code, style)
    expected = {
        upsell.MoneyStyle.YEN_SIGN: f"￥{amount:,}",
        upsell.MoneyStyle.YEN_WORD: f"{amount:,}円",
    }
    if currency.code == "JPY" and style in expected:
        assert text == expected[style]
    else:
        assert text == f"{currency.code} {upsell.money_format(amount, currency)}"


def test_money_that_is_not_displayed() -> None:
    assert upsell.display_money(1000, "JPY") == "1,000円"
    display: Any = upsell.display_money
    for arguments, error, pointer in (
        ((1.0, "JPY"), upsell.WrongTypeError, "/amount"),
        ((True, "JPY"), upsell.WrongTypeError, "/amount"),
        ((2**64 + 5, "JPY"), upsell.OutOfRangeError, "/amount"),
        ((-1, "JPY"), upsell.OutOfRangeError, ""),
        ((1, "XXX"), upsell.UnknownCurrencyError, ""),
        ((1, None), upsell.WrongTypeError, "/currency"),
        ((1, "JPY", "iso"), upsell.WrongTypeError, "/style"),
        ((1, "JPY", None), upsell.WrongTypeError, "/style"),
        ((1, "JPY", upsell.Locale.JA), upsell.WrongTypeError, "/style"),
        ((1, "JPY", 0), upsell.BadValueError, "/style"),
        ((1, "JPY", 4), upsell.BadValueError, ""),
        ((1, "JPY", 2**32 + 1), upsell.BadValueError, "/style"),
    ):
        with pytest.raises(error) as refused:
            display(*arguments)
        assert refused.value.pointer == pointer


@given(percentage=st.integers(0, 10**6))
def test_percentage_round_trip(percentage: int) -> None:
    text = f"{Decimal(percentage).scaleb(-4):f}"
    assert upsell.percentage_parse(text) == percentage


@given(
    base=st.integers(0, 10**11), percentage=st.integers(0, 10**6), quantity=st.integers(1, 9999)
)
def test_percentage_price_is_exact(base: int, percentage: int, quantity: int) -> None:
    price = upsell.percentage_price(base, percentage, quantity, FLOOR)
    assert price.unit == base - base * percentage // 10**6
    assert price.line == base * quantity - base * quantity * percentage // 10**6


def test_two_surfaces_differ() -> None:
    price = upsell.first_price(
        Pattern.ONE_TIME_TO_ONE_TIME, 356, 1, discount=Discount(Adjustment.PERCENTAGE, 100000)
    )
    assert (price.checkout.line, price.offer_page.line) == (320, 321)
    assert price.plan_unit is None


def test_defaults() -> None:
    defaults = upsell.rounding_defaults()
    assert defaults.offer_page == FLOOR
    assert defaults.checkout == Rounding(
        RoundingMode.HALF_UP, RoundingTarget.PRICE, RoundingBasis.UNIT
    )


NO_NUMBERS: list[Any] = [None, True, 1.0, 105.9, "1", b"1", Decimal(1)]
NO_NUMBERS += [garbage.LikeAnInt(), garbage.IntOfItsOwn(1)]

CALLS: dict[str, Any] = {
    "/amount": lambda value: upsell.money_format(value, "JPY"),
    "/base": lambda value: upsell.percentage_price(value, 1, 1, FLOOR),
    "/percentage": lambda value: upsell.percentage_price(1, value, 1, FLOOR),
    "/quantity": lambda value: upsell.percentage_price(1, 1, value, FLOOR),
    "/list_unit": lambda value: upsell.plan_price(value, [], 1),
    "/cycle": lambda value: upsell.plan_price(1, [], value),
    "/pricing/0/after_cycle": lambda value: upsell.plan_price(
        1, [PlanPrice(value, Adjustment.PRICE, 1)], 1
    ),
    "/pricing/0/value": lambda value: upsell.plan_price(
        1, [PlanPrice(0, Adjustment.PRICE, value)], 1
    ),
    "/discount/value": lambda value: upsell.first_price(
        Pattern.ONE_TIME_TO_ONE_TIME, 1, 1, discount=Discount(Adjustment.FIXED_AMOUNT, value)
    ),
    "/a/billing/count": lambda value: upsell.cycle_same(
        Cycle(Interval(IntervalUnit.DAY, value)), MONTHLY
    ),
    "/priorities/1": lambda value: upsell.priority_resolve([1, value]),
}


@pytest.mark.parametrize("pointer", CALLS)
@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_no_number(pointer: str, value: Any) -> None:
    with pytest.raises(upsell.WrongTypeError) as refused:
        CALLS[pointer](value)
    assert refused.value.pointer == pointer
    assert isinstance(refused.value, TypeError)


@pytest.mark.parametrize("pointer", CALLS)
@pytest.mark.parametrize("value", [2**64 + 5, -(2**63) - 1, 10**5000], ids=hash)
def test_a_number_that_does_not_fit(pointer: str, value: int) -> None:
    """Left alone, ctypes would take 2**64 + 5 for 5."""
    with pytest.raises(upsell.OutOfRangeError) as refused:
        CALLS[pointer](value)
    assert refused.value.pointer == pointer


WRONG_ENUMS: dict[str, Any] = {
    "/trigger_kind": lambda value: upsell.pattern_of(value, Kind.ONE_TIME),
    "/offer_kind": lambda value: upsell.pattern_of(Kind.ONE_TIME, value),
    "/pattern": lambda value: upsell.first_price(value, 1, 1),
    "/policy/mode": lambda value: upsell.percentage_price(1, 1, 1, Rounding(mode=value)),
    "/pricing/0/type": lambda value: upsell.plan_price(1, [PlanPrice(0, value, 1)], 1),
    "/b/delivery/interval": lambda value: upsell.cycle_same(
        MONTHLY, Cycle(MONTHLY.billing, Interval(value, 1))
    ),
}


NO_MEMBERS: list[Any] = ["one_time", 1.0, True, upsell.StorePlan.FREE]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        *((pointer, value) for pointer in WRONG_ENUMS for value in NO_MEMBERS),
        # Of a policy, None is a part that is not set.
        *((pointer, None) for pointer in WRONG_ENUMS if pointer != "/policy/mode"),
    ],
)
def test_no_member(pointer: str, value: Any) -> None:
    with pytest.raises(upsell.WrongTypeError) as refused:
        WRONG_ENUMS[pointer](value)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize("pointer", WRONG_ENUMS)
@pytest.mark.parametrize("value", [0, 2**31, -(2**40)])
def test_a_number_that_is_no_member(pointer: str, value: int) -> None:
    with pytest.raises(upsell.BadValueError) as refused:
        WRONG_ENUMS[pointer](value)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize("text", [None, 5, 1.5, b"12", Decimal("1.5")], ids=repr)
def test_no_text(text: Any) -> None:
    parsers: list[Callable[[Any], object]] = [
        upsell.percentage_parse,
        upsell.Currency.find,
        lambda value: upsell.money_parse(value, "JPY"),
    ]
    for parse in parsers:
        with pytest.raises(upsell.WrongTypeError):
            parse(text)


@pytest.mark.parametrize("text", ["", " 1", "1e3", "٣", "-1", "1.", "\ud800", "1\0"])
def test_text_that_is_no_decimal(text: str) -> None:
    with pytest.raises(upsell.BadDecimalError):
        upsell.money_parse(text, "JPY")
    with pytest.raises(ValueError):
        upsell.percentage_parse(text)


@pytest.mark.parametrize(
    ("currency", "error"),
    [
        ("XXX", upsell.UnknownCurrencyError),
        ("jpy", upsell.UnknownCurrencyError),
        (None, upsell.WrongTypeError),
        (392, upsell.WrongTypeError),
        (upsell.Currency("TOOLONG", 2), upsell.UnknownCurrencyError),
        (upsell.Currency("JPY", 9), upsell.InvalidArgumentError),
        (upsell.Currency("JPY", 2.0), upsell.WrongTypeError),  # type: ignore[arg-type]
    ],
)
def test_no_currency(currency: Any, error: type[upsell.UpsellError]) -> None:
    with pytest.raises(error):
        upsell.money_format(5, currency)
    with pytest.raises(error):
        upsell.money_parse("5", currency)


def test_what_is_no_policy_or_list() -> None:
    calls: list[Callable[[], object]] = [
        lambda: upsell.percentage_price(1, 1, 1, "floor"),  # type: ignore[arg-type]
        lambda: upsell.first_price(Pattern(4), 1, 1, rounding=FLOOR),  # type: ignore[arg-type]
        lambda: upsell.plan_price(1, "prices", 1),  # type: ignore[arg-type]
        lambda: upsell.plan_price(1, [1], 1),  # type: ignore[list-item]
        lambda: upsell.cycle_same(MONTHLY, MONTHLY.billing),  # type: ignore[arg-type]
        lambda: upsell.priority_resolve({1, 2}),  # type: ignore[arg-type]
    ]
    for call in calls:
        with pytest.raises(upsell.WrongTypeError):
            call()
    with pytest.raises(upsell.BadCountError):
        upsell.priority_resolve([])
    with pytest.raises(upsell.InvalidArgumentError):
        upsell.percentage_price(1, 1, 1, Rounding())
