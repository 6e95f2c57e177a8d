#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The schemas of plans, journals and acceptances, against the runner and the program.

    test_running.py --upsell PROGRAM --library LIBRARY --source FOLDER [--seed N]

Plans that the program makes, their journals and what was accepted fit their schemas.  Thousands of
documents with one fault, or none, get the same verdict from schema and code, except where the code
refuses for a reason that no schema can express; each of those must occur.

Exit status: 0 equal, 1 a difference or a reason that never occurred.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import warnings

sys.dont_write_bytecode = True      # leave nothing beside the sources
warnings.simplefilter("ignore", DeprecationWarning)
try:
    from jsonschema import Draft202012Validator
except ImportError:
    sys.exit("test_running: the Python module jsonschema is needed (python3-jsonschema)")

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(SOURCE / "tests" / "docs"))
import documents
import mutants
import runs
import structure

NAMES = ("plan", "journal", "acceptance")
SAMPLES = {"plan": 2200, "real plan": 60, "journal": 1500, "acceptance": 700}
MOST_SHOWN = 5

# Codes with which the code may refuse what the schema accepts, and why.
BEYOND = {
    "plan": {
        "unknown_step": "a schema cannot follow names",
        "unbound": "nor the roads between steps (RUN-2)",
        "unsafe_repeat": "nor see what a row repeats (RUN-2)",
        "duplicate_id": "uniqueItems compares whole items (RUN-1)",
    },
    "journal": {
        "journal_mismatch": "a schema sees neither the plan nor what goes together (RUN-5)",
        "json_syntax": "what is frozen is the text of a document",
        "out_of_range": "a schema cannot compare `now` with `started_at`",
    },
    "acceptance": {
        "too_many_decimals": "the currency is the catalogue's (VAL-2)",
        "bad_id": "maxLength counts characters (VAL-1)",
        "offer_changed": "the decision is elsewhere (PLN-2)",
        "quantity_out_of_range": "the decision is elsewhere (PLN-2)",
        "plan_not_offered": "the decision is elsewhere (PLN-2)",
        "price_changed": "the decision is elsewhere (PLN-2)",
    },
}

# About the text (DOC-1, DOC-2, DOC-5, DOC-7), and numbers that JSON Schema takes for integers (DOC-8).
OF_TEXT = {"duplicate_key", "json_string", "json_depth"}


def many() -> list[tuple]:
    """Lists of a step with as many items as they may have, and with one more (RUN-1, RUN-2)."""
    check = {"at": "/gone", "op": "present"}
    step = ("steps", 1)
    lists = {("webhooks",): lambda number: "orders/paid",
             ("checks",): lambda number: {"name": f"c{number}", **check},
             ("until",): lambda number: {"name": f"u{number}", **check},
             ("on",): lambda number: {"when": "timeout", "do": "stop", "state": "unknown"}}
    found = [(step + path, [item(number) for number in range(count)])
             for path, item in lists.items() for count in (1000, 1001)]
    wheres = [("webhooks", 1, "where"), ("until", 0, "where"), ("output", "order", "where")]
    found += [(step + path, {f"/{number}": 1 for number in range(count)})
              for path in wheres for count in (100, 101)]
    output = {"order": "/order", "lines": "/lines"}
    return found + [(step + ("output",), output | {f"o{number}": "/o" for number in range(count)})
                    for count in (998, 999)]


# One fault for each reason that chance may pass over.
FAULTS = {
    "plan": [(("steps", 4, "id"), "verify"), (("steps", 2, "irreversible"), True),
             (("steps", 2, "variables", "order"), {"$bind": "find/none"}),
             (("steps", 1, "depends_on"), ["none"]), *many()],
    "journal": [(("now",), 1), (("plan_id",), "another"), (("steps", "charge", "frozen"), "x")],
}


class Failure(Exception):
    pass


def of_numbers(value) -> bool:
    """Whether there is a number that is an integer for JSON Schema only, or none of plain digits."""
    return any(isinstance(found, (float, documents.MinusZero))
               for _, found in documents.locations(value))


class Comparison:
    """Schema and code on one kind of document."""

    def __init__(self, name: str, schema: dict, refusal):
        self.name, self.refusal = name, refusal
        self.validator = Draft202012Validator(schema)
        self.counts = collections.Counter()
        self.met = collections.Counter()
        self.shown = []

    def fit(self, document) -> None:
        """What was really made."""
        errors = [error.message[:200] for error in self.validator.iter_errors(document)]
        if errors:
            raise Failure(f"{self.name}: the schema refuses what was made: {errors[:3]}")
        self.counts["made"] += 1

    def judge(self, what: str, mutant) -> None:
        text = documents.to_text(mutant)
        value, codes = documents.parse(text)
        accepts = self.validator.is_valid(value)
        code = self.refusal(text)
        self.counts["accepted" if code is None else "refused"] += 1
        if accepts == (code is None):
            return
        if accepts and (code in BEYOND[self.name] or code in OF_TEXT & codes or
                        code in ("wrong_type", "bad_value") and of_numbers(value)):
            self.met[code] += 1
            return
        self.shown.append(f"{what}: the schema {'accepts' if accepts else 'refuses'}, the code "
                          f"says {code}: {text[:300]}")
        if len(self.shown) == MOST_SHOWN:
            self.end()

    def end(self) -> None:
        if self.shown:
            raise Failure("\n".join(f"{self.name}: {shown}" for shown in self.shown))
        never = set(BEYOND[self.name]) - set(self.met)
        if never:
            raise Failure(f"{self.name}: never the reason, so not tested: {sorted(never)}")


