# SPDX-License-Identifier: MIT
"""The decisions of many orders, made in one call (BAT-1 ... BAT-5). Since 0.1.0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import Struct
from typing import NoReturn, overload

from upsell._batched import STATUS, Batched
from upsell.decision import Decision
from upsell.enums import Outcome
from upsell.errors import UpsellError

__all__ = ["Decisions"]

# Columns of a result (see `upsell._batch.RESULT`): each skips what stands around it.
_STATUS = Struct("@i76x")
_OUTCOME = Struct("@4xi72x")
_SCENARIO = Struct("@4xi4xI64x")
_TOTAL_CHECKOUT = Struct("@32xq40x")
_TOTAL_OFFER_PAGE = Struct("@40xq32x")


class Decisions(Sequence[Decision]):
    """What was decided for many orders, in their order.

    Items are made when they are asked for; asking for that of an order that broke a rule
    raises its error, and so does walking over it. The columns (`outcomes`,
    `scenario_indexes`, `totals_checkout`, `totals_offer_page`) make no objects at all: they
    are the quick way through a year of orders. It may be read from any thread, and after
    the catalogue was closed.
    """

    __slots__ = ("_batched",)

    def __init__(self, batched: Batched) -> None:
        self._batched = batched

    def __len__(self) -> int:
        return len(self._batched)

    @overload
    def __getitem__(self, index: int) -> Decision: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Decision, ...]: ...
    def __getitem__(self, index: int | slice) -> Decision | tuple[Decision, ...]:
        places = range(len(self))[index]
        if isinstance(places, range):
            return tuple(map(self._decision, places))
        return self._decision(places)

    def __iter__(self) -> Iterator[Decision]:
        return map(self._decision, range(len(self)))

    def __reduce__(self) -> NoReturn:
        raise TypeError("Decisions cannot be copied or pickled; send a list of them, or columns")

    def __repr__(self) -> str:
        return f"<upsell.Decisions of {len(self)} orders, {self.failed} failed>"

    def _decision(self, index: int) -> Decision:
        result = self._batched.result(index)
        if result[STATUS]:
            raise self._batched.error(result)
        return self._batched.decision(result)

    @property
    def outcomes(self) -> list[int]:
        """The outcome of each order, a number of `Outcome`; NONE for one that broke a rule."""
        return [outcome for (outcome,) in _OUTCOME.iter_unpack(self._batched.results)]

    @property
    def scenario_indexes(self) -> list[int]:
        """The place of each order's winner in the catalogue, from 0; -1 without an offer."""
        offer = int(Outcome.OFFER)
        return [
            scenario if outcome == offer else -1
            for outcome, scenario in _SCENARIO.iter_unpack(self._batched.results)
        ]

    @property
    def totals_checkout(self) -> list[int]:
        """What the checkout's rounding would give, in minor units; 0 without an offer."""
        return [total for (total,) in _TOTAL_CHECKOUT.iter_unpack(self._batched.results)]

    @property
    def totals_offer_page(self) -> list[int]:
        """What each offer page shows and charges, in minor units; 0 without an offer."""
        return [total for (total,) in _TOTAL_OFFER_PAGE.iter_unpack(self._batched.results)]

    @property
    def failed(self) -> int:
        """How many orders broke a rule."""
        return sum(1 for (status,) in _STATUS.iter_unpack(self._batched.results) if status)

    @property
    def errors(self) -> dict[int, UpsellError]:
        """The error of each order that broke a rule, by the order's place."""
        statuses = enumerate(_STATUS.iter_unpack(self._batched.results))
        return {
            index: self._batched.error(self._batched.result(index))
            for index, (status,) in statuses
            if status
        }
