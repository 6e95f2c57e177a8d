# SPDX-License-Identifier: MIT
"""Each public header stands alone, in C11 and in C++11, and shows nothing of json-c."""

import re
import unittest

from support import CC, CXX, HEADERS, INCLUDE, code_of, main, run

C11 = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-x", "c"]
CXX11 = ["-std=c++11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-x", "c++"]


class Headers(unittest.TestCase):
    def compile(self, compiler, flags, header):
        # Twice: the second time, the guard must leave nothing of it.
        source = f"#include <upsell/{header.name}>\n" * 2 + "int header_test;\n"
        run(*compiler, *flags, "-fsyntax-only", "-I", INCLUDE, "-", input=source)

    def test_there_are_headers(self):
        self.assertGreater(len(HEADERS), 5)

    def test_alone_in_c11(self):
        for header in HEADERS:
            with self.subTest(header=header.name):
                self.compile(CC, C11, header)

    def test_alone_in_cxx11(self):
        if not CXX:
            self.skipTest("there is no C++ compiler")
        for header in HEADERS:
            with self.subTest(header=header.name):
                self.compile([CXX], CXX11, header)

    def test_c_linkage(self):
        """Every header that declares functions does it between the two macros."""
        for header in HEADERS:
            code = code_of(header.read_text(encoding="utf-8"))
            for found in re.finditer(r"^UPSELL_API |^static inline ", code, re.M):
                with self.subTest(header=header.name, at=code[found.start():][:60]):
                    self.assertIn("\nUPSELL_BEGIN_DECLS\n", code[:found.start()])
                    self.assertIn("\nUPSELL_END_DECLS\n", code[found.start():])

    def test_guards(self):
        for header in HEADERS:
            guard = f"UPSELL_{header.stem.upper()}_H"
            code = code_of(header.read_text(encoding="utf-8")).strip()
            with self.subTest(header=header.name):
                self.assertTrue(code.startswith(f"#ifndef {guard}\n#define {guard}\n"), guard)
                self.assertTrue(code.endswith("#endif"))

    def test_nothing_of_json_c(self):
        for header in HEADERS:
            with self.subTest(header=header.name):
                text = header.read_text(encoding="utf-8")
                self.assertNotIn("json-c", text)
                self.assertEqual([], re.findall(r"\bjson_\w+|\blh_\w+|\bprintbuf\b",
                                                code_of(text)))

    def test_includes(self):
        """Standard headers and our own, no other."""
        for header in HEADERS:
            code = code_of(header.read_text(encoding="utf-8"), keep_strings=True)
            for name in re.findall(r"^\s*#\s*include\s+(.*?)\s*$", code, re.M):
                with self.subTest(header=header.name, include=name):
                    self.assertRegex(name, r"^<(std\w+|string|upsell/\w+)\.h>$")

    def test_one_header_includes_all(self):
        code = (INCLUDE / "upsell/upsell.h").read_text(encoding="utf-8")
        self.assertEqual([header.name for header in HEADERS if header.name != "upsell.h"],
                         re.findall(r"^#include <upsell/(.*)>$", code, re.M))

    def test_names(self):
        """What a header defines begins with the library's name."""
        for header in HEADERS:
            code = code_of(header.read_text(encoding="utf-8"))
            names = re.findall(r"^#\s*define (\w+)|^(?:typedef )?(?:enum|struct) (\w+)|^\} (\w+);",
                               code, re.M)
            for name in filter(None, (name for group in names for name in group)):
                with self.subTest(header=header.name, name=name):
                    self.assertRegex(name, r"^(upsell|UPSELL)_")


if __name__ == "__main__":
    main()
