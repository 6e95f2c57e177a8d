#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The JSON Schemas and the code say the same.

    test_schema.py --upsell PROGRAM --tables PROGRAM --source FOLDER [--seed N]

Structure: the schemas have the keys, names and ranges of the reader's tables.  Behaviour: thousands
of documents with one fault, or none, or two, get the same verdict from schema and program, except
by the classes of beyond.py, each of which must occur.  Decisions: what the program writes fits its
schema, key by key.  Defaults: a document with the schema's defaults filled in decides the same.

Exit status: 0 equal, 1 a difference or a case that never occurred.
"""

import argparse
import collections
import concurrent.futures
import copy
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import warnings

sys.dont_write_bytecode = True      # leave nothing beside the sources
warnings.simplefilter("ignore", DeprecationWarning)
try:
    from jsonschema import Draft202012Validator
except ImportError:
    sys.exit("test_schema: the Python module jsonschema is needed (python3-jsonschema)")

import beyond
import decisions
import documents
import mutants
import structure

NAMES = ("catalog", "order", "decision")
SMALL = 170                 # most places in a catalogue that is changed place by place
BASES = {"catalog": 14, "order": 40}
PLACES = {"catalog": 1, "order": 3}     # how many of each kind of place
PAIRS = 600                 # mutants of mutants
TEA_STORE_MUTANTS = 150
DECIDED_CATALOGS = 60       # for decisions and defaults
ORDERS = 12
SPOILT_EACH = 2             # decisions of a kind that are spoilt
MOST_SHOWN = 5              # differences that are shown before the test gives up
PAIR = "two changes"
TEXT_CODES = {"json_syntax", "json_encoding", "json_depth", "json_string", "duplicate_key"}


class Failure(Exception):
    pass


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare the schemas with the code")
    parser.add_argument("--upsell", required=True, help="the program")
    parser.add_argument("--tables", required=True, help="the program that prints the tables")
    parser.add_argument("--source", required=True, type=pathlib.Path, help="the source folder")
    parser.add_argument("--seed", type=int, default=2026)
    return parser.parse_args()


class Program:
    """upsell check and upsell decide."""

    def __init__(self, path):
        self.path = path
        self.folder = tempfile.TemporaryDirectory()
        self.catalog_path = pathlib.Path(self.folder.name) / "catalog.json"

    def run(self, *arguments, text=""):
        done = subprocess.run([self.path, *arguments], input=text.encode("utf-8"),
                              capture_output=True, timeout=120, check=False)
        if done.returncode not in (0, 1):
            raise Failure(f"exit status {done.returncode} of {' '.join(arguments)}: "
                          f"{ascii(done.stderr[-500:])} for {ascii(text[:2000])}")
        return done

    def check(self, text):
        """The problems of a catalogue: (code, pointer). Warnings refuse nothing (CAT-20)."""
        done = self.run("check", "--quiet", "-", text=text)
        lines = [line for line in done.stdout.decode("utf-8").split("\n")[:-1]
                 if not re.match(r"-: .*?: warning: ", line)]
        matches = [re.match(r"-: (.*?): ([a-z_]+): ", line) for line in lines]
        if None in matches or done.returncode != (1 if lines else 0):
            raise Failure(f"exit status {done.returncode} with {lines} for {ascii(text[:2000])}")
        return [(match[2], match[1]) for match in matches]

    def decide(self, catalog, lines, *flags):
        """A decision or an error for each order."""
        self.catalog_path.write_text(documents.to_text(catalog), encoding="utf-8")
        done = self.run("decide", "--quiet", "--catalog", str(self.catalog_path), *flags,
                        text="".join(line + "\n" for line in lines))
        answers = done.stdout.decode("utf-8").split("\n")
        if answers.pop() != "" or len(answers) != len(lines):
            raise Failure(f"{len(lines)} orders and {len(answers)} answers: "
                          f"{ascii(done.stderr[-500:])}")
        return answers


# --------------------------------------------------------------------------------------------
# Verdicts
# --------------------------------------------------------------------------------------------

def culprits(validator, document):
    """The pointers to what a schema refuses, missing and unknown keys at their own (DOC-4)."""
    found = set()
    for error in validator.iter_errors(document):
        path = tuple(error.absolute_path)
        keys = []
        if error.validator == "required":
            keys = [key for key in error.validator_value if key not in error.instance]
        elif error.validator == "additionalProperties":
            keys = [key for key in error.instance if key not in error.schema["properties"]]
        elif error.validator == "uniqueItems":
            keys = list(repeated(error.instance))
        found.update(documents.pointer(path + (key,)) for key in keys)
        if not keys:
            found.add(documents.pointer(path))
    return found


def repeated(items):
    """Where an id stands again: the later one is reported (CAT-15), or the one that is none."""
    for index, item in enumerate(items):
        for other in items[:index]:
            if item == other and isinstance(item, bool) == isinstance(other, bool):
                yield items.index(other) if beyond.misspelt(other) else index


class Judge:
    """Compares two verdicts on a document and counts what occurred."""

    def __init__(self, name, schema, tables):
        self.name = name
        self.table = tables[name]
        self.currencies = tables["currencies"]
        self.validator = Draft202012Validator(schema)
        self.beyond = getattr(beyond, name)
        self.classes = collections.Counter()
        self.counts = collections.Counter()
        self.sides = collections.defaultdict(set)   # by place: verdicts that both agreed on
        self.differences = []

    def judge(self, what, place, text, problems):
        """`problems` are the program's: all of a catalogue, the first of an order."""
        document, text_codes = documents.parse(text)
        one_change = place != PAIR and not mutants.TWO_FAULTS.search(what)
        refused = culprits(self.validator, document)
        if refused:
            note = self.both_refuse(refused, text_codes, problems, one_change)
            self.count("refused by both", place)
        else:
            # Of two faults of the text, the value may not show the first.
            text_codes = text_codes and (text_codes if one_change else set(beyond.TEXT_CLASSES))
            note = self.schema_accepts(document, text_codes, problems)
            self.count("refused by the program alone" if problems else "accepted by both", place)
        if note:
            self.differences.append("\n".join([
                f"{self.name}: {what}",
                f"  schema:   {'refuses at ' + show(refused) if refused else 'accepts'}",
                f"  program:  {'refuses: ' + show(problems) if problems else 'accepts'}",
                f"  {note}",
                f"  document: {ascii(text[:3000])}"]))
            if len(self.differences) >= MOST_SHOWN:
                self.finish()

    def count(self, verdict, place):
        self.counts[verdict] += 1
        self.sides[place].add(verdict)

    def both_refuse(self, refused, text_codes, problems, one_change):
        if not problems:
            return "the schema refuses and the program does not"
        if text_codes or any(code in TEXT_CODES for code, _ in problems):
            return None
        reported = {pointer for _, pointer in problems}
        if self.name == "order":        # only the first is told
            equal = reported <= refused
        elif one_change:                # one mistake gives one report
            equal = reported == refused and len(problems) == len(reported)
        else:
            equal = reported >= refused and len(problems) == len(reported)
        if not equal:
            return "both refuse, but not at the same places, or a place was reported twice"
        return None

    def schema_accepts(self, document, text_codes, problems):
        if text_codes:
            if not text_codes & {code for code, _ in problems}:
                return f"expected one of {show(text_codes)}"
            self.classes.update(beyond.TEXT_CLASSES[code] for code, _ in problems
                                if code in text_codes)
            return None
        try:
            spelling = list(beyond.spelling(document, self.table))
            findings = spelling or self.beyond(document, self.currencies)
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            return f"the schema accepts what makes no sense: {error!r}"
        expected = {(code, pointer) for _, code, pointer in findings}
        found = set(problems)
        if self.name == "order":        # only the first is told
            equal = bool(found) == bool(expected) and found <= expected
        elif spelling:                  # what else is reported depends on what could be read
            equal = expected <= found
        else:
            equal = expected == found and len(problems) == len(found)
        if not equal:
            return f"expected {show(expected) if expected else 'no problem'}"
        self.classes.update(name for name, code, pointer in findings if (code, pointer) in found)
        return None

    def finish(self):
        if self.differences:
            raise Failure("\n".join(self.differences))


