# SPDX-License-Identifier: MIT
"""The example that reads JSON decides as `upsell decide` does, and tells what is wrong where.

Usage: test_from_json.py PROGRAM UPSELL
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

STORE = pathlib.Path(__file__).resolve().parents[2] / "examples/tea-store"
PROGRAM, UPSELL = "", ""


def run(*words):
    """(status, standard output, standard error) of the example."""
    result = subprocess.run([PROGRAM, *words], capture_output=True, encoding="utf-8", timeout=60,
                            check=False)
    return result.returncode, result.stdout, result.stderr


def line_of(decision, catalog):
    """What the example must print for a decision of `upsell decide`."""
    if decision["outcome"] == "no_offer":
        return f"{decision['order_id']}: no offer ({decision['reason']})"
    offer = decision["offer"]
    titles = {product["id"]: product["title"] for product in catalog["products"]}
    return (f"{decision['order_id']}: {decision['scenario_id']}, {titles[offer['product_id']]} for "
            f"{offer['total']['offer_page']} {catalog['currency']}")


class FromJson(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="upsell-from-json-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        (self.folder / name).write_text(text, "utf-8")
        return self.folder / name

    def test_tea_store(self):
        decided = subprocess.run(
            [UPSELL, "decide", "--quiet", "--catalog", STORE / "catalog.json",
             STORE / "orders.ndjson"], capture_output=True, encoding="utf-8", check=True).stdout
        catalog = json.loads((STORE / "catalog.json").read_text("utf-8"))
        expected = [line_of(json.loads(line), catalog) for line in decided.splitlines()]
        self.assertGreater(len(expected), 40)
        status, out, err = run(STORE / "catalog.json", STORE / "orders.ndjson")
        self.assertEqual((0, expected, ""), (status, out.splitlines(), err))

    def test_one_line_is_known(self):
        """The figures of the store's own table, so that both programs cannot err together."""
        self.assertIn("gid://shopify/Order/5601000001024: S12-hojicha-switch, 茎ほうじ茶 for 720 JPY",
                      run(STORE / "catalog.json", STORE / "orders.ndjson")[1].splitlines())

    def test_bad_order(self):
        """It is told with line and pointer, and the next one is decided."""
        lines = (STORE / "orders.ndjson").read_text("utf-8").splitlines()
        bad = json.loads(lines[1])
        bad["lines"][0]["quantity"] = 0
        orders = self.write("orders.ndjson", "\n".join([lines[0], json.dumps(bad), "{", lines[2]]))
        status, out, err = run(STORE / "catalog.json", orders)
        self.assertEqual(1, status)
        self.assertEqual([json.loads(lines[at])["id"] for at in (0, 2)],
                         [line.split(": ")[0] for line in out.splitlines()])
        first, second = err.splitlines()
        self.assertTrue(first.startswith(f"{orders}:2: /lines/0/quantity: out_of_range: "), first)
        self.assertTrue(second.startswith(f"{orders}:3: (document): json_syntax: "), second)

    def test_bad_catalog(self):
        """All problems, not only the first."""
        bad = json.loads((STORE / "catalog.json").read_text("utf-8"))
        del bad["products"][0]["variants"][0]["price"]
        bad["scenarios"][3]["priority"] = -1
        catalog = self.write("catalog.json", json.dumps(bad))
        status, out, err = run(catalog, STORE / "orders.ndjson")
        self.assertEqual((1, ""), (status, out))
        told = [line.removeprefix(f"{catalog}: ").split(": ")[:2] for line in err.splitlines()]
        self.assertEqual([["/products/0/variants/0/price", "missing_key"],
                          ["/scenarios/3/priority", "out_of_range"]], told)

    def test_no_orders(self):
        self.assertEqual((0, "", ""), run(STORE / "catalog.json", self.write("none.ndjson", "")))

    def test_no_file(self):
        missing = self.folder / "missing.json"
        self.assertEqual((1, "", f"{missing}: cannot be read\n"),
                         run(missing, STORE / "orders.ndjson"))
        self.assertEqual((1, "", f"{missing}: cannot be read\n"),
                         run(STORE / "catalog.json", missing))

    def test_folder(self):
        self.assertEqual((1, "", f"{self.folder}: cannot be read\n"),
                         run(self.folder, STORE / "orders.ndjson"))

    def test_usage(self):
        status, out, err = run(STORE / "catalog.json")
        self.assertEqual((2, "", "usage: "), (status, out, err[:7]))


if __name__ == "__main__":
    PROGRAM, UPSELL = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
