"""Seeded random catalogues and orders: valid, small, and as awkward as valid documents can be.

catalog(rng) and order(rng, catalog) return documents as json.loads would.  The pools are small on
purpose: ids, cycles, priorities and prices collide all the time.
"""

from oracle import DECIMALS, cycle_of, read_id, read_ids

# Keys that are left out now and then although the rules state their default only in passing.
# Take a name out to have the key always written; "store" and "available" may be added.
#   rounding     the whole object         policy_key   mode, target or basis of one surface
#   store        the whole object         available    a variant's stock
ARGUABLE_ABSENCES = {"rounding", "policy_key"}

MAX_PRICE = 10 ** 11            # in minor units
MAX_STOCK = 2 ** 53 - 1
MAX_QUANTITY = 9999

IDS = [
    "1", "2", "10", "100", "01", "0", "-1", "1.0", "1e0", "null", " ", "p", "P", "p-1", "p-10",
    "8031234567890", "9007199254740993", "18446744073709551616", "9" * 40,
    "gid://shopify/Product/1", "a/b~c", 'q"uo\\te', "tab\there", "\x01\x1f", "\x7f", "\u2028",
    "煎茶", "お茶🍵", "が", "か\u3099", "é" * 127 + "x",
]
TEXTS = [
    "tea", "ご一緒にいかがですか", "残り⏳", 'say "yes"', "back\\slash \\u0041", "a/b </script>",
    "line\nfeed\r\n", "\b\f\t\x01\x0b\x1b\x1f", "\x7f\x80\x85", "\u2028\u2029", "👨‍👩‍👧‍👦 家族", "%s%n{}",
    " ", "z" * 5000, "\U0010ffff\ud7ff\ue000",
]
CYCLE_FAMILIES = [  # (billing, delivery): in each family some are the same cycle, some only look so
    [(("day", 7), ("day", 7)), (("week", 1), ("week", 1)), (("week", 1), ("day", 7)),
     (("week", 1), ("day", 1))],
    [(("month", 12), ("month", 12)), (("year", 1), ("year", 1)), (("day", 365), ("day", 365)),
     (("week", 52), ("week", 52)), (("year", 1), ("month", 12))],
    [(("month", 1), ("month", 1)), (("day", 30), ("day", 30)), (("month", 1), ("day", 30)),
     (("month", 1), ("week", 1)), (("week", 4), ("week", 4)), (("day", 28), ("day", 28))],
    [(("year", 1), ("month", 1)), (("month", 12), ("month", 1)), (("month", 1), ("month", 1)),
     (("month", 12), ("month", 12)), (("month", 1), ("year", 1))],
    [(("month", 3), ("month", 1)), (("month", 3), ("month", 3)), (("day", 90), ("day", 90)),
     (("day", 3), ("day", 3)), (("week", 3), ("week", 3)), (("year", 3), ("year", 3))],
    [(("week", 142), ("week", 142)), (("day", 994), ("day", 994)), (("day", 999), ("day", 999)),
     (("year", 999), ("month", 999)), (("month", 996), ("month", 996)),
     (("year", 83), ("year", 83))],
]
MODES = ("floor", "ceil", "half_up", "half_down", "half_even", "half_even")
TARGETS = ("price", "discount")
BASES = ("unit", "line")
KINDS = [  # of trigger and offer; the first pattern has the most to go wrong
    ("subscription", "subscription"), ("subscription", "subscription"),
    ("subscription", "one_time"), ("one_time", "subscription"), ("one_time", "one_time"),
]
# In ten-thousandths of a percent.  With the prices below many results end in exactly one half.
PERCENTAGES = [0, 1, 10_000, 25_000, 100_000, 125_000, 200_000, 250_000, 333_333, 500_000, 500_000,
               500_000, 666_667, 750_000, 875_000, 999_999, 1_000_000]
PRICES = [0, 1, 2, 3, 5, 6, 7, 25, 60, 99, 356, 1000, 1001, 1003, 1500, 1999, 123_457]
CATALOG_CURRENCIES = ("JPY", "JPY", "USD", "BHD", "CLF")


def chance(rng, probability):
    return rng.random() < probability


# --------------------------------------------------------------------------------------------
# Spellings of one value
# --------------------------------------------------------------------------------------------

def spell_id(rng, text):
    """An id made of decimal digits may be written as a JSON integer of at most 64 bits."""
    canonical = text.isascii() and text.isdigit() and (text == "0" or text[0] != "0")
    return int(text) if canonical and int(text) < 2 ** 63 and chance(rng, 0.5) else text


