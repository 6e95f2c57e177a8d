# SPDX-License-Identifier: MIT
"""Enumerations have the words of the library and of documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

import upsell
from documents import CHECKOUT
from upsell import _native, enums

NAMED = [
    (upsell.Reason, _native.lib.upsell_reason_name),
    (upsell.Pattern, _native.lib.upsell_pattern_name),
    (upsell.State, _native.lib.upsell_state_name),
    (upsell.ApiVersion, _native.lib.upsell_api_version_name),
    (upsell.SessionState, _native.lib.upsell_session_state_name),
]


@pytest.mark.parametrize(("members", "name_of"), NAMED)
def test_words_are_those_of_the_library(members: Any, name_of: Any) -> None:
    known = {number: name_of(number) for number in range(200)}
    assert {member.value: member.text.encode() for member in members} == {
        number: name for number, name in known.items() if name is not None
    }


def lists_of_words(schema: Any) -> list[list[str]]:
    """Every "enum" of a JSON Schema."""
    if isinstance(schema, dict):
        own = [schema["enum"]] if "enum" in schema else []
        return own + [found for below in schema.values() for found in lists_of_words(below)]
    if isinstance(schema, list):
        return [found for below in schema for found in lists_of_words(below)]
    return []


def test_words_of_the_catalogue_are_those_of_its_schema() -> None:
    (path,) = (CHECKOUT / "schema").glob("*catalog*.json")
    words = lists_of_words(json.loads(path.read_bytes()))
    for members in (
        upsell.StorePlan,
        upsell.IntervalUnit,
        upsell.Kind,
        upsell.ScenarioStatus,
        upsell.OtherItems,
        upsell.RoundingMode,
        upsell.RoundingTarget,
        upsell.RoundingBasis,
    ):
        assert [member.text for member in members] in words, members


def test_every_state_says_what_it_means() -> None:
    meanings = {state.meaning for state in upsell.State}
    assert len(meanings) == len(upsell.State) and "" not in meanings


def test_all_are_public() -> None:
    for name in enums.__all__:
        assert getattr(upsell, name) is getattr(enums, name)
