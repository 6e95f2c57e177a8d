# SPDX-License-Identifier: MIT
"""The schemas against the library's tables, key by key."""

import re

ANNOTATIONS = {"title", "description", "default", "$comment"}
OBJECT_KEYWORDS = {"type", "properties", "required", "additionalProperties", "propertyNames",
                   "if", "then", "else", "allOf", "$defs", "$id", "$schema"}
NO_NUL = {"type": "string", "pattern": "\\x00"}


class Unequal(Exception):
    pass


def require_equal(where, what, schema, code):
    if schema != code or type(schema) is not type(code):
        raise Unequal(f"{where}: {what} is {schema!r} in the schema and {code!r} in the code")


def plain(schema, node):
    """A node without annotations, with what it refers to in its place."""
    if not isinstance(node, dict):
        return node
    node = {key: value for key, value in node.items() if key not in ANNOTATIONS}
    if "$ref" in node:
        target = plain(schema, schema["$defs"][node.pop("$ref").removeprefix("#/$defs/")])
        node = {**target, **node}
    return node


def nullable(node):
    """The other branch of an `anyOf` with null."""
    options = node.get("anyOf", [])
    if list(node) != ["anyOf"] or len(options) != 2 or options[1] != {"type": "null"}:
        return None
    return options[0]


