// SPDX-License-Identifier: MIT
// Quantity and plan, and the amounts that the server names for them. The page may be bought from
// only while what it shows is what was asked for.

const QUIET = 150; // milliseconds: several presses in a row are asked for once

export class Quote {
  constructor(form, address, { changed, quoted, failed }) {
    this.form = form;
    this.address = address;
    this.on = { changed, quoted, failed };
    this.meter = form.querySelector("#meter");
    this.waiting = true;
    this.good = this.accepted();
    this.wanted = this.good;
    this.wire();
  }

  // What is shown now, and would be bought.
  accepted() {
    const { quantity, plan, total, terms } = this.form.querySelector(".amounts").dataset;
    return { quantity: Number(quantity), plan, total, terms };
  }

  ready() {
    this.setWaiting(false);
    this.draw();
  }

  wire() {
    for (const radio of this.form.querySelectorAll("[name=plan]")) {
      radio.addEventListener("change", () => this.want({ plan: radio.value }));
    }
    this.form.querySelector("#less")?.addEventListener("click", () => this.step(-1));
    this.form.querySelector("#more")?.addEventListener("click", () => this.step(1));
  }

  step(by) {
    const quantity = this.wanted.quantity + by;
    const { min, max } = this.meter.dataset;
    if (quantity >= Number(min) && quantity <= Number(max)) this.want({ quantity });
  }

  want(change) {
    this.wanted = { ...this.wanted, ...change };
    this.draw();
    this.setWaiting(true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), QUIET);
  }

  draw() {
    if (this.meter) {
      const { min, max } = this.meter.dataset;
      const { quantity } = this.wanted;
      this.form.querySelector("#quantity").textContent = quantity;
      this.form.querySelector("#less").setAttribute("aria-disabled", String(quantity <= Number(min)));
      this.form.querySelector("#more").setAttribute("aria-disabled", String(quantity >= Number(max)));
    }
    for (const radio of this.form.querySelectorAll("[name=plan]")) radio.checked = radio.value === this.wanted.plan;
  }

  setWaiting(waiting) {
    this.waiting = waiting;
    this.form.setAttribute("aria-busy", String(waiting));
    this.on.changed(waiting);
  }

  async ask() {
    const wanted = this.wanted;
    const query = new URLSearchParams({ quantity: wanted.quantity, plan: wanted.plan });
    let kind = null;
    try {
      const response = await fetch(`${this.address}?${query}`, {
        headers: { Accept: "text/html" },
        cache: "no-store",
        signal: AbortSignal.timeout(10000),
      });
      if (response.status === 409) kind = "offer_changed";
      else if (!response.ok) kind = "quote_failed";
      else if (wanted === this.wanted) this.place(await response.text());
    } catch {
      kind = "quote_failed";
    }
    if (wanted !== this.wanted) return; // another one has been asked for meanwhile
    if (kind) this.wanted = this.good; // back to what is shown
    this.ready();
    if (kind) this.on.failed(kind);
    else this.on.quoted(this.spoken());
  }

  // Puts each part of the answer in the place of the same part of the page.
  place(html) {
    const answer = new DOMParser().parseFromString(html, "text/html");
    for (const part of answer.querySelectorAll("[data-part]")) {
      this.form.querySelector(`[data-part="${part.dataset.part}"]`)?.replaceWith(document.adoptNode(part));
    }
    this.good = this.accepted();
  }

  spoken() {
    return [...this.form.querySelectorAll(".sums > div")]
      .slice(1)
      .map((row) => row.textContent.replace(/\s+/g, " ").trim())
      .join("、");
  }
}
