# SPDX-License-Identifier: MIT
"""README.md and the smallest example in examples/python.

Environment: UPSELL_SMALLEST (the smallest example in C), UPSELL_SOURCE_ROOT; and for the
examples UPSELL_LIBRARY and PYTHONPATH.
"""

import os
import pathlib
import re
import tempfile
import unittest

from replaying import EXAMPLES, PYTHON, SOURCE_ROOT, run

SMALLEST = os.environ["UPSELL_SMALLEST"]


class Documentation(unittest.TestCase):
    def test_readme(self):
        """Its commands print what it shows."""
        text = (EXAMPLES / "README.md").read_text("utf-8")
        blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
        with tempfile.TemporaryDirectory() as folder:
            for name in ("examples", "bindings"):
                os.symlink(SOURCE_ROOT / name, pathlib.Path(folder, name))
            environment = {**os.environ, "PATH": f"/usr/bin:{os.environ['PATH']}"}
            del environment["PYTHONPATH"]
            setting, out = blocks[0][1], ""
            self.assertTrue(setting.startswith("export PYTHONPATH="))
            shown = 0
            for kind, block in blocks[1:]:
                if kind == "sh":
                    status, out, err = run("sh", "-ec", setting + block, cwd=folder,
                                           env=environment)
                    self.assertEqual((0, ""), (status, err))
                else:
                    self.assertIn(block, out)
                    shown += 1
            self.assertEqual(2, shown)

    def test_smallest(self):
        """It says what the one in C says."""
        expected = run(SMALLEST)
        self.assertEqual((0, "S1: 720 yen now, 900 yen later\n", ""), expected)
        self.assertEqual(expected, run(PYTHON, EXAMPLES / "smallest.py"))


if __name__ == "__main__":
    unittest.main()
