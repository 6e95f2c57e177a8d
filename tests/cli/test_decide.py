# SPDX-License-Identifier: MIT
"""upsell decide: orders in, decisions out (CLI-1, CLI-4)."""

import json
import re

from support import (CATALOG, Case, LINE_MAX, LOST, SOURCE_ROOT, ToolTest, add_cases, changed,
                     document, error_answer, main, offer_answer, offered, order, pattern,
                     refused, refused_answer)

DECIDE = ["decide", "--catalog", "shop.json"]

TEA_STORE = SOURCE_ROOT / "examples/tea-store"

NOT_JSON = ("This is not JSON; a value was expected: an object, an array, a string, a number, "
            "true, false or null (column 1).")
NO_CURRENCY = 'The key "currency" is required here; add it.'
TOO_LONG = "A line of at most 16777216 bytes was expected; write one order per line."

WITHOUT_CURRENCY = b'{"format":"upsell.order/1","id":"o","lines":[{"id":"1",' \
                   b'"product_id":"tea","quantity":1}]}'

# The offer joins both of them.
TWO_CONTRACTS = document({"format": "upsell.order/1", "id": "1", "currency": "JPY", "lines": [
    {"id": line, "product_id": "tea", "quantity": 1, "selling_plan_id": "m1",
     "contract_id": "c" + line} for line in ("1", "2")]})


def too_long(line):
    return error_answer("line_too_long", "", TOO_LONG, line)


class Decide(ToolTest):
    def test_output_is_in_the_order_of_input(self):
        ids = [f"o{i * 7919 % 5000}" for i in range(5000)]
        orders = b"".join((offered(name) if i % 3 else refused(name)) + b"\n"
                          for i, name in enumerate(ids))
        result = self.run_tool(DECIDE, orders)
        self.assertEqual((0, b""), (result.returncode, result.stderr))
        self.assertEqual(ids, [json.loads(line)["order_id"]
                               for line in result.stdout.splitlines()])

    def test_no_explain_leaves_considered_empty_and_nothing_else(self):
        args = ["decide", "--catalog", str(TEA_STORE / "catalog.json"),
                str(TEA_STORE / "orders.ndjson")]
        explained = self.run_tool(args).stdout
        brief = self.run_tool(args + ["--no-explain"]).stdout
        self.assertGreater(explained.count(b'"reason":"lower_priority"'), 0)
        self.assertEqual(re.sub(rb'"considered":\[[^]]*\]', b'"considered":[]', explained), brief)

    def test_every_order_of_the_example_shop(self):
        result = self.run_tool(["decide", "--catalog", str(TEA_STORE / "catalog.json"),
                                str(TEA_STORE / "orders.ndjson")])
        orders = (TEA_STORE / "orders.ndjson").read_text(encoding="utf-8").splitlines()
        self.assertEqual((0, b""), (result.returncode, result.stderr))
        self.assertEqual([json.loads(line)["id"] for line in orders],
                         [json.loads(line)["order_id"] for line in result.stdout.splitlines()])

    def test_bad_catalogue_is_told_as_check_tells_it(self):
        self.write("bad.json", document(changed(CATALOG, currency="YEN", colour=1, products=...)))
        told = self.run_tool(["check", "bad.json"]).stdout
        self.assertEqual(3, told.count(b"\n"))
        result = self.run_tool(["decide", "--catalog", "bad.json"], offered("1"))
        self.assertEqual((1, b"", told), (result.returncode, result.stdout, result.stderr))

    def test_line_of_exactly_the_limit_is_read(self):
        line = offered("1").ljust(LINE_MAX)
        self.assertEqual(16777216, len(line))
        result = self.run_tool(DECIDE, line + b"\n" + offered("2") + b"\n" + line)
        self.assertEqual((0, offer_answer("1") + offer_answer("2") + offer_answer("1")),
                         (result.returncode, result.stdout))

    def test_line_beyond_the_limit_is_an_error_and_the_stream_goes_on(self):
        line = offered("1").ljust(LINE_MAX + 1)
        result = self.run_tool(
            DECIDE, offered("a") + b"\n" + line + b"\n" + offered("b") + b"\n\n" + line +
            b"\n" + offered("c"))
        self.assertEqual((1, offer_answer("a") + too_long(2) + offer_answer("b") + too_long(5) +
                          offer_answer("c"), b""),
                         (result.returncode, result.stdout, result.stderr))

    def test_last_line_beyond_the_limit_without_line_end(self):
        result = self.run_tool(DECIDE, offered("a") + b"\n" + b"x" * (LINE_MAX + 1))
        self.assertEqual((1, offer_answer("a") + too_long(2)),
                         (result.returncode, result.stdout))

    def test_white_space_beyond_the_limit_is_not_passed_over(self):
        result = self.run_tool(DECIDE, b" " * (LINE_MAX + 1) + b"\n" + offered("a"))
        self.assertEqual((1, too_long(1) + offer_answer("a")),
                         (result.returncode, result.stdout))

    def test_line_beyond_the_limit_in_a_file(self):
        self.write("orders.ndjson", b"[" * (3 * LINE_MAX) + b"\n" + offered("a") + b"\n")
        result = self.run_tool([*DECIDE, "orders.ndjson"])
        self.assertEqual((1, too_long(1) + offer_answer("a")),
                         (result.returncode, result.stdout))


