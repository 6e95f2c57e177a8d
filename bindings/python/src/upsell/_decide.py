# SPDX-License-Identifier: MIT
"""From results of C to decisions.

What a scenario says to every buyer (names, page, prices per plan) is read from C once and
kept with the catalogue: a result only names the scenario by its place, and a decision costs
no more than the few objects that belong to the order.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_int32, c_uint32, sizeof
from typing import Any, Protocol

from upsell import _native
from upsell._batch import Batch
from upsell._calls import Handle, check, given, str_of
from upsell.catalog_input import Quantity
from upsell.decision import Considered, Decision, Offer, Page, PlanChoice, Target
from upsell.enums import Outcome, Pattern, Reason
from upsell.money import currency_of
from upsell.pricing import Price, price_of

# Hot path: a member of an enumeration is not looked up by name or made from its number.
_OFFER = Outcome.OFFER
_OFFER_NUMBER = int(Outcome.OFFER)
_NO_OFFER = Outcome.NO_OFFER
_REASONS = {reason.value: reason for reason in Reason}

_new = object.__new__


class Source(Protocol):
    """Where more can be learnt of the decision that is being read."""

    def view(self) -> _native.DecisionView:
        """The decision in full."""


class Known:
    """What is known of a scenario."""

    __slots__ = ("adjustable", "fields", "initial", "prices", "quantities", "replaces")

    def __init__(self, view: _native.DecisionView) -> None:
        self.fields: dict[str, Any] = {
            "scenario_id": given(view.scenario_id),
            "scenario_index": view.scenario_index,
            "scenario_name": given(view.scenario_name),
            "priority": view.priority,
            "pattern": Pattern(view.pattern),
            "product_id": given(view.product_id),
            "product_title": given(view.product_title),
            "variant_id": given(view.variant_id),
            "variant_title": given(view.variant_title),
            "choices": tuple(
                PlanChoice(given(choice.selling_plan_id), price_of(choice.price))
                for choice in view.choices[: view.choice_count]
            ),
            "page": _page_of(view.page.contents),
        }
        self.initial = view.quantity.initial
        self.adjustable = view.quantity.adjustable == _native.YES
        # By the most that stock allows, which differs from order to order.
        self.quantities: dict[int, Quantity] = {}
        # By selling plan, "" without one: a price depends on nothing else of an order.
        self.prices: dict[str, Price] = {}
        self.replaces = view.pattern == Pattern.ONE_TIME_TO_SUBSCRIPTION

    def add_prices(self, view: _native.DecisionView) -> None:
        for target in view.targets[: view.target_count]:
            plan = str_of(target.selling_plan_id) or ""
            self.prices.setdefault(plan, price_of(target.price))

    def quantity(self, most: int) -> Quantity:
        quantity = self.quantities.get(most)
        if quantity is None:
            quantity = Quantity(self.initial, most, self.adjustable)
            self.quantities[most] = quantity
        return quantity


class Core:
    """A catalogue of C and what is known of it. All who use it hold it, so that closing the
    catalogue in one thread takes nothing away from another. Dicts and lists are only used in
    single steps, which the interpreter's lock makes whole.
    """

    __slots__ = ("_handle", "_places", "batches", "currency", "known", "pointer")

    def __init__(self, pointer: Any) -> None:
        self._handle = Handle(pointer, _native.lib.upsell_catalog_free)
        self.pointer = pointer
        self.currency = currency_of(self.info().currency)
        self.known: dict[int, Known] = {}
        self._places: dict[str, int] | None = None
        # Batches that nobody uses now; as many as there were calls at a time.
        self.batches: list[Batch] = []

    def info(self) -> _native.CatalogInfo:
        info = _native.CatalogInfo(size=sizeof(_native.CatalogInfo))
        check(_native.lib.upsell_catalog_describe(self.pointer, byref(info)))
        return info

    def scenarios(self) -> Iterator[_native.ScenarioInfo]:
        """Each scenario, drafts included; each in the place of the one before."""
        info = _native.ScenarioInfo(size=sizeof(_native.ScenarioInfo))
        for index in range(self.info().scenarios):
            check(_native.lib.upsell_catalog_scenario(self.pointer, index, byref(info)))
            yield info

    def place_of(self, scenario_id: str) -> int | None:
        """The place of a scenario in the catalogue, from 0."""
        places = self._places
        if places is None:
            ids = (given(info.id) for info in self.scenarios())
            places = self._places = {id: place for place, id in enumerate(ids)}
        return places.get(scenario_id)

    def take_batch(self) -> Batch:
        try:
            return self.batches.pop()
        except IndexError:
            return Batch()

    def learn(self, view: _native.DecisionView) -> Known:
        known = self.known.setdefault(view.scenario_index, Known(view))
        known.add_prices(view)
        return known


def no_catalog() -> Any:
    """A place for a new catalogue."""
    return _native.CatalogPointer()


def _page_of(page: _native.Page) -> Page:
    return Page(
        title=given(page.title),
        timer_visible=bool(page.timer_visible),
        timer_seconds=page.timer_seconds if page.timer_visible else None,
        timer_text=given(page.timer_text),
        description_visible=bool(page.description_visible),
        description=str_of(page.description),
        buy_button=given(page.buy_button),
        close_visible=bool(page.close_visible),
        close_label=given(page.close_label),
        expires_after_seconds=page.expires_after_seconds,
    )


def read_decision(
    core: Core, result: tuple[int, ...], texts: list[str], source: Source
) -> Decision:
    """The decision of a result that is no error (BAT-4)."""
    # Hot path: objects are filled in through their __dict__ (see `upsell.decision`).
    _, outcome, reason, index, most, target_count, loser_count, _, checkout, offer_page = result
    decision = _new(Decision)
    fields = decision.__dict__
    fields["order_id"] = texts[0]
    fields["currency"] = core.currency
    at = 1
    if outcome == _OFFER_NUMBER:
        known = core.known.get(index) or core.learn(source.view())
        if target_count == 1 and texts[3] == "1":  # most offers join one line
            target, at = _target(core, known, texts, 1, (texts[4],), source), 5
            targets: tuple[Target, ...] = (target,)
        else:
            targets, at = _targets(core, known, texts, target_count, source)
        offer = _new(Offer)
        parts = offer.__dict__
        parts.update(known.fields)
        parts["quantity"] = known.quantities.get(most) or known.quantity(most)
        parts["targets"] = targets
        parts["cancel_line_ids"] = targets[0].line_ids if known.replaces else ()
        parts["total_checkout"] = checkout
        parts["total_offer_page"] = offer_page
        parts["differs"] = checkout != offer_page
        fields["outcome"] = _OFFER
        fields["reason"] = None
        fields["offer"] = offer
    else:
        fields["outcome"] = _NO_OFFER
        fields["reason"] = _REASONS.get(reason) or Reason(reason)
        fields["offer"] = None
    fields["considered"] = _losers(texts, at, loser_count) if loser_count else ()
    return decision


def _target(
    core: Core, known: Known, texts: list[str], at: int, line_ids: tuple[str, ...], source: Source
) -> Target:
    plan = texts[at]
    target = _new(Target)
    fields = target.__dict__
    fields["line_ids"] = line_ids
    fields["contract_id"] = texts[at + 1] or None
    fields["selling_plan_id"] = plan or None
    fields["price"] = known.prices.get(plan) or core.learn(source.view()).prices[plan]
    return target


def _targets(
    core: Core, known: Known, texts: list[str], count: int, source: Source
) -> tuple[tuple[Target, ...], int]:
    """The targets of an offer, and where the texts behind them begin."""
    targets = []
    at = 1
    for _ in range(count):
        begin = at + 3
        end = begin + int(texts[at + 2])
        targets.append(_target(core, known, texts, at, tuple(texts[begin:end]), source))
        at = end
    return tuple(targets), at


def _losers(texts: list[str], at: int, count: int) -> tuple[Considered, ...]:
    losers = []
    for index in range(at, at + 3 * count, 3):
        loser = _new(Considered)
        fields = loser.__dict__
        fields["scenario_id"] = texts[index]
        fields["scenario_index"] = int(texts[index + 1])
        reason = int(texts[index + 2])
        fields["reason"] = _REASONS.get(reason) or Reason(reason)
        losers.append(loser)
    return tuple(losers)


def read_view(core: Core, view: _native.DecisionView) -> Decision:
    """The decision of a view, which is what `read_decision` makes of a result."""
    return Decision(
        order_id=given(view.order_id),
        currency=core.currency,
        outcome=Outcome(view.outcome),
        reason=None if view.outcome == _OFFER_NUMBER else Reason(view.reason),
        offer=_offer_of(view) if view.outcome == _OFFER_NUMBER else None,
        considered=tuple(
            Considered(given(loser.scenario_id), loser.scenario_index, Reason(loser.reason))
            for loser in view.considered[: view.considered_count]
        ),
    )


def _offer_of(view: _native.DecisionView) -> Offer:
    known = Known(view)
    return Offer(
        **known.fields,
        quantity=known.quantity(view.quantity.max),
        targets=tuple(
            Target(
                tuple(map(given, target.line_ids[: target.line_count])),
                str_of(target.contract_id),
                str_of(target.selling_plan_id),
                price_of(target.price),
            )
            for target in view.targets[: view.target_count]
        ),
        cancel_line_ids=tuple(map(given, view.cancel_line_ids[: view.cancel_line_count])),
        total_checkout=view.total_checkout,
        total_offer_page=view.total_offer_page,
        differs=bool(view.differs),
    )


def decide(core: Core, form: c_int32, order: bytes, flags: c_uint32) -> Decision:
    """Decides for one order."""
    # Hot path: what `Core.take_batch` does, without calling it.
    try:
        batch = core.batches.pop()
    except IndexError:
        batch = Batch()
    try:
        result, texts = batch.decide_one(core.pointer, form, order, flags)
        return read_decision(core, result, texts, batch)
    finally:
        core.batches.append(batch)


def decide_to_json(core: Core, form: c_int32, order: bytes, flags: c_uint32) -> bytes:
    """Decides for one order, to the text of a document."""
    batch = core.take_batch()
    try:
        batch.decide_one(core.pointer, form, order, flags)
        return batch.decision_json()
    finally:
        core.batches.append(batch)
