# SPDX-License-Identifier: MIT
"""Kinds of mishaps: each family draws setups in which one thing (or, in `chaos`, everything)
goes wrong."""
import dataclasses
from typing import Callable

import changesets
import foreign
import hard_families as hard
from draws import EVERYTHING, LOST, WORDED, meddling, other_acceptance, pick, setup
from world import Setup


# -- what comes right in the end ---------------------------------------------------------

def calm(rng):
    made = setup(rng, case=rng.choice(WORDED))
    made.habits.future_edits_at = rng.choice(("commit", "open"))
    return made


def lost_answers(rng):
    return setup(rng, LOST)


def throttled(rng):
    return setup(rng, {"throttled": 0.3}, page={})


def every_crash(rng):
    """One crash, at any point of a run."""
    made = setup(rng, case=rng.choice(WORDED), down=(1, 30))
    where = rng.choice(("before storing", "after storing", "after sending"))
    made.faults.crash_at = where, rng.randrange(40)
    return made


def every_fault(rng):
    """One fault, at any call of a run."""
    made = setup(rng, case=rng.choice(WORDED))
    made.faults.at = rng.choice(sorted(EVERYTHING)), rng.randrange(1, 30)
    return made


def internal_errors(rng):
    return setup(rng, {"internal": 0.12, "garbage": 0.03})


def duplicates(rng):
    return setup(rng, {"twice": 0.15})


def crashes(rng):
    return setup(rng, {"crash": 0.04}, crash=0.03)


def webhooks(rng):
    return setup(rng, {"lost_after": 0.02}, early_tick=0.2, clock_back=0.2,
                 webhooks=(0, 1, 2, 3), webhook_delays=(0, 1, 40, 500, 4000), bogus_webhooks=4)


def late_order(rng):
    made = setup(rng)
    made.habits.search_lag = rng.randrange(10, 800)
    made.habits.line_lag = rng.choice((0, 5, 60))
    made.habits.payment_lag = rng.choice((0, 5, 60))
    return made


def late_contract(rng):
    """Later than the guide says, but within the wait."""
    made = setup(rng, case=pick(rng, pattern=(1, 3)))
    made.habits.trigger_contract = made.habits.new_contract = rng.randrange(360, 860)
    return made


def two_runners(rng):
    made = setup(rng, {"lost_after": 0.02, "lost_late": 0.02, "crash": 0.01}, crash=0.005)
    made.runners = (0, 0)
    return made


def eager_runners(rng):
    """Two hosts at the very same time, on a platform that notices changes of a contract
    only while it commits: nothing but the claim keeps them apart."""
    made = setup(rng, case=pick(rng, pattern=(1,), dialect=("draft",)))
    made.habits.stale = "overlap"
    made.habits.trigger_contract = rng.choice((1, 40))
    made.runners = (0, 0)
    return made


# -- what cannot come right --------------------------------------------------------------

def two_acceptances(rng):
    """The same offer accepted twice: with another quantity, plan, or version of the host."""
    made = setup(rng, {"lost_after": 0.03, "lost_late": 0.02})
    made.cases.append(other_acceptance(rng, made.cases[0]))
    made.runners = rng.choice(((0, 1), (1, 0)))
    return made


def refusals(rng):
    made = setup(rng, LOST)
    made.habits.refusals = [rng.choice(changesets.PLAIN_REFUSALS)
                            for _ in range(rng.choice((1, 1, 2, 5)))]
    return made


def partial_payment(rng):
    made = setup(rng, rng.choice(({}, LOST)))
    made.habits.payment = "fails"
    made.habits.pays_later = rng.choice((None, 30, 600, 1795, 1800, 1805, 1815, 3000))
    return made


def creation_error(rng):
    made = setup(rng, rng.choice(({}, LOST)), case=pick(rng, pattern=(3,)))
    made.habits.creation_error = rng.choice(("nothing", "paid", "unpaid", "made"))
    made.habits.new_contract = rng.choice((1, 20))
    made.habits.pays_later = rng.choice((None, 60, 1800))
    return made


