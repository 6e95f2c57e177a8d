# SPDX-License-Identifier: MIT
"""JSON texts as the schema and the program see them, and walking along the reader's tables."""

import copy
import json
import re

MOST_LEVELS = 64        # DOC-7


class MinusZero(int):
    """The number -0, which JSON Schema takes for an integer and DOC-8 does not."""


class Raw(str):
    """JSON text that stands in a document as it is; as a key, the key's text with its quotes."""

    def __new__(cls, text):
        made = super().__new__(cls, f"@raw:{text}@")
        made.text = text
        return made


def raw_parts(value):
    """Every Raw in a document."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(key, Raw):
                yield key
            yield from raw_parts(item)
    elif isinstance(value, list):
        for item in value:
            yield from raw_parts(item)
    elif isinstance(value, Raw):
        yield value


def to_text(document):
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for raw in raw_parts(document):
        text = text.replace(json.dumps(raw, ensure_ascii=False), raw.text)
    return text


def read_integer(digits):
    return MinusZero() if digits == "-0" else int(digits)


def not_json(constant):
    raise ValueError(f"{constant} is not JSON")


def parse(text):
    """The value, and the codes for what is wrong with the text but not with the value."""
    codes = set()

    def read_object(pairs):
        if len({key for key, _ in pairs}) < len(pairs):
            codes.add("duplicate_key")          # DOC-2
        return dict(pairs)

    value = json.loads(text, parse_int=read_integer, parse_constant=not_json,
                       object_pairs_hook=read_object)
    if any(re.search("[\ud800-\udfff]", string) for string in strings(value)):
        codes.add("json_string")                # DOC-5
    if levels(value) > MOST_LEVELS:
        codes.add("json_depth")                 # DOC-7
    return value, codes


def strings(value):
    """Every string and key."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def levels(value):
    """How deeply objects and arrays nest."""
    if isinstance(value, (dict, list)):
        items = value.values() if isinstance(value, dict) else value
        return 1 + max(map(levels, items), default=0)
    return 0


def pointer(path):
    """A JSON Pointer."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def pattern(path):
    """A path with * for every index."""
    return tuple("*" if isinstance(part, int) else part for part in path)


def locations(value, path=()):
    """The path and the value of everything in a document."""
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from locations(item, path + (key,))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from locations(item, path + (index,))


def replaced(document, path, value):
    """A document with another value at a path; it shares what is not changed."""
    if not path:
        return value
    made = copy.copy(document)
    made[path[0]] = replaced(document[path[0]], path[1:], value) if path[1:] else value
    return made


def fields(table, path=()):
    """The pattern and the field of everything that a table of the reader knows."""
    for field in table["fields"]:
        here = path + (field["key"],)
        yield here, field
        if field["kind"] == "object":
            yield from fields(field["object"], here)
        elif field["kind"] == "objects":
            yield here + ("*",), {"kind": "object", "object": field["object"]}
            yield from fields(field["object"], here + ("*",))
        elif field["kind"] == "ids":
            yield here + ("*",), {"kind": "id", "nullable": False}
