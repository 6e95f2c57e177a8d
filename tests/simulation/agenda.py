# SPDX-License-Identifier: MIT
"""Virtual time: what will happen, and when. Nothing ever sleeps."""
import heapq
import itertools


class Agenda:
    """A clock in whole seconds and the things that are due later, in order."""

    def __init__(self, now: int):
        self.now = now
        self._due = []
        self._numbers = itertools.count()

    def at(self, time: int, action) -> None:
        """Have `action()` called at `time`, or now if that is past."""
        heapq.heappush(self._due, (max(time, self.now), next(self._numbers), action))

    def after(self, seconds: int, action) -> None:
        self.at(self.now + seconds, action)

    def next_time(self) -> int | None:
        return self._due[0][0] if self._due else None

    def step(self) -> bool:
        """Go to the next thing and do it; False if there is none."""
        if not self._due:
            return False
        self.now, _, action = heapq.heappop(self._due)
        action()
        return True

    def run_until(self, time: int) -> None:
        """Do everything that is due up to `time`, and stay there."""
        while self._due and self._due[0][0] <= time:
            self.step()
        self.now = max(self.now, time)
