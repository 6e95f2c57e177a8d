# SPDX-License-Identifier: MIT
"""The raw layer says what the C headers say: structs, constants, prototypes, statuses.

The file that UPSELL_LAYOUT names is made from the headers by the project's build
(tests/layout/describe.py); its sizes, offsets and values are the C compiler's. Both sides
are brought into one form, a flat dict, so that a difference names itself.
"""

from __future__ import annotations

import copy
import ctypes
import enum
import json
import os
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

import upsell
from upsell import _native, _version, enums, errors

Facts = dict[str, Any]
"""What is known of each thing, by its name: "upsell_str.len", "UPSELL_OK", "upsell_version()"."""

# 0 is what a field is that was not set: nobody has to write it.
NOT_NEEDED = {"UPSELL_DEFAULT"}


def read_layout() -> Any:
    path = os.environ.get("UPSELL_LAYOUT")
    if not path:
        pytest.fail("UPSELL_LAYOUT must name layout.json, which is in the build folder: tests/layout")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


@pytest.fixture(scope="module")
def layout() -> Any:
    return read_layout()


def camel_case(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


# ---- what the headers say ----


def kind_of_c(layout: Any, c_type: str, size: int = 0) -> str:
    """A C type in the words of both sides: "int32", "text", "upsell_plan **"."""
    c_type = c_type.removeprefix("const ")
    name, _, stars = c_type.partition(" ")
    if name.startswith("char["):
        return f"char[{size}]"
    if name == "char":
        return "text" + stars[1:]
    if name in layout["types"]:
        number = layout["types"][name]
        name = f"{'' if number['signed'] else 'u'}int{8 * number['size']}"
    return f"{name} {stars}".strip()


def structs_of_c(layout: Any) -> Facts:
    facts: Facts = {}
    for struct in layout["structs"]:
        facts[struct["name"]] = ("struct", struct["size"], struct["align"])
        for place, field in enumerate(struct["fields"]):
            kind = kind_of_c(layout, field["type"], field["size"])
            facts[f"{struct['name']}.{field['name']}"] = (place, field["offset"], field["size"], kind)
    return facts | {handle: "handle" for handle in layout["handles"]}


def functions_of_c(layout: Any) -> Facts:
    return {
        f"{function['name']}()": (
            [kind_of_c(layout, parameter["type"]) for parameter in function["parameters"]],
            kind_of_c(layout, function["returns"]),
        )
        for function in layout["functions"]
    }


def constants_of_c(layout: Any) -> Facts:
    groups = [layout["constants"], *(group["constants"] for group in layout["enums"])]
    return {
        constant["name"]: constant["value"]
        for group in groups
        for constant in group
        if constant["name"] not in NOT_NEEDED
    }


def words_of_c(layout: Any) -> Facts:
    """The words that documents and errors use for the constants of the lists."""
    facts: Facts = {}
    for name, entries in layout["lists"].items():
        for entry in entries:
            constant, word = entry["constant"], entry["words"][0]
            # An exception is found by its word, a member of an enumeration by its constant.
            facts |= {word: constant} if name == "UPSELL_STATUS_LIST" else {constant + ".text": word}
    return facts


def facts_of_c(layout: Any) -> Facts:
    return {
        **structs_of_c(layout),
        **functions_of_c(layout),
        **constants_of_c(layout),
        **words_of_c(layout),
    }


# ---- what the binding says ----

SIGNED = (ctypes.c_byte, ctypes.c_short, ctypes.c_int, ctypes.c_long, ctypes.c_longlong)
UNSIGNED = (ctypes.c_ubyte, ctypes.c_ushort, ctypes.c_uint, ctypes.c_ulong, ctypes.c_ulonglong)
TEXT = (ctypes.c_char_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_char))


def name_of_struct(struct: type[Any]) -> str:
    """PlanView -> upsell_plan_view."""
    return "upsell" + re.sub("([A-Z])", r"_\1", struct.__name__).lower()


def kind_of_ctypes(kind: Any) -> str:
    """The same words for a ctypes class. Only a text may be a bare address: what points to a
    struct or a handle has a type of its own."""
    if kind is None:
        return "void"
    if kind in TEXT:
        return "text"
    if kind in SIGNED or kind in UNSIGNED:
        return f"{'' if kind in SIGNED else 'u'}int{8 * ctypes.sizeof(kind)}"
    if issubclass(kind, ctypes.Structure):
        return name_of_struct(kind)
    if issubclass(kind, ctypes.Array) and kind._type_ is ctypes.c_char:
        return f"char[{ctypes.sizeof(kind)}]"
    if hasattr(kind, "contents"):
        inner = kind_of_ctypes(kind._type_)
        return inner + ("*" if inner.endswith("*") or inner == "text" else " *")
    raise AssertionError(f"{kind} is of no kind that the headers use")


