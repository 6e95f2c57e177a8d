# SPDX-License-Identifier: MIT
"""The example that people copy does what it says. Usage: test_drive_plan.py PROGRAM"""

import subprocess
import sys
import unittest

PROGRAM = ""

EXPECTED = """\
charge: no answer
(2 seconds pass)
charge: answered
(the program is killed, and starts again with its journal)
(2 seconds pass)
charge: answered
find_order: answered
claim: answered
read_claim: answered
confirm: answered
verify: answered
completed; charged 1 time(s)
"""


class DrivePlan(unittest.TestCase):
    def test_output(self):
        result = subprocess.run([PROGRAM], capture_output=True, encoding="utf-8", timeout=60,
                                check=False)
        self.assertEqual((0, EXPECTED, ""), (result.returncode, result.stdout, result.stderr))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
