# SPDX-License-Identifier: MIT
"""Makes the shop that the benchmarks of the bindings decide for.

Usage: make_shop.py FOLDER [--scenarios N] [--orders N]

Writes catalog.json and orders.ndjson. A shop as merchants have them: ids as Shopify writes them,
each scenario set off by one product or two, all four patterns, a few plans, stock that is
sometimes out; orders of one to four lines, of which some set nothing off. The same arguments give
the same bytes.
"""
import argparse
import json
import random
from pathlib import Path
from typing import Any

CYCLES = [("week", 2), ("month", 1), ("month", 2), ("month", 3)]
KINDS = ["subscription", "one_time"]


def gid(kind: str, number: int) -> str:
    return f"gid://shopify/{kind}/{7_800_000_000_000 + number}"


def selling_plan(number: int) -> dict[str, Any]:
    unit, count = CYCLES[number]
    interval = {"interval": unit, "count": count}
    return {"id": gid("SellingPlan", number), "name": f"{count} {unit}", "billing": interval,
            "delivery": interval,
            "pricing": [{"after_cycle": 0, "type": "percentage", "value": "10"},
                        {"after_cycle": 3, "type": "percentage", "value": "15"}]}


def product(number: int, rng: random.Random) -> dict[str, Any]:
    available = rng.choice([None, None, 500, 0])
    return {"id": gid("Product", number), "title": f"煎茶 {number}", "requires_shipping": True,
            "requires_selling_plan": False,
            "variants": [{"id": gid("ProductVariant", number), "title": "100g",
                          "price": str(rng.randrange(300, 9000)), "available": available}]}


def scenario(number: int, products: int, rng: random.Random) -> dict[str, Any]:
    trigger, offer = KINDS[number % 2], KINDS[number // 2 % 2]
    first = number % products
    offered = (first + 1 + rng.randrange(products - 1)) % products
    plans = [gid("SellingPlan", n) for n in rng.sample(range(len(CYCLES)), 2)]
    return {"id": f"S{number}", "name": f"シナリオ {number}", "status": "published",
            "priority": rng.randrange(100),
            "trigger": {"kind": trigger, "other_items": rng.choice(["allow", "allow", "deny"]),
                        "products": [{"product_id": gid("Product", n)}
                                     for n in sorted({first, first * 7 % products})]},
            "offer": {"kind": offer, "product_id": gid("Product", offered),
                      "variant_id": gid("ProductVariant", offered),
                      "selling_plan_ids": plans if offer == "subscription" else [],
                      "discount": {"type": "percentage", "value": str(rng.choice([5, 10, 12.5]))},
                      "quantity": {"default": 1, "max": 3, "adjustable": True}},
            "page": {"title": "ご一緒にいかがですか"}}


def catalog(scenarios: int, rng: random.Random) -> dict[str, Any]:
    products = max(scenarios // 2, 4)
    return {"format": "upsell.catalog/1", "currency": "JPY",
            "store": {"plan": "enterprise", "post_purchase_app": True,
                      "one_time_to_one_time": True},
            "selling_plans": [selling_plan(n) for n in range(len(CYCLES))],
            "products": [product(n, rng) for n in range(products)],
            "scenarios": [scenario(n, products, rng) for n in range(scenarios)]}


def order_line(number: int, products: int, rng: random.Random) -> dict[str, Any]:
    bought = rng.randrange(products)
    subscribed = rng.random() < 0.5
    return {"id": gid("LineItem", number), "product_id": gid("Product", bought),
            "variant_id": gid("ProductVariant", bought), "quantity": rng.choice([1, 1, 1, 2]),
            "unit_price": str(rng.randrange(300, 9000)),
            "selling_plan_id": gid("SellingPlan", rng.randrange(4)) if subscribed else None,
            "contract_id": gid("SubscriptionContract", number) if subscribed else None}


def order(number: int, products: int, rng: random.Random) -> dict[str, Any]:
    lines = rng.choice([1, 1, 1, 1, 2, 2, 3, 4])
    return {"format": "upsell.order/1", "id": gid("Order", number), "currency": "JPY",
            "has_shipping_address": True,
            # A tenth more products than the catalogue has: not all that is sold sets an offer off.
            "lines": [order_line(number * 10 + n, products + products // 10, rng)
                      for n in range(lines)]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenarios", type=int, default=1000)
    parser.add_argument("--orders", type=int, default=10000)
    options = parser.parse_args()
    rng = random.Random(2026)
    shop = catalog(options.scenarios, rng)
    products = len(shop["products"])
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "catalog.json").write_text(json.dumps(shop, ensure_ascii=False), "utf-8")
    with open(options.folder / "orders.ndjson", "w", encoding="utf-8") as lines:
        for number in range(options.orders):
            lines.write(json.dumps(order(number, products, rng), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
