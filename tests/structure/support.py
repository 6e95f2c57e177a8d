# SPDX-License-Identifier: MIT
"""What the checks of the project's structure share: where things are, and C read as text."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

SOURCE_ROOT = pathlib.Path(os.environ["UPSELL_SOURCE_ROOT"])
BUILD_ROOT = pathlib.Path(os.environ["UPSELL_BUILD_ROOT"])
TOOL = os.environ["UPSELL_TOOL"]
SHARED_LIB = pathlib.Path(os.environ["UPSELL_SHARED_LIB"])
STATIC_LIB = pathlib.Path(os.environ["UPSELL_STATIC_LIB"])
CC = os.environ["UPSELL_CC"].split("|")
CXX = os.environ.get("UPSELL_CXX", "")

INCLUDE = SOURCE_ROOT / "include"
HEADERS = sorted((INCLUDE / "upsell").glob("*.h"))
LIBRARY = sorted((SOURCE_ROOT / "lib").rglob("*.[ch]"))

COMMENT_OR_STRING = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'""", re.X | re.S)


def run(*command, **more):
    """Runs a program and returns its standard output; an error of the program is a failure."""
    more.setdefault("timeout", 120)
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                            check=False, **more)
    if result.returncode:
        raise AssertionError(f"{' '.join(map(str, command))}\ngave status {result.returncode}:\n"
                             f"{result.stdout}{result.stderr}")
    return result.stdout


def code_of(text, keep_strings=False):
    """C without comments, and strings emptied; every line keeps its number."""
    def blank(found):
        part = found[0]
        if part[0] in "\"'":
            return part if keep_strings else part[0] * 2
        return " " + "\n" * part.count("\n")
    return COMMENT_OR_STRING.sub(blank, text)


def comments_of(text):
    """The comments alone, without those that are inside strings."""
    return "\n".join(part for part in COMMENT_OR_STRING.findall(text) if part[0] == "/")


def place(path, text, at):
    """file:line of a position in a text."""
    return f"{path.relative_to(SOURCE_ROOT)}:{text.count(chr(10), 0, at) + 1}"


class Prototype:
    """An exported function as its header declares it."""

    PATTERN = re.compile(r"UPSELL_API\s+(?P<result>[\w\s*]+?)\s*\b(?P<name>\w+)\s*"
                         r"\((?P<parameters>[^)]*)\)\s*;")

    def __init__(self, path, text, found):
        self.name = found["name"]
        self.result = found["result"].strip()
        self.where = place(path, text, found.start())
        self.parameters = [re.search(r"(\w+)\s*$", part)[1]
                           for part in found["parameters"].split(",")
                           if part.strip() != "void"]
        before = text[:found.start()].rstrip()
        self.comment = ""
        if before.endswith("*/") and before.rfind("/**") > before[:-2].rfind("*/"):
            self.comment = before[before.rfind("/**"):]


def prototypes():
    """All exported functions, and nothing that only looks like one in a comment."""
    found = []
    for path in HEADERS:
        text = path.read_text(encoding="utf-8")
        code = code_of(text)
        marks = [match["name"] for match in Prototype.PATTERN.finditer(code)]
        found += [Prototype(path, text, match) for match in Prototype.PATTERN.finditer(text)
                  if match["name"] in marks]
    return found


def define_of(name):
    """The value of a macro of version.h."""
    text = (INCLUDE / "upsell/version.h").read_text(encoding="utf-8")
    return re.search(rf"^#define {name} (\S+)$", text, re.M)[1]


def release():
    return ".".join(define_of("UPSELL_VERSION_" + part) for part in ("MAJOR", "MINOR", "PATCH"))


def main():
    unittest.main(argv=sys.argv, verbosity=1)
