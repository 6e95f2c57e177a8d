# SPDX-License-Identifier: MIT
"""Plans as the documents tell of them (PLN-1 ... PLN-15) against those that are made.

Usage: test_plans.py UPSELL LIBRARY
"""
import hashlib
import json
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import uuid
from pathlib import Path

import runs
import wording
from runs import ROOT, STORE

UPSELL, LIBRARY = "", None
PLANS = []      # (pattern, version, dialect, plan)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rule(name: str) -> str:
    """The text of a rule."""
    return re.search(rf"^- \*\*{name}\*\* (.*?)(?=^- \*\*|^## )", page("docs/specification.md"),
                     re.S | re.M)[1]


def cells(text: str) -> list[list[str]]:
    """The rows of all tables in a text."""
    return [[cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in text.splitlines() if re.match(r"\s*\|(?!-)", line)]


def first_table(text: str) -> str:
    return re.search(r"(?:^  \|.*\n)+", text, re.M)[0]


class StepTables(unittest.TestCase):
    """PLN-9 ... PLN-14. After a change of the plans: runs.py UPSELL LIBRARY --write."""
    maxDiff = 4000

    def test_tables(self):
        for name in wording.RULES:
            self.assertEqual(wording.table(name, PLANS), first_table(rule(name)), name)

    def test_every_step_has_a_rule(self):
        told = set().union(*wording.RULES.values())
        made = {step["id"] for *_, plan in PLANS for step in plan["steps"]}
        self.assertEqual(told, made)

    def test_every_name_is_explained(self):
        """Checks, conditions and outputs stand in the rule of their step, or in one it refers to."""
        others = "".join(map(rule, ("PLN-9", "PLN-10", "PLN-13")))
        for *_, plan in PLANS:
            for step in plan["steps"]:
                told = others + "".join(rule(name) for name, steps in wording.RULES.items()
                                        if step["id"] in steps)
                untold = [name for name in wording.names(step) if f"`{name}`" not in told]
                self.assertEqual([], untold, step["id"])


class Document(unittest.TestCase):
    def test_keys(self):
        """PLN-5."""
        told = re.search(r"with these keys, in this order: (.*?)\.\s", rule("PLN-5"), re.S)[1]
        keys = re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", told))
        for _, _, _, plan in PLANS:
            self.assertEqual(keys, list(plan))

    def test_scopes(self):
        """PLN-15 and the guide."""
        table = {}
        for row in cells(page("docs/plans.md")):
            if re.fullmatch(r"[1-4](, [1-4])?", row[0]):
                for pattern in row[0].split(", "):
                    table[int(pattern)] = re.findall(r"`(\w+)`", row[1])
        told = {}
        rows = [row for row in cells(rule("PLN-15")) if re.fullmatch(r"[1-4](, [1-4])?", row[0])]
        for row in rows:
            told = {**told, **{int(pattern): set(re.findall(r"`(\w+)`", row[1])) |
                               (set().union(*told.values()) if told else set())
                               for pattern in row[0].split(", ")}}
        for pattern, _, _, plan in PLANS:
            self.assertEqual(table[pattern], plan["scopes"])
            self.assertEqual(told[pattern], set(plan["scopes"]))

    def test_diagrams_name_steps(self):
        """Every [step] in the guide's diagrams is one, and every step is in a diagram."""
        drawn = set(re.findall(r"\[(\w+)\]", "".join(
            re.findall(r"^```\n(.*?)^```$", page("docs/plans.md"), re.S | re.M))))
        made = {step["id"] for _, _, _, plan in PLANS for step in plan["steps"]}
        told = {name for name in made if f"`{name}`" in page("docs/plans.md")}
        self.assertEqual(set(), drawn - made)
        self.assertEqual(set(), made - drawn - told)

    def test_states(self):
        """The guide's table has every state that a plan can end in."""
        listed = [row[0] for row in cells(page("docs/plans.md")) if row[0] in
                  {f"`{name}`" for name in LIBRARY.states.values()}]
        self.assertEqual([f"`{name}`" for name in LIBRARY.states.values()], listed)
        of_rule = [row[0] for row in cells(rule("RUN-9")) if row[0].startswith("`")]
        self.assertEqual(listed, of_rule)


class Digest:
    """PLN-4, from the rule alone."""

    def __init__(self, purpose: str):
        self.data = b""
        self.text(purpose)

    def text(self, text: str | None) -> "Digest":
        raw = (text or "").encode()
        self.data += (b"n" if text is None else b"t") + struct.pack(">Q", len(raw)) + raw
        return self

    def number(self, number: int) -> "Digest":
        self.data += b"i" + struct.pack(">q", number)
        return self

    def uuid(self) -> str:
        raw = bytearray(hashlib.sha256(self.data).digest()[:16])
        raw[6] = 0x80 | raw[6] & 0x0F
        raw[8] = 0x80 | raw[8] & 0x3F
        return str(uuid.UUID(bytes=bytes(raw)))


PATTERNS = ["subscription_to_subscription", "subscription_to_one_time",
            "one_time_to_subscription", "one_time_to_one_time"]
TYPES = {"none": 1, "percentage": 2, "fixed_amount": 3, "price": 4}


def amount(kind: str, value: str) -> int:
    return int(value) * (10_000 if kind == "percentage" else 1)


class Ids(unittest.TestCase):
    """PLN-4."""

    def setUp(self):
        self.catalog = json.loads((STORE / "catalog.json").read_text("utf-8"))

    def decision(self, number: int) -> dict:
        order = json.dumps(json.loads((STORE / f"order-{number}.json").read_text("utf-8")))
        return json.loads(subprocess.run(
            [UPSELL, "decide", "--quiet", "--catalog", str(STORE / "catalog.json")], input=order,
            check=True, capture_output=True, encoding="utf-8").stdout)

    def plan_id(self, number: int, version: str, dialect: str, shop=None, reference=None) -> str:
        order = json.loads((STORE / f"order-{number}.json").read_text("utf-8"))
        decision = self.decision(number)
        scenario = next(scenario for scenario in self.catalog["scenarios"]
                        if scenario["id"] == decision["scenario_id"])
        digest = Digest("upsell.plan/1").number(list(runs.libupsell.VERSIONS).index(version) + 1)
        digest.number({"draft": 1, "calculation": 2}[dialect]).text(shop).text(reference)
        self.add_order(digest, order)
        discount = scenario["offer"]["discount"]
        digest.text(scenario["id"]).number(PATTERNS.index(decision["pattern"]) + 1)
        digest.number(1).text(decision["offer"]["variant_id"])
        digest.number(TYPES[discount["type"]]).number(amount(discount["type"], discount["value"]))
        digest.number(decision["offer"]["page"]["expires_after_seconds"])
        digest.number(len(decision["offer"]["targets"]))
        for target in decision["offer"]["targets"]:
            digest.number(len(target["line_ids"]))
            for line_id in target["line_ids"]:
                digest.text(line_id)
            self.add_plan(digest, target["selling_plan_id"])
            self.add_price(digest, target["price"])
        return digest.uuid()

    @staticmethod
    def add_order(digest: Digest, order: dict) -> None:
        digest.text(order["id"]).text(order["currency"]).number(0).number(len(order["lines"]))
        for line in order["lines"]:
            digest.text(line["id"]).text(line["product_id"]).text(line["variant_id"])
            digest.number(line["quantity"]).number(int(line["unit_price"]))
            digest.number(int(line["discounted_total"]))
            digest.text(line["selling_plan_id"]).text(line["contract_id"])

    def add_plan(self, digest: Digest, plan_id: str | None) -> None:
        plans = [plan for plan in self.catalog["selling_plans"] if str(plan["id"]) == plan_id]
        if not plans:
            digest.number(-1)
            return
        digest.number(len(plans[0]["pricing"])).text(plan_id).text(plans[0]["name"])
        for entry in plans[0]["pricing"]:
            digest.number(entry["after_cycle"]).number(TYPES[entry["type"]])
            digest.number(amount(entry["type"], entry["value"]))

    @staticmethod
    def add_price(digest: Digest, price: dict) -> None:
        plan_unit = price["plan_unit"]
        digest.number(int(price["list_unit"])).number(-1 if plan_unit is None else int(plan_unit))
        digest.number(int(price["checkout"]["line"]))
        digest.number(int(price["offer_page"]["unit"])).number(int(price["offer_page"]["line"]))
        digest.number(len(price["recurring"]))
        for segment in price["recurring"]:
            digest.number(segment["from_cycle"]).number(int(segment["unit"]))

    def test_ids_follow_from_the_rule(self):
        for number, version, dialect, plan in PLANS:
            with self.subTest(number=number, version=version, dialect=dialect):
                made = self.plan_id(number, version, dialect)
                self.assertEqual(made, plan["plan_id"])
                self.check_keys(plan, Digest("upsell.charge").text(None).text(plan["order_id"]))

    def check_keys(self, plan: dict, charge: Digest) -> None:
        steps = {step["id"]: step for step in plan["steps"]}
        scenario = Digest("upsell.evidence").text(plan["scenario_id"]).uuid()
        self.assertEqual(charge.text(plan["scenario_id"]).uuid(),
                         steps["charge"]["idempotency_key"])
        evidence = steps["charge"]["changes"][-1]
        self.assertEqual(f"charge-{scenario}", evidence["key"])
        self.assertEqual(plan["plan_id"], evidence["value"])
        claim = steps["claim"]["variables"]["metafields"][0]
        self.assertEqual(f"claim-{plan['plan_id']}", claim["key"])
        for step, purpose in (("refund", "upsell.refund"), ("undo_remove", "upsell.undo"),
                              ("refused_remove", "upsell.undo"),
                              ("refused_refund", "upsell.undo")):
            if "idempotency_key" in steps.get(step, {}):
                self.assertEqual(Digest(purpose).text(plan["plan_id"]).uuid(),
                                 steps[step]["idempotency_key"])

    def test_domain_in_capitals(self):
        plans = [json.loads(runs.plan_text(UPSELL, 1, "--shop", shop))
                 for shop in ("Tea-Shop.example", "tea-shop.example", "tea.example")]
        keys = [plan["steps"][0]["idempotency_key"] for plan in plans]
        self.assertEqual(keys[0], keys[1])
        self.assertNotEqual(keys[0], keys[2])
        self.check_keys(plans[0], Digest("upsell.charge").text("tea-shop.example")
                        .text(plans[0]["order_id"]))

    def test_shop_and_reference(self):
        given = ("tea-shop.myshopify.com", "c1f0e2d3a4b5968778695a4b3c2d1e0f")
        plan = json.loads(runs.plan_text(UPSELL, 1, "--shop", given[0], "--reference-id", given[1]))
        self.assertEqual(self.plan_id(1, "2026-07", "draft", *given), plan["plan_id"])
        self.check_keys(plan, Digest("upsell.charge").text(given[0]).text(given[1]))


class Making(unittest.TestCase):
    """PLN-1, PLN-2: what is compared, in this order."""

    def setUp(self):
        self.order = json.loads((STORE / "order-1.json").read_text("utf-8"))

    def problem(self, acceptance: dict, order: dict | None = None, *options: str) -> tuple:
        """Code and pointer of what `upsell plan` reports."""
        with tempfile.TemporaryDirectory() as folder:
            files = {"accept": acceptance, "order": order or self.order}
            for name, document in files.items():
                (Path(folder) / name).write_text(json.dumps(document), encoding="utf-8")
            done = subprocess.run(
                [UPSELL, "plan", "--catalog", str(STORE / "catalog.json"), "--order", "order",
                 "--accept", "accept", *options],
                cwd=folder, capture_output=True, encoding="utf-8", check=False)
        self.assertEqual(("", 1), (done.stdout, done.returncode), done.stderr)
        found = re.fullmatch(r"\w+: (\S*): (\w+): .*\n", done.stderr)
        return found[2], found[1]

    def test_order_of_problems(self):
        good = json.loads((STORE / "accept-1.json").read_text("utf-8"))
        bad = {"scenario_id": "S2", "quantity": 9, "selling_plan_id": "x", "total": "1"}
        few = ["--granted-scopes", "read_orders"]
        found = []
        for count in range(len(good) + 1):
            mended = {name: good[name] for name in list(good)[:count]}
            found.append(self.problem({**bad, **mended}, None, *few))
        self.assertEqual([("offer_changed", "/scenario_id"), ("quantity_out_of_range", "/quantity"),
                          ("plan_not_offered", "/selling_plan_id"), ("price_changed", "/total"),
                          ("missing_scope", "/granted_scopes")], found)

    def test_order_comes_first(self):
        good = json.loads((STORE / "accept-1.json").read_text("utf-8"))
        lines = [{**self.order["lines"][0], "quantity": 0}]
        self.assertEqual(("out_of_range", "/lines/0/quantity"),
                         self.problem({}, {**self.order, "lines": lines}))
        self.assertEqual(("missing_key", "/reference_id"),
                         self.problem(good, {**self.order, "id": "9001"}))

    def test_currency(self):
        good = json.loads((STORE / "accept-1.json").read_text("utf-8"))
        self.assertEqual(("currency_mismatch", "/currency"),
                         self.problem({**good, "scenario_id": "S2"}, {**self.order, "currency": "KRW"}))

    def test_line_ids(self):
        """PLN-6: all are GIDs or none is; plain digits are not Shopify's."""
        good = json.loads((STORE / "accept-1.json").read_text("utf-8"))
        other = {**self.order["lines"][0], "id": "14600000000009", "product_id": "another",
                 "variant_id": None, "selling_plan_id": None}
        self.assertEqual(("id_not_shopify", "/lines/1/id"), self.problem(
            good, {**self.order, "lines": [*self.order["lines"], other]}))


if __name__ == "__main__":
    UPSELL, LIBRARY = sys.argv[1], runs.libupsell.Library(sys.argv[2])
    PLANS.extend(runs.all_plans(UPSELL))
    unittest.main(argv=sys.argv[:1])