def structs_of_python(native: Any) -> Facts:
    facts: Facts = {}
    for struct in vars(native).values():
        if not isinstance(struct, type) or not issubclass(struct, ctypes.Structure):
            continue
        if struct is ctypes.Structure:
            continue
        name = name_of_struct(struct)
        if not hasattr(struct, "_fields_"):
            facts[name] = "handle"
            continue
        facts[name] = ("struct", ctypes.sizeof(struct), ctypes.alignment(struct))
        fields: Any = struct._fields_
        for place, (field, kind) in enumerate(fields):
            at = getattr(struct, field)
            facts[f"{name}.{field}"] = (place, at.offset, at.size, kind_of_ctypes(kind))
    return facts


class Recorder:
    """Takes the prototypes as a library would."""

    def __init__(self) -> None:
        self.functions: dict[str, SimpleNamespace] = {}

    def __getattr__(self, name: str) -> SimpleNamespace:
        return self.functions.setdefault(name, SimpleNamespace())


def prototypes(native: Any) -> dict[str, SimpleNamespace]:
    recorder = Recorder()
    native.declare(recorder)
    return recorder.functions


def functions_of_python(native: Any) -> Facts:
    return {
        f"{name}()": ([kind_of_ctypes(kind) for kind in made.argtypes], kind_of_ctypes(made.restype))
        for name, made in prototypes(native).items()
    }


def enumerations() -> dict[str, type[enum.IntEnum]]:
    return {name: getattr(enums, name) for name in enums.__all__}


def member_names(c_enum: Any) -> dict[str, str]:
    """The name of each constant of a C enum as a member: without what all have in front."""
    names = [constant["name"] for constant in c_enum["constants"]]
    common = os.path.commonprefix(names)
    start = common.rindex("_") + 1
    return {name: ("V" if name[start].isdigit() else "") + name[start:] for name in names}


def constants_of_python(layout: Any, native: Any) -> Facts:
    """From the raw layer, the enumerations, the exceptions and the version."""
    facts: Facts = {
        f"UPSELL_{name}": value
        for name, value in vars(native).items()
        if re.fullmatch("[A-Z][A-Z0-9_]*", name) and type(value) is int
    }
    for c_enum in layout["enums"]:
        members = enumerations().get(camel_case(c_enum["name"].removeprefix("upsell_")))
        if members is not None:
            made = {member.name: member.value for member in members}
            for constant, name in member_names(c_enum).items():
                if name in made:
                    facts[constant] = made.pop(name)
            facts |= {f"{members.__name__}.{name}": value for name, value in made.items()}
    facts |= {
        f"UPSELL_{error.code.upper()}": error.status for error in errors.UpsellError.__subclasses__()
    }
    numbers = zip(("MAJOR", "MINOR", "PATCH"), _version.__version__.split("."), strict=True)
    facts |= {f"UPSELL_VERSION_{part}": int(number) for part, number in numbers}
    return facts | {"UPSELL_ABI_VERSION": _version.ABI_VERSION}


def words_of_python(layout: Any) -> Facts:
    facts: Facts = {"ok": "UPSELL_OK"}
    for error in errors.UpsellError.__subclasses__():
        expected = camel_case(error.code) + "Error"
        assert error.__name__ == expected, f"{error.code} is {error.__name__}, not {expected}"
        facts[error.code] = f"UPSELL_{error.code.upper()}"
    for c_enum in layout["enums"]:
        if c_enum["list"] and c_enum["list"] != "UPSELL_STATUS_LIST":
            members = enumerations()[camel_case(c_enum["name"].removeprefix("upsell_"))]
            for constant, name in member_names(c_enum).items():
                if name in members.__members__:
                    facts[f"{constant}.text"] = members[name].text  # type: ignore[attr-defined]
    return facts


def facts_of_python(layout: Any, native: Any) -> Facts:
    """The layout says only which constant a member of an enumeration stands for."""
    return {
        **structs_of_python(native),
        **functions_of_python(native),
        **constants_of_python(layout, native),
        **words_of_python(layout),
    }


# ---- comparing ----


def differences(c: Facts, python: Facts) -> dict[str, str]:
    return {
        name: f"{name}: the headers say {c.get(name, 'nothing')}, the binding {python.get(name, 'nothing')}"
        for name in {**c, **python}
        if c.get(name) != python.get(name)
    }


def compare(layout: Any, native: Any = _native) -> dict[str, str]:
    return differences(facts_of_c(layout), facts_of_python(layout, native))


