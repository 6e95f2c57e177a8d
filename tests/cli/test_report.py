# SPDX-License-Identifier: MIT
"""upsell report: events to counts (CLI-9)."""

import json
import os
import resource
import unicodedata
import unittest

from support import (CATALOG, Case, LINE_MAX, SOURCE_ROOT, ToolTest, add_cases, changed, document,
                     main, pattern)

SANITIZED = os.environ.get("UPSELL_SANITIZED", "0") == "1"

REPORT_CSV = ["report", "--format", "csv", "--lang", "en"]
TITLES = ("scenario_id,name,status,priority,shown,clicked,ordered,click_rate,order_rate,"
          "conversion_rate\r\n")


def event(session, scenario, name, **more):
    return document({"format": "upsell.event/1", "session_id": session, "scenario_id": scenario,
                     "event": name, **more})


def lines(*texts):
    return b"".join(text + b"\n" for text in texts)


EVENTS = lines(event("a", "S1", "shown"), event("a", "S1", "clicked"), event("b", "S1", "shown"),
               event("c", "S1", "ordered"), event("a", "old", "shown"))


def csv(*rows):
    return (TITLES + "".join(row + "\r\n" for row in rows)).encode()


COUNTED = csv("S1,,,,3,2,1,66.67,50.00,33.33", "old,,,,1,0,0,0.00,,0.00")


class Report(ToolTest):
    def report(self, *args, stdin=b""):
        result = self.run_tool(["report", *args], stdin)
        self.assertEqual((0, b""), (result.returncode, result.stderr))
        return result.stdout.decode()

    def test_json(self):
        report = self.report("--format", "json", "--catalog", "shop.json", stdin=EVENTS)
        self.assertEqual("\n", report[-1])
        report = json.loads(report)
        self.assertEqual([("S1", "One more tea", "published", 1, 3), ("S2", "A cup", "published", 2, 0),
                          ("old", None, None, None, 1)],
                         [tuple(row[key] for key in ("scenario_id", "name", "status", "priority",
                                                     "shown")) for row in report["scenarios"]])
        self.assertEqual({"fraction": "1/2", "percent": "50.00"}, report["total"]["click_rate"])

    def test_csv_is_japanese_by_default(self):
        self.assertTrue(self.report("--format", "csv", stdin=EVENTS).startswith("シナリオID,"))
        self.assertEqual(self.report("--format", "csv", "--lang", "ja", stdin=EVENTS),
                         self.report("--format", "csv", stdin=EVENTS))

    def test_byte_order_mark(self):
        report = self.report("--format", "csv", "--bom", stdin=EVENTS)
        self.assertEqual("\ufeff" + self.report("--format", "csv", stdin=EVENTS), report)

    def test_files_are_one_stream(self):
        half = EVENTS.index(b"\n", 200) + 1
        self.write("1.ndjson", EVENTS[:half])
        self.write("2.ndjson", EVENTS[half:].rstrip(b"\n"))     # the last line needs no line end
        self.assertEqual(COUNTED.decode(), self.run_tool([*REPORT_CSV, "1.ndjson", "2.ndjson"])
                         .stdout.decode())
        self.assertEqual(COUNTED.decode(), self.run_tool([*REPORT_CSV, "2.ndjson", "-", "1.ndjson",
                                                          "2.ndjson"], EVENTS).stdout.decode())

    def test_the_example_shop(self):
        shop = SOURCE_ROOT / "examples/tea-store"
        report = json.loads(self.report("--format", "json", "--catalog", str(shop / "catalog.json"),
                                        str(shop / "events.ndjson")))
        self.assertEqual(21, len(report["scenarios"]))
        self.assertEqual([15, 9, 7], [report["total"][key] for key in ("shown", "clicked", "ordered")])


    def test_the_table_of_the_example_shop(self):
        """Its README shows what the program prints."""
        shop = SOURCE_ROOT / "examples/tea-store"
        shown = (shop / "README.md").read_text("utf-8").partition("```text\n")[2].partition("```")[0]
        self.assertEqual(shown, self.report("--scenario", "S01-sencha-hojicha",
                                            str(shop / "events.ndjson")))