def no_contract(rng):
    """It comes after the wait, or never."""
    made = setup(rng, rng.choice(({}, LOST)), case=pick(rng, pattern=(1, 3)))
    delay = rng.choice((None, rng.randrange(880, 2000)))
    made.habits.trigger_contract = made.habits.new_contract = delay
    return made


def foreign_edits(rng):
    made = setup(rng, rng.choice(({}, LOST)), case=pick(rng, pattern=(1,)))
    made.habits.trigger_contract = rng.choice((1, 100))
    made.habits.contract_discounts = rng.choice(((), ("line",), ("line", "line"), ("all",),
                                                 ("code",), ("unlimited",)))
    made.foreign = meddling(rng, foreign.EDITS, rng.randrange(1, 6))
    return made


def contract_ends(rng):
    made = setup(rng, rng.choice(({}, LOST)), case=pick(rng, pattern=(1, 3)))
    made.habits.future_edits_at = rng.choice(("commit", "open"))
    made.foreign = meddling(rng, foreign.ENDS, 1)
    return made


def merchant(rng):
    """The merchant refunds or cancels."""
    made = setup(rng, rng.choice(({}, LOST)))
    made.foreign = meddling(rng, foreign.MERCHANT, rng.choice((1, 2)))
    return made


def order_edited(rng):
    """The merchant puts something on the order that is still to be paid."""
    made = setup(rng)
    made.habits.payment = rng.choice(("ok", "ok", "fails"))
    made.habits.pays_later = rng.choice((None, 60, 2400))
    made.foreign = meddling(rng, ["add_unpaid_item"], 1)
    return made


def warehouse(rng):
    """The order is released, or sent out, before everything is done."""
    made = setup(rng, rng.choice(({}, LOST)))
    made.hold = rng.choice((1, 20, 400, 3600))
    made.habits.fulfil_after = rng.choice((0, 60, 600))
    made.foreign = meddling(rng, foreign.WAREHOUSE, rng.choice((0, 1)))
    return made


def page_closed(rng):
    made = setup(rng, page={"lost_before": 0.2, "lost_after": 0.2, "lost_late": 0.2,
                            "internal": 0.2})
    made.page_closes = rng.choice((0, 1, 5, 20, 60, 400))
    made.hold = rng.choice((60, 3600))
    return made


def odd_platform(rng):
    """The platform counts fixed discounts per line, or joins equal lines; calculations fail."""
    made = setup(rng)
    made.habits.fixed_basis = rng.choice(("unit", "line"))
    made.habits.merge_lines = rng.random() < 0.5
    made.habits.calculation_fails = rng.random() < 0.3
    return made


def chaos(rng):
    """All at once."""
    made = setup(rng, EVERYTHING, crash=0.01, never_back=rng.choice((0, 0, 0.2)),
                 early_tick=0.1, clock_back=0.1, webhooks=(0, 1, 2),
                 webhook_delays=(0, 5, 300), bogus_webhooks=2)
    habits = made.habits
    habits.line_lag, habits.payment_lag = rng.choice(((0, 0), (0, 0), (20, 40)))
    habits.payment = rng.choice(("ok", "ok", "ok", "fails"))
    habits.pays_later = rng.choice((None, 60, 1800))
    habits.refusals = rng.choice(([], [], ["server_error"], ["insufficient_inventory"]))
    habits.trigger_contract = rng.choice((1, 30, 300, 1200, None))
    habits.new_contract = rng.choice((1, 30, 300, 1200, None))
    habits.contract_discounts = rng.choice(((), (), ("line",)))
    habits.beside = hard.codes_beside(rng)
    if rng.random() < 0.1:
        made.faults.outage = ("down", rng.randrange(1, 30), rng.randrange(15, 900))
    if made.cases[0].pattern == 3:
        habits.creation_error = rng.choice((None, None, None, "paid", "unpaid"))
    every = foreign.EDITS + foreign.ENDS + foreign.MERCHANT + foreign.WAREHOUSE
    made.foreign = meddling(rng, every, rng.choice((0, 0, 1, 2)))
    made.hold = rng.choice((60, 3600, 3600))
    made.page_closes = rng.choice((None, None, 10, 100))
    made.cases.append(other_acceptance(rng, made.cases[0]))
    made.runners = rng.choice(((0,), (0,), (0, 0), (0, 0), (0, 1), (0, 1, 1)))
    return made


