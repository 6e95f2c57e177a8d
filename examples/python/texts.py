# SPDX-License-Identifier: MIT
"""Texts of other people, for terminals and pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# What could move the cursor of a terminal, or turn the direction of writing.
UNCLEAN = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """A text that may be shown, whatever is in it."""
    return UNCLEAN.sub("?", text)


def width(text: str) -> int:
    """How many columns a text takes; most Japanese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int, justify: Callable[[str, int], str]) -> str:
    """Fills a text up with spaces, by str.ljust or str.rjust."""
    return justify(text, columns - width(text) + len(text))


def shorten(text: str, columns: int) -> str:
    """Cuts off what does not fit, and shows that something was cut off."""
    if width(text) <= columns:
        return text
    while width(text) >= columns:
        text = text[:-1]
    return text + "…"
