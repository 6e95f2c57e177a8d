# SPDX-License-Identifier: MIT
"""Streams of orders, one JSON document per line (CLI-4), decided block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ctypes import c_uint32
from typing import Any

from upsell import _check, _native
from upsell._batch import LINES, RESULT
from upsell._batched import LINE, STATUS, Batched
from upsell._decide import Core
from upsell.decision import LineResult

_CHUNK = 256 * 1024


def decide_lines(core: Core, stream: object, flags: c_uint32) -> Iterator[LineResult]:
    """What came of each line; memory is bounded by a chunk, or by a line of 16 MiB."""
    return _results(core, _blocks(_chunks(stream)), flags)


def _results(core: Core, blocks: Iterator[bytes], flags: c_uint32) -> Iterator[LineResult]:
    before = 0
    for block in blocks:
        batched = Batched(core, LINES, block, flags)
        for result in RESULT.iter_unpack(batched.results):
            line = before + result[LINE]
            if result[STATUS]:
                yield LineResult(line, None, batched.error(result))
            else:
                yield LineResult(line, batched.decision(result), None)
        before += block.count(b"\n")


def _chunks(stream: Any) -> Iterator[bytes]:
    """Pieces of a stream as they come."""
    if isinstance(stream, bytes):
        return (stream[at : at + _CHUNK] for at in range(0, len(stream), _CHUNK))
    if hasattr(stream, "read"):
        return _read(stream)
    if isinstance(stream, Iterable) and not isinstance(stream, (str, bytearray, memoryview)):
        return map(_piece, stream)
    raise _check.wrong_type("A binary file, bytes or an iterable of bytes", stream, "")


def _read(stream: Any) -> Iterator[bytes]:
    # Where it can be had, what is there: a pipe must not be waited on for a whole chunk.
    read = getattr(stream, "read1", stream.read)
    while chunk := _piece(read(_CHUNK)):
        yield chunk


def _piece(chunk: object) -> bytes:
    if isinstance(chunk, bytes):
        return chunk
    raise _check.wrong_type("bytes (open the file in binary mode)", chunk, "")


def _blocks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Whole lines. Of a line that is too long only so much is kept as shows that it is."""
    begun = bytearray()
    for chunk in chunks:
        end = chunk.rfind(b"\n") + 1
        if end:
            yield b"".join((begun, chunk[:end]))
            begun = bytearray(chunk[end:])
        elif len(begun) <= _native.LINE_MAX_BYTES:
            begun += chunk
    if begun:
        yield bytes(begun)