def show(items):
    return ", ".join(sorted(ascii(item) if isinstance(item, str) else ascii(" at ".join(item))
                            for item in items))


# --------------------------------------------------------------------------------------------
# Behaviour
# --------------------------------------------------------------------------------------------

def size(document):
    return sum(1 for _ in documents.locations(document))


def catalog_bases(generate, rng, known):
    """Small valid catalogues that have, together, every key."""
    missing = set(known)
    bases = []
    for _ in range(2000):
        document = generate.catalog(rng)
        places = {documents.pattern(path) for path, _ in documents.locations(document)}
        if size(document) > SMALL or (len(bases) >= BASES["catalog"] and not places & missing):
            continue
        bases.append(document)
        missing -= places
        if len(bases) >= BASES["catalog"] and not missing:
            return bases
    raise Failure(f"never in a valid catalogue: {sorted(missing)}")


def places(rng, bases, count):
    """Some (base, path, value) of every kind of place."""
    by_pattern = collections.defaultdict(list)
    for base in bases:
        for path, value in documents.locations(base):
            by_pattern[documents.pattern(path)].append((base, path, value))
    for pattern, found in by_pattern.items():
        for base, path, value in rng.sample(found, min(count, len(found))):
            yield pattern, base, path, value


def catalog_mutants(rng, bases, tea_store, known):
    for pattern, base, path, value in places(rng, bases, PLACES["catalog"]):
        for what, mutant in mutants.at(base, path, value, known.get(pattern)):
            yield what, pattern, mutant
    for _ in range(PAIRS):
        first, mutant = mutants.anywhere(rng, rng.choice(bases), known)
        try:
            second, mutant = mutants.anywhere(rng, mutant, known)
        except (KeyError, TypeError, AttributeError):
            continue    # the first left too little for the second
        yield f"{first}; {second}", PAIR, mutant
    for base in bases:
        for what, mutant in mutants.related(base):
            yield what, "two places", mutant
    for _ in range(TEA_STORE_MUTANTS):
        what, mutant = mutants.anywhere(rng, tea_store, known)
        yield "tea store: " + what, "tea store", mutant


