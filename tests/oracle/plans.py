#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compare the program `upsell plan` with what a plan must say, computed from the rules.

    plans.py --upsell PATH [--library PATH] --seed N --cases K

The expectation is written from the rules of plans (PLN) with fractions and shares no code with
the library; which offer wins, and prices, are oracle.py's.  With --library, the library's own
runner must accept every plan.  Exit status: 0 no difference, 1 a difference or a case that never
occurred, 2 wrong usage.  Every case has a generator of its own: `--only I` repeats case I alone.
"""

import argparse
import collections
import ctypes
import hashlib
import json
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.dont_write_bytecode = True      # leave nothing beside the sources
import generate
import oracle
from generate import chance

SUB_TO_SUB, SUB_TO_ONE, ONE_TO_SUB, ONE_TO_ONE = oracle.PATTERNS
VERSIONS = ("2025-10", "2026-01", "2026-04", "2026-07", "2026-10")
MAX_NUMBER = 2 ** 53
MAX_QUANTITY = 9999

# Ids of Shopify, few enough to collide; scenarios, products and contracts have them too.
NUMBERS = [str(number) for number in (*range(1, 24), 300, 301, 8031234567890, MAX_NUMBER)]

BAD_IDS = ["0", "01", "v-1", "-1", "1.0", "9007199254740993", "gid://shopify/Product/1",
           "gid://shopify/%s/0", "gid://shopify/%s/1?x", "gid://shopify/%s/", " 1", "1" * 30]

# Cases from which on one that never occurred is a failure.
ENOUGH_CASES = 1000

CODES = ("ok", "currency_mismatch", "offer_changed", "quantity_out_of_range", "plan_not_offered",
         "price_changed", "id_not_shopify", "line_not_identifiable", "bad_count", "missing_scope",
         "missing_key", "not_applicable", "out_of_range")
FEATURES = ("percentage", "fixed_amount", "no_discount", "odd_percentage", "several_targets",
            "calculation", "lines_unknown", "lines_found_by_total", "free_lines", "other_choice",
            "second_segment", "zero_total", "new_lines_by_total", "known_contract",
            "unknown_contract", "large_order")

# An order with more lines than this cannot be read back.
MAX_LINES = 250


# --------------------------------------------------------------------------------------------
# Ids
# --------------------------------------------------------------------------------------------

def number_of(text, kind):
    """The number of an id of Shopify, or None."""
    head = f"gid://shopify/{kind}/"
    digits = text[len(head):] if text.startswith(head) else text
    if not (digits.isascii() and digits.isdigit()) or digits[0] == "0":
        return None
    return int(digits) if int(digits) <= MAX_NUMBER else None


def gid_of(text, kind):
    return f"gid://shopify/{kind}/{number_of(text, kind)}"


def same(a, b, kind):
    """Whether two ids are one, in whatever form; None is only itself."""
    if a is None or b is None:
        return a is b
    x, y = number_of(a, kind), number_of(b, kind)
    return a == b if x is None or y is None else x == y


def uuid_of(*fields):
    """The digest of a list of fields as a UUID of version 8."""
    sha = hashlib.sha256()
    for field in fields:
        text = b"" if field is None else field.encode()
        sha.update((b"n" if field is None else b"t") + struct.pack(">Q", len(text)) + text)
    digest = bytearray(sha.digest()[:16])
    digest[6] = 0x80 | digest[6] & 15
    digest[8] = 0x80 | digest[8] & 63
    digits = digest.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


# --------------------------------------------------------------------------------------------
# Inputs
# --------------------------------------------------------------------------------------------

def renamed_ids(rng):
    """How each id of variants and plans is written: its number, its GID, or wrong."""
    def names(kind):
        style = rng.choice(["number", "number", "gid", "mixed"])
        table = {}
        for number in NUMBERS:
            gid = f"gid://shopify/{kind}/{number}"
            table[number] = {"number": number, "gid": gid,
                             "mixed": rng.choice([number, gid])}[style]
        if chance(rng, 0.4):
            bad = rng.choice(BAD_IDS)
            table[rng.choice(NUMBERS)] = bad % kind if "%s" in bad else bad
        return table
    return names("ProductVariant"), names("SellingPlan")


def rename(catalog, order, variants, plans):
    def all_of(ids, table):
        return [table[oracle.read_id(item)] for item in ids]

    for product in catalog["products"]:
        for variant in product["variants"]:
            variant["id"] = variants[oracle.read_id(variant["id"])]
    for plan in catalog["selling_plans"]:
        plan["id"] = plans[oracle.read_id(plan["id"])]
    for scenario in catalog["scenarios"]:
        for entry in scenario["trigger"]["products"]:
            if "variant_ids" in entry:
                entry["variant_ids"] = all_of(entry["variant_ids"], variants)
            if "selling_plan_ids" in entry:
                entry["selling_plan_ids"] = all_of(entry["selling_plan_ids"], plans)
        offer = scenario["offer"]
        offer["variant_id"] = variants[oracle.read_id(offer["variant_id"])]
        if "selling_plan_ids" in offer:
            offer["selling_plan_ids"] = all_of(offer["selling_plan_ids"], plans)
    for line in order["lines"]:
        if line.get("variant_id") is not None:
            line["variant_id"] = variants[oracle.read_id(line["variant_id"])]
        if line.get("selling_plan_id") is not None:
            line["selling_plan_id"] = plans[oracle.read_id(line["selling_plan_id"])]


def name_order(rng, order):
    """Ids of order and lines: Shopify's, or not."""
    order["id"] = rng.choice(["gid://shopify/Order/77", "gid://shopify/Order/77", "o-1", "77"])
    known = rng.choice(["all"] * 6 + ["none"] * 3 + ["some"])
    for number, line in enumerate(order["lines"], 1):
        shopify = known == "all" or known == "some" and number % 2
        other = rng.choice([f"input-{number}", str(number)])    # a number is no id of Shopify
        line["id"] = f"gid://shopify/LineItem/{number}" if shopify else other
        if line.get("contract_id") is not None and chance(rng, 0.7):
            line["contract_id"] = f"gid://shopify/SubscriptionContract/{line['contract_id']}"
    if chance(rng, 0.06):                                       # all of it was free
        for line in order["lines"]:
            line.pop("discounted_total", None)
            line["unit_price"] = 0


