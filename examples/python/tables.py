# SPDX-License-Identifier: MIT
"""Tables for spreadsheets and programs: CSV in UTF-8 with a heading, amounts as decimals."""

from __future__ import annotations

import csv
import io
from itertools import accumulate
from typing import BinaryIO

from result import Result, plain
from tally import Score

SCENARIO_FIELDS = (
    "won",
    "now",
    "all_cycles",
    "page_higher",
    "page_higher_by",
    "page_lower",
    "page_lower_by",
)


def write_scenarios(file: BinaryIO, result: Result) -> None:
    """One row for each scenario that is live in either catalogue."""
    fields = [f"{field}_{side}" for field in SCENARIO_FIELDS for side in ("before", "after")]
    rows: list[list[object]] = [["scenario_id", "name", "pattern", "currency", *fields]]
    for scenario in result.scenarios:
        before = _score_cells(result, result.comparison.before.score(scenario.id))
        after = _score_cells(result, result.comparison.after.score(scenario.id))
        pairs = [cell for pair in zip(before, after) for cell in pair]
        pattern, code = scenario.pattern.text, result.currency.code
        rows.append([scenario.id, scenario.name, pattern, code, *pairs])
    _write(file, rows)


def _score_cells(result: Result, score: Score) -> list[object]:
    """In the order of SCENARIO_FIELDS."""
    revenue = score.revenue(result.cycles)
    return [
        score.offers,
        plain(revenue[0], result.currency),
        plain(sum(revenue), result.currency),
        score.page_higher.times,
        plain(score.page_higher.total, result.currency),
        score.page_lower.times,
        plain(score.page_lower.total, result.currency),
    ]


def write_cycles(file: BinaryIO, result: Result) -> None:
    """One row for each cycle: its revenue, and that of all cycles so far."""
    before = result.comparison.before.total().revenue(result.cycles)
    after = result.comparison.after.total().revenue(result.cycles)
    rows: list[list[object]] = [
        ["cycle", "currency", "before", "after", "change", "before_sum", "after_sum"]
    ]
    columns = zip(before, after, accumulate(before), accumulate(after))
    for cycle, (was, will_be, was_sum, will_be_sum) in enumerate(columns, 1):
        amounts = (was, will_be, will_be - was, was_sum, will_be_sum)
        cells = [plain(amount, result.currency) for amount in amounts]
        rows.append([cycle, result.currency.code, *cells])
    _write(file, rows)


def _write(file: BinaryIO, rows: list[list[object]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.write(text.getvalue().encode())