LINES = b"\n".join((offered("1"), refused("2"), offered("3"))) + b"\n"
ANSWERS = offer_answer("1") + refused_answer("2") + offer_answer("3")

add_cases(Decide, [
    Case("orders from standard input", DECIDE, stdin=LINES, stdout=ANSWERS),
    Case("orders from standard input by name", [*DECIDE, "-"], stdin=LINES, stdout=ANSWERS),
    Case("orders from a file", [*DECIDE, "orders.ndjson"], files={"orders.ndjson": LINES},
         stdout=ANSWERS),
    Case("standard input is not read when there is a file", [*DECIDE, "orders.ndjson"],
         stdin=refused("x"), files={"orders.ndjson": offered("1")}, stdout=offer_answer("1")),
    Case("catalogue from standard input", ["decide", "--catalog", "-", "orders.ndjson"],
         stdin=document(CATALOG), files={"orders.ndjson": LINES}, stdout=ANSWERS),
    Case("options may follow the file", ["decide", "orders.ndjson", "--catalog=shop.json"],
         files={"orders.ndjson": LINES}, stdout=ANSWERS),
    Case("files after two dashes", [*DECIDE, "--", "--quiet"], files={"--quiet": LINES},
         stdout=ANSWERS),
    Case("no offer is well", DECIDE, stdin=refused("1"), stdout=refused_answer("1")),
    Case("no orders at all", DECIDE),
    Case("empty file", [*DECIDE, "orders.ndjson"], files={"orders.ndjson": b""}),

    Case("explain", [*DECIDE, "--explain"], stdin=offered("1"), stdout=offer_answer("1")),
    Case("no explain", [*DECIDE, "--no-explain"], stdin=offered("1"),
         stdout=offer_answer("1", "[]")),
    Case("the later of explain and no explain holds", [*DECIDE, "--no-explain", "--explain"],
         stdin=offered("1"), stdout=offer_answer("1", LOST)),
    Case("format json", [*DECIDE, "--format", "json"], stdin=LINES, stdout=ANSWERS),
    Case("the language has no effect on JSON", [*DECIDE, "--lang", "ja"], stdin=LINES,
         stdout=ANSWERS),
    Case("the later format holds", [*DECIDE, "--format", "text", "--format", "json"],
         stdin=LINES, stdout=ANSWERS),
    Case("quiet", [*DECIDE, "--quiet"], stdin=LINES, stdout=ANSWERS),

    Case("no line end at the end", DECIDE, stdin=offered("1") + b"\n" + refused("2"),
         stdout=offer_answer("1") + refused_answer("2")),
    Case("carriage returns", DECIDE, stdin=LINES.replace(b"\n", b"\r\n"), stdout=ANSWERS),
    Case("carriage return at the very end", DECIDE, stdin=offered("1") + b"\r",
         stdout=offer_answer("1")),
    Case("white space around an order", DECIDE, stdin=b" \t" + offered("1") + b"\t \n",
         stdout=offer_answer("1")),
    Case("only blank lines", DECIDE, stdin=b"\n \n\t\n\r\n \t \r\n\n"),
    Case("blank lines are counted", DECIDE,
         stdin=b"\n \t\n" + offered("1") + b"\n\r\n?\n\n" + offered("2") + b"\n\n?",
         stdout=offer_answer("1") + error_answer("json_syntax", "", NOT_JSON, 5) +
         offer_answer("2") + error_answer("json_syntax", "", NOT_JSON, 9), status=1),
    Case("other control characters are not blank", DECIDE, stdin=b"\v\n\f\n\0\n",
         stdout=b"".join(error_answer("json_syntax", "", NOT_JSON, line) for line in (1, 2, 3)),
         status=1),

    Case("bad lines are answered in their place", DECIDE,
         stdin=b"\n".join((b"?", offered("1"), WITHOUT_CURRENCY, refused("2"), b"x")),
         stdout=error_answer("json_syntax", "", NOT_JSON, 1) + offer_answer("1") +
         error_answer("missing_key", "/currency", NO_CURRENCY, 3) + refused_answer("2") +
         error_answer("json_syntax", "", NOT_JSON, 5), status=1),
    Case("an error leaves nothing of the offer before it", DECIDE,
         stdin=offered("1") + b"\n{}\n" + refused("2"),
         stdout=pattern(re.escape(offer_answer("1")) +
                        rb'\{"error":\{"code":"missing_key","path":"/[a-z]+",'
                        rb'"message":"[^\n]*","line":2\}\}\n' + re.escape(refused_answer("2"))),
         status=1),
    Case("an order over two lines is two errors", DECIDE,
         stdin=offered("1").replace(b',"lines"', b',\n"lines"'), status=1,
         stdout=pattern(rb'(\{"error":\{"code":"[a-z_]+","path":"",'
                        rb'"message":"[^\n]*","line":[12]\}\}\n){2}')),
    Case("two orders on a line are an error", DECIDE, stdin=offered("1") + b" " + offered("2"),
         status=1,
         stdout=error_answer("json_trailing", "", "Text follows the end of the document; one "
                             "document was expected (column 131).", 1)),
    Case("a path is escaped", DECIDE, status=1,
         stdin=b'{"\\u0001\\"\\u007f/~":1,"\\u0001\\"\\u007f/~":2}',
         stdout=error_answer("duplicate_key", '/\x01"\x7f~1~0', "This key stands twice in the "
                             "same object; keep one of the two (column 23).", 1)),
    Case("unknown keys are ignored", DECIDE, stdout=offer_answer("1"),
         stdin=offered("1")[:-1] + b',"note":{"any":[1.5,null]}}'),
    Case("currency mismatch is well", DECIDE,
         stdin=offered("1").replace(b"JPY", b"USD"),
         stdout=refused_answer("1").replace(b"no_candidate", b"currency_mismatch")),

    Case("missing catalogue", ["decide", "--catalog", "none.json"], stdin=offered("1"), status=1,
         stderr=b"upsell: none.json: No such file or directory\n"),
    Case("catalogue is a directory", ["decide", "--catalog", "."], stdin=offered("1"), status=1,
         stderr=b"upsell: .: Is a directory\n"),
    Case("empty catalogue", ["decide", "--catalog", "bad.json"], stdin=offered("1"), status=1,
         files={"bad.json": b""},
         stderr=b"bad.json: : json_syntax: The text is empty; a JSON document was expected (column 1).\n"),
    Case("missing orders", [*DECIDE, "none.ndjson"], status=1,
         stderr=b"upsell decide: none.ndjson: No such file or directory\n"),
    Case("orders are a directory", [*DECIDE, "."], status=1,
         stderr=b"upsell decide: .: Is a directory\n"),
    Case("a bad catalogue is told before missing orders",
         ["decide", "--catalog", "bad.json", "none.ndjson"], files={"bad.json": b"[]"}, status=1,
         stderr=pattern(r"bad\.json: : wrong_type: [^\n]*\n")),
])