def spell_ids(rng, texts):
    return [spell_id(rng, text) for text in texts]


def spell_decimal(rng, units, decimals, most_decimals):
    """`units` / 10^decimals as a JSON integer or as one of its decimal strings."""
    whole, rest = divmod(units, 10 ** decimals)
    if rest == 0 and chance(rng, 0.3):
        return whole
    digits = f"{rest:0{decimals}d}" if decimals else ""
    if chance(rng, 0.5):
        digits = digits.rstrip("0")
    if chance(rng, 0.2):
        digits = digits.ljust(rng.randint(len(digits), max(len(digits), most_decimals)), "0")
    leading = "0" * rng.randint(1, 3) if chance(rng, 0.05) else ""
    return f"{leading}{whole}.{digits}" if digits else f"{leading}{whole}"


def spell_money(rng, minor, decimals):
    """More decimals than the currency has are allowed if they are zeros."""
    return spell_decimal(rng, minor, decimals, 40 if chance(rng, 0.05) else decimals + 2)


def spell_percentage(rng, units):
    return spell_decimal(rng, units, 4, 4)


# --------------------------------------------------------------------------------------------
# Values
# --------------------------------------------------------------------------------------------

def any_text(rng):
    return rng.choice(TEXTS) if chance(rng, 0.8) else rng.choice(TEXTS) + rng.choice(TEXTS)


def any_percentage(rng):
    return rng.choice(PERCENTAGES) if chance(rng, 0.7) else rng.randint(0, 1_000_000)


def any_price(rng):
    if chance(rng, 0.7):
        return rng.choice(PRICES)
    return rng.choice([rng.randint(0, 3000), rng.randint(0, MAX_PRICE), MAX_PRICE, MAX_PRICE - 1])


def any_quantity(rng):
    if chance(rng, 0.8):
        return rng.choice([1, 1, 2, 3, 7])
    return rng.choice([10, rng.randint(1, MAX_QUANTITY), MAX_QUANTITY])


def amount_off(rng, kind, decimals):
    """type and value of a discount or of a pricing entry."""
    if kind == "none":
        return {"type": "none"}
    if kind == "percentage":
        return {"type": kind, "value": spell_percentage(rng, any_percentage(rng))}
    return {"type": kind, "value": spell_money(rng, any_price(rng), decimals)}


# --------------------------------------------------------------------------------------------
# Catalogue
# --------------------------------------------------------------------------------------------

def store(rng):
    doc = {"plan": "enterprise", "post_purchase_app": True,
           "one_time_to_one_time": chance(rng, 0.7)}
    if chance(rng, 0.1):
        doc["plan"] = rng.choice(["free", "standard"])
    if chance(rng, 0.13 if doc["plan"] == "enterprise" else 0.5):
        doc["post_purchase_app"] = False
    if chance(rng, 0.1):
        del doc[rng.choice(list(doc))]
    if "store" in ARGUABLE_ABSENCES and chance(rng, 0.02):
        return None
    return doc


def policy(rng):
    doc = {"mode": rng.choice(MODES), "target": rng.choice(TARGETS), "basis": rng.choice(BASES)}
    if "policy_key" in ARGUABLE_ABSENCES and chance(rng, 0.15):
        del doc[rng.choice(list(doc))]
    return doc


def rounding(rng):
    if "rounding" in ARGUABLE_ABSENCES and chance(rng, 0.08):
        return None
    return {surface: policy(rng) for surface in ("checkout", "offer_page") if chance(rng, 0.88)}


def interval(pair):
    return {"interval": pair[0], "count": pair[1]}


def pricing(rng, decimals):
    """Entries in any order; values often repeat, so that segments merge."""
    count = rng.choice([0, 1, 1, 2, 3, 4])
    cycles = rng.sample([0, 1, 2, 3, 4, 11], count)
    if count and chance(rng, 0.02):
        cycles[0] = rng.choice([998, 999])
    entries = []
    for after_cycle in cycles:
        if entries and chance(rng, 0.4):
            amount = rng.choice(entries).copy()
        else:
            amount = amount_off(rng, rng.choice(["percentage", "percentage", "fixed_amount", "price"]),
                                decimals)
        entries.append({**amount, "after_cycle": after_cycle})
    return entries


def plan_length(rng):
    """The least and the most charges, either of which may be missing."""
    least = rng.choice([1, 1, 2, 3, 5, 999])
    most = rng.choice([each for each in (1, 2, 3, 4, 5, 12, 13, 998, 999) if each >= least])
    return thinned(rng, {"min_cycles": least, "max_cycles": most})


