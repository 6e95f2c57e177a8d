# SPDX-License-Identifier: MIT
"""Adds up what meson's test runs counted and prints "N passed, N failed".

A program that dies before it has told of all its tests counts as a failure of its
own, and so does a test that was skipped.

Usage: summary.py BUILD_FOLDER...
"""
import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

GOOD = {"OK", "EXPECTEDFAIL"}


def count_cases(logs: Path) -> tuple[int, list[str]]:
    """How many tests were told of, and the names of those that did not pass."""
    cases = list(ElementTree.parse(logs / "testlog.junit.xml").getroot().iter("testcase"))
    bad = [case.get("name", "?") for case in cases
           if any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))]
    return len(cases), bad


def count(folder: str) -> tuple[int, int]:
    logs = Path(folder) / "meson-logs"
    total, bad = count_cases(logs)
    programs = [json.loads(line) for line in (logs / "testlog.json").read_text().splitlines()]
    broken = [program["name"] for program in programs if program["result"] not in GOOD]
    failed = max(len(bad), len(broken))
    for name in bad + [f"program {name}" for name in broken]:
        print(f"{folder}: not passed: {name}", file=sys.stderr)
    return max(total - len(bad), 0), failed


def main(folders: list[str]) -> int:
    passed = failed = 0
    for folder in folders:
        good, bad = count(folder)
        print(f"{folder}: {good} passed, {bad} failed")
        passed += good
        failed += bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