def judge_catalogs(judge, program, rng, bases, tea_store, known):
    cases = [(what, place, documents.to_text(mutant))
             for what, place, mutant in catalog_mutants(rng, bases, tea_store, known)]
    cases += [("valid", "valid", documents.to_text(base)) for base in bases + [tea_store]]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(program.check, [text for _, _, text in cases])
        for (what, place, text), problems in zip(cases, results):
            judge.judge(what, place, text, problems)
    judge.finish()


def order_problems(answer):
    """The problem of an answer of upsell decide, if it has one."""
    answer = json.loads(answer)
    return [(answer["error"]["code"], answer["error"]["path"])] if "error" in answer else []


def judge_orders(judge, program, rng, bases, catalog, known):
    cases = []
    for pattern, base, path, value in places(rng, bases, PLACES["order"]):
        field = known.get(pattern)
        if pattern and pattern not in known:
            if len(pattern) > 3 or rng.random() > 0.5:
                continue        # there are many of them
            field, pattern = {"kind": "ignored"}, ("ignored",)
        for what, mutant in mutants.at(base, path, value, field):
            cases.append((what, pattern, documents.to_text(mutant)))
    long = copy.deepcopy(bases[0])
    for count in (999, 1000, 1001):
        long["lines"] = [{"id": number, "product_id": 1, "quantity": 1} for number in range(count)]
        cases.append((f"{count} lines", ("lines",), documents.to_text(long)))
    cases += [("valid", "valid", documents.to_text(base)) for base in bases]
    answers = program.decide(catalog, [text for _, _, text in cases])
    for (what, place, text), answer in zip(cases, answers):
        judge.judge(what, place, text, order_problems(answer))
    judge.finish()


