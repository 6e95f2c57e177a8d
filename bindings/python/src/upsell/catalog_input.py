# SPDX-License-Identifier: MIT
"""A catalogue as native objects: what `upsell.Catalog` is built from.

The fields are those of the documents (rules CAT-1 ... CAT-19), and so are the pointers of
problems: ``/scenarios/0/offer/quantity/default`` means ``scenarios[0].quantity.initial``.
Nothing is checked when these are made; `upsell.check` finds all problems at once, and
`upsell.Catalog` raises the first. All amounts are minor units, all percentages millionths
of the whole. Since 0.1.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from upsell.enums import (
    Adjustment,
    IntervalUnit,
    Kind,
    OtherItems,
    ScenarioStatus,
    StorePlan,
)
from upsell.money import RoundingPair

__all__ = [
    "CatalogInput",
    "Cycle",
    "Disclosure",
    "Discount",
    "Interval",
    "PageInput",
    "PlanPrice",
    "Product",
    "Quantity",
    "Scenario",
    "SellingPlan",
    "Trigger",
    "Variant",
]


class Frozen:
    """Lists become tuples: a frozen value is frozen with all that it holds."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if isinstance(value, list):
                self.__dict__[name] = tuple(value)


@dataclass(frozen=True)
class Interval:
    """Every `count` (1 to 999) units of time (CAT-4)."""

    unit: IntervalUnit
    count: int


@dataclass(frozen=True)
class Cycle:
    """How often a plan bills and delivers (CAT-4).

    Attributes:
        billing: when the buyer pays.
        delivery: when goods are sent; None: as billing.
    """

    billing: Interval
    delivery: Interval | None = None


@dataclass(frozen=True)
class PlanPrice:
    """One price of a plan (CAT-5, PRC-1).

    Attributes:
        after_cycle: it holds for the cycles after this one, 0 to 999.
        type: percentage, fixed_amount or price.
        value: millionths, or minor units per unit.
    """

    after_cycle: int
    type: Adjustment
    value: int


@dataclass(frozen=True)
class SellingPlan(Frozen):
    """A selling plan (CAT-4, CAT-18).

    Attributes:
        id: unique among the plans.
        name: for people; may be empty.
        cycle: how often it bills and delivers.
        pricing: prices, in any order.
        min_cycles: the least number of charges, 1 to 999; None: none.
        max_cycles: after how many charges it ends, 1 to 999, the first one counted; None: it
            goes on.
    """

    id: str
    name: str
    cycle: Cycle
    pricing: Sequence[PlanPrice] = ()
    min_cycles: int | None = None
    max_cycles: int | None = None


@dataclass(frozen=True)
class Variant:
    """A variant of a product (CAT-7).

    Attributes:
        id: unique among the product's variants.
        title: for people; may be empty.
        price: list price of a unit, 0 to 10**11 minor units.
        available: units in stock, 0 to 2**53 - 1; None where stock is not tracked. It has no
            default, so that a forgotten figure never means "unlimited".
    """

    id: str
    title: str
    price: int
    available: int | None


@dataclass(frozen=True)
class Product(Frozen):
    """A product (CAT-6).

    Attributes:
        id: unique among the products.
        title: for people; may be empty.
        variants: what can be bought of it.
        requires_shipping: whether it is sent.
        requires_selling_plan: whether it is sold by subscription only.
    """

    id: str
    title: str
    variants: Sequence[Variant]
    requires_shipping: bool = True
    requires_selling_plan: bool = False


@dataclass(frozen=True)
class Trigger(Frozen):
    """One product that sets a scenario off (CAT-9, DEC-2).

    Attributes:
        product_id: may be unknown to the catalogue.
        variant_ids: None or empty: any variant, or none.
        selling_plan_ids: None or empty: any plan; only with trigger kind subscription.
    """

    product_id: str
    variant_ids: Sequence[str] | None = None
    selling_plan_ids: Sequence[str] | None = None


@dataclass(frozen=True)
class Discount:
    """A discount of an offer (CAT-11).

    Attributes:
        type: none, percentage or fixed_amount.
        value: millionths, or minor units per unit; 0 for none.
    """

    type: Adjustment
    value: int = 0


