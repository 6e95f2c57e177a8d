# SPDX-License-Identifier: MIT
"""Kill upsell-run at any point, start it again, and it finishes: charged once, delivered once."""

import collections
import json
import random
import time
import unittest

from support import PATIENCE, RUN, Gate, RunTest, for_each_pattern

# How often each call is cut off. Plans repeat a step without an answer three times or more,
# and the first one is two calls.
CUTS = collections.defaultdict(lambda: 2, calculate=1)


class KilledAtCalls(RunTest):
    """The process is killed while a call is under way, at every call of the plan."""

    def watch_and_kill(self, when):
        cuts = collections.Counter()

        def watch(call):
            if cuts[call.name] == CUTS[call.name]:
                return None
            cuts[call.name] += 1
            if when == "after":
                self.gate.pass_on(call)
            self.kill()
            return Gate.GONE
        self.cuts = cuts
        return watch

    def check(self, when, *options):
        pattern = int(options[1])
        self.open_gate(self.watch_and_kill(when), *options)
        ended = self.finish_after_kills()
        self.assert_completed(ended, pattern)
        # Besides calculate and changeset: at least the order, the claim and two readings of it.
        self.assertGreaterEqual(len(self.cuts), 6)
        self.assertEqual(sum(self.cuts.values()), ended[3] - 1)

    def check_never_arrived(self, pattern):
        self.check("before", "--pattern", str(pattern))

    def check_executed(self, pattern):
        self.check("after", "--pattern", str(pattern))

    def test_before_refunds_had_keys(self):
        self.check("after", "--pattern", "3", "--api-version", "2026-01")

    def test_calculation_dialect(self):
        self.check("after", "--pattern", "1", "--api-version", "2026-10", "--dialect",
                   "calculation")


class KilledAnywhere(RunTest):
    """The process is killed by the clock, wherever it is then."""

    KILLS = 30

    def check_by_the_clock(self, pattern):
        dice = random.Random(2026 + pattern)
        self.open_gate(None, "--pattern", str(pattern))
        begun = time.monotonic()
        self.finish([RUN, "--help"])
        start = (time.monotonic() - begun) / 2
        for _ in range(self.KILLS):
            process = self.start()
            time.sleep(start + dice.uniform(0, 0.02) if self.may_be_killed() else 0.3)
            process.kill()
            process.communicate(timeout=PATIENCE)
        self.assert_completed(self.finish(), pattern)

    def may_be_killed(self):
        """Whether no step was cut off so often that the plan would give it up."""
        if not self.journal.exists():
            return True
        journal = json.loads(self.journal.read_bytes())
        return all(step["status"] != "sent" or step["sends"] <= 2
                   for step in journal["steps"].values())


for_each_pattern(KilledAtCalls, "never_arrived", "executed")
for_each_pattern(KilledAnywhere, "by_the_clock")

if __name__ == "__main__":
    unittest.main()
