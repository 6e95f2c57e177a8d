# SPDX-License-Identifier: MIT
"""Results of a text of many orders, of which decisions and errors are made when asked for."""

from __future__ import annotations

from ctypes import c_int32, c_uint32

from upsell import _native
from upsell._batch import RESULT, Batch
from upsell._decide import Core, read_decision
from upsell.decision import Decision
from upsell.errors import UpsellError

STATUS, OUTCOME, _, SCENARIO_INDEX = range(4)
LINE, TOTAL_CHECKOUT, TOTAL_OFFER_PAGE = range(7, 10)
_TEXT_AT, _TEXT_LEN, _ORDER_AT, _ORDER_LEN = range(10, 14)
_FIELDS_OF_HEAD = 10

# A batch stays as large as the largest text it has seen: after a year of orders, hundreds of
# megabytes. Behind these, about 15,000 orders, a new one costs nothing that could be noticed.
_KEPT_UP_TO = 4 * 1024 * 1024


class Batched:
    """Copies of orders and results; the catalogue is held as long as they are."""

    __slots__ = ("_core", "_flags", "_form", "_orders", "_text", "results")

    def __init__(self, core: Core, form: c_int32, orders: bytes, flags: c_uint32) -> None:
        self._core = core
        self._form = form
        self._orders = orders
        self._flags = flags
        batch = core.take_batch()
        batch.decide(core.pointer, form, orders, flags)
        self.results, self._text = batch.copy()
        if len(orders) <= _KEPT_UP_TO:
            core.batches.append(batch)

    def __len__(self) -> int:
        return len(self.results) // RESULT.size

    def result(self, index: int) -> tuple[int, ...]:
        return RESULT.unpack_from(self.results, index * RESULT.size)

    def decision(self, result: tuple[int, ...]) -> Decision:
        """The decision of a result that is no error."""
        begin = result[_TEXT_AT]
        texts = self._text[begin : begin + result[_TEXT_LEN]].decode().split("\0")
        return read_decision(self._core, result[:_FIELDS_OF_HEAD], texts, _Again(self, result))

    def error(self, result: tuple[int, ...]) -> UpsellError:
        """The error of a result that is one; deciding again tells its details."""
        batch = self._core.take_batch()
        error = batch.failure(self.decide_again(batch, result))
        self._core.batches.append(batch)
        return error

    def decide_again(self, batch: Batch, result: tuple[int, ...]) -> int:
        """Decides for the order of a result alone, and returns the status."""
        begin = result[_ORDER_AT]
        order = self._orders[begin : begin + result[_ORDER_LEN]]
        return batch.decide(self._core.pointer, self._form, order, self._flags)


class _Again:
    """The decision of one result in full, which is wanted once for each scenario."""

    __slots__ = ("_batch", "_batched", "_result")

    def __init__(self, batched: Batched, result: tuple[int, ...]) -> None:
        self._batched = batched
        self._result = result

    def view(self) -> _native.DecisionView:
        self._batch = Batch()  # what it shows is there for as long as it
        self._batched.decide_again(self._batch, self._result)
        return self._batch.view()
