# SPDX-License-Identifier: MIT
"""Counts what catalogues would have offered for a stream of orders, and what it would bring.

All amounts are ints of minor units. An offer counts as if the buyer took its first quantity
with the plan that is shown first, and kept every subscription. "Cycle" counts the payments
of each contract: cycle 1 is the order just paid, cycle 2 of a weekly plan comes after a week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate, tee

import upsell

# So many refused orders are told one by one; the others are counted.
REFUSALS_TOLD = 5


@dataclass
class Gap:
    """How often the two surfaces were apart in one direction, and by how much."""

    times: int = 0
    total: int = 0
    largest: int = 0

    def add(self, amount: int) -> None:
        self.times += 1
        self.total += amount
        self.largest = max(self.largest, amount)


@dataclass
class Score:
    """What the offers of one scenario would bring, or of several together."""

    offers: int = 0
    # Minor units by which revenue grows or falls with a cycle, and stays so in later ones.
    steps: Counter[int] = field(default_factory=Counter)
    page_higher: Gap = field(default_factory=Gap)
    page_lower: Gap = field(default_factory=Gap)

    def add(self, offer: upsell.Offer) -> None:
        self.offers += 1
        self.steps[1] += offer.total_offer_page
        for target in offer.targets:
            self._add_later(target.price)
        difference = offer.total_offer_page - offer.total_checkout
        if difference > 0:
            self.page_higher.add(difference)
        elif difference < 0:
            self.page_lower.add(-difference)

    def _add_later(self, price: upsell.Price) -> None:
        """What a target costs from cycle 2 on, as steps."""
        before = price.offer_page.line
        for segment in price.recurring:
            self.steps[segment.from_cycle] += segment.line - before
            before = segment.line
        if not price.recurring:
            self.steps[2] -= before

    def revenue(self, cycles: int) -> list[int]:
        """Revenue of each cycle from 1 on."""
        return list(accumulate(self.steps[cycle] for cycle in range(1, cycles + 1)))

    def merge(self, other: Score) -> None:
        self.offers += other.offers
        self.steps.update(other.steps)
        for mine, its in (
            (self.page_higher, other.page_higher),
            (self.page_lower, other.page_lower),
        ):
            mine.times += its.times
            mine.total += its.total
            mine.largest = max(mine.largest, its.largest)


@dataclass
class Side:
    """What one catalogue would have done."""

    scores: dict[str, Score] = field(default_factory=dict)
    reasons: Counter[upsell.Reason] = field(default_factory=Counter)

    def add(self, decision: upsell.Decision) -> str | None:
        """Counts a decision, and returns the scenario that won."""
        offer = decision.offer
        if offer is None:
            assert decision.reason is not None  # a decision has a reason or an offer
            self.reasons[decision.reason] += 1
            return None
        score = self.scores.get(offer.scenario_id)
        if score is None:
            score = self.scores[offer.scenario_id] = Score()
        score.add(offer)
        return offer.scenario_id

    def score(self, scenario_id: str) -> Score:
        """The score of a scenario, which may never have won."""
        return self.scores.get(scenario_id, Score())

    def total(self) -> Score:
        total = Score()
        for score in self.scores.values():
            total.merge(score)
        return total


@dataclass
class Comparison:
    """What two catalogues would have done for the same orders."""

    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    orders: int = 0
    moved: int = 0
    """Orders for which another scenario, or none, would win."""
    refused: int = 0
    refusals: list[tuple[int, upsell.UpsellError]] = field(default_factory=list)
    """Line and error of the first orders that were refused."""

    def refuse(self, line: int, error: upsell.UpsellError) -> None:
        self.refused += 1
        if len(self.refusals) < REFUSALS_TOLD:
            self.refusals.append((line, error))


def compare(
    before: upsell.Catalog, after: upsell.Catalog, chunks: Iterable[bytes]
) -> Comparison:
    """Decides for every order with both catalogues, side by side.

    Memory is bounded: a chunk is dropped as soon as both have decided for its orders. It
    is read once, so that both see the same bytes, and a pipe will do.
    """
    comparison = Comparison()
    left, right = tee(chunks)
    pairs = zip(before.decide_lines(left), after.decide_lines(right), strict=True)
    for was, will_be in pairs:
        if was.decision is None or will_be.decision is None:
            # Whether an order is valid does not depend on the catalogue.
            assert was.error is not None
            comparison.refuse(was.line, was.error)
            continue
        comparison.orders += 1
        if comparison.before.add(was.decision) != comparison.after.add(will_be.decision):
            comparison.moved += 1
    return comparison
