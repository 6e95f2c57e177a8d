# SPDX-License-Identifier: MIT
"""upsell plan: an accepted offer in, what carries it out out (CLI-7)."""

import json
import os
import re

from support import (CATALOG, Case, SOURCE_ROOT, ToolTest, add_cases, changed, document, main,
                     pattern)

# The catalogue of the tests with ids as Shopify has them.
SHOP = json.loads(json.dumps(CATALOG).replace('"m1"', '"300"').replace('"tea-1"', '"200"')
                  .replace('"cup-1"', '"gid://shopify/ProductVariant/202"'))

ORDER = {"format": "upsell.order/1", "id": "gid://shopify/Order/77", "currency": "JPY",
         "lines": [{"id": "gid://shopify/LineItem/1", "product_id": "tea", "variant_id": "200",
                    "quantity": 1, "unit_price": "320", "selling_plan_id": "300"}]}
ACCEPTANCE = {"scenario_id": "S1", "quantity": 1}

FILES = {"S.json": document(SHOP), "O.json": document(ORDER), "A.json": document(ACCEPTANCE)}
PLAN = ["plan", "--catalog", "S.json", "--order", "O.json", "--accept", "A.json"]

SCOPES = ("read_orders,read_own_subscription_contracts,read_products,write_orders,"
          "write_own_subscription_contracts")


def strict(pairs):
    """An object whose keys are all different."""
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"a key stands twice among {keys}"
    return dict(pairs)


class PlanTest(ToolTest):
    def setUp(self):
        super().setUp()
        for name, content in FILES.items():
            self.write(name, content)

    def plan(self, *options, stdin=b""):
        """The plan as an object, which must be one line of strict JSON."""
        result = self.run_tool(PLAN + list(options), stdin)
        self.assertEqual((0, b""), (result.returncode, result.stderr))
        self.assertEqual(1, result.stdout.count(b"\n"))
        self.assertTrue(result.stdout.endswith(b"\n"))
        return json.loads(result.stdout, object_pairs_hook=strict, parse_float=str)