def grow(rng, order):
    """Other lines, up to about as many as can be read back."""
    count = MAX_LINES + rng.choice([-30, -2, -1, 0, 1])
    for number in range(len(order["lines"]), count):
        order["lines"].append({"id": f"more-{number}", "product_id": "no product", "quantity": 1})


def friendly(rng, catalog):
    """Most stores can sell, so that there is something to plan."""
    if chance(rng, 0.9):
        catalog["store"] = {"plan": "enterprise", "post_purchase_app": True,
                            "one_time_to_one_time": True}
    for product in catalog["products"]:
        if chance(rng, 0.8):
            product.pop("requires_shipping", None)
            product.pop("requires_selling_plan", None)
    for scenario in catalog["scenarios"]:
        if chance(rng, 0.9):
            scenario["status"] = "published"
        if scenario["trigger"]["kind"] == "subscription" and chance(rng, 0.5):
            scenario["offer"].pop("discount", None)     # so that targets have prices of their own


def options_of(rng):
    options = {}
    if chance(rng, 0.7):
        options["reference_id"] = rng.choice(["ref-1", "0123456789abcdef", "A.b_c-D"])
    if chance(rng, 0.4):
        options["shop"] = rng.choice(["tea.myshopify.com", "Tea.MyShopify.COM", "茶", "É[@`{ZA"])
    if chance(rng, 0.6):
        options["api_version"] = rng.choice(VERSIONS)
    if chance(rng, 0.25):
        options["dialect"] = rng.choice(["draft", "calculation"])
        if chance(rng, 0.9):
            options["api_version"] = "2026-10"
    if chance(rng, 0.15):
        scopes = ["read_orders", "write_orders", "read_products", "write_products",
                  "read_own_subscription_contracts", "write_own_subscription_contracts"]
        options["granted_scopes"] = [scope for scope in scopes if chance(rng, 0.75)]
    return options


def acceptance_of(rng, catalog, decision):
    """Mostly what was offered, and else a little beside it."""
    offer = decision["offer"]
    scenario = decision["scenario_id"] or "S"
    if chance(rng, 0.04) and catalog["scenarios"]:
        scenario = oracle.read_id(rng.choice(catalog["scenarios"])["id"])
    doc = {"scenario_id": scenario, "quantity": 1}
    if offer is None:
        return doc
    most = offer["quantity"]["max"]
    doc["quantity"] = rng.choice([offer["quantity"]["default"]] * 3 + [1, most, most,
                                                                       rng.randint(1, most)])
    if chance(rng, 0.04):
        doc["quantity"] = rng.choice([0, most + 1, MAX_QUANTITY, MAX_QUANTITY + 1])
    if chance(rng, 0.5):
        choices = [choice["selling_plan_id"] for choice in offer["choices"]]
        doc["selling_plan_id"] = rng.choice(
            choices * 3 + [target["selling_plan_id"] for target in offer["targets"]] + [None])
        if chance(rng, 0.04):
            doc["selling_plan_id"] = rng.choice(NUMBERS)
    return doc


# --------------------------------------------------------------------------------------------
# What must come of it
# --------------------------------------------------------------------------------------------

class Refusal(Exception):
    """The plan must be refused, with one of these (code, pointer)."""

    def __init__(self, *problems):
        super().__init__(problems)
        self.problems = set(problems)


