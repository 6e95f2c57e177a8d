# SPDX-License-Identifier: MIT
"""Native orders: checked when they are made, laid out once, and values like any other."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import garbage
import upsell
from shop import CATALOG, LINE, ORDER, ORDER_JSON

FIELDS = [field.name for field in dataclasses.fields(upsell.OrderLine)]

BAD_LINES: list[tuple[str, object, type[upsell.UpsellError]]] = [
    *(
        (name, value, upsell.WrongTypeError)
        for name in FIELDS
        for value in (1.0, True, b"1", [], ())
    ),
    *((name, None, upsell.WrongTypeError) for name in ("id", "product_id", "quantity")),
    *((name, 5, upsell.WrongTypeError) for name in FIELDS if name.endswith("id")),
    *(
        (name, value, upsell.BadIdError)
        for name in FIELDS
        if name.endswith("id")
        for value in ("", "a\0b", "\0", "\ud800", "茶\udfff")
    ),
    *(
        (name, value, upsell.WrongTypeError)
        for name in ("quantity", "unit_price", "discounted_total")
        for value in ("1", upsell.Kind.ONE_TIME, garbage.LikeAnInt(), garbage.Unspeakable())
    ),
    *(("quantity", value, upsell.OutOfRangeError) for value in (0, -1, 10000, 2**64 + 5)),
    *(
        (name, value, upsell.OutOfRangeError)
        for name in ("unit_price", "discounted_total")
        for value in (-1, 10**11 + 1, 2**64 + 5)
    ),
]


@pytest.mark.parametrize(("name", "value", "error"), BAD_LINES)
def test_a_bad_line(name: str, value: Any, error: type[upsell.UpsellError]) -> None:
    with pytest.raises(error) as refused:
        dataclasses.replace(LINE, **{name: value})
    assert refused.value.pointer == f"/{name}"
    assert type(refused.value) is error


@pytest.mark.parametrize(
    ("name", "value", "error", "pointer"),
    [
        ("id", 5, upsell.WrongTypeError, "/id"),
        ("id", None, upsell.WrongTypeError, "/id"),
        ("id", "", upsell.BadIdError, "/id"),
        ("id", "\0", upsell.BadIdError, "/id"),
        ("id", "\udcff", upsell.BadIdError, "/id"),
        ("currency", None, upsell.WrongTypeError, "/currency"),
        ("currency", upsell.Currency("JPY", 0), upsell.WrongTypeError, "/currency"),
        ("currency", "", upsell.UnknownCurrencyError, "/currency"),
        ("currency", "JP\0", upsell.UnknownCurrencyError, "/currency"),
        ("currency", "\ud800", upsell.UnknownCurrencyError, "/currency"),
        ("lines", None, upsell.WrongTypeError, "/lines"),
        ("lines", LINE, upsell.WrongTypeError, "/lines"),
        ("lines", "abc", upsell.WrongTypeError, "/lines"),
        ("lines", iter([LINE]), upsell.WrongTypeError, "/lines"),
        ("lines", [LINE, None], upsell.WrongTypeError, "/lines/1"),
        ("lines", [ORDER], upsell.WrongTypeError, "/lines/0"),
        ("lines", [{"id": "1"}], upsell.WrongTypeError, "/lines/0"),
        ("has_shipping_address", None, upsell.WrongTypeError, "/has_shipping_address"),
        ("has_shipping_address", 1, upsell.WrongTypeError, "/has_shipping_address"),
        ("has_shipping_address", "no", upsell.WrongTypeError, "/has_shipping_address"),
    ],
)
def test_a_bad_order(
    name: str, value: Any, error: type[upsell.UpsellError], pointer: str
) -> None:
    with pytest.raises(error) as refused:
        dataclasses.replace(ORDER, **{name: value})
    assert refused.value.pointer == pointer


def other(id: str) -> upsell.OrderLine:
    return dataclasses.replace(LINE, id=id)


# What is judged by the library has its codes and pointers, which are those of documents.
JUDGED = [
    (dataclasses.replace(ORDER, lines=()), upsell.BadCountError, "/lines"),
    (
        dataclasses.replace(ORDER, lines=[other(str(number)) for number in range(1001)]),
        upsell.BadCountError,
        "/lines",
    ),
    (
        dataclasses.replace(ORDER, lines=[other("1"), other("2"), other("1")]),
        upsell.DuplicateIdError,
        "/lines/2/id",
    ),
    (dataclasses.replace(ORDER, id="x" * 256), upsell.BadIdError, "/id"),
    (dataclasses.replace(ORDER, lines=[other("茶" * 86)]), upsell.BadIdError, "/lines/0/id"),
    (dataclasses.replace(ORDER, currency="XXX"), upsell.UnknownCurrencyError, "/currency"),
    (dataclasses.replace(ORDER, currency="jpy"), upsell.UnknownCurrencyError, "/currency"),
    (dataclasses.replace(ORDER, currency="EURO"), upsell.UnknownCurrencyError, "/currency"),
    (dataclasses.replace(ORDER, currency="円"), upsell.UnknownCurrencyError, "/currency"),
]


@pytest.mark.parametrize(("order", "error", "pointer"), JUDGED)
def test_what_the_library_judges(
    order: upsell.Order, error: type[upsell.UpsellError], pointer: str
) -> None:
    acceptance = upsell.Acceptance("S1", 1)
    with upsell.Catalog(CATALOG) as catalog:
        uses: list[Callable[[], object]] = [
            lambda: catalog.decide(order),
            lambda: catalog.decide_to_json(order),
            lambda: catalog.decide_many([ORDER, order])[1],
        ]
        for use in uses:
            with pytest.raises(error) as refused:
                use()
            assert refused.value.pointer == pointer
        with pytest.raises(error) as refused:
            catalog.plan(order, acceptance)
        assert refused.value.pointer == "/order" + pointer
        assert catalog.decide(ORDER).offer  # an error leaves nothing behind


def test_the_longest_order() -> None:
    lines = [other("x" * 250 + f"{number:05}") for number in range(1000)]
    order = upsell.Order("o", "JPY", lines)
    with upsell.Catalog(CATALOG) as catalog:
        offer = catalog.decide(order).offer
    assert offer and offer.targets[0].line_ids == tuple(line.id for line in lines)


@settings(max_examples=1000)
@given(name=st.sampled_from(FIELDS), value=garbage.ANYTHING)
def test_garbage_in_a_line(name: str, value: Any) -> None:
    try:
        line = dataclasses.replace(LINE, **{name: value})
    except upsell.UpsellError as error:
        assert error.pointer == f"/{name}" and error.message
        return
    with upsell.Catalog(CATALOG) as catalog:
        try:
            catalog.decide(dataclasses.replace(ORDER, lines=[line]))
        except upsell.BadIdError as error:  # of more than 255 bytes
            assert error.pointer == f"/lines/0/{name}"


FIELDS_OF_ORDER = [field.name for field in dataclasses.fields(upsell.Order)]


@settings(max_examples=500)
@given(name=st.sampled_from(FIELDS_OF_ORDER), value=garbage.ANYTHING)
def test_garbage_in_an_order(name: str, value: Any) -> None:
    with upsell.Catalog(CATALOG) as catalog:
        try:
            catalog.decide(dataclasses.replace(ORDER, **{name: value}))
        except upsell.UpsellError as error:
            assert error.pointer.startswith(f"/{name}") and error.message


# ---- values ----


def test_orders_are_values() -> None:
    again = dataclasses.replace(ORDER)
    assert again == ORDER and hash(again) == hash(ORDER) and again is not ORDER
    assert dataclasses.replace(ORDER, id="2") != ORDER
    assert "packed" not in repr(ORDER)
    assert eval(repr(ORDER), vars(upsell)) == ORDER
    with pytest.raises(dataclasses.FrozenInstanceError):
        ORDER.id = "2"  # type: ignore[misc]
    assert dataclasses.asdict(ORDER)["lines"][0]["quantity"] == 1


def test_lines_are_a_tuple_of_their_own() -> None:
    lines = [LINE]
    order = dataclasses.replace(ORDER, lines=lines)
    lines.clear()
    assert order.lines == (LINE,)


def pickled(order: upsell.Order) -> Any:
    return pickle.loads(pickle.dumps(order))


@pytest.mark.parametrize("remade", [copy.copy, copy.deepcopy, pickled, dataclasses.replace])
def test_copies_decide_alike(remade: Any) -> None:
    order = remade(ORDER)
    assert order == ORDER
    with upsell.Catalog(CATALOG) as catalog:
        assert catalog.decide(order) == catalog.decide(ORDER) == catalog.decide_json(ORDER_JSON)


def test_a_pickle_is_checked_when_it_is_read() -> None:
    data = pickle.dumps(ORDER).replace(b"JPY", b"J\0Y")
    with pytest.raises(upsell.UnknownCurrencyError):
        pickle.loads(data)


def test_a_subclass_of_an_order_is_an_order() -> None:
    class Numbered(upsell.Order):
        """An order as a host may extend it."""

    order = Numbered("gid://shopify/Order/1", "JPY", [LINE])
    with upsell.Catalog(CATALOG) as catalog:
        assert catalog.decide(order) == catalog.decide(ORDER)


@pytest.mark.parametrize("order", [None, 5, "{}", b"{}", LINE, CATALOG, {}, upsell.Order])
def test_what_is_no_order(order: Any) -> None:
    with upsell.Catalog(CATALOG) as catalog:
        with pytest.raises(upsell.WrongTypeError):
            catalog.decide(order)
        with pytest.raises(upsell.WrongTypeError) as refused:
            catalog.decide_many([ORDER, order])
        assert refused.value.pointer == "/1"
        with pytest.raises(upsell.WrongTypeError) as refused:
            catalog.plan(order, upsell.Acceptance("S1", 1))
        assert refused.value.pointer == "/order"


@pytest.mark.parametrize("text", [None, 5, {}, bytearray(b"{}"), ORDER], ids=repr)
def test_what_is_no_text(text: Any) -> None:
    with upsell.Catalog(CATALOG) as catalog, pytest.raises(upsell.WrongTypeError):
        catalog.decide_json(text)


@pytest.mark.parametrize("explain", [None, 0, 1, "no", []], ids=repr)
def test_what_is_no_flag(explain: Any) -> None:
    with upsell.Catalog(CATALOG) as catalog:
        uses: list[Callable[[], object]] = [
            lambda: catalog.decide(ORDER, explain=explain),
            lambda: catalog.decide_json(ORDER_JSON, explain=explain),
            lambda: catalog.decide_to_json(ORDER, explain=explain),
            lambda: catalog.decide_many([ORDER], explain=explain),
            lambda: catalog.decide_lines(ORDER_JSON, explain=explain),
        ]
        for use in uses:
            with pytest.raises(upsell.WrongTypeError) as refused:
                use()
            assert refused.value.pointer == "/explain"
