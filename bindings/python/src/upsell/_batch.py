# SPDX-License-Identifier: MIT
"""Deciding in C: one call for any number of orders, and its results as raw memory (BAT).

A batch is mapped into Python once, and its view is read as one tuple instead of field by
field. What is read is copied before the batch is used again.
"""

from __future__ import annotations

from ctypes import (
    addressof,
    byref,
    c_char,
    c_int32,
    c_size_t,
    c_uint32,
    c_void_p,
    sizeof,
    string_at,
)
from struct import Struct
from typing import Any, NamedTuple

from upsell import _native
from upsell._calls import Handle, check, failure, new_error
from upsell.errors import UpsellError

# Structs of batch.h in native layout; a test compares them with `_native`.
VIEW = Struct("@IIPnPn")  # size, reserved, results, result_count, text, text_len
RESULT = Struct("@iiiIiIIIqqQQQQ")

# Hot path: what is read of a single order, whose texts are all that there are.
_read_place = Struct("@8xP8xPn").unpack_from
_read_head = Struct("@iiiIiIIIqq").unpack_from

PACKED = c_int32(_native.ORDERS_PACKED)
JSON = c_int32(_native.ORDERS_JSON)
LINES = c_int32(_native.ORDERS_LINES)

PLAIN = c_uint32(0)
EXPLAIN = c_uint32(_native.DECIDE_EXPLAIN)

_NO_MEMORY = 1
_INVALID_ARGUMENT = 2

# From so many bytes of orders on, other threads run meanwhile. To let them costs little
# (50 ns measured), but one of them may then keep the lock for sys.getswitchinterval(), 5 ms
# by default; so it must be worth it. 256 KiB are about 1000 orders, or half a millisecond.
RELEASE_FROM = 256 * 1024

# The function once more, without argtypes: for ctypes to look at the types of its seven
# arguments takes 280 ns of 520, half as long as deciding. Therefore all arguments must be
# ctypes objects of exactly the types of the prototype; bytes are a pointer to char.
_decide = _native.lib["upsell_batch_decide"]
_decide.restype = c_int32
_decide_released = _native.released.upsell_batch_decide


class Results(NamedTuple):
    """A copy of what a batch says."""

    results: bytes
    """So many structs."""
    text: bytes
    """What they refer to."""


class Batch:
    """A place of C's for results. Used by one call at a time."""

    __slots__ = (
        "_details",
        "_handle",
        "_results",
        "_results_at",
        "_size",
        "_text",
        "_text_at",
        "_text_size",
        "_view",
        "pointer",
    )

    def __init__(self) -> None:
        self.pointer = _native.BatchPointer()
        check(_native.lib.upsell_batch_new(byref(self.pointer)))
        # It must outlive the mappings below, which nobody else may keep.
        self._handle = Handle(self.pointer, _native.lib.upsell_batch_free)
        self._details = _native.ErrorPointer(new_error())
        self._size = c_size_t()
        view = _native.lib.upsell_batch_get(self.pointer).contents
        self._view: Any = (c_char * sizeof(_native.BatchView)).from_address(addressof(view))
        self._results_at = self._text_at = self._text_size = 0
        self._results: Any = None
        self._text: Any = None

    def decide(self, catalog: Any, form: c_int32, orders: bytes, flags: c_uint32) -> int:
        """Decides for all orders of a text and returns the status of the first bad one."""
        size = self._size
        size.value = len(orders)
        function = _decide if len(orders) < RELEASE_FROM else _decide_released
        status: int = function(self.pointer, catalog, form, orders, size, flags, self._details)
        if status == _INVALID_ARGUMENT or status == _NO_MEMORY:
            raise self.failure(status)
        return status

    def failure(self, status: int) -> UpsellError:
        """The exception for the status that deciding has just returned."""
        return failure(status, self._details.contents)

    def decide_one(
        self, catalog: Any, form: c_int32, order: bytes, flags: c_uint32
    ) -> tuple[tuple[int, ...], list[str]]:
        """Decides for the text of one order: its result and its texts.

        Raises:
            UpsellError: the order was not decided.
        """
        # Hot path: what `decide` does, without calling it.
        size = self._size
        size.value = len(order)
        function = _decide if len(order) < RELEASE_FROM else _decide_released
        status = function(self.pointer, catalog, form, order, size, flags, self._details)
        if status:
            raise self.failure(status)
        results_at, text_at, text_len = _read_place(self._view)
        # C moves its memory as it grows; it is mapped again only then.
        if results_at != self._results_at:
            self._results = (c_char * RESULT.size).from_address(results_at)
            self._results_at = results_at
        if text_at != self._text_at or text_len > self._text_size:
            self._text = (c_char * text_len).from_address(text_at)
            # The address last: whatever Ctrl-C cuts off here is done again next time.
            self._text_size = text_len
            self._text_at = text_at
        return _read_head(self._results), self._text[:text_len].decode().split("\0")

    def copy(self) -> Results:
        """All results of a text of any number of orders."""
        _, _, results_at, count, text_at, text_len = VIEW.unpack_from(self._view)
        return Results(
            string_at(results_at, count * RESULT.size) if count else b"",
            string_at(text_at, text_len) if text_len else b"",
        )

    def decision(self) -> Any:
        """The last order's decision as an object of C, until the batch is used again."""
        return _native.lib.upsell_batch_decision(self.pointer)

    def view(self) -> _native.DecisionView:
        """The last order's decision in full, until the batch is used again."""
        view: _native.DecisionView = _native.lib.upsell_decision_get(self.decision()).contents
        return view

    def decision_json(self) -> bytes:
        """The last order's decision as a document."""
        text, length = c_void_p(), c_size_t()
        check(
            _native.lib.upsell_decision_to_json(
                self.decision(), byref(text), byref(length)
            )
        )
        return string_at(text.value or 0, length.value)
