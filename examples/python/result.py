# SPDX-License-Identifier: MIT
"""The result of a replay, and how its amounts are written."""

from __future__ import annotations

from dataclasses import dataclass

import upsell
from shop import Scenario, Shop
from tally import Comparison


@dataclass(frozen=True)
class Result:
    """What is told, drawn and written.

    Attributes:
        comparison: the counts.
        scenarios: those that are live in either catalogue.
        currency: of all amounts.
        cycles: how many cycles are looked at.
    """

    comparison: Comparison
    scenarios: tuple[Scenario, ...]
    currency: upsell.Currency
    cycles: int


def scenarios_of(before: Shop, after: Shop) -> tuple[Scenario, ...]:
    """In the order of the catalogues; what both have is called as it is afterwards."""
    merged = {scenario.id: scenario for scenario in before.scenarios}
    merged.update({scenario.id: scenario for scenario in after.scenarios})
    return tuple(merged.values())


def plain(amount: int, currency: upsell.Currency) -> str:
    """For programs: ``-1234.50``."""
    text = upsell.money_format(abs(amount), currency)
    return f"-{text}" if amount < 0 else text


def grouped(amount: int, currency: upsell.Currency) -> str:
    """For people: ``-1,234.50``."""
    whole, point, rest = upsell.money_format(abs(amount), currency).partition(".")
    return f"{'-' if amount < 0 else ''}{int(whole):,}{point}{rest}"


def grouped_change(amount: int, currency: upsell.Currency) -> str:
    """For people, with a sign: ``+1,234.50``."""
    return ("+" if amount > 0 else "") + grouped(amount, currency)
