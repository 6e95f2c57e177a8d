# SPDX-License-Identifier: MIT
"""The Ruby examples, run as a user runs them, and compared with `upsell decide` and `upsell check`.

Environment: UPSELL_TOOL (the program), UPSELL_SMALLEST (the smallest example in C),
UPSELL_SOURCE_ROOT; and for the examples UPSELL_LIBRARY and RUBYLIB.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import unittest

TOOL = os.environ["UPSELL_TOOL"]
SMALLEST = os.environ["UPSELL_SMALLEST"]
SOURCE_ROOT = pathlib.Path(os.environ["UPSELL_SOURCE_ROOT"])
EXAMPLES = SOURCE_ROOT / "examples/ruby"
STORE = SOURCE_ROOT / "examples/tea-store"

RUBY = ("/usr/bin/ruby", "-w")
RAKE = ("/usr/bin/ruby", "/usr/bin/rake", "-f", EXAMPLES / "upsell.rake")

# What must never be in a log.
SECRET = "taro@example.com"

# What takes longer hangs.
PATIENCE = 60


def run(*words, catalog=None, **more):
    """(status, standard output, standard error) of a program."""
    environment = {**os.environ, **({"UPSELL_CATALOG": str(catalog)} if catalog else {})}
    result = subprocess.run([str(word) for word in words], capture_output=True, encoding="utf-8",
                            timeout=PATIENCE, check=False, env=environment, **more)
    return result.returncode, result.stdout, result.stderr


def decide(*words, catalog=STORE / "catalog.json", **more):
    return run(*RUBY, EXAMPLES / "decide.rb", *words, catalog=catalog, **more)


def row_of(decision, currency):
    """The row of the table for a decision of `upsell decide`."""
    cells = ["-", "-", "-", f"({decision['reason']})"]
    if decision["outcome"] == "offer":
        offer = decision["offer"]
        later = [int(target["price"]["recurring"][0]["line"]) for target in offer["targets"]
                 if target["price"]["recurring"]]
        cells = [f"{offer['total']['offer_page']} {currency}",
                 f"{offer['total']['checkout']} {currency}",
                 f"{sum(later)} {currency}" if later else "-", decision["scenario_id"]]
    return "{:>16} {:>16} {:>16}  {:<30}  {}".format(*cells, decision["order_id"])


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="upsell-ruby-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = json.loads((STORE / "catalog.json").read_text("utf-8"))
        self.lines = (STORE / "orders.ndjson").read_text("utf-8").splitlines()

    def save(self, name, text):
        """A file that is there as a whole."""
        part = self.folder / "part"
        part.write_text(text, "utf-8")
        part.rename(self.folder / name)
        return self.folder / name

    def bad_orders(self):
        """Every kind of order that is refused, with a secret in it, between two good ones."""
        good = json.loads(self.lines[0])
        line = good["lines"][0]
        bad = [good | {"currency": SECRET}, good | {"format": SECRET},
               good | {"lines": [line | {"id": SECRET}] * 2}, good | {"lines": SECRET},
               good | {"lines": [line | {"quantity": SECRET}]},
               good | {"lines": [line | {"unit_price": SECRET}]},
               good | {"has_shipping_address": SECRET}, SECRET]
        texts = [self.lines[0], "", *map(json.dumps, bad), f"{{{SECRET}", " \t\r", self.lines[1]]
        return self.save("orders.ndjson", "\n".join(texts)), len(bad) + 1


class Decide(Case):
    def test_table(self):
        documents = run(TOOL, "decide", "--quiet", "--no-explain", "--catalog",
                        STORE / "catalog.json", STORE / "orders.ndjson")[1]
        rows = [row_of(json.loads(line), "JPY") for line in documents.splitlines()]
        self.assertGreater(len(rows), 40)
        status, out, err = decide(STORE / "orders.ndjson")
        self.assertEqual((0, rows, ""), (status, out.splitlines()[1:], err))
        self.assertEqual(["now", "checkout", "next cycle", "scenario", "order"],
                         re.split(r"  +", out.splitlines()[0].strip()))

    def test_json_is_that_of_the_program(self):
        orders, _ = self.bad_orders()
        for path in (STORE / "orders.ndjson", orders):
            expected = run(TOOL, "decide", "--quiet", "--no-explain", "--catalog",
                           STORE / "catalog.json", path)
            self.assertEqual(expected[:2], decide("--format", "json", path)[:2])

    def test_standard_input_in_any_locale(self):
        text = (STORE / "orders.ndjson").read_text("utf-8")
        for form in ("table", "json"):
            expected = decide("--format", form, STORE / "orders.ndjson")
            self.assertEqual(expected, decide("--format", form, "-", input=text))
            environment = {**os.environ, "LC_ALL": "C", "UPSELL_CATALOG": STORE / "catalog.json"}
            result = subprocess.run([*RUBY, EXAMPLES / "decide.rb", "--format", form],
                                    input=text.encode(), capture_output=True, timeout=PATIENCE,
                                    check=False, env=environment)
            self.assertEqual((0, expected[1].encode(), b""),
                             (result.returncode, result.stdout, result.stderr))

    def test_refused(self):
        """The line, the code and the place; nothing of what is in it."""
        orders, count = self.bad_orders()
        good = self.save("good.ndjson", "\n".join(self.lines[:2]))
        status, out, err = decide(orders)
        self.assertEqual((1, decide(good)[1]), (status, out))
        self.assertNotIn("taro", err)
        told = err.splitlines()
        self.assertEqual("line 3: order refused: unknown_currency at /currency", told[0])
        self.assertEqual("line 11: order refused: json_syntax at the whole document", told[-2])
        self.assertEqual(f"{count} of {count + 2} orders were refused", told[-1])
        self.assertEqual(count + 1, len(told))
        status, _, err = decide("--format", "json", orders)
        self.assertEqual((1, told[:-1]), (status, err.splitlines()))

    def test_bad_catalog(self):
        """All its problems, as `upsell check` tells them."""
        self.store["scenarios"][1]["priority"] = -1
        self.store["scenarios"][3]["status"] = "\x1b[2J\u202e"
        bad = self.save("bad.json", json.dumps(self.store, ensure_ascii=False))
        told = run(TOOL, "check", bad)[1]
        self.assertEqual(2, len(told.splitlines()))
        self.assertEqual((1, "", told), decide(STORE / "orders.ndjson", catalog=bad))

    def test_missing_files(self):
        for words in (("-c", "/nowhere.json", STORE / "orders.ndjson"), ("/nowhere.ndjson",)):
            status, out, err = decide(*words)
            self.assertEqual((1, 1), (status, len(err.splitlines())))
            self.assertIn("No such file or directory", err)
            self.assertNotIn("offer", out)

    def test_usage(self):
        for words in (("--format", "xml"), ("a", "b"), ("--unknown",)):
            status, out, err = decide(*words)
            self.assertEqual((2, ""), (status, out))
            self.assertIn("Usage: decide.rb", err)
        environment = {name: value for name, value in os.environ.items()
                       if name != "UPSELL_CATALOG"}
        result = subprocess.run([*RUBY, EXAMPLES / "decide.rb"], env=environment, check=False,
                                capture_output=True, encoding="utf-8", timeout=PATIENCE)
        self.assertEqual((2, "missing argument: --catalog, or UPSELL_CATALOG"),
                         (result.returncode, result.stderr.splitlines()[0]))

    def test_reader_that_goes_away(self):
        many = self.save("many.ndjson", "\n".join(self.lines * 100))
        for form in ("table", "json"):
            child = subprocess.Popen(
                [*RUBY, EXAMPLES / "decide.rb", "-c", STORE / "catalog.json", "-f", form, many],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            child.stdout.readline()
            child.stdout.close()
            self.assertEqual(b"", child.stderr.read())
            child.stderr.close()
            self.assertNotEqual(0, child.wait(PATIENCE))


class Pipe(Case):
    """Orders that come one by one, for days."""

    def setUp(self):
        super().setUp()
        self.catalog = self.save("catalog.json", json.dumps(self.store))
        self.log = self.folder / "log"
        with open(self.log, "wb") as log:
            self.child = subprocess.Popen(
                [*RUBY, EXAMPLES / "decide.rb", "-c", self.catalog, "-f", "json"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                # As in a terminal, also where a shell ignores it.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
        self.addCleanup(self.end)

    def end(self):
        self.child.kill()
        self.child.wait()
        self.child.stdin.close()
        self.child.stdout.close()

    def ask(self):
        """Who wins for the order that S12 and S17 want."""
        self.child.stdin.write(self.lines[23].encode() + b"\n")
        self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())["scenario_id"]

    def logged(self):
        return [re.sub(r"^.*?-- : ", "", line) for line in self.log.read_text("utf-8").splitlines()]

    def change(self, **scenarios):
        """Another catalogue, in which some scenarios have other priorities."""
        for scenario in self.store["scenarios"]:
            scenario["priority"] = scenarios.get(scenario["id"][:3], scenario["priority"])
        self.save("catalog.json", json.dumps(self.store))

    def test_catalog_that_changes(self):
        self.assertEqual("S12-hojicha-switch", self.ask())
        self.change(S12=50)
        self.assertEqual("S17-tea-karinto", self.ask())
        self.assertEqual(["catalogue read again: 19 scenarios are published"], self.logged())

        self.change(S12=-1)
        for _ in range(3):
            self.assertEqual("S17-tea-karinto", self.ask())
        problem = run(TOOL, "check", self.catalog)[1].strip()
        self.assertIn("/scenarios/11/priority: out_of_range", problem)
        bad = "the catalogue has changed and is bad; the one before stays in use"
        self.assertEqual([bad, problem], self.logged()[1:])

        self.catalog.write_bytes(self.catalog.read_bytes()[:5000])  # half of it
        self.assertEqual("S17-tea-karinto", self.ask())
        self.assertEqual(bad, self.logged()[3])
        self.assertIn("json_syntax", self.logged()[4])

        self.catalog.unlink()
        for _ in range(3):
            self.assertEqual("S17-tea-karinto", self.ask())
        self.assertEqual(bad, self.logged()[5])
        self.assertIn("No such file or directory", self.logged()[6])
        self.assertEqual(7, len(self.logged()))

        self.change(S12=1)
        self.assertEqual("S12-hojicha-switch", self.ask())
        self.assertEqual(8, len(self.logged()))
        self.child.stdin.close()
        self.assertEqual(0, self.child.wait(PATIENCE))

    def test_interrupted(self):
        self.ask()
        self.child.send_signal(signal.SIGINT)
        self.assertEqual((130, b"", []),
                         (self.child.wait(PATIENCE), self.child.stdout.read(), self.logged()))


class Finder(Case):
    """offer_finder.rb in a program of somebody else."""

    def ruby(self, program, **more):
        path = self.save("app.rb", f"require {str(EXAMPLES / 'offer_finder')!r}\n{program}")
        return run(*RUBY, path, catalog=self.save("catalog.json", json.dumps(self.store)), **more)

    def test_refused_orders_are_logged_without_their_data(self):
        orders, count = self.bad_orders()
        status, out, err = self.ruby(f"""
            finder = OfferFinder.new(ENV.fetch("UPSELL_CATALOG"))
            puts File.readlines({str(orders)!r}).map {{ |line| finder.find(line) ? 1 : 0 }}.sum
        """)
        self.assertEqual((0, "2\n"), (status, out))
        self.assertNotIn("taro", err)
        # The two empty lines are no orders, either.
        self.assertEqual(count + 2, err.count("order refused: "))

    def test_native_order(self):
        status, out, err = self.ruby("""
            finder = OfferFinder.new(ENV.fetch("UPSELL_CATALOG"))
            line = Upsell::OrderLine.new(id: "1", quantity: 1,
                                         product_id: "gid://shopify/Product/8401000000103")
            order = Upsell::Order.new(id: "1", currency: "JPY", lines: [line])
            puts finder.find(order).offer.scenario_id, finder.find_json(order)
        """)
        scenario, document = out.splitlines()
        self.assertEqual((0, "", "S12-hojicha-switch"), (status, err, scenario))
        self.assertEqual(scenario, json.loads(document)["scenario_id"])

    def test_threads_while_the_catalog_changes(self):
        """Every thread always has a whole catalogue, and sees the change."""
        status, out, err = self.ruby(f"""
            path = ENV.fetch("UPSELL_CATALOG")
            text = File.read(path)
            order = File.readlines({str(STORE / "orders.ndjson")!r})[23]
            finder = OfferFinder.new(path, logger: Logger.new(IO::NULL), check_every: 0)
            going = true
            threads = Array.new(4) do
              Thread.new do
                found = Hash.new(0)
                while going
                  20.times {{ found[finder.find(order).outcome] += 1 }}
                  sleep 0.001 # else nobody gets a turn for a tenth of a second
                end
                found
              end
            end
            first = finder.catalog
            100.times do |i|
              File.write("#{{path}}.new", i.odd? ? text : text.sub('"enterprise"', '"standard"'))
              File.rename("#{{path}}.new", path)
              sleep 0.01
              GC.start if (i % 10).zero?
            end
            going = false
            found = threads.map(&:value)
            puts found.all? {{ |counts| counts.keys.sort == %i[no_offer offer] }}
            puts finder.find(order).outcome, finder.catalog.equal?(first)
        """)
        self.assertEqual((0, "true\noffer\nfalse\n", ""), (status, out, err))

    def test_fork(self):
        """A server that loads the app, and then forks."""
        status, out, err = self.ruby(f"""
            order = File.readlines({str(STORE / "orders.ndjson")!r})[23]
            finder = OfferFinder.new(ENV.fetch("UPSELL_CATALOG"), check_every: 0)
            finder.find(order)
            children = Array.new(3) {{ fork {{ exit(finder.find(order).offer? ? 0 : 1) }} }}
            puts children.map {{ |child| Process.wait2(child).last.exitstatus }}.sum
            puts finder.find(order).offer.scenario_id
        """)
        self.assertEqual((0, "0\nS12-hojicha-switch\n", ""), (status, out, err))

    def test_looks_at_the_file_only_now_and_then(self):
        status, out, err = self.ruby(f"""
            order = File.readlines({str(STORE / "orders.ndjson")!r})[23]
            path = ENV.fetch("UPSELL_CATALOG")
            finder = OfferFinder.new(path, logger: Logger.new(IO::NULL), check_every: 3600)
            File.write(path, File.read(path).sub('"enterprise"', '"standard"'))
            puts finder.find(order).offer.scenario_id, OfferFinder.new(path).find(order).reason
        """)
        self.assertEqual((0, "S12-hojicha-switch\nstore_plan\n", ""), (status, out, err))


class Rake(Case):
    def test_check(self):
        good = STORE / "catalog.json"
        self.assertEqual((0, f"{good}: no problems, 19 scenarios are published\n", ""),
                         run(*RAKE, "upsell:check", catalog=good))
        self.store["currency"] = "YYY"
        bad = self.save("bad.json", json.dumps(self.store))
        self.assertEqual((1, "", run(TOOL, "check", bad)[1]),
                         run(*RAKE, "upsell:check", catalog=bad))

    def test_decide(self):
        orders, _ = self.bad_orders()
        for path in (STORE / "orders.ndjson", orders):
            self.assertEqual(decide(path), run(*RAKE, f"upsell:decide[{path}]",
                                               catalog=STORE / "catalog.json"))


class Documentation(Case):
    def setUp(self):
        super().setUp()
        text = (EXAMPLES / "README.md").read_text("utf-8")
        self.blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)

    def test_commands(self):
        """They print what is shown."""
        for name in ("examples", "bindings"):
            os.symlink(SOURCE_ROOT / name, self.folder / name)
        environment = {**os.environ, "PATH": f"/usr/bin:{os.environ['PATH']}"}
        del environment["RUBYLIB"]
        settings, out, shown = "", "", 0
        for kind, block in self.blocks:
            if kind == "sh":
                settings += "".join(re.findall(r"^export .*\n", block, re.M))
                result = subprocess.run(["sh", "-ec", settings + block], cwd=self.folder,
                                        env=environment, check=False, capture_output=True,
                                        encoding="utf-8", timeout=PATIENCE)
                self.assertEqual((0, ""), (result.returncode, result.stderr), block)
                out = result.stdout
            elif kind == "":
                self.assertEqual(block, out)
                shown += 1
        self.assertEqual(2, shown)

    def test_app(self):
        """The piece for an app, in one that has an order and a logger."""
        (piece,) = [block for kind, block in self.blocks if kind == "ruby"]
        path = self.save("app.rb", f"""
            require {str(EXAMPLES / "offer_finder")!r}
            Rails = Struct.new(:logger).new(Logger.new($stderr))
            order = File.readlines({str(STORE / "orders.ndjson")!r})[23]
            {piece}
        """)
        self.assertEqual((0, "茎ほうじ茶: 720\n", ""),
                         run(*RUBY, path, catalog=STORE / "catalog.json"))

    def test_smallest(self):
        """It says what the one in C says."""
        expected = run(SMALLEST)
        self.assertEqual((0, "S1: 720 yen now, 900 yen later\n", ""), expected)
        self.assertEqual(expected, run(*RUBY, EXAMPLES / "smallest.rb"))


if __name__ == "__main__":
    unittest.main()
