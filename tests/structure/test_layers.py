# SPDX-License-Identifier: MIT
"""A file of the library includes its own layer or one to its left, and no other library."""

import re
import unittest

from support import LIBRARY, SOURCE_ROOT, code_of, main, place

LAYERS = ["base", "json", "money", "model", "decide", "offer", "plan", "shopify", "codec"]

STANDARD_C = {"assert", "ctype", "errno", "inttypes", "limits", "stdarg", "stdbool", "stddef",
              "stdint", "stdio", "stdlib", "string"}

LIB = SOURCE_ROOT / "lib"


def includes():
    """(path in lib/, place, delimiter, name) of every #include."""
    for path in LIBRARY:
        text = code_of(path.read_text(encoding="utf-8"), keep_strings=True)
        for found in re.finditer(r"^[ \t]*#[ \t]*include\b[ \t]*([<\"]?)([^>\"\n]*)", text, re.M):
            yield str(path.relative_to(LIB)), place(path, text, found.start()), found[1], found[2]


class Layers(unittest.TestCase):
    def test_every_file_is_in_a_layer(self):
        self.assertEqual(LAYERS, sorted({path.relative_to(LIB).parts[0] for path in LIBRARY},
                                        key=lambda name: (LAYERS + [name]).index(name)))
        for path in LIBRARY:
            self.assertEqual(2, len(path.relative_to(LIB).parts), path)

    def test_direction(self):
        count = 0
        for path, where, mark, name in includes():
            if mark == '"':
                count += 1
                with self.subTest(where, include=name):
                    layer = name.split("/")[0]
                    self.assertTrue((LIB / name).is_file(), "includes are written from lib/ on")
                    self.assertLessEqual(LAYERS.index(layer), LAYERS.index(path.split("/")[0]),
                                         f"{path} must not know of {layer}")
        self.assertGreater(count, 50)

    def test_other_includes(self):
        """Public headers and the C standard library, nothing else."""
        for _, where, mark, name in includes():
            if mark != '"':
                with self.subTest(where, include=name):
                    self.assertEqual("<", mark, "a computed include cannot be checked")
                    if name.startswith("upsell/"):
                        self.assertTrue((SOURCE_ROOT / "include" / name).is_file())
                    else:
                        self.assertIn(name.removesuffix(".h"), STANDARD_C)

    def test_own_header_first(self):
        """A source includes its own header first, so that each header is whole by itself."""
        first = {}
        for path, _, _, name in includes():
            first.setdefault(path, name)
        for path in LIBRARY:
            own = str(path.relative_to(LIB).with_suffix(".h"))
            if path.suffix == ".c" and (LIB / own).is_file():
                with self.subTest(file=own):
                    self.assertEqual(own, first[str(path.relative_to(LIB))])

    def test_no_include_goes_in_circles(self):
        edges = {}
        for path, _, mark, name in includes():
            if mark == '"' and path.endswith(".h"):
                edges.setdefault(path, []).append(name)

        def visit(path, way):
            self.assertNotIn(path, way, " -> ".join([*way, path]))
            for name in edges.get(path, []):
                visit(name, [*way, path])

        for path in edges:
            visit(path, [])

    def test_every_source_is_built(self):
        """lib/meson.build lists each source once; a forgotten file would be dead."""
        listed = re.findall(r"'(\w+/\w+\.c)'", (LIB / "meson.build").read_text(encoding="utf-8"))
        self.assertEqual(sorted(str(path.relative_to(LIB)) for path in LIBRARY
                                if path.suffix == ".c"), sorted(listed))


if __name__ == "__main__":
    main()