class Table(ToolTest):
    """The table for people; its layout may change, but it must be one."""

    def rows(self, *args, stdin=EVENTS):
        result = self.run_tool(["report", *args], stdin)
        self.assertEqual((0, b""), (result.returncode, result.stderr))
        return result.stdout.decode().splitlines()

    @staticmethod
    def width(text):
        return sum(0 if unicodedata.combining(c) else
                   2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

    def test_without_a_catalogue(self):
        self.assertEqual([
            "Scenario  Shown  Clicked  Ordered  Clicked/shown  Ordered/clicked  Ordered/shown",
            "S1            3        2        1        66.67 %          50.00 %        33.33 %",
            "old           1        0        0         0.00 %                -         0.00 %",
            "Total         4        2        1        50.00 %          50.00 %        25.00 %"],
            self.rows())

    def test_with_a_catalogue(self):
        self.assertEqual([
            ["S1", "One more tea", "published", "1", "3", "2", "1", "66.67 %", "50.00 %", "33.33 %"],
            ["S2", "A cup", "published", "2", "0", "0", "0", "-", "-", "-"],
            ["old", "-", "-", "-", "1", "0", "0", "0.00 %", "-", "0.00 %"]],
            [[cell.strip() for cell in row.split("  ") if cell.strip()]
             for row in self.rows("--catalog", "shop.json")[1:-1]])

    def test_nothing_counted(self):
        self.assertEqual(["Total         0        0        0              -                -"
                          "              -"], self.rows(stdin=b"")[1:])

    def test_one_scenario(self):
        rows = self.rows("--scenario", "old")
        self.assertEqual(3, len(rows))
        self.assertEqual(rows[1].split()[1:], rows[2].split()[1:])

    def test_columns_stand_below_each_other(self):
        """Characters of two columns, of none, and what is shown as a question mark."""
        names = ["煎茶をもう一つ", "ﾊﾝｶｸ", "が", "한국어", "🍵 tea", "Ａ１", "plain", "", "line\nbreak",
                 "\x1b[2J", "\u2028", "\u202eabc", "é", "ー「」。"]
        scenarios = [{**CATALOG["scenarios"][0], "id": f"S{i}", "name": name}
                     for i, name in enumerate(names)]
        self.write("shop.json", document(changed(CATALOG, scenarios=scenarios)))
        for language in ("ja", "en"):
            rows = self.rows("--catalog", "shop.json", "--lang", language)
            self.assertEqual(len(names) + 3, len(rows))
            self.assertEqual({self.width(rows[0])}, {self.width(row) for row in rows}, rows)
            self.assertTrue(any("line?break" in row for row in rows))
            self.assertNotIn("\x1b", "".join(rows))

    def test_japanese(self):
        rows = self.rows("--lang", "ja", "--catalog", "shop.json")
        self.assertTrue(rows[0].startswith("シナリオID"))
        self.assertIn("公開", rows[1])
        self.assertTrue(rows[-1].startswith("合計"))


class Streams(ToolTest):
    def test_lines_that_are_no_events(self):
        stdin = lines(b"", event("a", "S1", "shown"), b" \t\r", b"{", event("a", "", "ordered"),
                      event("a", "S1", "bought"), EVENTS)
        self.write("events.ndjson", stdin)
        result = self.run_tool([*REPORT_CSV, "events.ndjson"])
        self.assertEqual((1, COUNTED), (result.returncode, result.stdout))
        self.assertEqual([["events.ndjson:4", "", "json_syntax"],
                          ["events.ndjson:5", "/scenario_id", "bad_id"],
                          ["events.ndjson:6", "/event", "bad_value"]],
                         [line.split(": ")[:3] for line in result.stderr.decode().splitlines()])

    def test_errors_name_their_file_and_line(self):
        self.write("1.ndjson", b"\n?\n")
        self.write("2.ndjson", b"?")
        result = self.run_tool(["report", "1.ndjson", "-", "2.ndjson"], b"\n\n?\n")
        self.assertEqual(["1.ndjson:2", "-:3", "2.ndjson:1"],
                         [line.split(": ")[0] for line in result.stderr.decode().splitlines()])
        self.assertEqual(1, result.returncode)

    def test_a_line_that_is_too_long(self):
        long = event("a", "S1", "ordered", more="x" * LINE_MAX)
        result = self.run_tool(REPORT_CSV, lines(event("b", "S1", "shown"), long,
                                                 event("b", "S1", "clicked")))
        self.assertEqual((1, csv("S1,,,,1,1,0,100.00,0.00,0.00")),
                         (result.returncode, result.stdout))
        self.assertEqual(b"-:2: : line_too_long: A line of at most 16777216 bytes was expected; "
                         b"write one event per line.\n", result.stderr)

    def test_a_line_of_just_that_length(self):
        text = event("a", "S1", "ordered", more="")
        text = event("a", "S1", "ordered", more="x" * (LINE_MAX - len(text)))
        self.assertEqual(LINE_MAX, len(text))
        result = self.run_tool(REPORT_CSV, text)
        self.assertEqual((0, csv("S1,,,,1,1,1,100.00,100.00,100.00")),
                         (result.returncode, result.stdout))

    def test_a_stranger_cannot_steer_the_terminal(self):
        result = self.run_tool(["report"], event("\x1b[2J", "\u009b2J", "\x1b]0;x\x07"))
        self.assertEqual([], [c for c in result.stderr.decode() if ord(c) < 0x20 and c != "\n"
                              or 0x7f <= ord(c) < 0xa0])

    def test_a_file_that_cannot_be_read_makes_no_report(self):
        """A report from which events are missing would be a wrong one."""
        self.write("events.ndjson", EVENTS)
        for name, reason in (("none.ndjson", "No such file or directory"), (".", "Is a directory")):
            result = self.run_tool(["report", "events.ndjson", name])
            self.assertEqual((1, b"", f"upsell report: {name}: {reason}\n".encode()),
                             (result.returncode, result.stdout, result.stderr))

    def test_a_catalogue_that_is_refused(self):
        self.write("bad.json", b"[]")
        result = self.run_tool(["report", "--catalog", "bad.json"], EVENTS)
        self.assertEqual((1, b""), (result.returncode, result.stdout))
        self.assertTrue(result.stderr.startswith(b"bad.json: : wrong_type: "))

    def test_full_device(self):
        for form in ("text", "json", "csv"):
            with self.subTest(form), open("/dev/full", "wb") as full:
                result = self.run_tool(["report", "--format", form], EVENTS, stdout=full)
                self.assertEqual(1, result.returncode)
                self.assertIn(b"upsell: standard output: No space left on device", result.stderr)

    @unittest.skipIf(SANITIZED, "a sanitizer needs all addresses for itself")
    def test_memory_runs_out(self):
        """Then there is no report, since the counts would be wrong."""
        events = b"".join(event(f"session-{i}", "S1", "shown") + b"\n" for i in range(300000))
        result = self.run_tool(["report"], events, preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_AS, (24 << 20, 24 << 20)))
        self.assertEqual((1, b""), (result.returncode, result.stdout))
        self.assertRegex(result.stderr, rb"\A-:\d+: : no_memory: [A-Z][^\n]*\.\n\Z")

    def test_memory_is_that_of_the_sessions(self):
        """Not that of the events."""
        events = lines(*(event(f"s{i}", "S1", "ordered", more="x" * 500) for i in range(50)))
        result = self.run_tool(REPORT_CSV, events * 2000)
        self.assertEqual(csv("S1,,,,50,50,50,100.00,100.00,100.00"), result.stdout)


