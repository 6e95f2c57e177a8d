# SPDX-License-Identifier: MIT
"""The rules that a schema cannot express, written from the specification.

Each function takes a document that its schema accepts and gives a list of findings: (class, code,
pointer).  The classes are the whole list of exceptions: where the program refuses a document that
the schema accepts, its problems must be these findings and no others.
"""

from fractions import Fraction

import documents

MOST_MINOR_UNITS = 10 ** 11     # VAL-2
MOST_DECIMALS = 4               # VAL-6
MOST_ID_BYTES = 255             # VAL-1

# Why a schema cannot express them.
CLASSES = {
    "DOC-2 duplicate key": "a schema sees values, in which the later key has won",
    "DOC-5 lone surrogate": "no pattern for it means the same in every dialect",
    "DOC-7 depth": "a schema cannot count levels",
    "DOC-8 1.0 for an integer": "JSON Schema takes a number of integral value for an integer",
    "DOC-8 -0 for an integer": "JSON Schema takes it for 0",
    "VAL-1 bytes of an id": "maxLength counts characters",
    "VAL-2 decimals of the currency": "money in one place depends on the currency in another",
    "VAL-2 minor units of the currency": "money in one place depends on the currency in another",
    "CAT-5 cycle twice": "uniqueItems compares whole items",
    "CAT-12 max below default": "a schema cannot compare two numbers",
    "CAT-12 max without adjustable": "a schema cannot compare two numbers",
    "CAT-13 same cycle": "ids cannot be followed",
    "CAT-14 unknown product": "ids cannot be followed",
    "CAT-14 unknown variant": "ids cannot be followed",
    "CAT-14 unknown selling plan": "ids cannot be followed",
    "CAT-14 unknown variant of a trigger": "ids cannot be followed",
    "CAT-15 selling plan twice": "uniqueItems compares whole items",
    "CAT-15 product twice": "uniqueItems compares whole items",
    "CAT-15 variant twice": "uniqueItems compares whole items",
    "CAT-15 scenario twice": "uniqueItems compares whole items",
    "CAT-15 id in two spellings": "uniqueItems tells 5 from \"5\"",
    "CAT-18 min_cycles above max_cycles": "a schema cannot compare two numbers",
    "ORD-2 line twice": "uniqueItems compares whole items",
}

TEXT_CLASSES = {"duplicate_key": "DOC-2 duplicate key", "json_string": "DOC-5 lone surrogate",
                "json_depth": "DOC-7 depth"}


def text_of(value):
    """The id that a value stands for (VAL-1)."""
    return value if isinstance(value, str) else str(int(value))


def too_long(value):
    return len(text_of(value).encode("utf-8")) > MOST_ID_BYTES


def misspelt(value):
    """Whether a number is an integer for JSON Schema only."""
    return isinstance(value, (float, documents.MinusZero))


def spelling(document, table):
    """Numbers where an integer was expected that the schema takes for one (DOC-8)."""
    known = dict(documents.fields(table))
    for path, value in documents.locations(document):
        field = known.get(documents.pattern(path))
        if field is None or field["kind"] not in ("id", "integer", "amount"):
            continue
        if isinstance(value, float):
            yield "DOC-8 1.0 for an integer", "wrong_type", documents.pointer(path)
        elif isinstance(value, documents.MinusZero):
            yield "DOC-8 -0 for an integer", "wrong_type", documents.pointer(path)


def value_is_huge(value):
    """Whether it is too much in any currency."""
    return Fraction(value) > MOST_MINOR_UNITS


class Findings:
    """One finding for each place: the first one counts."""

    def __init__(self):
        self.found = {}

    def add(self, name, code, path):
        assert name in CLASSES, name
        self.found.setdefault(documents.pointer(path), (name, code, documents.pointer(path)))

    def __iter__(self):
        return iter(self.found.values())

    def money(self, value, decimals, path):
        minor = Fraction(value) * 10 ** decimals
        if (Fraction(value) * 10 ** MOST_DECIMALS).denominator != 1 or value_is_huge(value):
            return      # a schema can refuse these
        if minor.denominator != 1:
            self.add("VAL-2 decimals of the currency", "too_many_decimals", path)
        elif minor > MOST_MINOR_UNITS:
            self.add("VAL-2 minor units of the currency", "out_of_range", path)

    def identify(self, value, seen, name, path):
        """Whether an id is valid and new in its list."""
        if too_long(value):
            self.add("VAL-1 bytes of an id", "bad_id", path)
            return False
        if text_of(value) in seen:
            self.add(name, "duplicate_id", path)
            return False
        return True


def cycle(plan):
    """Equal for plans of the same cycle (TGT-1)."""
    def length(interval):
        unit, factor = {"day": ("day", 1), "week": ("day", 7), "month": ("month", 1),
                        "year": ("month", 12)}[interval["interval"]]
        return unit, factor * interval["count"]
    return length(plan["billing"]), length(plan.get("delivery", plan["billing"]))