class Plans(PlanTest):
    def test_a_plan(self):
        plan = self.plan()
        self.assertEqual(["format", "plan_id", "pattern", "scenario_id", "order_id", "shop",
                          "reference_id", "api_version", "dialect", "currency", "scopes",
                          "known_line_ids", "charge", "steps"], list(plan))
        self.assertEqual(
            ("upsell.plan/1", "subscription_to_subscription", "S1", "gid://shopify/Order/77",
             None, None, "2026-07", "draft", "JPY", ["gid://shopify/LineItem/1"]),
            tuple(plan[key] for key in ("format", "pattern", "scenario_id", "order_id", "shop",
                                        "reference_id", "api_version", "dialect", "currency",
                                        "known_line_ids")))
        self.assertEqual(
            {"now": "321", "targets": [{"line_ids": ["gid://shopify/LineItem/1"], "quantity": 1,
                                        "now": "321", "recurring": [
                                            {"from_cycle": 2, "unit": "320", "line": "320"}]}],
             "refunds": []}, plan["charge"])
        self.assertEqual("charge", plan["steps"][0]["id"])

    def test_people_are_told_the_amount_that_is_charged(self):
        """In the text of a decision stands what the plan charges."""
        told = self.run_tool(["decide", "--catalog", "S.json", "--format", "text", "O.json"])
        self.assertIn(f"charged now {self.plan()['charge']['now']} JPY ", told.stdout.decode())

    def test_the_same_inputs_give_the_same_bytes(self):
        plans = {self.run_tool(PLAN).stdout for _ in range(3)}
        self.write("O.json", json.dumps(ORDER, indent=2).encode())
        self.write("A.json", b"\n {\"quantity\" : 1, \"scenario_id\": \"S1\"}\n\n")
        plans.add(self.run_tool(PLAN).stdout)
        self.assertEqual(1, len(plans))

    def test_options(self):
        plan = self.plan("--api-version", "2026-10", "--dialect", "calculation", "--shop",
                         "tea.myshopify.com", "--reference-id", "r-1", "--granted-scopes", SCOPES)
        self.assertEqual(
            ("2026-10", "calculation", "tea.myshopify.com", "r-1"),
            tuple(plan[key] for key in ("api_version", "dialect", "shop", "reference_id")))
        self.assertIn("calculate", [step["id"] for step in plan["steps"]])

    def test_options_in_any_order_and_form(self):
        args = ["plan", "--accept=A.json", "--reference-id=r-1", "--catalog=S.json",
                "--dialect=draft", "--order=O.json", "--api-version=2026-07"]
        self.assertEqual(self.run_tool(PLAN + ["--reference-id", "r-1"]).stdout,
                         self.run_tool(args).stdout)

    def test_every_version(self):
        for version in ("2025-10", "2026-01", "2026-04", "2026-07", "2026-10"):
            with self.subTest(version=version):
                self.assertEqual(version, self.plan("--api-version", version)["api_version"])

    def test_scopes_that_are_more_than_needed(self):
        self.plan("--granted-scopes", f"write_themes,,{SCOPES},")

    def test_scopes_with_spaces_between_them(self):
        expected = self.plan()
        for text in (SCOPES.replace(",", ", "), SCOPES.replace(",", " "),
                     f"  {SCOPES.replace(',', ' , ')} ,"):
            with self.subTest(text=text):
                self.assertEqual(expected, self.plan("--granted-scopes", text))

    def test_the_longest_list_of_scopes(self):
        for comma in (",", ", ", ",, "):
            with self.subTest(comma=comma):
                self.plan("--granted-scopes", comma.join(["a"] * 95 + SCOPES.split(",")))

    def test_the_charge_of_a_shop_in_capital_letters(self):
        keys = {self.plan("--shop", shop)["steps"][0]["idempotency_key"]
                for shop in ("tea.myshopify.com", "TEA.MyShopify.Com")}
        self.assertEqual(1, len(keys))

    def test_the_largest_order(self):
        self.write("O.json", document(large_order(249)))
        self.assertEqual(249, len(self.plan()["known_line_ids"]))

    def test_each_file_from_standard_input(self):
        expected = self.run_tool(PLAN).stdout
        for name, content in FILES.items():
            with self.subTest(name=name):
                args = ["-" if arg == name else arg for arg in PLAN]
                result = self.run_tool(args, content)
                self.assertEqual((0, b"", expected),
                                 (result.returncode, result.stderr, result.stdout))

    def test_the_example_store(self):
        """Its ids are none of Shopify's, and that is said before anything is charged."""
        store = SOURCE_ROOT / "examples/tea-store"
        order = (store / "orders.ndjson").read_bytes().splitlines()[0]
        self.write("O.json", order)
        decided = json.loads(self.run_tool(["decide", "--catalog", str(store / "catalog.json")],
                                           order).stdout)
        self.assertEqual("offer", decided["outcome"])
        self.write("A.json", document({"scenario_id": decided["scenario_id"],
                                       "quantity": decided["offer"]["quantity"]["default"]}))
        args = ["plan", "--catalog", str(store / "catalog.json"), "--order", "O.json",
                "--accept", "A.json", "--reference-id", "r"]
        result = self.run_tool(args)
        if result.returncode == 0:
            json.loads(result.stdout, object_pairs_hook=strict)
        else:
            self.assertEqual((1, b""), (result.returncode, result.stdout))
            self.assertIn(b": id_not_shopify: ", result.stderr)

    def test_steps_have_ids_of_their_own(self):
        plan = self.plan()
        ids = [step["id"] for step in plan["steps"]]
        self.assertEqual(len(ids), len(set(ids)))
        for index, step in enumerate(plan["steps"]):
            for other in step["depends_on"]:
                self.assertIn(other, ids[:index])

    def test_output_that_cannot_be_written(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full")
        with open("/dev/full", "wb") as full:
            result = self.run_tool(PLAN, stdout=full)
        self.assertEqual(1, result.returncode)
        self.assertNotEqual(b"", result.stderr)

    def test_a_problem_is_one_harmless_line_whatever_its_value(self):
        for value in ("line\nbreak", "escape\x1b[2J", "delete\x7f", "csi\u009b2J", "\u202e"):
            with self.subTest(value=ascii(value)):
                self.write("A.json", document(changed(ACCEPTANCE, selling_plan_id=value)))
                self.write("O.json", document(ORDER))
                result = self.run_tool(PLAN)
                text = result.stderr.decode()
                self.assertEqual((1, b"", 1), (result.returncode, result.stdout,
                                               text.count("\n")))
                self.assertEqual([], re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text))


