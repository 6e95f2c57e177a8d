# SPDX-License-Identifier: MIT
"""Decisions against their schema: the order of their keys, and what the schema must refuse."""

import json

import documents
from documents import replaced

PATTERN_SWAPS = {   # one pattern's decisions that are also a valid decision of the other
    ("subscription_to_one_time", "one_time_to_one_time"),
    ("one_time_to_one_time", "subscription_to_one_time"),
}


def parse(line):
    def read_object(pairs):
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)
    return json.loads(line, object_pairs_hook=read_object)


def definition(schema, node):
    """A node with what it refers to, and the name of that."""
    name = ""
    while "$ref" in node or "anyOf" in node and "items" not in node:
        node = node["anyOf"][0] if "anyOf" in node else node
        name = node.get("$ref", "").removeprefix("#/$defs/")
        node = schema["$defs"][name] if name else node
    return name, node


def key_orders(schema, value, node, name=""):
    """(object, keys in the decision, keys in the schema) for every object."""
    if isinstance(value, dict):
        yield name, list(value), list(node["properties"])
        for key, item in value.items():
            inner, target = definition(schema, node["properties"][key])
            yield from key_orders(schema, item, target, inner)
    elif isinstance(value, list):
        inner, target = definition(schema, node["items"])
        for item in value:
            yield from key_orders(schema, item, target, inner)


def spoilt(decision):
    """Decisions that are none: (what was done, the decision)."""
    for path, value in documents.locations(decision):
        where = documents.pointer(path)
        if isinstance(value, dict):
            for key in value:
                rest = {other: item for other, item in value.items() if other != key}
                yield f"{where}: remove {key}", replaced(decision, path, rest)
            yield f"{where}: add a key", replaced(decision, path, {**value, "unknown": None})
        wrong = [1.5, -1, {"x": 1}, [[]], "\0", 10 ** 30]
        if not isinstance(value, bool):
            wrong.append(True)
        if value is not None and not (path[-1:] == ("text",) and "description" in path) \
                and path[-1:] != ("contract_id",):
            wrong.append(None)
        if path[-1:] in (("unit",), ("line",), ("list_unit",), ("plan_unit",)):
            wrong += [1, "", "01", "1.", "1.5", "1.23456", "-1", "1\n", "x"]
        for new in wrong:
            yield f"{where}: set to {new!r}", replaced(decision, path, new)
    yield from other_outcomes(decision)


def other_outcomes(decision):
    pattern = decision["pattern"]
    for other in ("subscription_to_subscription", "subscription_to_one_time",
                  "one_time_to_subscription", "one_time_to_one_time"):
        if pattern not in (None, other) and (pattern, other) not in PATTERN_SWAPS:
            yield f"/pattern: set to {other}", {**decision, "pattern": other}
    yield "/outcome: the other one", \
        {**decision, "outcome": "offer" if decision["offer"] is None else "no_offer"}
    yield "/reason: the other one", \
        {**decision, "reason": "no_candidate" if decision["reason"] is None else None}
    if decision["offer"] is None:
        reason = "lower_priority" if decision["reason"] == "all_rejected" else "other_items"
        entry = {"scenario_id": "S", "reason": reason}
        yield f"/considered: add {reason}", {**decision,
                                             "considered": decision["considered"] + [entry]}
    else:
        page = decision["offer"]["page"]
        hidden = {"visible": False, "seconds": None, "text": ""}
        for wrong in ({"visible": True}, {"seconds": 600}, {"text": "x"}):
            yield f"/offer/page: {wrong}", replaced(
                decision, ("offer", "page"),
                {**page, "timer": {**hidden, **wrong}, "expires_after_seconds": 600})
        yield "/offer/page: 599 seconds without a timer", replaced(
            decision, ("offer", "page"), {**page, "timer": hidden, "expires_after_seconds": 599})
        yield "/offer/page/timer/visible: the other one", replaced(
            decision, ("offer", "page", "timer", "visible"), not page["timer"]["visible"])
        for price in [target["price"] for target in decision["offer"]["targets"]][:1]:
            path = ("offer", "targets", 0, "price", "recurring")
            first = 2 if price["plan_unit"] is None else 3      # nothing recurs; cycle 2 is missing
            wrong = [{"from_cycle": first, "unit": "1", "line": "1"}]
            yield f"/offer/targets/0/price/recurring: from cycle {first}", replaced(decision, path,
                                                                                  wrong)