def assert_same(c: Facts, python: Facts, at_least: int) -> None:
    assert len(c) >= at_least, "the layout is not complete"
    found = differences(c, python)
    assert not found, "\n".join(["", *found.values()])


def test_structs(layout: Any) -> None:
    assert_same(structs_of_c(layout), structs_of_python(_native), 200)


def test_functions(layout: Any) -> None:
    assert_same(functions_of_c(layout), functions_of_python(_native), 50)


def test_functions_stand_in_the_order_of_their_headers(layout: Any) -> None:
    """Those of one header together, as a reader of both expects."""
    made = list(prototypes(_native))
    groups: dict[str, list[str]] = {}
    for function in layout["functions"]:
        groups.setdefault(function["header"], []).append(function["name"])
    for names in groups.values():
        start = made.index(names[0])
        assert made[start : start + len(names)] == names


@pytest.mark.parametrize("library", ["lib", "released"])
def test_the_library_has_the_prototypes(library: str) -> None:
    """What was declared is what calls go through."""
    for name, made in prototypes(_native).items():
        function = getattr(getattr(_native, library), name)
        assert list(function.argtypes) == list(made.argtypes), name
        assert function.restype is made.restype, name


def test_constants(layout: Any) -> None:
    assert_same(constants_of_c(layout), constants_of_python(layout, _native), 100)


def test_statuses_and_words(layout: Any) -> None:
    assert_same(words_of_c(layout), words_of_python(layout), 60)


def test_every_exception_is_public(layout: Any) -> None:
    for error in errors.UpsellError.__subclasses__():
        assert getattr(upsell, error.__name__) is error
        assert error.__name__ in upsell.__all__


def test_statuses_of_the_library(layout: Any) -> None:
    """The loaded library names its statuses as the headers do."""
    for entry in layout["lists"]["UPSELL_STATUS_LIST"]:
        assert _native.lib.upsell_status_name(entry["value"]) == entry["words"][0].encode()
        assert _native.lib.upsell_status_message(entry["value"]) == entry["words"][1].encode()


# ---- the comparison itself: each change of the headers is noticed, at its place ----


def named(items: Any, name: str) -> Any:
    return next(item for item in items if item.get("name", item.get("constant")) == name)


def fields_of(layout: Any, struct: str) -> Any:
    return named(layout["structs"], struct)["fields"]


def swap_fields(layout: Any) -> None:
    """As the compiler would lay out the same struct with two lines swapped."""
    first, second = fields_of(layout, "upsell_quantity")[:2]
    first["name"], second["name"] = second["name"], first["name"]


def add_field(layout: Any) -> None:
    struct = named(layout["structs"], "upsell_run_stop")
    added = {"name": "more", "type": "int64_t", "offset": struct["size"], "size": 8}
    struct["fields"].append(added)
    struct["size"] += 8


def set_of(path: Callable[[Any], Any], key: str, value: Any) -> Callable[[Any], None]:
    def change(layout: Any) -> None:
        assert path(layout)[key] != value
        path(layout)[key] = value

    return change


def add_parameter(layout: Any) -> None:
    added = {"name": "more", "type": "int32_t"}
    named(layout["functions"], "upsell_runner_new")["parameters"].append(added)


def add_status(layout: Any) -> None:
    entry = {"constant": "UPSELL_NEW_RULE", "value": 99, "words": ["new_rule", "a new rule"]}
    layout["lists"]["UPSELL_STATUS_LIST"].append(entry)
    named(layout["enums"], "upsell_status_code")["constants"].append(
        {"name": "UPSELL_NEW_RULE", "value": 99}
    )