class Deal:
    """An offer that was accepted, priced for the accepted quantity and plan."""

    def __init__(self, catalog, order, acceptance, decision):
        self.catalog = oracle.read_catalog(catalog)
        self.names = {oracle.read_id(plan["id"]): plan["name"]
                      for plan in catalog["selling_plans"]}
        self.lines = order["lines"]
        self.index = next((i for i, scenario in enumerate(self.catalog["scenarios"])
                           if scenario["id"] == decision["scenario_id"]), None)
        self.acceptance = acceptance
        if order["currency"] != catalog["currency"]:    # before what the store is (PLN-1)
            raise Refusal(("currency_mismatch", "/order/currency"))
        self.compare(decision)
        offer = decision["offer"]
        self.scenario = self.catalog["scenarios"][self.index]
        self.quantity = acceptance["quantity"]
        self.price = self.catalog["products"][self.scenario["product_id"]]["variants"][
            self.scenario["variant_id"]]["price"]
        self.targets = [self.target(entry) for entry in offer["targets"]]
        self.cancelled = [self.place(name) for name in offer["cancel_line_ids"]]
        self.now = sum(target["line"] for target in self.targets)

    @property
    def pattern(self):
        return self.scenario["pattern"]

    @property
    def replaces(self):
        return self.pattern == ONE_TO_SUB

    def place(self, name):
        return next(i for i, line in enumerate(self.lines) if line["id"] == name)

    def compare(self, decision):
        """Acceptance against decision, in the order of the rules; the total comes later."""
        offer = decision["offer"]
        if offer is None or decision["scenario_id"] != self.acceptance["scenario_id"]:
            raise Refusal(("offer_changed", "/acceptance/scenario_id"))
        allowed = offer["quantity"]
        least = 1 if allowed["adjustable"] else allowed["default"]
        if not least <= self.acceptance["quantity"] <= allowed["max"]:
            raise Refusal(("quantity_out_of_range", "/acceptance/quantity"))
        wanted = self.acceptance.get("selling_plan_id")
        if wanted is None:
            return
        if decision["pattern"] == ONE_TO_SUB:
            offered = self.catalog["scenarios"][self.index]["selling_plan_ids"]
            fits = wanted in offered
        else:
            fits = all(target["selling_plan_id"] == wanted for target in offer["targets"])
        if not fits:
            raise Refusal(("plan_not_offered", "/acceptance/selling_plan_id"))

    def target(self, entry):
        plan_id = entry["selling_plan_id"]
        if self.replaces and self.acceptance.get("selling_plan_id") is not None:
            plan_id = self.acceptance["selling_plan_id"]
        plan = self.catalog["plans"].get(plan_id) if plan_id is not None else None
        rounding = self.catalog["rounding"]
        unit, line = oracle.first_price(self.pattern, plan, self.price, self.scenario["discount"],
                                        self.quantity, rounding, "offer_page")
        recurring = oracle.recurring_prices(plan, self.price, self.quantity,
                                            rounding) if plan else []
        base = oracle.plan_price(plan, self.price, 1, rounding) if self.replaces else self.price
        return {"line_ids": entry["line_ids"], "first": self.place(entry["line_ids"][0]),
                "plan_id": plan_id, "plan": plan, "unit": unit, "line": line, "base": base,
                "recurring": recurring}

    def money(self, minor):
        return oracle.write_money(minor, self.catalog["decimals"])


def paid_for(line, decimals):
    """What the order says was paid for a line, or None."""
    if line.get("discounted_total") is not None:
        return oracle.read_money(line["discounted_total"], decimals)
    if line.get("unit_price") is not None:
        return oracle.read_money(line["unit_price"], decimals) * line["quantity"]
    return None


def alike(line, variant, plan):
    return same(line.get("variant_id"), variant, "ProductVariant") and same(
        line.get("selling_plan_id"), plan, "SellingPlan")


def lines_known(deal):
    """Ids that the generator writes are GIDs, or no ids of Shopify at all."""
    return all(has_gid(line) for line in deal.lines)


def has_gid(line):
    return is_gid(line["id"], "LineItem")


def is_gid(text, kind):
    return text.startswith(f"gid://shopify/{kind}/") and number_of(text, kind) is not None


def needed_lines(deal):
    if deal.replaces:
        return deal.cancelled
    return [target["first"] for target in deal.targets] if deal.pattern == SUB_TO_SUB else []


def twins_of(deal, index):
    line = deal.lines[index]
    return [other for i, other in enumerate(deal.lines) if i != index and alike(
        other, line.get("variant_id"), line.get("selling_plan_id"))]


def problems_of_line(deal, index):
    """What keeps a line from being found by what it is."""
    line, pointer = deal.lines[index], f"/order/lines/{index}"
    decimals = deal.catalog["decimals"]
    if line.get("variant_id") is None:
        return {("line_not_identifiable", pointer)}
    problems = set()
    if number_of(line["variant_id"], "ProductVariant") is None:
        problems.add(("id_not_shopify", pointer + "/variant_id"))
    plan = line.get("selling_plan_id")
    if plan is not None and number_of(plan, "SellingPlan") is None:
        problems.add(("id_not_shopify", pointer + "/selling_plan_id"))
    mine = paid_for(line, decimals)
    if any(mine is None or paid_for(other, decimals) in (None, mine)
           for other in twins_of(deal, index)):
        problems.add(("line_not_identifiable", pointer))
    return problems


def problems_of_new_line(deal):
    plan = deal.targets[0]["plan_id"] if deal.replaces else None
    problems = set()
    for index, line in enumerate(deal.lines):
        if alike(line, deal.scenario["variant_id"], plan) and (
                len(deal.targets) > 1 or paid_for(line, deal.catalog["decimals"])
                in (None, deal.targets[0]["line"])):
            problems.add(("line_not_identifiable", f"/order/lines/{index}"))
    return problems


def check_ids(deal, order, options):
    problems = set()
    offer = f"/catalog/scenarios/{deal.index}/offer"
    if "reference_id" not in options and not order["id"].startswith("gid://shopify/Order/"):
        problems.add(("missing_key", "/options/reference_id"))
    if number_of(deal.scenario["variant_id"], "ProductVariant") is None:
        problems.add(("id_not_shopify", offer + "/variant_id"))
    for target in deal.targets:
        if target["plan_id"] is not None and number_of(target["plan_id"], "SellingPlan") is None:
            place = deal.scenario["selling_plan_ids"].index(target["plan_id"])
            problems.add(("id_not_shopify", f"{offer}/selling_plan_ids/{place}"))
    if any(has_gid(line) for line in deal.lines) and not lines_known(deal):
        odd = next(i for i, line in enumerate(deal.lines) if not has_gid(line))
        problems.add(("id_not_shopify", f"/order/lines/{odd}/id"))
    if not lines_known(deal):
        for index in needed_lines(deal):
            problems |= problems_of_line(deal, index)
        problems |= problems_of_new_line(deal)
    if problems:
        raise Refusal(*problems)


def check_size(deal):
    if len(deal.lines) + len(deal.targets) > MAX_LINES:
        raise Refusal(("bad_count", "/order/lines"))