class Text(ToolTest):
    """--format text: decisions for people."""

    def test_every_order_of_the_example_shop(self):
        for language, word in (("en", "order "), ("ja", "注文 ")):
            with self.subTest(language=language):
                result = self.run_tool(["decide", "--catalog", str(TEA_STORE / "catalog.json"),
                                        "--format", "text", "--lang", language,
                                        str(TEA_STORE / "orders.ndjson")])
                orders = (TEA_STORE / "orders.ndjson").read_text(encoding="utf-8").splitlines()
                heads = [line for line in result.stdout.decode().splitlines()
                         if not line.startswith(" ")]
                self.assertEqual((0, b""), (result.returncode, result.stderr))
                self.assertEqual([word + json.loads(line)["id"] for line in orders], heads)

    def test_japanese_has_no_english_reasons(self):
        """Each reason has a translation: nothing that looks like a code is left."""
        result = self.run_tool(["decide", "--catalog", str(TEA_STORE / "catalog.json"),
                                "--format", "text", "--lang", "ja",
                                str(TEA_STORE / "orders.ndjson")])
        reasons = re.findall(r"^  (?:提案なし|不採用 .*): (.*)$", result.stdout.decode(), re.M)
        self.assertGreater(len(set(reasons)), 8)
        for reason in reasons:
            self.assertRegex(reason, r"\A[^A-Za-z_]+\Z")

    def test_no_text_can_steer_a_terminal(self):
        """Names, titles and ids of strangers, with the control characters of C0, DEL and C1."""
        evil = "".join(map(chr, range(1, 32))) + "\x7f" + "".join(map(chr, range(0x80, 0xA0)))
        hidden = "?" * len(evil)
        catalog = json.loads(document(CATALOG))
        catalog["selling_plans"][0]["id"] = "m1" + evil
        catalog["products"][0]["title"] = "T" + evil
        catalog["products"][0]["variants"][0]["title"] = "V" + evil
        for scenario in catalog["scenarios"]:
            scenario["id"] += evil
            scenario["name"] += evil
        catalog["scenarios"][0]["offer"]["selling_plan_ids"] = ["m1" + evil]
        self.write("shop.json", json.dumps(catalog).encode())
        key = json.dumps("k" + evil)
        orders = (json.dumps({"format": "upsell.order/1", "id": "o" + evil, "currency": "JPY",
                              "lines": [{"id": "1", "product_id": "tea", "quantity": 1,
                                         "selling_plan_id": "m1" + evil,
                                         "contract_id": "c" + evil}]}) +
                  "\n{" + key + ":1," + key + ":2}\n").encode()
        result = self.run_tool([*DECIDE, "--format", "text"], orders)
        self.assertEqual(
            f"order o{hidden}\n"
            f'  offer S1{hidden} "One more tea{hidden}" (subscription to subscription)\n'
            f"    T{hidden} V{hidden} x 1\n"
            "    charged now 321 JPY (checkout rounds to 320 JPY), from cycle 2 320 JPY\n"
            f"      plan m1{hidden}\n"
            f"      contract c{hidden}\n"
            f"  lost S2{hidden}: lower_priority\n"
            f"line 2: /k{hidden}: duplicate_key: This key stands twice in the same object; "
            "keep one of the two (column 372).\n", result.stdout.decode())

    def test_a_total_is_what_is_charged(self):
        """Of several targets; and the checkout's, which must not be taken for it."""
        for language, total in (
                ("en", "total 642 JPY (checkout rounds to 640 JPY)"),
                ("ja", "合計 642 JPY (チェックアウトの端数処理では 640 JPY)")):
            with self.subTest(language):
                result = self.run_tool([*DECIDE, "--format", "text", "--lang", language],
                                       TWO_CONTRACTS)
                self.assertIn(f"    {total}\n", result.stdout.decode())

    def test_a_total_that_the_checkout_agrees_with(self):
        catalog = json.loads(document(CATALOG))
        catalog["products"][0]["variants"][0]["price"] = "1000"
        self.write("shop.json", document(catalog))
        result = self.run_tool([*DECIDE, "--format", "text"], TWO_CONTRACTS)
        self.assertIn("    total 1800 JPY\n", result.stdout.decode())

    def test_other_characters_are_shown_as_they_are(self):
        name = "\u00a0\u00bf\u00c2\u0100煎茶🍵"
        self.write("shop.json", document(CATALOG).replace(b"Sencha", name.encode()))
        result = self.run_tool([*DECIDE, "--format", "text"], offered("1"))
        self.assertIn(f"    {name} 100 g x 1\n", result.stdout.decode())


