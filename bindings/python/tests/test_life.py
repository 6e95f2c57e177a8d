# SPDX-License-Identifier: MIT
"""Objects that own memory of C: closing, use afterwards, nothing leaked, nothing copied."""

from __future__ import annotations

import copy
import dataclasses
import gc
import json
import os
import pickle
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import upsell
from documents import CHECKOUT
from shop import CATALOG, ORDER, ORDER_JSON

ACCEPTANCE = upsell.Acceptance("S1", 1)
ACCEPTANCE_JSON = '{"scenario_id":"S1","quantity":1}'


SESSION = upsell.Session.open("s", "S1", 1)
SHOP = upsell.Catalog(CATALOG)


def tally() -> upsell.Tally:
    """One that holds more than 20 KB."""
    tally = upsell.Tally()
    for number in range(200):
        tally.add(f"{number:0100}", "S1", upsell.Count.CLICKED)
    return tally


def plan() -> upsell.Plan:
    with upsell.Catalog(CATALOG) as catalog:
        return catalog.plan(ORDER, ACCEPTANCE)


USES: dict[str, Callable[[upsell.Catalog], object]] = {
    "decide": lambda catalog: catalog.decide(ORDER),
    "decide_json": lambda catalog: catalog.decide_json(ORDER_JSON),
    "decide_to_json": lambda catalog: catalog.decide_to_json(ORDER),
    "decide_many": lambda catalog: catalog.decide_many([ORDER]),
    "decide_lines": lambda catalog: catalog.decide_lines(ORDER_JSON),
    "plan": lambda catalog: catalog.plan(ORDER, ACCEPTANCE),
    "plan_json": lambda catalog: catalog.plan_json(ORDER_JSON, ACCEPTANCE_JSON),
    "page": lambda catalog: catalog.page(ORDER),
    "page_json": lambda catalog: catalog.page_json(ORDER),
    "preview": lambda catalog: catalog.preview("S1"),
    "preview_page": lambda catalog: catalog.preview_page("S1"),
    "preview_page_json": lambda catalog: catalog.preview_page_json("S1"),
    "scenarios": lambda catalog: catalog.scenarios(),
    "warnings": lambda catalog: catalog.warnings(),
    "info": lambda catalog: catalog.info,
    "with": lambda catalog: catalog.__enter__(),
}


@pytest.mark.parametrize("use", USES)
def test_use_after_close(use: str) -> None:
    catalog = upsell.Catalog(CATALOG)
    USES[use](catalog)
    catalog.close()
    catalog.close()
    assert catalog.closed and repr(catalog) == "<upsell.Catalog, closed>"
    with pytest.raises(upsell.ClosedError, match="closed"):
        USES[use](catalog)


def test_a_with_statement_closes() -> None:
    with pytest.raises(ZeroDivisionError), upsell.Catalog(CATALOG) as catalog:
        assert not catalog.closed
        assert repr(catalog) == "<upsell.Catalog in JPY: 2 products, 4 scenarios, 4 published>"
        raise ZeroDivisionError
    assert catalog.closed


def test_the_repr_of_a_catalogue_that_another_thread_closes() -> None:
    class ClosedMeanwhile(upsell.Catalog):
        @property
        def info(self) -> upsell.CatalogInfo:
            self.close()
            return super().info

    assert repr(ClosedMeanwhile(CATALOG)) == "<upsell.Catalog, closed>"


def test_a_runner_closes() -> None:
    start = upsell.Start("run-0001", 1700000000)
    with upsell.Runner(plan()) as runner:
        assert runner.step(None, start).revision == 1
        assert not runner.closed and repr(runner) == "<upsell.Runner>"
    runner.close()
    assert runner.closed and repr(runner) == "<upsell.Runner, closed>"
    uses: list[Callable[[], object]] = [
        lambda: runner.step(None, start),
        lambda: runner.step_json(None, "{}"),
        runner.__enter__,
    ]
    for use in uses:
        with pytest.raises(upsell.ClosedError, match="closed"):
            use()


def test_what_was_decided_outlives_the_catalogue() -> None:
    catalog = upsell.Catalog(CATALOG)
    decisions = catalog.decide_many([ORDER] * 3)
    lines = catalog.decide_lines(ORDER_JSON)
    decision = catalog.decide(ORDER)
    catalog.close()
    del catalog
    gc.collect()
    # What the scenario says was not even read yet when the catalogue was closed.
    assert list(decisions) == [decision] * 3
    assert next(lines).decision == decision


def test_a_catalogue_goes_with_its_last_user() -> None:
    catalog = upsell.Catalog(CATALOG)
    core = catalog._core
    assert core is not None
    handle = weakref.ref(core._handle)
    decisions = catalog.decide_many([ORDER])
    del core
    catalog.close()
    assert handle() is not None
    del decisions
    assert handle() is None


