# SPDX-License-Identifier: MIT
"""Random shops and orders: both ways in come to the same decision, one by one and many."""

from __future__ import annotations

import importlib.util
import random
import sys
from types import ModuleType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import documents
import upsell
from documents import CHECKOUT, compact, decision_document

ORDERS = 8


def load_generator() -> ModuleType:
    """The project's generator of awkward but valid documents."""
    folder = CHECKOUT / "tests" / "oracle"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("generate", folder / "generate.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


GENERATE = load_generator()


def one_by_one(
    catalog: upsell.Catalog, orders: list[Any], explain: bool
) -> list[upsell.Decision]:
    """Decisions for orders as documents, which every other way must come to as well."""
    decisions = []
    for document in orders:
        text = compact(document)
        decision = catalog.decide_json(text, explain=explain)
        order = documents.order(document)
        assert catalog.decide(order, explain=explain) == decision
        as_text = compact(decision_document(decision)).encode()
        assert catalog.decide_to_json(text, explain=explain) == as_text
        assert catalog.decide_to_json(order, explain=explain) == as_text
        decisions.append(decision)
    return decisions


@settings(max_examples=150)
@given(seed=st.integers(0, 2**64 - 1), explain=st.booleans())
def test_all_ways_agree(seed: int, explain: bool) -> None:
    rng = random.Random(seed)
    shop = GENERATE.catalog(rng)
    orders = [GENERATE.order(rng, shop) for _ in range(ORDERS)]
    with (
        upsell.Catalog.from_json(compact(shop)) as from_text,
        upsell.Catalog(documents.catalog_input(shop)) as native,
    ):
        assert native.info == from_text.info
        decisions = one_by_one(from_text, orders, explain)
        assert one_by_one(native, orders, explain) == decisions
        # A fresh catalogue knows nothing of its scenarios yet.
        with upsell.Catalog(documents.catalog_input(shop)) as fresh:
            many = fresh.decide_many(map(documents.order, orders), explain=explain)
            assert list(many) == decisions
        text = b"".join(compact(order).encode() + b"\n" for order in orders)
        with upsell.Catalog.from_json(compact(shop)) as fresh:
            lines = list(fresh.decide_lines(text, explain=explain))
        assert [line.decision for line in lines] == decisions
        assert [line.line for line in lines] == list(range(1, ORDERS + 1))


@settings(max_examples=100)
@given(seed=st.integers(0, 2**64 - 1))
def test_columns_say_what_decisions_say(seed: int) -> None:
    rng = random.Random(seed)
    shop = GENERATE.catalog(rng)
    orders = [documents.order(GENERATE.order(rng, shop)) for _ in range(ORDERS)]
    with upsell.Catalog.from_json(compact(shop)) as catalog:
        decisions = catalog.decide_many(orders)
        offers = [decision.offer for decision in decisions]
        assert decisions.outcomes == [decision.outcome for decision in decisions]
        assert decisions.scenario_indexes == [
            offer.scenario_index if offer else -1 for offer in offers
        ]
        assert decisions.totals_checkout == [
            offer.total_checkout if offer else 0 for offer in offers
        ]
        assert decisions.totals_offer_page == [
            offer.total_offer_page if offer else 0 for offer in offers
        ]
        assert decisions.failed == 0 and decisions.errors == {}
