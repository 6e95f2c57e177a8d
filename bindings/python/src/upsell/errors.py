# SPDX-License-Identifier: MIT
"""What can go wrong, as exceptions: one class for each status of the C library.

Match on classes or on ``code`` and ``pointer``; messages are English for people and may
change in any release (rule DOC-6). Codes and numbers never change.
"""

from __future__ import annotations

__all__ = [
    "BadCountError",
    "BadDecimalError",
    "BadIdError",
    "BadPointerError",
    "BadTextError",
    "BadValueError",
    "BufferTooSmallError",
    "ClosedError",
    "CurrencyMismatchError",
    "DearerThanPlanError",
    "DuplicateCycleError",
    "DuplicateIdError",
    "DuplicateKeyError",
    "IdNotShopifyError",
    "IntegerRangeError",
    "InvalidArgumentError",
    "JournalMismatchError",
    "JsonDepthError",
    "JsonEncodingError",
    "JsonStringError",
    "JsonSyntaxError",
    "JsonTrailingError",
    "LibraryError",
    "LineNotIdentifiableError",
    "LineTooLongError",
    "MissingKeyError",
    "MissingScopeError",
    "MissingTextError",
    "NoMemoryError",
    "NotApplicableError",
    "OfferChangedError",
    "OutOfRangeError",
    "PlanNotOfferedError",
    "PriceChangedError",
    "QuantityOutOfRangeError",
    "SameCycleError",
    "TooManyDecimalsError",
    "UnboundError",
    "UnknownCurrencyError",
    "UnknownFormatError",
    "UnknownIdError",
    "UnknownKeyError",
    "UnknownStepError",
    "UnsafeRepeatError",
    "UpsellError",
    "WrongTypeError",
]


class LibraryError(ImportError):
    """The C library was not found, or is not one that this package can use.

    The message names every place that was tried, why it did not do, and what to do.
    """


class UpsellError(Exception):
    """Something was refused; the base of all errors that tell of an input.

    An instance of this class itself only appears for a status that this release of the
    package does not know.

    Attributes:
        status: the number of the status in the C library.
        code: its name, such as ``"missing_key"``.
        message: a sentence: what was expected, what was found, what to do.
        pointer: JSON Pointer (RFC 6901) to the culprit, ``""`` for the whole document;
            native objects are pointed at as the documents that they stand for.
        offset: byte position in JSON text, or None where there is none.
    """

    status: int = -1
    code: str = "unknown_status"

    def __init__(self, message: str, pointer: str = "", offset: int | None = None) -> None:
        # All of them are args, so that an error can be pickled and copied.
        super().__init__(message, pointer, offset)
        self.message = message
        self.pointer = pointer
        self.offset = offset

    def __str__(self) -> str:
        place = f" at {self.pointer}" if self.pointer else ""
        return f"{self.code}{place}: {self.message}"


class NoMemoryError(UpsellError, MemoryError):
    """Memory ran out."""

    status = 1
    code = "no_memory"


class InvalidArgumentError(UpsellError, ValueError):
    """A function was called with an argument it forbids."""

    status = 2
    code = "invalid_argument"


class ClosedError(InvalidArgumentError):
    """A catalogue, a runner or a tally was used after it was closed."""


class BufferTooSmallError(UpsellError, BufferError):
    """The caller's buffer is too small."""

    status = 3
    code = "buffer_too_small"


class OutOfRangeError(UpsellError, ValueError):
    """A number is outside its range."""

    status = 4
    code = "out_of_range"


class JsonSyntaxError(UpsellError, ValueError):
    """The text is not JSON (DOC-1)."""

    status = 10
    code = "json_syntax"


class JsonTrailingError(UpsellError, ValueError):
    """Text follows the end of the document (DOC-1)."""

    status = 11
    code = "json_trailing"


class JsonEncodingError(UpsellError, UnicodeError):
    """The text is not well-formed UTF-8 without a mark (DOC-1, DOC-5)."""

    status = 12
    code = "json_encoding"


class JsonDepthError(UpsellError, ValueError):
    """Values are nested too deeply (DOC-7)."""

    status = 13
    code = "json_depth"


class JsonStringError(UpsellError, ValueError):
    """A string holds a character or escape that is not allowed (DOC-1, DOC-5)."""

    status = 14
    code = "json_string"


class DuplicateKeyError(UpsellError, ValueError):
    """An object has the same key twice (DOC-2)."""

    status = 15
    code = "duplicate_key"


class IntegerRangeError(UpsellError, OverflowError):
    """An integer does not fit in 64 bits (DOC-8)."""

    status = 16
    code = "integer_range"


class MissingKeyError(UpsellError, KeyError):
    """A required key is missing (DOC-4)."""

    status = 20
    code = "missing_key"


class UnknownKeyError(UpsellError, KeyError):
    """A key is not known here (DOC-3)."""

    status = 21
    code = "unknown_key"


class WrongTypeError(UpsellError, TypeError):
    """A value has the wrong type, in JSON or in Python (DOC-4, VAL-1, VAL-2)."""

    status = 22
    code = "wrong_type"


class UnknownFormatError(UpsellError, ValueError):
    """The document's format is not the expected one (CAT-1, ORD-1)."""

    status = 23
    code = "unknown_format"


