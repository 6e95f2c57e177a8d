# SPDX-License-Identifier: MIT
"""Documents that differ from a valid one in one place: (what was done, the document)."""

import json
import re

import documents
from documents import Raw, replaced

# For any place: every type, and what is almost a valid value of some kind.
VALUES = [
    None, True, False, -1, 0, 1, 2, "", "x", "1", "0", [], {}, [None], {"x": 1},
    Raw("1.0"), Raw("1.5"), Raw("1e0"), Raw("-0"), Raw("-0.0"), Raw("1e400"),
    2 ** 53, 2 ** 63 - 1, 2 ** 63, -2 ** 63, -2 ** 63 - 1, 10 ** 30,
    "x" * 255, "x" * 256, "é" * 127, "é" * 128, Raw('"\\u0000"'), Raw('"a\\u0000b"'),
    Raw('"\\ud83d"'), Raw('"\\ud83c\\udf75"'),
]
DECIMALS = [
    "1.", ".5", "+1", "-1", " 1", "1 ", "1\n", "1e2", "1.0.0", "１", "0x1", "1,5", "00", "001.50",
    "1.5", "1.25", "1.125", "1.0625", "1.00000", "1.03125", "0.0001", "0.00001", "0." + "0" * 40,
    "99.9999", "100", "100.0", "100.0000", "100.00000", "100.0001", "101", "0100", 100, 101,
    "9" * 11, "100000000000", "100000000000.000000", "100000000000.01", "100000000001",
    "0" * 30 + "7", "9" * 40, "100000000", "1000000000.01", 10 ** 11, 10 ** 11 + 1, 10 ** 9,
]


# What may be two faults at once: a key that is needed and one that is not known; an id where none
# may stand and an id twice.
TWO_SPELLINGS = "append 7 in two spellings"
TWO_FAULTS = re.compile(rf": (rename |capitalise |{TWO_SPELLINGS}$)")


def nested(count):
    """A value of so many levels."""
    return Raw("[" * count + "1" + "]" * count)


# For what an order's reader ignores; the first level of nesting is the order's own.
IGNORED = VALUES + [nested(63), nested(64), nested(20), Raw('{"a":{"\\u0000":1}}'), [["x\0"]],
                    {"\0": 1}, Raw('[{"a":1,"\\u0061":2}]'), {"a": [{"b": "\ue000"}]}]


def values_for(field):
    """What to put in a place, from what the reader's table says of it."""
    if field is None:
        return VALUES
    kind = field["kind"]
    if kind == "ignored":
        return IGNORED
    if kind == "amount":
        return VALUES + DECIMALS
    if kind == "integer":
        least, most = field["min"], field["max"]
        return VALUES + [least - 1, least, most, most + 1, float(least)]
    if kind == "name":
        return VALUES + field["names"] + [field["names"][0].upper(), field["names"][-1] + " "]
    if kind == "currency":
        return VALUES + ["JPY", "USD", "BHD", "CLF", "jpy", "XXX", "XAU", "BGN", "JPY\n", "JP"]
    if kind == "format":
        return VALUES + ["upsell.catalog/2", "upsell.order/2", "upsell.decision/1",
                         Raw(f'"upsell\\u002e{field["format"][7:]}"')]
    return VALUES


def respelled(value):
    """The same id as the other JSON type, where there is one."""
    if isinstance(value, int):
        return str(value)
    if value.isascii() and value.isdigit() and str(int(value)) == value and int(value) < 2 ** 63:
        return int(value)
    return value


def escaped(key):
    """The key's text with its first character escaped (DOC-2)."""
    units = key[:1].encode("utf-16-be")
    first = "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    return Raw(f'"{first}{json.dumps(key[1:])[1:-1]}"')


def changed_object(value):
    """Keys removed, added, misspelled and written twice."""
    for key in value:
        rest = {other: item for other, item in value.items() if other != key}
        yield f"remove {key}", rest
        yield f"rename {key}", {**rest, key + "_": value[key]}
        yield f"capitalise {key}", {**rest, key.capitalize(): value[key]}
        yield f"escape the key {key}", {**rest, escaped(key): value[key]}
    for key in list(value)[:1] + list(value)[-1:]:
        yield f"{key} twice", {**value, Raw(json.dumps(key)): value[key]}
        yield f"{key} twice, escaped", {**value, escaped(key): value[key]}
    yield "turn the keys around", dict(reversed(value.items()))
    for key in ("unknown", "", "$schema", "x" * 40, "煎茶"):
        yield f"add {key!r}", {**value, key: None}
    yield "add a key of NUL", {**value, Raw('"\\u0000"'): 1}


