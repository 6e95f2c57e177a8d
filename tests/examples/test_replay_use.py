# SPDX-License-Identifier: MIT
"""How examples/python/replay.py is used: on a terminal, with bad input, with Ctrl-C.

Environment: UPSELL_TOOL (the program), UPSELL_SOURCE_ROOT; and for the examples UPSELL_LIBRARY
and PYTHONPATH.
"""

import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from replaying import EXAMPLES, PATIENCE, PYTHON, REPLAY, TOOL, Case, replay, run

sys.path.insert(0, str(EXAMPLES))


def start(*words):
    """The program under way, with pipes, and stopped by SIGINT even where a shell ignores it."""
    return subprocess.Popen(
        [PYTHON, REPLAY, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))


class Terminal(Case):
    def on_a_terminal(self, **more):
        """What a terminal shows of standard error."""
        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            [PYTHON, REPLAY, "compare", self.before, self.after, self.orders,
             "--out", self.folder / "out", "--no-chart"],
            stdout=subprocess.DEVNULL, stderr=theirs, **more)
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # nobody writes to the terminal any more
            pass
        os.close(ours)
        self.assertEqual(0, child.wait(PATIENCE))
        return shown.decode()

    def test_progress(self):
        self.assertIn(" 0% 0.00/", self.on_a_terminal())

    def test_no_tqdm(self):
        self.assertEqual("a progress bar needs tqdm: apt-get install python3-tqdm\r\n",
                         self.on_a_terminal(env=self.without("tqdm")))


class BadInput(Case):
    def test_bad_catalogs(self):
        """All problems of both, as `upsell check` tells them."""
        paths = []
        for number, path in enumerate((self.before, self.after)):
            catalog = json.loads(path.read_text("utf-8"))
            catalog["scenarios"][number]["priority"] = -1
            catalog["scenarios"][3]["status"] = "\x1b[2J\u202e"
            paths.append(self.save(path.name, json.dumps(catalog, ensure_ascii=False)))
        told = "".join(run(TOOL, "check", path)[1] for path in paths)
        self.assertEqual(4, len(told.splitlines()))
        self.assertEqual((1, "", told),
                         self.compare("--no-chart", before=paths[0], after=paths[1]))
        self.assertEqual([], self.written())

    def test_two_currencies(self):
        catalog = json.loads(self.before.read_text("utf-8")) | {"currency": "USD"}
        other = self.save("usd.json", json.dumps(catalog))
        status, out, err = self.compare("--no-chart", after=other)
        self.assertEqual((1, "", "revenue can only be compared in one currency: "
                          f"{self.before} is in JPY, {other} is in USD\n"), (status, out, err))

    def test_missing_files(self):
        missing = self.folder / "missing"
        for side in ("before", "after", "orders"):
            with self.subTest(side):
                self.assertEqual((1, "", f"{missing}: No such file or directory\n"),
                                 self.compare("--no-chart", **{side: missing}))
                self.assertEqual([], self.written())

    def test_no_folder(self):
        (self.folder / "out").write_text("a file")
        self.assertEqual((1, "", f"{self.folder / 'out'}: File exists\n"),
                         self.compare("--no-chart"))

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run(
                [PYTHON, REPLAY, "compare", self.before, self.after, self.orders,
                 "--out", self.folder / "out", "--no-chart"], stdout=full,
                stderr=subprocess.PIPE, encoding="utf-8", timeout=PATIENCE, check=False)
        self.assertEqual((1, "output: No space left on device\n"),
                         (result.returncode, result.stderr))

    def test_usage(self):
        for words in ((), ("compare",), ("make", self.folder, "--orders", "0"),
                      ("compare", "a", "b", "c", "--out", "d", "--cycles", "1001"),
                      ("compare", "a", "b", "c", "--out", "d", "--lang", "fr")):
            with self.subTest(words):
                status, out, err = replay(*words)
                self.assertEqual((2, "", "usage: "), (status, out, err[:7]))

    def test_interrupted(self):
        """What was there before is there again."""
        self.compare()
        before = self.contents()
        self.assertEqual(3, len(before))
        child = start("compare", self.before, self.after, "-", "--out", self.folder / "out")
        # More than fits into a pipe: when it is written, the work is under way.
        child.stdin.write(self.orders.read_bytes())
        child.stdin.flush()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=PATIENCE)
        self.assertEqual((130, b"", b"interrupted; no file is half written\n"),
                         (child.returncode, out, err))
        self.assertEqual(before, self.contents())

    def test_interrupted_making(self):
        child = start("make", self.folder, "--orders", "50000000")
        part = self.folder / "orders.ndjson.part"
        deadline = time.monotonic() + PATIENCE
        while not (part.exists() and part.stat().st_size):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=PATIENCE)
        self.assertEqual((130, b"", b"interrupted; no file is half written\n"),
                         (child.returncode, out, err))
        self.assertEqual([], list(self.folder.iterdir()))


class Files(unittest.TestCase):
    """The file that is whole or not there."""

    def test_interrupted_while_writing(self):
        from files import whole_file
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "table.csv")
            path.write_bytes(b"old")
            with self.assertRaises(KeyboardInterrupt), whole_file(path) as file:
                file.write(b"half")
                file.flush()
                raise KeyboardInterrupt
            self.assertEqual(([path], b"old"), (list(path.parent.iterdir()), path.read_bytes()))
            with whole_file(path) as file:
                file.write(b"new")
            self.assertEqual(([path], b"new"), (list(path.parent.iterdir()), path.read_bytes()))


if __name__ == "__main__":
    unittest.main()
