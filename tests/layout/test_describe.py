# SPDX-License-Identifier: MIT
"""describe.py says what the headers say, notices every change of them, and refuses to guess."""

import dataclasses
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

from describe import NotExported, describe
from headers import Named, NotUnderstood, Struct, read_headers
from measure import DoesNotCompile, measure

SOURCE_ROOT = pathlib.Path(os.environ["UPSELL_SOURCE_ROOT"])
CC = os.environ["UPSELL_CC"].split("|")
BUILT = json.loads(pathlib.Path(os.environ["UPSELL_LAYOUT"]).read_text("utf-8"))

QUANTITY = """\
  int32_t initial;    /**< the quantity shown first, 1 ... 9999; zero: 1 */
  int32_t max;        /**< the most the buyer may take; zero: as initial */
"""


def named(items, name):
    return next(item for item in items if item["name"] == name)


def places_of_difference(a, b, path=""):
    """Where two descriptions differ: "structs/upsell_quantity/fields/max/offset"."""
    if isinstance(a, dict) and isinstance(b, dict):
        pairs = [(key, a.get(key), b.get(key)) for key in {**a, **b}]
    elif isinstance(a, list) and isinstance(b, list):
        keys = [item.get("name", item.get("constant")) if isinstance(item, dict) else str(item)
                for item in a + b]
        if len(a) != len(b) or keys[:len(a)] != keys[len(a):]:
            return {path}
        pairs = zip(keys, a, b)
    else:
        return set() if a == b else {path}
    return {place for key, inner_a, inner_b in pairs
            for place in places_of_difference(inner_a, inner_b, f"{path}/{key}".lstrip("/"))}


class Copy(unittest.TestCase):
    """A copy of the headers that a test may change."""

    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="upsell-describe-"))
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copytree(SOURCE_ROOT / "include", self.root / "include")
        shutil.copy(SOURCE_ROOT / "lib/upsell.map", self.root)

    def change(self, name, old, new):
        path = self.root / name
        text = path.read_text("utf-8")
        self.assertEqual(1, text.count(old), f"{old!r} does not stand once in {name}")
        path.write_text(text.replace(old, new), "utf-8")

    def change_header(self, name, old, new):
        self.change(f"include/upsell/{name}", old, new)

    def describe(self):
        return describe(self.root / "include", self.root / "upsell.map", CC)


class WhatIsThere(unittest.TestCase):
    def test_struct(self):
        found = named(BUILT["structs"], "upsell_discount")
        self.assertEqual(16, found["size"])
        self.assertEqual([("type", "int32_t", 0, 4), ("reserved", "int32_t", 4, 4),
                          ("value", "int64_t", 8, 8)],
                         [(field["name"], field["type"], field["offset"], field["size"])
                          for field in found["fields"]])

    def test_array(self):
        field = named(named(BUILT["structs"], "upsell_error")["fields"], "message")
        self.assertEqual(("char[UPSELL_MESSAGE_SIZE]", 512), (field["type"], field["size"]))

    def test_prototype(self):
        self.assertEqual(
            {"name": "upsell_currency_find", "header": "money.h", "returns": "upsell_status",
             "parameters": [{"name": "code", "type": "upsell_str"},
                            {"name": "currency", "type": "upsell_currency *"}]},
            named(BUILT["functions"], "upsell_currency_find"))

    def test_function_without_parameters(self):
        found = named(BUILT["functions"], "upsell_version")
        self.assertEqual(("const char *", []), (found["returns"], found["parameters"]))

    def test_constants(self):
        self.assertEqual(10**11, named(BUILT["constants"], "UPSELL_MONEY_MAX")["value"])
        modes = named(BUILT["enums"], "upsell_rounding_mode")["constants"]
        self.assertEqual([1, 2, 3, 4, 5], [mode["value"] for mode in modes])

    def test_list(self):
        self.assertIn({"constant": "UPSELL_MISSING_KEY", "value": 20,
                       "words": ["missing_key", "a required key is missing"]},
                      BUILT["lists"]["UPSELL_STATUS_LIST"])

    def test_number_with_a_digit_first(self):
        self.assertEqual({"constant": "UPSELL_API_2026_07", "value": 4, "words": ["2026-07"]},
                         BUILT["lists"]["UPSELL_API_VERSION_LIST"][3])

    def test_text_in_two_parts(self):
        self.assertIn(["paid_not_delivered", "the buyer paid and the contract does not have the item"],
                      [entry["words"] for entry in BUILT["lists"]["UPSELL_STATE_LIST"]])

    def test_signs(self):
        self.assertEqual({"int32_t": 1, "int64_t": 1, "upsell_status": 1, "uint32_t": 0,
                          "uint64_t": 0, "size_t": 0},
                         {name: kind["signed"] for name, kind in BUILT["types"].items()
                          if name not in ("char", "void *")})

    def test_nothing_is_left_out(self):
        """As many as a plain search finds in the headers."""
        text = "".join(path.read_text("utf-8")
                       for path in (SOURCE_ROOT / "include/upsell").glob("*.h"))
        for group, pattern in (("functions", r"^UPSELL_API "),
                               ("structs", r"^typedef struct \w+ \{"),
                               ("handles", r"^typedef struct \w+ \w+;"),
                               ("enums", r"^enum \w+ \{"),
                               ("lists", r"^#define \w+_LIST\(X\)"),
                               ("constants", r"^#define UPSELL_\w+ [\dI]")):
            with self.subTest(group):
                self.assertEqual(len(re.findall(pattern, text, re.M)), len(BUILT[group]))


