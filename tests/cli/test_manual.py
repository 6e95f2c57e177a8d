# SPDX-License-Identifier: MIT
"""The manual page says what the program does: same options, and examples that are true."""

import os
import re
import shutil
import subprocess

from support import PATIENCE, SOURCE_ROOT, TOOL, ToolTest, environment, main

PAGE = SOURCE_ROOT / "tools/upsell.1"

COMMANDS = ["decide", "plan", "check", "round", "report"]

# As characters are written in the source of the page.
ESCAPES = {r"\e": "\\", r"\(aq": "'", r"\(ha": "^", r"\(ti": "~", r"\(ga": "`", r"\&": "",
           r"\-": "-"}


def section(text, macro, title):
    """What stands under a heading, up to the next one of its level or above."""
    levels = {"Sh": "Sh", "Ss": "Sh|Ss"}[macro]
    found = re.search(rf"^\.{macro} {re.escape(title)}\n(.*?)(?=^\.(?:{levels}) |\Z)", text,
                      re.M | re.S)
    if not found:
        raise AssertionError(f"the page has no heading {title}")
    return found[1]


def options_of_help(text):
    return re.findall(r"^  (--[a-z-]+)", text, re.M)


def listed_options(text):
    return ["-" + name for name in re.findall(r"^\.It Fl (-[a-z-]+)", text, re.M)]


def plain(line):
    r"""A line of an example as it is shown: \e is a backslash."""
    def character(found):
        return ESCAPES[found[0]]
    return re.sub(r"\\(?:\(..|.)", character, line)


def examples(text):
    """Command and output of each example."""
    found = []
    for block in re.findall(r"^\.Bd -literal\n(.*?)^\.Ed$", text, re.M | re.S):
        for line in map(plain, block.splitlines()):
            if line.startswith("$ "):
                found.append([line[2:], ""])
            else:
                found[-1][1] += line + "\n"
    return found


class Manual(ToolTest):
    def setUp(self):
        super().setUp()
        self.page = PAGE.read_text(encoding="ascii")

    def help_of(self, *command):
        return self.run_tool([*command, "--help"]).stdout.decode()

    def test_lint(self):
        mandoc = shutil.which("mandoc")
        if not mandoc:
            self.skipTest("mandoc is not installed")
        result = subprocess.run([mandoc, "-Tlint", "-Wwarning", str(PAGE)], capture_output=True,
                                text=True, timeout=PATIENCE, check=False)
        self.assertEqual((0, "", ""), (result.returncode, result.stdout, result.stderr))

    def test_options_of_each_command(self):
        """The same options in the help and in the page's list, in the same order."""
        for command in COMMANDS:
            with self.subTest(command=command):
                options = options_of_help(self.help_of(command))
                self.assertGreater(len(options), 1)
                self.assertEqual(options, listed_options(section(self.page, "Ss", command)))

    def test_options_of_the_program(self):
        self.assertEqual(options_of_help(self.help_of()),
                         listed_options(section(self.page, "Sh", "DESCRIPTION")))

    def test_synopsis(self):
        """The options of the synopsis are those of the help, which stands on a line of its own."""
        synopsis = section(self.page, "Sh", "SYNOPSIS")
        for command in COMMANDS:
            with self.subTest(command=command):
                part = re.search(rf"^\.Cm {command}\n(.*?)(?=^\.Nm|\Z)", synopsis, re.M | re.S)[1]
                self.assertEqual([option for option in options_of_help(self.help_of(command))
                                  if option != "--help"],
                                 ["-" + name for name in re.findall(r"(-[a-z][a-z-]*)", part)])
        self.assertIn(f".Op Cm {' | '.join(COMMANDS)}\n.Fl -help\n", synopsis)
        self.assertIn(".Fl -version\n", synopsis)

    def test_commands(self):
        self.assertEqual(COMMANDS, re.findall(r"^\.Ss (.*)$", self.page, re.M))
        self.assertEqual(COMMANDS, re.findall(r"^  ([a-z]+) ", self.help_of(), re.M))

    def test_help_tells_every_option_that_is_read(self):
        """The tables that getopt_long() works with, against the help."""
        for command in COMMANDS:
            with self.subTest(command=command):
                source = (SOURCE_ROOT / f"tools/{command}.c").read_text(encoding="utf-8")
                read = re.findall(r'\{"([a-z-]+)", (?:no|required)_argument', source)
                self.assertEqual(["--" + name for name in read],
                                 options_of_help(self.help_of(command)))

    def test_values_in_help_and_page(self):
        """Defaults and choices that the help names stand in the page, too."""
        for command in COMMANDS:
            text = section(self.page, "Ss", command)
            for found in re.finditer(r"\(default (?P<a>[^)]+)\)|default (?P<b>[a-z_,]+)$",
                                     self.help_of(command), re.M):
                default = found["a"] or found["b"]
                with self.subTest(command=command, default=default):
                    self.assertIn(default, text)

    def test_limit_of_a_line(self):
        header = (SOURCE_ROOT / "include/upsell/batch.h").read_text(encoding="utf-8")
        self.assertIn("#define UPSELL_LINE_MAX_BYTES 16777216\n", header)
        self.assertIn("16 MiB (16,777,216 bytes)", section(self.page, "Sh", "STREAMS"))

    def test_examples_use_every_command(self):
        commands = "\n".join(command for command, _ in
                             examples(section(self.page, "Sh", "EXAMPLES")))
        for command in COMMANDS:
            self.assertIn(f"upsell {command} ", commands)

    def test_examples(self):
        """Each command gives the output below it; `cat` shows a file for the later ones."""
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "upsell").symlink_to(TOOL)
        env = environment(PATH=f"{programs}:{os.environ['PATH']}")
        found = examples(section(self.page, "Sh", "EXAMPLES"))
        self.assertGreater(len(found), 5)
        for command, output in found:
            if command.startswith("cat "):
                self.write(command[len("cat "):], output.encode())
            with self.subTest(command=command):
                result = subprocess.run(["sh", "-c", command], cwd=self.folder, env=env,
                                        capture_output=True, timeout=PATIENCE, check=False)
                self.assertEqual((output, ""), (result.stdout.decode(), result.stderr.decode()))
                self.assertEqual(0, result.returncode)

    def test_every_exit_status(self):
        statuses = re.findall(r"^\.It (\d+)$", section(self.page, "Sh", "EXIT STATUS"), re.M)
        self.assertEqual(["0", "1", "2"], statuses)
        self.assertEqual([0, 1, 2], [self.run_tool(args).returncode for args in
                                     (["--version"], ["check", "none.json"], [])])


if __name__ == "__main__":
    main()
