#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compare offer pages with what they must show, computed from the rules (PAG).

    pages.py --library PATH --seed N --catalogs K --orders M

Everything but sentences is compared, key by key and in order; of sentences, that they are there,
in the page's language, with the amounts that belong in them, and the merchant's texts behind them.
Amounts are fractions and days are Python's own; the offer and its prices are oracle.py's.

Exit status: 0 no difference, 1 a difference or a case that never occurred, 2 wrong usage.
`--only I` repeats catalogue I alone.
"""

import argparse
import calendar
import collections
import ctypes
import datetime
import json
import random
import re
import sys

sys.dont_write_bytecode = True      # leave nothing beside the sources
import generate
import oracle
from generate import chance

# From this many catalogues on, a case that never occurred is a failure.
ENOUGH_CATALOGS = 100

ITEMS = ("quantity", "price", "charges", "deliveries", "period", "withdrawal", "cancellation")
# The merchant's text behind an item.
GIVEN = {"price": "price", "charges": "payment", "deliveries": "delivery", "period": "period",
         "withdrawal": "withdrawal", "cancellation": "cancellation"}
LABELS = {"ja": ("小計", "今回のお支払い額", "数量", "お届けコース"),
          "en": ("Subtotal", "Charged now", "Quantity", "Delivery plan")}
UNITS = {"day": "日", "week": "週間", "month": "か月", "year": "年"}
LOCALES = {"ja": 1, "en": 2}
STYLES = {"iso": 1, "yen_sign": 2, "yen_word": 3}
CODES = {4: "out_of_range", 24: "bad_value", 41: "quantity_out_of_range", 42: "plan_not_offered"}


class Difference(Exception):
    pass


# --------------------------------------------------------------------------------------------
# Days
# --------------------------------------------------------------------------------------------

def months_of(interval):
    return interval["count"] * {"month": 1, "year": 12}.get(interval["interval"], 0)


def days_of(interval):
    return interval["count"] * {"day": 1, "week": 7}.get(interval["interval"], 0)


def plus_months(day, months):
    """Raises ValueError after the year 9999."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > 9999:
        raise ValueError(year)
    return day.replace(year=year, month=month + 1,
                       day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_of_charge(anchor, interval, cycle):
    """None without an anchor, and after the last day of all."""
    if anchor is None:
        return None
    try:
        if months_of(interval):
            return plus_months(anchor, months_of(interval) * (cycle - 1)).isoformat()
        return (anchor + datetime.timedelta(days_of(interval) * (cycle - 1))).isoformat()
    except (ValueError, OverflowError):
        return None


def charges_in_year(anchor, interval):
    # The calendar repeats after 400 years; from 2000 on all days are there that are needed.
    anchor = anchor.replace(year=2000 + anchor.year % 400)
    end = plus_months(anchor, 12).isoformat()
    count = 0
    while day_of_charge(anchor, interval, count + 1) < end:
        count += 1
    return count


# --------------------------------------------------------------------------------------------
# The page
# --------------------------------------------------------------------------------------------

class Expected:
    """A page without its sentences."""

    def __init__(self, catalog, order, decision, request):
        self.document, self.decision, self.request = catalog, decision, request
        self.catalog = oracle.read_catalog(catalog)
        self.order_id = oracle.read_order(order)["id"]
        self.offer = decision["offer"]
        self.scenario = next(s for s in self.catalog["scenarios"]
                             if s["id"] == decision["scenario_id"])
        self.raw_plans = {oracle.read_id(plan["id"]): plan for plan in catalog["selling_plans"]}
        product = self.catalog["products"][self.scenario["product_id"]]
        self.list_unit = product["variants"][self.scenario["variant_id"]]["price"]
        self.locale = request.get("locale", "ja")
        self.style = request.get("money") or {"ja": "yen_word", "en": "iso"}[self.locale]
        self.quantity = request.get("quantity") or self.offer["quantity"]["default"]
        self.anchor = request.get("anchor")
        self.later = request.get("later_charges") or 3

    # ---- refusals ----

    def refusal(self):
        quantity, asked = self.offer["quantity"], self.request.get("selling_plan_id")
        least = 1 if quantity["adjustable"] else quantity["default"]
        if not least <= self.quantity <= quantity["max"]:
            return "quantity_out_of_range", "/quantity"
        if asked is not None and not self.offers(asked):
            return "plan_not_offered", "/selling_plan_id"
        if not 1 <= self.later <= 24:
            return "out_of_range", "/later_charges"
        return None

    def offers(self, plan_id):
        if self.scenario["pattern"] == "one_time_to_subscription":
            return plan_id in self.scenario["selling_plan_ids"]
        return all(target["selling_plan_id"] == plan_id for target in self.offer["targets"])

    # ---- amounts ----

    def money(self, minor):
        if minor is None:
            return None
        amount = oracle.write_money(minor, self.catalog["decimals"])
        if self.catalog["currency"] != "JPY" or self.style == "iso":
            text = f"{self.catalog['currency']} {amount}"
        else:
            text = {"yen_sign": f"￥{minor:,}", "yen_word": f"{minor:,}円"}[self.style]
        return {"amount": amount, "text": text}

    def plan_price(self, plan_id, cycle):
        return oracle.plan_price(self.catalog["plans"][plan_id], self.list_unit, cycle,
                                 self.catalog["rounding"])

    def first(self, plan_id, surface):
        plan = None if plan_id is None else self.catalog["plans"][plan_id]
        return oracle.first_price(self.scenario["pattern"], plan, self.list_unit,
                                  self.scenario["discount"], self.quantity,
                                  self.catalog["rounding"], surface)

    def line(self, plan_id, cycle):
        if cycle == 1:
            return self.first(plan_id, "offer_page")[1]
        return self.plan_price(plan_id, cycle) * self.quantity

    def prices(self, plan_id, billing, most):
        """Cycle after cycle; a price that does not change is one entry."""
        unit, line = self.first(plan_id, "offer_page")
        entries = [[1, 1, unit, line]]
        last = most or 1001             # no price begins later
        for cycle in range(2, last + 1) if plan_id is not None else ():
            unit = self.plan_price(plan_id, cycle)
            if cycle > 2 and entries[-1][2] == unit:
                entries[-1][1] = cycle
            else:
                entries.append([cycle, cycle, unit, unit * self.quantity])
        if most is None and plan_id is not None:
            entries[-1][1] = None
        return [{"from_cycle": start, "to_cycle": end,
                 "date": day_of_charge(self.anchor, billing, start),
                 "unit": self.money(unit), "line": self.money(line)}
                for start, end, unit, line in entries]

    # ---- parts ----

    def plan_of(self, target):
        asked = self.request.get("selling_plan_id")
        return target["selling_plan_id"] if asked is None else asked

    def target(self, target):
        plan_id = self.plan_of(target)
        raw = self.raw_plans.get(plan_id, {"billing": {"interval": "day", "count": 1}})
        most, least = raw.get("max_cycles"), raw.get("min_cycles")
        unit, subtotal = self.first(plan_id, "offer_page")
        total = year = None
        later = []
        if plan_id is None or most is not None:
            total = sum(self.line(plan_id, cycle) for cycle in range(1, (most or 1) + 1))
        if plan_id is not None:
            last = 1 + self.later if most is None else min(1 + self.later, most)
            later = [{"cycle": cycle, "date": day_of_charge(self.anchor, raw["billing"], cycle),
                      "line": self.money(self.line(plan_id, cycle))}
                     for cycle in range(2, last + 1)]
            if self.anchor is not None:
                count = charges_in_year(self.anchor, raw["billing"])
                count = count if most is None else min(count, most)
                year = sum(self.line(plan_id, cycle) for cycle in range(1, count + 1))
        return {"contract_id": target["contract_id"], "selling_plan_id": plan_id,
                "name": raw.get("name"), "cycle": self.cycle(raw) if plan_id is not None else None,
                "unit": self.money(unit), "subtotal": self.money(subtotal),
                "charge_now": self.money(self.line(plan_id, 1)),
                "prices": self.prices(plan_id, raw["billing"], most), "later_charges": later,
                "min_charges": least, "max_charges": most, "total": self.money(total),
                "first_year": self.money(year)}

    def cycle(self, raw):
        billing, delivery = raw["billing"], raw.get("delivery", raw["billing"])
        paid, sent = self.every(billing), self.every(delivery)
        if (months_of(billing), days_of(billing)) == (months_of(delivery), days_of(delivery)):
            return paid
        if self.locale == "en":
            return f"charged {paid}, delivered {sent}"
        return f"お支払い：{paid}、お届け：{sent}"

    def every(self, interval):
        count, unit = interval["count"], interval["interval"]
        if self.locale == "ja":
            return f"{count}{UNITS[unit]}ごと"
        return f"every {unit}" if count == 1 else f"every {count} {unit}s"

    def choices(self):
        selected = self.plan_of(self.offer["targets"][0])
        return [{"selling_plan_id": plan_id, "name": self.raw_plans[plan_id]["name"],
                 "cycle": self.cycle(self.raw_plans[plan_id]), "selected": plan_id == selected,
                 "unit": self.money(self.first(plan_id, "offer_page")[0]),
                 "charge_now": self.money(self.line(plan_id, 1))}
                for plan_id in (choice["selling_plan_id"] for choice in self.offer["choices"])]

    def named(self, kind):
        products = {oracle.read_id(p["id"]): p for p in self.document["products"]}
        found = products[self.scenario["product_id"]]
        if kind == "variant":
            found = {oracle.read_id(v["id"]): v
                     for v in found["variants"]}[self.scenario["variant_id"]]
        return {"id": oracle.read_id(found["id"]), "title": found["title"]}

    def page(self):
        shown = dict(self.offer["page"])
        expires = shown.pop("expires_after_seconds")
        quantity = self.offer["quantity"]
        plans = {self.plan_of(target) for target in self.offer["targets"]}
        now = sum(self.line(self.plan_of(t), 1) for t in self.offer["targets"])
        checkout = sum(self.first(self.plan_of(t), "checkout")[1] for t in self.offer["targets"])
        first = self.plan_of(self.offer["targets"][0])
        labels = zip(("subtotal_label", "charge_now_label", "quantity_label", "plan_label"),
                     LABELS[self.locale])
        return {
            "format": "upsell.page/1", "order_id": self.order_id,
            "scenario_id": self.scenario["id"], "pattern": self.scenario["pattern"],
            "locale": self.locale, "currency": self.catalog["currency"],
            "anchor": None if self.anchor is None else self.anchor.isoformat(),
            "product": self.named("product"), "variant": self.named("variant"),
            "texts": {**shown, **dict(labels), "consent": None}, "expires_after_seconds": expires,
            "quantity": {"value": self.quantity,
                         "min": 1 if quantity["adjustable"] else quantity["default"],
                         "max": quantity["max"], "adjustable": quantity["adjustable"]},
            "selling_plan_id": plans.pop() if len(plans) == 1 else None,
            "choices": self.choices(), "list_unit": self.money(self.list_unit),
            "unit": self.money(self.first(first, "offer_page")[0]),
            "subtotal": self.money(now), "charge_now": self.money(now),
            "checkout": self.money(checkout), "differs": now != checkout,
            "targets": [self.target(target) for target in self.offer["targets"]],
            "disclosure": [],
        }

    # ---- sentences ----

    def merchants(self, item):
        raw = next(s for s in self.document["scenarios"]
                   if oracle.read_id(s["id"]) == self.scenario["id"])
        texts = {**self.document.get("disclosure", {}),
                 **raw.get("page", {}).get("disclosure", {})}
        text = texts.get(GIVEN.get(item), "")
        return text if re.sub("[ \\t\\n\\r\u3000\u00a0]", "", text) else ""   # CAT-19

    def amounts_of_price(self, targets):
        """Texts that the item on prices must have."""
        for target in targets:
            yield from (price["line"]["text"] for price in target["prices"])
            if target["total"]:
                yield target["total"]["text"]
            elif target["first_year"]:
                yield target["first_year"]["text"]
        if len(targets) > 1:
            yield self.money(sum(self.line(self.plan_of(t), 1)
                                 for t in self.offer["targets"]))["text"]

    def check_sentences(self, page):
        sells = self.offer["targets"][0]["selling_plan_id"] is not None
        consent, items = page["texts"]["consent"], page["disclosure"]
        require(bool(consent) == sells, "consent")
        require([item["item"] for item in items] == list(ITEMS if sells else ()), "items")
        for item in items:
            own, name = self.merchants(item["item"]), item["item"]
            require(list(item) == ["item", "label", "text", "missing"], "keys of " + name)
            require(item["missing"] == (item["text"] == ""), "missing of " + name)
            if name in ("withdrawal", "cancellation"):
                require(item["text"] == own, name)
                continue
            require(item["text"].endswith("\n" + own if own else ""), "merchant's text of " + name)
            made = item["text"].removesuffix("\n" + own) if own else item["text"]
            require(made and not made.endswith("\n"), "text of " + name)
            for plan in {target["name"] for target in page["targets"]}:
                made = made.replace(f"[{plan}]", "")
            if self.locale == "en":
                require(made.isascii() or self.style != "iso", "English of " + name)
        if sells:
            price = items[1]["text"]
            for text in self.amounts_of_price(page["targets"]):
                require(text in price, f"{text} in the text on prices")
            days = self.days_of_charges(page)
            for day in days:
                require(day in items[2]["text"], f"{day} in the text on charges")

    def days_of_charges(self, page):
        """The first and the second day of each target, in words."""
        for target in page["targets"]:
            for entry in target["prices"][:1] + target["later_charges"][:1]:
                if entry["date"]:
                    year, month, day = map(int, entry["date"].split("-"))
                    yield entry["date"] if self.locale == "en" else f"{year}年{month}月{day}日"


def require(holds, what):
    if not holds:
        raise Difference(f"not as expected: {what}")


# --------------------------------------------------------------------------------------------
# The library
# --------------------------------------------------------------------------------------------

class Str(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("len", ctypes.c_size_t)]


class Date(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int32) for name in ("year", "month", "day", "reserved")]


