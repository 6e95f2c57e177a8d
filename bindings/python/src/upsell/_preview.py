# SPDX-License-Identifier: MIT
"""What a scenario would show (DEC-17), in a decision object of its own."""

from __future__ import annotations

from ctypes import byref

from upsell import _native
from upsell._calls import Handle, check, failure, new_error
from upsell._decide import Core, read_view
from upsell.decision import Decision


class Preview:
    """The preview of one scenario; its view and its decision of C are there as long as it."""

    __slots__ = ("_core", "_handle", "pointer")

    def __init__(self, core: Core, index: int) -> None:
        self._core = core  # whose texts the decision borrows
        self.pointer = _native.DecisionPointer()
        check(_native.lib.upsell_decision_new(byref(self.pointer)))
        self._handle = Handle(self.pointer, _native.lib.upsell_decision_free)
        details = new_error()
        status = _native.lib.upsell_preview(core.pointer, index, self.pointer, byref(details))
        if status:
            raise failure(status, details)

    def view(self) -> _native.DecisionView:
        """The decision in full."""
        view: _native.DecisionView = _native.lib.upsell_decision_get(self.pointer).contents
        return view

    def read(self) -> Decision:
        """A copy of all that it shows."""
        return read_view(self._core, self.view())