CHANGES: dict[str, tuple[Callable[[Any], object], set[str]]] = {
    "two fields swapped": (swap_fields, {"upsell_quantity.initial", "upsell_quantity.max"}),
    "field added": (add_field, {"upsell_run_stop", "upsell_run_stop.more"}),
    "field removed": (
        lambda layout: fields_of(layout, "upsell_event").pop(),
        {"upsell_event.reserved"},
    ),
    "sign of a field": (
        set_of(lambda layout: fields_of(layout, "upsell_quantity")[1], "type", "uint32_t"),
        {"upsell_quantity.max"},
    ),
    "width of a field": (
        set_of(lambda layout: fields_of(layout, "upsell_result")[0], "size", 8),
        {"upsell_result.status"},
    ),
    "offset of a field": (
        set_of(lambda layout: fields_of(layout, "upsell_price")[3], "offset", 24),
        {"upsell_price.reserved"},
    ),
    "pointer to another struct": (
        set_of(lambda layout: fields_of(layout, "upsell_batch_view")[2], "type", "const upsell_str *"),
        {"upsell_batch_view.results"},
    ),
    "size of a struct": (
        set_of(lambda layout: named(layout["structs"], "upsell_page"), "size", 112),
        {"upsell_page"},
    ),
    "struct added": (
        lambda layout: layout["structs"].append(
            {"name": "upsell_new", "size": 4, "align": 4, "fields": []}
        ),
        {"upsell_new"},
    ),
    "handle added": (lambda layout: layout["handles"].append("upsell_new"), {"upsell_new"}),
    "handle removed": (lambda layout: layout["handles"].remove("upsell_text"), {"upsell_text"}),
    "constant": (
        set_of(lambda layout: named(layout["constants"], "UPSELL_MONEY_MAX"), "value", 1),
        {"UPSELL_MONEY_MAX"},
    ),
    "constant added": (
        lambda layout: layout["constants"].append({"name": "UPSELL_NEW", "value": 1}),
        {"UPSELL_NEW"},
    ),
    "ABI version": (
        set_of(lambda layout: named(layout["constants"], "UPSELL_ABI_VERSION"), "value", 1),
        {"UPSELL_ABI_VERSION"},
    ),
    "release": (
        set_of(lambda layout: named(layout["constants"], "UPSELL_VERSION_MINOR"), "value", 9),
        {"UPSELL_VERSION_MINOR"},
    ),
    "enumerator": (
        set_of(
            lambda layout: named(layout["enums"], "upsell_dialect")["constants"][1], "value", 3
        ),
        {"UPSELL_DIALECT_CALCULATION"},
    ),
    "parameter added": (add_parameter, {"upsell_runner_new()"}),
    "parameter's type": (
        set_of(
            lambda layout: named(layout["functions"], "upsell_pattern_of")["parameters"][0],
            "type",
            "int64_t",
        ),
        {"upsell_pattern_of()"},
    ),
    "parameter's handle": (
        set_of(
            lambda layout: named(layout["functions"], "upsell_plan_free")["parameters"][0],
            "type",
            "upsell_text *",
        ),
        {"upsell_plan_free()"},
    ),
    "pointer to a pointer": (
        set_of(
            lambda layout: named(layout["functions"], "upsell_batch_new")["parameters"][0],
            "type",
            "upsell_batch *",
        ),
        {"upsell_batch_new()"},
    ),
    "return type": (
        set_of(
            lambda layout: named(layout["functions"], "upsell_abi_version"), "returns", "uint32_t"
        ),
        {"upsell_abi_version()"},
    ),
    "function added": (
        lambda layout: layout["functions"].append(
            {"name": "upsell_new", "header": "batch.h", "returns": "void", "parameters": []}
        ),
        {"upsell_new()"},
    ),
    "function removed": (lambda layout: layout["functions"].pop(0), {"upsell_status_name()"}),
    "status added": (add_status, {"UPSELL_NEW_RULE", "new_rule"}),
    "word of a reason": (
        set_of(
            lambda layout: layout["lists"]["UPSELL_REASON_LIST"][0], "words", ["other_word"]
        ),
        {"UPSELL_REASON_STORE_PLAN.text"},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_headers_is_noticed(layout: Any, change: str) -> None:
    apply, places = CHANGES[change]
    changed = copy.deepcopy(layout)
    apply(changed)
    assert set(compare(changed)) - set(compare(layout)) == places


def changed_native(**changes: Any) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(_native), **changes})


def test_a_change_of_a_struct_in_the_binding_is_noticed(layout: Any) -> None:
    fields = list(_native.Quantity._fields_)
    swapped = type(
        "Quantity", (ctypes.Structure,), {"_fields_": [fields[1], fields[0], *fields[2:]]}
    )
    found = structs_of_python(changed_native(Quantity=swapped))
    assert set(differences(structs_of_c(layout), found)) >= {
        "upsell_quantity.initial",
        "upsell_quantity.max",
    }


@pytest.mark.parametrize(
    ("function", "argtypes"),
    [
        ("upsell_plan_free", [ctypes.c_void_p]),
        ("upsell_abi_version", [ctypes.c_int32]),
        ("upsell_currency_at", [ctypes.c_uint32, ctypes.POINTER(_native.Currency)]),
    ],
)
def test_a_change_of_a_prototype_in_the_binding_is_noticed(
    layout: Any, function: str, argtypes: list[Any]
) -> None:
    def declare(lib: Any) -> None:
        _native.declare(lib)
        getattr(lib, function).argtypes = argtypes

    found = functions_of_python(changed_native(declare=declare))
    assert set(differences(functions_of_c(layout), found)) == {f"{function}()"}


def test_without_a_layout_there_is_no_green_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPSELL_LAYOUT")
    with pytest.raises(pytest.fail.Exception, match="UPSELL_LAYOUT"):
        read_layout()
