# SPDX-License-Identifier: MIT
"""A catalogue from a file, checked, and the scenarios that are live in it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import upsell
from texts import clean

KINDS = {kind.text: kind for kind in upsell.Kind}


@dataclass(frozen=True)
class Scenario:
    """What tells a scenario apart for people."""

    id: str
    name: str
    pattern: upsell.Pattern


@dataclass(frozen=True)
class Shop:
    """A catalogue, and its published scenarios in their order."""

    catalog: upsell.Catalog
    scenarios: tuple[Scenario, ...]


def open_shops(paths: list[Path]) -> list[Shop]:
    """The shops of some files; ends the program with all problems if there are any."""
    texts = [path.read_bytes() for path in paths]
    good = True
    for path, text in zip(paths, texts):
        for problem in upsell.check(text):
            where = f"{path}: {problem.pointer}: {problem.code}"
            print(clean(f"{where}: {problem.message}"), file=sys.stderr)
            good = False
    if not good:
        sys.exit(1)
    shops = [Shop(upsell.Catalog.from_json(text), _published(text)) for text in texts]
    _same_currency(paths, shops)
    return shops


def _published(text: bytes) -> tuple[Scenario, ...]:
    return tuple(
        Scenario(
            str(scenario["id"]),
            scenario["name"],
            upsell.pattern_of(
                KINDS[scenario["trigger"]["kind"]], KINDS[scenario["offer"]["kind"]]
            ),
        )
        for scenario in json.loads(text)["scenarios"]
        if scenario["status"] == "published"
    )


def _same_currency(paths: list[Path], shops: list[Shop]) -> None:
    codes = [shop.catalog.info.currency.code for shop in shops]
    if len(set(codes)) > 1:
        named = ", ".join(f"{path} is in {code}" for path, code in zip(paths, codes))
        sys.exit(f"revenue can only be compared in one currency: {named}")
