# SPDX-License-Identifier: MIT
"""Runs of examples/python/replay.py over a made-up year that the tests of a class share."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

TOOL = os.environ["UPSELL_TOOL"]
SOURCE_ROOT = pathlib.Path(os.environ["UPSELL_SOURCE_ROOT"])
EXAMPLES = SOURCE_ROOT / "examples/python"

PYTHON = "/usr/bin/python3"
REPLAY = EXAMPLES / "replay.py"

ORDERS = 3000

# What takes longer hangs.
PATIENCE = 60


def run(*words, **more):
    """(status, standard output, standard error) of a program."""
    result = subprocess.run([str(word) for word in words], capture_output=True, encoding="utf-8",
                            timeout=PATIENCE, check=False, **more)
    return result.returncode, result.stdout, result.stderr


def replay(*words, **more):
    return run(PYTHON, REPLAY, *words, **more)


class Case(unittest.TestCase):
    """Has a folder of its own, and a short year that all share."""

    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="upsell-replay-"))
        cls.addClassCleanup(shutil.rmtree, cls.root)
        os.environ["MPLCONFIGDIR"] = str(cls.root / "matplotlib")  # it keeps a cache there
        cls.year = cls.root / "year"
        status, _, err = replay("make", cls.year, "--orders", ORDERS, "--seed", 7)
        assert (status, err) == (0, ""), err
        cls.before, cls.after, cls.orders = (
            cls.year / name for name in ("before.json", "after.json", "orders.ndjson"))

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.root))

    def compare(self, *words, before=None, after=None, orders=None, **more):
        return replay("compare", before or self.before, after or self.after, orders or self.orders,
                      "--out", self.folder / "out", *words, **more)

    def written(self):
        """Names in the folder of results."""
        out = self.folder / "out"
        return sorted(path.name for path in out.iterdir()) if out.is_dir() else []

    def save(self, name, text):
        (self.folder / name).write_text(text, "utf-8")
        return self.folder / name

    def without(self, module):
        """An environment in which a module is missing."""
        (self.folder / f"{module}.py").write_text("raise ImportError('not here')\n", "utf-8")
        return {**os.environ, "PYTHONPATH": f"{self.folder}:{os.environ['PYTHONPATH']}"}

    def contents(self):
        """What is in each file of the folder of results."""
        return {name: (self.folder / "out" / name).read_bytes() for name in self.written()}