add_cases(Text, [
    Case("English", [*DECIDE, "--format", "text"], stdin=LINES.replace(b'"3"', b'"line 3"'),
         stdout=b"""order 1
  offer S1 "One more tea" (subscription to subscription)
    Sencha 100 g x 1
    charged now 321 JPY (checkout rounds to 320 JPY), from cycle 2 320 JPY
      plan m1
  lost S2: lower_priority
order 2
  no offer: no_candidate
order line 3
  offer S1 "One more tea" (subscription to subscription)
    Sencha 100 g x 1
    charged now 321 JPY (checkout rounds to 320 JPY), from cycle 2 320 JPY
      plan m1
  lost S2: lower_priority
"""),
    Case("Japanese", [*DECIDE, "--format", "text", "--lang", "ja", "--no-explain"],
         stdin=offered("1") + b"\n" + refused("2"),
         stdout="""注文 1
  提案 S1 "One more tea" (定期商品→定期商品)
    Sencha 100 g x 1
    今回のお支払い 321 JPY (チェックアウトの端数処理では 320 JPY), 2回目以降 320 JPY
      プラン m1
注文 2
  提案なし: 該当するシナリオがありません
""".encode()),
    Case("the language may come before the format", [*DECIDE, "--lang", "ja", "--format", "text"],
         stdin=refused("2"),
         stdout="注文 2\n  提案なし: 該当するシナリオがありません\n".encode()),
    Case("English error", [*DECIDE, "--format", "text"], stdin=b"\n" + WITHOUT_CURRENCY,
         stdout=f"line 2: /currency: missing_key: {NO_CURRENCY}\n".encode(), status=1),
    Case("Japanese error", [*DECIDE, "--format", "text", "--lang", "ja"],
         stdin=WITHOUT_CURRENCY, status=1,
         stdout=f"行 1: /currency: missing_key: {NO_CURRENCY}\n".encode()),
])


if __name__ == "__main__":
    main()
