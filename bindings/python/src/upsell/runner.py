# SPDX-License-Identifier: MIT
"""The runner: carrying a plan out, as a pure state machine (RUN).

``(plan, journal, event) -> (journal, next action)``. Store the journal after every step,
before doing what the action says; then the host can stop and start again anywhere, and
nothing is charged, added or refunded twice. Since 0.1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import byref, sizeof
from dataclasses import dataclass
from typing import Any, NoReturn, Union

from upsell import _check, _native
from upsell._calls import Handle, bytes_of, failure, given, new_error, str_of
from upsell._calls import check as check_status
from upsell._structs import Structs
from upsell.enums import RunOutcome, State
from upsell.errors import ClosedError, InvalidArgumentError
from upsell.plan import Plan

__all__ = [
    "Action",
    "Answer",
    "Event",
    "Finished",
    "NoAnswer",
    "NotSent",
    "Pending",
    "Progress",
    "Resume",
    "Runner",
    "Send",
    "Start",
    "Stop",
    "Tick",
    "Wait",
    "Webhook",
]

# ---- events (RUN-3); `now` is the host's clock in seconds since 1970 ----


@dataclass(frozen=True)
class Start:
    """A new run begins, without a journal.

    Attributes:
        run_id: unique, 8 to 64 of ``A-Z a-z 0-9 - _``, with a letter.
        now: the host's clock.
    """

    run_id: str
    now: int


@dataclass(frozen=True)
class Resume:
    """A host starts again from a stored journal."""

    now: int


@dataclass(frozen=True)
class Tick:
    """Time went by."""

    now: int


@dataclass(frozen=True)
class Answer:
    """A step was answered.

    Attributes:
        step: the step's id.
        body: the answer as it came in; what is no JSON is no answer.
        now: the host's clock.
        http_status: 100 to 599; None where there is none.
    """

    step: str
    body: bytes | str | None
    now: int
    http_status: int | None = None


@dataclass(frozen=True)
class NoAnswer:
    """A step was sent, and it is not known what happened."""

    step: str
    now: int


@dataclass(frozen=True)
class NotSent:
    """A step was certainly not sent.

    Attributes:
        step: the step's id.
        now: the host's clock.
        reason: why, 1 to 64 of ``A-Z a-z 0-9 _ . -``; may be None.
    """

    step: str
    now: int
    reason: str | None = None


@dataclass(frozen=True)
class Webhook:
    """A webhook came in.

    Attributes:
        topic: its topic, not empty.
        body: as it came in.
        now: the host's clock.
    """

    topic: str
    body: bytes | str | None
    now: int


Event = Union[Start, Resume, Tick, Answer, NoAnswer, NotSent, Webhook]

_KINDS: dict[type, int] = {
    Start: _native.EVENT_START,
    Resume: _native.EVENT_RESUME,
    Tick: _native.EVENT_TICK,
    Answer: _native.EVENT_ANSWER,
    NoAnswer: _native.EVENT_NO_ANSWER,
    NotSent: _native.EVENT_NOT_SENT,
    Webhook: _native.EVENT_WEBHOOK,
}

# ---- what the host must do next (RUN-4) ----


@dataclass(frozen=True)
class Send:
    """Send the step once, then report what came of it.

    Attributes:
        step: the step's id.
        channel: ``"changeset"`` (the buyer's page) or ``"admin_graphql"``.
        operation: the operation's name; None for a changeset.
        document: GraphQL; None for a changeset.
        variables: JSON text of the variables, or of a changeset's changes.
        idempotency_key: may be None.
        expect: of a changeset: JSON text of what its calculation must come to, else None.
        expires_at: of a changeset: from then on it must not be applied any more, in seconds
            since 1970; else None.
        buyer_consent: of a changeset: whether the buyer must consent to a subscription.
    """

    step: str
    channel: str
    operation: str | None
    document: str | None
    variables: bytes
    idempotency_key: str | None
    expect: bytes | None
    expires_at: int | None
    buyer_consent: bool


@dataclass(frozen=True)
class Wait:
    """Do nothing before `until`, and then report a `Tick`.

    Attributes:
        until: seconds since 1970.
        webhooks: topics of webhooks that are waited for, to be reported as they come.
    """

    until: int
    webhooks: tuple[str, ...]


@dataclass(frozen=True)
class Pending:
    """A step is under way; its answer is awaited."""

    step: str


@dataclass(frozen=True)
class Finished:
    """The run has ended."""

    outcome: RunOutcome


Action = Union[Send, Wait, Pending, Finished]


@dataclass(frozen=True)
class Stop:
    """A branch that stopped (RUN-9).

    Attributes:
        step: where it stopped.
        result: the result that stopped it.
        state: how the buyer stands.
    """

    step: str
    result: str
    state: State


@dataclass(frozen=True)
class Progress:
    """What came of an event.

    Attributes:
        journal: text of the new journal: store it first.
        action_json: the action as a JSON document (RUN-4).
        action: what to do next.
        revision: the journal's, which grows by 1 with every change of it.
        stops: branches that stopped so far.
    """

    journal: bytes
    action_json: bytes
    action: Action
    revision: int
    stops: tuple[Stop, ...]


class Runner:
    """A plan that was checked and is ready to run; it never changes.

    Close it, or use it in a ``with`` statement, to give its memory back early. Any number
    of threads may share one.

    Args:
        plan: a plan, or the text of an ``upsell.plan/1`` document (RUN-1, RUN-2).

    Raises:
        UnknownStepError, UnboundError, UnsafeRepeatError, BadPointerError: the plan is not
            one that can be run safely.
        UpsellError: the text breaks the format.
    """

    __slots__ = ("__weakref__", "_core")

    _core: _Core | None

    def __init__(self, plan: Plan | bytes | str) -> None:
        self._core = None
        text = plan.json if isinstance(plan, Plan) else _check.document(plan)
        pointer, details = _native.RunnerPointer(), new_error()
        status = _native.lib.upsell_runner_new(text, len(text), byref(pointer), byref(details))
        if status:
            raise failure(status, details)
        self._core = _Core(pointer)

    def step(self, journal: bytes | str | None, event: Event) -> Progress:
        """Takes in one event and says what to do next (RUN-3 ... RUN-9).

        Args:
            journal: the stored one; None at `Start`.
            event: what happened.

        Raises:
            ClosedError: the runner was closed.
            JournalMismatchError: the journal is of another plan, or there at `Start`.
            UpsellError: the journal or the event breaks its format; nothing has happened
                then. Pointers are such as ``/journal/plan_id`` and ``/event/step``.
        """
        structs = Structs()
        struct = _event_struct(structs, event)
        structs.raise_fault()
        return self._open().step(_native.lib.upsell_runner_step, journal, struct)

    def step_json(self, journal: bytes | str | None, event: bytes | str) -> Progress:
        """The same with the event as JSON text (RUN-3):
        ``{"type":"answer","now":…,"step":…,"body":{…}}``.
        """
        text = _check.document(event, "/event")
        return self._open().step(_native.lib.upsell_runner_step_json, journal, text, len(text))

    def close(self) -> None:
        """Ends the use of the runner; closing it twice is harmless."""
        self._core = None

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._core is None

    def __enter__(self) -> Runner:
        self._open()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Runner cannot be copied or pickled; make it again from its plan")

    def __repr__(self) -> str:
        return "<upsell.Runner, closed>" if self._core is None else "<upsell.Runner>"

    def _open(self) -> _Core:
        # Read once: another thread may close it at any time.
        core = self._core
        if core is None:
            raise ClosedError("This runner was closed; make it again, or close it later.")
        return core


class _Core:
    """A runner of C. All who use it hold it, so that closing takes nothing away from them."""

    __slots__ = ("_handle", "_places", "pointer")

    def __init__(self, pointer: Any) -> None:
        self.pointer = pointer
        self._handle = Handle(pointer, _native.lib.upsell_runner_free)
        # Places for progress that nobody uses now.
        self._places: list[Handle[Any]] = []

    def step(self, function: Callable[..., int], journal: object, *event: object) -> Progress:
        text = b"" if journal is None else _check.document(journal, "/journal")
        place = self._place()
        details = new_error()
        status = function(
            self.pointer, text, len(text), *event, place.pointer, byref(details)
        )
        if status:
            self._places.append(place)
            raise failure(status, details)
        progress = _progress_of(_native.lib.upsell_progress_get(place.pointer).contents)
        self._places.append(place)
        return progress

    def _place(self) -> Handle[Any]:
        try:
            return self._places.pop()
        except IndexError:
            pointer = _native.ProgressPointer()
            check_status(_native.lib.upsell_progress_new(byref(pointer)))
            return Handle(pointer, _native.lib.upsell_progress_free)


def _event_struct(structs: Structs, event: object) -> _native.Event:
    kind = _KINDS.get(type(event))
    if kind is None:
        raise _check.wrong_type(
            "A Start, Resume, Tick, Answer, NoAnswer, NotSent or Webhook", event, "/event"
        )
    fields = vars(event)
    struct = _native.Event(size=sizeof(_native.Event), kind=kind)
    struct.now = structs.number(fields["now"], "/event/now")
    for name in ("run_id", "step", "topic"):
        if name in fields:
            setattr(struct, name, structs.text(fields[name], f"/event/{name}"))
    struct.reason = structs.optional_text(fields.get("reason"), "/event/reason")
    struct.body = structs.document(fields.get("body"), "/event/body")
    struct.http_status = structs.set_number(fields.get("http_status"), "/event/http_status")
    return struct


def _progress_of(view: _native.ProgressView) -> Progress:
    return Progress(
        journal=bytes_of(view.journal) or b"",
        action_json=bytes_of(view.action) or b"",
        action=_action_of(view),
        revision=view.revision,
        stops=tuple(
            Stop(given(stop.step), given(stop.result), State(stop.state))
            for stop in view.stops[: view.stop_count]
        ),
    )


def _action_of(view: _native.ProgressView) -> Action:
    if view.kind == _native.ACTION_SEND:
        return _send_of(view)
    if view.kind == _native.ACTION_WAIT:
        return Wait(view.wait_until, tuple(map(given, view.webhooks[: view.webhook_count])))
    if view.kind == _native.ACTION_PENDING:
        return Pending(given(view.step))
    if view.kind == _native.ACTION_FINISHED:
        return Finished(RunOutcome(view.outcome))
    raise InvalidArgumentError(
        f"The library asks for an action of kind {view.kind}, which this release of the "
        "package does not know; update the package. The stored journal is still good."
    )


def _send_of(view: _native.ProgressView) -> Send:
    return Send(
        step=given(view.step),
        channel=given(view.channel),
        operation=str_of(view.operation),
        document=str_of(view.document),
        variables=bytes_of(view.variables) or b"",
        idempotency_key=str_of(view.idempotency_key),
        expect=bytes_of(view.expect),
        expires_at=view.expires_at or None,
        buyer_consent=bool(view.buyer_consent),
    )
