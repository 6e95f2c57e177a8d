# SPDX-License-Identifier: MIT
"""The figures of examples/python/replay.py, computed once more from the documents that
`upsell decide` prints for the same orders.

Environment: UPSELL_TOOL (the program), UPSELL_SOURCE_ROOT; and for the examples UPSELL_LIBRARY
and PYTHONPATH.
"""

import csv
import json
import os
import re
import subprocess
import unittest
from collections import Counter
from decimal import Decimal
from unicodedata import east_asian_width

from replaying import ORDERS, PYTHON, REPLAY, SOURCE_ROOT, TOOL, Case, replay, run

TEA_STORE = SOURCE_ROOT / "examples/tea-store/catalog.json"

SIDES = ("before", "after")


def decided(catalog, orders):
    """The documents of `upsell decide`."""
    out = run(TOOL, "decide", "--quiet", "--no-explain", "--catalog", catalog, orders)[1]
    return [json.loads(line) for line in out.splitlines()]


class Expected:
    """What one catalogue brings, by one plain loop over decision documents."""

    def __init__(self, decisions, cycles):
        self.won, self.reasons, self.times, self.by = Counter(), Counter(), Counter(), Counter()
        self.revenue = {}
        self.largest = 0
        for decision in decisions:
            if decision["outcome"] == "offer":
                self._add(decision["scenario_id"], decision["offer"], cycles)
            else:
                self.reasons[decision["reason"]] += 1

    def _add(self, scenario, offer, cycles):
        self.won[scenario] += 1
        revenue = self.revenue.setdefault(scenario, [Decimal(0)] * cycles)
        for target in offer["targets"]:
            revenue[0] += Decimal(target["price"]["offer_page"]["line"])
            for cycle in range(2, cycles + 1):
                lines = [Decimal(segment["line"]) for segment in target["price"]["recurring"]
                         if segment["from_cycle"] <= cycle]
                revenue[cycle - 1] += lines[-1] if lines else 0
        more = Decimal(offer["total"]["offer_page"]) - Decimal(offer["total"]["checkout"])
        if more:
            where = scenario, "higher" if more > 0 else "lower"
            self.times[where] += 1
            self.by[where] += abs(more)
            self.largest = max(self.largest, abs(more))

    def of(self, scenario, cycles):
        return self.revenue.get(scenario, [Decimal(0)] * cycles)

    def total(self, cycles):
        return [sum(column) for column in zip([0] * cycles, *self.revenue.values())]


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Make(Case):
    def test_same_seed_same_year(self):
        for seed, same in ((7, True), (8, False)):
            replay("make", self.folder, "--orders", ORDERS, "--seed", seed)
            again = (self.folder / "orders.ndjson").read_bytes()
            self.assertEqual(same, again == self.orders.read_bytes())

    def test_orders(self):
        orders = [json.loads(line) for line in self.orders.read_text("utf-8").splitlines()]
        self.assertEqual(ORDERS, len(orders))
        days = [order["created_at"] for order in orders]
        self.assertEqual(sorted(days), days)
        self.assertEqual(("2025-04-01", "2026-03-31"), (days[0][:10], days[-1][:10]))
        ids = [order["id"] for order in orders]
        lines = [line["id"] for order in orders for line in order["lines"]]
        self.assertEqual((len(ids), len(lines)), (len(set(ids)), len(set(lines))))

    def test_all_are_valid_and_all_patterns_win(self):
        status, out, _ = run(TOOL, "decide", "--quiet", "--catalog", self.before, self.orders)
        decisions = [json.loads(line) for line in out.splitlines()]
        self.assertEqual((0, ORDERS), (status, len(decisions)))
        self.assertEqual(5, len({decision["pattern"] for decision in decisions}))

    def test_catalogs(self):
        before, after = (json.loads(path.read_text("utf-8")) for path in (self.before, self.after))
        self.assertEqual(json.loads(TEA_STORE.read_text("utf-8")), before)
        for path in (self.before, self.after):
            self.assertEqual((0, ""), run(TOOL, "check", path)[:2])
        self.assertEqual("S21-genmaicha-switch", after["scenarios"].pop()["id"])
        self.assertEqual(after["rounding"]["checkout"], after["rounding"]["offer_page"])
        after["rounding"] = before["rounding"]
        self.assertEqual(before, after)


