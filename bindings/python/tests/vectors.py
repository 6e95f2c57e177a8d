# SPDX-License-Identifier: MIT
"""Reading the project's vectors (tests/vectors/README.md): what is wrong with a file makes
the test run fail, and never leaves a case out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from documents import CHECKOUT, compact

FOLDER = CHECKOUT / "tests" / "vectors"

_KEYS = {"name", "rule", "why", "given", "expect"}


@dataclass(frozen=True)
class Vector:
    """One case of a file."""

    function: str
    name: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.function}: {self.name}"

    def only(self, keys: str, value: Mapping[str, Any] | None = None) -> None:
        """Refuses keys that are not known: a typing mistake must not pass unseen."""
        unknown = set(self.given if value is None else value) - set(keys.split())
        assert not unknown, f"{self}: unknown keys {unknown}"

    def document(self, key: str) -> bytes:
        """The document at `key`, written compactly, or the text at `key` with _text."""
        if key in self.given:
            return compact(self.given[key]).encode()
        return bytes(self.given[f"{key}_text"], "utf-8")

    def text(self, key: str) -> str:
        """The string at `key`, or what `hex` stands for; bytes that are no UTF-8 become
        surrogates, which is what Python makes of them."""
        if "hex" in self.given:
            return bytes.fromhex(self.given["hex"]).decode("utf-8", "surrogateescape")
        return str(self.given[key])


def source(given: Mapping[str, Any]) -> bytes:
    """The text that "document", "text", "hex" or "repeat" stands for."""
    (kind, value), *more = given.items()
    assert not more
    if kind == "document":
        return compact(value).encode()
    if kind == "text":
        return bytes(value, "utf-8")
    if kind == "hex":
        return bytes.fromhex(value)
    assert kind == "repeat" and set(value) == {"before", "item", "times", "after"}
    items = (value["item"].replace("#", str(number)) for number in range(value["times"]))
    return bytes(value["before"] + ",".join(items) + value["after"], "utf-8")


def all_vectors(known: set[str]) -> Iterator[Vector]:
    """Every case of every file; files and functions must be the same."""
    files = sorted(FOLDER.glob("*.json"))
    assert {file.stem for file in files} == known, "a file or a function is not known"
    for file in files:
        content = json.loads(file.read_bytes())
        assert content["format"] == "upsell.vectors/1"
        assert content["function"] == file.stem and content["cases"], file
        for case in content["cases"]:
            assert set(case) <= _KEYS, f"{file}: {case['name']}: unknown keys"
            yield Vector(file.stem, case["name"], case["given"], case["expect"])
