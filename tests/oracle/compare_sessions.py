#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compare sessions and counts with the reference implementation, byte for byte.

    compare_sessions.py --upsell PATH [--library PATH] --seed N --cases K

Streams of events go through `upsell report`.  With --library, sessions are opened, stepped and read
by the library itself.  Exit status: 0 no difference, 1 a difference or a case that never occurred,
2 wrong usage.  Every case has a generator of its own: `--only I` repeats case I alone.
"""

import argparse
import collections
import ctypes
import json
import pathlib
import random
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True      # leave nothing beside the sources
import differential
import sessions

# From this many cases on, something that never occurred is a failure.
ENOUGH_CASES = 200

OK, BAD_VALUE = 0, 24
TEXT_SIZE = 4096


class Difference(Exception):
    """What was expected and what was found."""


def same(what, expected, found):
    if expected != found:
        raise Difference(f"{what}\nexpected {expected!r}\nfound    {found!r}")


# --------------------------------------------------------------------------------------------
# Sessions, through the library
# --------------------------------------------------------------------------------------------

class Str(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("len", ctypes.c_size_t)]

    @classmethod
    def of(cls, text):
        data = text.encode()
        return cls(data, len(data))


class Outcome(ctypes.Structure):
    _fields_ = [("effects", ctypes.c_uint32), ("changed", ctypes.c_int32),
                ("seconds_left", ctypes.c_int32), ("reserved", ctypes.c_int32),
                ("wake_at", ctypes.c_int64)]


class Library:
    """The few functions that sessions need.  A session is only kept, never looked into."""

    def __init__(self, path):
        self.functions = ctypes.CDLL(str(path))
        for name in ("open", "step", "to_json", "from_json"):
            getattr(self.functions, f"upsell_session_{name}").restype = ctypes.c_int32
        self.session = ctypes.create_string_buffer(1024)

    def open(self, session_id, scenario_id, timer_seconds, now):
        return self.functions.upsell_session_open(
            Str.of(session_id), Str.of(scenario_id), ctypes.c_int32(timer_seconds),
            ctypes.c_int64(now), self.session, None)

    def step(self, event, now):
        outcome = Outcome()
        status = self.functions.upsell_session_step(
            self.session, ctypes.c_int32(sessions.EVENTS.index(event) + 1), ctypes.c_int64(now),
            ctypes.byref(outcome), None)
        same("status", OK, status)
        return {"effects": [name for bit, name in enumerate(sessions.EFFECTS)
                            if outcome.effects >> bit & 1],
                "changed": bool(outcome.changed), "seconds_left": outcome.seconds_left,
                "wake_at": outcome.wake_at}

    def write(self):
        text = ctypes.create_string_buffer(TEXT_SIZE)
        same("status", OK, self.functions.upsell_session_to_json(
            self.session, text, ctypes.c_size_t(TEXT_SIZE), None))
        return text.value.decode()

    def read(self, text):
        data = text.encode()
        return self.functions.upsell_session_from_json(data, ctypes.c_size_t(len(data)),
                                                       self.session, None)


def random_id(rng):
    return rng.choice(["s-1", "注文/1", 'a"b\\', "\x01\x7f", "x" * 255, "7", "🍵"])


def random_time(rng, session):
    """Mostly a little later; often just around a deadline; sometimes long ago or far ahead."""
    deadline = sessions.deadline_of(session)
    kind = rng.random()
    if kind < 0.2 and deadline is not None:
        return min(deadline + rng.randint(-2, 1), sessions.LATEST)
    if kind < 0.3:
        return rng.choice([0, session["offered_at"], max(0, session["last_at"] - rng.randint(0, 900))])
    if kind < 0.32:
        return sessions.LATEST
    return min(session["last_at"] + rng.randint(0, 40), sessions.LATEST)


def compare_steps(rng, library, tally):
    timer = rng.choice([0, 1, 2, 60, 300, 3600])
    now = rng.choice([0, 1, 1795000000, sessions.LATEST - 700, sessions.LATEST])
    ids = random_id(rng), random_id(rng)
    session = sessions.open_session(*ids, timer, now)
    same("status", OK, library.open(*ids, timer, now))
    same("opened", sessions.text_of(session), library.write())
    for _ in range(rng.randint(1, 14)):
        event = rng.choice(sessions.EVENTS)
        now = random_time(rng, session)
        deadline = sessions.deadline_of(session)
        is_late = deadline is not None and max(now, session["last_at"]) >= deadline
        tally[f"{event} in {session['state']}" + (", late" if is_late else "")] += 1
        what = f"{event} at {now} in {sessions.text_of(session)}"
        session, outcome = sessions.step(session, event, now)
        same(what, outcome, library.step(event, now))
        same(what, sessions.text_of(session), library.write())
    # Read again in any spelling, it is the same.
    spelled = differential.json_text(rng, session, False).decode()
    same("status of reading", OK, library.read(spelled))
    same("read", sessions.text_of(session), library.write())
    return session


def changed_by_hand(rng, session):
    """A session with a few values that it may or may not have."""
    session = dict(session)
    stamps = [value for key, value in session.items() if key.endswith("_at") and value is not None]
    for key in rng.sample(["state", "seconds", "offered_at", "shown_at", "clicked_at", "ended_at",
                           "last_at"], rng.choice([1, 1, 2, 3])):
        if key == "state":
            session[key] = rng.choice(["offered", "shown", "clicked", "processing", "ordered",
                                       "failed", "declined", "expired"])
        elif key == "seconds":
            session[key] = rng.choice([1, 2, 300, 3600])
        else:
            ahead = rng.choice([0, 1, -1, session["seconds"], session["seconds"] - 1, 600, 599])
            session[key] = min(max(rng.choice(stamps) + ahead, 0), sessions.LATEST)
            if key not in ("offered_at", "last_at") and rng.random() < 0.3:
                session[key] = None
    return session


def compare_reading(rng, library, session, tally):
    session = changed_by_hand(rng, session)
    is_good = sessions.is_reachable(session)
    tally[f"{session['state']} by hand, " + ("possible" if is_good else "impossible")] += 1
    same(f"status of reading {sessions.text_of(session)}", OK if is_good else BAD_VALUE,
         library.read(sessions.text_of(session)))
    if is_good:
        same("read", sessions.text_of(session), library.write())


# --------------------------------------------------------------------------------------------
# Counting, through the program
# --------------------------------------------------------------------------------------------

SCENARIOS = ["S1", "S2", "S10", "s1", "茶", "é", "a,b", 'a"b', "=1+1", "-1", "＋1", "＠", "two\nlines",
             "tab\t", "\tid", "8", "'", " =1"]
NAMES = ["煎茶", "", "=cmd|' /C calc'!A0", "a,b", '"', "\r\n", "－1", "普通の名前"]

# What may be wrong with an event: how, and what is told.
FAULTS = [
    (lambda event: {**event, "format": "upsell.event/2"}, "/format", "unknown_format"),
    (lambda event: {**event, "event": "bought"}, "/event", "bad_value"),
    (lambda event: {**event, "event": None}, "/event", "wrong_type"),
    (lambda event: {**event, "session_id": ""}, "/session_id", "bad_id"),
    (lambda event: {**event, "scenario_id": "x" * 256}, "/scenario_id", "bad_id"),
    (lambda event: {**event, "scenario_id": 1.5}, "/scenario_id", "wrong_type"),
    (lambda event: {key: event[key] for key in event if key != "event"}, "/event", "missing_key"),
    (lambda event: [event], "", "wrong_type"),
]


def random_event(rng, scenarios):
    event = {"format": "upsell.event/1", "session_id": rng.choice([1, 2, "2", 3, "客", "s" * 255]),
             "scenario_id": rng.choice(scenarios), "event": rng.choice(sessions.EVENT_NAMES)}
    if rng.random() < 0.2:
        event["more"] = {"format": [None, 1.5], "event": "ordered"}
    return event


def random_stream(rng, scenarios, tally):
    """Lines, the events among them, and what is told about the others: line, pointer, code."""
    lines, events, told = [], [], []
    for _ in range(rng.choice([0, 1, 5, 30, 80])):
        event = random_event(rng, scenarios)
        kind = rng.random()
        if kind < 0.05:
            lines.append(rng.choice([b"", b" \t", b"\r"]))
            continue
        if kind < 0.15:
            fault, pointer, code = rng.choice(FAULTS)
            tally[f"{code} at {pointer}"] += 1
            event = fault(event)
            told.append((len(lines) + 1, pointer, code))
        else:
            events.append(event)
            tally[event["event"]] += 1
        lines.append(differential.json_text(rng, event, True))
    return lines, events, told


def random_catalog(rng, scenarios):
    if rng.random() < 0.3:
        return None
    listed = rng.sample(scenarios, rng.randint(0, len(scenarios)))
    return {"format": "upsell.catalog/1", "currency": "JPY", "selling_plans": [],
            "products": [{"id": "p", "title": "", "variants": [
                {"id": "v", "title": "", "price": "1", "available": None}]}],
            "scenarios": [{"id": scenario_id, "name": rng.choice(NAMES),
                           "status": rng.choice(["published", "draft"]),
                           "priority": rng.choice([0, 1, 1000000]),
                           "trigger": {"kind": "one_time", "products": [{"product_id": "p"}]},
                           "offer": {"kind": "one_time", "product_id": "p", "variant_id": "v"}}
                          for scenario_id in listed]}


def random_case(rng, tally):
    scenarios = rng.sample(SCENARIOS, rng.randint(1, 6))
    streams = [random_stream(rng, scenarios, tally) for _ in range(rng.randint(1, 3))]
    return {"streams": streams, "catalog": random_catalog(rng, scenarios),
            "format": rng.choice(["json", "csv"]), "locale": rng.choice(["ja", "en", None]),
            "bom": rng.random() < 0.3, "only": rng.choice([*scenarios, "nobody"])
            if rng.random() < 0.2 else None}


def expected_output(case):
    """Standard output, or None where the one scenario is not known."""
    seen = sessions.count(event for _, events, _ in case["streams"] for event in events)
    if case["format"] == "json":
        document = sessions.report(seen, case["catalog"], case["only"])
        return document and (sessions.text_of(document) + "\n").encode()
    text = sessions.report_csv(seen, case["catalog"], case["only"], case["locale"] or "ja",
                               case["bom"])
    return text and text.encode()


def write_case(folder, case):
    """Writes the files of a case; returns the arguments that go with them."""
    arguments = ["report", "--format", case["format"]]
    if case["catalog"] is not None:
        (folder / "catalog.json").write_text(json.dumps(case["catalog"]), encoding="utf-8")
        arguments += ["--catalog", "catalog.json"]
    if case["locale"]:
        arguments += ["--lang", case["locale"]]
    if case["bom"] and case["format"] == "csv":
        arguments += ["--bom"]
    if case["only"] is not None:
        arguments += ["--scenario", case["only"]]
    for number, (lines, _, _) in enumerate(case["streams"]):
        (folder / f"{number}.ndjson").write_bytes(b"".join(line + b"\n" for line in lines))
        arguments.append(f"{number}.ndjson")
    return arguments


def compare_report(rng, upsell, folder, tally):
    case = random_case(rng, tally)
    arguments = write_case(folder, case)
    done = subprocess.run([upsell, *arguments], cwd=folder, capture_output=True, check=False)
    expected = expected_output(case)
    told = [f"{number}.ndjson:{line}: {pointer}: {code}: "
            for number, (_, _, faults) in enumerate(case["streams"])
            for line, pointer, code in faults]
    if expected is None:
        told.append("options: /scenario_id: unknown_id: ")
    tally["a report" if expected is not None else "no report"] += 1
    tally[case["format"]] += 1
    what = " ".join(arguments)
    same(what, expected or b"", done.stdout)
    found = done.stderr.decode().splitlines()
    same(f"{what}: number of errors", len(told), len(found))
    for beginning, line in zip(told, found):
        same(what, beginning, line[:len(beginning)])
    same(f"{what}: exit status", 1 if told else 0, done.returncode)


# --------------------------------------------------------------------------------------------

def must_occur(with_library):
    """What a run of enough cases has met."""
    names = [*sessions.EVENT_NAMES, "a report", "no report", "json", "csv"]
    names += [f"{code} at {pointer}" for _, pointer, code in FAULTS]
    if not with_library:
        return names
    states = ["offered", "shown", "clicked", "processing", *sessions.ENDED]
    for event in sessions.EVENTS:
        names += [f"{event} in {state}" for state in states]
        names += [f"{event} in offered, late", f"{event} in shown, late"]
    for state in states:
        names += [f"{state} by hand, possible", f"{state} by hand, impossible"]
    return names


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare sessions and counts with the oracle")
    parser.add_argument("--upsell", required=True, help="the program under test",
                        type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--library", help="the shared library, for sessions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=300, metavar="K")
    parser.add_argument("--only", type=int, metavar="I", help="only case I (from 0)")
    return parser.parse_args()


def run_case(arguments, library, index, tally):
    rng = random.Random(f"{arguments.seed}/{index}")
    if library:
        for _ in range(20):
            session = compare_steps(rng, library, tally)
            compare_reading(rng, library, session, tally)
    with tempfile.TemporaryDirectory() as folder:
        compare_report(rng, arguments.upsell, pathlib.Path(folder), tally)


def main():
    arguments = parse_arguments()
    library = Library(arguments.library) if arguments.library else None
    tally = collections.Counter()
    indices = range(arguments.cases) if arguments.only is None else [arguments.only]
    for index in indices:
        try:
            run_case(arguments, library, index, tally)
        except Difference as difference:
            print(f"compare_sessions: seed {arguments.seed}, case {index}: {difference}")
            return 1
    print(f"compare_sessions: {len(indices)} cases, no difference")
    never = [name for name in must_occur(library) if not tally[name]]
    if never and len(indices) >= ENOUGH_CASES:
        print("compare_sessions: never occurred, so not tested: " + ", ".join(never))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