def scopes_of(pattern):
    scopes = ["read_orders", "read_products", "write_orders"]
    if pattern in (SUB_TO_SUB, ONE_TO_SUB):
        scopes.append("read_own_subscription_contracts")
    if pattern == SUB_TO_SUB:
        scopes.append("write_own_subscription_contracts")
    return sorted(scopes)


def check_scopes(deal, options):
    granted = options.get("granted_scopes")
    if granted is None:
        return
    for scope in scopes_of(deal.pattern):
        if scope not in granted and scope.replace("read_", "write_", 1) not in granted:
            raise Refusal(("missing_scope", "/options/granted_scopes"))


def deal_of(case):
    """The deal, or Refusal."""
    catalog, order, acceptance, options = case
    if not 1 <= acceptance["quantity"] <= MAX_QUANTITY:
        raise Refusal(("out_of_range", "/acceptance/quantity"))
    if options.get("dialect") == "calculation" and options.get("api_version") != "2026-10":
        raise Refusal(("not_applicable", "/options/dialect"))
    total = acceptance.get("total")
    if total is not None and oracle.read_money(
            total, oracle.DECIMALS[catalog["currency"]]) > generate.MAX_PRICE:
        raise Refusal(("out_of_range", "/acceptance/total"))    # more than money can be
    deal = Deal(catalog, order, acceptance, oracle.decide(catalog, order))
    if total is not None and oracle.read_money(total, deal.catalog["decimals"]) != deal.now:
        raise Refusal(("price_changed", "/acceptance/total"))
    check_ids(deal, order, options)
    check_size(deal)
    check_scopes(deal, options)
    return deal


# --------------------------------------------------------------------------------------------
# What a plan must say
# --------------------------------------------------------------------------------------------

def exact(value):
    """A fraction as JSON has it, for the reader below: an int, or the digits."""
    if value.denominator == 1:
        return int(value)
    digits = f"{int(value * 10 ** 6):07d}"
    return (digits[:-6] + "." + digits[-6:]).rstrip("0")


def discount_of(deal, target, tally):
    """How the platform is told to take off just what the page took off."""
    off, quantity, base = deal.scenario["discount"], deal.quantity, target["base"]
    line, unit = target["line"], target["unit"]
    if line >= base * quantity:
        tally.features["no_discount"] += 1
        return None                                 # nothing is off
    if off["type"] == "percentage":
        whole = off["value"].denominator == 1
        platform = base * quantity - int(base * quantity * off["value"] / 100)
        if whole and platform == line:
            tally.features["percentage"] += 1
            return {"value": exact(off["value"]), "valueType": "percentage"}
    if unit * quantity == line:
        tally.features["fixed_amount"] += 1
        value = Fraction(base - unit, 10 ** deal.catalog["decimals"])
        return {"value": exact(value), "valueType": "fixed_amount"}
    tally.features["odd_percentage"] += 1
    return {"value": exact(off["value"]), "valueType": "percentage"}


def changes_of(deal, tally):
    changes = []
    for target in deal.targets:
        change = {"type": "add_subscription" if deal.replaces else "add_variant",
                  "variantId": number_of(deal.scenario["variant_id"], "ProductVariant"),
                  "quantity": deal.quantity}
        if deal.replaces:
            change["sellingPlanId"] = number_of(target["plan_id"], "SellingPlan")
        discount = discount_of(deal, target, tally)
        if discount:
            change["discount"] = discount
        changes.append(change)
    return changes


def shown_changes(changes):
    """The same of a plan: what may be worded as one likes is left out."""
    shown = []
    for change in changes:
        change = dict(change)
        if change["type"] == "add_subscription":
            assert change.pop("initialShippingPrice") == 0
            assert change.pop("recurringShippingPrice") == 0
            change.pop("shippingOption")
        if "discount" in change:
            change["discount"] = {key: value for key, value in change["discount"].items()
                                  if key != "title"}
        shown.append(change)
    return shown


def charge_of(deal):
    money = deal.money
    refunds = []
    for index in deal.cancelled:
        line = deal.lines[index]
        refund = {"line_id": line["id"], "quantity": line["quantity"]}
        paid = paid_for(line, deal.catalog["decimals"])
        if paid is not None:
            refund["amount"] = money(paid)
        refunds.append(refund)
    return {"now": money(deal.now),
            "targets": [{"line_ids": target["line_ids"], "quantity": deal.quantity,
                         "now": money(target["line"]),
                         "recurring": [{"from_cycle": segment["from_cycle"],
                                        "unit": money(segment["unit"]),
                                        "line": money(segment["line"])}
                                       for segment in target["recurring"]]}
                        for target in deal.targets],
            "refunds": refunds}