def selling_plans(rng, decimals):
    count = 0 if chance(rng, 0.04) else rng.randint(1, 8)
    # One family or two, so that plans share their cycles, or all but.
    cycles = sum(rng.sample(CYCLE_FAMILIES, rng.randint(1, 2)), [])
    plans = []
    for plan_id in rng.sample(IDS, count):
        billing, delivery = rng.choice(cycles)
        plan = {"id": spell_id(rng, plan_id), "name": any_text(rng), "billing": interval(billing),
                "delivery": interval(delivery), "pricing": pricing(rng, decimals)}
        if billing == delivery and chance(rng, 0.5):
            del plan["delivery"]
        if chance(rng, 0.4):
            plan.update(plan_length(rng))
        plans.append(plan)
    return plans


def products(rng, decimals):
    docs = []
    for product_id in rng.sample(IDS, rng.randint(1, 3)):
        doc = {"id": spell_id(rng, product_id), "title": any_text(rng),
               "requires_shipping": not chance(rng, 0.12),
               "requires_selling_plan": chance(rng, 0.16),
               "variants": [{"id": spell_id(rng, variant_id), "title": any_text(rng),
                             "price": spell_money(rng, any_price(rng), decimals),
                             "available": None}
                            for variant_id in rng.sample(IDS, rng.randint(1, 3))]}
        for key, default in (("requires_shipping", True), ("requires_selling_plan", False)):
            if doc[key] is default and chance(rng, 0.5):
                del doc[key]
        docs.append(doc)
    return docs


def set_stock(rng, docs, scenarios):
    """Stock at and around what the scenarios that offer a variant need."""
    for doc in docs:
        for variant in doc["variants"]:
            if chance(rng, 0.5):
                if "available" in ARGUABLE_ABSENCES and chance(rng, 0.3):
                    del variant["available"]
                continue
            needs = [scenario["offer"].get("quantity", {}).get("default", 1)
                     for scenario in scenarios
                     if read_id(scenario["offer"]["product_id"]) == read_id(doc["id"])
                     and read_id(scenario["offer"]["variant_id"]) == read_id(variant["id"])]
            exact = rng.choice(needs or [1]) * rng.randint(1, 3)
            variant["available"] = rng.choice(
                [0, 1, exact, exact + 1, exact - 1, 2 * exact + 1, 5 * exact + 3, 10_000, MAX_STOCK])


def trigger(rng, kind, docs, plans):
    """Entries that name known and unknown things, and one product more than once."""
    ids = [read_id(doc["id"]) for doc in docs]
    plan_ids = [read_id(plan["id"]) for plan in plans]
    entries = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        product_id = rng.choice(ids) if chance(rng, 0.85) else rng.choice(IDS)
        entry = {"product_id": spell_id(rng, product_id)}
        variants = [read_id(variant["id"]) for doc in docs if read_id(doc["id"]) == product_id
                    for variant in doc["variants"]]
        if chance(rng, 0.35):
            # Variants of a known product must exist; those of an unknown one cannot be checked.
            entry["variant_ids"] = spell_ids(rng, some_of(rng, variants, variants or IDS))
        elif chance(rng, 0.5):
            entry["variant_ids"] = []
        if kind == "subscription" and chance(rng, 0.35):
            entry["selling_plan_ids"] = spell_ids(rng, some_of(rng, plan_ids, IDS))
        elif kind == "subscription" and chance(rng, 0.5):
            entry["selling_plan_ids"] = []
        entries.append(entry)
    doc = {"kind": kind, "products": entries}
    if chance(rng, 0.6):
        doc["other_items"] = rng.choice(["allow", "allow", "deny"])
    return doc


def some_of(rng, known, others):
    """One or more different ids, mostly known ones."""
    picked = rng.sample(known, rng.randint(1, len(known))) if known and chance(rng, 0.85) else []
    more = [other for other in others if other not in picked]
    if more and (not picked or chance(rng, 0.2)):
        picked.append(rng.choice(more))
    rng.shuffle(picked)
    return picked


def plans_of_scenario(rng, plans):
    """At least one plan, and no two with the same cycle."""
    picked, cycles = [], set()
    for plan in rng.sample(plans, len(plans)):
        if cycle_of(plan) not in cycles and (not picked or chance(rng, 0.6)):
            picked.append(read_id(plan["id"]))
            cycles.add(cycle_of(plan))
    return spell_ids(rng, picked)


