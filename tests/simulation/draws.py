# SPDX-License-Identifier: MIT
"""What families draw their setups from: cases, rates of faults, deeds of others."""
import dataclasses
import random

import cases
from shop import Habits
from world import Faults, Setup

# Cases that runs draw from, so that plans are made once each.
POOL = [cases.draw(random.Random(f"case {number}")) for number in range(400)]

# And for every pattern, version and dialect some that differ in the rest.
WORDED = [dataclasses.replace(rng.choice([one for one in POOL if one.pattern == case.pattern]),
                              version=case.version, dialect=case.dialect)
          for rng in [random.Random("wordings")] for case in cases.all_wordings()
          for _ in range(8)]

LOST = {"lost_before": 0.04, "lost_after": 0.05, "lost_late": 0.03, "late_answer": 0.02}
EVERYTHING = {"lost_before": 0.02, "lost_after": 0.03, "lost_late": 0.02, "late_answer": 0.01,
              "twice": 0.03, "throttled": 0.03, "internal": 0.03, "garbage": 0.01,
              "hiccup": 0.01, "crash": 0.01}


def pick(rng, **wanted) -> cases.Case:
    """A case of the pool with these properties."""
    while True:
        case = rng.choice(POOL)
        if all(getattr(case, name) in values for name, values in wanted.items()):
            return case


def setup(rng, network=None, case=None, **faults) -> Setup:
    """A setup with only these faults; contracts come within the guide's six minutes."""
    habits = Habits(trigger_contract=rng.randrange(1, 360), new_contract=rng.randrange(1, 360),
                    search_lag=rng.choice((0, 0, 5)), calculation_delay=rng.choice((0, 2, 9)),
                    recommit=rng.choice(("COMMITTED", "STALE_CONTRACT")))
    return Setup([case or rng.choice(POOL)], habits, Faults(network=network or {}, **faults))


def other_acceptance(rng, case: cases.Case) -> cases.Case:
    """Another plan of the same buyer for the same offer."""
    change = rng.choice(("quantity", "version", "plan"))
    if change == "quantity" or case.dialect == "calculation":
        return dataclasses.replace(case, quantity=case.quantity % 3 + 1)
    if change == "plan" and case.pattern == 3:
        chosen = None if case.chosen_plan else cases.WEEKLY
        return dataclasses.replace(case, chosen_plan=chosen)
    others = cases.VERSIONS[:-1] if case.version == "2026-10" else cases.VERSIONS[-1:]
    return dataclasses.replace(case, version=rng.choice(others))


def meddling(rng, deeds: list, count: int) -> tuple:
    """Deeds of others: some at a time, some right before a call of a host."""
    return tuple((rng.choice(deeds), rng.randrange(900), None) if rng.random() < 0.4
                 else (rng.choice(deeds), None, rng.randrange(1, 25)) for _ in range(count))
