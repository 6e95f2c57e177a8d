# SPDX-License-Identifier: MIT
"""A call that is never answered ends after 30 seconds, a connection that is never made after 5."""

import socket
import threading
import time
import unittest

from support import RunTest


class Patience(RunTest):
    def test_no_answer(self):
        """Executed or not is not known: the run goes on, and charges once."""
        times = []
        released = threading.Event()
        self.addCleanup(released.set)

        def watch(call):
            times.append(time.monotonic())
            if call.name == "changeset" and self.gate.names().count("changeset") == 1:
                answer = self.gate.pass_on(call)
                released.wait(60)
                return answer
            return None
        self.open_gate(watch, "--pattern", "4", "--speed", "1")
        ended = self.finish(self.words(None, scale=1))
        self.assert_completed(ended, 4)
        self.assertRegex(ended[2], "charge: changeset: no answer: ")
        self.assertEqual(2, self.gate.names().count("changeset"))
        self.assertTrue(29 < times[2] - times[1] < 40, times)

    def test_no_connection(self):
        """Nothing was sent, and that is known."""
        listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.addCleanup(listener.close)
        for _ in range(2):      # whoever comes after these is not answered any more
            waiting = socket.socket()
            self.addCleanup(waiting.close)
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        self.open_shop("--pattern", "4").make_plan()
        begun = time.monotonic()
        status, out, err = self.finish(self.words(f"http://127.0.0.1:{listener.getsockname()[1]}"))
        self.assertEqual((3, "stopped\ncharge: not_sent: not_charged: nothing was charged; the "
                             "order is as it was\n"), (status, out), err)
        self.assertRegex(err, r"\Aupsell-run: charge: calculate: not sent: .* after 5\d{3} ms")
        self.assertGreater(time.monotonic() - begun, 4.9)


if __name__ == "__main__":
    unittest.main()
