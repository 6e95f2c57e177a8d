# SPDX-License-Identifier: MIT
"""Sessions: values like any other, whatever comes and in whatever order (SES)."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import garbage
import upsell
from upsell import Session, SessionEffect, SessionEvent, SessionState
from upsell.session import _effects_of

NOW = 1795000000
OPEN = Session.open("s-1", "S1", NOW)
SHOWN = OPEN.step(SessionEvent.SHOWN, NOW + 3).session
CLICKED = SHOWN.step(SessionEvent.CLICKED, NOW + 5).session


def test_from_offering_to_buying() -> None:
    assert dataclasses.astuple(OPEN) == (
        *("s-1", "S1", SessionState.OFFERED, 600, NOW),
        *(None, None, None, NOW),
    )
    turn = OPEN.step(SessionEvent.SHOWN, NOW + 3)
    assert turn.effects == (SessionEffect.COUNT_SHOWN, SessionEffect.SHOW_OFFER)
    assert (turn.changed, turn.seconds_left, turn.wake_at) == (True, 600, NOW + 603)
    turn = turn.session.step(SessionEvent.CLICKED, NOW + 5)
    assert turn.effects == (
        SessionEffect.COUNT_CLICKED,
        SessionEffect.CHARGE,
        SessionEffect.SHOW_PROGRESS,
    )
    assert (turn.session.state, turn.session.clicked_at) == (SessionState.CLICKED, NOW + 5)
    assert (turn.seconds_left, turn.wake_at) == (0, None)
    again = turn.session.step(SessionEvent.CLICKED, NOW + 5)
    assert again.effects == (SessionEffect.SHOW_PROGRESS,)
    assert not again.changed and again.session == turn.session
    turn = turn.session.step(SessionEvent.ORDERED, NOW + 9)
    assert turn.effects == (SessionEffect.COUNT_ORDERED, SessionEffect.THANK_YOU)
    assert (turn.session.state, turn.session.ended_at) == (SessionState.ORDERED, NOW + 9)


def test_a_timer() -> None:
    session = Session.open("s-1", "S1", NOW, timer_seconds=30)
    assert session.seconds == 30
    turn = session.step(SessionEvent.SHOWN, NOW).session.step(SessionEvent.TICK, NOW + 29)
    assert turn.session.state == SessionState.SHOWN and turn.seconds_left == 1
    turn = turn.session.step(SessionEvent.TICK, NOW + 30)
    assert turn.session.state == SessionState.EXPIRED
    assert turn.effects == (SessionEffect.THANK_YOU,)


def test_a_step_leaves_the_session_as_it_was() -> None:
    before = copy.copy(SHOWN)
    SHOWN.step(SessionEvent.DECLINED, NOW + 9)
    assert SHOWN == before
    with pytest.raises(dataclasses.FrozenInstanceError):
        SHOWN.state = SessionState.ORDERED  # type: ignore[misc]


def stored(session: Session) -> Session:
    return Session.from_json(session.json)


def stored_as_text(session: Session) -> Session:
    return Session.from_json(session.json.decode())


def pickled(session: Session) -> Any:
    return pickle.loads(pickle.dumps(session))


@pytest.mark.parametrize("remade", [stored, stored_as_text, pickled, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("session", [OPEN, SHOWN, CLICKED])
def test_it_can_be_stored_anywhere(remade: Callable[[Session], Session], session: Session) -> None:
    assert remade(session) == session
    assert hash(remade(session)) == hash(session)
    assert remade(session).step(SessionEvent.TICK, NOW) == session.step(SessionEvent.TICK, NOW)


def test_ids_of_every_length_and_writing() -> None:
    for id in ("a", "x" * 255, "茶" * 85, '"\\\n\x01', "\U0001f375"):
        session = Session.open(id, id, 0)
        assert (session.id, session.scenario_id) == (id, id)
        assert stored(session) == session
        assert json.loads(session.json)["id"] == id


Change = tuple[dict[str, Any], type[upsell.UpsellError], str]

BAD_OPENS: list[Change] = [
    *(
        ({name: value}, error, f"/{name}")
        for name in ("id", "scenario_id")
        for value, error in (
            (None, upsell.WrongTypeError),
            (5, upsell.WrongTypeError),
            (b"s", upsell.WrongTypeError),
            ("", upsell.BadIdError),
            ("a\0b", upsell.BadIdError),
            ("\ud800", upsell.BadIdError),
            ("x" * 256, upsell.BadIdError),
            ("茶" * 86, upsell.BadIdError),
        )
    ),
    ({"now": None}, upsell.WrongTypeError, "/now"),
    ({"now": 1.0}, upsell.WrongTypeError, "/now"),
    ({"now": True}, upsell.WrongTypeError, "/now"),
    ({"now": -1}, upsell.OutOfRangeError, "/now"),
    ({"now": 2**53}, upsell.OutOfRangeError, "/now"),
    ({"now": 2**64 + NOW}, upsell.OutOfRangeError, "/now"),
    ({"timer_seconds": "30"}, upsell.WrongTypeError, "/seconds"),
    ({"timer_seconds": 30.0}, upsell.WrongTypeError, "/seconds"),
    ({"timer_seconds": 0}, upsell.OutOfRangeError, "/seconds"),
    ({"timer_seconds": -1}, upsell.OutOfRangeError, "/seconds"),
    ({"timer_seconds": 3601}, upsell.OutOfRangeError, "/seconds"),
    ({"timer_seconds": 2**32 + 30}, upsell.OutOfRangeError, "/seconds"),
]


@pytest.mark.parametrize(("change", "error", "pointer"), BAD_OPENS)
def test_what_is_not_opened(
    change: dict[str, Any], error: type[upsell.UpsellError], pointer: str
) -> None:
    given: dict[str, Any] = {"id": "s-1", "scenario_id": "S1", "now": NOW, "timer_seconds": 30}
    assert Session.open(**given)
    with pytest.raises(error) as refused:
        Session.open(**given | change)
    assert refused.value.pointer == pointer and type(refused.value) is error


@pytest.mark.parametrize(
    ("event", "now", "error", "pointer"),
    [
        (None, NOW, upsell.WrongTypeError, "/event"),
        ("shown", NOW, upsell.WrongTypeError, "/event"),
        (1.0, NOW, upsell.WrongTypeError, "/event"),
        (True, NOW, upsell.WrongTypeError, "/event"),
        (SessionState.SHOWN, NOW, upsell.WrongTypeError, "/event"),
        (SessionEffect.CHARGE, NOW, upsell.WrongTypeError, "/event"),
        (0, NOW, upsell.BadValueError, "/event"),
        (9, NOW, upsell.BadValueError, "/event"),
        (-1, NOW, upsell.BadValueError, "/event"),
        (2**32 + 1, NOW, upsell.BadValueError, "/event"),
        (SessionEvent.SHOWN, None, upsell.WrongTypeError, "/now"),
        (SessionEvent.SHOWN, 1.5, upsell.WrongTypeError, "/now"),
        (SessionEvent.SHOWN, -1, upsell.OutOfRangeError, "/now"),
        (SessionEvent.SHOWN, 2**53, upsell.OutOfRangeError, "/now"),
        (SessionEvent.SHOWN, 2**64 + NOW, upsell.OutOfRangeError, "/now"),
    ],
)
def test_a_bad_event(
    event: Any, now: Any, error: type[upsell.UpsellError], pointer: str
) -> None:
    with pytest.raises(error) as refused:
        SHOWN.step(event, now)
    assert refused.value.pointer == pointer


def test_the_number_of_an_event_is_one() -> None:
    assert OPEN.step(1, NOW) == OPEN.step(SessionEvent.SHOWN, NOW)  # type: ignore[arg-type]


BAD_SESSIONS: list[Change] = [
    ({"id": 5}, upsell.WrongTypeError, "/id"),
    ({"id": ""}, upsell.BadIdError, "/id"),
    ({"id": "a\0b"}, upsell.BadIdError, "/id"),
    ({"id": "\ud800"}, upsell.BadIdError, "/id"),
    ({"id": "x" * 256}, upsell.BadIdError, "/id"),
    ({"scenario_id": "x" * 300}, upsell.BadIdError, "/scenario_id"),
    ({"state": "clicked"}, upsell.WrongTypeError, "/state"),
    ({"state": SessionEvent.SHOWN}, upsell.WrongTypeError, "/state"),
    ({"state": 0}, upsell.BadValueError, "/state"),
    ({"state": 9}, upsell.BadValueError, "/state"),
    ({"seconds": 0}, upsell.OutOfRangeError, "/seconds"),
    ({"seconds": 2**32 + 600}, upsell.OutOfRangeError, "/seconds"),
    ({"offered_at": None}, upsell.WrongTypeError, "/offered_at"),
    ({"offered_at": -1}, upsell.OutOfRangeError, "/offered_at"),
    ({"shown_at": -1}, upsell.OutOfRangeError, "/shown_at"),
    ({"shown_at": None}, upsell.BadValueError, "/shown_at"),
    ({"clicked_at": None}, upsell.BadValueError, "/clicked_at"),
    ({"clicked_at": 1.0}, upsell.WrongTypeError, "/clicked_at"),
    ({"ended_at": NOW + 6}, upsell.BadValueError, "/ended_at"),
    ({"last_at": 2**64 + NOW}, upsell.OutOfRangeError, "/last_at"),
    ({"last_at": None}, upsell.WrongTypeError, "/last_at"),
]


@pytest.mark.parametrize(("change", "error", "pointer"), BAD_SESSIONS)
def test_a_session_that_no_events_lead_to(
    change: dict[str, Any], error: type[upsell.UpsellError], pointer: str
) -> None:
    """It is refused where it is used: made by hand, it must not become a second charge."""
    session = dataclasses.replace(CLICKED, **change)
    with pytest.raises(error) as refused:
        session.step(SessionEvent.CLICKED, NOW + 9)
    assert refused.value.pointer == pointer
    with pytest.raises(error):
        session.json


@pytest.mark.parametrize("text", [None, 5, {}, bytearray(b"{}"), OPEN], ids=repr)
def test_what_is_no_text(text: Any) -> None:
    with pytest.raises(upsell.WrongTypeError):
        Session.from_json(text)


def test_a_text_that_is_no_session() -> None:
    with pytest.raises(upsell.MissingKeyError) as refused:
        Session.from_json(OPEN.json.replace(b',"seconds":600', b""))
    assert refused.value.pointer == "/seconds" and refused.value.offset is not None
    with pytest.raises(upsell.JsonEncodingError):
        Session.from_json('{"id":"\ud800"}')


@settings(max_examples=500)
@given(
    name=st.sampled_from([field.name for field in dataclasses.fields(Session)]),
    value=garbage.ANYTHING,
)
def test_garbage_in_a_session(name: str, value: Any) -> None:
    session = dataclasses.replace(CLICKED, **{name: value})
    try:
        turn = session.step(SessionEvent.TICK, NOW + 9)
    except upsell.UpsellError as error:
        assert error.pointer.startswith("/") and error.message
    else:
        assert getattr(turn.session, name) == value or name == "last_at"


@settings(max_examples=300)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(SessionEvent), st.integers(NOW - 10, NOW + 1300)), max_size=12
    )
)
def test_whatever_comes_the_buyer_is_charged_at_most_once(
    steps: list[tuple[SessionEvent, int]],
) -> None:
    session = OPEN
    effects: list[SessionEffect] = []
    for event, now in steps:
        turn = stored(session).step(event, now)
        assert turn.changed == (turn.session != session)
        assert stored(turn.session) == turn.session
        assert (turn.wake_at is None) == (turn.seconds_left == 0)
        session = turn.session
        effects += turn.effects
    once = [
        SessionEffect.CHARGE,
        SessionEffect.COUNT_ORDERED,
        SessionEffect.COUNT_CLICKED,
        SessionEffect.COUNT_SHOWN,
    ]
    assert all(effects.count(effect) <= 1 for effect in once)
    ordered, clicked, shown = (effects.count(effect) for effect in once[1:])
    assert ordered <= clicked <= shown


def test_effects_of_a_later_library() -> None:
    assert _effects_of(0) == ()
    assert _effects_of(127) == tuple(SessionEffect)
    with pytest.raises(upsell.InvalidArgumentError, match="update the package"):
        _effects_of(128 | 8)