def contract_line(deal, target, plan_id, calculates):
    """The line that a contract gets, at the price of the cycle that comes next."""
    plan, rounding = target["plan"], deal.catalog["rounding"]

    def money(minor):
        text = deal.money(minor)
        return {"amount": text, "currencyCode": deal.catalog["currency"]} if calculates else text

    entries = []
    for entry in sorted(plan["pricing"], key=lambda entry: entry["after_cycle"]):
        value = {"percentage": exact(entry["value"])} if entry["type"] == "percentage" else {
            "fixedValue": deal.money(entry["value"])}
        entries.append({"afterCycle": entry["after_cycle"],
                        "adjustmentType": entry["type"].upper(), "adjustmentValue": value,
                        "computedPrice": money(oracle.plan_price(
                            plan, deal.price, entry["after_cycle"] + 1, rounding))})
    line = {"productVariantId": gid_of(deal.scenario["variant_id"], "ProductVariant"),
            "quantity": deal.quantity,
            "customAttributes": [{"key": "_upsell_plan", "value": plan_id}]}
    if deal.names[target["plan_id"]]:
        line["sellingPlanName"] = deal.names[target["plan_id"]]
    gid = gid_of(target["plan_id"], "SellingPlan")
    following = money(oracle.plan_price(plan, deal.price, 2, rounding))
    if calculates:
        return {**line, "priceOverride": following, "discounts": [], "originSellingPlanId": gid,
                "appManagedPricingPolicy": {"basePrice": money(deal.price),
                                            "cyclePriceAdjustments": entries}}
    return {**line, "currentPrice": following, "sellingPlanId": gid,
            "pricingPolicy": {"basePrice": money(deal.price), "cycleDiscounts": entries}}


def numbered(deal, name, target):
    return name if len(deal.targets) == 1 else f"{name}_{target + 1}"


CLAIMING = ["find_order", "claim", "read_claim"]
REFUNDING = ["await_contract", "look_refunded", "guard", "refund", "await_refund", "judge_refund"]
DRAFTING = ["await_contract", "open", "add_line", "read_draft", "commit"]
CALCULATING = ["await_contract", "read_contract", "calculate", "await_calculation", "compare",
               "commit"]


def steps_of(deal, options):
    """The ids of all steps: they are part of the format."""
    branches = range(len(deal.targets))
    steps = ["charge", *CLAIMING]
    steps += [numbered(deal, "await_other", i) for i in branches]
    steps += ["confirm", "judge", "await_charge", "judge_absence"]
    if deal.pattern == SUB_TO_SUB:
        words = CALCULATING if options.get("dialect") == "calculation" else DRAFTING
        steps += [numbered(deal, word, i) for i in branches for word in words]
    elif deal.replaces:
        steps += REFUNDING
    steps += [numbered(deal, "verify", i) for i in branches]
    lane = [*CLAIMING, "look", "remove", "verify"]
    if not deal.replaces:
        return steps + ["undo_" + word for word in lane]
    refused = [*CLAIMING, "await_item", "absence", "look", "remove", "suggest", "refund",
               "verify", "contract"]
    return (steps + ["undo_" + word for word in [*lane, "contract"]]
            + ["refused_" + word for word in refused])


def new_line_of(deal):
    """How a line that was charged is told from all others."""
    plan = gid_of(deal.targets[0]["plan_id"], "SellingPlan") if deal.replaces else None
    where = {"/variant/id": gid_of(deal.scenario["variant_id"], "ProductVariant"),
             "/sellingPlan/sellingPlanId": plan}
    if lines_known(deal):
        where["/id"] = {"not_in": [line["id"] for line in deal.lines]}
    elif len(deal.targets) == 1:
        where[LINE_TOTAL] = deal.money(deal.targets[0]["line"])
    return where


LINE_TOTAL = "/discountedTotalSet/shopMoney/amount"


def seen_lines(deal, tally):
    """The tests that the new lines are all there, as name: (where, op)."""
    new, quantity = new_line_of(deal), deal.quantity
    if len(deal.targets) == 1:
        return {"on_order": ({**new, "/currentQuantity": quantity}, "present")}
    tests = {}
    prices = collections.Counter(target["line"] for target in deal.targets)
    for number, target in enumerate(deal.targets, 1):
        where = {**new, "/currentQuantity": {"not_in": [0]}}
        if prices[target["line"]] == 1:     # no other one may be in the same line
            tally.features["new_lines_by_total"] += 1
            where[LINE_TOTAL] = deal.money(target["line"])
        tests[f"on_order_{number}"] = where, "present"
    whole = [quantity * count for count in range(len(deal.targets) + 1)]
    tests["quantities"] = {**new, "/currentQuantity": {"not_in": whole}}, "null"
    return tests


def found_lines(deal, tally):
    """Where ids are not known: how each needed line is found, as outputs."""
    outputs = {}
    for number, index in enumerate(needed_lines(deal), 1):
        line = deal.lines[index]
        plan = line.get("selling_plan_id")
        where = {"/variant/id": gid_of(line["variant_id"], "ProductVariant"),
                 "/sellingPlan/sellingPlanId": plan and gid_of(plan, "SellingPlan")}
        if twins_of(deal, index):
            tally.features["lines_found_by_total"] += 1
            where["/discountedTotalSet/shopMoney/amount"] = deal.money(
                paid_for(line, deal.catalog["decimals"]))
        outputs[f"line_{number}"] = {"at": "/order/lineItems/nodes", "where": where,
                                     "take": "/id"}
    return outputs


# --------------------------------------------------------------------------------------------
# Comparing
# --------------------------------------------------------------------------------------------

class Difference(Exception):
    pass


def equal(what, want, got):
    if want != got:
        raise Difference(f"{what}: expected {want!r}, actual {got!r}")


