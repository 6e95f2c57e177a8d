# SPDX-License-Identifier: MIT
"""What the documents show is what the programs print.

Usage: test_docs.py UPSELL EXAMPLE_SMALLEST
"""
import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "examples" / "tea-store"
UPSELL, SMALLEST = "", ""


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def decide(*options: str) -> str:
    return output(UPSELL, "decide", "--quiet", "--catalog", str(STORE / "catalog.json"), *options,
                  str(STORE / "orders.ndjson"))


def blocks(page: str, language: str) -> list[str]:
    """The fenced code blocks of a page; language "" means those without one."""
    text = (ROOT / page).read_text(encoding="utf-8")
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.S | re.M)
    return [block for named, block in fenced if named == language]


class Readmes(unittest.TestCase):
    def test_sample_is_real(self):
        for page, language in (("README.md", "en"), ("README.ja.md", "ja")):
            samples = blocks(page, "")
            self.assertEqual(len(samples), 1, page)
            self.assertIn(samples[0], decide("--format", "text", "--lang", language), page)

    def test_both_name_the_same_commands(self):
        def commands(page):
            lines = [line.split("#")[0].strip() for block in blocks(page, "sh")
                     for line in block.splitlines()]
            return [line.removesuffix(" ja") for line in lines]
        self.assertEqual(commands("README.md"), commands("README.ja.md"))

    def test_setup_commands_exist(self):
        named = set(re.findall(r"\bsh (scripts/\S+\.sh)", (ROOT / "README.md").read_text("utf-8")))
        self.assertEqual(named, {"scripts/demo.sh", "scripts/test.sh"})
        for script in named:
            self.assertTrue((ROOT / script).is_file(), script)

    def test_c_sample_is_of_this_api(self):
        header = "".join(path.read_text("utf-8") for path in (ROOT / "include").rglob("*.h"))
        for page in ("README.md", "README.ja.md"):
            calls = re.findall(r"\b(upsell_\w+)\(", "".join(blocks(page, "c")))
            self.assertGreaterEqual(len(calls), 4)
            for call in calls:
                self.assertRegex(header, rf"\b{call}\(")


class Specification(unittest.TestCase):
    def test_codes_are_those_of_the_header(self):
        header = (ROOT / "include/upsell/status.h").read_text("utf-8").replace("\\\n", " ")
        codes = re.findall(r'X\(\w+, (\d+), "(\w+)",\s*"([^"]*)"\)', header)
        page = (ROOT / "docs/specification.md").read_text("utf-8").split("\n## Codes\n")[1]
        rows = re.findall(r"^\| (\d+) \| `(\w+)` \| ([^|]*) \|", page, re.M)
        self.assertGreater(len(codes), 20)
        self.assertEqual(rows, codes)

    def test_reasons_are_named(self):
        header = (ROOT / "include/upsell/decision.h").read_text("utf-8")
        page = (ROOT / "docs/specification.md").read_text("utf-8")
        reasons = re.findall(r'X\([A-Z_]+, \d+, "(\w+)"\)', header)
        self.assertEqual(len(reasons), 14)
        for reason in reasons:
            self.assertIn(f"`{reason}`", page)


class Pages(unittest.TestCase):
    def test_links_lead_somewhere(self):
        checked = 0
        for page in ROOT.rglob("*.md"):
            parts = page.relative_to(ROOT).parts
            if parts[0].startswith("build") or "node_modules" in parts:
                continue
            for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
                checked += 1
                self.assertTrue((page.parent / target).exists(), f"{page}: {target}")
        self.assertGreater(checked, 20)

    def test_smallest_example(self):
        self.assertEqual(output(SMALLEST), "S1: 720 yen now, 900 yen later\n")


class TeaStore(unittest.TestCase):
    """The table of the store's README against the decisions."""

    def setUp(self):
        orders = (STORE / "orders.ndjson").read_text("utf-8").splitlines()
        names = [json.loads(order)["name"] for order in orders]
        self.decisions = dict(zip(names, map(json.loads, decide().splitlines()), strict=True))
        rows = re.findall(r"^\| (#\d+) \|(.*)\|$", (STORE / "README.md").read_text("utf-8"), re.M)
        self.rows = {name: [cell.strip() for cell in rest.split("|")] for name, rest in rows}

    def test_every_order_has_a_row(self):
        self.assertEqual(set(self.rows), set(self.decisions))
        self.assertGreaterEqual(len(self.rows), 30)

    def test_winners_and_prices(self):
        patterns = ["subscription_to_subscription", "subscription_to_one_time",
                    "one_time_to_subscription", "one_time_to_one_time"]
        for name, (_, winner, now, _) in self.rows.items():
            decision = self.decisions[name]
            if decision["outcome"] == "no_offer":
                self.assertEqual(winner, f"no offer: `{decision['reason']}`", name)
                continue
            number = patterns.index(decision["pattern"]) + 1
            total = decision["offer"]["total"]
            prices = total["offer_page"]
            if total["differs"]:
                prices += f" ({total['checkout']})"
            self.assertEqual(winner, f"{decision['scenario_id']} ({number})", name)
            self.assertEqual(now, prices, name)

    def test_later_prices(self):
        for name, (_, winner, _, later) in self.rows.items():
            if winner.startswith("no offer"):
                continue
            segments = [segment["line"] for target in self.decisions[name]["offer"]["targets"]
                        for segment in target["price"]["recurring"]]
            found = [figure for figure in re.findall(r"\d+", re.sub(r"\(cycle \d+\)", "", later))]
            self.assertEqual(found, segments, name)


if __name__ == "__main__":
    UPSELL, SMALLEST = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