def quantity(rng):
    doc = {}
    if chance(rng, 0.7):
        doc["default"] = any_quantity(rng)
    default = doc.get("default", 1)
    if chance(rng, 0.7):
        doc["adjustable"] = True
        if chance(rng, 0.8):
            doc["max"] = rng.choice([default, min(default + rng.randint(0, 9), MAX_QUANTITY),
                                     rng.randint(default, MAX_QUANTITY), MAX_QUANTITY])
    else:
        if chance(rng, 0.5):
            doc["adjustable"] = False
        if chance(rng, 0.4):
            doc["max"] = default
    return doc


def offer(rng, kind, docs, plans, decimals):
    product = rng.choice(docs)
    variant = rng.choice(product["variants"])
    doc = {"kind": kind, "product_id": spell_id(rng, read_id(product["id"])),
           "variant_id": spell_id(rng, read_id(variant["id"]))}
    if kind == "subscription":
        doc["selling_plan_ids"] = plans_of_scenario(rng, plans)
    elif chance(rng, 0.5):
        doc["selling_plan_ids"] = []
    if chance(rng, 0.9):
        discount = rng.choice(["none", "percentage", "percentage", "percentage", "fixed_amount"])
        doc["discount"] = amount_off(rng, discount, decimals)
    if chance(rng, 0.8):
        doc["quantity"] = quantity(rng)
    return doc


def thinned(rng, doc, required=()):
    """The same object with some of its keys left out."""
    return {key: value for key, value in doc.items() if key in required or chance(rng, 0.75)}


def disclosure(rng):
    """What a buyer is told; nothing of it plays a part in a decision."""
    return thinned(rng, {key: rng.choice(["", any_text(rng)]) for key in
                         ("price", "payment", "delivery", "period", "withdrawal", "cancellation")})


def page(rng):
    enabled = chance(rng, 0.5)
    timer = thinned(rng, {"enabled": enabled, "seconds": rng.choice([1, 300, 600, 3600]),
                          "text": rng.choice(["", any_text(rng)])},
                    ("enabled", "seconds") if enabled else ())
    return thinned(rng, {
        "title": rng.choice(["", any_text(rng)]),
        "timer": timer,
        "description": thinned(rng, {"visible": chance(rng, 0.7),
                                     "text": rng.choice([None, any_text(rng)])}),
        "buy_button": any_text(rng),
        "close_button": thinned(rng, {"visible": chance(rng, 0.7), "label": any_text(rng)}),
        "disclosure": disclosure(rng),
    })


def scenario(rng, scenario_id, docs, plans, decimals):
    trigger_kind, offer_kind = rng.choice(KINDS)
    if not plans:
        offer_kind = "one_time"
    doc = {"id": spell_id(rng, scenario_id), "name": any_text(rng),
           "status": "draft" if chance(rng, 0.12) else "published",
           "priority": rng.choice([0, 1, 1, 1, 2, 10, 1_000_000]),
           "trigger": trigger(rng, trigger_kind, docs, plans),
           "offer": offer(rng, offer_kind, docs, plans, decimals)}
    if chance(rng, 0.8):
        doc["page"] = page(rng)
    return doc


def catalog(rng):
    """A valid catalogue."""
    currency = rng.choice(CATALOG_CURRENCIES)
    decimals = DECIMALS[currency]
    plans = selling_plans(rng, decimals)
    docs = products(rng, decimals)
    count = 0 if chance(rng, 0.02) else rng.randint(1, 6)
    scenarios = [scenario(rng, scenario_id, docs, plans, decimals)
                 for scenario_id in rng.sample(IDS, count)]
    set_stock(rng, docs, scenarios)
    doc = {"format": "upsell.catalog/1", "currency": currency, "store": store(rng),
           "rounding": rounding(rng), "selling_plans": plans, "products": docs,
           "scenarios": scenarios, "disclosure": disclosure(rng) if chance(rng, 0.5) else None}
    return {key: value for key, value in doc.items() if value is not None}


# --------------------------------------------------------------------------------------------
# Order
# --------------------------------------------------------------------------------------------

def aimed_line(rng, entry, variants_of):
    """Product and variant that match an entry of a trigger, or only just do not."""
    product_id = read_id(entry["product_id"])
    named = read_ids(entry.get("variant_ids", []))
    known = variants_of.get(product_id, [])
    if named and chance(rng, 0.85):
        return product_id, rng.choice(named)
    if known and chance(rng, 0.7):
        return product_id, rng.choice(known)
    return product_id, rng.choice([None, rng.choice(IDS)])