def require_both_sides(judge, known):
    """Every place was met with both verdicts, or its comparison could not fail."""
    for place in [(), *known]:
        for verdict in ("accepted by both", "refused by both"):
            if verdict not in judge.sides[place]:
                raise Failure(f"{judge.name}: at {documents.pointer(place)} never {verdict}")


def require_classes(judges):
    met = sum((judge.classes for judge in judges), collections.Counter())
    never = [name for name in beyond.CLASSES if not met[name]]
    if never:
        raise Failure("never occurred, so not tested: " + ", ".join(never))
    return met


# --------------------------------------------------------------------------------------------
# Decisions and defaults
# --------------------------------------------------------------------------------------------

class Decisions:
    def __init__(self, schema, tables, rng):
        self.schema = schema
        self.validator = Draft202012Validator(schema)
        self.reasons = {reason["name"] for reason in tables["reasons"]}
        self.patterns = set(tables["patterns"])
        self.rng = rng
        self.met = collections.Counter()
        self.objects = set()
        self.kept = collections.defaultdict(list)   # for spoiling, by what they are
        self.count = self.spoilt = 0

    def check(self, line):
        decision = decisions.parse(line)
        for error in self.validator.iter_errors(decision):
            raise Failure(f"decision: {ascii(error.message[:500])} at "
                          f"{documents.pointer(error.absolute_path)!r} of {ascii(line)}")
        for name, keys, properties in decisions.key_orders(self.schema, decision, self.schema):
            self.objects.add(name)
            if keys != properties:
                raise Failure(f"decision: {name or 'the document'} has the keys {keys}, and "
                              f"{properties} in the schema: {ascii(line)}")
        self.count += 1
        self.met.update([decision["reason"], decision["pattern"]])
        self.met.update(entry["reason"] for entry in decision["considered"])
        self.kept[decision["reason"], decision["pattern"]].append(decision)

    def spoil(self):
        """What is no decision does not fit."""
        for kept in self.kept.values():
            for decision in self.rng.sample(kept, min(SPOILT_EACH, len(kept))):
                for what, mutant in decisions.spoilt(decision):
                    self.spoilt += 1
                    if self.validator.is_valid(mutant):
                        raise Failure(f"decision: {what}: the schema accepts "
                                      f"{ascii(json.dumps(mutant))}")

    def require_all(self):
        never = (self.reasons | self.patterns) - set(self.met)
        never |= {name for name, node in self.schema["$defs"].items()
                  if node.get("type") == "object"} - self.objects
        if never:
            raise Failure(f"never in a decision, so not tested: {sorted(never)}")


class Defaults:
    """Fills in what a schema gives as default."""

    def __init__(self, schema):
        self.schema = schema
        self.used = set()

    def fill(self, value, node, where=""):
        node_plain = structure.plain(self.schema, node)
        if isinstance(value, list):
            return [self.fill(item, node_plain.get("items", {}), where + "/*") for item in value]
        if not isinstance(value, dict):
            return value
        made = {}
        for key, inner in node_plain.get("properties", {}).items():
            here = f"{where}/{key}"
            target = structure.plain(self.schema, inner)
            if key not in value and "default" in inner:
                made[key] = copy.deepcopy(inner["default"])
                self.used.add(here)
            elif key in value or target.get("type") == "object" and "required" not in target:
                made[key] = self.fill(value.get(key, {}), inner, here)
        return {**value, **made}

    def given(self, node=None, where=""):
        """Where the schema gives one."""
        node = structure.plain(self.schema, self.schema if node is None else node)
        for key, inner in node.get("properties", {}).items():
            if "default" in inner:
                yield f"{where}/{key}"
            yield from self.given(inner, f"{where}/{key}")
        if "items" in node:
            yield from self.given(node["items"], where + "/*")


