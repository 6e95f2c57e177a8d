# SPDX-License-Identifier: MIT
"""Adds up what meson's test runs counted and prints "N passed, N failed".

Usage: summary.py BUILD_FOLDER...
"""
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def count(folder: str) -> tuple[int, int]:
    """Passed and failed tests of a build folder; a skipped one counts as failed."""
    root = ElementTree.parse(Path(folder) / "meson-logs" / "testlog.junit.xml").getroot()
    total = failed = 0
    for case in root.iter("testcase"):
        total += 1
        if any(case.find(kind) is not None for kind in ("failure", "error", "skipped")):
            failed += 1
            print(f"{folder}: not passed: {case.get('name')}", file=sys.stderr)
    return total - failed, failed


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
