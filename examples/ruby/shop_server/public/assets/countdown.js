// SPDX-License-Identifier: MIT
// The time that is left. The server says how much; here it is only counted down, by a clock that
// nobody can set, so that a reload or a computer with a wrong time gains nothing.

// Said aloud at these moments, and at no other.
const SPOKEN = new Map([
  [60, "残り1分です。"],
  [30, "残り30秒です。"],
  [10, "残り10秒です。"],
]);

export class Countdown {
  constructor(clock, bar, { announce, over }) {
    this.clock = clock; // null where the timer is not shown
    this.bar = bar;
    this.announce = announce;
    this.over = over;
    // A browser slows the timers of a page that is not seen.
    document.addEventListener("visibilitychange", () => this.timer && this.tick());
  }

  start(seconds) {
    this.stop();
    this.deadline = performance.now() + seconds * 1000;
    this.shown = seconds;
    this.draw(seconds);
    this.timer = setInterval(() => this.tick(), 250);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
  }

  tick() {
    const left = Math.max(0, Math.ceil((this.deadline - performance.now()) / 1000));
    if (left === this.shown) return;
    for (const [moment, words] of SPOKEN) {
      if (this.clock && this.shown > moment && left <= moment && left > moment - 5) this.announce(words);
    }
    this.shown = left;
    this.draw(left);
    if (left === 0) {
      this.stop();
      this.over();
    }
  }

  draw(seconds) {
    if (!this.clock) return;
    this.clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.bar.value = seconds;
  }
}