class Catalog:
    def __init__(self, document, currencies):
        self.document = document
        self.decimals = currencies[document["currency"]]
        self.findings = Findings()
        self.plans = {}         # by id: the cycle
        self.products = {}      # by id: the ids of its variants
        # An id that is not found is reported only where every id could be read: it may be the one
        # that could not (CAT-17). One that stands twice could be read.
        self.plans_known = self.products_known = self.variants_known = True

    def check(self):
        for index, plan in enumerate(self.document["selling_plans"]):
            self.check_plan(plan, ("selling_plans", index))
        for index, product in enumerate(self.document["products"]):
            self.check_product(product, ("products", index))
        scenarios = set()
        for index, scenario in enumerate(self.document["scenarios"]):
            path = ("scenarios", index)
            self.findings.identify(scenario["id"], scenarios, "CAT-15 scenario twice",
                                   path + ("id",))
            scenarios.add(text_of(scenario["id"]))
            for number, entry in enumerate(scenario["trigger"]["products"]):
                self.check_trigger(entry, path + ("trigger", "products", number))
            self.check_offer(scenario["offer"], path + ("offer",))
        return list(self.findings)

    def check_plan(self, plan, path):
        if self.findings.identify(plan["id"], self.plans, "CAT-15 selling plan twice",
                                  path + ("id",)):
            self.plans[text_of(plan["id"])] = cycle(plan)
        elif too_long(plan["id"]):
            self.plans_known = False
        after_cycles = set()
        for index, entry in enumerate(plan["pricing"]):
            here = path + ("pricing", index)
            if entry["type"] != "percentage":
                self.findings.money(entry["value"], self.decimals, here + ("value",))
            if entry["after_cycle"] in after_cycles:
                self.findings.add("CAT-5 cycle twice", "duplicate_cycle", here + ("after_cycle",))
            after_cycles.add(entry["after_cycle"])
        if plan.get("min_cycles", 0) > plan.get("max_cycles", 999):
            self.findings.add("CAT-18 min_cycles above max_cycles", "out_of_range",
                              path + ("min_cycles",))

    def check_product(self, product, path):
        variants = set()
        if self.findings.identify(product["id"], self.products, "CAT-15 product twice",
                                  path + ("id",)):
            self.products[text_of(product["id"])] = variants
            seen = variants
        elif too_long(product["id"]):
            self.products_known = self.variants_known = False
            seen = None     # which product's variants these are cannot be told
        else:
            variants = self.products[text_of(product["id"])]
            seen = None     # a product twice may have its variants twice
        for index, variant in enumerate(product["variants"]):
            here = path + ("variants", index)
            self.findings.identify(variant["id"], seen or (), "CAT-15 variant twice",
                                   here + ("id",))
            if too_long(variant["id"]):
                self.variants_known = False
            variants.add(text_of(variant["id"]))
            self.findings.money(variant["price"], self.decimals, here + ("price",))

    def check_ids(self, ids, path):
        """The ids that can be looked up: (path, id)."""
        seen = set()
        for index, value in enumerate(ids):
            here = path + (index,)
            self.findings.identify(value, seen, "CAT-15 id in two spellings", here)
            if not too_long(value):
                seen.add(text_of(value))
                yield here, text_of(value)

    def check_trigger(self, entry, path):
        if too_long(entry["product_id"]):
            self.findings.add("VAL-1 bytes of an id", "bad_id", path + ("product_id",))
        variants = self.products.get(text_of(entry["product_id"]))
        for here, value in self.check_ids(entry.get("variant_ids", []), path + ("variant_ids",)):
            if variants is not None and self.variants_known and value not in variants:
                self.findings.add("CAT-14 unknown variant of a trigger", "unknown_id", here)
        list(self.check_ids(entry.get("selling_plan_ids", []), path + ("selling_plan_ids",)))

    def check_offer(self, offer, path):
        self.check_item(offer, path)
        cycles = set()
        for here, value in self.check_ids(offer.get("selling_plan_ids", []),
                                          path + ("selling_plan_ids",)):
            if value not in self.plans:
                if self.plans_known:
                    self.findings.add("CAT-14 unknown selling plan", "unknown_id", here)
                continue
            if self.plans[value] in cycles:
                self.findings.add("CAT-13 same cycle", "same_cycle", here)
            cycles.add(self.plans[value])
        discount = offer.get("discount", {"type": "none"})
        if discount["type"] == "fixed_amount":
            self.findings.money(discount["value"], self.decimals, path + ("discount", "value"))
        quantity = offer.get("quantity", {})
        default = quantity.get("default", 1)
        most = quantity.get("max", default)
        here = path + ("quantity", "max")
        if most < default:
            self.findings.add("CAT-12 max below default", "out_of_range", here)
        elif most != default and "default" in quantity and not quantity.get("adjustable", False):
            self.findings.add("CAT-12 max without adjustable", "not_applicable", here)

    def check_item(self, offer, path):
        """The offered product and variant."""
        for key in ("product_id", "variant_id"):
            if too_long(offer[key]):
                self.findings.add("VAL-1 bytes of an id", "bad_id", path + (key,))
        product = text_of(offer["product_id"])
        if product not in self.products:
            if self.products_known and not too_long(product):
                self.findings.add("CAT-14 unknown product", "unknown_id", path + ("product_id",))
        elif self.variants_known and text_of(offer["variant_id"]) not in self.products[product]:
            self.findings.add("CAT-14 unknown variant", "unknown_id", path + ("variant_id",))


def catalog(document, currencies):
    return Catalog(document, currencies).check()


def order(document, currencies):
    findings = Findings()
    decimals = currencies[document["currency"]]
    seen = set()

    findings.identify(document["id"], (), None, ("id",))
    for index, line in enumerate(document["lines"]):
        path = ("lines", index)
        findings.identify(line["id"], seen, "ORD-2 line twice", path + ("id",))
        seen.add(text_of(line["id"]))
        for key in ("product_id", "variant_id", "selling_plan_id", "contract_id"):
            if line.get(key) is not None:
                findings.identify(line[key], (), None, path + (key,))
        for key in ("unit_price", "discounted_total"):
            if line.get(key) is not None:
                findings.money(line[key], decimals, path + (key,))
    return list(findings)
