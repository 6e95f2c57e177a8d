# SPDX-License-Identifier: MIT
"""Native catalogues: problems are told as those of documents, and garbage is refused with a
pointer to it (CAT-1 ... CAT-19)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import documents
import garbage
import upsell
from shop import CATALOG
from vectors import Vector, all_vectors
from test_vectors import FUNCTIONS

# Problems that values of the right types can have.
OF_VALUES = {
    "bad_count",
    "duplicate_cycle",
    "duplicate_id",
    "not_applicable",
    "out_of_range",
    "same_cycle",
    "unknown_id",
}


def expressible() -> Iterator[Vector]:
    """Vectors on problems of catalogues that native objects can have, too."""
    for vector in all_vectors(set(FUNCTIONS)):
        if vector.function != "catalog_problems" or "document" not in vector.given:
            continue
        problems = vector.expect["problems"]
        if {problem["code"] for problem in problems} <= OF_VALUES:
            try:
                documents.catalog_input(vector.given["document"])
            except (upsell.UpsellError, AssertionError, KeyError, TypeError, AttributeError):
                continue
            yield vector


EXPRESSIBLE = list(expressible())


def test_enough_vectors_are_expressible() -> None:
    assert len(EXPRESSIBLE) > 200


@pytest.mark.parametrize("vector", EXPRESSIBLE, ids=str)
def test_problems_are_those_of_documents(vector: Vector) -> None:
    catalog = documents.catalog_input(vector.given["document"])
    problems = upsell.check(catalog)
    # Of documents, what reading finds comes first (CAT-17); native objects are not read.
    found = sorted((problem.pointer, problem.code) for problem in problems)
    expected = vector.expect["problems"]
    assert found == sorted((problem["pointer"], problem["code"]) for problem in expected)
    if problems:
        with pytest.raises(upsell.UpsellError) as refused:
            upsell.Catalog(catalog)
        assert refused.value.code == problems[0].code
        assert refused.value.pointer == problems[0].pointer
    else:
        upsell.Catalog(catalog).close()


# ---- garbage ----

Path = tuple[Any, ...]


def places(value: object, path: Path = ()) -> Iterator[Path]:
    """The path of every field and element below a value."""
    if dataclasses.is_dataclass(value):
        steps: Any = [field.name for field in dataclasses.fields(value)]
    elif isinstance(value, Sequence) and not isinstance(value, str):
        steps = range(len(value))
    else:
        return
    for step in steps:
        below = value[step] if isinstance(value, Sequence) else getattr(value, step)
        yield (*path, step)
        yield from places(below, (*path, step))


def replaced(value: Any, path: Path, by: object) -> Any:
    """A copy with another value at a path."""
    if not path:
        return by
    step, *rest = path
    if isinstance(step, int):
        copy = list(value)
        copy[step] = replaced(value[step], tuple(rest), by)
        return copy
    return dataclasses.replace(
        value, **{step: replaced(getattr(value, step), tuple(rest), by)}
    )


PLACES = list(places(CATALOG))


@settings(max_examples=1500)
@given(path=st.sampled_from(PLACES), value=garbage.ANYTHING)
def test_garbage_is_refused_where_it_is(path: Path, value: object) -> None:
    catalog = replaced(CATALOG, path, value)
    problems = upsell.check(catalog)
    for problem in problems:
        assert problem.pointer.startswith("/") and problem.message
    if problems:
        with pytest.raises(upsell.UpsellError) as refused:
            upsell.Catalog(catalog)
        assert refused.value.pointer == problems[0].pointer
        assert refused.value.code == problems[0].code
    else:
        upsell.Catalog(catalog).close()


WRONG: list[tuple[str, object, str, str]] = [
    ("currency", "EURO", "unknown_currency", "/currency"),
    ("currency", b"JPY", "wrong_type", "/currency"),
    ("currency", "J\0Y", "unknown_currency", "/currency"),
    ("currency", "円", "unknown_currency", "/currency"),
    ("store_plan", "enterprise", "wrong_type", "/store/plan"),
    ("store_plan", 0, "bad_value", "/store/plan"),
    ("store_plan", 9, "bad_value", "/store/plan"),
    ("store_plan", upsell.Kind.ONE_TIME, "wrong_type", "/store/plan"),
    ("post_purchase_app", 1, "wrong_type", "/store/post_purchase_app"),
    ("one_time_to_one_time", None, "wrong_type", "/store/one_time_to_one_time"),
    ("rounding", "floor", "wrong_type", "/rounding"),
    ("rounding.checkout", None, "wrong_type", "/rounding/checkout"),
    ("rounding.checkout.mode", 6, "bad_value", "/rounding/checkout/mode"),
    ("rounding.offer_page.basis", True, "wrong_type", "/rounding/offer_page/basis"),
    ("selling_plans", None, "wrong_type", "/selling_plans"),
    ("selling_plans", "plans", "wrong_type", "/selling_plans"),
    ("selling_plans.0", {"id": "6901"}, "wrong_type", "/selling_plans/0"),
    ("selling_plans.0.id", 6901, "wrong_type", "/selling_plans/0/id"),
    ("selling_plans.0.id", "a\0b", "bad_id", "/selling_plans/0/id"),
    ("selling_plans.0.id", "\ud800", "bad_id", "/selling_plans/0/id"),
    ("selling_plans.0.id", "", "bad_id", "/selling_plans/0/id"),
    ("selling_plans.0.id", "茶" * 86, "bad_id", "/selling_plans/0/id"),
    ("selling_plans.0.name", "\udfff", "bad_text", "/selling_plans/0/name"),
    ("selling_plans.0.cycle", None, "wrong_type", "/selling_plans/0"),
    ("selling_plans.0.cycle.billing.count", 1.0, "wrong_type", "/selling_plans/0/billing/count"),
    (
        "selling_plans.0.cycle.billing.count",
        2**32 + 1,
        "out_of_range",
        "/selling_plans/0/billing/count",
    ),
    (
        "selling_plans.0.cycle.delivery",
        upsell.Interval(0, 0),  # type: ignore[arg-type]
        "bad_value",
        "/selling_plans/0/delivery/interval",
    ),
    (
        "selling_plans.0.pricing.1.value",
        2**64 + 5,
        "out_of_range",
        "/selling_plans/0/pricing/1/value",
    ),
    ("selling_plans.0.min_cycles", 0, "out_of_range", "/selling_plans/0/min_cycles"),
    ("selling_plans.0.min_cycles", 1.0, "wrong_type", "/selling_plans/0/min_cycles"),
    ("selling_plans.0.min_cycles", 13, "out_of_range", "/selling_plans/0/min_cycles"),
    ("selling_plans.0.max_cycles", 1000, "out_of_range", "/selling_plans/0/max_cycles"),
    ("selling_plans.0.max_cycles", "12", "wrong_type", "/selling_plans/0/max_cycles"),
    ("selling_plans.0.max_cycles", 2**32 + 12, "out_of_range", "/selling_plans/0/max_cycles"),
    ("products.0.variants", {}, "wrong_type", "/products/0/variants"),
    ("products.0.variants.0.price", 105.9, "wrong_type", "/products/0/variants/0/price"),
    ("products.0.variants.0.price", "1000", "wrong_type", "/products/0/variants/0/price"),
    ("products.0.variants.0.price", True, "wrong_type", "/products/0/variants/0/price"),
    (
        "products.1.variants.0.available",
        2**53,
        "out_of_range",
        "/products/1/variants/0/available",
    ),
    ("scenarios.0.priority", -1, "out_of_range", "/scenarios/0/priority"),
    ("scenarios.0.priority", 2**31, "out_of_range", "/scenarios/0/priority"),
    ("scenarios.0.trigger_kind", 3, "bad_value", "/scenarios/0/trigger/kind"),
    ("scenarios.0.triggers", [], "bad_count", "/scenarios/0/trigger/products"),
    (
        "scenarios.0.triggers.0.variant_ids",
        "201",
        "wrong_type",
        "/scenarios/0/trigger/products/0/variant_ids",
    ),
    (
        "scenarios.0.triggers.0.variant_ids.0",
        201,
        "wrong_type",
        "/scenarios/0/trigger/products/0/variant_ids/0",
    ),
    ("scenarios.0.other_items", "deny", "wrong_type", "/scenarios/0/trigger/other_items"),
    ("scenarios.0.variant_id", "999", "unknown_id", "/scenarios/0/offer/variant_id"),
    (
        "scenarios.0.selling_plan_ids",
        ["6901", "7"],
        "unknown_id",
        "/scenarios/0/offer/selling_plan_ids/1",
    ),
    ("scenarios.0.discount.value", -1, "out_of_range", "/scenarios/0/offer/discount/value"),
    ("scenarios.0.quantity.initial", 0, "out_of_range", "/scenarios/0/offer/quantity/default"),
    ("scenarios.0.quantity.max", 0, "out_of_range", "/scenarios/0/offer/quantity/max"),
    ("scenarios.0.page.timer_seconds", 0, "out_of_range", "/scenarios/0/page/timer/seconds"),
    ("scenarios.0.page.timer_seconds", None, "missing_key", "/scenarios/0/page/timer/seconds"),
    ("scenarios.0.page.close_visible", 0, "wrong_type", "/scenarios/0/page/close_button/visible"),
    ("scenarios.0.page.buy_button", b"buy", "wrong_type", "/scenarios/0/page/buy_button"),
    ("scenarios.0.page", {"title": "x"}, "wrong_type", "/scenarios/0/page"),
    ("scenarios.0.page.disclosure", {}, "wrong_type", "/scenarios/0/page/disclosure"),
    (
        "scenarios.0.page.disclosure.delivery",
        b"x",
        "wrong_type",
        "/scenarios/0/page/disclosure/delivery",
    ),
    ("disclosure", "texts", "wrong_type", "/disclosure"),
    ("disclosure", upsell.PageInput(), "wrong_type", "/disclosure"),
    *(
        (f"disclosure.{name}", "a\0b", "bad_text", f"/disclosure/{name}")
        for name in ("price", "payment", "delivery", "period", "withdrawal", "cancellation")
    ),
    ("disclosure.price", "\udfff", "bad_text", "/disclosure/price"),
    ("disclosure.price", 5, "wrong_type", "/disclosure/price"),
]


@pytest.mark.parametrize(("path", "value", "code", "pointer"), WRONG, ids=str)
def test_a_wrong_value(path: str, value: object, code: str, pointer: str) -> None:
    steps = tuple(int(step) if step.isdigit() else step for step in path.split("."))
    problems = upsell.check(replaced(CATALOG, steps, value))
    assert [(problem.code, problem.pointer) for problem in problems] == [(code, pointer)]


def test_all_faults_are_told_at_once() -> None:
    catalog = replaced(CATALOG, ("products", 0, "variants", 0, "price"), 1.5)
    catalog = replaced(catalog, ("scenarios", 3, "id"), 4)
    catalog = replaced(catalog, ("currency",), None)
    assert [problem.pointer for problem in upsell.check(catalog)] == [
        "/currency",
        "/products/0/variants/0/price",
        "/scenarios/3/id",
    ]


@pytest.mark.parametrize("value", [None, 5, [], {}, bytearray(b"{}"), memoryview(b"")], ids=repr)
@pytest.mark.parametrize("use", [upsell.check, upsell.Catalog.from_json])
def test_what_is_no_catalogue(use: Callable[[Any], object], value: object) -> None:
    with pytest.raises(upsell.WrongTypeError) as refused:
        use(value)
    assert refused.value.pointer == ""


@pytest.mark.parametrize("value", [None, 5, "{}", b"{}", {}], ids=repr)
def test_what_are_no_native_objects(value: Any) -> None:
    with pytest.raises(upsell.WrongTypeError):
        upsell.Catalog(value)


def test_text_is_taken_as_str_and_bytes(tmp_path: Any) -> None:
    text = json.dumps({"format": "upsell.catalog/1"})
    path = tmp_path / "catalog.json"
    path.write_text(text)
    assert upsell.check(text) == upsell.check(text.encode()) == upsell.check_file(path)
    with pytest.raises(upsell.MissingKeyError) as refused:
        upsell.Catalog.from_file(str(path))
    assert refused.value.pointer == "/currency" and refused.value.offset == 30


def test_a_str_with_a_surrogate_is_no_utf8() -> None:
    (problem,) = upsell.check('{"format":"\ud800"}')
    assert problem.code == "json_encoding"


@pytest.mark.parametrize("read", [upsell.Catalog.from_file, upsell.check_file])
def test_a_file_that_is_not_there(read: Callable[[Any], object], tmp_path: Any) -> None:
    with pytest.raises(FileNotFoundError, match="nothing.json"):
        read(tmp_path / "nothing.json")
    with pytest.raises(TypeError):  # not the number of an open file, which would be closed
        read(0)
