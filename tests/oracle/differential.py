#!/usr/bin/env python3
"""Compare the program `upsell decide` with the reference implementation, byte for byte.

    differential.py --upsell PATH --seed N --catalogs K --orders M

Exit status: 0 no difference, 1 a difference or a case that never occurred, 2 wrong usage.
Every catalogue has a generator of its own, so that `--only I` repeats catalogue I alone.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True      # leave nothing beside the sources
import generate
import oracle

# From this many catalogues on, a case that never occurred is a failure.
ENOUGH_CATALOGS = 50

# Cases beside patterns and reasons that a run must have met: name and test on a decision's offer.
FEATURES = {
    "several_targets": lambda offer: len(offer["targets"]) > 1,
    "contract": lambda offer: any(target["contract_id"] for target in offer["targets"]),
    "choices": lambda offer: bool(offer["choices"]),
    "segments": lambda offer: any(len(target["price"]["recurring"]) > 1
                                  for target in offer["targets"]),
    "totals_differ": lambda offer: offer["total"]["differs"],
    "adjustable": lambda offer: offer["quantity"]["adjustable"],
    "timer": lambda offer: offer["page"]["timer"]["visible"],
}


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare upsell decide with the oracle")
    parser.add_argument("--upsell", required=True, help="the program under test")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--catalogs", type=int, default=200, metavar="K")
    parser.add_argument("--orders", type=int, default=20, metavar="M")
    parser.add_argument("--only", type=int, metavar="I", help="only catalogue I (from 0)")
    parser.add_argument("--keep", type=pathlib.Path,
                        default=pathlib.Path(tempfile.gettempdir()) / "upsell-differential",
                        help="where the documents of a difference are written")
    arguments = parser.parse_args()
    if arguments.catalogs < 1 or arguments.orders < 1:
        parser.error("--catalogs and --orders must be at least 1")
    if arguments.only is not None and not 0 <= arguments.only < arguments.catalogs:
        parser.error("--only must be from 0 to --catalogs - 1")
    return arguments


# --------------------------------------------------------------------------------------------
# Spelling documents as JSON text
# --------------------------------------------------------------------------------------------

def shuffled(rng, value):
    """The same value with the keys of every object in another order."""
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {key: shuffled(rng, value[key]) for key in keys}
    if isinstance(value, list):
        return [shuffled(rng, item) for item in value]
    return value


def json_text(rng, document, one_line):
    if rng.random() < 0.5:
        document = shuffled(rng, document)
    separators = rng.choice([(",", ":"), (", ", ": "), (" ,", "\t:  ")])
    indent = None if one_line else rng.choice([None, 0, 2, "\t"])
    text = json.dumps(document, ensure_ascii=rng.random() < 0.4, separators=separators,
                      indent=indent)
    return text.encode("utf-8")


def ndjson(rng, orders):
    """The stream, and each order's own line.  Blank lines are passed over."""
    lines = [json_text(rng, order, one_line=True) for order in orders]
    stream = b""
    for line in lines:
        if rng.random() < 0.05:
            stream += b"\n"
        stream += line + b"\n"
    if rng.random() < 0.3:
        stream = stream.removesuffix(b"\n")
    return stream, lines


# --------------------------------------------------------------------------------------------
# Comparing
# --------------------------------------------------------------------------------------------

class Difference(Exception):
    pass


class Tally:
    def __init__(self):
        self.catalogs = self.decisions = self.offers = 0
        self.patterns = collections.Counter()
        self.reasons = collections.Counter()
        self.features = collections.Counter()

    def add(self, decision):
        self.decisions += 1
        if decision["reason"] is not None:
            self.reasons[decision["reason"]] += 1
        self.reasons.update(entry["reason"] for entry in decision["considered"])
        if decision["offer"] is not None:
            self.offers += 1
            self.patterns[decision["pattern"]] += 1
            self.features.update(name for name, test in FEATURES.items()
                                 if test(decision["offer"]))

    def groups(self):
        """(what, names that must occur, counts)"""
        reasons = oracle.ORDER_REASONS + oracle.OUTCOME_REASONS + oracle.CANDIDATE_REASONS
        return (("patterns", oracle.PATTERNS, self.patterns),
                ("reasons", reasons, self.reasons),
                ("features", tuple(FEATURES), self.features))

    def never(self):
        return [name for _, names, counts in self.groups() for name in names if not counts[name]]

    def __str__(self):
        parts = [f"{self.catalogs} catalogues, {self.decisions} decisions, {self.offers} offers, "
                 "0 differences"]
        for what, names, counts in self.groups():
            parts.append(what + " " + " ".join(f"{name}={counts[name]}" for name in names))
        return "differential: " + "; ".join(parts)


