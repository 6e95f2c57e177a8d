# SPDX-License-Identifier: MIT
"""What deciding costs from Python, beside a dict index in plain Python and beside C alone.

Usage: benchmark.py FOLDER [--orders N] [--rounds N]

FOLDER is made by ../../benchmark/make_shop.py. Every answer of the index is compared with the
library's first; a difference ends the program with status 1. Times are the best of the rounds, in
one run and without garbage collection, as timeit does; look at the ratios.
"""
from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from ctypes import POINTER, byref
from functools import partial
from pathlib import Path
from typing import Any

import made_shop
import upsell
from plain import PlainIndex
from upsell import Catalog, Order, OrderLine, _native

PART = 250


def best(work: Callable[[], object], rounds: int) -> float:
    """Nanoseconds of the best round."""
    times = []
    gc.disable()
    for _ in range(rounds):
        begin = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - begin)
    gc.enable()
    return min(times)


def one_by_one(decide: Callable[[Any], object], orders: Sequence[Any], rounds: int) -> float:
    """Nanoseconds for all orders, one by one. The best is taken of each few hundred: on a busy
    machine a whole round is never undisturbed.
    """
    def work(part: Sequence[Any]) -> None:
        for order in part:
            decide(order)

    return sum(best(partial(work, orders[at:at + PART]), rounds)
               for at in range(0, len(orders), PART))


class CAlone:
    """The same orders through C without anything of Python's around it but one call."""

    def __init__(self, catalog_text: bytes, orders: bytes) -> None:
        self.catalog = POINTER(_native.Catalog)()
        self.batch = POINTER(_native.Batch)()
        self.orders = orders
        made = _native.lib.upsell_catalog_new_from_json(catalog_text, len(catalog_text),
                                                        byref(self.catalog), None)
        if made or _native.lib.upsell_batch_new(byref(self.batch)):
            raise SystemExit("the catalogue is refused")

    def __call__(self) -> None:
        if _native.lib.upsell_batch_decide(self.batch, self.catalog, _native.ORDERS_PACKED,
                                           self.orders, len(self.orders), 0, None):
            raise SystemExit("an order is refused")

    def free(self) -> None:
        _native.lib.upsell_batch_free(self.batch)
        _native.lib.upsell_catalog_free(self.catalog)


def rows(folder: Path, count: int, rounds: int) -> list[tuple[str, float, str]]:
    """What was measured: its name, nanoseconds for an order, and what it is compared with."""
    given, documents, text = made_shop.read(folder)
    documents = documents[:count]
    count = len(documents)
    orders = [made_shop.order(document) for document in documents]
    lines = [line for line in text.splitlines()][:count]
    index = PlainIndex(given)
    c_alone = CAlone((folder / "catalog.json").read_bytes(),
                     b"".join(order._packed for order in orders))
    with Catalog(given) as catalog:
        for order, decision in zip(orders, catalog.decide_many(orders), strict=True):
            if not catalog.decide(order) == decision == index.decide(order):
                raise SystemExit(f"different answers: {order}\n{decision}\n{index.answer(order)}")

        def make(order: Order) -> Order:
            """From values that the host has at hand to an order."""
            return Order(order.id, order.currency,
                         [OrderLine(line.id, line.product_id, line.quantity, line.variant_id,
                                    line.selling_plan_id, line.contract_id, line.unit_price)
                          for line in order.lines], order.has_shipping_address)

        def summed() -> None:
            decisions = catalog.decide_many(orders)
            if sum(decisions.totals_checkout) < 0 or len(decisions.scenario_indexes) != count:
                raise SystemExit("wrong totals")

        def all_at_once(work: Callable[[], object]) -> float:
            return best(work, rounds) / count

        def each(decide: Callable[[Any], object], given: Sequence[Any]) -> float:
            return one_by_one(decide, given, rounds) / count

        c_time = all_at_once(c_alone)
        answer_time = each(index.answer, orders)
        plain_time = each(index.decide, orders)
        one_time = each(catalog.decide, orders)
        make_time = each(make, orders)
        made_time = each(lambda order: catalog.decide(make(order)), orders)
        many_time = all_at_once(summed)
        objects_time = all_at_once(lambda: list(catalog.decide_many(orders)))
        json_time = each(catalog.decide_json, lines)
        stream = b"\n".join(lines)
        lines_time = all_at_once(lambda: [None for _ in catalog.decide_lines(stream)])
    c_alone.free()
    over = "over C %+.0f ns"
    ratio = "%.2f of the index; %.2f of that with dicts"
    return [
        ("C alone, in one call", c_time, ""),
        ("dict index in plain Python", plain_time, "the same objects"),
        ("dict index in plain Python, as dicts", answer_time, ""),
        ("decide(order)", one_time, ratio % (one_time / plain_time, one_time / answer_time)),
        ("Order(...) alone", make_time, ""),
        ("decide(Order(...))", made_time, ""),
        ("decide_many(orders), totals read", many_time, over % (many_time - c_time)),
        ("decide_many(orders), all objects made", objects_time, over % (objects_time - c_time)),
        ("decide_json(text)", json_time, ""),
        ("decide_lines(text), all objects made", lines_time, ""),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    found = rows(options.folder, options.orders, options.rounds)
    print(f"Python {sys.version.split()[0]}, libupsell {upsell.library_version()}, "
          f"{options.orders} orders, the same answers from both")
    for name, time_of_one, remark in found:
        print(f"{time_of_one:8.0f} ns an order  {name:40}{remark}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
