#!/usr/bin/env python3
"""Reference implementation of the deciding and pricing rules.

Written straight from the rules and for reading, not for speed; it shares no code with the library.
decide() takes documents that are already known to be valid.  Money is an int of minor units from
the moment it is read until it is written, and every rate is a Fraction: there is no float here.

Run as a program it checks itself against the worked figures of the rules.
"""

import json
from fractions import Fraction

# Decimals of the currencies that the generator uses (ISO 4217).
DECIMALS = {"JPY": 0, "KRW": 0, "USD": 2, "EUR": 2, "BHD": 3, "CLF": 4}

DEFAULT_ROUNDING = {
    "checkout": {"mode": "half_up", "target": "price", "basis": "unit"},
    "offer_page": {"mode": "floor", "target": "discount", "basis": "line"},
}
DEFAULT_BUY_BUTTON = "追加注文する"
DEFAULT_CLOSE_LABEL = "閉じる"
SECONDS_WITHOUT_TIMER = 600

PATTERNS = (
    "subscription_to_subscription",  # 1
    "subscription_to_one_time",      # 2
    "one_time_to_subscription",      # 3
    "one_time_to_one_time",          # 4
)

# Every reason a decision can give, in the order in which the rules name them.
ORDER_REASONS = ("store_plan", "store_post_purchase_app", "currency_mismatch")
CANDIDATE_REASONS = (
    "pattern_not_enabled", "other_items", "offer_not_shippable", "offer_subscription_only",
    "order_has_subscription", "no_shipping_address", "no_matching_cycle", "offer_out_of_stock",
    "lower_priority",
)
OUTCOME_REASONS = ("no_candidate", "all_rejected")


# --------------------------------------------------------------------------------------------
# Reading: one spelling for every value, defaults filled in
# --------------------------------------------------------------------------------------------

def read_id(value):
    """A string, or a JSON integer, which means its decimal digits."""
    return str(value)


def read_optional_id(value):
    return None if value is None else read_id(value)


def read_ids(values):
    return [read_id(value) for value in values]


def read_money(value, decimals):
    """Major units (decimal string or integer) -> minor units."""
    minor = Fraction(value) * 10 ** decimals
    assert minor.denominator == 1, value
    return int(minor)


def read_amount_off(entry, decimals):
    """The value beside a type: percentages in percent, everything else in minor units."""
    if entry["type"] == "none":
        return {"type": "none"}
    if entry["type"] == "percentage":
        return {"type": "percentage", "value": Fraction(entry["value"])}
    return {"type": entry["type"], "value": read_money(entry["value"], decimals)}


def read_rounding(doc):
    """Whatever part is left out has the default of its surface."""
    return {surface: {**default, **doc.get(surface, {})}
            for surface, default in DEFAULT_ROUNDING.items()}


def read_plan(doc, decimals):
    return {
        "id": read_id(doc["id"]),
        "billing": doc["billing"],
        "delivery": doc.get("delivery", doc["billing"]),
        "pricing": [{"after_cycle": entry["after_cycle"], **read_amount_off(entry, decimals)}
                    for entry in doc["pricing"]],
        "max_cycles": doc.get("max_cycles"),
    }


def read_product(doc, decimals):
    return {
        "id": read_id(doc["id"]),
        "requires_shipping": doc.get("requires_shipping", True),
        "requires_selling_plan": doc.get("requires_selling_plan", False),
        "variants": {read_id(variant["id"]): {"price": read_money(variant["price"], decimals),
                                              "available": variant.get("available")}
                     for variant in doc["variants"]},
    }


def read_quantity(doc):
    default = doc.get("default", 1)
    return {"default": default, "max": doc.get("max", default),
            "adjustable": doc.get("adjustable", False)}


def read_page(doc):
    """The page as a decision shows it."""
    timer = doc.get("timer", {})
    description = doc.get("description", {})
    close_button = doc.get("close_button", {})
    if timer.get("enabled", False):
        seconds = timer["seconds"]
        shown_timer = {"visible": True, "seconds": seconds, "text": timer.get("text", "")}
    else:
        seconds = SECONDS_WITHOUT_TIMER
        shown_timer = {"visible": False, "seconds": None, "text": ""}
    return {
        "title": doc.get("title", ""),
        "timer": shown_timer,
        "description": {"visible": description.get("visible", True),
                        "text": description.get("text")},
        "buy_button": doc.get("buy_button", DEFAULT_BUY_BUTTON),
        "close_button": {"visible": close_button.get("visible", True),
                         "label": close_button.get("label", DEFAULT_CLOSE_LABEL)},
        "expires_after_seconds": seconds,
    }