def show(line):
    """A line for the terminal: nothing in it can move the cursor."""
    if line is None:
        return "(no line)"
    return ascii(line.decode("utf-8", "backslashreplace"))


def report(arguments, index, number, order_line, want, got, catalog_text, note):
    """Print a difference, keep its two documents, and give up."""
    where = arguments.keep / f"seed-{arguments.seed}-catalog-{index}-order-{number}"
    where.mkdir(parents=True, exist_ok=True)
    (where / "catalog.json").write_bytes(catalog_text)
    (where / "order.ndjson").write_bytes(order_line + b"\n")
    raise Difference("\n".join([
        f"differential: seed {arguments.seed}, catalogue {index}, order {number}: {note}",
        f"order:    {show(order_line)}",
        f"expected: {show(want)}",
        f"actual:   {show(got)}",
        f"documents: {where}/catalog.json {where}/order.ndjson",
    ]))


def run(arguments, catalog_path, flags, stream):
    command = [arguments.upsell, "decide", "--catalog", str(catalog_path), "--quiet", *flags]
    return subprocess.run(command, input=stream, capture_output=True, timeout=300, check=False)


def compare(arguments, index, catalog_text, catalog_path, flags, stream, lines, decisions):
    done = run(arguments, catalog_path, flags, stream)
    stderr = done.stderr.decode("utf-8", "backslashreplace").strip()
    after = f" (exit status {done.returncode}, flags {flags}, standard error {ascii(stderr)})"
    got = done.stdout.split(b"\n")
    complete = got.pop() == b""     # what follows the last line feed
    for number, (line, decision) in enumerate(zip(lines, decisions)):
        want = oracle.to_line(decision)
        actual = got[number] if number < len(got) else None
        if want != actual:
            report(arguments, index, number, line, want, actual, catalog_text,
                   "the lines differ" + after)
    last = len(lines) - 1
    if len(got) > len(lines) or not complete:
        report(arguments, index, last, lines[last], None, got[-1], catalog_text,
               f"more than {len(lines)} lines, or no line feed at the end" + after)
    if done.returncode != 0 or done.stderr:
        report(arguments, index, last, lines[last], None, None, catalog_text,
               "every line is right, but the run is not clean" + after)


def check_catalog(arguments, index, tally):
    rng = random.Random(f"{arguments.seed}/{index}")
    catalog = generate.catalog(rng)
    orders = [generate.order(rng, catalog) for _ in range(arguments.orders)]
    catalog_text = json_text(rng, catalog, one_line=False)
    stream, lines = ndjson(rng, orders)

    # Most runs rely on the default; a part says --explain, a part runs again with --no-explain.
    runs = {0: [[], ["--no-explain"]], 1: [["--explain"]]}.get(index % 4, [[]])
    with tempfile.TemporaryDirectory() as folder:
        catalog_path = pathlib.Path(folder) / "catalog.json"
        catalog_path.write_bytes(catalog_text)
        for flags in runs:
            explain = "--no-explain" not in flags
            decisions = [oracle.decide(catalog, order, explain) for order in orders]
            compare(arguments, index, catalog_text, catalog_path, flags, stream, lines, decisions)
            for decision in decisions:
                tally.add(decision)
    tally.catalogs += 1


def main():
    arguments = parse_arguments()
    oracle.self_check()
    tally = Tally()
    indices = range(arguments.catalogs) if arguments.only is None else [arguments.only]
    try:
        for index in indices:
            check_catalog(arguments, index, tally)
    except Difference as difference:
        print(difference)
        return 1
    except (OSError, subprocess.SubprocessError) as error:
        print(f"differential: catalogue {index}: {error}")
        return 1
    print(tally)
    never = tally.never()
    if never and tally.catalogs >= ENOUGH_CATALOGS:
        print("differential: never occurred, so not tested: " + ", ".join(never))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
