# SPDX-License-Identifier: MIT
"""Executes GraphQL documents against a table of types, strictly.

A document is parsed by graphql-core and turned once into nested functions. What the table does
not know (a field, an argument, a type, an input's key) raises Misuse at that moment, even in
a branch that is never taken, so that a misspelt document cannot pass.
"""
import functools

from graphql.language.parser import parse

from graphql_schema import Call, Connection, Field, RequestError, Schema, check_input
from shop import Misuse


def kind(node) -> str:
    """What a node is: version 3 of graphql-core says FieldNode where version 2 says Field."""
    return type(node).__name__.removesuffix("Node")


def type_text(node) -> str:
    """A type as it is written in a document."""
    if kind(node) == "NonNullType":
        return type_text(node.type) + "!"
    if kind(node) == "ListType":
        return f"[{type_text(node.type)}]"
    return node.name.value


_MISSING = object()


def _literal(node):
    """A function of the variables that gives the value of an argument."""
    if kind(node) == "Variable":
        name = node.name.value
        return lambda variables: variables.get(name, _MISSING)
    if kind(node) == "ListValue":
        items = [_literal(item) for item in node.values]
        return lambda variables: [item(variables) for item in items]
    if kind(node) == "ObjectValue":
        members = [(member.name.value, _literal(member.value)) for member in node.fields]
        return lambda variables: {
            name: value for name, get in members
            if (value := get(variables)) is not _MISSING}
    if kind(node) == "IntValue":
        value = int(node.value)
    elif kind(node) == "NullValue":
        value = None
    else:
        value = node.value
    return lambda variables: value


# -- documents ---------------------------------------------------------------------------

class Compiler:
    """Turns one document into a function."""

    def __init__(self, schema: Schema, document: str, version: str):
        self.schema = schema
        self.version = version
        definitions = parse(document).definitions
        self.fragments = {one.name.value: one for one in definitions
                          if kind(one) == "FragmentDefinition"}
        operations = [one for one in definitions if kind(one) == "OperationDefinition"]
        if len(operations) != 1:
            raise Misuse(f"{len(operations)} operations in one document")
        self.operation = operations[0]
        self.declared = {one.variable.name.value: one
                         for one in self.operation.variable_definitions or []}
        self.used = set()

    def compile(self):
        verb = getattr(self.operation.operation, "value", self.operation.operation)
        root = "Mutation" if verb == "mutation" else "Query"
        select = self.selection(self.operation.selection_set, root)
        types = {name: type_text(one.type) for name, one in self.declared.items()}
        if unused := set(types) - self.used:
            raise Misuse(f"variables never used: {sorted(unused)}")
        defaults = {name: _literal(one.default_value)({})
                    for name, one in self.declared.items() if one.default_value is not None}
        return root, types, defaults, select

    def selection(self, node, type_name: str):
        """A function (object, call) -> dict for a selection set on a type or union."""
        if type_name in self.schema.unions:
            by_type = {name: self.selection_of(node, name, type_name)
                       for name in self.schema.unions[type_name]}
            return lambda obj, call: by_type[obj.typename](obj, call)
        return self.selection_of(node, type_name, type_name)

    def selection_of(self, node, type_name: str, static: str):
        members = []
        self.collect(node, type_name, static, members)
        return functools.partial(_select, members)

    def collect(self, node, type_name: str, static: str, members: list) -> None:
        """Add the (response key, resolver) pairs that hold for objects of `type_name`."""
        for item in node.selections:
            if kind(item) == "Field":
                members.append(self.member(item, type_name, static))
                continue
            if kind(item) == "FragmentSpread":
                item = self.fragments[item.name.value]
            condition = item.type_condition.name.value if item.type_condition else static
            self.check_condition(condition, static)
            if self.holds(condition, type_name):
                self.collect(item.selection_set, type_name, condition, members)

    def check_condition(self, condition: str, static: str) -> None:
        possible = self.schema.unions.get(static, {static})
        here = self.schema.unions.get(condition, {condition})
        if not set(here) & set(possible):
            raise Misuse(f"a fragment on {condition} cannot be spread on {static}")

    def holds(self, condition: str, type_name: str) -> bool:
        return type_name in self.schema.unions.get(condition, {condition})

    def member(self, node, type_name: str, static: str):
        name = node.name.value
        key = node.alias.value if node.alias else name
        if name == "__typename":
            return key, lambda obj, call: getattr(obj, "typename", type_name)
        described = self.describe(name, type_name, static)
        read = self.arguments(node, described, f"{type_name}.{name}")
        directive = self.directive(node, name)
        inner = self.inner(node, described, f"{type_name}.{name}")
        resolve = described.resolve

        def value(obj, call):
            if directive is not None:
                call.idempotency_key = directive(call.variables)
            return inner(resolve(obj, call, read(call.variables)), call)
        return key, value

    def describe(self, name: str, type_name: str, static: str) -> Field:
        if static in self.schema.unions and name not in self.schema.types.get(static, {}):
            raise Misuse(f"{static} has no field {name}: use a fragment")
        described = self.schema.types[type_name].get(name)
        if described is None:
            raise Misuse(f"{type_name} has no field {name} here")
        if described.since > self.version:
            raise Misuse(f"{type_name}.{name} is not in {self.version}")
        return described

    def arguments(self, node, described: Field, where: str):
        """A function of the variables that gives a field's arguments, checked."""
        types = dict(described.arguments)
        given = {}
        for argument in node.arguments or []:
            name = argument.name.value
            if name not in types:
                raise Misuse(f"{where} has no argument {name}")
            since = ARGUMENTS_SINCE.get(name)
            if since and since > self.version:
                raise Misuse(f"{where}({name}:) is not in {self.version}")
            self.use(argument.value, types[name], where)
            given[name] = _literal(argument.value)
        if missing := {name for name, one in types.items() if one.endswith("!")} - set(given):
            raise Misuse(f"{where} lacks {sorted(missing)}")
        if not given:
            return lambda variables: {}
        return functools.partial(self.read_arguments, types, given, where)

    def read_arguments(self, types: dict, given: dict, where: str, variables: dict) -> dict:
        values = {}
        for name, get in given.items():
            value = get(variables)
            if value is _MISSING:
                if types[name].endswith("!"):
                    raise Misuse(f"{where}({name}:) is missing")
                continue
            check_input(self.schema, types[name], value, f"{where}({name})")
            values[name] = value
        return values

    def use(self, node, wanted: str, where: str) -> None:
        """Note the variables of a value; one that is the whole value must have its type."""
        if kind(node) == "Variable":
            name = node.name.value
            if name not in self.declared:
                raise Misuse(f"{where}: ${name} is not declared")
            self.used.add(name)
            declared = type_text(self.declared[name].type)
            if wanted and declared.rstrip("!") != wanted.rstrip("!"):
                raise Misuse(f"{where}: ${name} is {declared}, not {wanted}")
            if wanted and wanted.endswith("!") and not declared.endswith("!"):
                raise Misuse(f"{where}: ${name} may be null, {wanted} may not")
        for item in getattr(node, "values", None) or []:
            self.use(item, "", where)
        for member in getattr(node, "fields", None) or []:
            self.use(member.value, "", where)

    def directive(self, node, name: str):
        """What gives the key of @idempotent, or None."""
        key = None
        for one in node.directives or []:
            if one.name.value != "idempotent" or self.version < "2026-01":
                raise Misuse(f"@{one.name.value} is not in {self.version}")
            if name != "refundCreate":
                raise Misuse(f"{name} does not take @idempotent here")
            [argument] = one.arguments
            if argument.name.value != "key":
                raise Misuse("@idempotent takes a key")
            self.use(argument.value, "String!", "@idempotent")
            key = _literal(argument.value)
        return key

    def inner(self, node, described: Field, where: str):
        """What makes an answer of a resolved value."""
        if (described.type is None) == (node.selection_set is not None):
            raise Misuse(f"{where}: a selection is needed, or must not be there")
        if described.type is None:
            return lambda value, call: value
        if described.shape == "connection":
            select = self.connection(node.selection_set, described.type)
            return select
        select = self.selection(node.selection_set, described.type)
        if described.shape == "list":
            return lambda value, call: None if value is None else [select(one, call)
                                                                   for one in value]
        return lambda value, call: None if value is None else select(value, call)

    def connection(self, node, item_type: str):
        """nodes, edges.node and pageInfo of a Connection."""
        members = []
        for item in node.selections:
            name = item.name.value
            key = item.alias.value if item.alias else name
            if name == "nodes":
                select = self.selection(item.selection_set, item_type)
                members.append((key, functools.partial(_nodes, select)))
            elif name == "pageInfo":
                page = [(one.name.value, PAGE_INFO[one.name.value])
                        for one in item.selection_set.selections
                        if one.name.value in PAGE_INFO or _fail(f"pageInfo.{one.name.value}")]
                members.append((key, functools.partial(_select, page)))
            else:
                _fail(f"a connection's {name}")
        return functools.partial(_select, members)


