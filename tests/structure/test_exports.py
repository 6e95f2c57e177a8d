# SPDX-License-Identifier: MIT
"""The exported functions: lib/upsell.map and the headers say the same, and each is documented."""

import os
import re
import unittest

from support import HEADERS, SHARED_LIB, SOURCE_ROOT, code_of, comments_of, main, prototypes, run

# Whether the built library may be looked at, too: a sanitizer exports names of its own.
BUILT = os.environ["UPSELL_LOOK_AT_OBJECTS"] == "1"

MAP = SOURCE_ROOT / "lib/upsell.map"


def nodes_of_map():
    """Name of each node and the names in it."""
    text = code_of(MAP.read_text(encoding="utf-8"))
    return {node: re.findall(r"(\w+);", names.split("local:")[0])
            for node, names in re.findall(r"(\w[\w.]*)\s*\{(.*?)\}", text, re.S)}


class Exports(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.prototypes = prototypes()
        self.nodes = nodes_of_map()
        self.names = [name for names in self.nodes.values() for name in names]

    def test_map_and_headers(self):
        self.assertGreater(len(self.names), 20)
        self.assertEqual(sorted(self.names), sorted(found.name for found in self.prototypes))

    def test_map_names_each_once_and_sorted(self):
        self.assertEqual(len(self.names), len(set(self.names)))
        for node, names in self.nodes.items():
            self.assertEqual(sorted(names), names, node)

    def test_map_and_library(self):
        if not BUILT:
            self.skipTest("the library was built with a sanitizer or the like")
        found = [line.split()[1:] for line in
                 run("nm", "-D", "--defined-only", SHARED_LIB).splitlines()]
        functions = {name for kind, name in found if kind != "A"}
        self.assertEqual({f"{name}@@{node}" for node, names in self.nodes.items()
                          for name in names}, functions)
        self.assertEqual({"T"}, {kind for kind, name in found} - {"A"},
                         "something other than a function is exported")

    def test_every_declaration_is_exported(self):
        """No header declares a function without UPSELL_API, but for inline ones."""
        for header in HEADERS:
            code = code_of(header.read_text(encoding="utf-8"))
            code = re.sub(r"^\s*#(?:[^\n]*\\\n)*[^\n]*", "", code, flags=re.M)
            for found in re.finditer(r"^(?![ }\t])[^;{}]*\b(upsell_\w+)\s*\([^;{}]*\)\s*;", code,
                                     re.M):
                with self.subTest(header=header.name, function=found[1]):
                    self.assertIn("UPSELL_API", found[0])

    def test_documentation(self):
        for found in self.prototypes:
            with self.subTest(found.where, function=found.name):
                self.assertTrue(found.comment, "there is no comment /** ... */ right before it")
                self.assertRegex(found.comment, r"@since \d+\.\d+\.\d+\n")
                self.assertEqual(found.parameters,
                                 re.findall(r"@param (\w+)", found.comment))
                if found.result == "void":
                    self.assertNotIn("@return", found.comment)
                else:
                    self.assertIn("@return", found.comment)

    def test_a_status_is_documented_as_one(self):
        """@return names UPSELL_OK, or the function whose statuses these are."""
        names = "|".join(self.names)
        for found in self.prototypes:
            if found.result == "upsell_status":
                with self.subTest(found.where, function=found.name):
                    text = found.comment.split("@return")[-1]
                    self.assertRegex(text, rf"UPSELL_OK\b|^ as (?:{names})\(\)")

    def test_since_is_the_node(self):
        for found in self.prototypes:
            since = re.search(r"@since (\d+\.\d+)\.\d+", found.comment)
            with self.subTest(function=found.name):
                self.assertIn(found.name, self.nodes.get(f"UPSELL_{since[1]}", []))

    def test_comments_name_only_what_exists(self):
        """Constants and functions that a header's comments mention."""
        text = "\n".join(header.read_text(encoding="utf-8") for header in HEADERS)
        code = code_of(text)
        known = set(re.findall(r"\bUPSELL_\w+|\bupsell_\w+", code))
        for prefix, group in (("UPSELL_", "UPSELL_STATUS_LIST"),
                              ("UPSELL_REASON_", "UPSELL_REASON_LIST"),
                              ("UPSELL_STATE_", "UPSELL_STATE_LIST"),
                              ("UPSELL_API_", "UPSELL_API_VERSION_LIST")):
            entries = re.search(rf"#define {group}\(X\)((?:[^\n]*\\\n)*[^\n]*)", code)[1]
            known |= {prefix + symbol for symbol in re.findall(r"X\((\w+),", entries)}
        mentioned = set(re.findall(r"\bUPSELL_[A-Z_]*[A-Z]\b|\bupsell_\w*\w\b(?=\(\))",
                                   comments_of(text)))
        self.assertEqual(set(), mentioned - known)


if __name__ == "__main__":
    main()
