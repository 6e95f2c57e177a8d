# SPDX-License-Identifier: MIT
"""Errors: one class for each status, values like any other, and lines of a stream."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

import upsell
from upsell import _native, errors
from upsell._calls import new_error, status_error
from upsell.errors import error_of

CLASSES = errors.UpsellError.__subclasses__()
STATUSES = range(1, 1000)

STANDARD = {
    upsell.NoMemoryError: MemoryError,
    upsell.BufferTooSmallError: BufferError,
    upsell.IntegerRangeError: OverflowError,
    upsell.JsonEncodingError: UnicodeError,
    upsell.BadTextError: UnicodeError,
    upsell.MissingKeyError: KeyError,
    upsell.UnknownKeyError: KeyError,
    upsell.WrongTypeError: TypeError,
    upsell.UnknownCurrencyError: LookupError,
    upsell.UnknownIdError: LookupError,
    upsell.UnknownStepError: LookupError,
    upsell.UnboundError: LookupError,
}


def library_name(status: int) -> str:
    name: bytes = _native.lib.upsell_status_name(status)
    return name.decode()


def test_a_class_for_each_status() -> None:
    named = {status: library_name(status) for status in STATUSES}
    known = {status: name for status, name in named.items() if name != "unknown_status"}
    assert {error.status: error.code for error in CLASSES} == known
    assert len(CLASSES) == len(known)


@pytest.mark.parametrize("error", CLASSES)
def test_a_class(error: type[upsell.UpsellError]) -> None:
    words = "".join(word.capitalize() for word in error.code.split("_"))
    assert error.__name__ == words + "Error"
    assert getattr(upsell, error.__name__) is error
    assert issubclass(error, STANDARD.get(error, ValueError))
    assert error.__doc__
    made = status_error(error.status)
    assert type(made) is error and made.message.endswith(".") and made.pointer == ""
    assert str(made) == f"{error.code}: {made.message}"


@pytest.mark.parametrize("remade", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_errors_can_be_copied(remade: Any) -> None:
    error = upsell.MissingKeyError("Add it.", "/lines/0/id", 17)
    again = remade(error)
    assert type(again) is upsell.MissingKeyError
    assert (again.message, again.pointer, again.offset) == ("Add it.", "/lines/0/id", 17)
    assert str(again) == "missing_key at /lines/0/id: Add it."


def test_a_status_of_a_later_library() -> None:
    error = error_of(999, "new_rule", "Something new.", "/x")
    assert type(error) is upsell.UpsellError
    assert (error.status, error.code, error.pointer) == (999, "new_rule", "/x")
    again = pickle.loads(pickle.dumps(error))
    assert (again.status, again.code, again.message) == (999, "new_rule", "Something new.")


def test_use_after_close_is_an_error_of_its_own() -> None:
    assert issubclass(upsell.ClosedError, upsell.InvalidArgumentError)
    assert upsell.ClosedError.code == "invalid_argument"


def test_library_errors_are_import_errors() -> None:
    assert issubclass(upsell.LibraryError, ImportError)
    assert not issubclass(upsell.LibraryError, upsell.UpsellError)


# ---- as lines of a stream (CLI-4) ----


def test_error_to_json() -> None:
    error = upsell.MissingKeyError('The key "id" is required here; add it.', "/lines/0/id", 17)
    assert upsell.error_to_json(error, 7) == (
        b'{"error":{"code":"missing_key","path":"/lines/0/id",'
        b'"message":"The key \\"id\\" is required here; add it.","line":7}}'
    )


@pytest.mark.parametrize("length", [0, 1, 508, 509, 510, 511, 512, 2000])
def test_long_texts_are_cut_between_characters(length: int) -> None:
    error = upsell.BadTextError("x" + "茶" * length, "/" + "é" * length)
    document = json.loads(upsell.error_to_json(error, 2**64 - 1))["error"]
    assert error.message.startswith(document["message"])
    assert error.pointer.startswith(document["path"])
    assert len(document["message"].encode()) in (
        range(509, 512) if length > 170 else (len(error.message.encode()),)
    )


def test_a_surrogate_in_a_message_is_no_trouble() -> None:
    assert b'"message":"?"' in upsell.error_to_json(upsell.BadTextError("\ud800"), 1)


@pytest.mark.parametrize("line", [None, 1.0, True, "1"])
def test_no_line(line: Any) -> None:
    with pytest.raises(upsell.WrongTypeError):
        upsell.error_to_json(upsell.BadTextError("x"), line)


@pytest.mark.parametrize("line", [-1, 2**64])
def test_a_line_out_of_range(line: int) -> None:
    with pytest.raises(upsell.OutOfRangeError):
        upsell.error_to_json(upsell.BadTextError("x"), line)


def test_what_is_no_error() -> None:
    with pytest.raises(upsell.WrongTypeError):
        upsell.error_to_json(ValueError("x"), 1)  # type: ignore[arg-type]


def test_an_empty_error_of_c_has_no_details() -> None:
    details = new_error()
    assert (details.code, details.pointer, details.message) == (0, b"", b"")
