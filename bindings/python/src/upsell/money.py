# SPDX-License-Identifier: MIT
"""Money: currencies, decimal text, percentages and their rounding.

An amount is an int of minor units of a currency (1 yen, 1 cent), from 0 to 10**11. A
percentage is an int of millionths of the whole: 12.5 % is 125000. There is no floating
point anywhere, and floats are refused (PRC-12).

All functions may be called from any thread. Since 0.1.0.
"""

from __future__ import annotations

from ctypes import byref, c_int64, create_string_buffer
from dataclasses import dataclass

from upsell import _check, _native
from upsell._calls import Texts, check
from upsell.enums import MoneyStyle, RoundingBasis, RoundingMode, RoundingTarget

__all__ = [
    "Amounts",
    "Currency",
    "Rounding",
    "RoundingPair",
    "display_money",
    "money_format",
    "money_parse",
    "percentage_parse",
    "percentage_price",
    "rounding_defaults",
]

_MONEY_TEXT_SIZE = 32  # always enough
_DISPLAY_SIZE = 48  # always enough
_OUT_OF_RANGE = 4


@dataclass(frozen=True)
class Currency:
    """An ISO 4217 currency (VAL-6).

    Attributes:
        code: three capital letters.
        decimals: of the minor unit: 0 for JPY, 2 for USD.
    """

    code: str
    decimals: int

    @staticmethod
    def find(code: str) -> Currency:
        """Finds a currency by its code.

        Raises:
            UnknownCurrencyError: not a current code that has a minor unit.
        """
        found = _native.Currency()
        texts = Texts()
        check(
            _native.lib.upsell_currency_find(
                texts.slice(_check.text(code, "/code")), byref(found)
            )
        )
        return currency_of(found)

    @staticmethod
    def all() -> tuple[Currency, ...]:
        """The currencies that the library knows, in the order of their codes."""
        known: list[Currency] = []
        found = _native.Currency()
        while True:
            status = _native.lib.upsell_currency_at(len(known), byref(found))
            if status == _OUT_OF_RANGE:
                return tuple(known)
            check(status)
            known.append(currency_of(found))


@dataclass(frozen=True)
class Rounding:
    """A rounding policy (PRC-8, PRC-9). None leaves a part to the default of the surface:
    half_up, price, unit at the checkout; floor, discount, line on the offer page (CAT-3).
    """

    mode: RoundingMode | None = None
    target: RoundingTarget | None = None
    basis: RoundingBasis | None = None


@dataclass(frozen=True)
class RoundingPair:
    """The policies of the two surfaces (PRC-7).

    Attributes:
        checkout: how the checkout rounds; also for plan prices (PRC-1).
        offer_page: of what the offer page shows, and is charged now.
    """

    checkout: Rounding = Rounding()
    offer_page: Rounding = Rounding()


@dataclass(frozen=True)
class Amounts:
    """A price of one unit and of the whole line, in minor units."""

    unit: int
    line: int


def currency_of(found: _native.Currency) -> Currency:
    return Currency(found.code.decode("ascii"), found.decimals)


def amounts_of(found: _native.Amounts) -> Amounts:
    return Amounts(found.unit, found.line)


def _rounding_of(found: _native.Rounding) -> Rounding:
    return Rounding(
        RoundingMode(found.mode), RoundingTarget(found.target), RoundingBasis(found.basis)
    )


def rounding_struct(policy: object, pointer: str) -> _native.Rounding:
    """A policy for C, where zero stands for None."""
    given = _check.instance(policy, Rounding, pointer)
    struct = _native.Rounding()
    if given.mode is not None:
        struct.mode = _check.enum_number(given.mode, RoundingMode, f"{pointer}/mode")
    if given.target is not None:
        struct.target = _check.enum_number(given.target, RoundingTarget, f"{pointer}/target")
    if given.basis is not None:
        struct.basis = _check.enum_number(given.basis, RoundingBasis, f"{pointer}/basis")
    return struct


def rounding_pair_struct(policies: object, pointer: str) -> _native.RoundingPair:
    given = _check.instance(policies, RoundingPair, pointer)
    return _native.RoundingPair(
        rounding_struct(given.checkout, f"{pointer}/checkout"),
        rounding_struct(given.offer_page, f"{pointer}/offer_page"),
    )


