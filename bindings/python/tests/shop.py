# SPDX-License-Identifier: MIT
"""A small shop as native objects, with an offer of each pattern, for tests that need one."""

from __future__ import annotations

from upsell import (
    Adjustment,
    CatalogInput,
    Cycle,
    Disclosure,
    Discount,
    Interval,
    IntervalUnit,
    Kind,
    Order,
    OrderLine,
    OtherItems,
    PageInput,
    PlanPrice,
    Product,
    Quantity,
    Rounding,
    RoundingBasis,
    RoundingMode,
    RoundingPair,
    RoundingTarget,
    Scenario,
    ScenarioStatus,
    SellingPlan,
    StorePlan,
    Trigger,
    Variant,
)

MONTHLY = SellingPlan(
    "6901",
    "毎月お届け",
    Cycle(Interval(IntervalUnit.MONTH, 1), Interval(IntervalUnit.MONTH, 1)),
    [PlanPrice(0, Adjustment.PERCENTAGE, 100000), PlanPrice(3, Adjustment.PRICE, 850)],
    min_cycles=3,
    max_cycles=12,
)
WEEKLY = SellingPlan("6902", "毎週お届け", Cycle(Interval(IntervalUnit.WEEK, 1)))

TEA = Product("101", "煎茶", [Variant("201", "100g", 1000, None)])
CUP = Product("102", "湯呑", [Variant("202", "白", 1800, 12)], requires_shipping=True)


def scenario(number: int, trigger: Kind, offer: Kind) -> Scenario:
    """An offer of tea to buyers of tea."""
    plans = ["6901", "6902"]
    return Scenario(
        id=f"S{number}",
        name=f"scenario {number}",
        status=ScenarioStatus.PUBLISHED,
        priority=number,
        trigger_kind=trigger,
        triggers=[Trigger("101", ["201"], plans if trigger == Kind.SUBSCRIPTION else None)],
        offer_kind=offer,
        product_id="101",
        variant_id="201",
        selling_plan_ids=plans if offer == Kind.SUBSCRIPTION else (),
        discount=Discount(Adjustment.PERCENTAGE, 200000),
        quantity=Quantity(1, 3, adjustable=True),
        page=PageInput(
            title="ご一緒に",
            timer_enabled=True,
            timer_seconds=300,
            timer_text="残り",
            disclosure=Disclosure(delivery="土日は休みです。"),
        ),
        other_items=OtherItems.ALLOW,
    )


CATALOG = CatalogInput(
    currency="JPY",
    store_plan=StorePlan.ENTERPRISE,
    post_purchase_app=True,
    one_time_to_one_time=True,
    rounding=RoundingPair(
        Rounding(RoundingMode.HALF_UP, RoundingTarget.PRICE, RoundingBasis.UNIT), Rounding()
    ),
    selling_plans=[MONTHLY, WEEKLY],
    products=[TEA, CUP],
    scenarios=[
        scenario(1, Kind.SUBSCRIPTION, Kind.SUBSCRIPTION),
        scenario(2, Kind.SUBSCRIPTION, Kind.ONE_TIME),
        scenario(3, Kind.ONE_TIME, Kind.SUBSCRIPTION),
        scenario(4, Kind.ONE_TIME, Kind.ONE_TIME),
    ],
    disclosure=Disclosure(
        price="税込です。",
        withdrawal="お届けから8日以内は返品できます。",
        cancellation="次回お届けの5日前まで、マイページで解約できます。",
    ),
)

LINE = OrderLine(
    id="gid://shopify/LineItem/1",
    product_id="101",
    quantity=1,
    variant_id="201",
    selling_plan_id="6901",
    contract_id="gid://shopify/SubscriptionContract/1",
    unit_price=900,
    discounted_total=900,
)
ORDER = Order("gid://shopify/Order/1", "JPY", [LINE])

ORDER_JSON = (
    b'{"format":"upsell.order/1","id":"gid://shopify/Order/1","currency":"JPY",'
    b'"lines":[{"id":"gid://shopify/LineItem/1","product_id":"101","quantity":1,'
    b'"variant_id":"201","selling_plan_id":"6901",'
    b'"contract_id":"gid://shopify/SubscriptionContract/1",'
    b'"unit_price":"900","discounted_total":"900"}]}'
)
