# SPDX-License-Identifier: MIT
"""The documents of make_shop.py as native objects. Other documents may have more in them."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from upsell import (Adjustment, CatalogInput, Cycle, Discount, Interval, IntervalUnit, Kind, Order,
                    OrderLine, OtherItems, PageInput, PlanPrice, Product, Quantity, Scenario,
                    ScenarioStatus, SellingPlan, StorePlan, Trigger, Variant, percentage_parse)

Document = dict[str, Any]


def interval(document: Document) -> Interval:
    return Interval(IntervalUnit[document["interval"].upper()], document["count"])


def selling_plan(document: Document) -> SellingPlan:
    return SellingPlan(
        document["id"], document["name"],
        Cycle(interval(document["billing"]), interval(document["delivery"])),
        tuple(PlanPrice(price["after_cycle"], Adjustment[price["type"].upper()],
                        percentage_parse(price["value"])) for price in document["pricing"]))


def product(document: Document) -> Product:
    variants = tuple(Variant(variant["id"], variant["title"], int(variant["price"]),
                             variant["available"]) for variant in document["variants"])
    return Product(document["id"], document["title"], variants, document["requires_shipping"],
                   document["requires_selling_plan"])


def scenario(document: Document) -> Scenario:
    trigger, offer = document["trigger"], document["offer"]
    quantity = offer["quantity"]
    return Scenario(
        id=document["id"], name=document["name"],
        status=ScenarioStatus[document["status"].upper()], priority=document["priority"],
        trigger_kind=Kind[trigger["kind"].upper()],
        triggers=tuple(Trigger(product["product_id"]) for product in trigger["products"]),
        other_items=OtherItems[trigger["other_items"].upper()],
        offer_kind=Kind[offer["kind"].upper()], product_id=offer["product_id"],
        variant_id=offer["variant_id"], selling_plan_ids=tuple(offer["selling_plan_ids"]),
        discount=Discount(Adjustment[offer["discount"]["type"].upper()],
                          percentage_parse(offer["discount"]["value"])),
        quantity=Quantity(quantity["default"], quantity["max"], quantity["adjustable"]),
        page=PageInput(title=document["page"]["title"]))


def catalog(document: Document) -> CatalogInput:
    store = document["store"]
    return CatalogInput(
        currency=document["currency"], store_plan=StorePlan[store["plan"].upper()],
        post_purchase_app=store["post_purchase_app"],
        one_time_to_one_time=store["one_time_to_one_time"],
        selling_plans=tuple(map(selling_plan, document["selling_plans"])),
        products=tuple(map(product, document["products"])),
        scenarios=tuple(map(scenario, document["scenarios"])))


def order_line(document: Document) -> OrderLine:
    return OrderLine(document["id"], document["product_id"], document["quantity"],
                     document["variant_id"], document["selling_plan_id"], document["contract_id"],
                     int(document["unit_price"]))


def order(document: Document) -> Order:
    return Order(document["id"], document["currency"],
                 tuple(map(order_line, document["lines"])), document["has_shipping_address"])


def read(folder: Path) -> tuple[CatalogInput, list[Document], bytes]:
    """The catalogue, the orders' documents, and their text."""
    text = (folder / "orders.ndjson").read_bytes()
    return (catalog(json.loads((folder / "catalog.json").read_bytes())),
            [json.loads(line) for line in text.splitlines()], text)
