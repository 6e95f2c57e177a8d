# SPDX-License-Identifier: MIT
"""What a decision says (OUT-1, OUT-2). All amounts are minor units of its currency.

These are plain frozen values: they hold no memory of the library and outlive the catalogue.
They have no slots, so that a decision can be filled in through its __dict__: a frozen
__init__ sets each field by a call of its own, 600 ns for the fields of an offer against 180.
Since 0.1.0.
"""

from __future__ import annotations

from dataclasses import dataclass

from upsell.catalog_input import Quantity
from upsell.enums import Outcome, Pattern, Reason
from upsell.errors import UpsellError
from upsell.money import Currency
from upsell.pricing import Price

__all__ = [
    "Considered",
    "Decision",
    "LineResult",
    "Offer",
    "Page",
    "PlanChoice",
    "Target",
]


@dataclass(frozen=True)
class Target:
    """One contract or order that the item joins (TGT-2 ... TGT-5).

    Attributes:
        line_ids: the trigger lines, in order; at least one.
        contract_id: None where not known or not needed.
        selling_plan_id: None for one-time offers.
        price: for the initial quantity.
    """

    line_ids: tuple[str, ...]
    contract_id: str | None
    selling_plan_id: str | None
    price: Price


@dataclass(frozen=True)
class PlanChoice:
    """A plan that the buyer may choose, with its price for the initial quantity (TGT-5)."""

    selling_plan_id: str
    price: Price


@dataclass(frozen=True)
class Considered:
    """A candidate that did not win (DEC-15).

    Attributes:
        scenario_id: the scenario.
        scenario_index: its place in the catalogue, from 0.
        reason: why it lost.
    """

    scenario_id: str
    scenario_index: int
    reason: Reason


@dataclass(frozen=True)
class Page:
    """What the offer page shows, with defaults filled in (OUT-4).

    Attributes:
        title: may be empty.
        timer_visible: whether it counts down.
        timer_seconds: None when the timer is not visible.
        timer_text: before the countdown; may be empty.
        description_visible: whether the description is shown.
        description: None: the product's own, which the host supplies.
        buy_button, close_label: labels.
        close_visible: whether there is a button that closes the page.
        expires_after_seconds: when the page closes by itself.
    """

    title: str
    timer_visible: bool
    timer_seconds: int | None
    timer_text: str
    description_visible: bool
    description: str | None
    buy_button: str
    close_visible: bool
    close_label: str
    expires_after_seconds: int


@dataclass(frozen=True)
class Offer:
    """An offer, exactly priced (OUT-1).

    Attributes:
        scenario_id: the scenario that won.
        scenario_index: its place in the catalogue, from 0.
        scenario_name: for the merchant; may be empty.
        priority: the winner's.
        pattern: which of the four.
        product_id, product_title: what is offered.
        variant_id, variant_title: what is offered.
        quantity: complete; its max is limited by stock (DEC-13).
        targets: what the offer joins; at least one.
        cancel_line_ids: lines that the offer replaces (TGT-5).
        choices: plans to choose from; empty where there is no choice.
        total_checkout: what the checkout's rounding would give.
        total_offer_page: sum of the targets' lines, as shown and charged now.
        differs: whether the two totals differ (PRC-11).
        page: what the offer page shows.
    """

    scenario_id: str
    scenario_index: int
    scenario_name: str
    priority: int
    pattern: Pattern
    product_id: str
    product_title: str
    variant_id: str
    variant_title: str
    quantity: Quantity
    targets: tuple[Target, ...]
    cancel_line_ids: tuple[str, ...]
    choices: tuple[PlanChoice, ...]
    total_checkout: int
    total_offer_page: int
    differs: bool
    page: Page


@dataclass(frozen=True)
class Decision:
    """What was decided for an order (OUT-1, OUT-2).

    Attributes:
        order_id: the order's id.
        currency: the catalogue's, of all amounts.
        outcome: OFFER or NO_OFFER.
        reason: why there is no offer; None where there is one.
        offer: None where there is none.
        considered: the candidates that lost, in catalogue order; empty unless asked for.
    """

    order_id: str
    currency: Currency
    outcome: Outcome
    reason: Reason | None
    offer: Offer | None
    considered: tuple[Considered, ...] = ()


@dataclass(frozen=True)
class LineResult:
    """What came of a line of a stream (CLI-4).

    Attributes:
        line: its number, from 1; lines of white space are counted and have no result.
        decision: None where the line is not a valid order.
        error: why it is none; its pointer is one into the line's document.
    """

    line: int
    decision: Decision | None
    error: UpsellError | None