def away(rng):
    """An outage longer than anything is tried. Only for plans that were broken on purpose."""
    made = setup(rng, case=pick(rng, pattern=(1,)))
    made.faults.outage = ("down", rng.randrange(5, 30), 5000)
    return made


@dataclasses.dataclass(frozen=True)
class Family:
    draw: Callable
    share: int                  # of the runs
    completed: float = 0.0      # at least this part of the runs must complete
    unknown: float = 1.0        # at most this part may end in `unknown`
    excused: str | None = None  # runs that end in this state do not count

    @property
    def name(self):
        return self.draw.__name__


FAMILIES = [
    Family(calm, 2, 1.0, 0.0),
    Family(throttled, 1, 1.0, 0.0),
    Family(duplicates, 2, 0.99, 0.0),
    Family(webhooks, 2, 0.98, 0.0),
    Family(late_order, 1, 1.0, 0.0),
    Family(late_contract, 1, 1.0, 0.0),
    Family(eager_runners, 1, 1.0, 0.0),
    Family(every_crash, 3, 0.98, 0.0),
    Family(every_fault, 3, 0.97, 0.0),
    Family(lost_answers, 3, 0.95, 0.01),
    Family(internal_errors, 2, 0.9, 0.02),
    Family(crashes, 3, 0.9, 0.01),
    Family(two_runners, 3, 0.95, 0.03),
    Family(two_acceptances, 2, 0.4, 0.01),
    Family(refusals, 2, 0.0, 0.01),
    Family(partial_payment, 2, 0.4, 0.2),
    Family(creation_error, 1, 0.0, 0.05),
    Family(no_contract, 2, 0.0, 0.01),
    Family(foreign_edits, 3, 0.8, 0.01),
    Family(contract_ends, 1, 0.6, 0.05),
    Family(merchant, 2, 0.4),
    Family(order_edited, 1, 0.3),
    Family(warehouse, 2, 0.5, 0.01),
    Family(page_closed, 2, 0.3, 0.01),
    Family(odd_platform, 1, 0.5, 0.0),
    Family(hard.several_codes, 2, 0.45, 0.08),
    Family(hard.same_variant, 3, 0.2),
    Family(hard.key_not_honoured, 2, 0.5),
    Family(hard.late_page, 2, 0.96, 0.01),
    Family(hard.refund_without_money, 1, 0.25),
    Family(hard.outage, 2, 0.97, 0.01, excused="not_charged"),
    Family(hard.throttled_for_long, 1, 0.99, 0.0, excused="not_charged"),
    Family(hard.equal_amount, 2, 0.4),
    Family(hard.tax_on_top, 1, 0.6),
    Family(hard.regenerated, 1, 0.47, 0.01),
    Family(hard.http_statuses, 2, 0.97, 0.01, excused="not_charged"),
    Family(hard.http_denied, 1, 0.2),
    Family(chaos, 8, 0.2),
]
BY_NAME = {family.name: family for family in [*FAMILIES, Family(away, 0)]}
WHEEL = [family for family in FAMILIES for _ in range(family.share)]


def family_of(seed: int) -> Family:
    """Which family a seed belongs to: they take turns."""
    return WHEEL[seed % len(WHEEL)]