def read_trigger_entry(doc):
    return {
        "product_id": read_id(doc["product_id"]),
        "variant_ids": read_ids(doc.get("variant_ids", [])),
        "selling_plan_ids": read_ids(doc.get("selling_plan_ids", [])),
    }


def read_scenario(doc, decimals):
    trigger, offer = doc["trigger"], doc["offer"]
    return {
        "id": read_id(doc["id"]),
        "published": doc["status"] == "published",
        "priority": doc["priority"],
        "pattern": pattern_of(trigger["kind"], offer["kind"]),
        "trigger_kind": trigger["kind"],
        "other_items": trigger.get("other_items", "allow"),
        "trigger_entries": [read_trigger_entry(entry) for entry in trigger["products"]],
        "product_id": read_id(offer["product_id"]),
        "variant_id": read_id(offer["variant_id"]),
        "selling_plan_ids": read_ids(offer.get("selling_plan_ids", [])),
        "discount": read_amount_off(offer.get("discount", {"type": "none"}), decimals),
        "quantity": read_quantity(offer.get("quantity", {})),
        "page": read_page(doc.get("page", {})),
    }


def read_catalog(doc):
    decimals = DECIMALS[doc["currency"]]
    store = doc.get("store", {})
    plans = [read_plan(plan, decimals) for plan in doc["selling_plans"]]
    products = [read_product(product, decimals) for product in doc["products"]]
    return {
        "currency": doc["currency"],
        "decimals": decimals,
        "store": {"plan": store.get("plan", "standard"),
                  "post_purchase_app": store.get("post_purchase_app", False),
                  "one_time_to_one_time": store.get("one_time_to_one_time", False)},
        "rounding": read_rounding(doc.get("rounding", {})),
        "plans": {plan["id"]: plan for plan in plans},
        "products": {product["id"]: product for product in products},
        "scenarios": [read_scenario(scenario, decimals) for scenario in doc["scenarios"]],
    }


def read_line(doc):
    plan_id = read_optional_id(doc.get("selling_plan_id"))
    return {
        "id": read_id(doc["id"]),
        "product_id": read_id(doc["product_id"]),
        "variant_id": read_optional_id(doc.get("variant_id")),
        "selling_plan_id": plan_id,
        "kind": "one_time" if plan_id is None else "subscription",
        "contract_id": read_optional_id(doc.get("contract_id")),
    }


def read_order(doc):
    return {
        "id": read_id(doc["id"]),
        "currency": doc["currency"],
        "has_shipping_address": doc.get("has_shipping_address", True),
        "lines": [read_line(line) for line in doc["lines"]],
    }


# --------------------------------------------------------------------------------------------
# Prices
# --------------------------------------------------------------------------------------------

def round_to_int(value, mode):
    """Round a Fraction >= 0 to a whole number of minor units."""
    below = value.numerator // value.denominator
    rest = value - below
    half = Fraction(1, 2)
    if mode == "floor":
        up = False
    elif mode == "ceil":
        up = rest > 0
    elif mode == "half_up":
        up = rest >= half
    elif mode == "half_down":
        up = rest > half
    elif mode == "half_even":
        up = rest > half or (rest == half and below % 2 == 1)
    else:
        raise ValueError(mode)
    return below + 1 if up else below


def percent_price(base, percent, quantity, policy):
    """`percent` % off `base` minor units, as (unit, line).  The table of four."""
    off = Fraction(percent) / 100
    mode = policy["mode"]

    def after_discount(amount):
        if policy["target"] == "price":
            return round_to_int(amount * (1 - off), mode)
        return amount - round_to_int(amount * off, mode)

    unit = after_discount(base)
    if policy["basis"] == "unit":
        return unit, unit * quantity
    return unit, after_discount(base * quantity)


def discounted(base, discount, quantity, policy):
    """A discount (none, percentage, fixed_amount) on `base`, as (unit, line)."""
    if discount["type"] == "percentage":
        return percent_price(base, discount["value"], quantity, policy)
    if discount["type"] == "fixed_amount":
        unit = max(0, base - discount["value"])
    else:
        unit = base
    return unit, unit * quantity


