# SPDX-License-Identifier: MIT
"""Counting: how often each scenario was shown, clicked and ordered (CNT).

A tally knows the sessions that it has seen, so that an event counts once however often it
comes, and ordered <= clicked <= shown always holds. Since 0.1.0.
"""

from __future__ import annotations

from ctypes import byref, sizeof
from dataclasses import dataclass
from typing import Any, NoReturn

from upsell import _check, _native
from upsell._calls import Handle, Texts, check, failure, given, new_error, take_text
from upsell._structs import Structs
from upsell.catalog import Catalog
from upsell.enums import Count, Locale
from upsell.errors import ClosedError

__all__ = ["Counts", "Tally"]


@dataclass(frozen=True)
class Counts:
    """The counts of one scenario (CNT-3).

    Attributes:
        scenario_id: the scenario.
        shown: sessions in which it was shown.
        clicked: of these, in which it was clicked.
        ordered: of these, in which it was ordered.
    """

    scenario_id: str
    shown: int
    clicked: int
    ordered: int


class Tally:
    """Counts of a stream of events; tallies of several streams merge into one.

    Close it, or use it in a ``with`` statement, to give its memory back early; otherwise it
    goes with the last reference. Threads may share one: each call keeps the interpreter's
    lock until it is done. After a fork, each process has its own. It cannot be pickled:
    count the events again, or merge within one process.
    """

    __slots__ = ("__weakref__", "_handle")

    _handle: Handle[Any] | None

    def __init__(self) -> None:
        self._handle = None
        pointer = _native.TallyPointer()
        check(_native.lib.upsell_tally_new(byref(pointer)))
        self._handle = Handle(pointer, _native.lib.upsell_tally_free)

    # ---- counting ----

    def add(self, session_id: str, scenario_id: str, count: Count) -> Tally:
        """Counts one event (CNT-2, CNT-3).

        Args:
            session_id: the session.
            scenario_id: the scenario that it offered.
            count: what happened; it means the ones before it, too.

        Returns:
            The tally itself.

        Raises:
            ClosedError: the tally was closed.
            BadIdError: an id is not 1 to 255 bytes of UTF-8 without NUL.
            BadValueError: there is no such count.
        """
        handle, texts, details = self._open(), Texts(), new_error()
        status = _native.lib.upsell_tally_add(
            handle.pointer,
            texts.slice(_check.text(session_id, "/session_id")),
            texts.slice(_check.text(scenario_id, "/scenario_id")),
            _check.enum_number(count, Count, "/event"),
            byref(details),
        )
        if status:
            raise failure(status, details)
        return self

    def add_json(self, event: bytes | str) -> Tally:
        """Counts the text of one ``upsell.event/1`` document (CNT-1). One that counts
        nothing is taken as well.

        Returns:
            The tally itself.

        Raises:
            ClosedError: the tally was closed.
            UpsellError: the text is no event; nothing was counted then.
        """
        handle, data, details = self._open(), _check.document(event), new_error()
        status = _native.lib.upsell_tally_add_json(
            handle.pointer, data, len(data), byref(details)
        )
        if status:
            raise failure(status, details)
        return self

    def merge(self, other: Tally) -> Tally:
        """Adds all that another tally has counted; what both have seen counts once (CNT-4).

        Returns:
            The tally itself.

        Raises:
            ClosedError: one of the two was closed.
        """
        theirs = _check.instance(other, Tally, "/other")._open()
        check(_native.lib.upsell_tally_merge(self._open().pointer, theirs.pointer))
        return self

    # ---- reading ----

    def counts(self) -> tuple[Counts, ...]:
        """The counts of each scenario, in the order in which they were first counted."""
        handle, found, counts = self._open(), _native.Counts(), []
        for index in range(_native.lib.upsell_tally_size(handle.pointer)):
            check(_native.lib.upsell_tally_get(handle.pointer, index, byref(found)))
            counts.append(
                Counts(given(found.scenario_id), found.shown, found.clicked, found.ordered)
            )
        return tuple(counts)

    def counts_of(self, scenario_id: str) -> Counts:
        """The counts of one scenario; zeros where nothing was counted for it."""
        wanted = _check.instance(scenario_id, str, "/scenario_id")
        for counts in self.counts():
            if counts.scenario_id == wanted:
                return counts
        return Counts(wanted, 0, 0, 0)

    def report(self, catalog: Catalog | None = None, scenario_id: str | None = None) -> bytes:
        """The text of an ``upsell.report/1`` document: one row per scenario, with exact
        rates, and the total (CNT-5). The same counts give the same bytes.

        Args:
            catalog: where scenarios have their names from; all of its scenarios are listed,
                in its order, before those that it lacks. None: no names, in order of ids.
            scenario_id: only this scenario; None: all.

        Raises:
            ClosedError: the tally or the catalogue was closed.
            UnknownIdError: neither the catalogue nor the tally has the scenario.
        """
        return self._write(_native.REPORT_JSON, catalog, scenario_id, Locale.JA, False)

    def csv(
        self,
        catalog: Catalog | None = None,
        scenario_id: str | None = None,
        locale: Locale = Locale.JA,
        byte_order_mark: bool = False,
    ) -> bytes:
        """The same as CSV in UTF-8, for spreadsheets: lines end with CR LF, and no text is
        taken for a formula (CNT-6, CNT-7). Otherwise as `report`.

        Args:
            catalog, scenario_id: as in `report`.
            locale: the language of headings and statuses.
            byte_order_mark: whether U+FEFF stands before it, which Excel wants in Japan.
        """
        return self._write(_native.REPORT_CSV, catalog, scenario_id, locale, byte_order_mark)

    def _write(
        self, form: int, catalog: object, scenario_id: object, locale: object, mark: object
    ) -> bytes:
        structs = Structs()
        options = _native.ReportOptions(size=sizeof(_native.ReportOptions), form=form)
        options.locale = structs.enum(locale, Locale, "/locale")
        options.byte_order_mark = structs.choice(mark, "/byte_order_mark")
        options.scenario_id = structs.optional_text(scenario_id, "/scenario_id")
        structs.raise_fault()
        core = None
        if catalog is not None:
            core = _check.instance(catalog, Catalog, "/catalog")._open()
        handle, text, details = self._open(), _native.TextPointer(), new_error()
        status = _native.lib.upsell_tally_report(
            handle.pointer,
            None if core is None else core.pointer,
            byref(options),
            byref(text),
            byref(details),
        )
        if status:
            raise failure(status, details)
        return take_text(text)

    # ---- life ----

    def close(self) -> None:
        """Ends the use of the tally; closing it twice is harmless."""
        self._handle = None

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._handle is None

    def __enter__(self) -> Tally:
        self._open()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Tally cannot be copied or pickled; merge it into a new one")

    def __repr__(self) -> str:
        handle = self._handle
        if handle is None:
            return "<upsell.Tally, closed>"
        return f"<upsell.Tally of {_native.lib.upsell_tally_size(handle.pointer)} scenarios>"

    def _open(self) -> Handle[Any]:
        # Read once: another thread may close it at any time.
        handle = self._handle
        if handle is None:
            raise ClosedError("This tally was closed; count again, or close it later.")
        return handle