# Arguments that came with a version.
ARGUMENTS_SINCE = {"actor": "2026-07"}
PAGE_INFO = {"hasNextPage": lambda page, call: page.more,
             "endCursor": lambda page, call: "cursor" if page.nodes else None}


def _fail(what: str):
    raise Misuse(f"{what} is not known here")


def _nodes(select, page: Connection, call: Call) -> list:
    return [select(one, call) for one in page.nodes]


def _select(members: list, obj, call: Call) -> dict:
    return {key: value(obj, call) for key, value in members}


class Engine:
    """Documents of one schema, compiled once each."""

    def __init__(self, schema: Schema):
        self.schema = schema
        self._compiled = {}

    def compiled(self, document: str, version: str):
        key = document, version
        if key not in self._compiled:
            self._compiled[key] = Compiler(self.schema, document, version).compile()
        return self._compiled[key]

    def is_query(self, document: str, version: str) -> bool:
        return self.compiled(document, version)[0] == "Query"

    def execute(self, shop, document: str, variables: dict, version: str) -> dict:
        """The body of the answer: `data`, or `errors`."""
        _, types, defaults, select = self.compiled(document, version)
        if unknown := set(variables) - set(types):
            raise Misuse(f"variables not declared: {sorted(unknown)}")
        for name, wanted in types.items():
            if name in variables or (wanted.endswith("!") and name not in defaults):
                check_input(self.schema, wanted, variables.get(name), f"${name}")
        try:
            return {"data": select(None, Call(shop, {**defaults, **variables}, version))}
        except RequestError as error:
            extensions = {"code": error.code} if error.code else {}
            return {"errors": [{"message": str(error), "extensions": extensions}]}
