# SPDX-License-Identifier: MIT
"""A catalogue of native objects as the structs of C (CAT-1 ... CAT-19)."""

from __future__ import annotations

from ctypes import sizeof
from typing import Any

from upsell import _check, _native
from upsell._structs import Structs
from upsell.catalog_input import (
    CatalogInput,
    Disclosure,
    PageInput,
    Product,
    Quantity,
    Scenario,
    SellingPlan,
    Trigger,
    Variant,
)
from upsell.enums import Kind, OtherItems, ScenarioStatus, StorePlan
from upsell.money import rounding_pair_struct
from upsell.pricing import cycle_struct, discount_struct, plan_price_struct


class CatalogStructs(Structs):
    """The structs of one catalogue; see `Structs` for their life and for faults."""

    def catalog(self, value: object) -> _native.CatalogInput:
        struct = _native.CatalogInput(size=sizeof(_native.CatalogInput))
        given = self.is_a(value, CatalogInput, "")
        if given is None:
            return struct
        struct.currency = self.currency(given.currency, "/currency")
        struct.store_plan = self.enum(given.store_plan, StorePlan, "/store/plan")
        struct.post_purchase_app = self.choice(
            given.post_purchase_app, "/store/post_purchase_app"
        )
        struct.one_time_to_one_time = self.choice(
            given.one_time_to_one_time, "/store/one_time_to_one_time"
        )
        if given.rounding is not None:
            struct.rounding = self.take(
                rounding_pair_struct, _native.RoundingPair(), given.rounding, "/rounding"
            )
        struct.selling_plans, struct.selling_plan_count = self.each(
            given.selling_plans,
            "/selling_plans",
            SellingPlan,
            _native.SellingPlanInput,
            self._selling_plan,
        )
        struct.products, struct.product_count = self.each(
            given.products, "/products", Product, _native.ProductInput, self._product
        )
        struct.scenarios, struct.scenario_count = self.each(
            given.scenarios, "/scenarios", Scenario, _native.ScenarioInput, self._scenario
        )
        struct.disclosure = self._disclosure(given.disclosure, "/disclosure")
        return struct

    def _selling_plan(self, plan: SellingPlan, struct: _native.SellingPlanInput, at: str) -> None:
        struct.id = self.text(plan.id, f"{at}/id")
        struct.name = self.text(plan.name, f"{at}/name")
        struct.cycle = self.take(cycle_struct, _native.Cycle(), plan.cycle, at)
        struct.min_cycles = self.set_number(plan.min_cycles, f"{at}/min_cycles")
        struct.max_cycles = self.set_number(plan.max_cycles, f"{at}/max_cycles")
        given = self.items(plan.pricing, f"{at}/pricing")
        struct.pricing = (_native.PlanPriceEntry * len(given))(
            *(
                self.take(
                    plan_price_struct, _native.PlanPriceEntry(), price, f"{at}/pricing/{index}"
                )
                for index, price in enumerate(given)
            )
        )
        struct.pricing_count = len(given)

    def _product(self, product: Product, struct: _native.ProductInput, at: str) -> None:
        struct.id = self.text(product.id, f"{at}/id")
        struct.title = self.text(product.title, f"{at}/title")
        struct.requires_shipping = self.choice(
            product.requires_shipping, f"{at}/requires_shipping"
        )
        struct.requires_selling_plan = self.choice(
            product.requires_selling_plan, f"{at}/requires_selling_plan"
        )
        struct.variants, struct.variant_count = self.each(
            product.variants, f"{at}/variants", Variant, _native.VariantInput, self._variant
        )

    def _variant(self, variant: Variant, struct: _native.VariantInput, at: str) -> None:
        struct.id = self.text(variant.id, f"{at}/id")
        struct.title = self.text(variant.title, f"{at}/title")
        struct.price = self.number(variant.price, f"{at}/price")
        if variant.available is None:
            struct.stock_tracked = _native.NO
        else:
            struct.stock_tracked = _native.YES
            struct.available = self.number(variant.available, f"{at}/available")

    def _scenario(self, scenario: Scenario, struct: _native.ScenarioInput, at: str) -> None:
        struct.id = self.text(scenario.id, f"{at}/id")
        struct.name = self.text(scenario.name, f"{at}/name")
        struct.status = self.enum(scenario.status, ScenarioStatus, f"{at}/status")
        struct.priority = self.number(scenario.priority, f"{at}/priority", _check.INT32)
        self._scenario_trigger(scenario, struct, f"{at}/trigger")
        self._scenario_offer(scenario, struct, f"{at}/offer")
        if scenario.page is not None:
            page = self.is_a(scenario.page, PageInput, f"{at}/page")
            if page is not None:
                struct.page = _native.PageInputPointer(self._page(page, f"{at}/page"))

    def _scenario_trigger(
        self, scenario: Scenario, struct: _native.ScenarioInput, at: str
    ) -> None:
        struct.trigger_kind = self.enum(scenario.trigger_kind, Kind, f"{at}/kind")
        struct.other_items = self.enum(scenario.other_items, OtherItems, f"{at}/other_items")
        struct.triggers, struct.trigger_count = self.each(
            scenario.triggers, f"{at}/products", Trigger, _native.TriggerInput, self._trigger
        )

    def _trigger(self, trigger: Trigger, struct: _native.TriggerInput, at: str) -> None:
        struct.product_id = self.text(trigger.product_id, f"{at}/product_id")
        struct.variant_ids, struct.variant_count = self.texts(
            trigger.variant_ids, f"{at}/variant_ids"
        )
        struct.selling_plan_ids, struct.selling_plan_count = self.texts(
            trigger.selling_plan_ids, f"{at}/selling_plan_ids"
        )

    def _scenario_offer(self, scenario: Scenario, struct: _native.ScenarioInput, at: str) -> None:
        struct.offer_kind = self.enum(scenario.offer_kind, Kind, f"{at}/kind")
        struct.product_id = self.text(scenario.product_id, f"{at}/product_id")
        struct.variant_id = self.text(scenario.variant_id, f"{at}/variant_id")
        struct.selling_plan_ids, struct.selling_plan_count = self.texts(
            scenario.selling_plan_ids, f"{at}/selling_plan_ids"
        )
        if scenario.discount is not None:
            struct.discount = self.take(
                discount_struct, _native.Discount(), scenario.discount, f"{at}/discount"
            )
        if scenario.quantity is not None:
            quantity = self.is_a(scenario.quantity, Quantity, f"{at}/quantity")
            if quantity is not None:
                struct.quantity = self._quantity(quantity, f"{at}/quantity")

    def _quantity(self, quantity: Quantity, at: str) -> _native.Quantity:
        return _native.Quantity(
            initial=self.take(
                _check.set_integer, 0, quantity.initial, f"{at}/default", _check.INT32
            ),
            max=self.set_number(quantity.max, f"{at}/max"),
            adjustable=self.choice(quantity.adjustable, f"{at}/adjustable"),
        )

    def _page(self, page: PageInput, at: str) -> _native.PageInput:
        struct = _native.PageInput(size=sizeof(_native.PageInput))
        struct.title = self.optional_text(page.title, f"{at}/title")
        struct.timer_enabled = self.choice(page.timer_enabled, f"{at}/timer/enabled")
        struct.timer_seconds = self.set_number(page.timer_seconds, f"{at}/timer/seconds")
        struct.timer_text = self.optional_text(page.timer_text, f"{at}/timer/text")
        struct.description_visible = self.choice(
            page.description_visible, f"{at}/description/visible"
        )
        struct.description = self.optional_text(page.description, f"{at}/description/text")
        struct.buy_button = self.optional_text(page.buy_button, f"{at}/buy_button")
        struct.close_visible = self.choice(page.close_visible, f"{at}/close_button/visible")
        struct.close_label = self.optional_text(page.close_label, f"{at}/close_button/label")
        struct.disclosure = self._disclosure(page.disclosure, f"{at}/disclosure")
        return struct

    def _disclosure(self, value: object, at: str) -> Any:
        """A pointer to the struct; None where there is none."""
        given = None if value is None else self.is_a(value, Disclosure, at)
        if given is None:
            return None
        struct = _native.DisclosureInput(size=sizeof(_native.DisclosureInput))
        for name, text in vars(given).items():
            setattr(struct, name, self.optional_text(text, f"{at}/{name}"))
        return _native.DisclosureInputPointer(struct)