def plan_price(plan, price, cycle, rounding):
    """Unit price of a cycle (1 = the order just paid) under a plan from read_plan()."""
    begun = [entry for entry in plan["pricing"] if entry["after_cycle"] < cycle]
    if not begun:
        return price
    entry = max(begun, key=lambda entry: entry["after_cycle"])
    if entry["type"] == "price":
        return entry["value"]
    # A plan's percentage is always rounded as the checkout does, for one unit.
    policy = {**rounding["checkout"], "basis": "unit"}
    unit, _ = discounted(price, entry, 1, policy)
    return unit


def recurring_prices(plan, price, quantity, rounding):
    """Cycles 2 and later: a segment for cycle 2, then one wherever the unit price changes."""
    last_start = max([entry["after_cycle"] + 1 for entry in plan["pricing"]], default=1)
    segments = []
    last = max(2, last_start)
    if plan["max_cycles"] is not None:
        last = min(last, plan["max_cycles"])    # there are no later cycles
    for cycle in range(2, last + 1):
        unit = plan_price(plan, price, cycle, rounding)
        if not segments or segments[-1]["unit"] != unit:
            segments.append({"from_cycle": cycle, "unit": unit, "line": unit * quantity})
    return segments


def first_price(pattern, plan, price, discount, quantity, rounding, surface):
    """The first price, as (unit, line) on one surface.  `plan` is None in patterns 2 and 4."""
    if pattern == "one_time_to_subscription":
        # The scenario's discount comes on top of the plan's first price.
        base = plan_price(plan, price, 1, rounding)
    elif pattern == "subscription_to_subscription" and discount["type"] == "none":
        # Nothing to put in the place of the plan's first price.
        base = plan_price(plan, price, 1, rounding)
    else:
        # Pattern 1 with a discount: instead of the plan's first price.  Patterns 2 and 4: no plan.
        base = price
    return discounted(base, discount, quantity, rounding[surface])


def price_under(scenario, plan, price, rounding):
    """The whole price block of a target or a choice, in minor units."""
    quantity = scenario["quantity"]["default"]
    block = {"list_unit": price,
             "plan_unit": None if plan is None else plan_price(plan, price, 1, rounding)}
    for surface in ("checkout", "offer_page"):
        unit, line = first_price(scenario["pattern"], plan, price, scenario["discount"],
                                 quantity, rounding, surface)
        block[surface] = {"unit": unit, "line": line}
    block["recurring"] = [] if plan is None else recurring_prices(plan, price, quantity, rounding)
    return block


# --------------------------------------------------------------------------------------------
# Cycles, trigger lines, targets
# --------------------------------------------------------------------------------------------

def pattern_of(trigger_kind, offer_kind):
    return trigger_kind + "_to_" + offer_kind


def interval_length(interval):
    """1 week = 7 days and 1 year = 12 months; a month is never a number of days."""
    name, count = interval["interval"], interval["count"]
    return {"day": ("day", count), "week": ("day", 7 * count),
            "month": ("month", count), "year": ("month", 12 * count)}[name]


def cycle_of(plan):
    """What two plans of the same cycle have in common: billing and delivery both."""
    return interval_length(plan["billing"]), interval_length(plan.get("delivery", plan["billing"]))


def same_cycle(a, b):
    return cycle_of(a) == cycle_of(b)


def entry_matches(entry, kind, line):
    """Product, variant, kind and selling plan must all match within one entry."""
    if line["kind"] != kind or line["product_id"] != entry["product_id"]:
        return False
    # An entry that names variants never matches a line without one: None is in no list of ids.
    if entry["variant_ids"] and line["variant_id"] not in entry["variant_ids"]:
        return False
    if entry["selling_plan_ids"] and line["selling_plan_id"] not in entry["selling_plan_ids"]:
        return False
    return True


def trigger_lines(scenario, order):
    return [line for line in order["lines"]
            if any(entry_matches(entry, scenario["trigger_kind"], line)
                   for entry in scenario["trigger_entries"])]


def group_in_order(lines, key):
    """Groups of lines with the same key, in the order of each group's first line."""
    groups = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return list(groups.values())


def contract_targets(scenario, lines, plans):
    """Pattern 1: one target for each contract (or cycle) just bought that the offer can join."""
    known = [line for line in lines if line["selling_plan_id"] in plans]
    if all(line["contract_id"] is not None for line in known):
        groups = group_in_order(known, lambda line: line["contract_id"])
    else:
        groups = group_in_order(known, lambda line: cycle_of(plans[line["selling_plan_id"]]))
    targets = []
    for group in groups:
        bought = plans[group[0]["selling_plan_id"]]
        contracts = [line["contract_id"] for line in group if line["contract_id"] is not None]
        for plan_id in scenario["selling_plan_ids"]:
            if same_cycle(plans[plan_id], bought):
                targets.append({"line_ids": [line["id"] for line in group],
                                "contract_id": contracts[0] if contracts else None,
                                "plan": plans[plan_id]})
                break
    return targets


