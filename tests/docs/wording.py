# SPDX-License-Identifier: MIT
"""Steps of a plan as the tables of docs/specification.md word them (PLN-5)."""
import re


def twice(when: str, first: tuple[int, int], then: tuple[int, int]) -> list[dict]:
    """Rows that repeat a step: often at first, then for half an hour."""
    return [{"when": when, "do": "retry", "max": times, "wait_seconds": seconds}
            for times, seconds in (first, then)]


# Rows that many steps share, and the letter that stands for them.
SHARED = [("*A*", twice("no_answer", (5, 3), (60, 30))),
          ("*T*", twice("throttled", (60, 2), (60, 30)))]


def consequence(row: dict) -> str:
    """What a row of `on` leads to."""
    match row["do"]:
        case "next":
            return "goes on"
        case "skip_to":
            return f"skips to `{row['step']}`"
        case "retry":
            return f"again, {row['max']} × {row.get('wait_seconds', 0)} s"
        case "restart_from":
            return f"restarts `{row['step']}`, {row['max']} ×"
        case "compensate":
            return f"`{row['state']}`, compensates from `{row['step']}`"
        case "stop":
            return f"`{row['state']}`"
    raise ValueError(row["do"])


def shared(rows: list[dict]) -> str | None:
    """The letter for the rows that a list begins with."""
    return next((letter for letter, those in SHARED if rows[:2] == those), None)


def results(step: dict) -> str:
    """The rows in their order; neighbours with the same consequence together."""
    rows, groups = step.get("on", []), []
    while rows:
        if letter := shared(rows):
            groups.append(([], letter))
            rows = rows[2:]
            continue
        if not groups or groups[-1][1] != consequence(rows[0]):
            groups.append(([], consequence(rows[0])))
        groups[-1][0].append(f"`{rows[0]['when']}`")
        rows = rows[1:]
    told = "; ".join(f"{', '.join(names)} → {what}" if names else what for names, what in groups)
    return re.sub(r"\*A\*; \*T\*$", "*R*", told)


def manner(step: dict) -> str:
    """Channel, times, and what may be repeated."""
    if step["channel"] == "wait":
        return f"poll, {step['poll']['every_seconds']} s, {step['timeout_seconds']} s"
    if step["channel"] == "changeset":
        return "changeset, once"
    return ("call" + (", once" if step["irreversible"] else "") +
            (", keyed" if "idempotency_key" in step else ""))


def row_of(step: dict) -> str:
    """A row of a table, without the patterns in front."""
    after = ", ".join(f"`{needed}`" for needed in step["depends_on"]) or "–"
    cells = [f"`{step['id']}`", after, manner(step), f"`{step['if_stopped']}`", results(step)]
    return f"| {' | '.join(cells)} |"


def names(step: dict) -> set[str]:
    """Checks, conditions and outputs of a step."""
    return ({test["name"] for test in step.get("checks", []) + step.get("until", [])} |
            set(step.get("output", {})))


# The steps of each rule, in the order of its table.
RULES = {
    "PLN-9": ["charge", "find_order", "claim", "read_claim", "await_other"],
    "PLN-10": ["confirm", "judge", "await_charge", "judge_absence"],
    "PLN-11": ["await_contract", "open", "add_line", "read_draft", "read_contract", "calculate",
               "await_calculation", "compare", "commit"],
    "PLN-12": ["await_contract", "look_refunded", "guard", "refund", "await_refund",
               "judge_refund"],
    "PLN-13": ["verify"],
    "PLN-14": ["undo_find_order", "undo_claim", "undo_read_claim", "undo_look", "undo_remove",
               "undo_verify", "undo_contract", "refused_find_order", "refused_claim",
               "refused_read_claim", "refused_await_item", "refused_absence", "refused_look",
               "refused_remove", "refused_suggest", "refused_refund", "refused_verify",
               "refused_contract"],
}
PATTERNS_OF = {"PLN-11": {1}, "PLN-12": {3}}


def condition(cases: set[tuple]) -> str:
    """Where a row holds, from its cases of (pattern, version, dialect)."""
    patterns = sorted({case[0] for case in cases})
    versions = sorted({case[1] for case in cases})
    dialects = {case[2] for case in cases}
    words = ["all" if len(patterns) == 4 else ", ".join(map(str, patterns))]
    if dialects == {"calculation"}:
        words.append("calculation")
    elif versions[0] > "2025-10":
        words.append(f"from {versions[0]}")
    elif versions[-1] < "2026-10":
        words.append(f"to {versions[-1]}")
    elif dialects == {"draft"}:
        words.append("draft")
    return ", ".join(words)


def table(rule: str, plans: list[tuple]) -> str:
    """The table of a rule."""
    found = {}
    for *case, plan in plans:
        for step in plan["steps"]:
            if step["id"] in RULES[rule] and case[0] in PATTERNS_OF.get(rule, {1, 2, 3, 4}):
                found.setdefault((step["id"], row_of(step)), set()).add(tuple(case))
    rows = sorted(found.items(), key=lambda item: RULES[rule].index(item[0][0]))
    head = ["| patterns | step | after | how | stops as | results |", "|---|---|---|---|---|---|"]
    return "".join(f"  {line}\n" for line in
                   head + [f"| {condition(cases)} {row}" for (_, row), cases in rows])