def wrong(name, args, said):
    return Case(name, ["report", *args], stdin=EVENTS, status=2,
                stderr=f"upsell report: {said}\nTry 'upsell report --help'.\n".encode())


class Usage(ToolTest):
    pass


add_cases(Usage, [
    Case("csv from standard input", REPORT_CSV, stdin=EVENTS, stdout=COUNTED),
    Case("standard input by name", [*REPORT_CSV, "-"], stdin=EVENTS, stdout=COUNTED),
    Case("the catalogue from standard input", [*REPORT_CSV, "--catalog", "-", "e.ndjson"],
         stdin=document(CATALOG), files={"e.ndjson": EVENTS},
         stdout=csv("S1,One more tea,published,1,3,2,1,66.67,50.00,33.33",
                    "S2,A cup,published,2,0,0,0,,,", "old,,,,1,0,0,0.00,,0.00")),
    Case("one scenario", [*REPORT_CSV, "--scenario", "old"], stdin=EVENTS,
         stdout=csv("old,,,,1,0,0,0.00,,0.00")),
    Case("a scenario that nobody knows", [*REPORT_CSV, "--scenario", "s1"], stdin=EVENTS, status=1,
         stderr=pattern(r'options: /scenario_id: unknown_id: [A-Z][^\n]*"s1"\.\n')),
    Case("a scenario that nobody knows, for people", ["report", "--scenario", ""], stdin=EVENTS,
         status=1, stderr=pattern(r"options: /scenario_id: unknown_id: [A-Z][^\n]*\n")),
    wrong("unknown format", ["--format", "xml"], "the format is text, json or csv: xml"),
    wrong("unknown language", ["--lang", "fr"], "the language is en or ja: fr"),
    wrong("a mark for text", ["--bom"], "--bom is for --format csv"),
    wrong("a mark for json", ["--bom", "--format", "json"], "--bom is for --format csv"),
    wrong("standard input twice", ["-", "-"], "standard input can be read only once"),
    wrong("all from standard input", ["--catalog", "-"], "standard input can be read only once"),
    Case("unknown option", ["report", "--all"], status=2, stdin=EVENTS, stderr=pattern(
        r"upsell report: [^\n]*option[^\n]*\nTry 'upsell report --help'\.\n")),
])


if __name__ == "__main__":
    main()