class BadValueError(UpsellError, ValueError):
    """A value is not one of those allowed."""

    status = 24
    code = "bad_value"


class BadIdError(UpsellError, ValueError):
    """An id is not 1 to 255 bytes of UTF-8 without NUL (VAL-1)."""

    status = 25
    code = "bad_id"


class BadDecimalError(UpsellError, ValueError):
    """Text is not a plain decimal number (VAL-4)."""

    status = 26
    code = "bad_decimal"


class TooManyDecimalsError(UpsellError, ValueError):
    """An amount has more decimals than allowed (VAL-2, VAL-3)."""

    status = 27
    code = "too_many_decimals"


class UnknownCurrencyError(UpsellError, LookupError):
    """Not a current ISO 4217 code with a minor unit (VAL-6)."""

    status = 28
    code = "unknown_currency"


class BadCountError(UpsellError, ValueError):
    """A list has too few or too many items."""

    status = 29
    code = "bad_count"


class DuplicateIdError(UpsellError, ValueError):
    """A list holds the same id twice (CAT-15, ORD-2)."""

    status = 30
    code = "duplicate_id"


class UnknownIdError(UpsellError, LookupError):
    """An id is not in the catalogue (CAT-14)."""

    status = 31
    code = "unknown_id"


class SameCycleError(UpsellError, ValueError):
    """Two selling plans of one offer have the same cycle (CAT-13)."""

    status = 32
    code = "same_cycle"


class DuplicateCycleError(UpsellError, ValueError):
    """Two prices of one plan start after the same cycle (CAT-5)."""

    status = 33
    code = "duplicate_cycle"


class NotApplicableError(UpsellError, ValueError):
    """A value is given where it can have no effect."""

    status = 34
    code = "not_applicable"


class BadTextError(UpsellError, UnicodeError):
    """Text is not well-formed UTF-8 without NUL (DOC-5)."""

    status = 35
    code = "bad_text"


class MissingTextError(UpsellError, ValueError):
    """A text that the buyer must be told is missing: a warning, never raised (CAT-20)."""

    status = 36
    code = "missing_text"


class DearerThanPlanError(UpsellError, ValueError):
    """An offer costs more than its plan does without it: a warning, never raised (CAT-20)."""

    status = 37
    code = "dearer_than_plan"


class OfferChangedError(UpsellError, ValueError):
    """The accepted offer is not the one that is made now (PLN-2)."""

    status = 40
    code = "offer_changed"


class QuantityOutOfRangeError(UpsellError, ValueError):
    """The offer does not allow this quantity (PLN-2, PAG-1)."""

    status = 41
    code = "quantity_out_of_range"


class PlanNotOfferedError(UpsellError, ValueError):
    """The selling plan is not among the choices (PLN-2, PAG-1)."""

    status = 42
    code = "plan_not_offered"


class PriceChangedError(UpsellError, ValueError):
    """The accepted total is not the one that holds now (PLN-2)."""

    status = 43
    code = "price_changed"


class IdNotShopifyError(UpsellError, ValueError):
    """An id is neither a number nor the right Shopify GID (ADA-2, PLN-3)."""

    status = 44
    code = "id_not_shopify"


class LineNotIdentifiableError(UpsellError, ValueError):
    """Lines of the order cannot be told apart (PLN-6)."""

    status = 45
    code = "line_not_identifiable"


class MissingScopeError(UpsellError, ValueError):
    """The app was not granted every scope that is needed (PLN-3)."""

    status = 46
    code = "missing_scope"


class CurrencyMismatchError(UpsellError, ValueError):
    """Two amounts are in different currencies (ADA-3, PLN-1)."""

    status = 47
    code = "currency_mismatch"


class LineTooLongError(UpsellError, ValueError):
    """A line of a stream is longer than 16 MiB (CLI-4)."""

    status = 50
    code = "line_too_long"


class UnknownStepError(UpsellError, LookupError):
    """A step is named that is not there, or not before (RUN-2)."""

    status = 60
    code = "unknown_step"


class UnboundError(UpsellError, LookupError):
    """A binding's value is not there on every road to it (RUN-2)."""

    status = 61
    code = "unbound"


class UnsafeRepeatError(UpsellError, ValueError):
    """Something could happen twice that must not (RUN-2)."""

    status = 62
    code = "unsafe_repeat"


class BadPointerError(UpsellError, ValueError):
    """Text is not a JSON Pointer (RUN-2)."""

    status = 63
    code = "bad_pointer"


class JournalMismatchError(UpsellError, ValueError):
    """A journal does not belong to this run (RUN-5)."""

    status = 64
    code = "journal_mismatch"


_BY_STATUS: dict[int, type[UpsellError]] = {
    error.status: error for error in UpsellError.__subclasses__()
}


def error_of(
    status: int, code: str, message: str, pointer: str = "", offset: int | None = None
) -> UpsellError:
    """The exception for a status; the base class for one from a later library."""
    error_class = _BY_STATUS.get(status)
    if error_class is not None:
        return error_class(message, pointer, offset)
    error = UpsellError(message, pointer, offset)
    error.status = status
    error.code = code
    return error
