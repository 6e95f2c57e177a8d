# SPDX-License-Identifier: MIT
"""Output that fails, pipes that stay open, memory, terminals and locales (CLI-4, CLI-6)."""

import errno
import os
import pty
import re
import select
import shutil
import subprocess
import threading
import time

from support import (LINE_MAX, PATIENCE, TOOL, ToolTest, document, environment, main, offer_answer,
                     offered, refused, refused_answer)

DECIDE = ["decide", "--catalog", "shop.json"]

SANITIZED = os.environ.get("UPSELL_SANITIZED", "0") == "1"

# A sanitizer keeps books about every byte.
MEMORY_LIMIT = (256 if SANITIZED else 64) * 1024 * 1024

STREAM_BYTES = (30 if SANITIZED else 300) * 1000 * 1000

# Enough orders that their answers fit in no buffer of the program and in no pipe.
MANY = 4000


def read_until(stream, ending, limit=10):
    """Reads from an unbuffered pipe until what was read ends with `ending`."""
    text = b""
    deadline = time.monotonic() + limit
    while not text.endswith(ending):
        ready, _, _ = select.select([stream], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise AssertionError(f"nothing came after {text!r}")
        part = os.read(stream.fileno(), 65536)
        if not part:
            raise AssertionError(f"the stream ended after {text!r}")
        text += part
    return text


def nothing_comes(stream, seconds=0.2):
    return not select.select([stream], [], [], seconds)[0]


class OutputFaults(ToolTest):
    def check_full(self, args, stdin=b""):
        with open("/dev/full", "wb") as full:
            result = self.run_tool(args, stdin, stdout=full)
        self.assertEqual(1, result.returncode, result.stderr)
        told = result.stderr.decode().splitlines()
        self.assertEqual("upsell: standard output: No space left on device; the output is not "
                         "complete", told[-1])
        self.assertEqual(1, len([line for line in told if "standard output" in line]), told)

    def test_full_device_and_one_order(self):
        self.check_full(DECIDE, offered("1"))

    def test_full_device_and_many_orders(self):
        self.check_full(DECIDE, (offered("1") + b"\n") * MANY)

    def test_full_device_and_bad_lines(self):
        self.check_full(DECIDE, b"?\n" * MANY)

    def test_full_device_and_text(self):
        self.check_full([*DECIDE, "--format", "text"], (offered("1") + b"\n") * MANY)

    def test_full_device_and_check(self):
        self.write("bad.json", b"[]")
        self.check_full(["check", "bad.json"])

    def test_full_device_and_check_with_many_problems(self):
        self.write("bad.json", document({"a%d" % i: 1 for i in range(2000)}))
        self.check_full(["check", "bad.json"])

    def test_full_device_and_round(self):
        self.check_full(["round", "--price", "356", "--percent", "10"])

    def test_full_device_and_help(self):
        for command in ([], ["decide"], ["check"], ["round"]):
            with self.subTest(command=command):
                self.check_full([*command, "--help"])

    def test_full_device_and_version(self):
        self.check_full(["--version"])

    def test_full_device_and_nothing_to_write(self):
        """Nothing was to be written, and nothing was lost."""
        with open("/dev/full", "wb") as full:
            for args in (DECIDE, ["check", "--quiet", "shop.json"]):
                result = self.run_tool(args, b"\n", stdout=full)
                self.assertEqual((0, b""), (result.returncode, result.stderr))

    def run_in_shell(self, redirection, *args):
        return subprocess.run(["sh", "-c", f'"$@" {redirection}', "sh", TOOL, *args],
                              cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              env=environment(), timeout=PATIENCE, check=False)

    def test_standard_output_is_not_open(self):
        self.write("orders.ndjson", offered("1"))
        result = self.run_in_shell(">&-", *DECIDE, "orders.ndjson")
        self.assertEqual(1, result.returncode)
        self.assertIn(b"upsell: standard output: Bad file descriptor", result.stderr)

    def test_standard_input_is_not_open(self):
        result = self.run_in_shell("<&-", *DECIDE)
        self.assertEqual((1, b"", b"upsell decide: -: Bad file descriptor\n"),
                         (result.returncode, result.stdout, result.stderr))

    def test_orders_that_cannot_be_read_to_the_end(self):
        folder = os.open(self.folder, os.O_RDONLY)
        self.addCleanup(os.close, folder)
        result = self.run_tool(DECIDE, stdin=folder)
        self.assertEqual((1, b"", b"upsell decide: -: Is a directory\n"),
                         (result.returncode, result.stdout, result.stderr))


BROKEN_PIPE = b"upsell: standard output: Broken pipe; the output is not complete\n"


class ClosedPipe(ToolTest):
    def test_reader_leaves_while_more_comes(self):
        """The program ends by itself, though its input stays open."""
        process = self.start_tool(DECIDE)
        process.stdin.write(offered("1") + b"\n")
        self.assertEqual(offer_answer("1"), read_until(process.stdout, b"\n"))
        process.stdout.close()
        process.stdin.write(offered("2") + b"\n")
        self.assertEqual(1, process.wait(PATIENCE))
        self.assertEqual(BROKEN_PIPE, process.stderr.read())

    def test_reader_leaves_a_program_that_waits_to_write(self):
        self.write("orders.ndjson", (offered("1") + b"\n") * MANY)
        process = self.start_tool([*DECIDE, "orders.ndjson"])
        os.read(process.stdout.fileno(), 10)
        time.sleep(0.1)
        process.stdout.close()
        self.assertEqual(1, process.wait(PATIENCE))
        self.assertEqual(BROKEN_PIPE, process.stderr.read())

    def test_reader_was_never_there(self):
        self.write("bad.json", b"[]")
        for args in (["check", "bad.json"], ["--help"], ["--version"],
                     ["round", "--price", "356", "--percent", "10"]):
            with self.subTest(args=args):
                reading, writing = os.pipe()
                os.close(reading)
                with os.fdopen(writing, "wb") as pipe:
                    result = self.run_tool(args, stdout=pipe)
                self.assertEqual((1, BROKEN_PIPE), (result.returncode, result.stderr))


class OpenPipe(ToolTest):
    """An answer comes before the next line is asked for."""

    def test_each_line_is_answered_at_once(self):
        process = self.start_tool(DECIDE)
        for i in range(20):
            if i % 2:
                process.stdin.write(offered(f"o{i}") + b"\n")
                expected = offer_answer(f"o{i}")
            else:
                process.stdin.write(refused(f"o{i}") + b"\n")
                expected = refused_answer(f"o{i}")
            self.assertEqual(expected, read_until(process.stdout, b"\n"))
        process.stdin.close()
        self.assertEqual((0, b""), (process.wait(PATIENCE), process.stderr.read()))

    def test_text_is_answered_at_once(self):
        process = self.start_tool([*DECIDE, "--format", "text"])
        process.stdin.write(refused("1") + b"\n")
        self.assertEqual(b"order 1\n  no offer: no_candidate\n",
                         read_until(process.stdout, b"candidate\n"))

    def test_a_bad_line_is_answered_at_once(self):
        process = self.start_tool(DECIDE)
        process.stdin.write(b"?\n")
        self.assertIn(b'"line":1}}', read_until(process.stdout, b"\n"))

    def test_half_a_line_waits_for_the_other_half(self):
        process = self.start_tool(DECIDE)
        line = offered("1") + b"\n"
        process.stdin.write(line[:40])
        self.assertTrue(nothing_comes(process.stdout), "half an order was answered")
        process.stdin.write(line[40:-1])
        self.assertTrue(nothing_comes(process.stdout), "an order without line end was answered")
        process.stdin.write(line[-1:] + refused("2")[:20])
        self.assertEqual(offer_answer("1"), read_until(process.stdout, b"\n"))
        process.stdin.write(refused("2")[20:])
        process.stdin.close()
        self.assertEqual(refused_answer("2"), read_until(process.stdout, b"\n"))
        self.assertEqual(0, process.wait(PATIENCE))

    def test_longest_line_waits_for_its_end(self):
        process = self.start_tool(DECIDE)
        process.stdin.write(refused("1").ljust(LINE_MAX))
        self.assertTrue(nothing_comes(process.stdout), "a line without end was answered")
        process.stdin.write(b"\n")
        self.assertEqual(refused_answer("1"), read_until(process.stdout, b"\n"))

    def test_line_beyond_the_limit_is_answered_at_its_end(self):
        process = self.start_tool(DECIDE)
        process.stdin.write(refused("1").ljust(LINE_MAX + 1))
        self.assertTrue(nothing_comes(process.stdout), "a line without end was answered")
        process.stdin.write(b"\n")
        self.assertIn(b'"code":"line_too_long"', read_until(process.stdout, b"\n"))

    def test_bytes_that_come_one_by_one(self):
        """Characters of several bytes and line ends may be cut anywhere."""
        name = "注文🍵"
        lines = offered(name) + b"\r\n\r\n" + refused(name) + b"\n"
        process = self.start_tool(DECIDE)
        for i in range(len(lines)):
            process.stdin.write(lines[i:i + 1])
        process.stdin.close()
        self.assertEqual(offer_answer(name) + refused_answer(name), process.stdout.read())

    def test_named_pipe(self):
        fifo = self.folder / "orders.fifo"
        os.mkfifo(fifo)
        process = self.start_tool([*DECIDE, "orders.fifo"])
        with open(fifo, "wb", buffering=0) as orders:
            orders.write(offered("1") + b"\n")
            self.assertEqual(offer_answer("1"), read_until(process.stdout, b"\n"))
        self.assertEqual(0, process.wait(PATIENCE))


class Memory(ToolTest):
    """Memory grows with the longest line, not with the stream."""

    def feed(self, parts):
        """Writes all parts; returns the answers' size and last bytes and the peak of memory."""
        process = self.start_tool(DECIDE)
        written = []

        def read_all():
            size, end = 0, b""
            while part := os.read(process.stdout.fileno(), 1 << 20):
                size += len(part)
                end = (end + part)[-100:]
            written.extend((size, end))

        reader = threading.Thread(target=read_all)
        reader.start()
        for part in parts:
            process.stdin.write(part)
        peak = self.peak_of(process.pid)
        process.stdin.close()
        reader.join(PATIENCE)
        self.assertFalse(reader.is_alive(), "the program does not end")
        process.wait(PATIENCE)
        return *written, peak, process.returncode

    def peak_of(self, pid):
        try:
            with open(f"/proc/{pid}/status", encoding="ascii") as status:
                return int(re.search(r"^VmHWM:\s*(\d+) kB", status.read(), re.M)[1]) * 1024
        except FileNotFoundError:
            self.skipTest("there is no /proc/PID/status here")

    def test_long_stream(self):
        line = offered("1")[:-1] + b',"note":"' + b"x" * 900 + b'"}\n'
        part = line * (1000 * 1000 // len(line))
        count = STREAM_BYTES // len(part)
        size, _, peak, status = self.feed(part for _ in range(count))
        self.assertEqual(count * (len(part) // len(line)) * len(offer_answer("1")), size)
        self.assertEqual(0, status)
        self.assertLess(peak, MEMORY_LIMIT)

    def test_line_without_end(self):
        """A line of 100 MB is not kept."""
        part = b"[" * 1000 * 1000
        _, end, peak, status = self.feed([part] * 100 + [b"\n" + refused("2") + b"\n"])
        self.assertTrue(end.endswith(refused_answer("2")[-100:]), end)
        self.assertEqual(1, status)
        self.assertLess(peak, MEMORY_LIMIT)

    def test_longest_lines(self):
        line = refused("1").ljust(LINE_MAX) + b"\n"
        size, _, peak, status = self.feed([line] * 4)
        self.assertEqual((4 * len(refused_answer("1")), 0), (size, status))
        self.assertLess(peak, MEMORY_LIMIT)


class Progress(ToolTest):
    """A line on standard error, if that is a terminal and nobody said --quiet."""

    def run_on_terminal(self, args, stdin):
        terminal, end = pty.openpty()
        process = self.start_tool(args, stderr=end)
        os.close(end)
        with os.fdopen(terminal, "rb", buffering=0) as screen:
            process.stdin.write(stdin)
            process.stdin.close()
            answers = process.stdout.read()
            shown = b""
            while True:
                try:
                    part = screen.read(65536)
                except OSError as error:    # how Linux tells the end of a terminal
                    self.assertEqual(errno.EIO, error.errno)
                    break
                if not part:
                    break
                shown += part
        return process.wait(PATIENCE), answers, shown.decode()

    def test_terminal(self):
        status, answers, shown = self.run_on_terminal(DECIDE, offered("1") + b"\n?\n")
        self.assertEqual(1, status)
        self.assertEqual(2, answers.count(b"\n"))
        self.assertRegex(shown, r"\A(\rupsell: \d+ orders, \d+ errors(, \d+ orders/s)?\x1b\[K)*"
                                r"\rupsell: 2 orders, 1 errors(, \d+ orders/s)?\x1b\[K\r\n\Z")

    def test_terminal_and_a_file(self):
        self.write("orders.ndjson", (offered("1") + b"\n") * MANY)
        status, answers, shown = self.run_on_terminal([*DECIDE, "orders.ndjson"], b"")
        self.assertEqual((0, MANY), (status, answers.count(b"\n")))
        self.assertRegex(shown, rf"\rupsell: {MANY} orders, 0 errors, 100 %"
                                r"(, \d+ orders/s)?\x1b\[K\r\n\Z")

    def test_terminal_and_quiet(self):
        self.assertEqual((0, offer_answer("1"), ""),
                         self.run_on_terminal([*DECIDE, "--quiet"], offered("1")))

    def test_terminal_and_a_long_stream(self):
        """The line is drawn again while the stream goes on."""
        terminal, end = pty.openpty()
        process = self.start_tool(DECIDE, stderr=end)
        os.close(end)
        with os.fdopen(terminal, "rb", buffering=0) as screen:
            for i in range(3):
                process.stdin.write(refused(str(i)) + b"\n")
                read_until(process.stdout, b"\n")
                time.sleep(0.25)
            process.stdin.write(refused("3") + b"\n")
            read_until(process.stdout, b"\n")
            shown = read_until(screen, b"\x1b[K")
        self.assertRegex(shown.decode(), r"\A\rupsell: [1-4] orders, 0 errors, \d+ orders/s")
        self.assertNotIn(b"\n", shown)

    def test_no_terminal(self):
        self.write("orders.ndjson", (offered("1") + b"\n") * MANY)
        result = self.run_tool([*DECIDE, "orders.ndjson"])
        self.assertEqual((0, b""), (result.returncode, result.stderr))


class Locales(ToolTest):
    """The same bytes in every locale, also where a comma is the decimal point."""

    COMMANDS = [
        [*DECIDE],
        [*DECIDE, "--format", "text"],
        [*DECIDE, "--format", "text", "--lang", "ja"],
        ["check", "shop.json"],
        ["check", "bad.json"],
        ["round", "--price", "19.99", "--percent", "12.5", "--currency", "USD"],
        ["--help"],
    ]

    def outputs(self, **env):
        self.write("bad.json", b'{"currency":"i","format":"I"}')
        results = [self.run_tool(args, offered("注文I") + b"\n" + refused("i") + b"\n?",
                                 env=environment(**env)) for args in self.COMMANDS]
        return [(result.returncode, result.stdout, result.stderr) for result in results]

    def check_locale(self, name):
        """Uses the locale of that name, or makes it, so that it is there for sure."""
        definition, charset = name.split(".")
        compiler = shutil.which("localedef")
        env = {"LC_ALL": name, "LANG": name, "LANGUAGE": definition}
        if compiler:
            made = subprocess.run([compiler, "-i", definition, "-f", charset,
                                   str(self.folder / name)], capture_output=True, check=False)
            if made.returncode <= 1:    # 1: with warnings
                env["LOCPATH"] = str(self.folder)
        self.assertEqual(self.outputs(), self.outputs(**env))
        # The comparison says less where the system cannot make the locale.
        point = subprocess.run(["locale", "-k", "decimal_point", "charmap"], env=environment(**env),
                               capture_output=True, text=True, check=False).stdout
        if f'charmap="{charset}"' not in point:
            self.skipTest(f"the locale {name} cannot be made here")

    def test_german(self):
        self.check_locale("de_DE.UTF-8")

    def test_turkish(self):
        self.check_locale("tr_TR.UTF-8")

    def test_japanese_not_in_utf_8(self):
        self.check_locale("ja_JP.EUC-JP")

    def test_locale_that_does_not_exist(self):
        self.assertEqual(self.outputs(), self.outputs(LC_ALL="xx_XX.UTF-8"))

    def test_the_c_locale_by_name(self):
        self.assertEqual(self.outputs(), self.outputs(LC_ALL="C"))


if __name__ == "__main__":
    main()