class Request(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("quantity", ctypes.c_int32),
                ("locale", ctypes.c_int32), ("money_style", ctypes.c_int32), ("anchor", Date),
                ("later_charges", ctypes.c_int32), ("reserved", ctypes.c_int32),
                ("selling_plan_id", Str)]


class Error(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("code", ctypes.c_int32), ("offset", ctypes.c_int64),
                ("pointer", ctypes.c_char * 512), ("message", ctypes.c_char * 512)]


class Library:
    """Pages from the shared library."""

    def __init__(self, path):
        self.c = ctypes.CDLL(str(path))
        self.c.upsell_text_data.restype = ctypes.c_void_p
        self.decision = ctypes.c_void_p()
        self.demand(self.c.upsell_decision_new(ctypes.byref(self.decision)), None)

    @staticmethod
    def demand(status, error):
        if status:
            raise Difference(f"status {status}: {error and error.pointer}: "
                             f"{error and error.message}")

    def catalog(self, text):
        catalog, error = ctypes.c_void_p(), Error(ctypes.sizeof(Error))
        self.demand(self.c.upsell_catalog_new_from_json(
            text, ctypes.c_size_t(len(text)), ctypes.byref(catalog), ctypes.byref(error)), error)
        return catalog

    def free(self, catalog):
        self.c.upsell_catalog_free(catalog)

    def decide(self, catalog, text):
        error = Error(ctypes.sizeof(Error))
        self.demand(self.c.upsell_decide_json(catalog, text, ctypes.c_size_t(len(text)), 0,
                                              self.decision, ctypes.byref(error)), error)

    def page(self, request):
        """The page of the last decision, as bytes; or (code, pointer)."""
        asked, error = Request(ctypes.sizeof(Request)), Error(ctypes.sizeof(Error))
        asked.quantity = request.get("quantity", 0)
        asked.locale = LOCALES.get(request.get("locale"), 0)
        asked.money_style = STYLES.get(request.get("money"), 0)
        asked.later_charges = request.get("later_charges", 0)
        if day := request.get("anchor"):
            asked.anchor = Date(day.year, day.month, day.day, 0)
        if (plan := request.get("selling_plan_id")) is not None:
            asked.selling_plan_id = Str(plan.encode(), len(plan.encode()))
        page, length = ctypes.c_void_p(), ctypes.c_size_t()
        status = self.c.upsell_page_make(self.decision, ctypes.byref(asked), ctypes.byref(page),
                                         ctypes.byref(error))
        if status:
            return CODES[status], error.pointer.decode()
        data = self.c.upsell_text_data(page, ctypes.byref(length))
        text = ctypes.string_at(data, length.value)
        self.c.upsell_text_free(page)
        return text