def refused(name, line, stdin=b"", args=None, **files):
    """Nothing on standard output, one line on standard error, status 1.

    `line` is file, pointer and code; `files` are S, O and A where they are not the usual ones.
    """
    said = re.escape(line) + r": [A-Z][^\n]*\.\n"
    given = {f"{key}.json": value if isinstance(value, bytes) else document(value)
             for key, value in files.items()}
    return Case(name, args or PLAN, stdin, files=given, stderr=pattern(said), status=1)


def accepted(**changes):
    return changed(ACCEPTANCE, **changes)


def ordered(**changes):
    return changed(ORDER, **changes)


def first_line(**changes):
    return ordered(lines=[changed(ORDER["lines"][0], **changes)])


def large_order(count):
    """An order whose first line sets the offer off."""
    lines = [changed(ORDER["lines"][0], id=f"gid://shopify/LineItem/{number}",
                     product_id="tea" if number == 1 else "cake") for number in range(1, count + 1)]
    return ordered(lines=lines)


class Refused(PlanTest):
    pass


add_cases(Refused, [
    # each file by itself
    refused("acceptance is not JSON", "A.json: : json_syntax", A=b"{"),
    refused("acceptance is empty", "A.json: : json_syntax", A=b""),
    refused("acceptance twice", "A.json: : json_trailing", A=document(ACCEPTANCE) * 2),
    refused("acceptance is a list", "A.json: : wrong_type", A=b"[]"),
    refused("acceptance with a key twice", "A.json: /quantity: duplicate_key",
            A=b'{"scenario_id":"S1","quantity":1,"quantity":2}'),
    refused("acceptance without scenario", "A.json: /scenario_id: missing_key",
            A={"quantity": 1}),
    refused("acceptance without quantity", "A.json: /quantity: missing_key",
            A={"scenario_id": "S1"}),
    refused("acceptance with an unknown key", "A.json: /quantiy: unknown_key",
            A=accepted(quantiy=2)),
    refused("scenario null", "A.json: /scenario_id: wrong_type", A=accepted(scenario_id=None)),
    refused("quantity none", "A.json: /quantity: out_of_range", A=accepted(quantity=0)),
    refused("quantity a string", "A.json: /quantity: wrong_type", A=accepted(quantity="1")),
    refused("quantity a fraction", "A.json: /quantity: wrong_type", A=accepted(quantity=1.5)),
    refused("total with decimals", "A.json: /total: too_many_decimals",
            A=accepted(total="321.5")),
    refused("total a fraction", "A.json: /total: wrong_type", A=accepted(total=321.0)),
    refused("total negative", "A.json: /total: bad_decimal", A=accepted(total="-321")),
    refused("order is not JSON", "O.json: : json_syntax", O=b"nonsense"),
    refused("order without lines", "O.json: /lines: missing_key", O=ordered(lines=...)),
    refused("order with a bad quantity", "O.json: /lines/0/quantity: out_of_range",
            O=first_line(quantity=0)),
    refused("order of two lines with one id", "O.json: /lines/1/id: duplicate_id",
            O=ordered(lines=ORDER["lines"] * 2)),
    refused("order before acceptance", "O.json: : json_syntax", O=b"", A=b""),
    refused("catalogue with a problem", "S.json: /currency: unknown_currency",
            S=changed(SHOP, currency="YEN"), O=b"", A=b""),
    refused("standard input is called so", "-: : json_syntax", b"{",
            args=["plan", "--catalog", "S.json", "--order", "-", "--accept", "A.json"]),

    # what has changed
    refused("another scenario", "A.json: /scenario_id: offer_changed",
            A=accepted(scenario_id="S2")),
    refused("no offer", "A.json: /scenario_id: offer_changed", O=first_line(product_id="cup")),
    refused("currency of the order", "O.json: /currency: currency_mismatch",
            O=changed(first_line(unit_price=...), currency="USD")),
    refused("quantity", "A.json: /quantity: quantity_out_of_range", A=accepted(quantity=2)),
    refused("plan", "A.json: /selling_plan_id: plan_not_offered",
            A=accepted(selling_plan_id="301")),
    refused("total of the checkout", "A.json: /total: price_changed", A=accepted(total="320")),

    # what Shopify does not know
    refused("variant", "S.json: /scenarios/0/offer/variant_id: id_not_shopify",
            S=json.loads(json.dumps(SHOP).replace('"200"', '"tea-1"'))),
    refused("plan of the offer", "S.json: /scenarios/0/offer/selling_plan_ids/0: id_not_shopify",
            S=json.loads(json.dumps(SHOP).replace('"300"', '"m1"')),
            O=first_line(selling_plan_id="m1")),
    refused("variant of a line", "O.json: /lines/0/variant_id: id_not_shopify",
            O=first_line(id="1st", variant_id="tea-1")),
    refused("line without a variant", "O.json: /lines/0: line_not_identifiable",
            O=first_line(id="1st", variant_id=...)),
    refused("line that is numbered among GIDs", "O.json: /lines/1/id: id_not_shopify",
            O=ordered(lines=ORDER["lines"] + [changed(ORDER["lines"][0], id="2")])),
    refused("line that is numbered before GIDs", "O.json: /lines/0/id: id_not_shopify",
            O=ordered(lines=[changed(ORDER["lines"][0], id="1"), *ORDER["lines"]])),
    refused("more lines than can be read", "O.json: /lines: bad_count", O=large_order(250)),
    refused("lines alike", "O.json: /lines/0: line_not_identifiable",
            O=ordered(lines=[changed(ORDER["lines"][0], id=name) for name in ("1st", "2nd")])),

    # options
    refused("no reference", "options: /reference_id: missing_key", O=ordered(id="o-1")),
    refused("reference", "options: /reference_id: bad_value",
            args=PLAN + ["--reference-id", "a b"]),
    refused("reference empty", "options: /reference_id: bad_value",
            args=PLAN + ["--reference-id", ""]),
    refused("shop empty", "options: /shop: bad_id", args=PLAN + ["--shop", ""]),
    refused("dialect too early", "options: /dialect: not_applicable",
            args=PLAN + ["--dialect", "calculation"]),
    refused("no scopes", "options: /granted_scopes: missing_scope",
            args=PLAN + ["--granted-scopes", ""]),
    refused("no scopes but spaces", "options: /granted_scopes: missing_scope",
            args=PLAN + ["--granted-scopes", " , "]),
])


