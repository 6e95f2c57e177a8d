# SPDX-License-Identifier: MIT
"""upsell-run as its users meet it: it finishes, minds its journal, and stops when asked to."""

import json
import os
import shutil
import signal
import subprocess
import threading
import unittest

from support import PATIENCE, RUN, TOOL, RunTest, for_each_pattern

NO_SHOP = "http://127.0.0.1:9"


class Finishes(RunTest):
    def check_it_finishes(self, pattern):
        self.open_gate(None, "--pattern", str(pattern))
        self.assert_completed(self.finish(), pattern)
        names = self.gate.names()
        self.assertEqual(["calculate", "changeset"], names[:2])
        # Started once more, there is nothing left to do.
        self.assert_completed(self.finish(), pattern)
        self.assertEqual(names, self.gate.names())

    def test_several_contracts_and_units(self):
        self.open_gate(None, "--pattern", "1", "--targets", "2", "--quantity", "2")
        self.assertEqual("completed\n", self.finish()[1])
        state = self.shop.state()
        self.assertEqual((1, []), (len(state["charges"]), state["misuse"]))
        self.assertEqual([2, 2], [len(one["lines"]) for one in state["contracts"]])

    def test_calculation_dialect(self):
        self.open_gate(None, "--pattern", "1", "--api-version", "2026-10", "--dialect",
                       "calculation")
        self.assert_completed(self.finish(), 1)

    def test_a_line_per_step(self):
        self.open_gate(None, "--pattern", "4")
        err = self.finish()[2]
        self.assertRegex(err, r"(?m)^upsell-run: claim: metafieldsSet: HTTP 200, \d+ bytes$")
        self.assertEqual(len(self.gate.calls), err.count(": HTTP 200, "))

    def test_quiet(self):
        self.open_gate(None, "--pattern", "4")
        self.assertEqual((0, "completed\n", ""), self.finish(self.words(None, "--quiet")))

    def test_by_the_program(self):
        """`upsell run` is the same."""
        self.open_gate(None, "--pattern", "4")
        self.assert_completed(self.finish(self.words(program=(TOOL, "run"))), 4)

    def test_stopped(self):
        self.open_gate(None, "--pattern", "4", "--habits", '{"refusals":["payment_required"]}')
        status, out, err = self.finish()
        self.assertEqual((3, "stopped\ncharge: unprocessed/payment_required: not_charged: "
                             "nothing was charged; the order is as it was\n"), (status, out), err)
        self.assert_untouched()

    def test_journal_elsewhere(self):
        self.open_gate(None, "--pattern", "4")
        (self.folder / "kept").mkdir()
        self.assert_completed(self.finish(self.words(None, "--journal", "kept/run 1")), 4)
        self.assertFalse(self.journal.exists())
        self.assertEqual(0o600, (self.folder / "kept/run 1").stat().st_mode & 0o777)

    def test_token(self):
        """The access token goes to the Admin API, and nowhere else."""
        self.open_gate(None, "--pattern", "4")
        env = os.environ | {"UPSELL_ACCESS_TOKEN": "shpat_secret", "http_proxy": NO_SHOP}
        ended = self.finish(env=env)
        self.assert_completed(ended, 4)
        self.assertNotIn("shpat_secret", ended[2] + self.journal.read_text())
        for call in self.gate.calls:
            expected = "shpat_secret" if "graphql" in call.path else None
            self.assertEqual(expected, call.headers.get("X-Shopify-Access-Token"), call.path)

    def test_about_to_send_is_on_disk_first(self):
        sent = []

        def watch(call):
            steps = json.loads(self.journal.read_bytes())["steps"]
            sent.append([name for name, step in steps.items() if step["status"] == "sent"])
        self.open_gate(watch, "--pattern", "1")
        self.assert_completed(self.finish(), 1)
        self.assertEqual(["charge"], sent[0])
        self.assertEqual([1] * len(sent), [len(steps) for steps in sent])


class OneAtATime(RunTest):
    def test_second_process_refuses(self):
        held, released = threading.Event(), threading.Event()

        def watch(call):
            if call.number == 0:
                held.set()
                released.wait(PATIENCE)
        self.open_gate(watch, "--pattern", "4")
        first = self.start()
        held.wait(PATIENCE)
        status, out, err = self.finish()
        self.assertEqual((1, "", "upsell-run: plan.json.journal: another process is carrying this "
                                 "run out; nothing was sent\n"), (status, out, err))
        self.assertEqual(1, len(self.gate.calls))
        released.set()
        out, err = first.communicate(timeout=PATIENCE)
        self.assert_completed((first.returncode, out, err), 4)


