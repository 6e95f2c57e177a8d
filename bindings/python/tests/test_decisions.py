# SPDX-License-Identifier: MIT
"""Many orders in one call: items, columns, errors."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from ctypes import Structure, sizeof
from struct import Struct, calcsize

import pytest

import upsell
from shop import CATALOG, LINE, ORDER
from upsell import Outcome, _batch, _native
from upsell import decisions as columns

NO_OFFER = dataclasses.replace(ORDER, currency="USD")
BAD = dataclasses.replace(ORDER, lines=[LINE, LINE])
WORSE = dataclasses.replace(ORDER, currency="XXX")
ORDERS = [ORDER, BAD, NO_OFFER, WORSE, ORDER]


@pytest.fixture
def decisions() -> upsell.Decisions:
    with upsell.Catalog(CATALOG) as catalog:
        return catalog.decide_many(ORDERS)


def test_it_is_a_sequence(decisions: upsell.Decisions) -> None:
    """It also outlives the catalogue, which was closed."""
    assert isinstance(decisions, Sequence) and len(decisions) == 5
    assert decisions[0] == decisions[-1] == decisions[4]
    assert decisions[0].offer and decisions[2].offer is None
    assert decisions[2].reason == upsell.Reason.CURRENCY_MISMATCH
    assert decisions[::2] == (decisions[0], decisions[2], decisions[4])
    assert decisions[:0] == ()
    for index in (5, -6):
        with pytest.raises(IndexError):
            decisions[index]
    with pytest.raises(TypeError):
        decisions["0"]  # type: ignore[call-overload]


def test_a_bad_order_raises_where_it_is_asked_for(decisions: upsell.Decisions) -> None:
    with pytest.raises(upsell.DuplicateIdError) as refused:
        decisions[1]
    assert refused.value.pointer == "/lines/1/id"
    with pytest.raises(upsell.UnknownCurrencyError) as refused_too:
        decisions[3]
    assert refused_too.value.pointer == "/currency"
    with pytest.raises(upsell.DuplicateIdError):
        list(decisions)
    with pytest.raises(upsell.DuplicateIdError):
        decisions[0:2]
    walk = iter(decisions)
    assert next(walk) == decisions[0]


def test_errors(decisions: upsell.Decisions) -> None:
    assert decisions.failed == 2
    assert {index: type(error) for index, error in decisions.errors.items()} == {
        1: upsell.DuplicateIdError,
        3: upsell.UnknownCurrencyError,
    }
    assert decisions.errors[1].pointer == "/lines/1/id" and decisions.errors[1].message
    assert repr(decisions) == "<upsell.Decisions of 5 orders, 2 failed>"


def test_columns(decisions: upsell.Decisions) -> None:
    offer = decisions[0].offer
    assert offer is not None
    assert decisions.outcomes == [
        Outcome.OFFER,
        Outcome.NONE,
        Outcome.NO_OFFER,
        Outcome.NONE,
        Outcome.OFFER,
    ]
    assert decisions.scenario_indexes == [0, -1, -1, -1, 0]
    checkout, charged = offer.total_checkout, offer.total_offer_page
    assert decisions.totals_checkout == [checkout, 0, 0, 0, checkout]
    assert decisions.totals_offer_page == [charged, 0, 0, 0, charged]


def test_explaining() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        (plain,) = catalog.decide_many([ORDER])
        (explained,) = catalog.decide_many([ORDER], explain=True)
        assert plain.considered == () and len(explained.considered) == 1
        assert explained.considered[0] == upsell.Considered("S2", 1, upsell.Reason.LOWER_PRIORITY)
        assert catalog.decide(ORDER, explain=True) == explained
        assert dataclasses.replace(explained, considered=()) == plain


def test_any_iterable_will_do() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        expected = [catalog.decide(ORDER)] * 3
        assert list(catalog.decide_many(iter([ORDER] * 3))) == expected
        assert list(catalog.decide_many((ORDER, ORDER, ORDER))) == expected
        empty = catalog.decide_many([])
        assert len(empty) == 0 and list(empty) == [] and empty.errors == {}
        assert empty.outcomes == [] and empty.failed == 0
        for wrong in (None, 5):
            with pytest.raises(upsell.WrongTypeError):
                catalog.decide_many(wrong)  # type: ignore[arg-type]


def test_above_the_size_where_other_threads_may_run() -> None:
    """Such calls go through another function object."""
    count = _batch.RELEASE_FROM // len(ORDER._packed) + 1
    with upsell.Catalog(CATALOG) as catalog:
        decisions = catalog.decide_many([ORDER] * count + [BAD])
        assert decisions.failed == 1 and set(decisions.errors) == {count}
        assert decisions[count - 1] == catalog.decide(ORDER)
        assert decisions.scenario_indexes == [0] * count + [-1]


def test_batches_of_other_sizes_do_not_disturb_each_other() -> None:
    """C moves its memory as it grows, and Python looks at it."""
    lines = [dataclasses.replace(LINE, id=f"line-{number}") for number in range(500)]
    long = dataclasses.replace(ORDER, lines=lines)
    with upsell.Catalog(CATALOG) as catalog:
        expected = catalog.decide(ORDER)
        for order in (long, ORDER, *[long] * 3, ORDER):
            decision = catalog.decide(order)
            assert decision.offer
            assert decision.offer.targets[0].line_ids == tuple(line.id for line in order.lines)
            assert catalog.decide_many([order] * 100)[99] == decision
            assert catalog.decide(ORDER) == expected


def offsets(layout: str) -> list[int]:
    """Where each field of a struct's format begins."""
    codes = layout.removeprefix("@")
    return [
        calcsize(f"@{codes[: index + 1]}") - calcsize(f"@{code}")
        for index, code in enumerate(codes)
    ]


@pytest.mark.parametrize(
    ("packed", "struct"), [(_batch.VIEW, _native.BatchView), (_batch.RESULT, _native.Result)]
)
def test_raw_memory_is_read_as_c_lays_it_out(packed: Struct, struct: type[Structure]) -> None:
    names = [field[0] for field in struct._fields_]
    assert offsets(packed.format) == [getattr(struct, name).offset for name in names]
    assert packed.size == sizeof(struct)


def test_parts_of_raw_memory_are_where_the_whole_has_them() -> None:
    view = _batch.VIEW.pack(*range(6))
    assert _batch._read_place(view) == (2, 4, 5)
    result = _batch.RESULT.pack(*range(14))
    assert _batch._read_head(result) == tuple(range(10))
    assert columns._STATUS.unpack(result) == (0,)
    assert columns._OUTCOME.unpack(result) == (1,)
    assert columns._SCENARIO.unpack(result) == (1, 3)
    assert columns._TOTAL_CHECKOUT.unpack(result) == (8,)
    assert columns._TOTAL_OFFER_PAGE.unpack(result) == (9,)
