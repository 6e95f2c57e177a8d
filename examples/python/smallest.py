# SPDX-License-Identifier: MIT
"""The smallest use: a shop and an order as native objects, one decision. No JSON."""

from __future__ import annotations

import sys

import upsell
from upsell import Adjustment, IntervalUnit, Kind, ScenarioStatus, StorePlan

MONTHLY = upsell.SellingPlan(
    id="monthly",
    name="毎月お届け",
    cycle=upsell.Cycle(billing=upsell.Interval(IntervalUnit.MONTH, 1)),
    pricing=[upsell.PlanPrice(0, Adjustment.PERCENTAGE, 100_000)],  # millionths: 10 % off
)

SENCHA = upsell.Product(
    id="sencha",
    title="煎茶",
    variants=[upsell.Variant(id="100g", title="100g", price=1000, available=None)],
)

# Whoever bought sencha once is offered it every month, 20 % off the first time.
SWITCH = upsell.Scenario(
    id="S1",
    name="煎茶を定期便に",
    status=ScenarioStatus.PUBLISHED,
    priority=1,
    trigger_kind=Kind.ONE_TIME,
    triggers=[upsell.Trigger("sencha")],
    offer_kind=Kind.SUBSCRIPTION,
    product_id="sencha",
    variant_id="100g",
    selling_plan_ids=["monthly"],
    discount=upsell.Discount(Adjustment.PERCENTAGE, 200_000),
)

SHOP = upsell.CatalogInput(
    currency="JPY",
    store_plan=StorePlan.ENTERPRISE,
    post_purchase_app=True,
    selling_plans=[MONTHLY],
    products=[SENCHA],
    scenarios=[SWITCH],
)


def describe(decision: upsell.Decision) -> str:
    """One line for people."""
    if decision.reason is not None:
        return f"no offer: {decision.reason.text}"
    offer = decision.offer
    assert offer is not None  # a decision has a reason or an offer
    words = f"{offer.scenario_id}: {offer.total_offer_page} yen now"
    for later in offer.targets[0].price.recurring[:1]:
        words += f", {later.line} yen later"
    return words


def main() -> int:
    order = upsell.Order(
        id="order-1",
        currency="JPY",
        lines=[upsell.OrderLine(id="line-1", product_id="sencha", quantity=1, variant_id="100g")],
    )
    try:
        with upsell.Catalog(SHOP) as catalog:
            print(describe(catalog.decide(order)))
    except upsell.UpsellError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
