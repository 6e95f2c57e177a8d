# SPDX-License-Identifier: MIT
"""Bad input to plans, runners and adapters; their good input is in the vectors."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import garbage
import upsell
from shop import CATALOG, LINE, ORDER, ORDER_JSON
from upsell import Acceptance, PlanOptions

ACCEPTANCE = Acceptance("S1", 1, None, 800)
OPTIONS = PlanOptions(
    api_version=upsell.ApiVersion.V2026_10,
    dialect=upsell.Dialect.DRAFT,
    shop="tea.example",
    reference_id="r-1",
    granted_scopes=[
        "write_orders",
        "write_own_subscription_contracts",
        "write_products",
        "read_own_subscription_contracts",
    ],
)


def make(acceptance: Any = ACCEPTANCE, options: Any = OPTIONS, order: Any = ORDER) -> upsell.Plan:
    with upsell.Catalog(CATALOG) as catalog:
        return catalog.plan(order, acceptance, options)


PLAN = make()

BAD_ACCEPTANCES = [
    ({"scenario_id": None}, upsell.WrongTypeError),
    ({"scenario_id": ""}, upsell.BadIdError),
    ({"scenario_id": "a\0b"}, upsell.BadIdError),
    ({"scenario_id": "\ud800"}, upsell.BadIdError),
    ({"scenario_id": "S2"}, upsell.OfferChangedError),
    ({"quantity": 1.0}, upsell.WrongTypeError),
    ({"quantity": True}, upsell.WrongTypeError),
    ({"quantity": 0}, upsell.OutOfRangeError),
    ({"quantity": 2**32 + 1}, upsell.OutOfRangeError),
    ({"quantity": 4}, upsell.QuantityOutOfRangeError),
    ({"selling_plan_id": 6901}, upsell.WrongTypeError),
    ({"selling_plan_id": "6902"}, upsell.PlanNotOfferedError),
    ({"total": "800"}, upsell.WrongTypeError),
    ({"total": -1}, upsell.OutOfRangeError),
    ({"total": 2**64 + 800}, upsell.OutOfRangeError),
    ({"total": 801}, upsell.PriceChangedError),
]


@pytest.mark.parametrize(("change", "error"), BAD_ACCEPTANCES)
def test_a_bad_acceptance(change: dict[str, Any], error: type[upsell.UpsellError]) -> None:
    with pytest.raises(error) as refused:
        make(dataclasses.replace(ACCEPTANCE, **change))
    assert refused.value.pointer == f"/acceptance/{next(iter(change))}"


BAD_OPTIONS = [
    ({"api_version": "2026-07"}, upsell.WrongTypeError, ""),
    ({"api_version": 0}, upsell.BadValueError, ""),
    ({"api_version": 9}, upsell.BadValueError, ""),
    ({"dialect": upsell.Kind.ONE_TIME}, upsell.WrongTypeError, ""),
    ({"shop": b"tea.example"}, upsell.WrongTypeError, ""),
    ({"shop": ""}, upsell.UpsellError, ""),
    ({"reference_id": "a b"}, upsell.BadValueError, ""),
    ({"granted_scopes": "write_orders"}, upsell.WrongTypeError, ""),
    ({"granted_scopes": ["write_orders", 5]}, upsell.WrongTypeError, "/1"),
    ({"granted_scopes": []}, upsell.MissingScopeError, ""),
]


@pytest.mark.parametrize(("change", "error", "item"), BAD_OPTIONS)
def test_bad_options(change: dict[str, Any], error: type[upsell.UpsellError], item: str) -> None:
    with pytest.raises(error) as refused:
        make(options=dataclasses.replace(OPTIONS, **change))
    assert refused.value.pointer == f"/options/{next(iter(change))}{item}"


@pytest.mark.parametrize("value", [5, "x", {}, ORDER], ids=repr)
def test_what_are_no_inputs(value: Any) -> None:
    for name in ("acceptance", "options"):
        with pytest.raises(upsell.WrongTypeError) as refused:
            make(**{name: value})
        assert refused.value.pointer == f"/{name}"


def test_texts_of_a_plan() -> None:
    acceptance = '{"scenario_id":"S1","quantity":1,"selling_plan_id":null,"total":"800"}'
    with upsell.Catalog(CATALOG) as catalog:
        assert catalog.plan_json(ORDER_JSON, acceptance, OPTIONS) == PLAN
        for order, accepted, pointer in (
            (None, acceptance, "/order"),
            (ORDER_JSON, {}, "/acceptance"),
            (b"{", acceptance, "/order"),
            (ORDER_JSON, "[]", "/acceptance"),
        ):
            with pytest.raises(upsell.UpsellError) as refused:
                catalog.plan_json(order, accepted)  # type: ignore[arg-type]
            assert refused.value.pointer == pointer


def test_an_order_that_no_plan_is_made_for() -> None:
    with pytest.raises(upsell.CurrencyMismatchError) as refused:
        make(order=dataclasses.replace(ORDER, currency="USD"))
    assert refused.value.pointer == "/order/currency"
    twice = [LINE, dataclasses.replace(LINE, id="not-of-shopify")]
    with pytest.raises(upsell.IdNotShopifyError) as refused_too:
        make(order=dataclasses.replace(ORDER, lines=twice))
    assert refused_too.value.pointer == "/order/lines/1/id"


# ---- runner ----

START = upsell.Start("run-0001", 1700000000)


def step(event: Any, journal: Any = None) -> upsell.Progress:
    with upsell.Runner(PLAN) as runner:
        return runner.step(journal, event)


JOURNAL = step(START).journal

# As somebody without a type checker may write them.
Answer: Any = upsell.Answer
NotSent: Any = upsell.NotSent

BAD_EVENTS: list[tuple[Any, type[upsell.UpsellError], str]] = [
    (None, upsell.WrongTypeError, ""),
    ({"type": "tick", "now": 1}, upsell.WrongTypeError, ""),
    (upsell.Tick, upsell.WrongTypeError, ""),
    (upsell.Tick(1.5), upsell.WrongTypeError, "/now"),  # type: ignore[arg-type]
    (upsell.Tick(True), upsell.WrongTypeError, "/now"),
    (upsell.Tick(-1), upsell.OutOfRangeError, "/now"),
    (upsell.Tick(2**64 + 5), upsell.OutOfRangeError, "/now"),
    (upsell.Start("short", 1), upsell.BadValueError, "/run_id"),
    (upsell.Start(5, 1), upsell.WrongTypeError, "/run_id"),  # type: ignore[arg-type]
    (Answer("nothing", "{}", 1), upsell.BadValueError, "/step"),
    (Answer("charge", {}, 1), upsell.WrongTypeError, "/body"),
    (Answer("charge", "{}", 1, 0), upsell.OutOfRangeError, "/http_status"),
    (Answer("charge", "{}", 1, 99), upsell.OutOfRangeError, "/http_status"),
    (Answer("charge", "{}", 1, "200"), upsell.WrongTypeError, "/http_status"),
    (upsell.NoAnswer(None, 1), upsell.WrongTypeError, "/step"),  # type: ignore[arg-type]
    (NotSent("charge", 1, "ok"), upsell.BadValueError, "/reason"),
    (NotSent("charge", 1, b"x"), upsell.WrongTypeError, "/reason"),
    (upsell.Webhook("", None, 1), upsell.BadValueError, "/topic"),
    (upsell.Webhook("x", 5, 1), upsell.WrongTypeError, "/body"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("event", "error", "pointer"), BAD_EVENTS, ids=repr)
def test_a_bad_event(event: Any, error: type[upsell.UpsellError], pointer: str) -> None:
    journal = None if isinstance(event, upsell.Start) else JOURNAL
    with pytest.raises(error) as refused:
        step(event, journal)
    assert refused.value.pointer == "/event" + pointer


@pytest.mark.parametrize(
    ("journal", "error", "pointer"),
    [
        (5, upsell.WrongTypeError, "/journal"),
        ({}, upsell.WrongTypeError, "/journal"),
        ("{}", upsell.MissingKeyError, "/journal/format"),
        (b"\xff", upsell.JsonSyntaxError, "/journal"),
        ('{"a":"\ud800"}', upsell.JsonEncodingError, "/journal/a"),
    ],
)
def test_a_bad_journal(journal: Any, error: type[upsell.UpsellError], pointer: str) -> None:
    with pytest.raises(error) as refused:
        step(upsell.Tick(1700000001), journal)
    assert refused.value.pointer == pointer


def test_a_journal_at_the_start() -> None:
    with pytest.raises(upsell.JournalMismatchError) as refused:
        step(START, JOURNAL)
    assert refused.value.pointer == "/journal"
    assert step(START, b"") == step(START, "") == step(START, None)


def test_bodies_are_taken_as_they_came() -> None:
    """What is no JSON is no answer, as is none at all: a gateway's page is an answer, too."""
    begin = step(START)
    assert isinstance(begin.action, upsell.Send)
    told = {
        step(upsell.Answer(begin.action.step, body, 1700000001), begin.journal)
        for body in (None, b"", "", b"\xff\xfe", "<html>", "\ud800", "a\0b")
    }
    assert len(told) == 1


