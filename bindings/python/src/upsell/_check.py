# SPDX-License-Identifier: MIT
"""Checks before a call: what C could not be told of.

C judges values; here only what would not survive the way to C is refused: a wrong type,
a number that does not fit its field, and a zero where C takes it for "not set". Nothing
is converted: no float, bool, Decimal or string is a number, no bytes are text.
"""

from __future__ import annotations

import reprlib
from collections.abc import Sequence
from enum import IntEnum
from typing import TypeVar

from upsell.errors import (
    BadIdError,
    BadValueError,
    OutOfRangeError,
    UnknownCurrencyError,
    WrongTypeError,
)

T = TypeVar("T")

INT32 = 32
INT64 = 64


def found(value: object) -> str:
    """A value as it is named in a message: short, and whatever its repr() does."""
    try:
        return f"{type(value).__name__} {reprlib.repr(value)}"
    except Exception:  # a repr() of the caller's own, or an int of thousands of digits
        return type(value).__name__


def wrong_type(expected: str, value: object, pointer: str) -> WrongTypeError:
    return WrongTypeError(f"{expected} was expected, found {found(value)}.", pointer)


def instance(value: object, wanted: type[T], pointer: str) -> T:
    """An object of a class."""
    if not isinstance(value, wanted):
        article = "An" if wanted.__name__[0] in "AEIOU" else "A"
        raise wrong_type(f"{article} {wanted.__name__}", value, pointer)
    return value


def whole(value: object, pointer: str) -> int:
    """An int of any size, and nothing that is only like one."""
    if type(value) is not int:
        raise wrong_type("A whole number (an int)", value, pointer)
    return value


def integer(value: object, pointer: str, bits: int) -> int:
    """An int that fits a signed field of so many bits."""
    number = whole(value, pointer)
    if -(1 << (bits - 1)) <= number < 1 << (bits - 1):
        return number
    raise OutOfRangeError(
        f"A number of at most {bits} bits with its sign was expected, found {found(number)}.",
        pointer,
    )


def set_integer(value: object, pointer: str, bits: int) -> int:
    """An int for a field whose zero means "not set" to C; None is how to say that here."""
    number = integer(value, pointer, bits)
    if number == 0:
        raise OutOfRangeError(
            "A number from 1 on was expected, found 0; leave it out for the default.", pointer
        )
    return number


def enum_number(value: object, wanted: type[IntEnum], pointer: str) -> int:
    """A member of an enumeration, or its number, which C will judge."""
    if type(value) is wanted:
        return int(value)
    if type(value) is not int:
        raise wrong_type(f"A member of {wanted.__name__}", value, pointer)
    if value == 0 or not -(1 << 31) <= value < 1 << 31:
        known = ", ".join(member.name for member in wanted)
        raise BadValueError(
            f"A {wanted.__name__} was expected ({known}), found {found(value)}.", pointer
        )
    return value


def flag(value: object, pointer: str) -> bool:
    """True or False themselves."""
    if value is True or value is False:
        return bool(value)
    raise wrong_type("True or False", value, pointer)


def items(value: object, pointer: str) -> Sequence[object]:
    """A list or tuple, or another sequence that is no text."""
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray, memoryview)):
        return tuple(value)  # whose length and items stay as they are
    raise wrong_type("A list or tuple", value, pointer)


def text(value: object, pointer: str) -> bytes:
    """A str in UTF-8. A surrogate goes over as it is, for C to refuse it with its own words."""
    if isinstance(value, str):
        return _utf8(value)
    raise wrong_type("A str", value, pointer)


def document(value: object, pointer: str = "") -> bytes:
    """A text that came from elsewhere: bytes as they are, a str in UTF-8."""
    if type(value) is bytes:
        return value
    if isinstance(value, bytes):
        return memoryview(value).tobytes()  # C is told a length, which len() need not be
    if isinstance(value, str):
        return _utf8(value)
    raise wrong_type("bytes or a str", value, pointer)


def _utf8(value: str) -> bytes:
    # What a subclass makes of encode() may be no bytes at all.
    return str.encode(value, "utf-8", "surrogatepass")


def currency_code(value: object, pointer: str) -> bytes:
    """A currency's code that fits its field of three bytes."""
    code = text(value, pointer)
    if len(code) == 3 and code.isascii() and b"\0" not in code:
        return code
    raise UnknownCurrencyError(
        f'A current ISO 4217 code such as "JPY" was expected, found {found(value)}.', pointer
    )


def in_range(value: object, pointer: str, low: int, high: int) -> int:
    """An int from `low` to `high`."""
    number = whole(value, pointer)
    if low <= number <= high:
        return number
    raise OutOfRangeError(
        f"A number from {low} to {high} was expected, found {found(number)}.", pointer
    )


def plain_id(value: object, pointer: str) -> str:
    """An id that can stand in a packed order, where a NUL ends it and nothing means absent."""
    if not isinstance(value, str):
        raise wrong_type("A str", value, pointer)
    if value and "\0" not in value and not _has_surrogates(value):
        return value
    raise BadIdError(
        "An id of 1 to 255 bytes of UTF-8 without NUL was expected, "
        f"found {found(value)}; where there is none, leave it out or pass None.",
        pointer,
    )


def id_field(value: object, pointer: str, size: int) -> bytes:
    """An id that fits a field of so many bytes, in which a NUL ends it."""
    data = text(value, pointer)
    if len(data) < size and b"\0" not in data:
        return data
    raise BadIdError(
        f"An id of 1 to {size - 1} bytes of UTF-8 without NUL was expected, "
        f"found {found(value)}.",
        pointer,
    )


def _has_surrogates(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False