def test_a_refused_catalogue_leaves_nothing_half_made() -> None:
    makers: list[Callable[[], object]] = [
        lambda: upsell.Catalog(None),  # type: ignore[arg-type]
        lambda: upsell.Catalog.from_json("{}"),
        lambda: upsell.Runner("{}"),
    ]
    for make in makers:
        with pytest.raises(upsell.UpsellError):
            make()


# ---- no leaks ----


def resident() -> int:
    """Bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


BIG = json.dumps(
    {
        "format": "upsell.catalog/1",
        "currency": "JPY",
        "selling_plans": [],
        "products": [
            {"id": str(number), "title": "茶" * 100, "variants": []} for number in range(200)
        ],
        "scenarios": [],
    }
)
INPUT_DATA = (CHECKOUT / "examples" / "shopify-store" / "input-data.json").read_bytes()
WARNED = dataclasses.replace(CATALOG, disclosure=None)
BAD = BIG.replace('"variants": []', '"variants": [], "variants": []')

WORK: dict[str, Callable[[], object]] = {
    "catalogues": lambda: upsell.Catalog.from_json(BIG).info,
    "catalogues of objects": lambda: upsell.Catalog(CATALOG).decide(ORDER),
    "closed catalogues": lambda: upsell.Catalog.from_json(BIG).close(),
    "refused catalogues": lambda: pytest.raises(ValueError, upsell.Catalog.from_json, BAD),
    "problems": lambda: upsell.check(BAD),
    "plans and runners": lambda: upsell.Runner(plan()).step(None, upsell.Start("run-0001", 1)),
    "texts": lambda: upsell.order_from_input_data(INPUT_DATA),
    "pages": lambda: [SHOP.page_json(ORDER, later_charges=24) for _ in range(4)],
    "previews": lambda: [SHOP.preview_page_json("S3") and SHOP.preview("S1") for _ in range(4)],
    "warnings": lambda: upsell.Catalog(WARNED).warnings(),
    "sessions": lambda: [upsell.Session.from_json(SESSION.json) for _ in range(4)],
    "tallies": lambda: tally().merge(tally()).csv(SHOP),
    "streams": lambda: list(upsell.Catalog(CATALOG).decide_lines(ORDER_JSON + b"\n{}")),
}


@pytest.mark.parametrize("work", WORK)
def test_memory_does_not_grow(work: str) -> None:
    rounds = 300
    for _ in range(rounds):
        WORK[work]()
    gc.collect()
    before = resident()
    for _ in range(rounds):
        WORK[work]()
    gc.collect()
    # The smallest of these holds 20 KB; 300 of them would be 6 MB.
    assert resident() - before < 3_000_000


def test_a_large_batch_leaves_nothing_behind() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        assert catalog._core
        catalog.decide_many([ORDER] * 10_000)
        assert len(catalog._core.batches) == 1  # used again
        catalog.decide_many([ORDER] * 100_000)
        assert catalog._core.batches == []  # its results alone took 8 MB


def test_handles_are_freed_without_the_collector() -> None:
    gc.disable()
    try:
        catalog = upsell.Catalog(CATALOG)
        catalog.decide(ORDER)
        runner = upsell.Runner(plan())
        runner.step(None, upsell.Start("run-0001", 1))
        counted = tally()
        assert catalog._core and runner._core
        handles: list[Any] = [
            catalog._core._handle,
            catalog._core.batches[0]._handle,
            runner._core._handle,
            runner._core._places[0],
            counted._handle,
        ]
        watched = [weakref.ref(handle) for handle in handles]
        handles.clear()
        del catalog, runner, counted
        assert [watch() for watch in watched] == [None] * 5
    finally:
        gc.enable()


# ---- no copies ----


@pytest.mark.parametrize("use", [copy.copy, copy.deepcopy, pickle.dumps])
def test_handles_cannot_be_copied(use: Callable[[Any], object]) -> None:
    with upsell.Catalog(CATALOG) as catalog, upsell.Runner(plan()) as runner:
        with pytest.raises(TypeError, match="build it again"):
            use(catalog)
        with pytest.raises(TypeError, match="make it again"):
            use(runner)
    with upsell.Tally() as counted, pytest.raises(TypeError, match="merge it"):
        use(counted)


def test_decisions_of_a_batch_cannot_be_copied() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        decisions = catalog.decide_many([ORDER])
    with pytest.raises(TypeError, match="send a list"):
        copy.deepcopy(decisions)
    with pytest.raises(TypeError, match="send a list"):
        pickle.dumps(decisions)
    assert pickle.loads(pickle.dumps(list(decisions))) == list(decisions)


def test_what_comes_out_can_be_pickled() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        decision = catalog.decide(ORDER, explain=True)
        values = [decision, catalog.info, plan(), upsell.check("{}"), CATALOG]
        values += [catalog.scenarios(), catalog.preview("S1"), tally().counts()]
        values += [SESSION, SESSION.step(upsell.SessionEvent.SHOWN, 2)]
    for value in values:
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value
    assert hash(decision) == hash(pickle.loads(pickle.dumps(decision)))