class Messages(PlanTest):
    def said(self, *words, **files):
        for name, content in files.items():
            self.write(f"{name}.json", document(content))
        result = self.run_tool(PLAN)
        self.assertEqual((1, b""), (result.returncode, result.stdout))
        for word in words:
            self.assertIn(word, result.stderr.decode())

    def test_both_scenarios(self):
        self.said(': The scenario "S2" was accepted', 'wins now is "S1".',
                  A=accepted(scenario_id="S2"))

    def test_why_there_is_no_offer(self):
        self.said(': The scenario "S1" was accepted', "with reason no_candidate.",
                  O=first_line(product_id="cup"))

    def test_both_totals(self):
        self.said(": A total of 320 JPY was accepted", " is 321 now.", A=accepted(total="320"))

    def test_the_currency(self):
        self.said("catalogue's currency is JPY",
                  O=changed(first_line(unit_price=...), currency="USD"))


class Scopes(PlanTest):
    def test_all_that_are_missing_are_named(self):
        result = self.run_tool(PLAN + ["--granted-scopes", "write_orders"])
        self.assertEqual((1, b""), (result.returncode, result.stdout))
        for scope in ("read_own_subscription_contracts", "read_products",
                      "write_own_subscription_contracts"):
            self.assertIn(scope.encode(), result.stderr)
        self.assertNotIn(b"read_orders", result.stderr)