class Changes(Copy):
    """A change shows in the description, at its place and nowhere else."""

    def assert_places(self, *places):
        self.assertEqual(set(places), places_of_difference(BUILT, self.describe()))

    def test_no_change(self):
        self.assert_places()

    def test_field_added(self):
        self.change_header("order.h", "  uint32_t reserved;              /**< zero */\n",
                           "  uint32_t reserved;\n  uint64_t more;\n")
        self.assert_places("structs/upsell_order/fields", "structs/upsell_order/size")

    def test_field_removed(self):
        self.change_header("catalog.h", "  int32_t adjustable; /**< enum upsell_choice_value; "
                           "default no */\n  int32_t reserved;   /**< zero */\n} upsell_quantity;",
                           "} upsell_quantity;")
        self.assertIn("structs/upsell_quantity/fields",
                      places_of_difference(BUILT, self.describe()))

    def test_two_fields_of_one_size_swapped(self):
        first, second = QUANTITY.splitlines(keepends=True)
        self.change_header("catalog.h", QUANTITY, second + first)
        self.assert_places("structs/upsell_quantity/fields")

    def test_field_renamed(self):
        self.change_header("money.h", "  int64_t unit; /**<", "  int64_t piece; /**<")
        self.assert_places("structs/upsell_amounts/fields")

    def test_sign_of_a_field(self):
        self.change_header("catalog.h", "  int32_t max;        /**<", "  uint32_t max; /**<")
        self.assert_places("structs/upsell_quantity/fields/max/type")

    def test_width_of_a_field(self):
        self.change_header("decision.h", "  int32_t priority;       /**<", "  int64_t priority; /**<")
        places = places_of_difference(BUILT, self.describe())
        self.assertIn("structs/upsell_decision_view/fields/priority/type", places)
        self.assertIn("structs/upsell_decision_view/fields/priority/size", places)
        self.assertIn("structs/upsell_decision_view/fields/scenario_index/offset", places)

    def test_array(self):
        self.change_header("status.h", "#define UPSELL_POINTER_SIZE 512",
                           "#define UPSELL_POINTER_SIZE 513")
        self.assert_places("constants/UPSELL_POINTER_SIZE/value", "structs/upsell_error/size",
                           "structs/upsell_error/fields/pointer/size",
                           "structs/upsell_error/fields/message/offset")

    def test_constant(self):
        self.change_header("money.h", "INT64_C(100000000000)", "INT64_C(100000000001)")
        self.assert_places("constants/UPSELL_MONEY_MAX/value")

    def test_negative_constant(self):
        self.change_header("money.h", "#define UPSELL_QUANTITY_MAX 9999",
                           "#define UPSELL_QUANTITY_MAX -9999")
        self.assertEqual(-9999, named(self.describe()["constants"], "UPSELL_QUANTITY_MAX")["value"])

    def test_enumerator(self):
        self.change_header("money.h", "UPSELL_ROUND_CEIL = 2,", "UPSELL_ROUND_CEIL = 7,")
        self.assert_places("enums/upsell_rounding_mode/constants/UPSELL_ROUND_CEIL/value")

    def test_number_in_a_list(self):
        self.change_header("status.h", "X(BAD_TEXT, 35,", "X(BAD_TEXT, 36,")
        self.assert_places("lists/UPSELL_STATUS_LIST/UPSELL_BAD_TEXT/value",
                           "enums/upsell_status_code/constants/UPSELL_BAD_TEXT/value")

    def test_name_in_a_list(self):
        self.change_header("status.h", '"bad_text"', '"bad_words"')
        self.assert_places("lists/UPSELL_STATUS_LIST/UPSELL_BAD_TEXT/words")

    def test_parameter_type(self):
        self.change_header("pricing.h", "upsell_pattern_of(int32_t trigger_kind,",
                           "upsell_pattern_of(int64_t trigger_kind,")
        self.assert_places("functions/upsell_pattern_of/parameters/trigger_kind/type")

    def test_parameter_added(self):
        self.change_header("version.h", "upsell_abi_version(void)",
                           "upsell_abi_version(int32_t which)")
        self.assert_places("functions/upsell_abi_version/parameters")

    def test_return_type(self):
        self.change_header("version.h", "UPSELL_API int32_t upsell_abi_version",
                           "UPSELL_API uint32_t upsell_abi_version")
        self.assert_places("functions/upsell_abi_version/returns")

    def test_alias(self):
        self.change_header("status.h", "typedef int32_t upsell_status;",
                           "typedef int64_t upsell_status;")
        self.assertTrue({"types/upsell_status/is", "types/upsell_status/size"}
                        <= places_of_difference(BUILT, self.describe()))

    def test_header_added(self):
        (self.root / "include/upsell/more.h").write_text(
            "#ifndef UPSELL_MORE_H\n#define UPSELL_MORE_H\n#define UPSELL_MORE 1\n#endif\n")
        self.assert_places("constants")


