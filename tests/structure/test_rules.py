# SPDX-License-Identifier: MIT
"""The rules of docs/specification.md: each id that is used exists, each that counts is used."""

import re
import unittest

from support import SOURCE_ROOT, main

GROUPS = ["DOC", "VAL", "CAT", "ORD", "ADA", "OUT", "DEC", "TGT", "PRC", "PLN", "RUN", "BAT", "PAG", "SES", "CNT",
          "CLI"]

# Every rule of these must be pointed at by code or by a test.
COVERED = ["VAL", "CAT", "ORD", "ADA", "DEC", "TGT", "PRC", "OUT", "PLN", "RUN", "BAT", "PAG", "SES",
           "CNT"]

RULE = re.compile(rf"\b(?:{'|'.join(GROUPS)})-\d+\b")

# "DOC-1 ... DOC-8": it says nothing of those between, and little of its ends.
RANGE = re.compile(rf"{RULE.pattern}\s*(?:\.\.\.|…|–|to)\s*{RULE.pattern}")

FOLDERS = ["include", "lib", "tools", "tests"]

SUFFIXES = {".c", ".h", ".py", ".json", ".ndjson", ".md", ".txt", ".build", ".1"}


def files():
    for folder in FOLDERS:
        for path in sorted((SOURCE_ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                yield path


def mentions(with_ranges):
    """Each id with the files and lines that have it."""
    found = {}
    for path in files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for rule in RULE.findall(line if with_ranges else RANGE.sub("", line)):
                found.setdefault(rule, []).append(f"{path.relative_to(SOURCE_ROOT)}:{number}")
    return found


class Rules(unittest.TestCase):
    def setUp(self):
        text = (SOURCE_ROOT / "docs/specification.md").read_text(encoding="utf-8")
        self.defined = re.findall(r"^- \*\*([A-Z]+-\d+)\*\* ", text, re.M)
        self.text = text

    def test_ids_are_unique_and_without_gaps(self):
        self.assertEqual(set(GROUPS), {rule.split("-")[0] for rule in self.defined})
        for group in GROUPS:
            numbers = [int(rule.split("-")[1]) for rule in self.defined
                       if rule.startswith(group + "-")]
            with self.subTest(group=group):
                self.assertEqual(list(range(1, len(numbers) + 1)), numbers)

    def test_the_specification_mentions_only_its_rules(self):
        self.assertEqual(set(), set(RULE.findall(self.text)) - set(self.defined))

    def test_every_mentioned_rule_exists(self):
        found = mentions(with_ranges=True)
        self.assertGreater(len(found), 40)
        self.assertEqual({}, {rule: places for rule, places in found.items()
                              if rule not in self.defined})

    def test_every_rule_is_pointed_at(self):
        """By its own id, in code or in a test."""
        found = mentions(with_ranges=False)
        self.assertEqual([], [rule for rule in self.defined
                              if rule.split("-")[0] in COVERED and rule not in found])


if __name__ == "__main__":
    main()