def targets_of(scenario, lines, plans):
    if scenario["pattern"] == "subscription_to_subscription":
        return contract_targets(scenario, lines, plans)
    # Pattern 3 starts with the scenario's first plan; patterns 2 and 4 have none.
    plan = None
    if scenario["pattern"] == "one_time_to_subscription":
        plan = plans[scenario["selling_plan_ids"][0]]
    return [{"line_ids": [line["id"] for line in lines], "contract_id": None, "plan": plan}]


# --------------------------------------------------------------------------------------------
# Deciding
# --------------------------------------------------------------------------------------------

def whole_order_reason(catalog, order):
    """What rules out any offer, before a scenario is looked at."""
    if catalog["store"]["plan"] != "enterprise":
        return "store_plan"
    if not catalog["store"]["post_purchase_app"]:
        return "store_post_purchase_app"
    if order["currency"] != catalog["currency"]:
        return "currency_mismatch"
    return None


def rejection(catalog, order, candidate):
    """The first rule that rejects a candidate, or None."""
    scenario, targets = candidate["scenario"], candidate["targets"]
    pattern = scenario["pattern"]
    product = catalog["products"][scenario["product_id"]]
    stock = product["variants"][scenario["variant_id"]]["available"]

    if pattern == "one_time_to_one_time" and not catalog["store"]["one_time_to_one_time"]:
        return "pattern_not_enabled"
    if scenario["other_items"] == "deny" and len(candidate["lines"]) < len(order["lines"]):
        return "other_items"
    if not product["requires_shipping"]:
        return "offer_not_shippable"
    if product["requires_selling_plan"] and pattern != "one_time_to_subscription":
        return "offer_subscription_only"
    if pattern == "one_time_to_subscription":
        if any(line["kind"] == "subscription" for line in order["lines"]):
            return "order_has_subscription"
        if not order["has_shipping_address"]:
            return "no_shipping_address"
    if pattern == "subscription_to_subscription" and not targets:
        return "no_matching_cycle"
    if stock is not None and stock < scenario["quantity"]["default"] * len(targets):
        return "offer_out_of_stock"
    return None


def find_candidates(catalog, order):
    """The published scenarios with a trigger line, in catalogue order."""
    candidates = []
    for scenario in catalog["scenarios"]:
        lines = trigger_lines(scenario, order)
        if scenario["published"] and lines:
            candidates.append({"scenario": scenario, "lines": lines,
                               "targets": targets_of(scenario, lines, catalog["plans"])})
    return candidates


def decide(catalog, order, explain=True):
    """The decision document for one order."""
    catalog, order = read_catalog(catalog), read_order(order)

    reason = whole_order_reason(catalog, order)
    if reason is not None:
        return decision(order, reason, None, None, [])

    candidates = find_candidates(catalog, order)
    if not candidates:
        return decision(order, "no_candidate", None, None, [])

    for candidate in candidates:
        candidate["reason"] = rejection(catalog, order, candidate)
    survivors = [candidate for candidate in candidates if candidate["reason"] is None]
    # min() keeps the first of equals: the one earlier in the catalogue.
    winner = min(survivors, key=lambda c: c["scenario"]["priority"], default=None)
    for candidate in survivors:
        if candidate is not winner:
            candidate["reason"] = "lower_priority"

    considered = [{"scenario_id": c["scenario"]["id"], "reason": c["reason"]}
                  for c in candidates if c is not winner]
    if not explain:
        considered = []
    if winner is None:
        return decision(order, "all_rejected", None, None, considered)
    return decision(order, None, winner["scenario"], write_offer(catalog, winner), considered)


# --------------------------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------------------------

def write_money(minor, decimals):
    """Exactly the currency's decimals: 800 -> "800" (JPY) or "8.00" (USD)."""
    if decimals == 0:
        return str(minor)
    return f"{minor // 10 ** decimals}.{minor % 10 ** decimals:0{decimals}d}"