@dataclass(frozen=True)
class Quantity:
    """How many units an offer has (CAT-12, DEC-13).

    Attributes:
        initial: the quantity shown first, 1 to 9999.
        max: the most the buyer may take, 1 to 9999; None: as initial. In a decision it is
            never None, and limited by stock.
        adjustable: whether the buyer may change it.
    """

    initial: int = 1
    max: int | None = None
    adjustable: bool = False


@dataclass(frozen=True)
class Disclosure:
    """What the merchant must tell a buyer before a subscription (CAT-19, PAG-9). In a page,
    None leaves a text to the catalogue; an empty one counts as missing.

    Attributes:
        price: added to the item on prices: tax, fees; optional.
        payment: added to the timing of charges: how to pay; optional.
        delivery: added to the timing of deliveries; optional.
        period: added to the period of the offer; optional.
        withdrawal: returns, and withdrawing from the purchase; mandatory.
        cancellation: how and until when to cancel; mandatory.
    """

    price: str | None = None
    payment: str | None = None
    delivery: str | None = None
    period: str | None = None
    withdrawal: str | None = None
    cancellation: str | None = None


@dataclass(frozen=True)
class PageInput:
    """What the offer page says (CAT-16). None means the default.

    Attributes:
        title: default empty.
        timer_enabled: whether the page counts down.
        timer_seconds: 1 to 3600; required when the timer is enabled.
        timer_text: before the countdown; default empty.
        description_visible: whether the description is shown.
        description: None: the product's own.
        buy_button: label; default 追加注文する.
        close_visible: whether there is a button that closes the page.
        close_label: its label; default 閉じる.
        disclosure: texts that stand instead of the catalogue's; None: the catalogue's.
    """

    title: str | None = None
    timer_enabled: bool = False
    timer_seconds: int | None = None
    timer_text: str | None = None
    description_visible: bool = True
    description: str | None = None
    buy_button: str | None = None
    close_visible: bool = True
    close_label: str | None = None
    disclosure: Disclosure | None = None


@dataclass(frozen=True)
class Scenario(Frozen):
    """A configured offer (CAT-8 ... CAT-16).

    Attributes:
        id: unique among the scenarios.
        name: for the merchant; may be empty.
        status: published or draft.
        priority: 0 to 1,000,000; the smaller number wins (DEC-14).
        trigger_kind: how what sets it off was bought.
        triggers: what sets it off, at least one.
        offer_kind: how it is offered.
        product_id: the offered product.
        variant_id: the offered variant of it.
        selling_plan_ids: at least one for a subscription, else none.
        discount: None: none.
        quantity: None: 1, not adjustable.
        page: None: all defaults.
        other_items: what to do when other things are in the order (DEC-6).
    """

    id: str
    name: str
    status: ScenarioStatus
    priority: int
    trigger_kind: Kind
    triggers: Sequence[Trigger]
    offer_kind: Kind
    product_id: str
    variant_id: str
    selling_plan_ids: Sequence[str] = ()
    discount: Discount | None = None
    quantity: Quantity | None = None
    page: PageInput | None = None
    other_items: OtherItems = OtherItems.ALLOW


@dataclass(frozen=True)
class CatalogInput(Frozen):
    """A whole catalogue (CAT-1 ... CAT-3, CAT-19).

    Attributes:
        currency: ISO 4217 code; all money in the catalogue is in it.
        store_plan: the merchant's plan of the app; offers are made with enterprise only.
        post_purchase_app: whether this app is the one chosen for the post-purchase page.
        one_time_to_one_time: whether pattern 4 is switched on.
        rounding: None: the defaults of CAT-3.
        selling_plans, products, scenarios: what the store has.
        disclosure: texts for every subscription; None: none.
    """

    currency: str
    store_plan: StorePlan = StorePlan.STANDARD
    post_purchase_app: bool = False
    one_time_to_one_time: bool = False
    rounding: RoundingPair | None = None
    selling_plans: Sequence[SellingPlan] = ()
    products: Sequence[Product] = ()
    scenarios: Sequence[Scenario] = ()
    disclosure: Disclosure | None = None
