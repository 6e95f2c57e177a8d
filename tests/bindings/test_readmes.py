# SPDX-License-Identifier: MIT
"""The project's READMEs: their Python and Ruby runs as it stands there, and says what it says.

Usage: test_readmes.py RUBY
"""
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(os.environ["UPSELL_SOURCE_ROOT"])
PAGES = ("README.md", "README.ja.md")
RUBY = sys.argv.pop(1)


def block(page: str, language: str) -> str:
    text = (ROOT / page).read_text("utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.S | re.M)
    if len(blocks) != 1:
        raise AssertionError(f"{page} has {len(blocks)} blocks in {language}")
    return blocks[0]


def said(*command: str, text: str) -> tuple[int, str, str]:
    """Exit status, output and errors of a program that is read from standard input."""
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", cwd=ROOT,
                          timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


class Readmes(unittest.TestCase):
    def test_python(self):
        for page in PAGES:
            with self.subTest(page):
                self.assertEqual((0, "S01-sencha-hojicha 800\n", ""),
                                 said(sys.executable, "-W", "error", "-", text=block(page, "python")))

    def test_ruby(self):
        for page in PAGES:
            with self.subTest(page):
                self.assertEqual((0, "S01-sencha-hojicha 800\n", ""),
                                 said(RUBY, "-w", "-", text=block(page, "ruby")))


if __name__ == "__main__":
    unittest.main()