def write_price(block, decimals):
    def money(minor):
        return None if minor is None else write_money(minor, decimals)

    def pair(prices):
        return {"unit": money(prices["unit"]), "line": money(prices["line"])}

    return {
        "list_unit": money(block["list_unit"]),
        "plan_unit": money(block["plan_unit"]),
        "checkout": pair(block["checkout"]),
        "offer_page": pair(block["offer_page"]),
        "recurring": [{"from_cycle": segment["from_cycle"], **pair(segment)}
                      for segment in block["recurring"]],
    }


def write_offer(catalog, candidate):
    scenario, targets = candidate["scenario"], candidate["targets"]
    variant = catalog["products"][scenario["product_id"]]["variants"][scenario["variant_id"]]
    replaces = scenario["pattern"] == "one_time_to_subscription"

    quantity = dict(scenario["quantity"])
    if variant["available"] is not None:
        quantity["max"] = min(quantity["max"], variant["available"] // len(targets))

    def price(plan):
        return price_under(scenario, plan, variant["price"], catalog["rounding"])

    prices = [price(target["plan"]) for target in targets]
    totals = {surface: sum(block[surface]["line"] for block in prices)
              for surface in ("checkout", "offer_page")}
    choices = []
    if replaces and len(scenario["selling_plan_ids"]) > 1:
        choices = [{"selling_plan_id": plan_id,
                    "price": write_price(price(catalog["plans"][plan_id]), catalog["decimals"])}
                   for plan_id in scenario["selling_plan_ids"]]
    return {
        "product_id": scenario["product_id"],
        "variant_id": scenario["variant_id"],
        "quantity": quantity,
        "cancel_line_ids": [line["id"] for line in candidate["lines"]] if replaces else [],
        "targets": [{"line_ids": target["line_ids"],
                     "contract_id": target["contract_id"],
                     "selling_plan_id": target["plan"]["id"] if target["plan"] else None,
                     "price": write_price(block, catalog["decimals"])}
                    for target, block in zip(targets, prices)],
        "choices": choices,
        "total": {"checkout": write_money(totals["checkout"], catalog["decimals"]),
                  "offer_page": write_money(totals["offer_page"], catalog["decimals"]),
                  "differs": totals["checkout"] != totals["offer_page"]},
        "page": scenario["page"],
    }


def decision(order, reason, scenario, offer, considered):
    return {
        "format": "upsell.decision/1",
        "order_id": order["id"],
        "outcome": "no_offer" if scenario is None else "offer",
        "reason": reason,
        "scenario_id": None if scenario is None else scenario["id"],
        "pattern": None if scenario is None else scenario["pattern"],
        "priority": None if scenario is None else scenario["priority"],
        "offer": offer,
        "considered": considered,
    }


def to_line(document):
    """The exact bytes of an output line, without the line feed."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


# --------------------------------------------------------------------------------------------
# The worked figures
# --------------------------------------------------------------------------------------------

SAMPLE_CATALOG = """
{"format":"upsell.catalog/1","currency":"JPY",
 "store":{"plan":"enterprise","post_purchase_app":true,"one_time_to_one_time":false},
 "rounding":{"checkout":{"mode":"half_up","target":"price","basis":"unit"},
             "offer_page":{"mode":"floor","target":"discount","basis":"line"}},
 "selling_plans":[{"id":"sp-m1","name":"毎月お届け",
    "billing":{"interval":"month","count":1},"delivery":{"interval":"month","count":1},
    "pricing":[{"after_cycle":0,"type":"percentage","value":"10"}]}],
 "products":[{"id":"p-tea","title":"煎茶","requires_shipping":true,"requires_selling_plan":false,
    "variants":[{"id":"v-tea","title":"100g","price":"1000","available":null}]}],
 "scenarios":[{"id":"S1","name":"茶筒を毎月","status":"published","priority":1,
    "trigger":{"kind":"subscription","other_items":"allow",
      "products":[{"product_id":"p-tea","variant_ids":[],"selling_plan_ids":[]}]},
    "offer":{"kind":"subscription","product_id":"p-tea","variant_id":"v-tea","selling_plan_ids":["sp-m1"],
      "discount":{"type":"percentage","value":"20"},
      "quantity":{"default":1,"max":5,"adjustable":true}},
    "page":{"title":"ご一緒にいかがですか","timer":{"enabled":true,"seconds":300,"text":"残り"},
      "description":{"visible":true,"text":null},
      "buy_button":"追加注文する","close_button":{"visible":true,"label":"閉じる"}}}]}
"""
SAMPLE_ORDER = """
{"format":"upsell.order/1","id":"o-1","currency":"JPY","has_shipping_address":true,
 "lines":[{"id":"l-1","product_id":"p-tea","variant_id":"v-tea","quantity":1,"unit_price":"900",
           "selling_plan_id":"sp-m1","contract_id":null}]}
"""
# Decision lines are kept in pieces; they are joined without anything between.
SAMPLE_DECISION = (
    '{"format":"upsell.decision/1","order_id":"o-1","outcome":"offer","reason":null,'
    '"scenario_id":"S1","pattern":"subscription_to_subscription","priority":1,'
    '"offer":{"product_id":"p-tea","variant_id":"v-tea",'
    '"quantity":{"default":1,"max":5,"adjustable":true},'
    '"cancel_line_ids":[],'
    '"targets":[{"line_ids":["l-1"],"contract_id":null,"selling_plan_id":"sp-m1","price":{'
    '"list_unit":"1000","plan_unit":"900",'
    '"checkout":{"unit":"800","line":"800"},"offer_page":{"unit":"800","line":"800"},'
    '"recurring":[{"from_cycle":2,"unit":"900","line":"900"}]}}],'
    '"choices":[],'
    '"total":{"checkout":"800","offer_page":"800","differs":false},'
    '"page":{"title":"ご一緒にいかがですか","timer":{"visible":true,"seconds":300,"text":"残り"},'
    '"description":{"visible":true,"text":null},"buy_button":"追加注文する",'
    '"close_button":{"visible":true,"label":"閉じる"},"expires_after_seconds":300}},'
    '"considered":[{"scenario_id":"S2","reason":"lower_priority"}]}'
)


def self_check():
    """Raise AssertionError unless the figures of the rules come out."""
    def same(got, want):
        if got != want:
            raise AssertionError(f"got {got!r}, want {want!r}")

    # 356 yen less 10 %: the checkout says 320, the offer page 321.
    same(percent_price(356, "10", 1, DEFAULT_ROUNDING["checkout"]), (320, 320))
    same(percent_price(356, "10", 1, DEFAULT_ROUNDING["offer_page"]), (321, 321))
    # Ten of them: 3204 as a line of its own, 3200 as ten times the unit.
    same(percent_price(356, "10", 10, DEFAULT_ROUNDING["checkout"]), (320, 3200))
    same(percent_price(356, "10", 10, DEFAULT_ROUNDING["offer_page"]), (321, 3204))

    # Halves: 5/2 and 7/2 in every mode.
    halves = {"floor": (2, 3), "ceil": (3, 4), "half_up": (3, 4),
              "half_down": (2, 3), "half_even": (2, 4)}
    for mode, want in halves.items():
        same((round_to_int(Fraction(5, 2), mode), round_to_int(Fraction(7, 2), mode)), want)
        same(round_to_int(Fraction(4), mode), 4)

    # Cycles.
    def every(count, interval):
        return {"billing": {"interval": interval, "count": count}}
    same(same_cycle(every(1, "week"), every(7, "day")), True)
    same(same_cycle(every(1, "year"), every(12, "month")), True)
    same(same_cycle(every(1, "month"), every(30, "day")), False)
    prepaid = {**every(3, "month"), "delivery": {"interval": "month", "count": 1}}
    same(same_cycle(every(3, "month"), prepaid), False)

    # The sample, with a second scenario of lower priority behind the first.
    catalog, order = json.loads(SAMPLE_CATALOG), json.loads(SAMPLE_ORDER)
    first = catalog["scenarios"][0]
    catalog["scenarios"].append({**first, "id": "S2", "priority": 2})
    same(to_line(decide(catalog, order)).decode("utf-8"), SAMPLE_DECISION)

    # 1000 yen, plan 10 %, scenario 20 %: pattern 1 pays 800 now, pattern 3 pays 720; both 900 later.
    price = decide(catalog, order)["offer"]["targets"][0]["price"]
    same((price["checkout"]["unit"], price["recurring"][0]["unit"]), ("800", "900"))
    first["trigger"]["kind"] = "one_time"
    order["lines"][0]["selling_plan_id"] = None
    offer = decide(catalog, order)["offer"]
    price = offer["targets"][0]["price"]
    same((price["checkout"]["unit"], price["recurring"][0]["unit"]), ("720", "900"))
    same(offer["cancel_line_ids"], ["l-1"])


if __name__ == "__main__":
    self_check()
    print("oracle: the worked figures come out")