def strict(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Difference(f"a key stands twice among {keys}")
    return dict(pairs)


def check_steps(deal, options, steps):
    ids = [step["id"] for step in steps]
    equal("steps", steps_of(deal, options), ids)
    for index, step in enumerate(steps):
        for other in step["depends_on"]:
            if other not in ids[:index]:
                raise Difference(f"step {step['id']} depends on {other}, which is not before it")
        lane = step["id"].startswith(("undo_", "refused_"))
        equal(f"lane of {step['id']}", "compensation" if lane else None, step.get("lane"))


def names_of(step):
    return [check["name"] for check in step.get("checks", [])]


def rows_of(step):
    """The first row for each result, without how often and how long."""
    rows = {}
    for row in step.get("on", []):
        rows.setdefault(row["when"], (row["do"], row.get("step"), row.get("state")))
    return rows


def writes_of(deal, options):
    """Steps that cannot be taken back: each with the reading that must go before."""
    pairs = {"undo_remove": "undo_look"}
    if deal.replaces:
        pairs |= {"refund": "guard", "refused_remove": "refused_look",
                  "refused_refund": "refused_suggest"}
    if deal.pattern == SUB_TO_SUB:
        reading = "compare" if options.get("dialect") == "calculation" else "read_draft"
        pairs |= {numbered(deal, "commit", i): numbered(deal, reading, i)
                  for i in range(len(deal.targets))}
    return pairs


def check_evidence(deal, options, plan, steps):
    """Nothing is written before the evidence was seen to be this plan's."""
    for write, reading in writes_of(deal, options).items():
        equal(f"what {write} comes after", [reading], steps[write]["depends_on"])
        tests = {check["name"]: check for check in steps[reading]["checks"]}
        for name, op, value in (("foreign", "ne", plan["plan_id"]), ("no_evidence", "null", None)):
            check = tests.get(name)
            if not check or not check["at"].endswith("/evidence/value"):
                raise Difference(f"{reading} does not check {name}")
            equal(f"{name} in {reading}", (op, value), (check["op"], check.get("value")))
        equal(f"no_evidence after {reading}", "stop" if reading == "guard" else None,
              rows_of(steps[reading]).get("no_evidence", (None,))[0])
        equal(f"foreign after {reading}", ("stop", None, "claimed_by_other"),
              rows_of(steps[reading])["foreign"])


def check_owed(deal, steps):
    """What is owed for the item is its price, and anything else is not touched."""
    one, now = (Fraction(minor, 10 ** deal.catalog["decimals"]) for minor in (1, deal.now))
    wanted = {"paid": ("lt", one), "other_amount": ("ne", now), "unpaid": ("ge", one),
              "owing": ("ge", one), "overpaid": ("lt", 0), "money_kept": ("lt", 0)}
    for step in steps.values():
        for check in step.get("checks", []):
            if check["name"] in wanted and check["at"].startswith("/order/totalOutstanding"):
                equal(f"{check['name']} in {step['id']}", wanted[check["name"]],
                      (check["op"], Fraction(check["value"])))
    order = ["foreign", "cancelled", "too_many_lines"]
    owed = ["owing"]
    contract = ["has_contract"] if deal.replaces else []
    counted = ["more_lines"] if len(deal.targets) > 1 or not lines_known(deal) else []
    lane = order + ["gone", "no_evidence", *counted, *contract, "paid", "other_amount"]
    equal("checks of confirm", order + ["more_lines"] * (len(deal.targets) > 1),
          names_of(steps["confirm"]))
    for step in steps.values():
        for check in step.get("checks", []):
            if check["name"] == "more_lines":
                places = len(deal.lines) + len(deal.targets)
                equal(f"more_lines in {step['id']}", (f"/order/lineItems/nodes/{places}", "present"),
                      (check["at"], check["op"]))
    equal("checks of judge", order + ["gone", "no_evidence", "other_quantity", "paid",
                                      "other_amount"], names_of(steps["judge"]))
    equal("checks of undo_look", lane, names_of(steps["undo_look"]))
    if deal.replaces:
        equal("checks of refused_look", lane, names_of(steps["refused_look"]))
        for name in ("undo_contract", "refused_contract"):
            equal(f"checks of {name}", order + owed, names_of(steps[name]))
        equal("checks of guard", order + ["no_evidence", *owed, "no_contract"],
              names_of(steps["guard"])[:5 + len(owed)])


def check_roads(deal, steps):
    """Where the results lead that decide about a buyer's money."""
    error = rows_of(steps["charge"])["subscription_contract_creation_error"]
    equal("a contract that was refused", ("compensate", "refused_find_order",
                                          "unpaid_line_removed") if deal.replaces else
          ("next", None, None), error)
    equal("judged to be unpaid", ("compensate", "undo_find_order", "unpaid_line_removed"),
          rows_of(steps["judge"])["ok"])
    equal("an item that comes late", ("restart_from", "confirm", None),
          rows_of(steps["await_charge"])["ok"])
    equal("an item that never came", ("stop", None, "not_charged"),
          rows_of(steps["judge_absence"])["not_charged"])
    state = {SUB_TO_SUB: "paid_not_delivered", ONE_TO_SUB: "paid_contract_unknown"}
    equal("an item that was paid after all", ("stop", None, state.get(deal.pattern, "unknown")),
          rows_of(steps["undo_look"])["paid"])
    if not deal.replaces:
        return
    ended = rows_of(steps["await_contract"])
    equal("a contract that has ended", {("stop", None, "paid_not_delivered")},
          {ended[name] for name in ("terminated", "terminated_expired", "terminated_failed")})
    equal("a contract that does not come", ("stop", None, "paid_contract_unknown"),
          ended["timeout"])
    equal("refused a contract and paid", ("skip_to", "refused_suggest", None),
          rows_of(steps["refused_look"])["paid"])
    for lane in ("undo", "refused"):
        equal(f"an item with a contract, {lane}", ("skip_to", f"{lane}_contract", None),
              rows_of(steps[f"{lane}_look"])["has_contract"])
    equal("money that the shop kept", ("stop", None, "delivered_not_refunded"),
          rows_of(steps["judge_refund"])["money_kept"])


def check_charge(deal, case, plan, step, tally):
    options, changes = case[3], step["changes"]
    shop = options.get("shop")
    if shop is not None:                            # a domain: ASCII's letters alone
        shop = re.sub("[A-Z]", lambda letter: letter[0].lower(), shop)
    key = uuid_of("upsell.charge", shop, options.get("reference_id") or case[1]["id"],
                  deal.scenario["id"])
    evidence = "charge-" + uuid_of("upsell.evidence", deal.scenario["id"])
    equal("changes", changes_of(deal, tally), shown_changes(changes[:-1]))
    equal("evidence", {"type": "set_metafield", "namespace": "upsell", "key": evidence,
                       "value": plan["plan_id"], "valueType": "string"}, changes[-1])
    equal("expect", [deal.money(target["line"]) for target in deal.targets],
          step["expect"]["lines"])
    equal("key of the changeset", key, step["idempotency_key"])
    equal("consent", deal.replaces, step["buyer_consent"])
    equal("expiry", deal.scenario["page"]["expires_after_seconds"],
          step["expires_after_seconds"])


def check_lines(deal, case, plan, steps, tally):
    known = lines_known(deal)
    equal("known lines", [line["id"] for line in deal.lines] if known else [],
          plan["known_line_ids"])
    outputs = {} if known else found_lines(deal, tally)
    equal("lines that are found", outputs, steps["read_claim"].get("output", {}))
    names = ([deal.lines[index]["id"] for index in needed_lines(deal)] if known else
             [{"$bind": f"read_claim/line_{i + 1}"} for i in range(len(needed_lines(deal)))])
    seen = {test["name"]: (test.get("where"), test["op"]) for test in steps["confirm"]["until"]
            if test["name"] not in ("evidence", "paid")}
    equal("new lines", seen_lines(deal, tally), seen)
    if deal.replaces:
        wanted = [{"lineItemId": name, "quantity": deal.lines[index]["quantity"],
                   "restockType": "CANCEL"} for name, index in zip(names, deal.cancelled)]
        equal("refunded lines", wanted, steps["refund"]["variables"]["input"]["refundLineItems"])
        equal("suggested for", wanted, steps["guard"]["variables"]["lines"])
        keyed = case[3].get("api_version", "2026-07") >= "2026-04"
        equal("key of the refund", keyed, steps["refund"].get("idempotency_key") is not None)
    if deal.pattern == SUB_TO_SUB:
        for i, name in enumerate(names):
            step = steps[numbered(deal, "await_contract", i)]
            equal("line of the contract", name, step["poll"]["variables"]["line"])
            check_contract_id(deal, i, step, tally)


def check_contract_id(deal, i, step, tally):
    """The contract that the order gives its first line must be the one; a GID says which."""
    contract = deal.lines[deal.targets[i]["first"]].get("contract_id")
    known = contract is not None and is_gid(oracle.read_id(contract), "SubscriptionContract")
    tally.features["known_contract"] += known
    tally.features["unknown_contract"] += contract is not None and not known
    equal("contract of the line", [contract] if known else [],
          [check["value"] for check in step["checks"] if check["name"] == "other_contract"])


def check_contracts(deal, options, plan, steps):
    calculates = options.get("dialect") == "calculation"
    for i, target in enumerate(deal.targets):
        if calculates:
            lines = steps[numbered(deal, "calculate", i)]["variables"]["input"]["lines"]
            added = lines["$map"]["append"]
            equal("lines that are appended", 1, len(added))
            line = added[0]["productVariantLine"]
        else:
            line = steps[numbered(deal, "add_line", i)]["variables"]["input"]
        equal("line of a contract", contract_line(deal, target, plan["plan_id"], calculates), line)


def check_plan(deal, case, text, tally):
    order, options = case[1], case[3]
    plan = json.loads(text, object_pairs_hook=strict, parse_float=str)
    steps = {step["id"]: step for step in plan["steps"]}
    head = {"format": "upsell.plan/1", "pattern": deal.pattern,
            "scenario_id": deal.scenario["id"], "order_id": order["id"],
            "shop": options.get("shop"), "reference_id": options.get("reference_id"),
            "api_version": options.get("api_version", "2026-07"),
            "dialect": options.get("dialect", "draft"), "currency": deal.catalog["currency"],
            "scopes": scopes_of(deal.pattern), "charge": charge_of(deal)}
    for key, want in head.items():
        equal(key, want, plan[key])
    check_steps(deal, options, plan["steps"])
    check_charge(deal, case, plan, steps["charge"], tally)
    check_lines(deal, case, plan, steps, tally)
    check_evidence(deal, options, plan, steps)
    check_owed(deal, steps)
    check_roads(deal, steps)
    if deal.pattern == SUB_TO_SUB:
        check_contracts(deal, options, plan, steps)
    # Plans of the same id are the same plan.
    if tally.plans.setdefault(plan["plan_id"], text) != text:
        raise Difference("another plan has the same id")


class Tally:
    def __init__(self):
        self.cases = 0
        self.codes = collections.Counter()
        self.patterns = collections.Counter()
        self.features = collections.Counter()
        self.plans = {}

    def add(self, deal, options):
        self.patterns[deal.pattern] += 1
        self.features["several_targets"] += len(deal.targets) > 1
        self.features["calculation"] += options.get("dialect") == "calculation"
        self.features["lines_unknown"] += not lines_known(deal)
        self.features["large_order"] += len(deal.lines) + len(deal.targets) >= MAX_LINES - 1
        self.features["zero_total"] += deal.now == 0
        self.features["second_segment"] += len(deal.targets[0]["recurring"]) > 1
        self.features["other_choice"] += (deal.replaces and deal.targets[0]["plan_id"]
                                          != deal.scenario["selling_plan_ids"][0])
        self.features["free_lines"] += deal.replaces and all(
            paid_for(deal.lines[index], deal.catalog["decimals"]) == 0
            for index in deal.cancelled)

    def never(self):
        return [name for names, counts in ((CODES, self.codes), (oracle.PATTERNS, self.patterns),
                                           (FEATURES, self.features))
                for name in names if not counts[name]]

    def __str__(self):
        parts = [f"{self.cases} cases, {self.codes['ok']} plans, 0 differences"]
        for counts in (self.codes, self.patterns, self.features):
            parts.append(" ".join(f"{name}={counts[name]}" for name in sorted(counts)))
        return "plans: " + "; ".join(parts)


# --------------------------------------------------------------------------------------------
# Running
# --------------------------------------------------------------------------------------------

def case_of(seed, index):
    rng = random.Random(f"plans/{seed}/{index}")
    generate.IDS = NUMBERS
    catalog = generate.catalog(rng)
    friendly(rng, catalog)
    order = generate.order(rng, catalog)
    rename(catalog, order, *renamed_ids(rng))
    if chance(rng, 0.06):
        grow(rng, order)
    name_order(rng, order)
    options = options_of(rng)
    acceptance = acceptance_of(rng, catalog, oracle.decide(catalog, order))
    case = catalog, order, acceptance, options
    if chance(rng, 0.5):
        try:
            acceptance["total"] = total_of(rng, deal_of(case))
        except Refusal:
            pass
    return case


def total_of(rng, deal):
    now = deal.now + (rng.choice([-1, 1, 100]) if chance(rng, 0.1) and deal.now else 0)
    return generate.spell_money(rng, now, deal.catalog["decimals"])


def command_of(upsell, folder, options):
    rng = random.Random(str(options))
    command = [upsell, "plan", "--catalog", "catalog.json", "--order", "order.json", "--accept",
               "acceptance.json"]
    for key, value in options.items():
        text = rng.choice([",", ", ", " "]).join(value) if key == "granted_scopes" else value
        command += ["--" + key.replace("_", "-"), text]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)


