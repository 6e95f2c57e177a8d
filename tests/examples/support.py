# SPDX-License-Identifier: MIT
"""A simulated shop, a gate in front of it where calls can be watched, held or spoilt, and
runs of upsell-run."""

import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

TOOL = os.environ["UPSELL_TOOL"]
RUN = os.environ["UPSELL_RUN"]
SOURCE_ROOT = pathlib.Path(os.environ["UPSELL_SOURCE_ROOT"])
SERVE = SOURCE_ROOT / "tests/simulation/serve.py"

# What takes longer hangs.
PATIENCE = 60

# Time goes this much faster in the shop and for the host.
SPEED = 50

OFFERED = 201                                   # the variant that the buyer accepted
OFFERED_GID = f"gid://shopify/ProductVariant/{OFFERED}"

PATTERNS = (1, 2, 3, 4)


def name_of(path, body):
    """What a call is: "calculate", "changeset", or the name of its GraphQL document."""
    if "graphql" not in path:
        return path.strip("/")
    return re.match(r"(?:query|mutation) (\w+)", json.loads(body)["query"])[1]


class Shop:
    """serve.py in a process of its own; its documents, and a plan made from them."""

    def __init__(self, folder, *options, port=0, speed=SPEED):
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen(
            ["/usr/bin/python3", SERVE, "--write", self.folder, "--speed", str(speed), "--port",
             str(port), *options], stdout=subprocess.PIPE, encoding="utf-8")
        said = self.process.stdout.readline()
        if not said:
            self.close()
            raise AssertionError("the simulated shop did not start")
        self.port = int(re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", said)[1])

    def close(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def ask(self, method, path, body=None, headers=None):
        """(status, body) of a call."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def state(self):
        return json.loads(self.ask("GET", "/state")[1])

    def make_plan(self, name="plan.json", **changes):
        """Writes the plan of the purchase and returns its path."""
        options = json.loads((self.folder / "options.json").read_text()) | changes
        words = [word for key, value in options.items()
                 for word in ("--" + key.replace("_", "-"), value)]
        plan = self.folder / name
        with open(plan, "wb") as out:
            subprocess.run([TOOL, "plan", "--catalog", "catalog.json", "--order", "order.json",
                            "--accept", "acceptance.json", *words],
                           cwd=self.folder, stdout=out, timeout=PATIENCE, check=True)
        return plan


class Gate:
    """Passes calls on to the shop, after `watch(call)` has seen each of them.

    What `watch` returns becomes the answer: a (status, body), GONE for a connection that just
    ends, or None for the shop's own.
    """
    GONE = object()

    class Call:
        def __init__(self, number, path, headers, body):
            self.number, self.path, self.headers, self.body = number, path, headers, body
            self.name = name_of(path, body)

    def __init__(self, shop, watch=None, port=0):
        self.shop, self.watch = shop, watch or (lambda call: None)
        self.calls = []
        self._lock = threading.Lock()
        self.port = port
        self.open()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def names(self):
        return [call.name for call in self.calls]

    def open(self):
        gate = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                gate.handle(self)

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                """A host that was killed is no news; anything else is told."""
                if not isinstance(sys.exc_info()[1], OSError):
                    super().handle_error(request, client_address)

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        """From now on, connections are refused."""
        self._server.shutdown()
        self._server.server_close()

    def handle(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        with self._lock:
            call = self.Call(len(self.calls), handler.path, dict(handler.headers), body)
            self.calls.append(call)
        answer = self.watch(call)
        if answer is None:
            answer = self.pass_on(call)
        handler.close_connection = True
        if answer is not self.GONE:
            self.reply(handler, *answer)

    def pass_on(self, call):
        return self.shop.ask("POST", call.path, call.body, {"Content-Type": "application/json"})

    @staticmethod
    def reply(handler, status, body):
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Connection", "close")
        if status in (301, 302, 307, 308):
            handler.send_header("Location", "/elsewhere")
        handler.end_headers()
        handler.wfile.write(body)


class RunTest(unittest.TestCase):
    """A test with a folder, a shop, and runs in it."""

    def setUp(self):
        folder = tempfile.mkdtemp(prefix="upsell-run-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.folder = pathlib.Path(folder)
        self.ready = threading.Event()
        self.process = None

    def open_shop(self, *options, **more):
        self.shop = Shop(self.folder, *options, **more)
        self.addCleanup(self.shop.close)
        return self.shop

    def open_gate(self, watch=None, *options):
        """A shop with a plan, and a gate in front of it."""
        self.plan = self.open_shop(*options).make_plan()
        self.gate = Gate(self.shop, watch)
        self.addCleanup(self.gate.close)
        return self.gate

    @property
    def journal(self):
        return self.folder / "plan.json.journal"

    def words(self, url=None, *options, scale=SPEED, program=(RUN,)):
        return [*program, "--plan", "plan.json", "--endpoint", url or self.gate.url,
                "--time-scale", str(scale), *options]

    def start(self, words=None, **more):
        """Starts a process; `kill` and `watch` may use it from then on."""
        self.ready.clear()
        self.process = subprocess.Popen(words or self.words(), cwd=self.folder, encoding="utf-8",
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
        self.addCleanup(self.end, self.process)
        self.ready.set()
        return self.process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE)

    def kill(self):
        """Ends the process that is running now, as if the power had gone."""
        self.ready.wait(PATIENCE)
        self.process.kill()
        self.process.wait(PATIENCE)

    def finish(self, words=None, **more):
        """Starts a process and waits for its end: (status, standard output, error)."""
        process = self.start(words, **more)
        out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out, err

    def finish_after_kills(self, words=None, most=60):
        """Starts it again until it ends by itself; returns the status and the lives it took."""
        for lives in range(1, most + 1):
            status, out, err = self.finish(words)
            if status != -9:
                return status, out, err, lives
        return self.fail(f"killed {most} times, and not finished")

    def assert_completed(self, ended, pattern):
        status, out, err = ended[:3]
        self.assertEqual((0, "completed\n"), (status, out), err)
        self.assert_delivered(pattern)

    def assert_delivered(self, pattern, state=None):
        """Charged once and delivered once, by the shop's own books."""
        state = state or self.shop.state()
        self.assertEqual([], state["misuse"])
        self.assertEqual(1, len(state["charges"]), state)
        self.assertEqual(0, state["outstanding"])
        self.assertEqual([1], [line["current"] for line in state["lines"]
                               if line["variant"] == OFFERED])
        self.assertEqual(1 if pattern == 3 else 0, len(state["refunds"]), state)
        delivered = [line for contract in state["contracts"] for line in contract["lines"]
                     if line["variant"] == OFFERED_GID]
        self.assertEqual(1 if pattern in (1, 3) else 0, len(delivered), state)

    def assert_untouched(self):
        """Nobody was charged, and nothing was changed."""
        state = self.shop.state()
        self.assertEqual(([], [], {}), (state["charges"], state["refunds"], state["metafields"]))


def for_each_pattern(test_class, *names, patterns=PATTERNS):
    """Makes a test method of each check and pattern, so that each is counted and named."""
    for name in names:
        check = getattr(test_class, "check_" + name)
        for pattern in patterns:
            method = lambda self, check=check, pattern=pattern: check(self, pattern)
            method.__doc__ = f"{name} (pattern {pattern})"
            setattr(test_class, f"test_{name}_pattern_{pattern}", method)


def closed_port():
    """A port of this computer that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