def changed_array(value):
    """Items removed, repeated and added."""
    yield "remove the first item", value[1:]
    yield "turn the items around", value[::-1]
    for item in (None, "x", 7, {}, []):
        yield f"append {item!r}", value + [item]
    if value:
        yield "repeat an item", value + [value[0]]
        if isinstance(value[0], dict) and "id" in value[0]:
            yield "repeat an id", value + [{**value[0], "id": respelled(value[0]["id"])}]
            yield "another id", value + [{**value[0], "id": "another id"}]
        if isinstance(value[0], dict) and "after_cycle" in value[0]:
            yield "another cycle", value + [{**value[0], "after_cycle": 777}]
        if isinstance(value[0], (str, int)):
            yield "repeat an id, respelled", value + [respelled(value[0])]
    if not any(isinstance(item, dict) for item in value):
        yield TWO_SPELLINGS, value + [7, "7"]


def at(document, path, value, field):
    """All mutants at one place."""
    where = documents.pointer(path)

    def steps():
        for new in values_for(field):
            yield f"set to {new!r:.60}", new
        yield "set to itself", value
        if isinstance(value, dict):
            yield from changed_object(value)
        elif isinstance(value, list):
            yield from changed_array(value)
        elif field is not None and field["kind"] == "id" and value is not None:
            yield "respell", respelled(value)

    for what, new in steps():
        yield f"{where or '(document)'}: {what}", replaced(document, path, new)


KINDS = ("subscription", "one_time")
DISCOUNTS = [
    {"type": kind, **value} for kind in ("none", "percentage", "fixed_amount")
    for value in ({}, {"value": 1}, {"value": None}, {"value": "100.0000"})
] + [{}, {"value": 1}]
CYCLES = [{"min_cycles": 3, "max_cycles": most} for most in (1, 2, 3, 4, 999)]
QUANTITIES = [
    {"max": 1}, {"max": 2}, {"max": 2, "adjustable": False}, {"max": 2, "adjustable": True},
    {"default": 2, "max": 2}, {"default": 2, "max": 3}, {"default": 2, "max": 1},
    {"default": 2, "max": 3, "adjustable": True}, {"default": 2, "max": 1, "adjustable": True},
]


def related(document):
    """What depends on two places: ids in lists, plans of an offer, quantities, cycles."""
    for key in ("selling_plans", "products", "scenarios"):
        for item in document[key][:1]:
            again = {**item, "id": respelled(item["id"])}
            yield f"/{key}: repeat an id", {**document, key: document[key] + [again]}
    for index, scenario in enumerate(document["scenarios"]):
        path = ("scenarios", index, "offer", "selling_plan_ids")
        ids = scenario["offer"].get("selling_plan_ids", [])
        for plan in document["selling_plans"]:
            yield (f"{documents.pointer(path)}: append {plan['id']!r}",
                   replaced(document, path, ids + [plan["id"]]))
    if document["scenarios"]:
        yield from related_in_scenario(document)
    for index, plan in enumerate(document["selling_plans"][:2]):
        path = ("selling_plans", index, "pricing")
        for kind in ("percentage", "fixed_amount", "price"):
            for value in ("100.0000", "100.00000", 101):
                entry = {"after_cycle": 1, "type": kind, "value": value}
                yield (f"{documents.pointer(path)}: only {kind} {value!r}",
                       replaced(document, path, [entry]))
        for cycles in CYCLES:
            yield (f"/selling_plans/{index}: {cycles!r}",
                   replaced(document, path[:-1], {**plan, **cycles}))
        for entry in plan["pricing"][:1]:
            other = {**entry, "type": "percentage", "value": 1}
            yield (f"{documents.pointer(path)}: append the first cycle",
                   replaced(document, path, plan["pricing"] + [other]))


def related_in_scenario(document):
    """Keys of the first scenario that allow or require each other."""
    offer = document["scenarios"][0]["offer"]
    planless = {key: value for key, value in offer.items() if key != "selling_plan_ids"}
    changes = [(("offer", "quantity"), quantity) for quantity in QUANTITIES]
    changes += [(("offer", "discount"), discount) for discount in DISCOUNTS]
    changes += [(("page", "timer"), {**timer, **seconds})
                for timer in ({}, {"enabled": False}, {"enabled": True})
                for seconds in ({}, {"seconds": 600})]
    for kind in KINDS:
        entry = {"product_id": "elsewhere"}
        for plans in ({}, {"selling_plan_ids": []}, {"selling_plan_ids": ["elsewhere"]}):
            if plans != {"selling_plan_ids": ["elsewhere"]}:
                changes.append((("offer",), {**planless, **plans, "kind": kind}))
            changes.append((("trigger",), {"kind": kind, "products": [entry, {**entry, **plans}]}))
    for path, value in changes:
        path = ("scenarios", 0) + path
        if path[-1] == "timer":
            path, value = path[:-1], {"timer": value}
        yield f"{documents.pointer(path)}: set to {value!r:.80}", replaced(document, path, value)


def anywhere(rng, document, known):
    """A mutant at a random place."""
    path, value = rng.choice(list(documents.locations(document)))
    return rng.choice(list(at(document, path, value, known.get(documents.pattern(path)))))
