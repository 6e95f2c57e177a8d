# SPDX-License-Identifier: MIT
"""What is bought and offered: documents for the library, and the same in the simulated shop."""
import dataclasses
import itertools

import orders
import prices
from shop import HOLD_SECONDS, Habits, Shop

REFERENCE = "c0ffee0123456789c0ffee0123456789"
ORDER_NUMBER = 9001
SHOP = "example.myshopify.com"
SCENARIO = "S1"
TEA, CUP, EXTRA = 101, 201, 301         # variants; their products are 1, 2, 3
MONTHLY, WEEKLY = 501, 502              # selling plans
FIRST_LINE = 1001

PATTERNS = {1: ("subscription", "subscription"), 2: ("subscription", "one_time"),
            3: ("one_time", "subscription"), 4: ("one_time", "one_time")}
VERSIONS = ["2025-10", "2026-01", "2026-04", "2026-07", "2026-10"]

# What things cost, in minor units: tea, cup, extra.
PRICES = {"JPY": (1000, 356, 2400), "USD": (1999, 1050, 335), "KWD": (12345, 9999, 1500)}
PRICING = [{"after_cycle": 0, "type": "percentage", "value": "10"},
           {"after_cycle": 3, "type": "percentage", "value": "15"}]


@dataclasses.dataclass(frozen=True)
class Case:
    """One situation of a buyer, and how the plan for it is worded."""
    pattern: int = 1
    version: str = "2026-07"
    dialect: str = "draft"
    currency: str = "JPY"
    quantity: int = 1
    discount: tuple = ("percentage", "20")      # or (fixed_amount, "…"), or (none, None)
    targets: int = 1                            # pattern 1: contracts; else 1
    same_item: bool = False                     # what was bought is offered again
    extra_line: bool = False                    # the order holds something else, too
    known_lines: bool = True                    # the order was read by the Admin API
    by_reference: bool = True                   # the order is found by its checkout token
    contracts_known: bool = False               # they were made before the offer was accepted
    chosen_plan: int | None = None              # pattern 3: the buyer chose this one
    more_triggers: bool = False                 # the other purchase counts as a trigger, too

    @property
    def needs_contract(self):
        return self.pattern in (1, 3)

    @property
    def offered(self) -> int:
        return TEA if self.same_item else CUP

    def label(self) -> str:
        """A short name: "pattern 1, 2026-07 draft"."""
        return f"pattern {self.pattern}, {self.version} {self.dialect}"


def all_wordings():
    """Every pattern with every version and dialect."""
    for pattern, version in itertools.product(PATTERNS, VERSIONS):
        yield Case(pattern=pattern, version=version)
        if version >= "2026-10" and pattern == 1:
            yield Case(pattern=pattern, version=version, dialect="calculation")


def draw(rng) -> Case:
    """Any case; the common ones more often."""
    pattern = rng.choice([1, 1, 1, 2, 3, 3, 3, 4])
    version = rng.choice(VERSIONS)
    calculates = pattern == 1 and version >= "2026-10" and rng.random() < 0.6
    known = rng.random() < 0.7
    contracts_known = pattern == 1 and known and rng.random() < 0.3
    currency = rng.choice(["JPY", "JPY", "USD", "KWD"])
    return Case(
        pattern, version, "calculation" if calculates else "draft", currency,
        rng.choice([1, 1, 2, 3]), draw_discount(rng, currency),
        rng.choice([1, 1, 2]) if pattern == 1 else 1,
        rng.random() < 0.3, rng.random() < 0.5, known,
        not known or rng.random() < 0.6, contracts_known,
        WEEKLY if pattern == 3 and rng.random() < 0.3 else None)


def draw_discount(rng, currency: str) -> tuple:
    kind = rng.choice(["percentage", "percentage", "fixed_amount", "none"])
    if kind == "none":
        return ("none", None)
    if kind == "percentage":
        return (kind, rng.choice(["20", "10", "12.5", "33"]))
    return (kind, prices.write(rng.choice([50, 100]), currency))


# -- documents ---------------------------------------------------------------------------

def text(minor: int, currency: str) -> str:
    """An amount for a document: without decimals that the currency does not have."""
    amount = prices.write(minor, currency)
    return amount.removesuffix(".0") if currency == "JPY" else amount


