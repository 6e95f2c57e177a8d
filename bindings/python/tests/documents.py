# SPDX-License-Identifier: MIT
"""Documents as native objects, and decisions as documents: written apart from the library,
so that both ways in can be compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import upsell

CHECKOUT = Path(__file__).resolve().parents[3]

Document = Mapping[str, Any]
E = TypeVar("E")


def compact(value: object) -> str:
    """JSON as the library writes it (OUT-5, OUT-6)."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def word(members: type[E], text: str) -> E:
    """The member of an enumeration with this word."""
    listed: Any = members
    by_text: dict[str, E] = {member.text: member for member in listed}
    return by_text[text]


# ---- catalogue ----


def an_id(value: Any) -> str:
    """An id may be written as an integer, which stands for its digits (VAL-1)."""
    assert type(value) in (str, int)
    return str(value)


def ids(values: Any) -> list[str]:
    return [an_id(value) for value in values]


def amount(value: Any, currency: str) -> int:
    """Money in a document is in major units; an integer is one, too (VAL-2)."""
    assert type(value) in (str, int)
    return upsell.money_parse(str(value), currency)


def adjusted(document: Document, currency: str) -> int:
    if document["type"] == "none":
        assert "value" not in document
        return 0
    if document["type"] == "percentage":
        return upsell.percentage_parse(str(document["value"]))
    return amount(document["value"], currency)


def rounding(document: Document) -> upsell.Rounding:
    return upsell.Rounding(
        word(upsell.RoundingMode, document["mode"]) if "mode" in document else None,
        word(upsell.RoundingTarget, document["target"]) if "target" in document else None,
        word(upsell.RoundingBasis, document["basis"]) if "basis" in document else None,
    )


def rounding_pair(document: Document) -> upsell.RoundingPair:
    return upsell.RoundingPair(
        rounding(document.get("checkout", {})), rounding(document.get("offer_page", {}))
    )


def interval(document: Document) -> upsell.Interval:
    return upsell.Interval(word(upsell.IntervalUnit, document["interval"]), document["count"])


def selling_plan(document: Document, currency: str) -> upsell.SellingPlan:
    delivery = document.get("delivery")
    return upsell.SellingPlan(
        an_id(document["id"]),
        document["name"],
        upsell.Cycle(interval(document["billing"]), interval(delivery) if delivery else None),
        [
            upsell.PlanPrice(
                entry["after_cycle"],
                word(upsell.Adjustment, entry["type"]),
                adjusted(entry, currency),
            )
            for entry in document["pricing"]
        ],
        document.get("min_cycles"),
        document.get("max_cycles"),
    )


def product(document: Document, currency: str) -> upsell.Product:
    return upsell.Product(
        an_id(document["id"]),
        document["title"],
        [
            upsell.Variant(
                an_id(variant["id"]),
                variant["title"],
                amount(variant["price"], currency),
                variant["available"],
            )
            for variant in document["variants"]
        ],
        requires_shipping=document.get("requires_shipping", True),
        requires_selling_plan=document.get("requires_selling_plan", False),
    )


def trigger(document: Document) -> upsell.Trigger:
    return upsell.Trigger(
        an_id(document["product_id"]),
        ids(document["variant_ids"]) if "variant_ids" in document else None,
        ids(document["selling_plan_ids"]) if "selling_plan_ids" in document else None,
    )


def disclosure(document: Document) -> upsell.Disclosure | None:
    return upsell.Disclosure(**document["disclosure"]) if "disclosure" in document else None


def page(document: Document) -> upsell.PageInput:
    timer = document.get("timer", {})
    description = document.get("description", {})
    button = document.get("close_button", {})
    return upsell.PageInput(
        title=document.get("title"),
        timer_enabled=timer.get("enabled", False),
        timer_seconds=timer.get("seconds"),
        timer_text=timer.get("text"),
        description_visible=description.get("visible", True),
        description=description.get("text"),
        buy_button=document.get("buy_button"),
        close_visible=button.get("visible", True),
        close_label=button.get("label"),
        disclosure=disclosure(document),
    )


def discount_of(document: Document, currency: str) -> upsell.Discount:
    kind = word(upsell.Adjustment, document["type"])
    return upsell.Discount(kind, adjusted(document, currency))


def quantity_of(document: Document) -> upsell.Quantity:
    return upsell.Quantity(
        document.get("default", 1), document.get("max"), document.get("adjustable", False)
    )


def scenario(document: Document, currency: str) -> upsell.Scenario:
    offer = document["offer"]
    discount, quantity = offer.get("discount"), offer.get("quantity")
    return upsell.Scenario(
        id=an_id(document["id"]),
        name=document["name"],
        status=word(upsell.ScenarioStatus, document["status"]),
        priority=document["priority"],
        trigger_kind=word(upsell.Kind, document["trigger"]["kind"]),
        triggers=[trigger(entry) for entry in document["trigger"]["products"]],
        offer_kind=word(upsell.Kind, offer["kind"]),
        product_id=an_id(offer["product_id"]),
        variant_id=an_id(offer["variant_id"]),
        selling_plan_ids=ids(offer.get("selling_plan_ids", ())),
        discount=None if discount is None else discount_of(discount, currency),
        quantity=None if quantity is None else quantity_of(quantity),
        page=page(document["page"]) if "page" in document else None,
        other_items=word(upsell.OtherItems, document["trigger"].get("other_items", "allow")),
    )


