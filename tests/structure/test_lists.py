# SPDX-License-Identifier: MIT
"""The lists of statuses and reasons: numbers and names unique and in order (DOC-6)."""

import re
import unittest

from support import INCLUDE, main


def entries(header, name):
    """(symbol, number, name) of each X(...) of a list."""
    text = (INCLUDE / "upsell" / header).read_text(encoding="utf-8")
    body = re.search(rf"^#define {name}\(X\)((?:[^\n]*\\\n)*[^\n]*)$", text, re.M)[1]
    found = re.findall(r'X\((\w+), (\d+), "([^"]*)"[,)]', body)
    assert len(found) == body.count("X("), "an entry was not understood"
    return [(symbol, int(number), word) for symbol, number, word in found]


class Lists(unittest.TestCase):
    def check(self, header, name):
        found = entries(header, name)
        self.assertGreater(len(found), 7)
        numbers = [number for _, number, _ in found]
        self.assertEqual(sorted(set(numbers)), numbers, "numbers are not unique and in order")
        names = [word for _, _, word in found]
        self.assertEqual(len(set(names)), len(names), "a name stands twice")
        for symbol, _, word in found:
            self.assertEqual(symbol.lower(), word)
            self.assertRegex(word, r"^[a-z]+(_[a-z]+)*$")

    def test_statuses(self):
        self.check("status.h", "UPSELL_STATUS_LIST")

    def test_reasons(self):
        self.check("decision.h", "UPSELL_REASON_LIST")

    def test_success_is_zero(self):
        self.assertEqual(("OK", 0, "ok"), entries("status.h", "UPSELL_STATUS_LIST")[0])

    def test_states(self):
        self.check("runner.h", "UPSELL_STATE_LIST")

    def test_names_of_the_two_lists_differ(self):
        """But for the one fact that a decision and an adapter may both find."""
        statuses = {word for _, _, word in entries("status.h", "UPSELL_STATUS_LIST")}
        reasons = {word for _, _, word in entries("decision.h", "UPSELL_REASON_LIST")}
        self.assertEqual({"currency_mismatch"}, statuses & reasons)


if __name__ == "__main__":
    main()
