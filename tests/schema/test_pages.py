#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The schema of offer pages, and the pages that the library makes.

    test_pages.py --library LIBRARY --source FOLDER [--seed N]

Pages of the examples, of random shops and of the test vectors fit the schema, with their keys in its
order; what is spoilt in any place does not.  Exit status: 0 equal, 1 a difference or something that
no page had.
"""

import argparse
import collections
import json
import pathlib
import random
import sys
import warnings

sys.dont_write_bytecode = True      # leave nothing beside the sources
warnings.simplefilter("ignore", DeprecationWarning)
try:
    from jsonschema import Draft202012Validator
except ImportError:
    sys.exit("test_pages: the Python module jsonschema is needed (python3-jsonschema)")

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(SOURCE / "tests" / "oracle"))
import decisions
import documents
import generate
import oracle
import pages
import structure
from documents import replaced

CATALOGS, ORDERS = 30, 12
SPOILT_EACH = 1             # pages of a pattern that are spoilt
LARGEST = 6000              # bytes of a page that is spoilt
OTHER_KIND = {"subscription_to_subscription": "subscription_to_one_time",
              "subscription_to_one_time": "subscription_to_subscription",
              "one_time_to_subscription": "one_time_to_one_time",
              "one_time_to_one_time": "one_time_to_subscription"}


class Failure(Exception):
    pass


def may_be_null(page, path):
    """Whether null could stand here as well."""
    if path[:1] == ("targets",) and path[-1] == "date":     # only after 9999-12-31
        return path[2:4] != ("prices", 0)
    if path == ("selling_plan_id",) or path[-1:] == ("contract_id",):
        return page["pattern"] == "subscription_to_subscription"
    return path[-1:] in (("min_charges",), ("first_year",), ("to_cycle",)) and path[2:4] != (
        "prices", 0) or path == ("texts", "description", "text")


def spoilt(page):
    """Pages that are none: (what was done, the page)."""
    for path, value in documents.locations(page):
        where = documents.pointer(path)
        if isinstance(value, dict):
            for key in value:
                rest = {other: item for other, item in value.items() if other != key}
                yield f"{where}: remove {key}", replaced(page, path, rest)
            yield f"{where}: add a key", replaced(page, path, {**value, "unknown": None})
        wrong = [1.5, -1, {"x": 1}, [[]], "\0", 10 ** 30]
        wrong += [] if isinstance(value, bool) else [True]
        wrong += [] if value is None or may_be_null(page, path) else [None]
        if path[-1:] == ("amount",):
            wrong += [1, "", "01", "1.", "1.5", "1.23456", "1\n", "1,000"]
        elif path[-1:] in (("date",), ("anchor",)) and value:
            wrong += ["", "2026-1-1", "2026-13-01", "2026-01-32", "0000-01-01", "2026-01-01\n"]
        for new in wrong:
            yield f"{where}: set to {new!r}", replaced(page, path, new)
    yield "/pattern: the other kind", {**page, "pattern": OTHER_KIND[page["pattern"]]}
    for index, item in enumerate(page["disclosure"]):
        yield f"/disclosure/{index}/missing: the other one", replaced(
            page, ("disclosure", index, "missing"), not item["missing"])
    if page["disclosure"]:
        yield "/disclosure: without the last one", {**page, "disclosure": page["disclosure"][:-1]}
        yield "/disclosure: backwards", {**page, "disclosure": page["disclosure"][::-1]}


class Pages:
    def __init__(self, schema):
        self.schema = schema
        self.validator = Draft202012Validator(schema)
        self.objects, self.patterns = set(), set()
        self.kept = collections.defaultdict(list)   # by pattern
        self.count = self.spoilt = 0

    def check(self, text):
        page = decisions.parse(text)
        for error in self.validator.iter_errors(page):
            raise Failure(f"{ascii(error.message[:500])} at "
                          f"{documents.pointer(error.absolute_path)!r} of {ascii(text)}")
        for name, keys, properties in decisions.key_orders(self.schema, page, self.schema):
            self.objects.add(name)
            if keys != properties:
                raise Failure(f"{name or 'the document'} has the keys {keys}, and {properties} "
                              f"in the schema: {ascii(text)}")
        self.count += 1
        if len(text) <= LARGEST:
            self.kept[page["pattern"]].append(page)

    def spoil(self, rng):
        for kept in self.kept.values():
            for page in rng.sample(kept, min(SPOILT_EACH, len(kept))):
                for what, mutant in spoilt(page):
                    self.spoilt += 1
                    if self.validator.is_valid(mutant):
                        raise Failure(f"{what}: the schema accepts {ascii(json.dumps(mutant))}")

    def require_all(self):
        never = {name for name, node in self.schema["$defs"].items()
                 if node.get("type") == "object"} - self.objects
        never |= set(OTHER_KIND) - set(self.kept)
        if never:
            raise Failure(f"in no page, so not tested: {sorted(never)}")


def examples(source):
    """(catalogue, orders) of the examples."""
    for name in ("tea-store", "shopify-store"):
        folder = source / "examples" / name
        orders = [json.loads(line) for path in folder.glob("**/*.ndjson")
                  for line in path.read_text(encoding="utf-8").splitlines()]
        orders += [json.loads(path.read_text(encoding="utf-8"))
                   for path in folder.glob("**/order*.json")]
        orders = [order for order in orders if order.get("format") == "upsell.order/1"]
        if not orders:
            raise Failure(f"examples/{name} has no orders")
        yield json.loads((folder / "catalog.json").read_text(encoding="utf-8")), orders


def random_shops(rng):
    for _ in range(CATALOGS):
        catalog = generate.catalog(rng)
        yield catalog, [generate.order(rng, catalog) for _ in range(ORDERS)]


def make_pages(library, rng, catalog, orders, result):
    handle = library.catalog(oracle.to_line(catalog))
    for order in orders:
        decision = oracle.decide(catalog, order)
        if decision["offer"] is None:
            continue
        library.decide(handle, oracle.to_line(order))
        for request in ({}, pages.any_request(rng, decision["offer"])):
            page = library.page(request)
            if not isinstance(page, tuple):
                result.check(page.decode())
    library.free(handle)


def run(arguments):
    path = arguments.source / "schema" / "upsell.page.1.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    structure.check_definitions("page", schema)
    specification = (arguments.source / "docs" / "specification.md").read_text(encoding="utf-8")
    rules = structure.check_rules("page", schema, specification)

    library, rng = pages.Library(arguments.library), random.Random(arguments.seed)
    result = Pages(schema)
    for catalog, orders in [*examples(arguments.source), *random_shops(rng)]:
        make_pages(library, rng, catalog, orders, result)
    vectors = json.loads((arguments.source / "tests" / "vectors" / "page.json")
                         .read_text(encoding="utf-8"))
    for case in vectors["cases"]:
        if "format" in case["expect"]:
            result.check(json.dumps(case["expect"]))
    result.require_all()
    result.spoil(rng)
    print(f"pages: {rules} rules; {result.count} pages fit, {result.spoilt} spoilt ones do not")


def main():
    parser = argparse.ArgumentParser(description="compare the schema of pages with the library")
    parser.add_argument("--library", required=True, help="the shared library")
    parser.add_argument("--source", required=True, type=pathlib.Path, help="the source folder")
    parser.add_argument("--seed", type=int, default=2026)
    try:
        run(parser.parse_args())
    except (Failure, pages.Difference, structure.Unequal) as failure:
        print(f"test_pages: {failure}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
