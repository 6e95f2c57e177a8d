# SPDX-License-Identifier: MIT
"""Shops, orders and acceptances that together lead to every document a plan can contain."""

import dataclasses
import decimal
import itertools

DIALECTS = [("2025-10", "draft"), ("2026-01", "draft"), ("2026-04", "draft"),
            ("2026-07", "draft"), ("2026-10", "draft"), ("2026-10", "calculation")]
PATTERNS = [("subscription", "subscription"), ("subscription", "one_time"),
            ("one_time", "subscription"), ("one_time", "one_time")]

# Prices per currency: of what was bought and of what is offered.
PRICES = {"JPY": ("1000", "1999"), "USD": ("10.00", "19.99")}
CYCLES = [("month", 1), ("week", 2), ("year", 1)]

DISCOUNTS = [{"type": "none"}, {"type": "percentage", "value": "20"},
             {"type": "percentage", "value": "12.5"}, {"type": "fixed_amount", "value": "3"}]


def entry(after_cycle, kind, value):
    return {"after_cycle": after_cycle, "type": kind, "value": value}


PRICINGS = [
    [],
    [entry(0, "percentage", "10")],
    [entry(0, "percentage", "7.5")],
    [entry(0, "fixed_amount", "2")],
    [entry(0, "price", "15")],
    [entry(0, "percentage", "20"), entry(1, "percentage", "5")],
    [entry(1, "fixed_amount", "4"), entry(3, "price", "9")],
    [entry(0, "percentage", "30"), entry(2, "fixed_amount", "1"), entry(6, "price", "12")],
]


@dataclasses.dataclass(frozen=True)
class Form:
    """What decides of which steps a plan is made."""
    trigger: str
    offer: str
    version: str
    dialect: str
    order_known: bool      # by its own id
    reference_known: bool  # the purchase's, for which the order must be looked up
    lines_known: bool      # their ids are the platform's
    contracts_known: bool
    lines: int             # trigger lines; in pattern 1 each has a cycle of its own


@dataclasses.dataclass(frozen=True)
class Terms:
    """What decides which amounts and ids are in it."""
    gids: bool             # ids of variants and plans are global ids, else numbers
    currency: str
    quantity: int
    discount: int
    pricing: int


def forms():
    for (trigger, offer), (version, dialect) in itertools.product(PATTERNS, DIALECTS):
        contracts = [True, False] if trigger == "subscription" else [False]
        orders = [(True, False), (False, True), (True, True)]
        for known, lines, contract, count in itertools.product(
                orders, [True, False], contracts, [1, 2, 3]):
            yield Form(trigger, offer, version, dialect, *known, lines, contract, count)


def all_terms():
    return [Terms(*values) for values in itertools.product(
        [True, False], PRICES, [1, 3], range(len(DISCOUNTS)), range(len(PRICINGS)))]


def spelled(terms, kind, number):
    return f"gid://shopify/{kind}/{number}" if terms.gids else str(number)


def plan_id(terms, number):
    return spelled(terms, "SellingPlan", 300 + number % len(CYCLES))


def selling_plan(number, terms):
    interval, count = CYCLES[number]
    return {"id": plan_id(terms, number), "name": f"Plan {number}",
            "billing": {"interval": interval, "count": count},
            "pricing": PRICINGS[(terms.pricing + number) % len(PRICINGS)]}


def catalog(form, terms):
    bought, offered = PRICES[terms.currency]
    plans = [selling_plan(number, terms) for number in range(len(CYCLES))]
    cup = spelled(terms, "ProductVariant", 201)
    tea = spelled(terms, "ProductVariant", 101)
    offer = {"kind": form.offer, "product_id": "20", "variant_id": cup,
             "discount": DISCOUNTS[terms.discount],
             "quantity": {"default": 1, "max": 3, "adjustable": True}}
    if form.offer == "subscription":
        offer["selling_plan_ids"] = [plan["id"] for plan in plans]
    return {
        "format": "upsell.catalog/1", "currency": terms.currency,
        "store": {"plan": "enterprise", "post_purchase_app": True, "one_time_to_one_time": True},
        "selling_plans": plans,
        "products": [
            {"id": "10", "title": "Sencha", "variants": [
                {"id": tea, "title": "100 g", "price": bought, "available": None}]},
            {"id": "20", "title": "Yunomi", "variants": [
                {"id": cup, "title": "white", "price": offered, "available": None}]}],
        "scenarios": [
            {"id": "S1", "name": "A cup", "status": "published", "priority": 1,
             "trigger": {"kind": form.trigger, "products": [{"product_id": "10"}]},
             "offer": offer}],
    }


def order_line(form, terms, number):
    bought, _ = PRICES[terms.currency]
    quantity = number + 1  # and so another total: what tells lines apart whose ids are not known
    platform = f"gid://shopify/LineItem/{700 + number}"
    line = {"id": platform if form.lines_known else f"input-{number}", "product_id": "10",
            "variant_id": spelled(terms, "ProductVariant", 101), "quantity": quantity,
            "unit_price": bought, "discounted_total": str(decimal.Decimal(bought) * quantity)}
    if form.trigger == "subscription":
        line["selling_plan_id"] = plan_id(terms, number)
        if form.contracts_known:
            line["contract_id"] = f"gid://shopify/SubscriptionContract/{500 + number}"
    return line


def order(form, terms):
    return {"format": "upsell.order/1", "currency": terms.currency,
            "id": "gid://shopify/Order/9001" if form.order_known else "c1-abc",
            "lines": [order_line(form, terms, number) for number in range(form.lines)]}


def options(form):
    given = ["--api-version", form.version, "--dialect", form.dialect, "--shop", "tea.example"]
    return [*given, "--reference-id", "c1-abc"] if form.reference_known else given


def acceptance(form, terms, number):
    """Every other buyer of a new subscription chooses another plan than the first."""
    chooses = (form.trigger, form.offer) == PATTERNS[2] and number % 2
    return {"scenario_id": "S1", "quantity": terms.quantity,
            "selling_plan_id": plan_id(terms, 1) if chooses else None}


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    catalog: dict
    order: dict
    acceptance: dict
    options: list


def name(form, terms):
    known = "".join(letter if flag else "-" for letter, flag in
                    [("O", form.order_known), ("R", form.reference_known),
                     ("L", form.lines_known), ("C", form.contracts_known), ("G", terms.gids)])
    return (f"{form.version} {form.dialect} {form.trigger} to {form.offer}, {form.lines} lines, "
            f"known {known}, {terms.currency} x{terms.quantity}, discount {terms.discount}, "
            f"pricing {terms.pricing}")


def cases(terms_per_form):
    """Every form, each with some terms; going on through the terms from form to form, so
    that each pattern meets all of them."""
    going_round = itertools.cycle(all_terms())
    for number, form in enumerate(forms()):
        for terms in itertools.islice(going_round, terms_per_form):
            yield Case(name(form, terms), catalog(form, terms), order(form, terms),
                       acceptance(form, terms, number), options(form))