def catalog_input(document: Document) -> upsell.CatalogInput:
    currency = document["currency"]
    store = document.get("store", {})
    return upsell.CatalogInput(
        currency=currency,
        store_plan=word(upsell.StorePlan, store.get("plan", "standard")),
        post_purchase_app=store.get("post_purchase_app", False),
        one_time_to_one_time=store.get("one_time_to_one_time", False),
        rounding=rounding_pair(document["rounding"]) if "rounding" in document else None,
        selling_plans=[selling_plan(entry, currency) for entry in document["selling_plans"]],
        products=[product(entry, currency) for entry in document["products"]],
        scenarios=[scenario(entry, currency) for entry in document["scenarios"]],
        disclosure=disclosure(document),
    )


# ---- order and acceptance ----


def optional_id(document: Document, key: str) -> str | None:
    value = document.get(key)
    return None if value is None else an_id(value)


def optional_amount(document: Document, key: str, currency: str) -> int | None:
    value = document.get(key)
    return None if value is None else amount(value, currency)


def order_line(document: Document, currency: str) -> upsell.OrderLine:
    return upsell.OrderLine(
        id=an_id(document["id"]),
        product_id=an_id(document["product_id"]),
        quantity=document["quantity"],
        variant_id=optional_id(document, "variant_id"),
        selling_plan_id=optional_id(document, "selling_plan_id"),
        contract_id=optional_id(document, "contract_id"),
        unit_price=optional_amount(document, "unit_price", currency),
        discounted_total=optional_amount(document, "discounted_total", currency),
    )


def order(document: Document) -> upsell.Order:
    return upsell.Order(
        an_id(document["id"]),
        document["currency"],
        [order_line(line, document["currency"]) for line in document["lines"]],
        has_shipping_address=document.get("has_shipping_address", True),
    )


def acceptance(document: Document, currency: str) -> upsell.Acceptance:
    return upsell.Acceptance(
        an_id(document["scenario_id"]),
        document["quantity"],
        optional_id(document, "selling_plan_id"),
        optional_amount(document, "total", currency),
    )


# ---- decision ----


def price_document(price: upsell.Price, money: Any) -> Document:
    return {
        "list_unit": money(price.list_unit),
        "plan_unit": None if price.plan_unit is None else money(price.plan_unit),
        **{
            surface: {"unit": money(amounts.unit), "line": money(amounts.line)}
            for surface, amounts in (
                ("checkout", price.checkout),
                ("offer_page", price.offer_page),
            )
        },
        "recurring": [
            {
                "from_cycle": segment.from_cycle,
                "unit": money(segment.unit),
                "line": money(segment.line),
            }
            for segment in price.recurring
        ],
    }


def page_document(page: upsell.Page) -> Document:
    return {
        "title": page.title,
        "timer": {
            "visible": page.timer_visible,
            "seconds": page.timer_seconds,
            "text": page.timer_text,
        },
        "description": {"visible": page.description_visible, "text": page.description},
        "buy_button": page.buy_button,
        "close_button": {"visible": page.close_visible, "label": page.close_label},
        "expires_after_seconds": page.expires_after_seconds,
    }


def offer_document(offer: upsell.Offer, money: Any) -> Document:
    return {
        "product_id": offer.product_id,
        "variant_id": offer.variant_id,
        "quantity": {
            "default": offer.quantity.initial,
            "max": offer.quantity.max,
            "adjustable": offer.quantity.adjustable,
        },
        "cancel_line_ids": list(offer.cancel_line_ids),
        "targets": [
            {
                "line_ids": list(target.line_ids),
                "contract_id": target.contract_id,
                "selling_plan_id": target.selling_plan_id,
                "price": price_document(target.price, money),
            }
            for target in offer.targets
        ],
        "choices": [
            {
                "selling_plan_id": choice.selling_plan_id,
                "price": price_document(choice.price, money),
            }
            for choice in offer.choices
        ],
        "total": {
            "checkout": money(offer.total_checkout),
            "offer_page": money(offer.total_offer_page),
            "differs": offer.differs,
        },
        "page": page_document(offer.page),
    }


def decision_document(decision: upsell.Decision) -> Document:
    """A decision as the document that it stands for (OUT-1)."""

    def money(units: int) -> str:
        return upsell.money_format(units, decision.currency)

    offer = decision.offer
    return {
        "format": "upsell.decision/1",
        "order_id": decision.order_id,
        "outcome": decision.outcome.text,
        "reason": decision.reason.text if decision.reason else None,
        "scenario_id": offer.scenario_id if offer else None,
        "pattern": offer.pattern.text if offer else None,
        "priority": offer.priority if offer else None,
        "offer": offer_document(offer, money) if offer else None,
        "considered": considered_document(decision.considered),
    }


def considered_document(considered: Sequence[upsell.Considered]) -> list[Document]:
    return [
        {"scenario_id": loser.scenario_id, "reason": loser.reason.text} for loser in considered
    ]
