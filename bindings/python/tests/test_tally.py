# SPDX-License-Identifier: MIT
"""Tallies: each session once, in whatever order and however often events come (CNT)."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import upsell
from shop import CATALOG
from upsell import Count, Counts, Locale, Tally

Seen = tuple[str, str, Count]

SEEN: list[Seen] = [
    ("s-1", "S2", Count.SHOWN),
    ("s-1", "S2", Count.ORDERED),
    ("s-2", "S2", Count.SHOWN),
    ("s-3", "S1", Count.CLICKED),
    ("s-4", "gone", Count.SHOWN),
]
COUNTS = (Counts("S2", 2, 1, 1), Counts("S1", 1, 1, 0), Counts("gone", 1, 0, 0))


def tally_of(seen: Iterable[Seen] = SEEN) -> Tally:
    tally = Tally()
    for event in seen:
        assert tally.add(*event) is tally
    return tally


def event_json(session_id: str, scenario_id: str, event: str) -> str:
    return json.dumps(
        {
            "format": "upsell.event/1",
            "session_id": session_id,
            "scenario_id": scenario_id,
            "event": event,
            "at": 1795000000,
        }
    )


def test_counts() -> None:
    with tally_of() as tally:
        assert tally.counts() == COUNTS
        assert tally.counts_of("S1") == COUNTS[1]
        assert tally.counts_of("none") == Counts("none", 0, 0, 0)
        assert repr(tally) == "<upsell.Tally of 3 scenarios>"
        for event in SEEN * 2:
            tally.add(*event)
        assert tally.counts() == COUNTS
    assert Tally().counts() == () and Tally().counts_of("S1").shown == 0


def test_events_as_texts() -> None:
    tally = Tally()
    for session, scenario, count in SEEN:
        assert tally.add_json(event_json(session, scenario, count.text)) is tally
    for word in ("offered", "processing", "failed", "declined", "expired", "left"):
        tally.add_json(event_json("s-9", "S9", word).encode())
    assert tally.counts() == COUNTS


@given(
    events=st.lists(
        st.tuples(
            st.sampled_from(["s-1", "s-2", "s-3"]),
            st.sampled_from(["S1", "S2"]),
            st.sampled_from(Count),
        ),
        max_size=20,
    ),
    cuts=st.tuples(st.integers(0, 20), st.integers(0, 20)),
    shuffle=st.randoms(use_true_random=False),
)
def test_merging_is_counting_all(
    events: list[Seen], cuts: tuple[int, int], shuffle: random.Random
) -> None:
    """Of overlapping parts, in any order; and a tally may be merged into itself."""
    parts = [events[: cuts[0]], events[cuts[1] :], events]
    shuffle.shuffle(parts)
    merged = Tally()
    for part in parts:
        other = tally_of(part)
        before = other.counts()
        assert merged.merge(other) is merged
        assert other.counts() == before
    merged.merge(merged).merge(Tally())
    assert merged.report() == tally_of(events).report()
    assert set(merged.counts()) == set(expected_counts(events))


def expected_counts(events: list[Seen]) -> Iterable[Counts]:
    highest: dict[tuple[str, str], int] = {}
    for session, scenario, count in events:
        highest[session, scenario] = max(highest.get((session, scenario), 0), count)
    for wanted in {scenario for _, scenario in highest}:
        levels = [level for (_, scenario), level in highest.items() if scenario == wanted]
        yield Counts(wanted, *(sum(level >= count for level in levels) for count in Count))


# ---- reports ----


def test_a_report() -> None:
    report = json.loads(tally_of().report())
    rows = report["scenarios"]
    assert [row["scenario_id"] for row in rows] == ["S1", "S2", "gone"]
    for row in rows:
        counts = tally_of().counts_of(row["scenario_id"])
        assert (row["shown"], row["clicked"], row["ordered"]) == (
            counts.shown,
            counts.clicked,
            counts.ordered,
        )
    assert rows[1]["order_rate"] == {"fraction": "1/1", "percent": "100.00"}
    assert rows[2]["order_rate"] is None and rows[2]["name"] is None
    assert Fraction(report["total"]["click_rate"]["fraction"]) == Fraction(2, 4)


def test_a_report_with_names() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        report = json.loads(tally_of().report(catalog))
        names = [(row["scenario_id"], row["name"]) for row in report["scenarios"]]
        assert names == [
            *((info.id, info.name) for info in catalog.scenarios()),
            ("gone", None),
        ]
        (row,) = json.loads(tally_of().report(catalog, "S4"))["scenarios"]
        assert (row["scenario_id"], row["shown"]) == ("S4", 0)
        (row,) = json.loads(tally_of().report(scenario_id="gone"))["scenarios"]
        assert row["shown"] == 1


def rows_of(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode(), newline="")))


def test_csv() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        head, *rows = rows_of(tally_of().csv(catalog))
        assert head[:3] == ["シナリオID", "シナリオ名", "公開設定"]
        assert rows[1] == ["S2", "scenario 2", "公開", "2", "2", "1", "1", "50.00", "100.00", "50.00"]
        english, *rows = rows_of(tally_of().csv(catalog, "S1", Locale.EN))
        assert english[:3] == ["scenario_id", "name", "status"] and len(rows) == 1
        assert rows[0][2] == "published"
    plain = tally_of().csv()
    assert plain.endswith(b"\r\n")
    assert tally_of().csv(byte_order_mark=True) == b"\xef\xbb\xbf" + plain


def test_csv_defuses_formulas() -> None:
    ids = ['=1+1","x', "＝cmd", "-1", "\ttab", 'say "a,b"', "two\nlines", "\r", " =kept"]
    tally = tally_of(("s", id, Count.SHOWN) for id in ids)
    found = {row[0] for row in rows_of(tally.csv())[1:]}
    risky = set(ids) - {'say "a,b"', "two\nlines", " =kept"}
    assert found == {f"'{id}" if id in risky else id for id in ids}


def test_an_unknown_scenario() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        uses: list[Callable[..., bytes]] = [tally_of().report, tally_of().csv]
        for use in uses:
            with pytest.raises(upsell.UnknownIdError) as refused:
                use(catalog, "S9")
            assert refused.value.pointer == "/scenario_id"


# ---- what is refused ----

BAD_EVENTS: list[tuple[tuple[Any, ...], type[upsell.UpsellError], str]] = [
    *(
        ((*before, id, *after), error, pointer)
        for before, after, pointer in (
            ((), ("S", Count.SHOWN), "/session_id"),
            (("s",), (Count.SHOWN,), "/scenario_id"),
        )
        for id, error in (
            (None, upsell.WrongTypeError),
            (5, upsell.WrongTypeError),
            (b"s", upsell.WrongTypeError),
            ("", upsell.BadIdError),
            ("a\0b", upsell.BadIdError),
            ("\ud800", upsell.BadIdError),
            ("x" * 256, upsell.BadIdError),
        )
    ),
    *(
        (("s", "S", count), error, "/event")
        for count, error in (
            (None, upsell.WrongTypeError),
            ("shown", upsell.WrongTypeError),
            (True, upsell.WrongTypeError),
            (1.0, upsell.WrongTypeError),
            (upsell.SessionEvent.SHOWN, upsell.WrongTypeError),
            (0, upsell.BadValueError),
            (4, upsell.BadValueError),
            (2**32 + 1, upsell.BadValueError),
        )
    ),
]


@pytest.mark.parametrize(("event", "error", "pointer"), BAD_EVENTS)
def test_a_bad_event(
    event: tuple[Any, ...], error: type[upsell.UpsellError], pointer: str
) -> None:
    tally = Tally()
    with pytest.raises(error) as refused:
        tally.add(*event)
    assert refused.value.pointer == pointer and type(refused.value) is error
    assert tally.counts() == ()


@pytest.mark.parametrize(
    ("text", "error", "pointer"),
    [
        (None, upsell.WrongTypeError, ""),
        ({}, upsell.WrongTypeError, ""),
        (bytearray(b"{}"), upsell.WrongTypeError, ""),
        ("", upsell.JsonSyntaxError, ""),
        ("{}", upsell.MissingKeyError, "/format"),
        (event_json("s", "S", "bought"), upsell.BadValueError, "/event"),
        (event_json("", "S", "shown"), upsell.BadIdError, "/session_id"),
    ],
)
def test_a_text_that_is_no_event(
    text: Any, error: type[upsell.UpsellError], pointer: str
) -> None:
    tally = Tally()
    with pytest.raises(error) as refused:
        tally.add_json(text)
    assert refused.value.pointer == pointer
    assert tally.counts() == ()


BAD_OPTIONS: list[tuple[dict[str, Any], type[upsell.UpsellError], str]] = [
    ({"catalog": 5}, upsell.WrongTypeError, "/catalog"),
    ({"catalog": CATALOG}, upsell.WrongTypeError, "/catalog"),
    ({"scenario_id": 5}, upsell.WrongTypeError, "/scenario_id"),
    ({"scenario_id": b"S1"}, upsell.WrongTypeError, "/scenario_id"),
    ({"locale": "ja"}, upsell.WrongTypeError, "/locale"),
    ({"locale": None}, upsell.WrongTypeError, "/locale"),
    ({"locale": 0}, upsell.BadValueError, "/locale"),
    ({"locale": 3}, upsell.BadValueError, "/locale"),
    ({"byte_order_mark": 1}, upsell.WrongTypeError, "/byte_order_mark"),
    ({"byte_order_mark": None}, upsell.WrongTypeError, "/byte_order_mark"),
]


@pytest.mark.parametrize(("options", "error", "pointer"), BAD_OPTIONS)
def test_bad_options(
    options: dict[str, Any], error: type[upsell.UpsellError], pointer: str
) -> None:
    with pytest.raises(error) as refused:
        tally_of().csv(**options)
    assert refused.value.pointer == pointer


def test_what_is_no_tally() -> None:
    for other in (None, 5, COUNTS, Tally):
        with pytest.raises(upsell.WrongTypeError) as refused:
            Tally().merge(other)  # type: ignore[arg-type]
        assert refused.value.pointer == "/other"
    for id in (None, 5, b"S1"):
        with pytest.raises(upsell.WrongTypeError):
            Tally().counts_of(id)  # type: ignore[arg-type]


USES: dict[str, Callable[[Tally], object]] = {
    "add": lambda tally: tally.add(*SEEN[0]),
    "add_json": lambda tally: tally.add_json(event_json("s", "S", "left")),
    "merge": lambda tally: tally.merge(Tally()),
    "merge into another": lambda tally: Tally().merge(tally),
    "counts": Tally.counts,
    "counts_of": lambda tally: tally.counts_of("S1"),
    "report": Tally.report,
    "csv": Tally.csv,
    "with": Tally.__enter__,
}


@pytest.mark.parametrize("use", USES)
def test_use_after_close(use: str) -> None:
    tally = tally_of()
    USES[use](tally)
    tally.close()
    tally.close()
    assert tally.closed and repr(tally) == "<upsell.Tally, closed>"
    with pytest.raises(upsell.ClosedError, match="This tally was closed"):
        USES[use](tally)


def test_a_with_statement_closes() -> None:
    with pytest.raises(ZeroDivisionError), Tally() as tally:
        assert not tally.closed
        raise ZeroDivisionError
    assert tally.closed


def test_a_catalogue_that_was_closed() -> None:
    catalog = upsell.Catalog(CATALOG)
    catalog.close()
    with pytest.raises(upsell.ClosedError, match="catalogue"):
        tally_of().report(catalog)
