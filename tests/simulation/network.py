# SPDX-License-Identifier: MIT
"""The way between a host and the shop, on which calls are lost, doubled, and late."""
import json
from dataclasses import dataclass

import changesets

ANSWER_TIMEOUT = 15     # seconds after which a host gives an answer up

THROTTLED = json.dumps({"errors": [{"message": "Throttled",
                                    "extensions": {"code": "THROTTLED"}}]})
INTERNAL = json.dumps({"errors": [{"message": "Internal error",
                                   "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]})
CONCURRENT = json.dumps({"errors": [{"message": "Already running", "extensions": {
    "code": "IDEMPOTENCY_CONCURRENT_REQUEST"}}]})
# Bodies of answers that no GraphQL engine wrote. Hosts hand on what they could read of them.
PAGES = ["null", '"<html><body>Sorry</body></html>"', '{"errors":"Sorry"}']
NOT_EXECUTED = [425, 429, 430]          # and may be tried again
PERHAPS_EXECUTED = [408, 500, 501, 502, 503, 504]
DENIED = [401, 403, 404]


@dataclass
class Answer:
    """What a host gets: the text of a body, an HTTP status, and what its reading showed."""
    body: str | None = None
    status: int | None = None
    read: object = None


NONE = Answer()


class Network:
    """Carries calls with the faults of a run. Each kind of fault is a method."""

    def __init__(self, world):
        self.world, self.rng = world, world.rng
        self.agenda = world.agenda
        faults = world.setup.faults
        self.rates = self._rates(faults.network)
        self.page_rates = self.rates if faults.page is None else self._rates(faults.page)
        self.outage_until = None    # set when it begins
        self.underway = 0           # executions still to come
        self.calls = 0

    def _rates(self, named: dict) -> list:
        return [(getattr(self, f"_{name}"), rate) for name, rate in named.items()]

    def call(self, host, step: str, execute, page: bool = False) -> None:
        self.calls += 1
        fault = self.draw(self.page_rates if page else self.rates)
        if self.world.setup.faults.at is not None:
            name, number = self.world.setup.faults.at
            fault = getattr(self, f"_{name}") if number == self.calls else fault
        fault = self.outage() or fault
        if page:
            fault = self.on_page(fault)
        self.world.tell(host, "network", fault.__name__[1:])
        fault(host, step, execute)

    def on_page(self, fault):
        """What a fault is on the buyer's page, where there are no HTTP statuses."""
        return {self._throttled: self._lost_before, self._down: self._lost_before,
                self._denied: self._lost_before, self._hiccup: self._page_error,
                self._garbage: self._lost_after, self._internal: self._page_error,
                }.get(fault, fault)

    def outage(self):
        """The fault of all calls while the platform is down, or throttles everything."""
        if self.world.setup.faults.outage is None:
            return None
        name, number, seconds = self.world.setup.faults.outage
        if self.calls == number:
            self.outage_until = self.agenda.now + seconds
        if self.outage_until is None or self.agenda.now >= self.outage_until:
            return None
        return getattr(self, f"_{name}")

    def draw(self, rates: list):
        point = self.rng.random()
        for fault, rate in rates:
            point -= rate
            if point < 0:
                return fault
        return self._carry

    def execute_after(self, seconds: int, execute, then=None) -> None:
        """Have the shop execute a call later, whatever becomes of the host."""
        self.underway += 1

        def run():
            self.underway -= 1
            answer = execute()
            if then is not None:
                then(answer)
        self.agenda.after(seconds, run)

    def latency(self) -> int:
        return self.rng.choice((0, 0, 0, 1, 1, 3))

    def answering(self, host, step: str, way: int):
        """What carries an answer back, to a host that has not died since it called."""
        life = host.lives

        def carry_back(answer):
            if host.lives == life:
                host.later(way, lambda: host.answered(step, answer))
        return carry_back

    def give_up(self, host, step: str) -> None:
        host.later(ANSWER_TIMEOUT, lambda: host.answered(step, NONE))

    # -- what can happen to a call -------------------------------------------------------

    def _carry(self, host, step, execute) -> None:
        way = self.latency()
        self.execute_after(self.latency(), execute, self.answering(host, step, way))

    def _lost_before(self, host, step, execute) -> None:
        self.give_up(host, step)

    def _lost_after(self, host, step, execute) -> None:
        self.execute_after(self.latency(), execute)
        self.give_up(host, step)

    def _lost_late(self, host, step, execute) -> None:
        self.execute_after(self.rng.randrange(2, 120), execute)
        self.give_up(host, step)

    def _lost_for_long(self, host, step, execute) -> None:
        """It arrives at any time until the order is released, or just after."""
        self.execute_after(self.rng.randrange(2, self.world.setup.hold + 20), execute)
        self.give_up(host, step)

    def _twice(self, host, step, execute) -> None:
        """Something on the way sends again before an answer is there; the host sees one."""
        self.execute_after(0, execute)
        self.execute_after(self.rng.choice((0, 0, 1, 10)), execute,
                           self.answering(host, step, self.latency()))

    def _late_answer(self, host, step, execute) -> None:
        """An answer that comes after it was given up."""
        self.give_up(host, step)
        delay, life = ANSWER_TIMEOUT + self.rng.randrange(0, 20), host.lives
        self.execute_after(0, execute, lambda answer: self.agenda.after(
            delay, lambda: host.late_answer(step, answer) if host.lives == life else None))

    def _throttled(self, host, step, execute) -> None:
        answer = self.rng.choice((Answer(THROTTLED), Answer(THROTTLED, 200), Answer("{}", 429)))
        host.later(self.latency(), lambda: host.answered(step, answer))

    def _internal(self, host, step, execute) -> None:
        answer = self.rng.choice((Answer(INTERNAL), Answer(INTERNAL, 200), Answer("{}", 502),
                                  Answer(CONCURRENT)))
        self._executed_or_not(host, step, execute, answer)

    def _garbage(self, host, step, execute) -> None:
        answer = self.rng.choice((Answer('"<html>"'), Answer("[]"), Answer("{}", 200),
                                  Answer('{"data":null}', 500)))
        self._executed_or_not(host, step, execute, answer)

    def _page_error(self, host, step, execute) -> None:
        """The platform's own page says that it failed; whether it did is another matter."""
        answer = changesets.with_more_codes(changesets.refused("server_error"),
                                            self.world.setup.habits.beside)
        self._executed_or_not(host, step, execute, Answer(json.dumps(answer)))

    def _down(self, host, step, execute) -> None:
        """A platform that is down answers so at once, or not at all."""
        if self.rng.random() < 0.3:
            self.give_up(host, step)
        else:
            self.http(host, step, self.rng.choice((502, 503, 503)))

    def _hiccup(self, host, step, execute) -> None:
        """An HTTP status that says: not now."""
        status = self.rng.choice(NOT_EXECUTED + PERHAPS_EXECUTED)
        if status in PERHAPS_EXECUTED and self.rng.random() < 0.5:
            self.execute_after(0, execute)
        self.http(host, step, status)

    def _denied(self, host, step, execute) -> None:
        """An HTTP status that says: never."""
        self.http(host, step, self.rng.choice(DENIED))

    def http(self, host, step, status: int) -> None:
        answer = Answer(self.rng.choice(PAGES), status)
        host.later(self.latency(), lambda: host.answered(step, answer))

    def _executed_or_not(self, host, step, execute, answer) -> None:
        if self.rng.random() < 0.5:
            self.execute_after(0, execute)
        host.later(1, lambda: host.answered(step, answer))

    def _crash(self, host, step, execute) -> None:
        """The host dies between sending and recording the answer."""
        if self.rng.random() < 0.7:
            self.execute_after(self.rng.choice((0, 0, 2, 60)), execute)
        host.die("after sending")
