# SPDX-License-Identifier: MIT
"""Help, version and wrong usage (CLI-5)."""

import re

from support import Case, SOURCE_ROOT, ToolTest, add_cases, main, pattern


class Help(ToolTest):
    def check_help(self, args, first_words):
        result = self.run_tool(args)
        self.assertEqual((0, b""), (result.returncode, result.stderr))
        self.assertTrue(result.stdout.decode("ascii").startswith(first_words), result.stdout)
        for line in result.stdout.decode("ascii").splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_help_of_the_program(self):
        self.check_help(["--help"], "Usage: upsell COMMAND [OPTION]... [FILE]\n")

    def test_help_names_every_command(self):
        text = self.run_tool(["--help"]).stdout.decode("ascii")
        self.assertEqual(["decide", "plan", "check", "round", "report"],
                         re.findall(r"^  ([a-z]+) ", text, re.M))

    def test_help_of_decide(self):
        self.check_help(["decide", "--help"], "Usage: upsell decide --catalog C.json ")

    def test_help_of_check(self):
        self.check_help(["check", "--help"], "Usage: upsell check [OPTION]... C.json\n")

    def test_help_of_round(self):
        self.check_help(["round", "--help"], "Usage: upsell round --price P --percent D ")

    def test_help_of_report(self):
        self.check_help(["report", "--help"], "Usage: upsell report [OPTION]... [EVENTS.ndjson]...")

    def test_help_after_other_options(self):
        self.check_help(["decide", "--catalog", "missing.json", "--help"], "Usage: upsell decide")

    def test_version(self):
        header = (SOURCE_ROOT / "include/upsell/version.h").read_text()
        version = ".".join(re.search(rf"UPSELL_VERSION_{part} (\d+)", header)[1]
                           for part in ("MAJOR", "MINOR", "PATCH"))
        result = self.run_tool(["--version"])
        self.assertEqual((0, f"upsell {version}\n".encode(), b""),
                         (result.returncode, result.stdout, result.stderr))


BAD_OPTION = object()


def wrong(name, args, message, command=None):
    """Wrong usage: nothing on standard output, a message and where to look, status 2.

    What is wrong with an option (BAD_OPTION), getopt says in its own words.
    """
    words = "upsell" if command is None else f"upsell {command}"
    said = r"[^\n]*option[^\n]*" if message is BAD_OPTION else re.escape(message)
    return Case(name, args, status=2, stderr=pattern(
        rf"{words}: {said}\n" + re.escape(f"Try '{words} --help'.\n")))


class WrongUsage(ToolTest):
    pass


add_cases(WrongUsage, [
    wrong("no command", [], "a command is missing"),
    wrong("unknown command", ["decline"], "unknown command: decline"),
    wrong("empty command", [""], "unknown command: "),
    wrong("unknown option instead of a command", ["--quiet"], "unknown command: --quiet"),
    wrong("commands have no short forms", ["dec"], "unknown command: dec"),

    wrong("decide without catalogue", ["decide", "orders.ndjson"],
          "--catalog is required", "decide"),
    wrong("decide without anything", ["decide"], "--catalog is required", "decide"),
    wrong("decide unknown option", ["decide", "--catalog", "shop.json", "--fast"],
          BAD_OPTION, "decide"),
    wrong("decide unknown short option", ["decide", "--catalog", "shop.json", "-x"],
          BAD_OPTION, "decide"),
    wrong("decide catalogue without a name", ["decide", "--catalog"], BAD_OPTION, "decide"),
    wrong("decide explain takes no value", ["decide", "--catalog", "shop.json", "--explain=1"],
          BAD_OPTION, "decide"),
    wrong("decide from what is not known",
          ["decide", "--catalog", "shop.json", "--from", "shopify"],
          "lines are order, shopify-input-data or shopify-order: shopify", "decide"),
    wrong("decide from nothing", ["decide", "--catalog", "shop.json", "--from"], BAD_OPTION,
          "decide"),
    wrong("decide unknown format", ["decide", "--catalog", "shop.json", "--format", "xml"],
          "the format is json or text: xml", "decide"),
    wrong("decide format in capitals", ["decide", "--catalog", "shop.json", "--format", "JSON"],
          "the format is json or text: JSON", "decide"),
    wrong("decide unknown language", ["decide", "--catalog", "shop.json", "--lang", "fr"],
          "the language is en or ja: fr", "decide"),
    wrong("decide two files", ["decide", "--catalog", "shop.json", "a", "b"],
          "one file of orders was expected, found more: b", "decide"),
    wrong("decide all from standard input", ["decide", "--catalog", "-"],
          "catalogue and orders cannot both come from standard input", "decide"),
    wrong("decide all from standard input by name", ["decide", "--catalog", "-", "-"],
          "catalogue and orders cannot both come from standard input", "decide"),

    wrong("check without file", ["check"], "exactly one catalogue file was expected", "check"),
    wrong("check two files", ["check", "shop.json", "shop.json"],
          "exactly one catalogue file was expected", "check"),
    wrong("check unknown option", ["check", "--all", "shop.json"], BAD_OPTION, "check"),

    wrong("round without anything", ["round"], "--price and --percent are required", "round"),
    wrong("round without percent", ["round", "--price", "356"],
          "--price and --percent are required", "round"),
    wrong("round without price", ["round", "--percent", "10"],
          "--price and --percent are required", "round"),
    wrong("round unknown option", ["round", "--price", "356", "--percent", "10", "--up"],
          BAD_OPTION, "round"),
    wrong("round with an argument", ["round", "--price", "356", "--percent", "10", "3"],
          "unexpected argument: 3", "round"),
])


if __name__ == "__main__":
    main()