def one_fault(rng: random.Random, document, count: int, name: str = ""):
    """Documents that differ from it in one place; every place has its turn."""
    for path, value in FAULTS.get(name, []):
        yield f"{documents.pointer(path)}: set to {value!r:.80}", documents.replaced(document, path, value)
    places = list(documents.locations(document))
    made = 0
    while made < count:
        rng.shuffle(places)
        for path, value in places[:count - made]:
            what, mutant = rng.choice(list(mutants.at(document, path, value, None)))
            yield what, mutant
            made += 1


def compare_plans(comparison: Comparison, arguments, rng: random.Random) -> None:
    small = json.loads((arguments.source / "tests/schema/plan.json").read_text("utf-8"))
    if comparison.refusal(json.dumps(small)) is not None:
        raise Failure(f"plan.json: {comparison.refusal(json.dumps(small))}")
    comparison.fit(small)
    plans = [plan for _, _, _, plan in runs.all_plans(arguments.upsell)]
    for plan in plans:
        comparison.fit(plan)
    for what, mutant in one_fault(rng, small, SAMPLES["plan"], "plan"):
        comparison.judge(what, mutant)
    for plan in rng.sample(plans, 3):
        for what, mutant in one_fault(rng, plan, SAMPLES["real plan"] // 3):
            comparison.judge(what, mutant)


def compare_journals(comparison: Comparison, library, arguments, rng: random.Random) -> None:
    bases = []
    for number in (1, 4):
        plan = runs.plan_text(arguments.upsell, number)
        played = runs.play(library, plan, runs.events(number))
        for _, _, journal in played:
            comparison.fit(json.loads(journal))
        bases += [(plan, json.loads(played[place][2])) for place in (0, len(played) // 2, -1)]
    for plan, journal in bases:
        comparison.refusal = refusal_of_journal(library, plan)
        for what, mutant in one_fault(rng, journal, SAMPLES["journal"] // len(bases), "journal"):
            comparison.judge(what, mutant)


def compare_acceptances(comparison: Comparison, rng: random.Random) -> None:
    for number in range(1, 5):
        comparison.fit(json.loads((runs.STORE / f"accept-{number}.json").read_text("utf-8")))
    base = json.loads((runs.STORE / "accept-1.json").read_text("utf-8"))
    fields = {"scenario_id": {"kind": "id"}, "selling_plan_id": {"kind": "id"},
              "quantity": {"kind": "integer", "min": 1, "max": 9999},
              "total": {"kind": "amount"}}
    found = [mutant for path, value in documents.locations(base)
             for mutant in mutants.at(base, path, value, fields.get(path[0] if path else None))]
    for what, mutant in rng.sample(found, min(len(found), SAMPLES["acceptance"])):
        comparison.judge(what, mutant)


def refusal_of_plan(library):
    def refusal(text: str):
        try:
            library.runner(text.encode()).close()
            return None
        except runs.libupsell.Refused as refused:
            return refused.name
    return refusal


def refusal_of_journal(library, plan: str):
    runner = library.runner(plan.strip().encode())

    def refusal(text: str):
        try:
            runner.step(text.encode(), b'{"type":"tick","now":1795000400}')
            return None
        except runs.libupsell.Refused as refused:
            return refused.name
    return refusal


def refusal_of_acceptance(upsell: str):
    def refusal(text: str):
        done = subprocess.run(
            [upsell, "plan", "--catalog", str(runs.STORE / "catalog.json"), "--order",
             str(runs.STORE / "order-1.json"), "--accept", "-"], input=text.encode(),
            capture_output=True, check=False)
        if done.returncode not in (0, 1):
            raise Failure(f"exit status {done.returncode} for {ascii(text)}")
        return None if done.returncode == 0 else done.stderr.decode().split(": ")[2]
    return refusal


def run(arguments) -> str:
    library = runs.libupsell.Library(arguments.library)
    specification = (arguments.source / "docs/specification.md").read_text("utf-8")
    schemas = {name: json.loads((arguments.source / f"schema/upsell.{name}.1.schema.json")
                                .read_text("utf-8")) for name in NAMES}
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        structure.check_definitions(name, schema)
        structure.check_rules(name, schema, specification)
        states = schema["$defs"].get("state", {"enum": list(library.states.values())})["enum"]
        structure.require_equal(name, "states", states, list(library.states.values()))
    rng = random.Random(arguments.seed)
    judges = [Comparison("plan", schemas["plan"], refusal_of_plan(library)),
              Comparison("journal", schemas["journal"], None),
              Comparison("acceptance", schemas["acceptance"],
                         refusal_of_acceptance(arguments.upsell))]
    compare_plans(judges[0], arguments, rng)
    compare_journals(judges[1], library, arguments, rng)
    compare_acceptances(judges[2], rng)
    for judge in judges:
        judge.end()
    return "; ".join(f"{judge.name} {dict(judge.counts)}, beyond {dict(judge.met)}"
                     for judge in judges)


def main() -> int:
    parser = argparse.ArgumentParser(description="compare schemas with runner and program")
    parser.add_argument("--upsell", required=True, help="the program")
    parser.add_argument("--library", required=True, help="the shared library")
    parser.add_argument("--source", required=True, type=pathlib.Path, help="the source folder")
    parser.add_argument("--seed", type=int, default=2026)
    try:
        print(f"running: {run(parser.parse_args())}")
    except (Failure, structure.Unequal) as failure:
        print(f"running: {failure}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