def line(rng, line_id, kind, entries, catalog_doc, currency, contracts):
    variants_of = {read_id(doc["id"]): read_ids(variant["id"] for variant in doc["variants"])
                   for doc in catalog_doc["products"]}
    plan_ids = [read_id(plan["id"]) for plan in catalog_doc["selling_plans"]]
    fitting = [entry for entry_kind, entry in entries if entry_kind == kind]
    entry = rng.choice(fitting) if fitting and chance(rng, 0.75) else None
    if entry is not None:
        product_id, variant_id = aimed_line(rng, entry, variants_of)
    else:
        product_id = rng.choice(list(variants_of) + [rng.choice(IDS)])
        variant_id = rng.choice(variants_of.get(product_id, []) + [rng.choice(IDS), None])

    plan_id = None
    if kind == "subscription":
        named = read_ids(entry.get("selling_plan_ids", [])) if entry is not None else []
        if named and chance(rng, 0.85):
            plan_id = rng.choice(named)
        else:
            plan_id = rng.choice(plan_ids if plan_ids and chance(rng, 0.85) else IDS)

    contract_id = None
    if kind == "subscription" or chance(rng, 0.1):
        contract_id = rng.choice(contracts)

    doc = {"id": spell_id(rng, line_id), "product_id": spell_id(rng, product_id),
           "quantity": any_quantity(rng)}
    unit_price, discounted_total = (
        spell_money(rng, any_price(rng), DECIMALS[currency]) if chance(rng, share) else None
        for share in (0.7, 0.4))
    for key, value in (("variant_id", variant_id), ("selling_plan_id", plan_id),
                       ("contract_id", contract_id), ("unit_price", unit_price),
                       ("discounted_total", discounted_total)):
        if value is None and chance(rng, 0.5):
            continue        # absent means the same as null
        is_id = value is not None and key.endswith("_id")
        doc[key] = spell_id(rng, value) if is_id else value
    if chance(rng, 0.1):
        doc.update(unknown_fields(rng))
    return doc


def unknown_fields(rng):
    """Fields that hosts add; an order's reader passes over them."""
    return rng.choice([
        {"note": any_text(rng)}, {"客注": None}, {"Id": "x"}, {"price": 1.5e-7},
        {"attributes": [{"lines": [], "quantity": -1}, {}, [], [[-0.0, True, False, None]]]},
        {any_text(rng): {any_text(rng): 12345678901234567890123}},
    ])


def trigger_entries(rng, catalog_doc):
    """(kind, entry) of every trigger, or of one alone, so that all lines aim at one scenario."""
    scenarios = catalog_doc["scenarios"]
    if scenarios and chance(rng, 0.7):
        scenarios = [rng.choice(scenarios)]
    return [(scenario["trigger"]["kind"], entry) for scenario in scenarios
            for entry in scenario["trigger"]["products"]]


def line_kinds(rng, count, entries):
    """The kind of each line: all alike, mostly a kind that some trigger wants, or mixed."""
    mood = rng.choice(["one_time", "subscription", "mixed"])
    if entries and chance(rng, 0.6):
        mood = rng.choice(entries)[0]
    if mood == "mixed":
        return [rng.choice(["one_time", "subscription"]) for _ in range(count)]
    return [mood] * count


def order(rng, catalog):
    """A valid order, aimed at the triggers of the catalogue."""
    currency = catalog["currency"]
    if chance(rng, 0.03):
        currency = rng.choice(sorted(DECIMALS))
    if chance(rng, 0.002):
        count = 1000
        ids = [str(number) if chance(rng, 0.5) else f"l-{number}" for number in range(count)]
    else:
        count = rng.choice([1, 2, 2, 3, 4, 5, 7])
        ids = rng.sample(IDS, count)
    entries = trigger_entries(rng, catalog)
    # Contracts: on every line, on none, or on some; few, so that lines share them.
    pool = rng.sample(IDS, rng.randint(1, 3))
    contracts = rng.choice([pool, pool, [None], pool * 3 + [None], pool + [None, None]])
    doc = {"format": "upsell.order/1", "id": spell_id(rng, rng.choice(IDS)), "currency": currency,
           "has_shipping_address": not chance(rng, 0.15),
           "lines": [line(rng, line_id, kind, entries, catalog, currency, contracts)
                     for line_id, kind in zip(ids, line_kinds(rng, count, entries))]}
    if doc["has_shipping_address"] and chance(rng, 0.5):
        del doc["has_shipping_address"]
    if chance(rng, 0.1):
        doc.update(unknown_fields(rng))
    return doc