@pytest.mark.parametrize("plan", [None, 5, {}, ORDER], ids=repr)
def test_what_is_no_plan(plan: Any) -> None:
    with pytest.raises(upsell.WrongTypeError):
        upsell.Runner(plan)


EVENTS = [
    START,
    upsell.Resume(1700000001),
    upsell.Tick(1700000001),
    upsell.Answer("charge", "{}", 1700000001, 200),
    upsell.NoAnswer("charge", 1700000001),
    upsell.NotSent("charge", 1700000001, "declined"),
    upsell.Webhook("orders/paid", "{}", 1700000001),
]
PLACES = [(event, field.name) for event in EVENTS for field in dataclasses.fields(event)]


@settings(max_examples=700)
@given(place=st.sampled_from(PLACES), value=garbage.ANYTHING)
def test_garbage_in_an_event(place: tuple[upsell.Event, str], value: Any) -> None:
    event, name = place
    journal = None if isinstance(event, upsell.Start) else JOURNAL
    try:
        step(dataclasses.replace(event, **{name: value}), journal)
    except upsell.UpsellError as error:
        assert error.pointer.startswith(f"/event/{name}") and error.message


PARTS = [
    *(("acceptance", field.name) for field in dataclasses.fields(ACCEPTANCE)),
    *(("options", field.name) for field in dataclasses.fields(OPTIONS)),
]