# --------------------------------------------------------------------------------------------
# Comparing
# --------------------------------------------------------------------------------------------

def any_day(rng):
    year = rng.choice([2024, 2026, 2028, 2100, 1, 9999, 9900, rng.randint(1, 9999)])
    month = rng.randint(1, 12)
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, rng.choice([1, last, rng.randint(1, last)]))


def any_request(rng, offer):
    quantity = offer["quantity"]
    plans = [choice["selling_plan_id"] for choice in offer["choices"]]
    plans += [target["selling_plan_id"] for target in offer["targets"]]
    known = [plan for plan in plans if plan is not None]
    made = {
        "quantity": rng.choice([1, quantity["max"], quantity["default"], quantity["max"] + 1])
        if chance(rng, 0.2) else rng.randint(1, quantity["max"]) if quantity["adjustable"] else 0,
        "selling_plan_id": "no-such-plan" if chance(rng, 0.05) or not known else rng.choice(known),
        "locale": rng.choice(["ja", "en"]),
        "money": rng.choice(list(STYLES)),
        "anchor": any_day(rng),
        "later_charges": 25 if chance(rng, 0.03) else rng.randint(1, 24),
    }
    keep = {"selling_plan_id": 0.4 if offer["choices"] else 0.1}
    return {key: value for key, value in made.items() if chance(rng, keep.get(key, 0.7))}


