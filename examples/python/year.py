# SPDX-License-Identifier: MIT
"""A made-up year of orders for the tea store, and a change of its catalogue to try on them.

The same seed gives the same year. Nobody's data is in it: there are no customers.
"""

from __future__ import annotations

import copy
import datetime
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import upsell

FIRST_DAY = datetime.date(2025, 4, 1)
DAYS = 365
OPENS, CLOSES = 6 * 3600, 24 * 3600  # seconds of a day in which people buy

Json = dict[str, Any]


@dataclass(frozen=True)
class Habit:
    """A thing that is bought, and how often among all others.

    Attributes:
        product: last digits of the product's id.
        weight: how often, compared with the weights of the others.
        plans: last digits of the plans it is subscribed to; none: it is bought once.
        months: in these it is bought four times as often.
    """

    product: int
    weight: int
    plans: tuple[int, ...] = ()
    months: tuple[int, ...] = ()

    def weight_in(self, month: int) -> int:
        return self.weight * 4 if month in self.months else self.weight


HABITS = (
    Habit(101, 20),
    Habit(102, 8, months=(4, 5)),  # the new tea
    Habit(103, 12),
    Habit(104, 14),
    Habit(105, 4),
    Habit(106, 3),
    Habit(107, 8),
    Habit(108, 2),
    Habit(109, 3),
    Habit(110, 8),
    Habit(111, 2),
    Habit(112, 6, months=(7, 12)),  # the two seasons of gifts
    Habit(113, 1),
    Habit(115, 7),
    Habit(190, 1),  # no longer in the catalogue
    Habit(101, 9, (1, 2, 3)),
    Habit(102, 3, (6, 7)),
    Habit(103, 6, (1, 8)),
    Habit(104, 6, (1, 3, 4)),
    Habit(105, 3, (1, 2)),
    Habit(106, 2, (1, 2, 6)),
    Habit(107, 4, (4, 8)),
    Habit(114, 4, (1, 5)),
)


class Year:
    """Orders of one year, in the order of their days."""

    def __init__(self, catalog: Json, orders: int, seed: int) -> None:
        self._random = random.Random(seed)
        self._orders = orders
        self._currency: str = catalog["currency"]
        self._products = {product["id"]: product for product in catalog["products"]}
        self._plans = {plan["id"]: plan for plan in catalog["selling_plans"]}
        self._prices: dict[tuple[str, str | None], str] = {}
        self._line = 0

    def documents(self) -> Iterator[Json]:
        """One "upsell.order/1" document after the other."""
        number = 0
        for day in range(DAYS):
            date = FIRST_DAY + datetime.timedelta(day)
            weights = [habit.weight_in(date.month) for habit in HABITS]
            today = self._orders * (day + 1) // DAYS - number
            for second in sorted(self._random.choices(range(OPENS, CLOSES), k=today)):
                number += 1
                yield self._order(number, date, second, weights)

    def _order(
        self, number: int, date: datetime.date, second: int, weights: list[int]
    ) -> Json:
        chance = self._random.random
        count = self._random.choices((1, 2, 3), (70, 22, 8))[0]
        abroad = chance() < 0.005
        order: Json = {
            "format": "upsell.order/1",
            "id": f"gid://shopify/Order/58{number:011}",
            "name": f"#{number}",
            "created_at": f"{date}T{datetime.timedelta(seconds=second)!s:0>8}+09:00",
            "currency": "USD" if abroad else self._currency,
            "lines": [
                self._bought(habit, abroad)
                for habit in self._random.choices(HABITS, weights, k=count)
            ],
        }
        if chance() < 0.03:
            order["has_shipping_address"] = False  # collected at the shop
        return order

    def _bought(self, habit: Habit, abroad: bool) -> Json:
        """A line of an order."""
        chance, choice = self._random.random, self._random.choice
        self._line += 1
        product_id = f"gid://shopify/Product/8401000000{habit.product}"
        product = self._products.get(product_id)
        plan_id = None
        if habit.plans:
            plan_id = f"gid://shopify/SellingPlan/690100000{choice(habit.plans)}"
        # Of what is no longer sold, orders know no variant.
        variant = choice(product["variants"]) if product and chance() > 0.01 else None
        return {
            "id": f"gid://shopify/LineItem/16{self._line:012}",
            "product_id": product_id,
            "variant_id": variant and variant["id"],
            "quantity": self._random.choices((1, 2, 3), (85, 12, 3))[0],
            "unit_price": None if abroad or not variant else self._price(variant, plan_id),
            "selling_plan_id": plan_id,
            "contract_id": self._contract() if plan_id and chance() < 0.9 else None,
        }

    def _contract(self) -> str:
        return f"gid://shopify/SubscriptionContract/29{self._line:09}"

    def _price(self, variant: Json, plan_id: str | None) -> str:
        """What a unit costs with a plan in the first cycle."""
        known = self._prices.get((variant["id"], plan_id))
        if known is None:
            unit = upsell.money_parse(variant["price"], self._currency)
            if plan_id:
                unit = upsell.plan_price(unit, self._pricing(plan_id), cycle=1)
            known = upsell.money_format(unit, self._currency)
            self._prices[variant["id"], plan_id] = known
        return known

    def _pricing(self, plan_id: str) -> list[upsell.PlanPrice]:
        return [
            upsell.PlanPrice(
                entry["after_cycle"],
                upsell.Adjustment[entry["type"].upper()],
                upsell.percentage_parse(entry["value"])
                if entry["type"] == "percentage"
                else upsell.money_parse(entry["value"], self._currency),
            )
            for entry in self._plans[plan_id]["pricing"]
        ]


def what_if(catalog: Json) -> Json:
    """The catalogue after a change that the store thinks about.

    1. Who buys genmaicha once is offered to switch to a subscription of it (a new scenario),
       before matcha sweets are offered. Less is charged now, more comes in later cycles: how
       many cycles does it take?
    2. The offer page rounds as the checkout does. So both always come to the same amount.
    """
    after = copy.deepcopy(catalog)
    after["rounding"]["offer_page"] = dict(after["rounding"]["checkout"])
    after["scenarios"].append(
        {
            "id": "S21-genmaicha-switch",
            "name": "玄米茶の単品購入から定期便への切り替え",
            "status": "published",
            "priority": 10,
            "trigger": {
                "kind": "one_time",
                "other_items": "allow",
                "products": [{"product_id": "gid://shopify/Product/8401000000104"}],
            },
            "offer": {
                "kind": "subscription",
                "product_id": "gid://shopify/Product/8401000000104",
                "variant_id": "gid://shopify/ProductVariant/45120000010401",
                "selling_plan_ids": [
                    "gid://shopify/SellingPlan/6901000001",
                    "gid://shopify/SellingPlan/6901000002",
                ],
                "discount": {"type": "percentage", "value": "50"},
            },
            "page": {"title": "ただいまの玄米茶を、初回半額の定期便に切り替えられます"},
        }
    )
    return after


def pretty(catalog: Json) -> bytes:
    """A document for people to read and change."""
    return json.dumps(catalog, ensure_ascii=False, indent=2).encode() + b"\n"


def compact(order: Json) -> bytes:
    """A document in one line."""
    return json.dumps(order, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
