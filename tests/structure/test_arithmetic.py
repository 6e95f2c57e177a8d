# SPDX-License-Identifier: MIT
"""The library computes with integers alone (PRC-12): no floating point in its sources."""

import re
import unittest

from support import HEADERS, LIBRARY, code_of, main, place

# Types, and functions of the C library and json-c that give or take them.
NAMES = re.compile(
    r"\b(?:float|double|_Complex|_Decimal\d+|_Float\d+x?|__float128|long_double|float_t|double_t|"
    r"ato[f]|strto(?:f|d|ld)|json_object_(?:new|get|set)_double\w*|"
    r"(?:FLT|DBL|LDBL)_[A-Z_0-9]+|HUGE_VAL[FL]?|NAN|INFINITY)\b")

HEADERS_OF_FLOATS = re.compile(r"#\s*include\s*<(?:math|float|tgmath|complex|fenv)\.h>")

# A preprocessing number is a literal of floating point if it has a point, or an exponent.
NUMBER = re.compile(r"(?<![\w.])(?:0[xX][0-9a-fA-F.]+(?:[pP][+-]?\w*)?\w*|"
                    r"\.?\d(?:[eE][+-]|[\w.])*)")


def is_floating(number):
    if number[:2] in ("0x", "0X"):
        return "." in number or "p" in number.lower()
    return "." in number or bool(re.match(r"\d+[eE]", number))


def findings(text):
    """(position, what) of everything in C code that is floating point."""
    code = code_of(text)
    yield from ((found.start(), found[0]) for found in NAMES.finditer(code))
    yield from ((found.start(), found[0]) for found in HEADERS_OF_FLOATS.finditer(code))
    yield from ((found.start(), found[0]) for found in NUMBER.finditer(code)
                if is_floating(found[0]))


class Arithmetic(unittest.TestCase):
    def test_the_check_itself(self):
        for code in ("float x;", "(double)a", "x = 1.5;", "x = .5;", "x = 1.;", "x = 1e9;",
                     "x = 1E-3f;", "x = 0x1p4;", "#include <math.h>", "a = strtod(p, 0);"):
            with self.subTest(code=code):
                self.assertTrue(list(findings(code)))
        for code in ("/* 1.5 double */", '"0.5 float"', "x = 0x1e5;", "a.b = 1;", "f(x, ...);",
                     "v1.e5 = 3;", "json_type_double_x", "// 2.5\n1u", "c == '.'", "0xFFu + 10L"):
            with self.subTest(code=code):
                self.assertEqual([], list(findings(code)))

    def test_library(self):
        self.assertGreater(len(LIBRARY), 40)
        for path in [*LIBRARY, *HEADERS]:
            text = path.read_text(encoding="utf-8")
            with self.subTest(path.name):
                self.assertEqual([], [f"{place(path, code_of(text), at)}: {what}"
                                      for at, what in findings(text)])


if __name__ == "__main__":
    main()