class Tally(collections.Counter):
    """What a run has met."""

    NAMES = (*oracle.PATTERNS, "quantity_out_of_range", "plan_not_offered", "out_of_range",
             "several_targets", "several_plans", "choice", "segments", "limited", "one_charge",
             "agreed", "differs", "dates", "no_more_dates", "missing", "no_yen", "en", "ja",
             "first_year", "prepaid")

    def add(self, page):
        self["pages"] += 1
        self[page["pattern"]] += 1
        self[page["locale"]] += 1
        plans = {target["selling_plan_id"] for target in page["targets"]}
        self["several_targets"] += len(page["targets"]) > 1
        self["several_plans"] += len(plans) > 1
        self["choice"] += any(choice["selected"] for choice in page["choices"][1:])
        self["differs"] += page["differs"]
        self["no_yen"] += page["currency"] != "JPY"
        self["missing"] += any(item["missing"] for item in page["disclosure"])
        for target in page["targets"]:
            self["segments"] += len(target["prices"]) > 2
            self["limited"] += (target["max_charges"] or 0) > 1
            self["one_charge"] += target["max_charges"] == 1
            self["agreed"] += (target["min_charges"] or 0) > 1
            self["first_year"] += target["first_year"] is not None
            self["prepaid"] += "、" in (target["cycle"] or "") or ", " in (target["cycle"] or "")
            dates = [charge["date"] for charge in target["later_charges"]]
            self["dates"] += any(dates)
            self["no_more_dates"] += page["anchor"] is not None and None in dates

    def never(self):
        return [name for name in self.NAMES if not self[name]]

    def __str__(self):
        return f"pages: {self['pages']} pages, 0 differences; " + " ".join(
            f"{name}={self[name]}" for name in self.NAMES)


