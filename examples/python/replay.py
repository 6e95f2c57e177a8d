#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Replays orders against two catalogues, and shows what the change between them would bring.

    replay.py make FOLDER
    replay.py compare FOLDER/before.json FOLDER/after.json FOLDER/orders.ndjson --out FOLDER

See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import tables
from chart import DEBIAN_FONT, Chart
from files import whole_file
from report import report
from result import Result, scenarios_of
from shop import open_shops
from tally import Comparison, compare
from texts import clean
from words import WORDS
from year import Year, compact, pretty, what_if

TEA_STORE = Path(__file__).resolve().parents[1] / "tea-store" / "catalog.json"

CHUNK = 256 * 1024
MOST_CYCLES = 1000

Advance = Callable[[int], object]


@contextmanager
def progress(total: int | None, unit: str) -> Iterator[Advance]:
    """A bar that shows how far the work is; only where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda amount: None
        return
    try:
        tqdm = import_module("tqdm")
    except ImportError:
        print("a progress bar needs tqdm: apt-get install python3-tqdm", file=sys.stderr)
        yield lambda amount: None
        return
    with tqdm.tqdm(total=total, unit=unit, unit_scale=True, leave=False) as bar:
        yield bar.update


# ---- make ----


def make(args: argparse.Namespace) -> int:
    """Writes a year of orders and the two catalogues."""
    folder: Path = args.folder
    folder.mkdir(parents=True, exist_ok=True)
    catalog = json.loads(TEA_STORE.read_bytes())
    paths = [folder / name for name in ("before.json", "after.json", "orders.ndjson")]
    with ExitStack() as stack:
        before, after, orders = (stack.enter_context(whole_file(path)) for path in paths)
        before.write(pretty(catalog))
        after.write(pretty(what_if(catalog)))
        advance = stack.enter_context(progress(args.orders, " orders"))
        for order in Year(catalog, args.orders, args.seed).documents():
            orders.write(compact(order))
            advance(1)
    print(f"Written: {', '.join(map(str, paths))}")
    return 0


# ---- compare ----


def compare_catalogs(args: argparse.Namespace) -> int:
    """Replays the orders; returns 1 if some were refused."""
    words = WORDS[args.lang]
    chart = None if args.no_chart else Chart(words, args.font)
    before, after = open_shops([args.before, args.after])
    args.out.mkdir(parents=True, exist_ok=True)
    comparison = compare(before.catalog, after.catalog, chunks_of(args.orders))
    currency = before.catalog.info.currency
    result = Result(comparison, scenarios_of(before, after), currency, args.cycles)
    written = write_all(args.out, result, chart)
    for line in report(result, words):
        print(line)
    print()
    print(words.written.format(files=", ".join(map(str, written))))
    tell_refusals(args.orders, comparison)
    return 1 if comparison.refused else 0


def chunks_of(path: Path) -> Iterator[bytes]:
    """Pieces of a file, or of standard input for "-"."""
    with ExitStack() as stack:
        if str(path) == "-":
            file, size = sys.stdin.buffer, 0
        else:
            file = stack.enter_context(open(path, "rb"))
            size = os.fstat(file.fileno()).st_size
        advance = stack.enter_context(progress(size or None, "B"))
        while chunk := file.read(CHUNK):
            yield chunk
            advance(len(chunk))


def write_all(folder: Path, result: Result, chart: Chart | None) -> list[Path]:
    """Writes tables and chart; they get their names when all of them are complete."""
    writers: list[tuple[str, Callable[[BinaryIO, Result], None]]] = [
        ("scenarios.csv", tables.write_scenarios),
        ("cycles.csv", tables.write_cycles),
    ]
    if chart:
        writers.append(("chart.png", chart.draw))
    with ExitStack() as stack:
        for name, write in writers:
            write(stack.enter_context(whole_file(folder / name)), result)
    return [folder / name for name, _ in writers]


def tell_refusals(path: Path, comparison: Comparison) -> None:
    """Says which orders were refused: where, why, and how many."""
    for line, error in comparison.refusals:
        where = f"{path}:{line}: {error.pointer or '(document)'}"
        print(clean(f"{where}: {error.code}: {error.message}"), file=sys.stderr)
    if comparison.refused:
        total = comparison.orders + comparison.refused
        print(
            f"{path}: {comparison.refused:,} of {total:,} orders were refused;"
            " the figures are without them",
            file=sys.stderr,
        )


# ---- the program ----


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"expected {least} to {most}, found {text!r}")
        return int(text)

    return parse


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Replays orders against two catalogues.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("make", help="make a year of orders and two catalogues")
    command.set_defaults(run=make)
    command.add_argument("folder", type=Path, metavar="FOLDER")
    command.add_argument("--orders", type=whole_number(1, 10**8), default=20_000, metavar="N")
    command.add_argument(
        "--seed", type=whole_number(0, 2**31), default=1, metavar="S", help="another year"
    )

    command = commands.add_parser("compare", help="replay orders against two catalogues")
    command.set_defaults(run=compare_catalogs)
    command.add_argument("before", type=Path, metavar="BEFORE.json")
    command.add_argument("after", type=Path, metavar="AFTER.json")
    command.add_argument(
        "orders", type=Path, metavar="ORDERS.ndjson", help="one order a line; - is standard input"
    )
    command.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    command.add_argument("--lang", choices=sorted(WORDS), default="en")
    command.add_argument(
        "--cycles", type=whole_number(1, MOST_CYCLES), default=12, metavar="N", help="default 12"
    )
    command.add_argument("--no-chart", action="store_true", help="only the tables")
    command.add_argument("--font", type=Path, default=DEBIAN_FONT, help="for Japanese in the chart")
    return parser.parse_args()


def main() -> int:
    args = read_arguments()
    try:
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("interrupted; no file is half written", file=sys.stderr)
        return 130
    except OSError as error:
        # What is left of a report that cannot be written is not tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # else the reader just has enough
            print(f"{error.filename or 'output'}: {error.strerror}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