def catalog(case: Case) -> dict:
    """The library's catalogue."""
    tea, cup, extra = (text(price, case.currency) for price in PRICES[case.currency])
    trigger, offer = PATTERNS[case.pattern]
    kind, value = case.discount
    scenario = {
        "id": SCENARIO, "name": "One more", "status": "published", "priority": 1,
        "trigger": {"kind": trigger, "products": [
            {"product_id": number} for number in ("1", "3")[:1 + case.more_triggers]]},
        "offer": {"kind": offer, "product_id": "1" if case.same_item else "2",
                  "variant_id": str(case.offered),
                  "selling_plan_ids": [str(MONTHLY), str(WEEKLY)]
                  if offer == "subscription" else [],
                  "discount": {"type": kind} | ({"value": value} if value else {}),
                  "quantity": {"default": 1, "max": 5, "adjustable": True}},
        "page": {"title": "One more?", "timer": {"enabled": True, "seconds": 300}}}
    return {
        "format": "upsell.catalog/1", "currency": case.currency,
        "store": {"plan": "enterprise", "post_purchase_app": True,
                  "one_time_to_one_time": True},
        "selling_plans": [
            {"id": str(MONTHLY), "name": "Monthly", "billing": {"interval": "month", "count": 1},
             "pricing": PRICING},
            {"id": str(WEEKLY), "name": "Weekly", "billing": {"interval": "week", "count": 1},
             "pricing": PRICING[:1]}],
        "products": [product("1", TEA, tea), product("2", CUP, cup), product("3", EXTRA, extra)],
        "scenarios": [scenario]}


def product(number: str, variant: int, price: str) -> dict:
    return {"id": number, "title": f"Product {number}",
            "variants": [{"id": str(variant), "title": "one", "price": price, "available": None}]}


def order(case: Case, placed: orders.Order) -> dict:
    """The order as the library is told of it before the offer is made."""
    lines = [order_line(case, line, number) for number, line in enumerate(placed.lines, 1)]
    return {"format": "upsell.order/1", "currency": case.currency, "has_shipping_address": True,
            "id": placed.gid if case.known_lines else REFERENCE, "lines": lines}


def order_line(case: Case, line: orders.OrderLine, number: int) -> dict:
    document = {"id": line.gid if case.known_lines else f"input-{number}",
                "product_id": str(line.variant.product), "variant_id": str(line.variant.number),
                "quantity": line.quantity,
                "discounted_total": text(line.total, case.currency),
                "selling_plan_id": str(line.plan.number) if line.plan else None}
    if line.contract:
        document["contract_id"] = line.contract.gid
    return document


def acceptance(case: Case) -> dict:
    document = {"scenario_id": SCENARIO, "quantity": case.quantity}
    if case.chosen_plan:
        document["selling_plan_id"] = str(case.chosen_plan)
    return document


def options(case: Case) -> dict:
    """What `upsell plan` is told besides: api_version, dialect, shop, reference_id."""
    told = {"api_version": case.version, "dialect": case.dialect, "shop": SHOP}
    if case.by_reference:
        told["reference_id"] = REFERENCE
    return told


# -- the shop ----------------------------------------------------------------------------

def open_shop(case: Case, agenda, habits: Habits, hold: int = HOLD_SECONDS):
    """The shop of a case right after the purchase, and the order."""
    tea, cup, extra = PRICES[case.currency]
    variants = [orders.Variant(TEA, 1, tea), orders.Variant(CUP, 2, cup),
                orders.Variant(EXTRA, 3, extra)]
    plans = [orders.SellingPlan(MONTHLY, "Monthly", "MONTH", 1, PRICING),
             orders.SellingPlan(WEEKLY, "Weekly", "WEEK", 1, PRICING[:1])]
    shop = Shop(agenda, case.currency, variants, plans, habits)
    placed = orders.Order(ORDER_NUMBER, REFERENCE, case.currency, agenda.now)
    placed.lines = bought(case, shop)
    if case.contracts_known:
        make_contracts(shop, placed)
    other = orders.Order(ORDER_NUMBER + 1, REFERENCE + "0", case.currency, agenda.now)
    shop.orders[other.gid] = other
    shop.place_order(placed, hold)
    return shop, placed


def bought(case: Case, shop: Shop) -> list:
    """The lines of the purchase: the trigger's, and others."""
    tea, extra = shop.variants[TEA], shop.variants[EXTRA]
    trigger_plans = [None]
    if PATTERNS[case.pattern][0] == "subscription":
        trigger_plans = [shop.plans[MONTHLY], shop.plans[WEEKLY]][:case.targets]
    wanted = [(tea, plan, 1 + number) for number, plan in enumerate(trigger_plans)]
    if case.extra_line:
        wanted.insert(0, (extra, trigger_plans[0], 1))
        if not case.same_item and case.known_lines:
            wanted.append((shop.variants[CUP], None, 1))
    return [bought_line(shop, FIRST_LINE + number, *item) for number, item in enumerate(wanted)]


def bought_line(shop: Shop, number: int, variant, plan, quantity: int) -> orders.OrderLine:
    unit = prices.plan_unit(variant.price, plan.pricing, 1, shop.currency) if plan \
        else variant.price
    return orders.OrderLine(number, variant, plan, quantity, unit * quantity,
                            variant.price * quantity)


def make_contracts(shop: Shop, placed: orders.Order) -> None:
    for plan in {line.plan.number: line.plan for line in placed.lines if line.plan}.values():
        shop.make_contract(placed, [line for line in placed.lines if line.plan is plan])