class Refusals(Copy):
    """What is not understood is said with its place, and nothing is made of it."""

    def assert_refused(self, code, why, error=NotUnderstood):
        shutil.copy(SOURCE_ROOT / "include/upsell/order.h", self.root / "include/upsell")
        self.change_header("order.h", "\nUPSELL_END_DECLS\n", f"\n{code}\n\nUPSELL_END_DECLS\n")
        with self.assertRaisesRegex(error, why):
            self.describe()

    def test_forms(self):
        for code, why in (
                ("typedef union upsell_u { int32_t a; } upsell_u;", "declared before: 'union'"),
                ("typedef struct upsell_s { int32_t a : 3; } upsell_s;", "';' was expected: ':'"),
                ("typedef struct upsell_s { int32_t a, b; } upsell_s;", "';' was expected: ','"),
                ("typedef struct upsell_s { int a; } upsell_s;", "declared before: 'int'"),
                ("typedef struct upsell_s { enum upsell_kind a; } upsell_s;", "before: 'enum'"),
                ("typedef struct upsell_s { struct upsell_s *a; } upsell_s;", "before: 'struct'"),
                ("typedef struct upsell_s { int32_t (*a)(int32_t); } upsell_s;", "a name was"),
                ("typedef struct upsell_s { int32_t a[2][2]; } upsell_s;", "';' was expected"),
                ("typedef struct { int32_t a; } upsell_s;", "a name was expected"),
                ("typedef struct upsell_s { int32_t a; } upsell_t;", "'upsell_s' was expected"),
                ("typedef const char *upsell_text_t;", "is no number"),
                ("typedef double upsell_d;", "before: 'double'"),
                ("struct upsell_s { int32_t a; };", "form is not known: 'struct'"),
                ("extern int32_t upsell_v;", "form is not known: 'extern'"),
                ("int32_t upsell_f(void);", "form is not known: 'int32_t'"),
                ("UPSELL_API int32_t upsell_f(int32_t a, ...);", r"before: '\.'"),
                ("UPSELL_API int32_t upsell_f(int32_t);", r"a name was expected: '\)'"),
                ("UPSELL_API void upsell_f(void (*done)(int32_t));", r"'\)' was expected: '\('"),
                ("enum upsell_e { UPSELL_E };", "'=' was expected"),
                ("enum upsell_e { UPSELL_E = UPSELL_YES };", "a number was expected"),
                ("enum upsell_e { UPSELL_E = 1 << 3 };", "',' was expected: '<'"),
                ("#pragma pack(1)", "directive of this form"),
                ("#ifdef UPSELL_NEW\n#define UPSELL_N 1\n#endif", "depends on the condition"),
                ("#ifdef UPSELL_NEW\nUPSELL_API void upsell_f(void);\n#endif", "condition of line"),
                ('#include "other.h"', "directive of this form"),
                ('#define UPSELL_NAME "upsell"', "macro of this form"),
                ("#define UPSELL_FLAG", "macro of this form"),
                ("#define UPSELL_SUM (1 + 2)", "macro of this form"),
                ("#define UPSELL_NEW_LIST(X) X(A, 1, \"a\") Y(B, 2, \"b\")", "an entry X"),
                ("#define UPSELL_NEW_LIST(X) X(A, 1, \"a\") X(B, 2)", "entry of this form"),
                ("#define UPSELL_NEW_LIST(X) X(A, 1, \"a\") X(B, 2, \"b\", \"c\")", "differ in"),
                ("#define UPSELL_NEW_LIST(X) X(A, 1, \"a\\n\")", "escape"),
                ("#define UPSELL_NEW_LIST(X) X(A, 1, \"a\")", "no enum is made of"),
                ("#undef UPSELL_YES", "directive of this form"),
                ("@", "form is not known")):
            with self.subTest(code):
                self.assert_refused(code, why)

    def test_place(self):
        text = (self.root / "include/upsell/order.h").read_text("utf-8")
        line = text[:text.index("typedef struct upsell_order {")].count("\n") + 1
        self.change_header("order.h", "typedef struct upsell_order {", "extern struct {")
        with self.assertRaisesRegex(NotUnderstood, rf"^order\.h:{line}: .*'extern'$"):
            self.describe()

    def test_without_guard(self):
        self.change_header("order.h", "#ifndef UPSELL_ORDER_H\n#define UPSELL_ORDER_H\n", "")
        with self.assertRaisesRegex(NotUnderstood, "UPSELL_ORDER_H"):
            self.describe()

    def test_no_headers(self):
        shutil.rmtree(self.root / "include/upsell")
        with self.assertRaisesRegex(NotUnderstood, "there are no headers"):
            self.describe()

    def test_function_not_in_the_map(self):
        self.assert_refused("UPSELL_API void upsell_f(void);", "only in the headers: upsell_f$",
                            NotExported)

    def test_function_only_in_the_map(self):
        self.change("upsell.map", "  upsell_version;\n", "  upsell_version;\n  upsell_zero;\n")
        with self.assertRaisesRegex(NotExported, "only in the map: upsell_zero$"):
            self.describe()

    def test_second_node_of_the_map(self):
        self.change("upsell.map", "local:\n  *;\n};\n",
                    "local:\n  *;\n};\nUPSELL_0.2 {\nglobal:\n  upsell_zero;\n} UPSELL_0.1;\n")
        with self.assertRaisesRegex(NotExported, "only in the map: upsell_zero$"):
            self.describe()

    def test_form_of_the_map(self):
        self.change("upsell.map", "  upsell_version;\n", '  extern "C" { upsell_version; };\n')
        with self.assertRaisesRegex(NotExported, "a form that is not known"):
            self.describe()

    def test_what_the_compiler_refuses(self):
        self.assert_refused("UPSELL_API void upsell_version(void);", "conflicting types",
                            DoesNotCompile)

    def test_what_the_compiler_sees_otherwise(self):
        """A type that was misread does not compile, even one of the same size."""
        facts = read_headers(self.root / "include/upsell")
        for wrong in ("uint32_t", "int64_t", "int32_t *"):
            with self.subTest(wrong):
                struct = Struct("upsell_quantity", [Named("max", wrong)])
                misread = dataclasses.replace(facts, structs=[struct])
                with self.assertRaisesRegex(DoesNotCompile, "upsell_quantity.max"):
                    measure(misread, ["1"], CC, self.root / "include")

    def test_layout_that_something_else_changes(self):
        """Sizes are the compiler's: what the reader cannot see shows in them all the same."""
        self.change_header("order.h", "#include <upsell/catalog.h>\n",
                           "#include <upsell/catalog.h>\n#include <packed.h>\n")
        (self.root / "include/packed.h").write_text("#pragma pack(2)\n")
        self.change_header("order.h", "  uint32_t size;                  /**<", "  char size; /**<")
        self.assertEqual(2, named(named(self.describe()["structs"], "upsell_order")["fields"],
                                  "has_shipping_address")["offset"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
