#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The schemas of sessions, events and reports, against the library.

    test_sessions.py --library LIBRARY --tables PROGRAM --source FOLDER [--seed N]

Sessions and events: the schemas have the keys, names and ranges of the reader's tables; documents
with one fault, or none, get the same verdict from schema and library, except where the library refuses
for a reason that no schema can express; each of those must occur.  Reports: what the library writes
fits, with its keys in the schema's order; what is spoilt in any place does not.

Exit status: 0 equal, 1 a difference or a reason that never occurred.
"""

import argparse
import collections
import ctypes
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
    sys.exit("test_sessions: the Python module jsonschema is needed (python3-jsonschema)")

import decisions
import documents
import mutants
import structure

# Codes with which the library may refuse what the schema accepts, and why.
BEYOND = {
    "session": {
        "bad_value": "a schema compares no times (SES-1)",
        "bad_id": "maxLength counts characters (VAL-1)",
        "wrong_type": "1.0 is an integer in JSON Schema (DOC-8)",
        "json_string": "an escape can stand for NUL (DOC-5)",
        "duplicate_key": "the value does not show it (DOC-2)",
    },
    "event": {
        "bad_id": "maxLength counts characters (VAL-1)",
        "wrong_type": "1.0 is an integer in JSON Schema (DOC-8)",
        "json_depth": "a schema does not count levels (DOC-7)",
        "json_string": "an escape can stand for NUL (DOC-5)",
        "duplicate_key": "the value does not show it (DOC-2)",
    },
}
MOST_SHOWN = 5

STATES = {
    "offered": {}, "shown": {"shown_at": 1010}, "clicked": {"shown_at": 1010, "clicked_at": 1020},
    "processing": {"shown_at": 1010, "clicked_at": 1020},
    "ordered": {"shown_at": 1010, "clicked_at": 1020, "ended_at": 1030},
    "failed": {"shown_at": 1010, "clicked_at": 1020, "ended_at": 1030},
    "declined": {"shown_at": 1010, "ended_at": 1030},
    "expired": {"shown_at": 1010, "ended_at": 1310},
}


class Failure(Exception):
    pass


class Library:
    """The functions that take or make these documents."""

    def __init__(self, path):
        self.functions = ctypes.CDLL(str(path))
        self.functions.upsell_status_name.restype = ctypes.c_char_p
        self.functions.upsell_text_data.restype = ctypes.c_void_p
        for name in ("session_from_json", "tally_new", "tally_add_json", "tally_report",
                     "catalog_new_from_json"):
            getattr(self.functions, f"upsell_{name}").restype = ctypes.c_int32
        self.room = ctypes.create_string_buffer(1024)

    def name(self, status):
        return self.functions.upsell_status_name(status).decode()

    def refusal_of_session(self, text):
        data = text.encode("utf-8")
        status = self.functions.upsell_session_from_json(data, ctypes.c_size_t(len(data)),
                                                         self.room, None)
        return self.name(status) if status else None

    def tally(self):
        tally = ctypes.c_void_p()
        if self.functions.upsell_tally_new(ctypes.byref(tally)):
            raise Failure("no tally")
        return tally

    def add(self, tally, text):
        data = text.encode("utf-8")
        return self.functions.upsell_tally_add_json(tally, data, ctypes.c_size_t(len(data)), None)

    def refusal_of_event(self, text):
        tally = self.tally()
        status = self.add(tally, text)
        self.functions.upsell_tally_free(tally)
        return self.name(status) if status else None

    def catalog(self, text):
        catalog = ctypes.c_void_p()
        if self.functions.upsell_catalog_new_from_json(text, ctypes.c_size_t(len(text)),
                                                       ctypes.byref(catalog), None):
            raise Failure("the catalogue is refused")
        return catalog

    def report(self, events, catalog=None):
        tally = self.tally()
        for event in events:
            if self.add(tally, event):
                raise Failure(f"refused: {event}")
        text = ctypes.c_void_p()
        if self.functions.upsell_tally_report(tally, catalog, None, ctypes.byref(text), None):
            raise Failure("no report")
        report = ctypes.string_at(self.functions.upsell_text_data(text, None)).decode()
        self.functions.upsell_text_free(text)
        self.functions.upsell_tally_free(tally)
        return report


# --------------------------------------------------------------------------------------------
# What is read
# --------------------------------------------------------------------------------------------

class Comparison:
    """Schema and library on one kind of document."""

    def __init__(self, name, schema, table, refusal):
        self.name, self.refusal = name, refusal
        self.validator = Draft202012Validator(schema)
        self.fields = {field["key"]: field for field in table["fields"]}
        self.counts, self.met = collections.Counter(), collections.Counter()
        self.shown = []

    def judge(self, what, document):
        text = documents.to_text(document)
        accepts = self.validator.is_valid(documents.parse(text)[0])
        code = self.refusal(text)
        self.counts["accepted" if code is None else "refused"] += 1
        if accepts == (code is None):
            return
        if accepts and code in BEYOND[self.name]:
            self.met[code] += 1
        else:
            self.shown.append(f"{what}: the schema {'accepts' if accepts else 'refuses'}, the "
                              f"library says {code}: {ascii(text[:300])}")
        if len(self.shown) == MOST_SHOWN:
            self.end()

    def judge_all(self, base):
        """Every fault in every place."""
        self.judge("as it is", base)
        if self.refusal(documents.to_text(base)) is not None:
            raise Failure(f"{self.name}: refused: {base}")
        for path, value in list(documents.locations(base)):
            field = self.fields.get(path[0], {"kind": "ignored"}) if path else None
            for what, mutant in mutants.at(base, path, value, field):
                self.judge(what, mutant)

    def end(self):
        if self.shown:
            raise Failure("\n".join(f"{self.name}: {shown}" for shown in self.shown))
        never = set(BEYOND[self.name]) - set(self.met)
        if never:
            raise Failure(f"{self.name}: never the reason, so not tested: {sorted(never)}")


def session(state):
    times = {"offered_at": 1000, "shown_at": None, "clicked_at": None, "ended_at": None}
    times.update(STATES[state])
    last = max(value for value in times.values() if value is not None)
    return {"format": "upsell.session/1", "id": "s-1", "scenario_id": "S1", "state": state,
            "seconds": 300, **times, "last_at": last}


def compare_sessions(comparison):
    for state in STATES:
        comparison.judge_all(session(state))
        for other in STATES:
            comparison.judge(f"{state} as {other}", {**session(state), "state": other})


def compare_events(comparison):
    base = {"format": "upsell.event/1", "session_id": "s-1", "scenario_id": "S1", "event": "shown"}
    comparison.judge_all(base)
    comparison.judge_all({**base, "more": {"at": [1, None]}})


# --------------------------------------------------------------------------------------------
# What is written
# --------------------------------------------------------------------------------------------

def random_events(rng):
    names = ["shown", "clicked", "ordered", "expired"]
    return [json.dumps({"format": "upsell.event/1", "session_id": rng.randint(1, 9),
                        "scenario_id": rng.choice(["S01-sencha-hojicha", "S07-tea-caddy", "x", "y"]),
                        "event": rng.choice(names)}) for _ in range(rng.randint(0, 30))]


# In place of any value: what it can never be.
NEVER = [True, -1, 1.5, "", [], {}, "1/0", "01/2", "100.01", "5.5", "shown"]


def spoilt(report):
    """Reports that no library writes."""
    for path, value in documents.locations(report):
        for other in NEVER:
            if other != value and not (path[-1:] == ("name",) and isinstance(other, str)) and \
                    not (path[-1:] == ("scenario_id",) and isinstance(other, str) and other) and \
                    not (path == ("scenarios",) and other == []):
                yield path, documents.replaced(report, path, other)
        if isinstance(value, dict):
            yield path, documents.replaced(report, path, {**value, "more": 1})
            for key in value:
                yield path, documents.replaced(report, path, {
                    other: value[other] for other in value if other != key})
        if path[-1:] in (("name",), ("status",), ("priority",)) and value is not None:
            yield path, documents.replaced(report, path, None)


def compare_reports(library, schema, arguments, rng):
    validator = Draft202012Validator(schema)
    shop = library.catalog((arguments.source / "examples/tea-store/catalog.json").read_bytes())
    counts = collections.Counter()
    for index in range(40):
        report = decisions.parse(library.report(random_events(rng), rng.choice([shop, None])))
        errors = [error.message for error in validator.iter_errors(report)]
        if errors:
            raise Failure(f"report: the schema refuses what was made: {errors[:3]}")
        for name, keys, known in decisions.key_orders(schema, report, schema):
            structure.require_equal(f"report {name}", "the order of keys", known, keys)
        counts["made"] += 1
        if index % 8 or not report["scenarios"]:
            continue
        report["scenarios"] = report["scenarios"][:1] + report["scenarios"][-1:]
        for path, mutant in spoilt(report):
            counts["spoilt"] += 1
            if validator.is_valid(mutant):
                raise Failure(f"report: the schema accepts {documents.pointer(path)} of {mutant}")
    library.functions.upsell_catalog_free(shop)
    if counts["spoilt"] < 500:
        raise Failure(f"report: too few were spoilt: {counts}")
    return counts


# --------------------------------------------------------------------------------------------

def run(arguments):
    library = Library(arguments.library)
    tables = json.loads(subprocess.run([arguments.tables], capture_output=True, check=True).stdout)
    specification = (arguments.source / "docs/specification.md").read_text("utf-8")
    schemas = {name: json.loads((arguments.source / f"schema/upsell.{name}.1.schema.json")
                                .read_text("utf-8")) for name in ("session", "event", "report")}
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        structure.check_definitions(name, schema)
        structure.check_rules(name, schema, specification)
    said = []
    for name, compare, refusal in (("session", compare_sessions, library.refusal_of_session),
                                   ("event", compare_events, library.refusal_of_event)):
        structure.compare_document(name, schemas[name], tables)
        comparison = Comparison(name, schemas[name], tables[name], refusal)
        compare(comparison)
        comparison.end()
        said.append(f"{name} {dict(comparison.counts)}, beyond {dict(comparison.met)}")
    rng = random.Random(arguments.seed)
    said.append(f"report {dict(compare_reports(library, schemas['report'], arguments, rng))}")
    return "; ".join(said)


def main():
    parser = argparse.ArgumentParser(description="compare schemas with the library")
    parser.add_argument("--library", required=True, help="the shared library")
    parser.add_argument("--tables", required=True, help="the program that prints the tables")
    parser.add_argument("--source", required=True, type=pathlib.Path, help="the source folder")
    parser.add_argument("--seed", type=int, default=2026)
    try:
        print(f"sessions: {run(parser.parse_args())}")
    except (Failure, structure.Unequal) as failure:
        print(f"sessions: {failure}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
