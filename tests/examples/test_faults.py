# SPDX-License-Identifier: MIT
"""Answers that are lost, spoilt or too long, a shop that is down, and prices that differ."""

import collections
import json
import threading
import time
import unittest

from support import Gate, RunTest, closed_port, for_each_pattern

PAYLOAD = 11 * 1024 * 1024

# What may come instead of an answer; the shop may have executed the call all the same.
SPOILT = {
    "connection ends": Gate.GONE,
    "server error": (500, b'{"errors":"Internal Server Error"}'),
    "bad gateway": (502, b"<html>Bad Gateway</html>"),
    "no JSON": (200, b"<html>"),
    "no body": (200, b""),
    "too long": (200, b'{"data":{"order":"' + b"x" * PAYLOAD + b'"}}'),
    "a redirection": (307, b""),
}


class Spoilt(RunTest):
    """Each call is answered wrongly at first."""

    def watch_and_spoil(self, executed, answer, but=()):
        met = collections.Counter()

        def watch(call):
            met[call.name] += 1
            if met[call.name] > 1 or call.name in but:
                return None
            if executed:
                self.gate.pass_on(call)
            return answer
        return watch

    def check_spoilt(self, pattern):
        for number, (what, answer) in enumerate(SPOILT.items()):
            with self.subTest(what):
                if number:
                    self.doCleanups()
                    self.setUp()
                # A page that is told nonsense about prices must not go on; see Prices.
                self.open_gate(self.watch_and_spoil(number % 2 == 0, answer, ("calculate",)),
                               "--pattern", str(pattern))
                self.assert_completed(self.finish(), pattern)

    def test_throttled(self):
        self.open_gate(self.watch_and_spoil(False, (429, b"{}"), ("changeset",)), "--pattern", "1")
        self.assert_completed(self.finish(), 1)

    def test_redirections_are_not_followed(self):
        self.open_gate(self.watch_and_spoil(False, (307, b""), ("calculate",)), "--pattern", "4")
        self.assert_completed(self.finish(), 4)
        self.assertEqual([], [call for call in self.gate.calls if call.path == "/elsewhere"])


class Down(RunTest):
    def test_shop_that_comes_up_later(self):
        """The charge is only given up when the offer has run out."""
        self.open_shop("--pattern", "4").make_plan()
        self.gate = Gate(self.shop)
        self.gate.close()
        opens = threading.Timer(0.5, self.gate.open)
        opens.start()
        ended = self.finish(self.words(None, scale=20))
        opens.join()
        self.addCleanup(self.gate.close)
        self.assert_completed(ended, 4)
        self.assertRegex(ended[2], "charge: calculate: not sent: ")

    def test_shop_that_never_comes_up(self):
        self.open_shop("--pattern", "4").make_plan()
        status, out, err = self.finish(
            self.words(f"http://127.0.0.1:{closed_port()}", scale=1000))
        self.assertEqual((3, "stopped\ncharge: not_sent: not_charged: nothing was charged; the "
                             "order is as it was\n"), (status, out), err)
        self.assert_untouched()

    def test_prices_that_come_too_late(self):
        """The offer has run out while the page was calculating: nothing is sent any more."""
        def watch(call):
            if call.name == "calculate":
                time.sleep(0.5)
        self.open_gate(watch, "--pattern", "4")
        status, out, err = self.finish(self.words(scale=1000))
        self.assertEqual(3, status, err)
        self.assertRegex(out, r"\Astopped\ncharge: \w+: not_charged: ")
        self.assertEqual(["calculate"], self.gate.names())

    def check_goes_away_for_a_while(self, pattern):
        """Connections are refused after the charge, and once more after the claim."""
        gone = set()

        def watch(call):
            if call.name in ("changeset", "UpsellClaim") and call.name not in gone:
                gone.add(call.name)
                answer = self.gate.pass_on(call)
                self.gate.close()
                threading.Timer(0.2, self.gate.open).start()
                return answer
            return None
        self.open_gate(watch, "--pattern", str(pattern))
        ended = self.finish()
        self.assert_completed(ended, pattern)
        self.assertRegex(ended[2], r"find_order: \w+: not sent: ")
        self.assertRegex(ended[2], r"read_claim: \w+: not sent: ")


class Prices(RunTest):
    """The buyer is not charged before the platform's prices are those of the plan."""

    def charge(self, change):
        def watch(call):
            if call.name != "calculate":
                return None
            status, body = self.gate.pass_on(call)
            answer = json.loads(body)
            return status, json.dumps(change(answer) or answer).encode()
        self.open_gate(watch, "--pattern", "4")
        return self.finish()

    def refuse(self, result, change):
        status, out, err = self.charge(change)
        self.assertEqual((3, f"stopped\ncharge: {result}: not_charged: nothing was charged; the "
                             "order is as it was\n"), (status, out), err)
        self.assertNotIn("changeset", self.gate.names())
        self.assert_untouched()

    @staticmethod
    def money(answer):
        return answer["calculatedPurchase"]["updatedLineItems"][0]["totalPriceSet"]["shopMoney"]

    def test_one_yen_more(self):
        def change(answer):
            money = self.money(answer)
            money["amount"] = str(int(float(money["amount"])) + 1)
        self.refuse("price_differs", change)

    def test_another_currency(self):
        self.refuse("price_differs", lambda answer: self.money(answer).update(currencyCode="USD"))

    def test_one_line_more(self):
        def change(answer):
            lines = answer["calculatedPurchase"]["updatedLineItems"]
            lines.append(lines[0])
        self.refuse("price_differs", change)

    def test_the_same_price_in_other_words(self):
        def change(answer):
            money = self.money(answer)
            money["amount"] = str(int(float(money["amount"]))) + ".000"
        self.assert_completed(self.charge(change), 4)

    def test_answers_without_prices(self):
        for name, change in [
                ("a list", lambda answer: [1]),
                ("no status", lambda answer: answer.pop("status") and None),
                ("another status", lambda answer: answer.update(status="fine")),
                ("no lines", lambda answer: answer["calculatedPurchase"].clear()),
                ("no amount", lambda answer: self.money(answer).pop("amount") and None),
                ("a number", lambda answer: self.money(answer).update(amount=285)),
                ("no decimal", lambda answer: self.money(answer).update(amount="2e2"))]:
            with self.subTest(name):
                self.refuse("not_sent", change)
                self.doCleanups()
                self.setUp()

    def test_refused_when_calculated(self):
        """Then the changeset is sent, and refused with its code."""
        self.open_gate(None, "--pattern", "4")
        state = self.shop.ask("POST", "/calculate", b'{"changes":[]}')
        self.assertEqual(200, state[0])
        self.gate.watch = lambda call: (200, json.dumps(
            {"status": "unprocessed", "errors": [{"code": "insufficient_inventory"}]}).encode())
        status, out, err = self.finish()
        self.assertEqual(3, status, err)
        self.assertRegex(out, "charge: unprocessed/insufficient_inventory: not_charged: ")


# The steps of patterns 2 and 4 are among those of 1 and 3.
for_each_pattern(Spoilt, "spoilt", patterns=(1, 3))
for_each_pattern(Down, "goes_away_for_a_while", patterns=(1, 3))

if __name__ == "__main__":
    unittest.main()
