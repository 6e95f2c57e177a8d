# SPDX-License-Identifier: MIT
"""Plans broken on purpose: each leaves out one thing that plans do, and breaks a rule for it.

A change takes a plan document and gives another one that is still well-formed.
"""
import copy
import dataclasses
from typing import Callable


def steps(document: dict, prefix: str = "") -> list:
    return [step for step in document["steps"] if step["id"].startswith(prefix)]


def drop_tests(document: dict, *names: str, within: str = "") -> None:
    """Leave out checks and until-tests with these names, and the rows of the checks."""
    for step in steps(document, within):
        for key in ("checks", "until"):
            if key in step:
                kept = [test for test in step[key] if test["name"] not in names]
                if kept or key == "checks":
                    step[key] = kept
        step["on"] = [row for row in step["on"] if row["when"] not in names]


def row(step: dict, when: str) -> dict:
    return next(one for one in step["on"] if one["when"] == when)


# -- the changes -------------------------------------------------------------------------

def no_claim(document):
    """Whoever reads the claim takes it for its own."""
    for step in steps(document, "read_claim"):
        ours = row(step, "ours")
        drop_tests(document, "unclaimed", "ours", within=step["id"])
        step["on"].append({**ours, "when": "ok"})


def no_marker(document):
    """Nobody looks whether the line was added before."""
    drop_tests(document, "already_added")


def no_evidence(document):
    """Nobody looks whose charge it was."""
    drop_tests(document, "foreign", "evidence", "no_evidence")


def refund_first(document):
    """The bought lines are refunded without waiting for the contract that replaces them."""
    for step in steps(document, "await_contract"):
        step["until"] = [{"name": "there", "at": "/node/id", "op": "present"}]
    drop_tests(document, "no_contract", within="guard")


def pay_no_heed(document):
    """Nobody looks whether the buyer has paid."""
    drop_tests(document, "paid", within="confirm")
    drop_tests(document, "unpaid", "owing", within="guard")


def add_again(document):
    """A line without an answer is added again to the same draft, which nobody reads back."""
    for step in steps(document, "add_line"):
        row(step, "no_answer").update({"do": "retry", "wait_seconds": 2})
        row(step, "no_answer").pop("step", None)
    for step in steps(document, "read_draft"):
        step.pop("output", None)
        step["on"] = [one for one in step["on"] if one["when"] not in ("no_match", "ambiguous")]


def commit_anew(document):
    """A commit without an answer is tried again with a new draft, without looking."""
    no_marker(document)
    for step in steps(document, "commit"):
        target = row(step, "STALE_CONTRACT")["step"]
        step["on"] = [one for one in step["on"] if one["when"] != "no_answer"]
        step["on"].append({"when": "no_answer", "do": "restart_from", "step": target, "max": 5})


def first_order(document):
    """The first order that the search finds is taken."""
    for step in steps(document):
        if step["id"].endswith("find_order") and "orders" in step["poll"]["operation"]:
            step["until"] = [{"name": "found", "at": "/orders/nodes/0/id", "op": "present"}]
            step["output"] = {"order_id": "/orders/nodes/0/id"}


def take_off_blindly(document):
    """An item is taken off without a look at what was paid."""
    drop_tests(document, "paid", "unpaid", "other_amount", "has_contract", within="undo_look")
    drop_tests(document, "paid", "unpaid", "other_amount", within="judge")
    for step in steps(document, "judge"):
        if row(step, "ok")["do"] != "stop":
            step["on"] = [one for one in step["on"] if one["when"] != "ok"]
            step["on"].append({"when": "ok", "do": "compensate", "step": "undo_find_order",
                               "state": "unpaid_line_removed"})
    for step in steps(document, "confirm"):
        step["timeout_seconds"] = 1
        step["until"].append({"name": "never", "at": "/never", "op": "present"})


def no_proof(document):
    """The end is not read back."""
    for step in steps(document, "verify"):
        step["until"] = [{"name": "there", "at": "", "op": "present"}]
        step.pop("output", None)


def give_up_early(document):
    """What was not answered is taken for not done."""
    for step in steps(document, "charge"):
        step["on"] = [one for one in step["on"] if one["when"] != "no_answer"]
        step["on"].append({"when": "no_answer", "do": "stop", "state": "not_charged"})


def any_line(document):
    """Of several lines that could be the new one, any will do."""
    for step in steps(document):
        if step["id"] in ("confirm", "verify", "undo_look") and "output" in step \
                and document["pattern"] != "one_time_to_subscription":
            step["output"].pop("line_id", None)
            if not step["output"]:
                step.pop("output")


def plain_codes_first(document):
    """A plain refusal counts, whatever is said beside it."""
    for step in steps(document, "charge"):
        plain = [one for one in step["on"] if one["when"].startswith("unprocessed/")]
        step["on"] = plain + [one for one in step["on"] if one not in plain]


def short_wait(document):
    """The order is read once, ten minutes after the page has closed."""
    for step in steps(document, "confirm") + steps(document, "await_charge"):
        step["timeout_seconds"] = 300


def any_amount(document):
    """Whatever is owed is taken for the item's price, whatever else is new on the order."""
    drop_tests(document, "other_amount", "more_lines")
    for step in document["steps"]:
        if step["id"] in ("undo_look", "refused_look"):
            step["output"].pop("line_id", None)


def money_taken_on_trust(document):
    """A line that is off the order is taken for refunded."""
    drop_tests(document, "money_back", "money_kept")


@dataclasses.dataclass(frozen=True)
class Breakage:
    """A broken plan, or a host that breaks its duty, and where that shows."""
    name: str
    family: str
    change: Callable | None = None      # of the document
    host: dict = dataclasses.field(default_factory=dict)    # of the Setup

    def apply(self, document: dict) -> dict:
        changed = copy.deepcopy(document)
        if self.change is not None:
            self.change(changed)
        return changed


BREAKAGES = [
    Breakage("no_claim", "eager_runners", no_claim),
    Breakage("no_marker", "lost_answers", no_marker),
    Breakage("no_evidence", "two_acceptances", no_evidence),
    Breakage("refund_first", "no_contract", refund_first),
    Breakage("pay_no_heed", "partial_payment", pay_no_heed),
    Breakage("add_again", "lost_answers", add_again),
    Breakage("commit_anew", "lost_answers", commit_anew),
    Breakage("first_order", "calm", first_order),
    Breakage("take_off_blindly", "calm", take_off_blindly),
    Breakage("no_proof", "away", no_proof),
    Breakage("give_up_early", "lost_answers", give_up_early),
    Breakage("any_line", "key_not_honoured", any_line),
    Breakage("any_line takes off", "same_variant", any_line),
    Breakage("plain_codes_first", "several_codes", plain_codes_first),
    Breakage("short_wait", "late_page", short_wait),
    Breakage("any_amount", "equal_amount", any_amount),
    Breakage("money_taken_on_trust", "refund_without_money", money_taken_on_trust),
    Breakage("no_evidence for a new plan", "regenerated", no_evidence),
    Breakage("a new key for every try", "lost_answers", host={"fresh_keys": True}),
    Breakage("prices not compared", "odd_platform", host={"compares": False}),
    Breakage("a loss reported as not sent", "lost_answers", host={"takes_loss_lightly": True}),
]