@settings(max_examples=700)
@given(part=st.sampled_from(PARTS), value=garbage.ANYTHING)
def test_garbage_in_a_plan(part: tuple[str, str], value: Any) -> None:
    input_name, name = part
    inputs: dict[str, Any] = {"acceptance": ACCEPTANCE, "options": OPTIONS}
    inputs[input_name] = dataclasses.replace(inputs[input_name], **{name: value})
    try:
        make(**inputs)
    except upsell.UpsellError as error:
        assert error.pointer.startswith(f"/{input_name}/{name}") and error.message


# ---- adapters ----


@pytest.mark.parametrize("adapt", [upsell.order_from_input_data, upsell.order_from_shopify_order])
def test_bad_payloads(adapt: Callable[..., bytes]) -> None:
    payloads: list[Any] = [None, 5, {}, bytearray(b"{}")]
    for payload in payloads:
        with pytest.raises(upsell.WrongTypeError):
            adapt(payload)
    for ids, error in (
        ("gids", upsell.WrongTypeError),
        (None, upsell.WrongTypeError),
        (0, upsell.BadValueError),
        (upsell.Kind.ONE_TIME, upsell.WrongTypeError),
    ):
        with pytest.raises(error) as refused:
            adapt("{}", ids)
        assert refused.value.pointer == "/ids"
    with pytest.raises(upsell.UpsellError):
        adapt("{}", 3)
    with pytest.raises(upsell.JsonEncodingError):
        adapt('{"a":"\ud800"}')


def test_the_query() -> None:
    query = upsell.shopify_order_query()
    assert query.startswith("query") and "$id" in query and "lineItems" in query