class Comparison:
    """One document's schema with the reader's table of it."""

    def __init__(self, schema, tables):
        self.schema = schema
        self.tables = tables
        self.keys = 0

    def object(self, table, node, where):
        node = plain(self.schema, node)
        known = table["fields"]
        require_equal(where, "type", node.get("type"), "object")
        require_equal(where, "the list of keys", list(node["properties"]),
                      [field["key"] for field in known])
        require_equal(where, "required", node.get("required", []),
                      [field["key"] for field in known if field["required"]])
        self.unknown_keys(table, node, where)
        require_equal(where, "what is not compared", sorted(set(node) - OBJECT_KEYWORDS), [])
        for field in known:
            self.keys += 1
            self.field(field, node["properties"][field["key"]], f"{where}/{field['key']}")

    def unknown_keys(self, table, node, where):
        if table["ignores_unknown"]:
            require_equal(where, "additionalProperties", node["additionalProperties"],
                          {"$ref": "#/$defs/ignored"})
        else:
            require_equal(where, "additionalProperties", node.get("additionalProperties"), False)

    def field(self, field, node, where):
        node = plain(self.schema, node)
        if field["nullable"] and field["kind"] != "integer":
            branch = nullable(node)
            require_equal(where, "whether null is allowed", branch is not None, True)
            node = plain(self.schema, branch)
        if field["kind"] == "object":
            self.object(field["object"], node, where)
        elif field["kind"] == "objects":
            # At least one item is no matter of the table; mutants show it.
            node.pop("minItems", None)
            items = node.pop("items")
            most = {"maxItems": field["most"]} if field["most"] else {}
            require_equal(where, "the array", node, {"type": "array", **most})
            self.object(field["object"], items, where + "/*")
        elif field["kind"] == "ids":
            require_equal(where + "/*", "an id", plain(self.schema, node.pop("items")), self.id())
            require_equal(where, "the array", node, {"type": "array", "uniqueItems": True})
        else:
            if field["kind"] == "amount":
                # The patterns are no matter of the table; mutants show them.
                node.pop("pattern", None)
                node.pop("not", None)
            require_equal(where, "the value", node, self.value(field))

    def id(self):
        return {"type": ["string", "integer"], "minLength": 1,
                "maxLength": self.tables["limits"]["id_bytes"], "minimum": -2 ** 63,
                "maximum": 2 ** 63 - 1, "not": NO_NUL}

    def value(self, field):
        kind = field["kind"]
        if kind == "format":
            return {"const": field["format"]}
        if kind == "id":
            return self.id()
        if kind == "text":
            return {"type": "string", "not": {"pattern": NO_NUL["pattern"]}}
        if kind == "integer":
            return {"type": ["integer", "null"] if field["nullable"] else "integer",
                    "minimum": field["min"], "maximum": field["max"]}
        if kind == "choice":
            return {"type": "boolean"}
        if kind == "name":
            return {"enum": field["names"]}
        if kind == "amount":
            return {"type": ["string", "integer"], "minimum": 0,
                    "maximum": self.tables["limits"]["money"]}
        if kind == "currency":
            return {"enum": list(self.tables["currencies"])}
        raise Unequal(f"{field['key']}: the kind {kind} is not known here")


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def texts(node, key=None):
    """Titles, descriptions and comments."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from texts(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)
    elif isinstance(node, str) and key in ANNOTATIONS:
        yield node


def compare_document(name, schema, tables):
    """The number of keys that were compared."""
    comparison = Comparison(schema, tables)
    comparison.object(tables[name], schema, name)
    return comparison.keys


def compare_decision(schema, tables):
    """The names and limits that decisions are made of."""
    limits = tables["limits"]
    definitions = schema["$defs"]
    top = schema["properties"]
    page = definitions["page"]
    reasons = {reason["name"]: reason["number"] for reason in tables["reasons"]}
    whole = [name for name, number in reasons.items() if number < 10]
    pairs = [
        ("reason", top["reason"]["enum"], [None] + whole),
        ("considered/reason", definitions["considered"]["properties"]["reason"]["enum"],
         [name for name in reasons if name not in whole]),
        ("pattern", top["pattern"]["enum"], [None] + tables["patterns"]),
        ("priority", top["priority"]["maximum"], limits["priority"]),
        ("id", definitions["id"]["maxLength"], limits["id_bytes"]),
        ("quantity/default", definitions["quantity"]["properties"]["default"]["maximum"],
         limits["quantity"]),
        ("quantity/max", definitions["quantity"]["properties"]["max"]["maximum"],
         limits["quantity"]),
        ("targets", definitions["offer"]["properties"]["targets"]["maxItems"],
         limits["order_lines"]),
        ("line_ids", definitions["line_ids"]["maxItems"], limits["order_lines"]),
        # Cycles 2 to the one after the last after_cycle.
        ("from_cycle", definitions["segment"]["properties"]["from_cycle"]["maximum"],
         limits["after_cycle"] + 1),
        ("recurring", definitions["price"]["properties"]["recurring"]["maxItems"],
         limits["after_cycle"]),
        ("timer/seconds", definitions["timer"]["properties"]["seconds"]["maximum"],
         limits["timer_seconds"]),
        ("expires_after_seconds", page["properties"]["expires_after_seconds"]["maximum"],
         limits["timer_seconds"]),
        ("expires_after_seconds without a timer",
         page["then"]["properties"]["expires_after_seconds"]["const"],
         limits["expires_without_timer"]),
    ]
    for where, in_schema, in_code in pairs:
        require_equal("decision", where, in_schema, in_code)
    for where, node in [("decision", schema), *definitions.items()]:
        if node.get("type") == "object":
            require_equal(where, "required", node["required"], list(node["properties"]))
            require_equal(where, "additionalProperties", node["additionalProperties"], False)
    return len(pairs)


def compare_percentage(schema, tables):
    require_equal("percentage", "maximum", schema["$defs"]["percentage"]["maximum"],
                  tables["limits"]["percentage"] // 10_000)


def check_definitions(name, schema):
    """Every definition is used, and every reference has one."""
    require_equal(name, "the definitions", sorted(schema["$defs"]),
                  sorted({reference.removeprefix("#/$defs/") for reference in references(schema)}))
    require_equal(name, "$id", schema["$id"], f"urn:upsell:schema:{name}:1")
    require_equal(name, "title", schema["title"], f"upsell.{name}/1")


def check_rules(name, schema, specification):
    """Every rule that a schema names is in the specification; the number of them."""
    known = set(re.findall(r"^- \*\*([A-Z]{3}-\d+)\*\*", specification, re.MULTILINE))
    groups = "|".join(sorted({rule[:3] for rule in known}))
    named = {rule for text in texts(schema)
             for rule in re.findall(rf"\b(?:{groups})-\d+\b", text)}
    require_equal(name, "rules that the specification has not", sorted(named - known), [])
    return len(named)
