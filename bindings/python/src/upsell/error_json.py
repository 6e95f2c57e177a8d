# SPDX-License-Identifier: MIT
"""Errors as the lines that stand for bad lines of a stream (CLI-4). Since 0.1.0."""

from __future__ import annotations

from ctypes import byref, create_string_buffer

from upsell import _check, _native
from upsell._calls import check, new_error
from upsell.errors import UpsellError

__all__ = ["error_to_json"]

_UINT64_MAX = (1 << 64) - 1


def error_to_json(error: UpsellError, line: int) -> bytes:
    """Writes an error as ``{"error":{"code":…,"path":…,"message":…,"line":N}}``.

    Args:
        error: an error, as in `LineResult`.
        line: number of the line, from 1.
    """
    given = _check.instance(error, UpsellError, "/error")
    number = _check.in_range(line, "/line", 0, _UINT64_MAX)
    details = new_error()
    details.code = given.status
    details.pointer = _cut(given.pointer, _native.POINTER_SIZE)
    details.message = _cut(given.message, _native.MESSAGE_SIZE)
    buffer = create_string_buffer(_native.ERROR_JSON_SIZE)
    check(
        _native.lib.upsell_error_to_json(byref(details), number, buffer, len(buffer), None)
    )
    return buffer.value


def _cut(text: str, size: int) -> bytes:
    """What fits into a field, with its NUL, and is whole characters."""
    whole = text.encode("utf-8", "replace")[: size - 1]
    return whole.decode("utf-8", "ignore").encode()
