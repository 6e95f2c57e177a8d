# SPDX-License-Identifier: MIT
"""What a table of GraphQL types is made of, and the values that go in and out."""
import operator
from dataclasses import dataclass
from typing import Callable

import prices
from shop import Misuse


class RequestError(Exception):
    """A top-level error of an answer, with its extension's code."""

    def __init__(self, message: str, code: str | None = None):
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Field:
    """A field of a type: how it is resolved, and what comes of it."""
    resolve: Callable                   # (object, call, arguments) -> value
    type: str | None = None             # None: a scalar
    shape: str = "one"                  # one, list, connection
    arguments: tuple = ()               # of (name, type)
    since: str = "2025-01"


@dataclass(frozen=True)
class Schema:
    types: dict                         # name -> {field name: Field}
    unions: dict                        # name -> set of type names
    inputs: dict                        # name -> {key: type}
    enums: dict                         # name -> set of names


@dataclass(eq=False)
class Call:
    """One execution: the shop, the variables, and the keys of directives."""
    shop: object
    variables: dict
    version: str
    root: object = None
    idempotency_key: str | None = None


class Connection:
    """A page of a list."""
    typename = "Connection"

    def __init__(self, items: list, first: int):
        self.nodes = items[:first]
        self.more = len(items) > first


class Payload:
    """A mutation's result: its members by name."""
    typename = "Payload"

    def __init__(self, errors=(), **members):
        self.userErrors = list(errors)
        self.__dict__.update(members)


class Record:
    """A small object of a type: its members by name."""

    def __init__(self, typename: str, **members):
        self.typename = typename
        self.__dict__.update(members)


class Money:
    typename = "MoneyV2"

    def __init__(self, minor: int, currency: str):
        self.amount = prices.write(minor, currency)
        self.currencyCode = currency


class Bag:
    typename = "MoneyBag"

    def __init__(self, minor: int, currency: str):
        self.shopMoney = self.presentmentMoney = Money(minor, currency)


def field(source, type=None, shape="one", since="2025-01", **arguments) -> Field:
    """A Field; `source` is an attribute's name, or a function of (object, call, arguments)."""
    if isinstance(source, str):
        get = operator.attrgetter(source)
        return Field(lambda obj, call, given: get(obj), type, shape, tuple(arguments.items()),
                     since)
    return Field(source, type, shape, tuple(arguments.items()), since)


def page(items: list, given: dict) -> Connection:
    return Connection(items, given["first"])


def bag(amount):
    """A MoneyBag field; `amount` is a function of (object, call)."""
    return field(lambda obj, call, given: Bag(amount(obj, call), call.shop.currency), "MoneyBag")


def stamp(seconds: int | None) -> str | None:
    """A time as the API writes it; only that it is there matters to plans."""
    return None if seconds is None else f"T{seconds}"


def money(amount):
    """A MoneyV2 field; `amount` is a function of the object."""
    return field(lambda obj, call, given: Money(amount(obj), call.shop.currency), "MoneyV2")


# -- input values ------------------------------------------------------------------------

SCALARS = {"ID": str, "String": str, "Int": int, "Boolean": bool, "Decimal": (str, int),
           "Money": (str, int), "Float": (int, float, str), "DateTime": str,
           "CurrencyCode": str, "UnsignedInt64": str}


def check_input(schema: Schema, wanted: str, value, path: str) -> None:
    """Raise Misuse unless a value fits an input type such as "[ID!]!"."""
    if wanted.endswith("!"):
        if value is None:
            raise Misuse(f"{path}: null for {wanted}")
        wanted = wanted[:-1]
    if value is None:
        return
    if wanted.startswith("["):
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            check_input(schema, wanted[1:-1], item, f"{path}/{index}")
    elif wanted in schema.inputs:
        _check_object(schema, wanted, value, path)
    elif wanted in schema.enums:
        if value not in schema.enums[wanted]:
            raise Misuse(f"{path}: {value!r} is no {wanted}")
    elif wanted not in SCALARS:
        raise Misuse(f"{path}: input type {wanted} is not known here")
    elif not isinstance(value, SCALARS[wanted]) or \
            (isinstance(value, bool) and wanted != "Boolean"):
        raise Misuse(f"{path}: {value!r} is no {wanted}")


def _check_object(schema: Schema, wanted: str, value, path: str) -> None:
    keys = schema.inputs[wanted]
    if not isinstance(value, dict):
        raise Misuse(f"{path}: {value!r} is no {wanted}")
    if unknown := set(value) - set(keys):
        raise Misuse(f"{path}: {wanted} has no {sorted(unknown)}")
    if keys.get("@oneOf") and len(value) != 1:
        raise Misuse(f"{path}: {wanted} takes exactly one key, not {sorted(value)}")
    for key, inner in keys.items():
        if key == "@oneOf":
            continue
        if key in value or inner.endswith("!"):
            check_input(schema, inner, value.get(key), f"{path}/{key}")