def decide_everything(arguments, program, schemas, tables, rng, generate, tea_store):
    result = Decisions(schemas["decision"], tables, rng)
    fillers = {name: Defaults(schemas[name]) for name in ("catalog", "order")}
    storeless = {key: value for key, value in tea_store[0].items() if key != "store"}
    shops = [tea_store, (storeless, tea_store[1][:ORDERS])]
    for _ in range(DECIDED_CATALOGS):
        catalog = generate.catalog(rng)
        shops.append((catalog, [generate.order(rng, catalog) for _ in range(ORDERS)]))
    for catalog, orders in shops:
        lines = [documents.to_text(order) for order in orders]
        answers = program.decide(catalog, lines)
        filled = program.decide(
            fillers["catalog"].fill(catalog, schemas["catalog"]),
            [documents.to_text(fillers["order"].fill(order, schemas["order"])) for order in orders])
        for line, answer, other in zip(lines, answers, filled):
            result.check(answer)
            if answer != other:
                raise Failure(f"defaults: with the schemas' defaults filled in, the decision is "
                              f"{ascii(other)} and not {ascii(answer)} for {ascii(line)} and the "
                              f"catalogue {ascii(documents.to_text(catalog))}")
        for answer in program.decide(catalog, lines[:2], "--no-explain"):
            result.check(answer)
    for name, filler in fillers.items():
        never = set(filler.given()) - filler.used
        if never:
            raise Failure(f"{name}: defaults that were never filled in: {sorted(never)}")
    result.require_all()
    result.spoil()
    return result, sum(len(filler.used) for filler in fillers.values())


# --------------------------------------------------------------------------------------------

def compare_structure(schemas, tables, specification):
    keys = rules = 0
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        structure.check_definitions(name, schema)
        rules += structure.check_rules(name, schema, specification)
    for name in ("catalog", "order"):
        keys += structure.compare_document(name, schemas[name], tables)
    structure.compare_percentage(schemas["catalog"], tables)
    return keys, rules, structure.compare_decision(schemas["decision"], tables)


def run(arguments):
    sys.path.insert(0, str(arguments.source / "tests" / "oracle"))
    import generate
    sys.setrecursionlimit(20_000)       # a validator takes many frames for each level
    schemas = {name: json.loads((arguments.source / "schema" / f"upsell.{name}.1.schema.json")
                                .read_text(encoding="utf-8")) for name in NAMES}
    tables = json.loads(subprocess.run([arguments.tables], capture_output=True, check=True).stdout)
    specification = (arguments.source / "docs" / "specification.md").read_text(encoding="utf-8")
    keys, rules, names = compare_structure(schemas, tables, specification)

    program = Program(arguments.upsell)
    rng = random.Random(arguments.seed)
    folder = arguments.source / "examples" / "tea-store"
    tea_store = (json.loads((folder / "catalog.json").read_text(encoding="utf-8")),
                 [json.loads(line) for line in
                  (folder / "orders.ndjson").read_text(encoding="utf-8").splitlines()])

    known = {name: dict(documents.fields(tables[name])) for name in ("catalog", "order")}
    bases = catalog_bases(generate, rng, known["catalog"])
    judges = {name: Judge(name, schemas[name], tables) for name in ("catalog", "order")}
    judge_catalogs(judges["catalog"], program, rng, bases, tea_store[0], known["catalog"])
    orders = [generate.order(rng, bases[0]) for _ in range(BASES["order"])] + tea_store[1]
    orders = [order for order in orders if size(order) < 200]
    judge_orders(judges["order"], program, rng, orders, bases[0], known["order"])
    for name, judge in judges.items():
        require_both_sides(judge, known[name])
    met = require_classes(judges.values())
    result, defaults = decide_everything(arguments, program, schemas, tables, rng, generate,
                                         tea_store)

    parts = [f"{keys} keys, {names} names and limits, {rules} rules"]
    for name, judge in judges.items():
        counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(judge.counts.items()))
        parts.append(f"{sum(judge.counts.values())} {name} mutants ({counts})")
    parts.append(f"{result.count} decisions fit, {result.spoilt} spoilt ones do not")
    parts.append(f"{defaults} defaults")
    parts.append("exceptions " + ", ".join(f"{name}={met[name]}" for name in beyond.CLASSES))
    print("schema: " + "; ".join(parts))


def main():
    try:
        run(parse_arguments())
    except (Failure, structure.Unequal) as failure:
        print(f"schema: {failure}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
