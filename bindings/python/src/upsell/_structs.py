# SPDX-License-Identifier: MIT
"""Native values as the structs of C.

What C could not be told of (a wrong type, a number that does not fit) becomes a fault with
the pointer that a document would have. All faults are kept, so that `upsell.check` can tell
them at once. Every other rule is C's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import Array, sizeof
from enum import IntEnum
from typing import Any, TypeVar

from upsell import _check, _native
from upsell._calls import Texts
from upsell.errors import UpsellError

S = TypeVar("S")
T = TypeVar("T")


class Structs:
    """Makes structs; their texts are there for as long as this object.

    `faults` holds what was refused, in the order of the document. While there are any, the
    structs must not be used.
    """

    def __init__(self) -> None:
        self.faults: list[UpsellError] = []
        self._texts = Texts()

    def raise_fault(self) -> None:
        """Raises the first fault, if there is one."""
        if self.faults:
            raise self.faults[0]

    def take(self, check: Callable[..., T], default: T, *arguments: Any) -> T:
        """The value that a check lets through, or the default after a fault."""
        try:
            return check(*arguments)
        except UpsellError as fault:
            self.faults.append(fault)
            return default

    def is_a(self, value: object, wanted: type[T], at: str) -> T | None:
        """An object of a class, or None after a fault."""
        return self.take(_check.instance, None, value, wanted, at)

    def number(self, value: object, at: str, bits: int = _check.INT64) -> int:
        return self.take(_check.integer, 0, value, at, bits)

    def set_number(self, value: object, at: str) -> int:
        """A number whose zero C takes for "not set": here that is None."""
        return 0 if value is None else self.take(_check.set_integer, 0, value, at, _check.INT32)

    def enum(self, value: object, wanted: type[IntEnum], at: str) -> int:
        return self.take(_check.enum_number, 0, value, wanted, at)

    def choice(self, value: object, at: str) -> int:
        return _native.YES if self.take(_check.flag, False, value, at) else _native.NO

    def currency(self, value: object, at: str) -> bytes:
        return self.take(_check.currency_code, b"", value, at)

    def items(self, values: object, at: str) -> Sequence[object]:
        nothing: Sequence[object] = ()
        return self.take(_check.items, nothing, values, at)

    def text(self, value: object, at: str) -> _native.Str:
        return self._texts.slice(self.take(_check.text, b"", value, at))

    def optional_text(self, value: object, at: str) -> _native.Str:
        return _native.Str() if value is None else self.text(value, at)

    def document(self, value: object, at: str) -> _native.Str:
        """A text that came from elsewhere, or an absent one for None."""
        if value is None:
            return _native.Str()
        return self._texts.slice(self.take(_check.document, b"", value, at))

    def texts(self, values: object, at: str) -> tuple[Any, int]:
        """An array of texts, and its length. None gives no array, which can mean something
        else to C than an empty one."""
        if values is None:
            return None, 0
        given = self.items(values, at)
        array = (_native.Str * len(given))(
            *(self.text(value, f"{at}/{index}") for index, value in enumerate(given))
        )
        return array, len(given)

    def each(
        self,
        values: object,
        at: str,
        wanted: type[T],
        struct: type[S],
        fill: Callable[[T, S, str], None],
    ) -> tuple[Any, int]:
        """An array of sized structs, one for each object of a list, and its length."""
        given = self.items(values, at)
        array: Array[Any] = (struct * len(given))()  # type: ignore[operator]  # of ctypes
        for index, value in enumerate(given):
            item = self.is_a(value, wanted, f"{at}/{index}")
            if item is not None:
                array[index].size = sizeof(struct)  # type: ignore[arg-type]  # of ctypes
                fill(item, array[index], f"{at}/{index}")
        return array, len(given)
