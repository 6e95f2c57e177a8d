# SPDX-License-Identifier: MIT
"""Kinds of mishaps that plans cannot see through at once: answers that say several things,
the same item and the same sum by other hands, a platform that breaks its word or is away.
"""
import dataclasses

import changesets
import foreign
from draws import LOST, meddling, pick, setup

# Codes that mean "nothing was done" when they stand alone.
PLAIN = [code for code in changesets.PLAIN_REFUSALS if code != "server_error"]
LONGEST_OUTAGE = 20 * 60


def codes_beside(rng) -> tuple:
    """Plain codes around the one that counts."""
    return tuple(tuple(rng.sample(PLAIN, rng.choice((0, 1, 1, 2)))) for _ in range(2))


def several_codes(rng):
    """An answer with several codes, in any order."""
    kind = rng.choice(("applied", "server_error", "creation_error", "unpaid", "refused"))
    if kind == "creation_error":
        made = setup(rng, rng.choice(({}, LOST)), case=pick(rng, pattern=(3,)))
        made.habits.creation_error = rng.choice(("nothing", "paid", "unpaid", "made"))
    else:
        made = setup(rng, rng.choice(({}, LOST)))
    habits = made.habits
    habits.beside = codes_beside(rng)
    if kind == "applied":
        made.faults.page = {"lost_after": 0.5, "lost_late": 0.2, "internal": 0.2}
    elif kind == "server_error":
        habits.server_errors = [rng.random() < 0.6 for _ in range(rng.randrange(1, 6))]
    elif kind == "unpaid":
        habits.payment = "fails"
        habits.pays_later = rng.choice((None, 60, 1795, 2400))
    elif kind == "refused":
        habits.refusals = [rng.choice(PLAIN)]
    return made


def same_variant(rng):
    """Somebody else adds the very item that is offered."""
    made = setup(rng, rng.choice(({}, {}, LOST)))
    made.habits.payment = rng.choice(("ok", "ok", "ok", "fails"))
    made.habits.pays_later = rng.choice((None, 60, 2400))
    made.habits.merge_lines = rng.random() < 0.3
    deed = rng.choice(foreign.SAME_ITEM)
    made.foreign = rng.choice((((deed, 0, None),), ((deed, None, rng.randrange(1, 8)),),
                               meddling(rng, foreign.SAME_ITEM, 1)))
    return made


def key_not_honoured(rng):
    """A host draws a new `jti` for every try, so that the platform executes each one. A
    charge that comes after the order was read for the last time could not be seen."""
    made = setup(rng, page={"lost_after": 0.5, "internal": 0.2})
    made.habits.honours_keys = False
    made.habits.merge_lines = rng.random() < 0.3
    return made


def late_page(rng):
    """A page whose token does not expire charges when nobody expects it any more."""
    made = setup(rng, rng.choice(({}, {}, LOST)),
                 page={"lost_for_long": 0.8, "lost_after": 0.05, "crash": 0.05})
    made.page_expires = False
    made.faults.down = (1, 60, 900, 4000)
    return made


def refund_without_money(rng):
    """What was bought comes off the order, and its price stays with the shop for a while,
    or for good."""
    made = setup(rng, rng.choice(({}, {}, LOST)), case=pick(rng, pattern=(3,)))
    made.habits.refund_pays = rng.choice((None, None, 20, 250, 2000))
    kind = rng.choice(("replaced", "replaced", "merchant", "creation_error"))
    if kind == "merchant":
        made.habits.refund_pays = 0
        made.foreign = meddling(rng, ["take_off_bought"], 1)
    elif kind == "creation_error":
        made.habits.creation_error = rng.choice(("paid", "unpaid"))
    return made


def outage(rng):
    """The platform is away for a while."""
    made = setup(rng, rng.choice(({}, LOST)))
    made.faults.outage = ("down", rng.randrange(1, 30), rng.randrange(15, LONGEST_OUTAGE))
    return made


def throttled_for_long(rng):
    made = setup(rng)
    made.faults.outage = ("throttled", rng.randrange(1, 30), rng.choice((60, 300, 600)))
    return made


def equal_amount(rng):
    """Something else is owed, and it costs the same."""
    made = setup(rng)
    made.habits.payment = rng.choice(("ok", "ok", "fails"))
    made.habits.pays_later = rng.choice((None, 60, 2400))
    made.habits.payment_lag = rng.choice((0, 0, 40))
    if made.cases[0].pattern == 3:
        made.habits.creation_error = rng.choice((None, None, "paid", "unpaid"))
    made.foreign = meddling(rng, ["add_unpaid_equal"], rng.choice((1, 1, 2)))
    return made


def tax_on_top(rng):
    """What is charged, or owed, is more than the item's price."""
    made = setup(rng, rng.choice(({}, LOST)))
    made.habits.tax_percent = 10
    made.habits.payment = rng.choice(("ok", "fails"))
    made.habits.pays_later = rng.choice((None, 60, 1795, 2400))
    return made


def regenerated(rng):
    """The catalogue changes, and a plan is made again that replaces, or joins, other lines."""
    made = setup(rng, {"lost_after": 0.03, "lost_late": 0.02},
                 case=pick(rng, pattern=(1, 3, 3), extra_line=(True,)))
    made.cases.append(dataclasses.replace(made.cases[0], more_triggers=True))
    made.runners = rng.choice(((0, 1), (1, 0)))
    return made


def http_statuses(rng):
    """Answers that no GraphQL engine wrote."""
    return setup(rng, {"hiccup": 0.12})


def http_denied(rng):
    """The token was taken back, or a firewall is in the way."""
    made = setup(rng)
    made.faults.at = "denied", rng.randrange(1, 30)
    return made