def compare(expected, answer, tally):
    refusal = expected.refusal()
    if refusal or isinstance(answer, tuple):
        require(answer == refusal, f"refusal: expected {refusal}, actual {answer}")
        tally[refusal[0]] += 1
        return
    page = json.loads(answer)
    require(answer == oracle.to_line(page), "spelling of the document")
    expected.check_sentences(page)
    plain = {**page, "texts": {**page["texts"], "consent": None}, "disclosure": []}
    want = expected.page()
    for key in want:
        require(plain.get(key) == want[key], f"{key}: expected {want[key]}, actual {plain.get(key)}")
    require(oracle.to_line(plain) == oracle.to_line(want), "order of keys")
    tally.add(page)


def check_catalog(arguments, library, index, tally):
    rng = random.Random(f"pages/{arguments.seed}/{index}")
    document = generate.catalog(rng)
    catalog = library.catalog(oracle.to_line(document))
    for number in range(arguments.orders):
        order = generate.order(rng, document)
        decision = oracle.decide(document, order)
        if decision["offer"] is None:
            continue
        library.decide(catalog, oracle.to_line(order))
        request = any_request(rng, decision["offer"])
        try:
            compare(Expected(document, order, decision, request), library.page(request), tally)
        except Difference as difference:
            raise Difference(f"catalogue {index}, order {number}, request {request}: "
                             f"{ascii(str(difference))[1:-1]}\n"
                             f"catalogue: {ascii(json.dumps(document))}\n"
                             f"order: {ascii(json.dumps(order))}") from None
    library.free(catalog)


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare offer pages with the oracle")
    parser.add_argument("--library", required=True, help="the shared library")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--catalogs", type=int, default=200, metavar="K")
    parser.add_argument("--orders", type=int, default=20, metavar="M")
    parser.add_argument("--only", type=int, metavar="I", help="only catalogue I (from 0)")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    library, tally = Library(arguments.library), Tally()
    indices = range(arguments.catalogs) if arguments.only is None else [arguments.only]
    try:
        for index in indices:
            check_catalog(arguments, library, index, tally)
    except Difference as difference:
        print(f"pages: seed {arguments.seed}: {difference}")
        return 1
    print(tally)
    never = tally.never()
    if never and len(indices) >= ENOUGH_CATALOGS:
        print("pages: never occurred, so not tested: " + ", ".join(never))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
