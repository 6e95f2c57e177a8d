# SPDX-License-Identifier: MIT
"""Describes the binary interface of the library as JSON, for the tests of bindings.

Names and types are read from the headers; sizes, offsets and values come from the compiler;
the functions must be those of the linker's map.

Usage: describe.py --include FOLDER --map FILE --output FILE [--depfile FILE] -- CC [FLAG...]
"""

import argparse
import json
import pathlib
import re
import sys

from headers import SCALARS, NotUnderstood, read_headers
from measure import DoesNotCompile, measure


class NotExported(Exception):
    """The headers and the linker's map name different functions."""


def names_of_map(text):
    """The exported names of a version script, in the form in which ours is written."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    nodes = re.findall(r"\w[\w.]*\s*\{\s*global:((?:\s*\w+;)+)\s*(?:local:\s*\*;\s*)?\}\s*[\w.]*;",
                       text)
    names = [name for node in nodes for name in re.findall(r"\w+", node)]
    if len(names) != text.count(";") - len(nodes) - text.count("*;"):
        raise NotExported("the map has a form that is not known")
    return names


def compare_with_map(facts, names):
    declared = [function.name for function in facts.functions]
    for who, found, others in (("only in the headers", declared, names),
                               ("only in the map", names, declared)):
        alone = sorted(set(found) - set(others))
        if alone:
            raise NotExported(f"{who}: {', '.join(alone)}")


class Measures:
    """Numbers that are asked for first and known later, so that one compilation is enough."""

    def __init__(self):
        self._wanted = []
        self._numbers = []

    def want(self, expression):
        """Returns a function that gives the number."""
        self._wanted.append(expression)
        at = len(self._wanted) - 1
        return lambda: self._numbers[at]

    def take(self, *arguments, facts):
        self._numbers = measure(facts, self._wanted, *arguments)


def written(named):
    return named.type + (f"[{named.count}]" if named.count else "")


def describe_structs(facts, want):
    return [{"name": struct.name,
             "size": want(f"sizeof({struct.name})"),
             "align": want(f"_Alignof({struct.name})"),
             "fields": [{"name": field.name,
                         "type": written(field),
                         "offset": want(f"offsetof({struct.name}, {field.name})"),
                         "size": want(f"sizeof((({struct.name} *)0)->{field.name})")}
                        for field in struct.fields]}
            for struct in facts.structs]


def describe_types(facts, want):
    """What numbers are called, and the pointer; `signed` is 1 or 0."""
    types = {name: {"is": facts.aliases.get(name, name), "size": want(f"sizeof({name})"),
                    "signed": want(f"({name})-1 < 0")}
             for name in [*SCALARS, *facts.aliases]}
    return types | {"void *": {"is": "void *", "size": want("sizeof(void *)"), "signed": 0}}


def describe_enums(facts, want):
    return [{"name": enum.name, "list": enum.list,
             "constants": [{"name": name, "value": want(name)} for name in enum.constants]}
            for enum in facts.enums]


def describe_lists(facts, want):
    """Each entry with its constant, whose value must be the number in the list."""
    constants = {enum.list: enum.constants for enum in facts.enums if enum.list}
    without = set(facts.lists) - set(constants)
    if without:
        raise NotUnderstood(f"no enum is made of {', '.join(sorted(without))}")
    return {name: [{"constant": constant, "value": want(constant), "words": entry.words}
                   for constant, entry in zip(constants[name], entries)]
            for name, entries in facts.lists.items()}


def describe_functions(facts):
    return [{"name": function.name, "header": function.header, "returns": function.returns,
             "parameters": [{"name": parameter.name, "type": written(parameter)}
                            for parameter in function.parameters]}
            for function in facts.functions]


def resolved(value):
    """The description with numbers where functions were that give them."""
    if callable(value):
        return value()
    if isinstance(value, dict):
        return {key: resolved(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner) for inner in value]
    return value


def describe(include, map_path, compiler):
    """All of it; `include` is the folder that has upsell/ in it."""
    facts = read_headers(pathlib.Path(include, "upsell"))
    compare_with_map(facts, names_of_map(pathlib.Path(map_path).read_text("utf-8")))
    measures = Measures()
    description = {
        "types": describe_types(facts, measures.want),
        "structs": describe_structs(facts, measures.want),
        "handles": facts.handles,
        "enums": describe_enums(facts, measures.want),
        "constants": [{"name": name, "value": measures.want(name)} for name in facts.constants],
        "lists": describe_lists(facts, measures.want),
        "functions": describe_functions(facts),
        "only_in_c": sorted(facts.initializers + [inline.name for inline in facts.inlines]),
    }
    measures.take(compiler, include, facts=facts)
    return resolved(description)


def main(arguments):
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--include", required=True)
    parser.add_argument("--map", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--depfile")
    parser.add_argument("compiler", nargs="+")
    options = parser.parse_args(arguments)
    try:
        description = describe(options.include, options.map, options.compiler)
    except (NotUnderstood, NotExported, DoesNotCompile) as error:
        sys.exit(f"describe.py: {error}")
    pathlib.Path(options.output).write_text(json.dumps(description, indent=1) + "\n", "utf-8")
    if options.depfile:
        headers = sorted(pathlib.Path(options.include, "upsell").glob("*.h"))
        read = " ".join(str(path).replace(" ", "\\ ") for path in headers)
        pathlib.Path(options.depfile).write_text(f"{options.output}: {read}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
