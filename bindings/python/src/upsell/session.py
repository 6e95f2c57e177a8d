# SPDX-License-Identifier: MIT
"""The session: what happens between offering and buying, as a pure reducer (SES).

``(session, event, now) -> (session, effects)``. Store the session after every step, before
acting on the effects; then late, repeated and swapped events, reloads, and a clock that goes
back are harmless, and a buyer is charged at most once. Since 0.1.0.
"""

from __future__ import annotations

from ctypes import byref, create_string_buffer
from dataclasses import dataclass

from upsell import _check, _native
from upsell._calls import Texts, check, failure, new_error
from upsell.enums import SessionEffect, SessionEvent, SessionState
from upsell.errors import InvalidArgumentError

__all__ = ["Session", "SessionTurn"]

_NEVER = -1  # a time of something that has not happened, in C


@dataclass(frozen=True)
class Session:
    """Where one offer to one buyer stands (SES-1); made by `open`, `from_json` and `step`.

    Times are seconds since 1970 by the host's clock. Any thread may use one; it is a value
    like any other, and can be copied and pickled.

    Attributes:
        id: the session's id.
        scenario_id: the scenario that is offered.
        state: where it stands.
        seconds: how long the offer is shown, 1 to 3600.
        offered_at: when it was opened.
        shown_at: when it was first shown; None: not yet.
        clicked_at: when the buyer first clicked; None: not yet.
        ended_at: when it was ordered, failed, declined or expired; None: not yet.
        last_at: the latest time seen; an earlier one counts as this (SES-3).
    """

    id: str
    scenario_id: str
    state: SessionState
    seconds: int
    offered_at: int
    shown_at: int | None
    clicked_at: int | None
    ended_at: int | None
    last_at: int

    @staticmethod
    def open(
        id: str, scenario_id: str, now: int, timer_seconds: int | None = None
    ) -> Session:
        """Opens a session for an offer that was made (SES-2).

        Args:
            id: unique, and hard to guess where a browser names it.
            scenario_id: the scenario that is offered.
            now: the host's clock, 0 to 2**53 - 1.
            timer_seconds: the page's ``expires_after_seconds``, 1 to 3600; None: there is
                no timer, and the offer is shown for 600 seconds.

        Raises:
            BadIdError: an id is not 1 to 255 bytes of UTF-8 without NUL.
            OutOfRangeError: a number is outside its range.
        """
        texts, struct, details = Texts(), _native.Session(), new_error()
        status = _native.lib.upsell_session_open(
            texts.slice(_check.text(id, "/id")),
            texts.slice(_check.text(scenario_id, "/scenario_id")),
            _seconds(timer_seconds),
            _check.integer(now, "/now", _check.INT64),
            byref(struct),
            byref(details),
        )
        if status:
            raise failure(status, details)
        return _session_of(struct)

    @staticmethod
    def from_json(text: bytes | str) -> Session:
        """Reads an ``upsell.session/1`` document, as `json` has written it.

        Raises:
            UpsellError: the text breaks the format, or says of the session what no events
                lead to (SES-1).
        """
        data = _check.document(text)
        struct, details = _native.Session(), new_error()
        status = _native.lib.upsell_session_from_json(
            data, len(data), byref(struct), byref(details)
        )
        if status:
            raise failure(status, details)
        return _session_of(struct)

    @property
    def json(self) -> bytes:
        """The text of the ``upsell.session/1`` document, for the host to store anywhere."""
        buffer = create_string_buffer(_native.SESSION_JSON_SIZE)
        check(
            _native.lib.upsell_session_to_json(
                byref(_struct_of(self)), buffer, len(buffer), None
            )
        )
        return buffer.value

    def step(self, event: SessionEvent, now: int) -> SessionTurn:
        """Takes in one event (SES-3 ... SES-8). This session stays as it is; store the new
        one before acting on the effects.

        Args:
            event: what happened.
            now: the host's clock, 0 to 2**53 - 1; it may go back.

        Raises:
            BadValueError: there is no such event.
            OutOfRangeError: the time is outside its range.
        """
        struct, outcome, details = _struct_of(self), _native.SessionOutcome(), new_error()
        status = _native.lib.upsell_session_step(
            byref(struct),
            _check.enum_number(event, SessionEvent, "/event"),
            _check.integer(now, "/now", _check.INT64),
            byref(outcome),
            byref(details),
        )
        if status:
            raise failure(status, details)
        return SessionTurn(
            session=_session_of(struct),
            effects=_effects_of(outcome.effects),
            changed=bool(outcome.changed),
            seconds_left=outcome.seconds_left,
            wake_at=outcome.wake_at or None,
        )


@dataclass(frozen=True)
class SessionTurn:
    """What came of an event (SES-4).

    Attributes:
        session: the session as it is now: store it first.
        effects: what the host must do, in the order of their numbers.
        changed: whether the session is another one than before.
        seconds_left: until the deadline, while the offer stands; else 0.
        wake_at: when to report a `SessionEvent.TICK` at the latest; None: never.
    """

    session: Session
    effects: tuple[SessionEffect, ...]
    changed: bool
    seconds_left: int
    wake_at: int | None


def _seconds(timer_seconds: object) -> int:
    if timer_seconds is None:
        return 0
    return _check.set_integer(timer_seconds, "/seconds", _check.INT32)


def _time(value: object, pointer: str) -> int:
    if value is None:
        return _NEVER
    return _check.in_range(value, pointer, 0, _native.SESSION_TIME_MAX)


def _struct_of(session: Session) -> _native.Session:
    return _native.Session(
        state=_check.enum_number(session.state, SessionState, "/state"),
        seconds=_check.integer(session.seconds, "/seconds", _check.INT32),
        offered_at=_check.integer(session.offered_at, "/offered_at", _check.INT64),
        shown_at=_time(session.shown_at, "/shown_at"),
        clicked_at=_time(session.clicked_at, "/clicked_at"),
        ended_at=_time(session.ended_at, "/ended_at"),
        last_at=_check.integer(session.last_at, "/last_at", _check.INT64),
        id=_check.id_field(session.id, "/id", _native.SESSION_ID_SIZE),
        scenario_id=_check.id_field(
            session.scenario_id, "/scenario_id", _native.SESSION_ID_SIZE
        ),
    )


def _session_of(struct: _native.Session) -> Session:
    def time(value: int) -> int | None:
        return None if value == _NEVER else value

    return Session(
        id=struct.id.decode(),
        scenario_id=struct.scenario_id.decode(),
        state=SessionState(struct.state),
        seconds=struct.seconds,
        offered_at=struct.offered_at,
        shown_at=time(struct.shown_at),
        clicked_at=time(struct.clicked_at),
        ended_at=time(struct.ended_at),
        last_at=struct.last_at,
    )


def _effects_of(bits: int) -> tuple[SessionEffect, ...]:
    unknown = bits & ~sum(SessionEffect)
    if unknown:
        raise InvalidArgumentError(
            f"The library asks for effects {unknown:#x}, which this release of the package does "
            "not know; update the package. The stored session is still good."
        )
    return tuple(effect for effect in SessionEffect if bits & effect)
