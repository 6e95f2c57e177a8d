# SPDX-License-Identifier: MIT
"""How the buyer really stands: read from the shop's own books, and compared with what a run says.
"""
from dataclasses import dataclass


class Violation(Exception):
    """Something happened that must never happen."""


@dataclass(frozen=True)
class Target:
    """What a plan promises for one target, in the shop's terms."""
    line: int | None            # pattern 1: number of the bought line whose contract it joins
    plan: str | None            # GID of its selling plan
    price: int | None           # pattern 1: unit price from cycle 2 on


@dataclass(frozen=True)
class Promise:
    """What a plan document says that it does."""
    plan_id: str
    pattern: int
    variant: str
    quantity: int
    charge: int
    targets: tuple
    replaced: tuple             # (line number, quantity) of the lines to refund


@dataclass(frozen=True)
class Facts:
    """The books at one moment."""
    evidence: frozenset         # plan ids on the order
    charged: int                # taken from the buyer since the purchase
    net: int                    # of that, what was not given back
    present: bool               # an accepted item is on the order
    unpaid: bool                # and some of it is not paid
    paid: bool                  # an accepted item was paid, at any time
    whole: bool                 # all accepted lines are there with their whole quantity
    delivered: tuple            # per target of the plan that charged
    refunded: bool              # the replaced lines are off the order
    repaid: bool                # and what they cost went back
    contract: bool              # a contract was made for the accepted subscription
    cancelled: bool


def added_lines(order) -> list:
    return [line for line in order.lines if line.key is not None]


def charges(order) -> list:
    """What was taken from the buyer for accepted items."""
    numbers = {line.number for line in added_lines(order)}
    return [entry for entry in order.ledger
            if entry.kind == "sale" and numbers & set(entry.lines)]


def net_of(order, lines: list) -> int:
    """What the buyer has paid for lines, less what was given back for them."""
    numbers = {line.number for line in lines}
    taken = sum(entry.amount for entry in charges(order))
    back = sum(entry.amount for entry in order.ledger
               if entry.kind == "refund" and (numbers & set(entry.lines) or not entry.lines))
    return max(0, taken - back)


def is_delivered(order, promise: Promise, target: Target, lines: list) -> bool:
    """Whether the buyer has what one target promises."""
    if promise.pattern == 1:
        contract = next(line.contract for line in order.lines if line.number == target.line)
        return contract is not None and contract.status == "ACTIVE" \
            and len(contract.marked(promise.plan_id)) == 1
    whole = [line for line in lines if line.paid and line.current == promise.quantity]
    if promise.pattern == 3:
        return any(line.contract is not None and line.contract.status == "ACTIVE"
                   for line in whole)
    return bool(whole)


def is_repaid(order, promise: Promise, lines: dict) -> bool:
    """Whether what the replaced lines cost went back to the buyer."""
    numbers = {number for number, _ in promise.replaced}
    due = sum(lines[number].total * quantity // lines[number].quantity
              for number, quantity in promise.replaced)
    return due <= sum(entry.amount for entry in order.ledger
                      if entry.kind == "refund" and numbers & set(entry.lines))


def look(order, promise: Promise) -> Facts:
    """The books, as far as they concern what this plan promises."""
    lines = added_lines(order)
    replaced = {line.number: line for line in order.lines}
    wanted = promise.quantity * len(promise.targets)
    return Facts(
        evidence=frozenset(one.value for one in order.metafields.values()
                           if one.key.startswith("charge-")),
        charged=sum(entry.amount for entry in charges(order)),
        net=net_of(order, lines),
        present=any(line.current for line in lines),
        unpaid=any(line.current and not line.paid for line in lines),
        paid=any(line.paid for line in lines),
        whole=sum(line.current for line in lines) == wanted,
        delivered=tuple(is_delivered(order, promise, target, lines)
                        for target in promise.targets),
        refunded=all(replaced[number].removed >= quantity
                     for number, quantity in promise.replaced),
        repaid=order.cancelled_at is not None or is_repaid(order, promise, replaced),
        contract=any(line.contract is not None for line in lines),
        cancelled=order.cancelled_at is not None)


# -- what a run may say ------------------------------------------------------------------

def is_completed(facts: Facts, promise: Promise) -> bool:
    return facts.evidence == {promise.plan_id} and facts.charged == promise.charge \
        and all(facts.delivered) and facts.refunded and facts.repaid


TRUE = {
    "not_charged": lambda facts, promise: not facts.charged and not facts.present,
    "unpaid_line": lambda facts, promise: facts.present and facts.unpaid,
    "unpaid_line_removed": lambda facts, promise: not facts.present and not facts.net
    and promise.plan_id in facts.evidence,
    "paid_not_delivered": lambda facts, promise: facts.paid and not all(facts.delivered),
    "delivered_not_refunded": lambda facts, promise: facts.contract
    and not (facts.refunded and facts.repaid),
    "paid_contract_unknown": lambda facts, promise: facts.paid,
    "claimed_by_other": lambda facts, promise: bool(facts.evidence - {promise.plan_id}),
    "unknown": lambda facts, promise: True,
}

# States that call for a person where the buyer paid and does not have the item.
OUTSPOKEN = {"paid_not_delivered", "paid_contract_unknown", "unknown", "claimed_by_other",
             "delivered_not_refunded", "unpaid_line"}


def check_said(promise: Promise, completed: bool, stops: list, moments: list) -> None:
    """Raise Violation unless what a run says held at one of the moments (what it read last,
    and when it ended)."""
    if completed:
        if not any(is_completed(facts, promise) for facts in moments):
            raise Violation(f"completed, but {moments[-1]}")
        return
    for step, result, state in stops:
        if not any(TRUE[state](facts, promise) for facts in moments):
            raise Violation(f"{step} stopped with {result} as {state}, but {moments[-1]}")


def final_stops(document: dict, stops: list) -> list:
    """The stops that count: what compensation ended with stands for what it compensated."""
    steps = {step["id"]: step for step in document["steps"]}
    undone = [stop for stop in stops if steps[stop[0]].get("lane") == "compensation"]
    if not undone:
        return stops
    return [stop for stop in stops if not compensates(steps[stop[0]], stop[1])
            and stop not in undone[:-1]]


def compensates(step: dict, result: str) -> bool:
    return any(row["do"] == "compensate" and row["when"] in (result, result.split("/")[-1])
               for row in step["on"])


def is_outspoken(stops: list) -> bool:
    return any(state in OUTSPOKEN for _, _, state in stops)


def check_really_delivered(promise: Promise, completed: bool, delivered_ever: set) -> None:
    """Raise Violation where a run completed and a target was never delivered."""
    if completed and len(delivered_ever) < len(promise.targets):
        raise Violation("completed, but not every target was ever delivered")