class Files(PlanTest):
    def test_a_file_that_is_not_there(self):
        for name in FILES:
            with self.subTest(name=name):
                args = [f"no-{name}" if arg == name else arg for arg in PLAN]
                result = self.run_tool(args)
                self.assertEqual((1, b""), (result.returncode, result.stdout))
                self.assertIn(f"no-{name}: No such file".encode(), result.stderr)

    def test_a_folder(self):
        result = self.run_tool([("." if arg == "O.json" else arg) for arg in PLAN])
        self.assertEqual((1, b""), (result.returncode, result.stdout))
        self.assertNotEqual(b"", result.stderr)

    def test_every_problem_of_a_catalogue(self):
        self.write("S.json", document(changed(SHOP, currency="YEN", size=1)))
        result = self.run_tool(PLAN)
        self.assertEqual((1, b""), (result.returncode, result.stdout))
        self.assertEqual(2, result.stderr.count(b"S.json: /"))


def wrong(name, args, message):
    said = r"[^\n]*option[^\n]*" if message is None else re.escape(message)
    return Case(name, args, status=2, stderr=pattern(
        rf"upsell plan: {said}\n" + re.escape("Try 'upsell plan --help'.\n")))


REQUIRED = "--catalog, --order and --accept are required"
ONE_INPUT = "only one of the files can be standard input"
VERSION = "not an API version from 2025-10 to 2026-10"
DIALECT = "not a dialect, draft or calculation"


class Usage(PlanTest):
    def test_help(self):
        result = self.run_tool(["plan", "--help"])
        self.assertEqual((0, b""), (result.returncode, result.stderr))
        text = result.stdout.decode("ascii")
        self.assertTrue(text.startswith("Usage: upsell plan --catalog C.json --order O.json"))
        for option in ("--catalog", "--order", "--accept", "--api-version", "--dialect", "--shop",
                       "--reference-id", "--granted-scopes", "--help"):
            self.assertRegex(text, rf"\n  {option} ")
        self.assertLessEqual(max(map(len, text.splitlines())), 80)


add_cases(Usage, [
    wrong("nothing", ["plan"], REQUIRED),
    wrong("no order", ["plan", "--catalog", "S.json", "--accept", "A.json"], REQUIRED),
    wrong("no acceptance", ["plan", "--catalog", "S.json", "--order", "O.json"], REQUIRED),
    wrong("no catalogue", ["plan", "--order", "O.json", "--accept", "A.json"], REQUIRED),
    wrong("an argument", PLAN + ["more.json"], "unexpected argument: more.json"),
    wrong("an unknown option", PLAN + ["--quiet"], None),
    wrong("an option without its value", PLAN + ["--shop"], None),
    wrong("two from standard input",
          ["plan", "--catalog", "S.json", "--order", "-", "--accept", "-"], ONE_INPUT),
    wrong("all from standard input",
          ["plan", "--catalog", "-", "--order", "-", "--accept", "-"], ONE_INPUT),
    wrong("a version that is gone", PLAN + ["--api-version", "2025-07"], VERSION + ": 2025-07"),
    wrong("a version to come", PLAN + ["--api-version", "2027-01"], VERSION + ": 2027-01"),
    wrong("a version without a name", PLAN + ["--api-version", ""], VERSION + ": "),
    wrong("an unstable version", PLAN + ["--api-version", "unstable"], VERSION + ": unstable"),
    wrong("an unknown dialect", PLAN + ["--dialect", "edit"], DIALECT + ": edit"),
    wrong("a dialect in capitals", PLAN + ["--dialect", "DRAFT"], DIALECT + ": DRAFT"),
    wrong("too many scopes", PLAN + ["--granted-scopes", ",".join(["a"] * 101)],
          "too many scopes"),
    wrong("too many scopes with spaces", PLAN + ["--granted-scopes", ", ".join(["a"] * 101)],
          "too many scopes"),
])


if __name__ == "__main__":
    main()
