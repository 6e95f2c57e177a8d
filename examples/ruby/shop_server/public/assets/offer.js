// SPDX-License-Identifier: MIT
// The offer page: it counts down, asks the server for amounts, and takes the buyer's answer. It
// computes no price and composes no offer; it compares what will be charged with what was agreed.
import { Api } from "./api.js";
import { Countdown } from "./countdown.js";
import { buy } from "./purchase.js";
import { Quote } from "./quote.js";
import { textOf } from "./messages.js";

const page = document.getElementById("offer-page");
const find = (id) => document.getElementById(id);
const preview = page.dataset.mode === "preview";
const token = new URLSearchParams(location.hash.slice(1)).get("token");
const api = new Api(token, page.dataset);

const form = find("offer");
const buyButton = find("buy");
const closeButton = find("close");

// Only one thing is under way at a time: a second click, or Enter, finds this set.
let busy = false;
let leaving = false;
// Whether the server may know of a click that came to nothing here.
let tried = false;

function announce(text) {
  find("announcer").textContent = text;
}

function show(view) {
  for (const id of ["offer", "progress", "ended"]) find(id).hidden = id !== view;
  if (view !== "offer") find(`${view}-title`).focus();
}

function goOn() {
  leaving = true;
  location.replace(page.dataset.thankYou);
}

// The end of the road where the buyer should read why, before going on.
function end(kind) {
  const { title, text } = textOf(kind);
  busy = true;
  countdown.stop();
  find("ended-title").textContent = title;
  find("ended-text").textContent = text;
  show("ended");
}

function complain(text) {
  const message = find("message");
  message.textContent = text;
  message.hidden = !text;
}

function setWorking(working) {
  busy = working;
  buyButton.disabled = working || quote.waiting;
  buyButton.textContent = working ? "処理しています…" : buyButton.dataset.label;
  buyButton.setAttribute("aria-busy", String(working));
  if (closeButton) closeButton.disabled = working;
}

const quote = new Quote(form, page.dataset.quote, {
  changed(waiting) {
    if (busy) return;
    buyButton.disabled = waiting;
    buyButton.textContent = waiting ? "金額を確認しています…" : buyButton.dataset.label;
  },
  quoted(text) {
    complain("");
    announce(text);
  },
  failed(kind) {
    if (kind === "offer_changed") end(kind);
    else complain(textOf("quote_failed").text);
  },
});

// What the server says about the session, to what the page shows.
function follow(answer) {
  if (answer.next === "thank_you") goOn();
  else if (answer.next === "progress") waitForTheEnd();
  else countdown.start(answer.secondsLeft);
}

const countdown = new Countdown(find("clock"), find("timer-bar"), {
  announce,
  async over() {
    if (busy) return;
    if (preview) return goOn();
    setWorking(true);
    const answer = await api.event("tick").catch(() => ({ next: "thank_you" }));
    if (answer.next === "offer") setWorking(false); // the server's clock has not come there yet
    follow(answer);
  },
});

// The buyer came back while a charge is under way. The server brings it to its end without the
// page, so there is nothing to wait for but a word of how it went.
async function waitForTheEnd() {
  busy = true;
  countdown.stop();
  show("progress");
  for (let asked = 0; asked < 5; asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const answer = await api.event("tick").catch(() => null);
    if (answer?.next === "thank_you") break;
  }
  goOn();
}

function consentGiven() {
  const box = find("consent");
  const given = !box || box.checked;
  if (box) {
    find("consent-error").textContent = given ? "" : textOf("consent").text;
    find("consent-block").classList.toggle("wrong", !given);
    box.setAttribute("aria-invalid", String(!given));
    if (given) box.removeAttribute("aria-describedby");
    else box.setAttribute("aria-describedby", "consent-error");
    if (!given) box.focus();
  }
  return given;
}

async function accept() {
  if (busy || quote.waiting || !consentGiven()) return;
  if (preview) return complain(textOf("preview").text);

  complain("");
  setWorking(true);
  const slow = setTimeout(() => show("progress"), 400);
  const outcome = await buy(api, quote.accepted());
  clearTimeout(slow);
  if (outcome === "done") goOn();
  else if (outcome === "progress") waitForTheEnd();
  else if (outcome === "again") {
    tried = true;
    show("offer");
    setWorking(false);
    complain(textOf("again").text);
    buyButton.focus();
  } else end(outcome);
}

async function decline() {
  if (busy) return;
  if (preview) return goOn();
  setWorking(true);
  buyButton.textContent = buyButton.dataset.label;
  // Whether or not it is heard: a page that is left charges nothing.
  if (tried) await api.tell({ notSent: "declined" }).catch(() => null);
  await api.event("declined").catch(() => null);
  goOn();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  accept();
});
find("consent")?.addEventListener("change", consentGiven);
closeButton?.addEventListener("click", decline);

// A page that comes back out of the browser's cache is as old as it was.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
addEventListener("pagehide", () => {
  if (!preview && !leaving) api.leave();
});

// A page that was bought from before it was loaded again must not say that nothing is charged.
function kindOf(error) {
  if (["clicked", "processing"].includes(page.dataset.state)) return "unknown";
  return error.status === 401 || error.status === 403 ? "no_token" : "unreachable";
}

async function open() {
  if (preview) {
    quote.ready();
    return countdown.start(Number(page.dataset.secondsLeft));
  }
  if (!token) return end(kindOf({ status: 401 }));
  try {
    const answer = await api.event("shown");
    if (answer.next === "offer") quote.ready();
    follow(answer);
  } catch (error) {
    end(kindOf(error));
  }
}

open();