class Figures(Case):
    def check(self, cycles, before, after, orders):
        """Compares both tables, cell by cell."""
        files = {"before": before, "after": after}
        sides = {side: Expected(decided(files[side], orders), cycles) for side in SIDES}
        catalogs = {side: json.loads(files[side].read_text("utf-8")) for side in SIDES}
        decimals = {"JPY": "1", "USD": "0.01"}[catalogs["before"]["currency"]]

        def text(amount):
            return str(Decimal(amount).quantize(Decimal(decimals)))

        published = {scenario["id"]: scenario for side in SIDES
                     for scenario in catalogs[side]["scenarios"]
                     if scenario["status"] == "published"}
        rows = table(self.folder / "out/scenarios.csv")
        self.assertEqual(list(published), [row["scenario_id"] for row in rows])
        for row in rows:
            scenario = published[row["scenario_id"]]
            kinds = scenario["trigger"]["kind"] + "_to_" + scenario["offer"]["kind"]
            expected = {"scenario_id": scenario["id"], "name": scenario["name"], "pattern": kinds,
                        "currency": catalogs["before"]["currency"]}
            for side, figures in sides.items():
                revenue = figures.of(scenario["id"], cycles)
                expected |= {f"won_{side}": str(figures.won[scenario["id"]]),
                             f"now_{side}": text(revenue[0]),
                             f"all_cycles_{side}": text(sum(revenue))}
                for where in ("higher", "lower"):
                    key = scenario["id"], where
                    expected |= {f"page_{where}_{side}": str(figures.times[key]),
                                 f"page_{where}_by_{side}": text(figures.by[key])}
            self.assertEqual(expected, row)
        totals = [sides[side].total(cycles) for side in SIDES]
        expected = []
        for cycle, (was, will_be) in enumerate(zip(*totals), 1):
            sums = [sum(total[:cycle]) for total in totals]
            amounts = map(text, (was, will_be, will_be - was, *sums))
            expected.append([str(cycle), catalogs["before"]["currency"], *amounts])
        self.assertEqual(expected,
                         [list(row.values()) for row in table(self.folder / "out/cycles.csv")])
        return sides

    def test_yen(self):
        status, out, err = self.compare("--no-chart")
        self.assertEqual((0, ""), (status, err))
        self.assertEqual(["cycles.csv", "scenarios.csv"], self.written())
        sides = self.check(12, self.before, self.after, self.orders)
        # Whatever else is compared, these must not all be zero.
        self.assertGreater(sides["before"].by.total(), 0)
        self.assertGreater(sides["after"].won["S21-genmaicha-switch"], 0)
        self.report(out, sides)
        moved = sum(was["scenario_id"] != will_be["scenario_id"] for was, will_be in zip(
            decided(self.before, self.orders), decided(self.after, self.orders)))
        self.assertTrue(out.startswith(
            f"{ORDERS:,} orders decided with both catalogues; for {moved:,} of them"), out)

    def report(self, out, sides):
        """The figures of the report for people."""
        cells = [re.split(r"  +", line.strip()) for line in out.splitlines()]
        before, after = sides["before"], sides["after"]

        def expect(label, was, will_be):
            change = will_be - was
            self.assertIn([label, f"{was:,}", f"{will_be:,}", f"{change:+,}" if change else "0"],
                          cells)

        expect("offers", before.won.total(), after.won.total())
        expect("no offer: no candidate", before.reasons["no_candidate"],
               after.reasons["no_candidate"])
        expect("charged now, JPY", before.total(12)[0], after.total(12)[0])
        expect("cycles 1 to 12, JPY", sum(before.total(12)), sum(after.total(12)))
        expect("page's price above the checkout's", before.times.total(), after.times.total())
        expect("in all, JPY", before.by.total(), after.by.total())
        expect("at most, JPY", before.largest, after.largest)

    def test_dollars_where_the_page_shows_less(self):
        """Cents, and the discount of the page rounded up."""
        paths = []
        for side, path in (("before", self.before), ("after", self.after)):
            catalog = json.loads(path.read_text("utf-8")) | {"currency": "USD"}
            for product in catalog["products"]:
                for variant in product["variants"]:
                    variant["price"] += ".75"
            if side == "before":
                catalog["rounding"]["offer_page"]["mode"] = "ceil"
            paths.append(self.save(side + ".json", json.dumps(catalog)))
        orders = self.save("orders.ndjson",
                           self.orders.read_text("utf-8").replace('"JPY"', '"USD"'))
        status, _, err = self.compare("--no-chart", "--cycles", 7, before=paths[0], after=paths[1],
                                      orders=orders)
        self.assertEqual((0, ""), (status, err))
        sides = self.check(7, *paths, orders)
        self.assertIn("lower", {where for _, where in sides["before"].times})

    def test_japanese_says_the_same(self):
        japanese = self.compare("--no-chart", "--lang", "ja")
        first = self.contents()
        status, out, err = self.compare("--no-chart")
        self.assertEqual((0, "", first), (status, err, self.contents()))
        self.assertEqual((0, ""), (japanese[0], japanese[2]))
        self.assertIn("今回のお支払い（JPY）", japanese[1])
        # The last column stands on the right, where most characters take two columns.
        summary = japanese[1].split("\n\n")[1].splitlines()
        self.assertEqual(1, len({sum(1 + (east_asian_width(char) in "WF") for char in line)
                                 for line in summary}), summary)
        # The same numbers in the same order, but for those in words ("cycles 1 to 12").
        numbers = [re.findall(r"[+-]?\d[\d,]{3,}", text) for text in (out, japanese[1])]
        self.assertGreater(len(numbers[0]), 40)
        self.assertEqual(*numbers)

    def test_other_scenarios_and_none(self):
        """A scenario that is gone afterwards, and a catalogue that has none."""
        catalog = json.loads(self.before.read_text("utf-8"))
        catalog["scenarios"] = []
        empty = self.save("empty.json", json.dumps(catalog))
        status, out, err = self.compare("--no-chart", after=empty)
        self.assertEqual((0, ""), (status, err))
        self.report(out, self.check(12, self.before, empty, self.orders))

    def test_now_alone(self):
        status, out, err = self.compare("--no-chart", "--cycles", 1)
        self.assertEqual((0, ""), (status, err))
        self.check(1, self.before, self.after, self.orders)
        self.assertNotIn("cycle", out.split("\n\n")[1])

    def test_no_orders(self):
        status, out, err = self.compare(orders=self.save("none.ndjson", "\n \n"))
        self.assertEqual((0, ""), (status, err))
        self.assertTrue(out.startswith("0 orders decided"))
        self.assertEqual(["chart.png", "cycles.csv", "scenarios.csv"], self.written())


