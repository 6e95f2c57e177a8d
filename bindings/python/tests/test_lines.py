# SPDX-License-Identifier: MIT
"""Streams of orders, one document per line (CLI-4)."""

from __future__ import annotations

import gzip
import io
import os
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import upsell
from shop import CATALOG, ORDER, ORDER_JSON

LIMIT = 16 * 1024 * 1024

GOOD = ORDER_JSON
BAD = b'{"format":"upsell.order/1","id":"o","currency":"JPY","lines":[]}'
BROKEN = b'{"format":'
STREAM = b"\n".join([GOOD, b"", BAD, b" \t\r", GOOD + b"\r", BROKEN, GOOD])
EXPECTED = [
    (1, "ok", ""),
    (3, "bad_count", "/lines"),
    (5, "ok", ""),
    (6, "json_syntax", "/format"),
    (7, "ok", ""),
]


@pytest.fixture(scope="module")
def catalog() -> Iterator[upsell.Catalog]:
    with upsell.Catalog(CATALOG) as made:
        yield made


def told(results: Iterator[upsell.LineResult]) -> list[tuple[int, str, str]]:
    """Line, code and pointer of each result."""
    return [
        (result.line, result.error.code, result.error.pointer)
        if result.error
        else (result.line, "ok", "")
        for result in results
    ]


def test_results(catalog: upsell.Catalog) -> None:
    results = list(catalog.decide_lines(STREAM))
    assert told(iter(results)) == EXPECTED
    decision = catalog.decide(ORDER)
    for result in results:
        assert (result.decision is None) != (result.error is None)
        assert result.error or result.decision == decision


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n\n \n"])
def test_the_last_line_needs_no_end(catalog: upsell.Catalog, end: bytes) -> None:
    assert told(catalog.decide_lines(STREAM + end)) == EXPECTED


@given(cuts=st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_chunks_may_be_cut_anywhere(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]
    chunks = [STREAM[begin:end] for begin, end in zip(places, places[1:])]
    with upsell.Catalog(CATALOG) as made:
        assert told(made.decide_lines(chunks)) == EXPECTED
        assert told(made.decide_lines(iter(chunks))) == EXPECTED


def test_files(catalog: upsell.Catalog, tmp_path: Path) -> None:
    plain, packed = tmp_path / "orders.ndjson", tmp_path / "orders.ndjson.gz"
    plain.write_bytes(STREAM)
    packed.write_bytes(gzip.compress(STREAM))
    with open(plain, "rb") as buffered, open(plain, "rb", buffering=0) as raw:
        assert told(catalog.decide_lines(buffered)) == EXPECTED
        assert told(catalog.decide_lines(raw)) == EXPECTED
    with gzip.open(packed) as file:
        assert told(catalog.decide_lines(file)) == EXPECTED
    assert told(catalog.decide_lines(io.BytesIO(STREAM))) == EXPECTED
    assert told(catalog.decide_lines(b"")) == []


def test_lines_are_numbered_through_blocks(catalog: upsell.Catalog) -> None:
    """Of far more lines than are decided at once."""
    count = 5000
    stream = io.BytesIO((GOOD + b"\n\n") * count)
    assert told(catalog.decide_lines(stream)) == [
        (number, "ok", "") for number in range(1, 2 * count, 2)
    ]


def test_what_is_there_is_decided_before_more_is_waited_for(catalog: upsell.Catalog) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as source:
        results = catalog.decide_lines(stream)
        found: list[upsell.LineResult] = []
        for _ in range(3):
            source.write(GOOD + b"\n")
            # In a thread, so that a reader that waits for more makes the test fail, not hang.
            reader = threading.Thread(target=lambda: found.append(next(results)), daemon=True)
            reader.start()
            reader.join(30)
            if reader.is_alive():
                source.close()
                pytest.fail("a line that was there was not decided")
    assert [result.line for result in found] == [1, 2, 3]


def long_line(length: int) -> Iterator[bytes]:
    """A document of exactly so many bytes, in pieces."""
    begin, end = b'{"note":"', b'",' + GOOD[1:]
    left = length - len(begin) - len(end)
    yield begin
    while left:
        piece = min(left, 1 << 20)
        yield b"x" * piece
        left -= piece
    yield end + b"\n"


def test_the_longest_line(catalog: upsell.Catalog) -> None:
    lines = [*long_line(LIMIT), *long_line(LIMIT + 1), GOOD]
    expected = [(1, "ok", ""), (2, "line_too_long", ""), (3, "ok", "")]
    assert told(catalog.decide_lines(lines)) == expected
    assert told(catalog.decide_lines(b"".join(lines))) == expected


def test_memory_is_bounded_by_the_longest_line(catalog: upsell.Catalog) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield b"x" * (1 << 20)
        yield b"\n" + GOOD

    tracemalloc.start()
    try:
        assert told(catalog.decide_lines(endless())) == [(1, "line_too_long", ""), (2, "ok", "")]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # What is kept of the line, joined, and cut out once more to tell of the error.
    assert peak < 4 * LIMIT


def test_memory_is_bounded_however_small_the_pieces_are(catalog: upsell.Catalog) -> None:
    def slow() -> Iterator[bytes]:
        for _ in range(1 << 19):
            yield bytes((32, 32))
        yield GOOD

    tracemalloc.start()
    try:
        assert told(catalog.decide_lines(slow())) == [(1, "ok", "")]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 << 20  # as bytes objects, the pieces of this 1 MiB would take 20 MiB


@pytest.mark.parametrize(
    "stream", [None, 5, "text", bytearray, object(), bytearray(GOOD), memoryview(GOOD)], ids=repr
)
def test_what_is_no_stream(catalog: upsell.Catalog, stream: Any) -> None:
    with pytest.raises(upsell.WrongTypeError, match="A binary file, bytes"):
        catalog.decide_lines(stream)


@pytest.mark.parametrize("stream", [io.StringIO("x"), [None], ["x"], [bytearray(b"x")]], ids=repr)
def test_a_stream_of_other_things(catalog: upsell.Catalog, stream: Any) -> None:
    results = catalog.decide_lines(stream)
    with pytest.raises(upsell.WrongTypeError, match="binary mode"):
        next(results)


def test_a_stream_that_breaks(catalog: upsell.Catalog) -> None:
    def breaking() -> Iterator[bytes]:
        yield GOOD + b"\n"
        raise OSError("the network is gone")

    results = catalog.decide_lines(breaking())
    assert next(results).line == 1
    with pytest.raises(OSError, match="the network is gone"):
        next(results)
