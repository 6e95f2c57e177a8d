# SPDX-License-Identifier: MIT
"""The report that people read in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from result import Result, grouped, grouped_change
from tally import Gap, Score
from texts import clean, pad, width
from words import Words

# So many scenarios are shown; the table for programs has all.
SCENARIOS_SHOWN = 25

Rows = list[tuple[str, ...]]


def report(result: Result, words: Words) -> Iterator[str]:
    """The lines of the report."""
    comparison = result.comparison
    yield words.heading.format(orders=f"{comparison.orders:,}", moved=f"{comparison.moved:,}")
    yield ""
    yield from _aligned(_summary(result, words), left=1)
    yield ""
    yield from _aligned(_scenarios(result, words), left=2)
    hidden = len(result.scenarios) - SCENARIOS_SHOWN
    if hidden > 0:
        yield words.more.format(count=f"{hidden:,}")


def _summary(result: Result, words: Words) -> Rows:
    before, after = result.comparison.before, result.comparison.after
    was, will_be = before.total(), after.total()
    rows: Rows = [("", words.before, words.after, words.change)]
    rows.append((words.offers, *_counts(was.offers, will_be.offers)))
    for reason in sorted(before.reasons | after.reasons):
        label = words.no_offer.format(reason=words.reasons.get(reason, reason.text))
        rows.append((label, *_counts(before.reasons[reason], after.reasons[reason])))
    rows += _revenue(result, words, was, will_be)
    rows += _gap(result, words, words.page_higher, was.page_higher, will_be.page_higher)
    rows += _gap(result, words, words.page_lower, was.page_lower, will_be.page_lower)
    return rows


def _revenue(result: Result, words: Words, was: Score, will_be: Score) -> Rows:
    before, after = was.revenue(result.cycles), will_be.revenue(result.cycles)
    code = result.currency.code
    rows: Rows = [(words.now.format(currency=code), *_amounts(result, before[0], after[0]))]
    first = 2
    for amounts, same in groupby(zip(before[1:], after[1:])):
        last = first + len(list(same)) - 1
        label = words.cycle if first == last else words.same_cycles
        label = label.format(first=first, last=last, currency=code)
        rows.append((label, *_amounts(result, *amounts)))
        first = last + 1
    if result.cycles > 1:
        label = words.all_cycles.format(cycles=result.cycles, currency=code)
        rows.append((label, *_amounts(result, sum(before), sum(after))))
    return rows


def _gap(result: Result, words: Words, label: str, was: Gap, will_be: Gap) -> Rows:
    """How far the two surfaces are apart in one direction."""
    code = result.currency.code
    return [
        (label, *_counts(was.times, will_be.times)),
        (words.gap_total.format(currency=code), *_amounts(result, was.total, will_be.total)),
        (
            words.gap_largest.format(currency=code),
            *_amounts(result, was.largest, will_be.largest),
        ),
    ]


def _scenarios(result: Result, words: Words) -> Rows:
    comparison = result.comparison
    rows: Rows = [
        (
            words.scenario,
            words.pattern,
            words.won_before,
            words.won_after,
            words.now_before,
            words.now_after,
        )
    ]
    for scenario in result.scenarios[:SCENARIOS_SHOWN]:
        was = comparison.before.score(scenario.id)
        will_be = comparison.after.score(scenario.id)
        rows.append(
            (
                clean(scenario.id),
                words.patterns[scenario.pattern],
                f"{was.offers:,}",
                f"{will_be.offers:,}",
                grouped(was.steps[1], result.currency),
                grouped(will_be.steps[1], result.currency),
            )
        )
    return rows


def _counts(was: int, will_be: int) -> tuple[str, str, str]:
    change = will_be - was
    return f"{was:,}", f"{will_be:,}", f"{change:+,}" if change else "0"


def _amounts(result: Result, was: int, will_be: int) -> tuple[str, str, str]:
    return (
        grouped(was, result.currency),
        grouped(will_be, result.currency),
        grouped_change(will_be - was, result.currency),
    )


def _aligned(rows: Rows, left: int) -> Iterator[str]:
    """Rows as lines; so many columns stand on the left, the others on the right."""
    widths = [max(map(width, column)) for column in zip(*rows)]
    for row in rows:
        cells = [
            pad(text, columns, str.ljust if index < left else str.rjust)
            for index, (text, columns) in enumerate(zip(row, widths))
        ]
        yield "  ".join(cells).rstrip()
