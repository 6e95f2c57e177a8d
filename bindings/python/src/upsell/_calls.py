# SPDX-License-Identifier: MIT
"""What most calls need: details of errors, texts on their way in and out, owned handles."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from ctypes import c_char_p, c_void_p, cast, sizeof, string_at
from typing import Any, Generic, TypeVar

from upsell import _native
from upsell.errors import UpsellError, error_of

T = TypeVar("T")


def new_error() -> _native.Error:
    """A struct for a call to put details into."""
    return _native.Error(size=sizeof(_native.Error))


def code_of(status: int) -> str:
    """The name of a status: ``"missing_key"``."""
    return str(_native.lib.upsell_status_name(status), "ascii")


def status_error(status: int) -> UpsellError:
    """The exception for a status without details."""
    message = str(_native.lib.upsell_status_message(status), "ascii")
    return error_of(status, code_of(status), message[:1].upper() + message[1:] + ".")


def details_error(details: _native.Error) -> UpsellError:
    """The exception for details that a call has filled."""
    return error_of(
        details.code,
        code_of(details.code),
        details.message.decode("utf-8", "replace"),
        details.pointer.decode("utf-8", "replace"),
        details.offset if details.offset >= 0 else None,
    )


def failure(status: int, details: _native.Error) -> UpsellError:
    """The exception for a call that failed; with details where it gave some."""
    return details_error(details) if details.code == status else status_error(status)


def check(status: int) -> None:
    """Raises the exception for a status that is not success."""
    if status:
        raise status_error(status)


class Texts:
    """Slices of texts for C, which are there for as long as this object."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def slice(self, data: bytes) -> _native.Str:
        self._kept.append(data)
        return _native.Str(cast(c_char_p(data), c_void_p), len(data))


def bytes_of(text: _native.Str) -> bytes | None:
    """A copy of a slice; None where it is absent."""
    return None if text.data is None else string_at(text.data, text.len)


def str_of(text: _native.Str) -> str | None:
    """A slice as a str; None where it is absent."""
    return None if text.data is None else string_at(text.data, text.len).decode()


def given(text: _native.Str) -> str:
    """A slice that C promises to be there."""
    return string_at(text.data, text.len).decode()


def take_text(text: Any) -> bytes:
    """A copy of a text that C has made for its caller, which is freed at once."""
    try:
        return bytes(_native.lib.upsell_text_data(text, None))
    finally:
        _native.lib.upsell_text_free(text)


class Handle(Generic[T]):
    """An object of C. It is freed when the last reference to this goes, and not before:
    so a call that is under way in another thread keeps it. After a fork each process frees
    its own copy, which is what the memory of a process is.
    """

    __slots__ = ("__weakref__", "pointer")

    def __init__(self, pointer: T, free: Callable[[T], Any]) -> None:
        self.pointer = pointer
        # Not at exit: a daemon thread may still be inside a call then.
        weakref.finalize(self, free, pointer).atexit = False