def write_case(folder, case):
    for name, document in zip(("catalog", "order", "acceptance", "options"), case):
        (folder / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False),
                                             encoding="utf-8")


def refusal_in(done):
    """(code, pointer into all inputs) of the one line on standard error."""
    file, pointer, code, _ = done.stderr.decode().split(": ", 3)
    return code, "/" + file.removesuffix(".json") + pointer


class Runner:
    """The library's own judge of plans."""

    def __init__(self, path):
        self.library = ctypes.CDLL(str(path)) if path else None

    def check(self, text):
        if self.library is None:
            return
        runner = ctypes.c_void_p()
        status = self.library.upsell_runner_new(text, ctypes.c_size_t(len(text)),
                                                ctypes.byref(runner), None)
        if status:
            raise Difference(f"the runner refuses the plan with status {status}")
        self.library.upsell_runner_free(runner)


def check_case(arguments, case, folder, runner, tally):
    write_case(folder, case)
    done = command_of(arguments.upsell, folder, case[3])
    tally.cases += 1
    try:
        deal = deal_of(case)
    except Refusal as refusal:
        if done.returncode != 1 or done.stdout:
            raise Difference(f"expected one of {refusal.problems}, exit status "
                             f"{done.returncode}") from None
        found = refusal_in(done)
        tally.codes[found[0]] += 1
        if found not in refusal.problems:
            raise Difference(f"expected one of {refusal.problems}, actual {found}") from None
        return
    if done.returncode or done.stderr:
        raise Difference(f"exit status {done.returncode}: {done.stderr!r}")
    tally.codes["ok"] += 1
    tally.add(deal, case[3])
    check_plan(deal, case, done.stdout.decode(), tally)
    runner.check(done.stdout.rstrip(b"\n"))


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare upsell plan with the oracle")
    parser.add_argument("--upsell", required=True, help="the program under test",
                        type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--library", help="the shared library, whose runner judges plans")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=1000, metavar="K")
    parser.add_argument("--only", type=int, metavar="I", help="only case I (from 0)")
    parser.add_argument("--all", action="store_true", help="go on after a difference")
    parser.add_argument("--keep", type=pathlib.Path,
                        default=pathlib.Path(tempfile.gettempdir()) / "upsell-plans",
                        help="where the documents of a difference are written")
    return parser.parse_args()


def report(arguments, index, case, difference):
    where = arguments.keep / f"seed-{arguments.seed}-case-{index}"
    where.mkdir(parents=True, exist_ok=True)
    write_case(where, case)
    print(f"plans: seed {arguments.seed}, case {index}: {ascii(str(difference))[1:-1]}\n"
          f"documents: {where}")


def main():
    arguments = parse_arguments()
    runner, tally, differences = Runner(arguments.library), Tally(), 0
    indices = range(arguments.cases) if arguments.only is None else [arguments.only]
    with tempfile.TemporaryDirectory() as folder:
        for index in indices:
            case = case_of(arguments.seed, index)
            try:
                check_case(arguments, case, pathlib.Path(folder), runner, tally)
            except Difference as difference:
                report(arguments, index, case, difference)
                differences += 1
                if not arguments.all:
                    return 1
    if differences:
        print(f"plans: {differences} differences in {tally.cases} cases")
        return 1
    print(tally)
    never = tally.never()
    if never and tally.cases >= ENOUGH_CASES:
        print("plans: never occurred, so not tested: " + ", ".join(never))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
