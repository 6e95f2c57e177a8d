# SPDX-License-Identifier: MIT
"""A host that runs a plan as hosts must: load the journal, step, store, act, report.

It can die at any point and start again from what it stored.
"""
import collections
import json

import changesets
import libupsell
import prices
import standing


class Host:
    """One run of one plan."""

    def __init__(self, world, name: str, plan):
        self.world, self.name, self.plan = world, name, plan
        self.faults, self.rng = world.setup.faults, world.rng
        self.run_id = f"run-{name}-{world.rng.randrange(10**9):09d}"
        self.journal = b""          # what is stored; all that survives a crash
        self.is_up = False
        self.lives = 0              # crashes so far; callbacks of an earlier life are dropped
        self.turn = 0               # events so far; timers of an earlier turn are dropped
        self.in_flight = None       # the step whose answer is awaited
        self.ended = None           # the last Progress
        self.seen = None            # Facts at the reading that was answered last
        self.basis = {}             # step -> Facts that its first sending rested on
        self.bodies = {}            # idempotency key -> variables as first sent
        self.survived = collections.Counter()   # points where it could have died, and did not

    # -- the loop ------------------------------------------------------------------------

    def start(self) -> None:
        """Begin a run, or go on with what is stored."""
        self.is_up = True
        if self.journal:
            self.take({"type": "resume"})
        else:
            self.take({"type": "start", "run_id": self.run_id})

    def take(self, event: dict, body: str | None = None, stale: bool = False) -> None:
        """Let the library take an event in, store the journal, do what the action says."""
        if self.ended is not None or not self.is_up:
            return
        self.world.count_step()
        text = json.dumps({**event, "now": self.clock()})
        if body is not None:
            text = f'{text[:-1]},"body":{body}}}'
        self.world.tell(self, "event", json.dumps(event))
        progress = self.plan.runner.step(self.journal, text.encode())
        self.turn += 1
        if stale:
            self.check_harmless(progress)
        if self.dies("before storing"):
            return
        self.journal = progress.journal
        if progress.kind != libupsell.PENDING:
            self.in_flight = None
        if not self.dies("after storing"):
            self.act(progress)

    def clock(self) -> int:
        """The host's clock, which may be a little behind now and then."""
        now = self.world.agenda.now
        return now - self.rng.randrange(3) if self.rng.random() < self.faults.clock_back else now

    def check_harmless(self, progress) -> None:
        """An answer that nobody waits for must not change anything."""
        if progress.kind != libupsell.SEND and progress.journal != self.journal:
            raise standing.Violation("a stale answer changed the journal")

    def dies(self, where: str) -> bool:
        """Whether the host dies now, at a point that hosts are known to die at."""
        meant = self.faults.crash_at == (where, self.survived[where])
        self.survived[where] += 1
        if not meant and self.rng.random() >= self.faults.crash:
            return False
        self.die(where)
        return True

    def die(self, where: str) -> None:
        """Lose everything but the journal, and start again later."""
        self.world.tell(self, "crash", where)
        self.lives += 1
        self.is_up = False
        self.in_flight = None
        if self.rng.random() >= self.faults.never_back:
            self.later(self.rng.choice(self.faults.down), self.start)

    def later(self, seconds: int, action) -> None:
        """Do something in this life, if it still lasts then."""
        life = self.lives
        self.world.agenda.after(seconds, lambda: action() if self.lives == life else None)

    def act(self, progress) -> None:
        if progress.kind == libupsell.SEND:
            self.send(progress.action)
        elif progress.kind == libupsell.WAIT:
            self.wait(progress)
        elif progress.kind == libupsell.FINISHED:
            self.ended = progress
            self.world.run_ended(self)

    def wait(self, progress) -> None:
        """A tick when it is time; sometimes too early, sometimes late."""
        turn, now = self.turn, self.world.agenda.now
        late = self.rng.choice([0, 0, 1, 7]) if self.faults.crash else 0
        due = max(progress.wait_until, now) + late
        if self.rng.random() < self.faults.early_tick and due > now + 1:
            due = self.rng.randrange(now + 1, due)
        self.later(due - now, lambda: self.tick(turn))

    def tick(self, turn: int) -> None:
        if turn == self.turn:
            self.take({"type": "tick"})

    def webhook(self, topic: str, body: dict) -> None:
        if self.journal:
            self.take({"type": "webhook", "topic": topic}, json.dumps(body))

    # -- sending -------------------------------------------------------------------------

    def send(self, action: dict) -> None:
        step = action["step"]
        self.in_flight = step
        self.world.tell(self, "send", f"{step}: {action.get('operation', 'applyChangeset')} "
                        f"{json.dumps(action.get('variables') or action.get('changes'))}")
        if action["channel"] == "changeset":
            self.send_changeset(action)
            return
        self.check_repeated(action)
        if step not in self.basis or action["operation"] != "refundCreate":
            self.basis[step] = self.seen
        basis = self.basis[step]
        self.world.network.call(self, step, lambda: self.world.execute(self, action, basis))
        self.dies("after sending")

    def check_repeated(self, action: dict) -> None:
        """A keyed request must be the same every time."""
        key = action.get("idempotency_key")
        if key is None:
            return
        if self.bodies.setdefault(key, action["variables"]) != action["variables"]:
            raise standing.Violation(f"{action['step']} was sent again with other variables")

    def send_changeset(self, action: dict) -> None:
        reason = self.world.page_refuses(action)
        if reason:
            self.later(1, lambda: self.report(action["step"], {"type": "not_sent",
                                                               "reason": reason}))
            return
        key = self.world.changeset_key(self, action)
        self.world.network.call(self, action["step"],
                                lambda: self.world.apply(self, action, key), page=True)
        self.dies("after sending")

    def report(self, step: str, event: dict, body: str | None = None) -> None:
        if self.in_flight == step:      # else a webhook or a tick let the run go on meanwhile
            self.take({**event, "step": step}, body)

    def answered(self, step: str, answer) -> None:
        """An answer came in: text of a body, an HTTP status, or none at all."""
        if answer.read is not None:
            self.seen = answer.read
        lost = "not_sent" if self.world.setup.takes_loss_lightly else "no_answer"
        event = {"type": "answer" if answer.body is not None else lost}
        if answer.status:
            event["http_status"] = answer.status
        self.report(step, event, answer.body)

    def late_answer(self, step: str, answer) -> None:
        """An answer that came after it was given up, and not for what is awaited now."""
        if self.journal and self.in_flight != step:
            self.take({"type": "answer", "step": step}, answer.body, stale=True)


def price_differs(shop, order, action: dict) -> bool:
    """What a host compares before the buyer is charged: the platform's prices and `expect`."""
    answer = changesets.calculate(shop, order, action["changes"])
    if answer["status"] != "processed":
        return False            # applying will say the same, with its code
    lines = [item["totalPriceSet"]["shopMoney"]["amount"]
             for item in answer["calculatedPurchase"]["updatedLineItems"]]
    expected = action["expect"]["lines"]
    return [prices.read(text, shop.currency) for text in lines] != \
        [prices.read(text, shop.currency) for text in expected]