class Refused(Case):
    def test_told_and_counted(self):
        """The figures are those of the others; nothing is dropped silently."""
        lines = self.orders.read_text("utf-8").splitlines()
        bad = json.loads(lines[1])
        bad["lines"][0]["quantity"] = 0
        mixed = [lines[0], json.dumps(bad), "", "{", *lines[1:], *["[]"] * 6]
        orders = self.save("orders.ndjson", "\n".join(mixed))
        self.compare("--no-chart")
        good = self.contents()
        status, out, err = self.compare("--no-chart", orders=orders)
        self.assertEqual(1, status)
        self.assertTrue(out.startswith(f"{ORDERS:,} orders decided"))
        self.assertEqual(good, self.contents())
        told = err.splitlines()
        starts = [f"{orders}:2: /lines/0/quantity: out_of_range: ",
                  f"{orders}:4: (document): json_syntax: "]
        starts += [f"{orders}:{ORDERS + number}: (document): wrong_type: " for number in (4, 5, 6)]
        for start, line in zip(starts, told):
            self.assertTrue(line.startswith(start), (start, line))
        self.assertEqual(f"{orders}: 8 of {ORDERS + 8:,} orders were refused; the figures are"
                         " without them", told[5])
        self.assertEqual(6, len(told))

    def test_text_of_others_is_clean(self):
        bad = '{"a\\u001b[2J":1,"a\\u001b[2J":2}'
        err = self.compare("--no-chart", orders=self.save("orders.ndjson", bad))[2]
        self.assertIn("/a?[2J: duplicate_key", err)
        self.assertNotIn("\x1b", err)


class Memory(Case):
    def most(self, times):
        """Memory of a run over so many copies of the year, in KiB."""
        child = subprocess.Popen(
            [PYTHON, REPLAY, "compare", self.before, self.after, "-", "--out",
             self.folder / "out", "--no-chart"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        text = self.orders.read_bytes()
        for _ in range(times):
            child.stdin.write(text)
        child.stdin.close()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(0, child.returncode)
        return usage.ru_maxrss

    def test_does_not_grow_with_the_orders(self):
        self.assertGreater(self.orders.stat().st_size, 1_000_000)
        self.assertLess(self.most(40) - self.most(2), 8 * 1024)


if __name__ == "__main__":
    unittest.main()