class Journals(RunTest):
    """A journal that is not this run's: a clear error, and nothing is sent."""

    def refuse(self, content, message):
        self.open_gate(None, "--pattern", "4")
        if content is not None:
            self.journal.write_bytes(content)
        status, out, err = self.finish()
        self.assertEqual((1, ""), (status, out))
        self.assertRegex(err, r"\Aupsell-run: plan\.json\.journal: " + message + r"\n\Z")
        self.assertEqual([], self.gate.calls)
        if content is not None:
            self.assertEqual(content, self.journal.read_bytes())

    def test_empty(self):
        self.refuse(b"", "the journal is empty, so it is damaged; nothing was sent")

    def test_no_json(self):
        self.refuse(b"\0" * 512, r": json_\w+: .*")

    def test_another_document(self):
        self.refuse(b'{"format":"upsell.order/1"}', r"/format: unknown_format: .*")

    def test_cut_off(self):
        self.open_gate(None, "--pattern", "4")
        self.finish()
        whole = self.journal.read_bytes()
        self.gate.calls.clear()
        for length in (1, len(whole) // 2, len(whole) - 1):
            with self.subTest(length=length):
                self.journal.write_bytes(whole[:length])
                status, _, err = self.finish()
                self.assertEqual(1, status)
                self.assertRegex(err, r"json_syntax|json_string")
        self.assertEqual([], self.gate.calls)

    def test_of_another_plan(self):
        self.open_gate(None, "--pattern", "4")
        self.finish()
        self.gate.calls.clear()
        self.shop.make_plan("other.json", shop="other.myshopify.com")
        words = self.words(None, "--plan", "other.json", "--journal", "plan.json.journal")
        status, out, err = self.finish(words)
        self.assertEqual((1, ""), (status, out))
        self.assertRegex(err, r"plan\.json\.journal: /plan_id: journal_mismatch: ")
        self.assertEqual([], self.gate.calls)

    def test_folder(self):
        self.open_gate(None, "--pattern", "4")
        self.journal.mkdir()
        self.refused("this is not a file")

    def test_symbolic_link(self):
        """Two names for one journal would be two locks."""
        self.open_gate(None, "--pattern", "4")
        (self.folder / "real").write_text("")
        self.journal.symlink_to("real")
        self.refused("this is a symbolic link; name the journal itself")

    def refused(self, message):
        self.assertEqual((1, "", f"upsell-run: plan.json.journal: {message}\n"), self.finish())
        self.assertEqual([], self.gate.calls)

    def test_missing_folder(self):
        self.open_gate(None, "--pattern", "4")
        self.assertEqual((1, "", "upsell-run: none/x: No such file or directory\n"),
                         self.finish(self.words(None, "--journal", "none/x")))
        self.assertEqual([], self.gate.calls)

    def test_that_cannot_be_stored(self):
        """Nothing is sent that was not recorded; when there is room again, it goes on."""
        blocked = self.folder / "plan.json.journal.new"

        def watch(call):
            if call.name == "UpsellClaim" and not blocked.exists():
                blocked.mkdir()
        self.open_gate(watch, "--pattern", "4")
        status, out, err = self.finish()
        self.assertEqual((1, ""), (status, out))
        self.assertRegex(err, "journal could not be stored; start again to go on\n")
        self.assertEqual("UpsellClaim", self.gate.names()[-1])
        self.gate.watch = lambda call: None
        blocked.rmdir()
        self.assert_completed(self.finish(), 4)


class Interrupted(RunTest):
    def test_while_it_waits(self):
        self.open_gate(None, "--pattern", "3", "--speed", "20")
        for number, name in ((signal.SIGTERM, "term"), (signal.SIGINT, "int")):
            with self.subTest(name):
                process = self.start(self.words(scale=20))
                for line in process.stderr:
                    if "waiting" in line:
                        break
                process.send_signal(number)
                out, err = process.communicate(timeout=PATIENCE)
                self.assertEqual((-number, ""), (process.returncode, out))
                self.assertRegex(err, "interrupted; start again to go on\n")
        self.assert_completed(self.finish(self.words(scale=20)), 3)

    def test_during_a_call(self):
        """The answer is awaited and recorded: the call is not repeated."""
        def watch(call):
            if call.name == "UpsellClaim":
                self.process.send_signal(signal.SIGTERM)
        self.open_gate(watch, "--pattern", "4")
        self.assertEqual(-signal.SIGTERM, self.finish()[0])
        self.assertEqual("UpsellClaim", self.gate.names()[-1])
        self.assert_completed(self.finish(), 4)
        self.assertEqual(1, self.gate.names().count("UpsellClaim"))


class Refusals(RunTest):
    """What is wrong before anything was sent."""

    def setUp(self):
        super().setUp()
        self.open_shop("--pattern", "4").make_plan()

    def refuse(self, status, message, *options, env=None):
        words = [RUN, *options]
        found = self.finish(words, env=os.environ | (env or {}))
        self.assertEqual((status, ""), found[:2])
        self.assertIn(message, found[2])
        self.assertFalse(self.journal.exists())

    def refuse_endpoint(self, url, message, *options):
        self.refuse(1, f"upsell-run: {url}: {message}", "--plan", "plan.json", "--endpoint", url,
                    *options)

    def test_usage(self):
        plan = ("--plan", "plan.json", "--endpoint", NO_SHOP)
        for message, options in [
                ("--plan and --endpoint are required", ()),
                ("--plan and --endpoint are required", plan[:2]),
                ("--plan and --endpoint are required", plan[2:]),
                ("unexpected argument", (*plan, "more")),
                ("Try 'upsell-run --help'.", (*plan, "--faster")),
                ("--time-scale: a whole number", (*plan, "--time-scale", "0")),
                ("--time-scale: a whole number", (*plan, "--time-scale", "1001")),
                ("--time-scale: a whole number", (*plan, "--time-scale", "2x")),
                ("--time-scale is for tests", (*plan, "--time-scale", "2", "--allow-remote"))]:
            with self.subTest(options=options):
                self.refuse(2, message, *options)

    def test_help(self):
        status, out, err = self.finish([RUN, "--help"])
        self.assertEqual((0, ""), (status, err))
        self.assertTrue(out.startswith("Usage: upsell-run --plan P.json --endpoint URL "), out)

    def test_endpoints(self):
        for url, message in [
                ("http://example.com", "this is not http://127.0.0.1, localhost or [::1]"),
                ("https://example.com", "this is not http://127.0.0.1, localhost or [::1]"),
                ("http://127.0.0.1.example.com", "this is not http://127.0.0.1"),
                ("http://127.0.0.2", "this is not http://127.0.0.1"),
                ("ftp://127.0.0.1", "http:// or https:// was expected"),
                ("file:///etc/passwd", "http:// or https:// was expected"),
                ("127.0.0.1:80", "this is not a URL"),
                ("", "this is not a URL"),
                ("http://me@127.0.0.1", "a user, a query or a fragment"),
                ("http://127.0.0.1/?a=b", "a user, a query or a fragment"),
                ("http://127.0.0.1/#a", "a user, a query or a fragment")]:
            with self.subTest(url):
                self.refuse_endpoint(url, message)

    def test_remote_needs_https(self):
        self.refuse_endpoint("http://example.com", "another computer is only called by https",
                             "--allow-remote")

    def test_plans(self):
        for name, content, message in [
                ("none.json", None, "none.json: No such file or directory"),
                ("empty.json", b"", "empty.json: : json_syntax"),
                ("order.json", None, "order.json: /format: unknown_format"),
                ("bare.json", b'{"format":"upsell.plan/1","plan_id":"%s","steps":[]}', "bare.json")]:
            with self.subTest(name):
                if content is not None:
                    (self.folder / name).write_bytes(content)
                self.refuse(1, message, "--plan", name, "--endpoint", NO_SHOP)

    def test_plan_without_version(self):
        for version in (None, "unstable", "2026-07/../../x", "2026-7"):
            with self.subTest(version):
                plan = json.loads((self.folder / "plan.json").read_text())
                plan["api_version"] = version
                if version is None:
                    del plan["api_version"]
                (self.folder / "odd.json").write_text(json.dumps(plan))
                self.refuse(1, "upsell-run: odd.json: ", "--plan", "odd.json", "--endpoint",
                            NO_SHOP)

    def test_token_that_would_be_a_header(self):
        for token in ("a\r\nX-Other: b", "", "ü"):
            with self.subTest(token):
                self.refuse(1, "UPSELL_ACCESS_TOKEN: visible ASCII characters were expected",
                            "--plan", "plan.json", "--endpoint", NO_SHOP,
                            env={"UPSELL_ACCESS_TOKEN": token})

    def test_where_it_was_not_built(self):
        """`upsell run` says what is missing."""
        alone = shutil.copy(TOOL, self.folder / "upsell")
        libraries = subprocess.run(["ldd", TOOL], capture_output=True, encoding="utf-8",
                                   timeout=PATIENCE, check=True).stdout
        library = next(line.split()[2] for line in libraries.splitlines() if "libupsell" in line)
        env = {"PATH": "/nowhere", "LD_LIBRARY_PATH": os.path.dirname(library)}
        status, out, err = self.finish([alone, "run"], env=env)
        self.assertEqual((1, ""), (status, out))
        self.assertRegex(err, r"\Aupsell: upsell-run: No such file .*\n.*libcurl4-openssl-dev")


for_each_pattern(Finishes, "it_finishes")

if __name__ == "__main__":
    unittest.main()
