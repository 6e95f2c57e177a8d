# SPDX-License-Identifier: MIT
"""upsell check: every problem of a catalogue, or its warnings, one per line (CLI-2)."""

import re

from support import (CATALOG, Case, SOURCE_ROOT, ToolTest, add_cases, changed, document, main,
                     pattern)

SUMMARY = (b": no problems (JPY, 2 scenarios of which 2 published, 2 products, "
           b"1 selling plans)\n")

# file: /pointer: code: sentence
PROBLEM = re.compile(r"(?P<file>[^:]+): (?P<pointer>(?:/[^:]*)?): (?P<code>[a-z_]+): "
                     r"(?P<sentence>[A-Z].*\.)")


def finds(name, text, *problems):
    """`problems` are pointer and code of every line, in their order."""
    lines = "".join(rf"bad\.json: {re.escape(pointer)}: {code}: [A-Z][^\n]*\.\n"
                    for pointer, code in problems)
    return Case(name, ["check", "bad.json"], files={"bad.json": text}, stdout=pattern(lines),
                status=1)


def warns(name, text, *warnings):
    """`warnings` are pointer, code and some words of every line; all is well, so the summary, too."""
    lines = "".join(rf"shop\.json: {re.escape(pointer)}: warning: {code}: [A-Z][^\n]*"
                    rf"{re.escape(words)}[^\n]*\.\n" for pointer, code, words in warnings)
    return Case(name, ["check", "shop.json"], files={"shop.json": text}, stdout=pattern(lines),
                stderr=b"shop.json" + SUMMARY)


def with_discount(value):
    """The scenario S1 with another percentage instead of the plan's 10 %."""
    first, second = CATALOG["scenarios"]
    offer = {**first["offer"], "discount": {"type": "percentage", "value": value}}
    return changed(CATALOG, scenarios=[{**first, "offer": offer}, second])


class Check(ToolTest):
    def test_the_example_shops_have_no_warnings(self):
        for name in ("tea-store", "shopify-store"):
            with self.subTest(shop=name):
                path = SOURCE_ROOT / "examples" / name / "catalog.json"
                result = self.run_tool(["check", "--quiet", str(path)])
                self.assertEqual((0, b"", b""), (result.returncode, result.stdout, result.stderr))

    def test_a_refused_catalogue_has_no_warnings(self):
        """CAT-20: they are found where there are no problems only."""
        self.write("bad.json", document(changed(with_discount("5"), disclosure=..., colour=1)))
        result = self.run_tool(["check", "bad.json"])
        self.assertEqual(1, result.returncode)
        self.assertRegex(result.stdout, rb"\Abad\.json: /colour: unknown_key: [^\n]*\n\Z")

    def test_deciding_tells_no_warnings(self):
        self.write("shop.json", document(changed(CATALOG, disclosure=...)))
        result = self.run_tool(["decide", "--quiet", "--catalog", "shop.json"])
        self.assertEqual((0, b"", b""), (result.returncode, result.stdout, result.stderr))

    def test_the_example_shop_is_good(self):
        result = self.run_tool(["check", str(SOURCE_ROOT / "examples/tea-store/catalog.json")])
        self.assertEqual((0, b""), (result.returncode, result.stdout))
        self.assertIn(b": no problems (JPY, 20 scenarios", result.stderr)

    def test_a_thousand_problems_are_all_told(self):
        products = [{"id": f"p{i}", "title": "", "variants": [], "size": 1} for i in range(1000)]
        self.write("bad.json", document(changed(CATALOG, products=products, scenarios=[])))
        result = self.run_tool(["check", "bad.json"])
        found = [PROBLEM.fullmatch(line) for line in result.stdout.decode().splitlines()]
        self.assertTrue(all(found), result.stdout[:2000])
        self.assertEqual([("bad.json", f"/products/{i}/size", "unknown_key")
                          for i in range(1000)],
                         [match.group("file", "pointer", "code") for match in found])
        self.assertEqual((1, b""), (result.returncode, result.stderr))

    def test_a_problem_is_one_line_whatever_its_key(self):
        """A key is the text of a stranger: it may neither break the line nor steer a terminal."""
        keys = ["line\nbreak", "return\rhome", "escape\x1b[2J", "delete\x7f", "csi\u009b2J"]
        self.write("bad.json", document(changed(CATALOG, **{key: 1 for key in keys})))
        for command in (["check", "bad.json"], ["decide", "--catalog", "bad.json"]):
            with self.subTest(command=command[0]):
                result = self.run_tool(command)
                text = (result.stdout + result.stderr).decode()
                self.assertEqual(1, result.returncode)
                self.assertEqual(len(keys), text.count("\n"), ascii(text))
                self.assertEqual([], re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text),
                                 ascii(text))

    def test_a_problem_is_harmless_whatever_its_value(self):
        """The sentence quotes what was found."""
        for value in ("line\nbreak", "escape\x1b[2J", "delete\x7f", "csi\u009b2J"):
            with self.subTest(value=ascii(value)):
                self.write("bad.json", document(changed(CATALOG, currency=value)))
                text = self.run_tool(["check", "bad.json"]).stdout.decode()
                self.assertEqual(1, text.count("\n"), ascii(text))
                self.assertEqual([], re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text),
                                 ascii(text))

    def test_the_same_lines_on_every_run(self):
        """CAT-17."""
        self.write("bad.json", document({"format": "upsell.catalog/1", "currency": "XXX",
                                         "b": 1, "a": 2, "products": 5, "scenarios": [{}]}))
        first = self.run_tool(["check", "bad.json"]).stdout
        self.assertGreater(first.count(b"\n"), 5)
        for _ in range(3):
            self.assertEqual(first, self.run_tool(["check", "bad.json"]).stdout)


