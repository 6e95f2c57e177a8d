# SPDX-License-Identifier: MIT
"""The chart: which scenarios win, and revenue by cycle, as a PNG picture."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO

from result import Result, grouped
from texts import clean, shorten
from words import JAPANESE, Words

DEBIAN_FONT = Path("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf")

SCENARIOS_DRAWN = 12
LABEL_COLUMNS = 44

# Told apart by all eyes, and in print.
COLORS = ("#8a97a8", "#c8501e")


class Chart:
    """A drawing of results; made before the long work, so that what is missing is told first."""

    def __init__(self, words: Words, font: Path) -> None:
        self._words = words
        try:
            self._matplotlib = import_module("matplotlib")
        except ImportError:
            sys.exit(
                "the chart needs matplotlib: install it with `apt-get install"
                " python3-matplotlib`, or use --no-chart"
            )
        self._families = ["DejaVu Sans"]  # comes with matplotlib
        if font.is_file():
            # Also in English: the ids of scenarios may be in Japanese.
            self._families.append(self._add_font(font))
        elif words is JAPANESE:
            sys.exit(
                f"{font}: there is no such font, and Japanese needs one: install it with"
                " `apt-get install fonts-ipaexfont-gothic`, name another with --font, or use"
                " --no-chart"
            )

    def _add_font(self, path: Path) -> str:
        """The name of a font, by which it can be used from now on."""
        fonts = import_module("matplotlib.font_manager")
        try:
            fonts.fontManager.addfont(str(path))
            return str(fonts.FontProperties(fname=str(path)).get_name())
        except (OSError, RuntimeError) as error:
            sys.exit(f"{path}: this is not a font that can be used: {error}")

    def draw(self, file: BinaryIO, result: Result) -> None:
        """Writes the picture."""
        figures = import_module("matplotlib.figure")
        with self._matplotlib.rc_context({"font.family": self._families, "font.size": 10}):
            figure = figures.Figure(figsize=(13, 7), layout="constrained")
            grid = figure.add_gridspec(2, 2)
            self._draw_wins(figure.add_subplot(grid[:, 0]), result)
            before = result.comparison.before.total().revenue(result.cycles)
            after = result.comparison.after.total().revenue(result.cycles)
            words, code = self._words, result.currency.code
            self._draw_lines(
                figure.add_subplot(grid[0, 1]),
                words.chart_cycles.format(currency=code),
                (before, after),
                result,
            )
            self._draw_lines(
                figure.add_subplot(grid[1, 1]),
                words.chart_sum.format(currency=code),
                (list(accumulate(before)), list(accumulate(after))),
                result,
            )
            figure.savefig(file, format="png", dpi=110)

    def _draw_wins(self, axes: Any, result: Result) -> None:
        """Two bars for each scenario that won most often."""
        comparison = result.comparison
        wins = [
            (
                self._label(scenario.name if self._words is JAPANESE else "", scenario.id),
                comparison.before.score(scenario.id).offers,
                comparison.after.score(scenario.id).offers,
            )
            for scenario in result.scenarios
        ]
        drawn = sorted(wins, key=lambda row: max(row[1:]), reverse=True)[:SCENARIOS_DRAWN]
        sides = ((-0.2, self._words.before, COLORS[0], 1), (0.2, self._words.after, COLORS[1], 2))
        for offset, label, color, column in sides:
            counts = [row[column] for row in drawn]
            places = [place + offset for place in range(len(drawn))]
            bars = axes.barh(places, counts, height=0.38, label=label, color=color)
            axes.bar_label(bars, [f"{count:,}" for count in counts], padding=3, fontsize=8)
        axes.set_yticks(range(len(drawn)), [row[0] for row in drawn])
        axes.invert_yaxis()
        axes.margins(y=0.02)
        most = max((max(before, after) for _, before, after in drawn), default=0)
        axes.set_xlim(0, max(1, most) * 1.12)
        axes.xaxis.set_major_locator(self._whole_numbers())
        axes.xaxis.set_major_formatter(lambda value, _: f"{round(value):,}")
        # Above the axes, where it hides nothing; the colours are the same in all three.
        axes.legend(
            loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0, ncol=2, frameon=False
        )
        self._finish(axes, self._words.chart_wins)

    def _draw_lines(
        self, axes: Any, title: str, series: Sequence[list[int]], result: Result
    ) -> None:
        """Two lines over the cycles."""
        cycles = range(1, result.cycles + 1)
        # Where both are equal, the larger mark is seen around the smaller one.
        for amounts, color, size in zip(series, COLORS, (8, 4)):
            axes.plot(cycles, amounts, color=color, marker="o", markersize=size)
        axes.set_xlim(0.5, result.cycles + 0.5)
        axes.set_ylim(0, max(1, *(max(amounts) for amounts in series)) * 1.05)
        axes.set_xlabel(self._words.chart_cycle)
        axes.xaxis.set_major_locator(self._whole_numbers())
        axes.yaxis.set_major_locator(self._whole_numbers())
        axes.yaxis.set_major_formatter(lambda value, _: grouped(round(value), result.currency))
        self._finish(axes, title)

    def _finish(self, axes: Any, title: str) -> None:
        axes.set_title(title, loc="left")
        axes.grid(alpha=0.3)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)

    def _whole_numbers(self) -> Any:
        return import_module("matplotlib.ticker").MaxNLocator(
            nbins=8, integer=True, min_n_ticks=1
        )

    def _label(self, name: str, scenario_id: str) -> str:
        text = shorten(clean(name or scenario_id), LABEL_COLUMNS)
        return text.replace("$", r"\$")  # else matplotlib takes it for a formula
