# SPDX-License-Identifier: MIT
"""Runs the tests of a binding and tells of each as TAP, which Meson counts.

Usage: tap.py COMMAND [ARGUMENT...]

An argument that ends with =JUNIT, or a variable of the environment that is JUNIT, gets the name of
a file instead, in which the command leaves its results as JUnit XML. What the command prints goes
to standard error. A command that fails although all its tests passed, that tells of no test, or
that does not end, is a failure of its own.
"""
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

# Less than Meson waits, so that what was told until then is seen.
SECONDS = 560

BAD = ("failure", "error", "skipped")


def results(path: str) -> list[tuple[str, str]]:
    """The name of each test, and what went wrong: nothing, for one that passed."""
    found = []
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        name = f"{case.get('classname', '')} {case.get('name', '')}".strip()
        wrong = next((part for part in case if part.tag in BAD), None)
        text = "" if wrong is None else wrong.get("message") or wrong.text or wrong.tag
        found.append((name, text))
    return found


def tell(cases: list[tuple[str, str]]) -> None:
    print(f"1..{len(cases)}")
    for number, (name, wrong) in enumerate(cases, 1):
        # TAP gives "#" a meaning; JUnit has names of any text.
        name = name.replace("#", "no. ").replace("\n", " ")
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
        for line in wrong.splitlines()[:20]:
            print(f"# {line}")


def run(command: list[str], environment: dict[str, str]) -> str:
    """How the command ended, if not well."""
    try:
        status = subprocess.run(command, stdout=sys.stderr, env=environment, timeout=SECONDS,
                                check=False).returncode
    except subprocess.TimeoutExpired:
        return f"it was stopped after {SECONDS} seconds"
    return f"it ended with status {status}" if status else ""


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "junit.xml")
        environment = {key: path if value == "JUNIT" else value
                       for key, value in os.environ.items()}
        words = [word[:-len("JUNIT")] + path if word.endswith("=JUNIT") else word
                 for word in command]
        ended = run(words, environment)
        cases = results(path) if os.path.exists(path) else []
    told = any(wrong for _, wrong in cases)
    if not cases or (ended and not told):
        cases.append((f"{command[0]} ends well", ended or "it told of no test"))
    tell(cases)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
