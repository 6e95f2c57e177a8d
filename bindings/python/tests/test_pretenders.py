# SPDX-License-Identifier: MIT
"""Values that say something else of themselves than what they are: C is told what they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from unittest.mock import MagicMock, Mock

import pytest

import upsell
from shop import CATALOG, LINE, ORDER, ORDER_JSON

ACCEPTANCE_JSON = '{"scenario_id":"S1","quantity":1}'


class Longer(bytes):
    """Bytes with a length that would make C read far behind them."""

    def __len__(self) -> int:
        return 1 << 40


class Shouting(str):
    """A str that does not give its own text when it is encoded."""

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return Longer(b"?")


class IntByName(Decimal):
    """No int, whatever it answers when it is asked for its class."""

    __class__ = int  # type: ignore[assignment]  # which is the lie


class Longish(Sequence[str]):
    """A sequence with more items than it tells."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Any) -> Any:
        return ("201", "201")[index]


USES: dict[str, Callable[[upsell.Catalog, Any], object]] = {
    "decide_json": lambda catalog, text: catalog.decide_json(text),
    "decide_to_json": lambda catalog, text: catalog.decide_to_json(text),
    "check": lambda _, text: upsell.check(text),
    "plan_json": lambda catalog, text: catalog.plan_json(text, ACCEPTANCE_JSON),
    "page_json": lambda catalog, text: catalog.page_json(text),
}


@pytest.mark.parametrize("use", USES)
def test_texts_of_other_classes(use: str) -> None:
    with upsell.Catalog(CATALOG) as catalog:
        expected = USES[use](catalog, ORDER_JSON)
        assert USES[use](catalog, Longer(ORDER_JSON)) == expected
        assert USES[use](catalog, Shouting(ORDER_JSON.decode())) == expected


def test_an_id_of_another_class() -> None:
    assert upsell.Currency.find(Shouting("JPY")).code == "JPY"
    with upsell.Catalog(CATALOG) as catalog:
        plan = catalog.plan(ORDER, upsell.Acceptance("S1", 1))
        assert catalog.plan(ORDER, upsell.Acceptance(Shouting("S1"), 1)) == plan


def test_a_session_of_another_class() -> None:
    expected = upsell.Session.open("s", "S1", 1)
    assert upsell.Session.open(Shouting("s"), Shouting("S1"), 1) == expected
    assert upsell.Session.from_json(Longer(expected.json)) == expected
    odd = dataclasses.replace(expected, id=Shouting("s"))
    assert odd.step(upsell.SessionEvent.LEFT, 1).session == expected


def test_an_event_of_another_class() -> None:
    tally = upsell.Tally().add(Shouting("s"), Shouting("S1"), upsell.Count.SHOWN)
    event = b'{"format":"upsell.event/1","session_id":"t","scenario_id":"S1","event":"shown"}'
    tally.add_json(Longer(event)).add_json(Shouting(event.decode()))
    assert tally.counts() == (upsell.Counts("S1", 2, 0, 0),)


@pytest.mark.parametrize("value", [IntByName(2), MagicMock(spec=int)])
def test_numbers_that_are_none(value: Any) -> None:
    uses: list[Callable[[], object]] = [
        lambda: upsell.OrderLine("1", "101", value),
        lambda: upsell.OrderLine("1", "101", 1, unit_price=value),
        lambda: upsell.OrderLine("1", "101", 1, discounted_total=value),
        lambda: upsell.money_format(value, "JPY"),
        lambda: upsell.pattern_of(value, upsell.Kind.ONE_TIME),
        lambda: upsell.Session.open("s", "S1", value),
        lambda: upsell.Tally().add("s", "S1", value),
    ]
    for use in uses:
        with pytest.raises(upsell.WrongTypeError):
            use()


def test_a_sequence_of_another_length_than_it_tells() -> None:
    def problems(variant_ids: Sequence[str]) -> list[str]:
        trigger = upsell.Trigger("101", variant_ids)
        scenario = dataclasses.replace(CATALOG.scenarios[0], triggers=[trigger])
        found = upsell.check(dataclasses.replace(CATALOG, scenarios=[scenario]))
        return [problem.pointer for problem in found]

    assert problems(Longish()) == problems(("201", "201"))
    assert problems(Longish())[0].endswith("/variant_ids/1")


def test_what_is_no_order_in_a_batch() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        with pytest.raises(upsell.WrongTypeError, match="An Order was expected") as refused:
            catalog.decide_many([ORDER, Mock()])
    assert refused.value.pointer == "/1"
    with pytest.raises(upsell.WrongTypeError) as refused:
        upsell.Order("1", "JPY", [LINE, Mock()])
    assert refused.value.pointer == "/lines/1"
