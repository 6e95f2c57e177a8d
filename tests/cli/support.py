# SPDX-License-Identifier: MIT
"""Runs the program under test and compares everything that comes out of it."""

import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

TOOL = os.environ["UPSELL_TOOL"]
SOURCE_ROOT = pathlib.Path(os.environ["UPSELL_SOURCE_ROOT"])

# A program that takes longer hangs.
PATIENCE = 60

LINE_MAX = 16 * 1024 * 1024

CATALOG = {
    "format": "upsell.catalog/1",
    "currency": "JPY",
    "store": {"plan": "enterprise", "post_purchase_app": True},
    "selling_plans": [
        {"id": "m1", "name": "Monthly", "billing": {"interval": "month", "count": 1},
         "pricing": [{"after_cycle": 0, "type": "percentage", "value": "10"}]}],
    "products": [
        {"id": "tea", "title": "Sencha",
         "variants": [{"id": "tea-1", "title": "100 g", "price": "356", "available": None}]},
        {"id": "cup", "title": "Yunomi",
         "variants": [{"id": "cup-1", "title": "white", "price": "1800", "available": 12}]}],
    "scenarios": [
        {"id": "S1", "name": "One more tea", "status": "published", "priority": 1,
         "trigger": {"kind": "subscription", "products": [{"product_id": "tea"}]},
         "offer": {"kind": "subscription", "product_id": "tea", "variant_id": "tea-1",
                   "selling_plan_ids": ["m1"],
                   "discount": {"type": "percentage", "value": "10"}}},
        {"id": "S2", "name": "A cup", "status": "published", "priority": 2,
         "trigger": {"kind": "subscription", "products": [{"product_id": "tea"}]},
         "offer": {"kind": "one_time", "product_id": "cup", "variant_id": "cup-1"}}],
    "disclosure": {"withdrawal": "No returns.", "cancellation": "On your page."},
}

# What `decide` answers to offered("ID"), with %s for the id and for "considered".
OFFER = (
    '{"format":"upsell.decision/1","order_id":"%s","outcome":"offer","reason":null,'
    '"scenario_id":"S1","pattern":"subscription_to_subscription","priority":1,'
    '"offer":{"product_id":"tea","variant_id":"tea-1",'
    '"quantity":{"default":1,"max":1,"adjustable":false},"cancel_line_ids":[],'
    '"targets":[{"line_ids":["1"],"contract_id":null,"selling_plan_id":"m1",'
    '"price":{"list_unit":"356","plan_unit":"320","checkout":{"unit":"320","line":"320"},'
    '"offer_page":{"unit":"321","line":"321"},'
    '"recurring":[{"from_cycle":2,"unit":"320","line":"320"}]}}],"choices":[],'
    '"total":{"checkout":"320","offer_page":"321","differs":true},'
    '"page":{"title":"","timer":{"visible":false,"seconds":null,"text":""},'
    '"description":{"visible":true,"text":null},"buy_button":"追加注文する",'
    '"close_button":{"visible":true,"label":"閉じる"},"expires_after_seconds":600}},'
    '"considered":%s}\n')
LOST = '[{"scenario_id":"S2","reason":"lower_priority"}]'

# What `decide` answers to refused("ID").
NO_OFFER = (
    '{"format":"upsell.decision/1","order_id":"%s","outcome":"no_offer",'
    '"reason":"no_candidate","scenario_id":null,"pattern":null,"priority":null,'
    '"offer":null,"considered":[]}\n')


def document(value):
    """JSON text on one line, in the shortest form."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def changed(value, **changes):
    """A copy of an object with some keys changed; `...` as a value drops the key."""
    return {key: item for key, item in {**value, **changes}.items() if item is not ...}


def order(order_id, **line):
    return document({"format": "upsell.order/1", "id": order_id, "currency": "JPY",
                     "lines": [{"id": "1", "quantity": 1, **line}]})


def offered(order_id):
    """An order that gets the offer of S1."""
    return order(order_id, product_id="tea", selling_plan_id="m1")


def refused(order_id):
    """An order that gets no offer."""
    return order(order_id, product_id="cup")


def offer_answer(order_id, considered=LOST):
    return (OFFER % (order_id, considered)).encode()


def refused_answer(order_id):
    return (NO_OFFER % order_id).encode()


def error_answer(code, path, message, line):
    return document({"error": {"code": code, "path": path, "message": message,
                               "line": line}}) + b"\n"


def environment(**changes):
    """The environment of the program: that of the test, but in no particular locale."""
    env = {name: value for name, value in os.environ.items()
           if name not in ("LANG", "LANGUAGE", "LOCPATH") and not name.startswith("LC_")}
    # AddressSanitizer keeps freed memory for a while; here the peak is measured.
    env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=4"
    env.update(changes)
    return env


@dataclasses.dataclass
class Case:
    """One call of the program and what must come of it.

    Expected output is bytes, which must be equal, or a compiled pattern, which must match all.
    """
    name: str
    args: list
    stdin: bytes = b""
    stdout: object = b""
    stderr: object = b""
    status: int = 0
    files: dict = dataclasses.field(default_factory=dict)


def pattern(text):
    return re.compile(text.encode() if isinstance(text, str) else text, re.DOTALL)


class ToolTest(unittest.TestCase):
    """A test with a folder of its own, in which shop.json is a valid catalogue."""

    maxDiff = 4000

    def setUp(self):
        folder = tempfile.mkdtemp(prefix="upsell-test-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.folder = pathlib.Path(folder)
        self.write("shop.json", document(CATALOG))

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def run_tool(self, args, stdin=b"", **more):
        """Runs the program in the folder; `stdin` is bytes or a file."""
        given = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("env", environment())
        return subprocess.run([TOOL, *args], cwd=self.folder, stderr=subprocess.PIPE,
                              timeout=PATIENCE, check=False, **given, **more)

    def start_tool(self, args, **more):
        """Starts the program with unbuffered pipes; ends it with the test at the latest."""
        more.setdefault("stdin", subprocess.PIPE)
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("stderr", subprocess.PIPE)
        process = subprocess.Popen([TOOL, *args], cwd=self.folder, env=environment(), bufsize=0,
                                   **more)
        self.addCleanup(self.end_process, process)
        return process

    @staticmethod
    def end_process(process):
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE)

    def assert_bytes(self, expected, found, what):
        if isinstance(expected, re.Pattern):
            self.assertRegex(found, re.compile(rb"\A(?:" + expected.pattern + rb")\Z",
                                               expected.flags), what)
        else:
            self.assertEqual(expected.decode("utf-8", "backslashreplace"),
                             found.decode("utf-8", "backslashreplace"), what)

    def check_case(self, case):
        for name, content in case.files.items():
            self.write(name, content)
        result = self.run_tool(case.args, case.stdin)
        self.assert_bytes(case.stdout, result.stdout, "standard output")
        self.assert_bytes(case.stderr, result.stderr, "standard error")
        self.assertEqual(case.status, result.returncode, "exit status")


def add_cases(test_class, cases):
    """Makes a test method of every case, so that each is counted and named."""
    for case in cases:
        name = "test_" + re.sub(r"\W+", "_", case.name)
        assert not hasattr(test_class, name), f"two cases are called {case.name}"
        method = lambda self, case=case: self.check_case(case)
        method.__doc__ = case.name
        setattr(test_class, name, method)


def main():
    unittest.main(argv=sys.argv, verbosity=1)