def _currency_struct(currency: object) -> _native.Currency:
    if isinstance(currency, str):
        currency = Currency.find(currency)
    given = _check.instance(currency, Currency, "/currency")
    return _native.Currency(
        _check.currency_code(given.code, "/currency/code"),
        _check.integer(given.decimals, "/currency/decimals", _check.INT32),
    )


def money_parse(text: str, currency: Currency | str) -> int:
    """Reads a decimal text of major units (VAL-2): ``"12.50"`` USD is 1250.

    Args:
        text: digits, perhaps with a point and digits; no sign, no exponent.
        currency: the currency, or its code.

    Returns:
        Minor units, 0 to 10**11.

    Raises:
        BadDecimalError: not a plain decimal text.
        TooManyDecimalsError: a decimal that the currency lacks is not zero.
        OutOfRangeError: more than 10**11 minor units.
        UnknownCurrencyError: there is no such currency.
    """
    amount = c_int64()
    texts = Texts()
    check(
        _native.lib.upsell_money_parse(
            texts.slice(_check.text(text, "/text")), _currency_struct(currency), byref(amount)
        )
    )
    return amount.value


def money_format(amount: int, currency: Currency | str) -> str:
    """Writes minor units as decimal text with exactly the currency's decimals (OUT-3).

    Raises:
        OutOfRangeError: the amount is negative or needs more than 64 bits.
        UnknownCurrencyError: there is no such currency.
    """
    buffer = create_string_buffer(_MONEY_TEXT_SIZE)
    check(
        _native.lib.upsell_money_format(
            _check.integer(amount, "/amount", _check.INT64),
            _currency_struct(currency),
            buffer,
            len(buffer),
            None,
        )
    )
    return buffer.value.decode("ascii")


def display_money(
    amount: int, currency: Currency | str, style: MoneyStyle = MoneyStyle.YEN_WORD
) -> str:
    """Writes minor units for people (PAG-4): ``"1,000円"``, ``"USD 12.50"``.

    Args:
        amount: minor units, from 0 on.
        currency: the currency, or its code.
        style: both yen styles are for JPY; any other currency is written as in ISO.

    Raises:
        OutOfRangeError: the amount is negative or needs more than 64 bits.
        BadValueError: there is no such style.
        UnknownCurrencyError: there is no such currency.
    """
    buffer = create_string_buffer(_DISPLAY_SIZE)
    check(
        _native.lib.upsell_money_display(
            _check.integer(amount, "/amount", _check.INT64),
            _currency_struct(currency),
            _check.enum_number(style, MoneyStyle, "/style"),
            buffer,
            len(buffer),
            None,
        )
    )
    return buffer.value.decode()


def percentage_parse(text: str) -> int:
    """Reads a percentage (VAL-3): ``"12.5"`` gives 125000 millionths.

    Args:
        text: 0 to 100 with at most 4 decimals; no sign, no percent sign.

    Raises:
        BadDecimalError, TooManyDecimalsError, OutOfRangeError: the text is none.
    """
    percentage = c_int64()
    texts = Texts()
    check(
        _native.lib.upsell_percentage_parse(
            texts.slice(_check.text(text, "/text")), byref(percentage)
        )
    )
    return percentage.value


def percentage_price(base: int, percentage: int, quantity: int, policy: Rounding) -> Amounts:
    """A price less a percentage, rounded by a policy (PRC-8, PRC-9).

    Args:
        base: price of one unit in minor units, 0 to 10**11.
        percentage: taken off, in millionths, 0 to 1000000.
        quantity: 1 to 9999.
        policy: with all three parts; there are no defaults here.

    Raises:
        OutOfRangeError: a number is outside its range.
        InvalidArgumentError: a part of the policy is None.
        BadValueError: a part of the policy is none of its enumeration.
    """
    price = _native.Amounts()
    check(
        _native.lib.upsell_percentage_price(
            _check.integer(base, "/base", _check.INT64),
            _check.integer(percentage, "/percentage", _check.INT64),
            _check.integer(quantity, "/quantity", _check.INT32),
            rounding_struct(policy, "/policy"),
            byref(price),
        )
    )
    return amounts_of(price)


def rounding_defaults() -> RoundingPair:
    """The default policies of the two surfaces (CAT-3), with all their parts."""
    policies = _native.RoundingPair()
    _native.lib.upsell_rounding_defaults(byref(policies))
    return RoundingPair(_rounding_of(policies.checkout), _rounding_of(policies.offer_page))
