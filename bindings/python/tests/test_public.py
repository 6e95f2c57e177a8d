# SPDX-License-Identifier: MIT
"""The public interface: complete, documented, typed, and nothing beside it."""

from __future__ import annotations

import ast
import dataclasses
import enum
import inspect
import sys
from pathlib import Path
from types import ModuleType

import pytest

import upsell

SOURCES = sorted(Path(upsell.__file__).parent.glob("*.py"))
PUBLIC = [name for name in upsell.__all__ if not name.startswith("__")]


def test_all_is_sorted_and_complete() -> None:
    assert upsell.__all__ == sorted(set(upsell.__all__))
    found = {
        name
        for name, value in vars(upsell).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert found == set(PUBLIC)


def test_every_public_name_of_a_module_is_public() -> None:
    for path in SOURCES:
        if not path.stem.startswith("_"):
            module = getattr(upsell, path.stem)
            assert set(module.__all__) <= set(PUBLIC), path
            for name in module.__all__:
                assert getattr(upsell, name) is getattr(module, name)


UNIONS = {"Action", "Event"}  # of what is documented


@pytest.mark.parametrize("name", sorted(set(PUBLIC) - UNIONS))
def test_everything_is_documented(name: str) -> None:
    thing = getattr(upsell, name)
    documentation = thing.__doc__
    assert documentation and not documentation.startswith(f"{name}("), name
    if inspect.isclass(thing):
        for member, value in vars(thing).items():
            if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                assert inspect.getdoc(getattr(thing, member)), f"{name}.{member}"


def test_values_are_frozen_and_their_fields_documented() -> None:
    values = [thing for thing in vars(upsell).values() if dataclasses.is_dataclass(thing)]
    assert len(values) > 40
    for value in values:
        assert value.__dataclass_params__.frozen, value


def test_enumerations_are_ints() -> None:
    members = [
        thing
        for thing in vars(upsell).values()
        if isinstance(thing, type) and issubclass(thing, enum.Enum)
    ]
    assert len(members) == 23
    assert all(issubclass(thing, enum.IntEnum) for thing in members)


def imported_by(text: str) -> set[str]:
    """The packages that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SOURCES])
def test_sources(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# SPDX-License-Identifier: MIT\n")
    assert ast.get_docstring(ast.parse(text))
    assert max(map(len, text.splitlines())) <= 98
    assert imported_by(text) <= {*sys.stdlib_module_names, "upsell"}


def test_it_is_typed() -> None:
    assert (Path(upsell.__file__).parent / "py.typed").is_file()
