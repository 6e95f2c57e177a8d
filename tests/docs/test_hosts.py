# SPDX-License-Identifier: MIT
"""The runs of examples/shopify-store and the examples of docs/hosts.md are what the runner does.

Usage: test_hosts.py UPSELL LIBRARY
"""
import json
import re
import sys
import unittest

import runs
from runs import ROOT

UPSELL, LIBRARY = "", None

# Every kind that there is (RUN-3, RUN-4).
EVENTS = {"start", "resume", "tick", "answer", "no_answer", "not_sent", "webhook"}
ACTIONS = {"send", "wait", "pending", "finished"}


def played(number: int):
    return runs.play(LIBRARY, runs.plan_text(UPSELL, number), runs.events(number))


def fits(shown, real) -> bool:
    """Whether what a page shows is this; "…" stands for anything, and at an end for the rest."""
    if isinstance(shown, str) and shown.endswith("…"):
        return shown == "…" or isinstance(real, str) and real.startswith(shown[:-1])
    if isinstance(shown, dict) and isinstance(real, dict):
        return list(shown) == list(real) and all(fits(shown[key], real[key]) for key in shown)
    if isinstance(shown, list) and isinstance(real, list):
        return len(shown) == len(real) and all(map(fits, shown, real))
    return type(shown) is type(real) and shown == real


class Readmes(unittest.TestCase):
    def test_the_plan_is_real(self):
        """What both show below `upsell plan`, whose arguments are those of the command."""
        for name in ("README.md", "README.ja.md"):
            text = (ROOT / name).read_text("utf-8")
            command = re.search(r"^```sh\n(upsell plan (?:.|\n)*?)```$", text, re.M)[1]
            number = int(re.search(r"order-(\d)\.json", command)[1])
            self.assertIn(f"accept-{number}.json", command)
            shown = json.loads(re.search(r"^```json\n(.*?)^```$", text, re.S | re.M)[1])
            plan = json.loads(runs.plan_text(UPSELL, number))
            self.assertTrue(fits(shown, plan), name)
            counted = re.search(r"(?<!\d)(\d+)(?:\nsteps|個の\nステップ)", text)
            self.assertEqual(len(plan["steps"]), int(counted[1]), name)


class Runs(unittest.TestCase):
    maxDiff = 2000

    def test_actions(self):
        for number in range(1, 5):
            self.assertEqual(runs.run_file(number).read_text("utf-8"),
                             runs.lines_of(played(number)))

    def test_they_end(self):
        ends = [json.loads(played(number)[-1][1]) for number in range(1, 5)]
        self.assertEqual([("finished", outcome) for outcome in
                          ("completed", "stopped", "completed", "stopped")],
                         [(end["do"], end["outcome"]) for end in ends])


class Page(unittest.TestCase):
    def setUp(self):
        text = (ROOT / "docs/hosts.md").read_text("utf-8")
        self.shown = [json.loads(block) for block in
                      re.findall(r"^```json\n(.*?)^```$", text, re.S | re.M)]

    def real(self):
        """Every event, action and journal of the runs."""
        for number in range(1, 5):
            for event, action, journal in played(number):
                yield event
                yield json.loads(action)
                yield json.loads(journal)

    def test_examples_are_real(self):
        documents = [*self.real(), {"do": "pending", "step": "commit"}]
        for shown in self.shown:
            self.assertTrue(any(fits(shown, real) for real in documents),
                            json.dumps(shown)[:200])

    def test_pending(self):
        """A tick while the commit of the first run is under way."""
        plan, given = runs.plan_text(UPSELL, 1), runs.events(1)
        sent = [action for _, action, _ in runs.play(LIBRARY, plan, given)]
        place = next(index for index, action in enumerate(sent) if '"step":"commit"' in action)
        tick = {"type": "tick", "now": given[place]["now"] + 1}
        self.assertEqual({"do": "pending", "step": "commit"}, json.loads(
            runs.play(LIBRARY, plan, [*given[:place + 1], tick])[-1][1]))

    def test_all_kinds_are_shown(self):
        self.assertEqual(EVENTS, {shown["type"] for shown in self.shown if "type" in shown})
        self.assertEqual(ACTIONS, {shown["do"] for shown in self.shown if "do" in shown})
        self.assertEqual(1, sum("format" in shown for shown in self.shown))

    def test_rules_name_all_kinds(self):
        rules = (ROOT / "docs/specification.md").read_text("utf-8")
        for name, kinds in (("RUN-3", EVENTS), ("RUN-4", ACTIONS)):
            told = re.search(rf"^- \*\*{name}\*\* (.*?)(?=^- \*\*)", rules, re.S | re.M)[1]
            self.assertEqual(kinds, set(re.findall(r"^  \| `(\w+)` \|", told, re.M)) - {"type", "do"})

    def test_functions_exist(self):
        header = "".join(path.read_text("utf-8") for path in (ROOT / "include").rglob("*.h"))
        calls = re.findall(r"\b(upsell_\w+)\(", (ROOT / "docs/hosts.md").read_text("utf-8"))
        self.assertGreater(len(calls), 3)
        for call in calls:
            self.assertRegex(header, rf"\b{call}\(")


if __name__ == "__main__":
    UPSELL, LIBRARY = sys.argv[1], runs.libupsell.Library(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