GOOD = document(CATALOG)

add_cases(Check, [
    Case("good catalogue", ["check", "shop.json"], stderr=b"shop.json" + SUMMARY),
    Case("good catalogue quietly", ["check", "--quiet", "shop.json"]),
    Case("options may follow the file", ["check", "shop.json", "--quiet"]),
    Case("good catalogue from standard input", ["check", "-"], stdin=GOOD,
         stderr=b"-" + SUMMARY),
    Case("good catalogue with white space around", ["check", "-"], stderr=b"-" + SUMMARY,
         stdin=b"\r\n\t " + GOOD + b"\r\n\n"),
    Case("a file whose name begins with a dash", ["check", "--quiet", "--", "-shop"],
         files={"-shop": GOOD}),
    Case("bad catalogue from standard input", ["check", "-"], stdin=b"[]", status=1,
         stdout=pattern(r"-: : wrong_type: [A-Z][^\n]*\.\n")),

    warns("a subscription without the texts that a buyer must be told",
          document(changed(CATALOG, disclosure=...)),
          ("/disclosure/withdrawal", "missing_text", "withdraw"),
          ("/disclosure/cancellation", "missing_text", "cancel")),
    warns("an offer that is dearer than its plan", document(with_discount("5")),
          ("/scenarios/0/offer/discount", "dearer_than_plan", "339 JPY at first and its plan \"m1\" "
           "alone 320 JPY")),
    Case("warnings are told quietly, too", ["check", "--quiet", "-"],
         stdin=document(with_discount("5")),
         stdout=pattern(r"-: /scenarios/0/offer/discount: warning: dearer_than_plan: [^\n]*\n")),

    finds("several problems",
          document(changed(CATALOG, currency="YEN", colour="green", products=...)),
          ("/currency", "unknown_currency"), ("/colour", "unknown_key"),
          ("/products", "missing_key")),
    finds("a problem of the whole and one of a part",
          document(changed(CATALOG, format="upsell.catalog/2", selling_plans=[{}], scenarios=[])),
          ("/format", "unknown_format"),
          ("/selling_plans/0/id", "missing_key"), ("/selling_plans/0/name", "missing_key"),
          ("/selling_plans/0/billing", "missing_key"),
          ("/selling_plans/0/pricing", "missing_key")),
    finds("pointers are escaped", document({**CATALOG, "a/b~c": 1, "": 2}),
          ("/a~1b~0c", "unknown_key"), ("/", "unknown_key")),
    finds("key twice", GOOD[:-1] + b',"currency":"JPY"}', ("/currency", "duplicate_key")),
    finds("empty file", b"", ("", "json_syntax")),
    finds("only white space", b" \n\t\r\n", ("", "json_syntax")),
    finds("two documents", GOOD + b"\n" + GOOD, ("", "json_trailing")),
    finds("not an object", b'"upsell.catalog/1"', ("", "wrong_type")),
    finds("byte order mark", b"\xef\xbb\xbf" + GOOD, ("", "json_encoding")),
    finds("not UTF-8", b'{"format":"\xff"}', ("/format", "json_encoding")),
    finds("cut in the middle", b'{"format":"upsell.catalog/1","curr', ("", "json_syntax")),
    finds("too deep", b'{"format":' + b"[" * 64 + b"]" * 64 + b"}",
          ("/format" + "/0" * 63, "json_depth")),

    Case("missing file", ["check", "none.json"], status=1,
         stderr=b"upsell: none.json: No such file or directory\n"),
    Case("directory", ["check", "."], status=1, stderr=b"upsell: .: Is a directory\n"),
    Case("file in a file", ["check", "shop.json/x"], status=1,
         stderr=b"upsell: shop.json/x: Not a directory\n"),
    Case("file without a name", ["check", ""], status=1,
         stderr=b"upsell: : No such file or directory\n"),
])


if __name__ == "__main__":
    main()
