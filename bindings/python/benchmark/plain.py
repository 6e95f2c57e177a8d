# SPDX-License-Identifier: MIT
"""What an engineer would write without libupsell: a dict index over the catalogue.

It gives the same answers for valid orders (the benchmark compares every one), with all that can
be known beforehand computed beforehand, prices among them. It checks nothing, and takes catalogues
as make_shop.py makes them. `PlainIndex.answer` gives dicts and tuples, with the parts that orders
share in an object of its own; `PlainIndex.decide` gives the objects that the library gives, made in
the cheapest way there is, so that one could stand for the other.
"""
from __future__ import annotations

from typing import Any

import upsell
from upsell import (Adjustment, CatalogInput, Currency, Cycle, Decision, Discount, IntervalUnit, Kind,
                    Offer, Order, OrderLine, OtherItems, Outcome, Page, Pattern, PlanChoice, Price,
                    Quantity, Reason, Scenario, ScenarioStatus, StorePlan, Target, Variant)

Answer = dict[str, Any]
new = object.__new__
OFFER = Outcome.OFFER
NO_OFFER = Outcome.NO_OFFER
REASONS = {reason.text: reason for reason in Reason}

Targets = list[tuple[list[str], str | None, str | None, Price]]


def cycle_key(cycle: Cycle) -> tuple[object, ...]:
    """Equal for cycles that are the same (TGT-1)."""
    def key(unit: IntervalUnit, count: int) -> tuple[str, int]:
        in_days = {IntervalUnit.DAY: 1, IntervalUnit.WEEK: 7}
        in_months = {IntervalUnit.MONTH: 1, IntervalUnit.YEAR: 12}
        return ("day", count * in_days[unit]) if unit in in_days else (
            "month", count * in_months[unit])

    delivery = cycle.delivery or cycle.billing
    return (*key(cycle.billing.unit, cycle.billing.count), *key(delivery.unit, delivery.count))


class Entry:
    """A scenario with all that is asked of it when orders come."""

    def __init__(self, index: PlainIndex, number: int, scenario: Scenario) -> None:
        catalog = index.catalog
        product = index.products[scenario.product_id]
        variant: Variant = next(v for v in product.variants if v.id == scenario.variant_id)
        self.rank = (scenario.priority, number)
        self.number = number
        self.pattern = upsell.pattern_of(scenario.trigger_kind, scenario.offer_kind)
        self.replaces = self.pattern == Pattern.ONE_TIME_TO_SUBSCRIPTION
        self.subscription = scenario.trigger_kind == Kind.SUBSCRIPTION
        self.deny = scenario.other_items == OtherItems.DENY
        self.triggers = {
            trigger.product_id: (
                None if trigger.variant_ids is None else frozenset(trigger.variant_ids),
                None if trigger.selling_plan_ids is None else frozenset(trigger.selling_plan_ids))
            for trigger in scenario.triggers}
        self.refusal = self.standing_refusal(catalog, product)
        quantity = scenario.quantity or Quantity()
        self.initial = quantity.initial
        self.most = quantity.max or quantity.initial
        self.adjustable = quantity.adjustable
        self.quantities: dict[int, Quantity] = {}
        self.available = variant.available
        self.plans = list(scenario.selling_plan_ids)
        plans: list[str | None] = [*self.plans] or [None]
        self.prices: dict[str | None, Price] = {
            plan: index.price(self.pattern, variant.price, plan, scenario.discount, self.initial)
            for plan in plans}
        self.plan_of_cycle = {index.cycles[plan]: plan for plan in self.plans}
        self.fields = {
            "scenario_id": scenario.id, "scenario_index": number, "scenario_name": scenario.name,
            "priority": scenario.priority, "pattern": self.pattern, "product_id": product.id,
            "product_title": product.title, "variant_id": variant.id,
            "variant_title": variant.title,
            "choices": tuple(PlanChoice(plan, self.prices[plan]) for plan in self.plans)
            if self.replaces and len(self.plans) > 1 else (),
            "page": Page(title=scenario.page.title or "" if scenario.page else "",
                         timer_visible=False, timer_seconds=None, timer_text="",
                         description_visible=True, description=None, buy_button="追加注文する",
                         close_visible=True, close_label="閉じる", expires_after_seconds=600)}

    def quantity(self, most: int) -> Quantity:
        if most not in self.quantities:
            self.quantities[most] = Quantity(self.initial, most, self.adjustable)
        return self.quantities[most]

    def standing_refusal(self, catalog: CatalogInput, product: upsell.Product) -> str | None:
        """What rejects it for every order alike (DEC-5, DEC-7, DEC-8)."""
        if self.pattern == Pattern.ONE_TIME_TO_ONE_TIME and not catalog.one_time_to_one_time:
            return "pattern_not_enabled"
        if not product.requires_shipping:
            return "offer_not_shippable"
        if product.requires_selling_plan and self.pattern != Pattern.ONE_TIME_TO_SUBSCRIPTION:
            return "offer_subscription_only"
        return None


class PlainIndex:
    """Scenarios by what sets them off."""

    def __init__(self, catalog: CatalogInput) -> None:
        self.catalog = catalog
        self.currency = Currency.find(catalog.currency)
        self.products = {product.id: product for product in catalog.products}
        self.selling_plans = {plan.id: plan for plan in catalog.selling_plans}
        self.cycles = {plan.id: cycle_key(plan.cycle) for plan in catalog.selling_plans}
        self.rounding = catalog.rounding or upsell.rounding_defaults()
        self.by_trigger: dict[tuple[str, bool], list[Entry]] = {}
        for number, scenario in enumerate(catalog.scenarios):
            if scenario.status == ScenarioStatus.PUBLISHED:
                entry = Entry(self, number, scenario)
                for product in entry.triggers:
                    self.by_trigger.setdefault((product, entry.subscription), []).append(entry)
        for entries in self.by_trigger.values():
            entries.sort(key=lambda entry: entry.rank)

    def price(self, pattern: Pattern, list_unit: int, plan: str | None, discount: Discount | None,
              quantity: int) -> Price:
        """A whole price, computed once: by the library, so that only deciding is compared."""
        pricing = self.selling_plans[plan].pricing if plan else ()
        first = upsell.first_price(pattern, list_unit, quantity, pricing=pricing,
                                   discount=discount or Discount(Adjustment.NONE),
                                   rounding=self.rounding)
        segments: list[upsell.PriceSegment] = []
        if plan:
            for cycle in sorted({2} | {p.after_cycle + 1 for p in pricing if p.after_cycle >= 2}):
                unit = upsell.plan_price(list_unit, pricing, cycle, self.rounding.checkout)
                if not segments or segments[-1].unit != unit:
                    segments.append(upsell.PriceSegment(cycle, unit, unit * quantity))
        return Price(first.list_unit, first.plan_unit, first.checkout, first.offer_page,
                     tuple(segments))

    def decide(self, order: Order) -> Decision:
        """The answer as the library gives it."""
        answer = self.answer(order)
        plain = answer["offer"]
        decision = new(Decision)
        fields = decision.__dict__
        fields["order_id"] = answer["order_id"]
        fields["currency"] = self.currency
        fields["considered"] = ()
        if plain is None:
            fields["outcome"] = NO_OFFER
            fields["reason"] = REASONS[answer["reason"]]
            fields["offer"] = None
            return decision
        fields["outcome"] = OFFER
        fields["reason"] = None
        fields["offer"] = offer = new(Offer)
        entry: Entry = plain["entry"]
        most = plain["quantity_max"]
        targets = tuple([self.target(target) for target in plain["targets"]])
        parts = offer.__dict__
        parts.update(entry.fields)
        parts["quantity"] = entry.quantities.get(most) or entry.quantity(most)
        parts["targets"] = targets
        parts["cancel_line_ids"] = targets[0].line_ids if entry.replaces else ()
        parts["total_checkout"] = plain["total_checkout"]
        parts["total_offer_page"] = plain["total_offer_page"]
        parts["differs"] = plain["differs"]
        return decision

    @staticmethod
    def target(plain: tuple[list[str], str | None, str | None, Price]) -> Target:
        target = new(Target)
        fields = target.__dict__
        fields["line_ids"] = tuple(plain[0])
        fields["contract_id"] = plain[1]
        fields["selling_plan_id"] = plain[2]
        fields["price"] = plain[3]
        return target

    def answer(self, order: Order) -> Answer:
        catalog = self.catalog
        if catalog.store_plan != StorePlan.ENTERPRISE:
            return {"order_id": order.id, "reason": "store_plan", "offer": None}
        if not catalog.post_purchase_app:
            return {"order_id": order.id, "reason": "store_post_purchase_app", "offer": None}
        if order.currency != catalog.currency:
            return {"order_id": order.id, "reason": "currency_mismatch", "offer": None}
        lines = order.lines
        if len(lines) == 1:
            line = lines[0]
            candidates = self.by_trigger.get((line.product_id, line.selling_plan_id is not None),
                                             ())
        else:
            found: dict[int, Entry] = {}
            for line in lines:
                for entry in self.by_trigger.get(
                        (line.product_id, line.selling_plan_id is not None), ()):
                    found[entry.number] = entry
            candidates = sorted(found.values(), key=lambda entry: entry.rank)
        any_candidate = False
        for entry in candidates:
            trigger_lines = [line for line in lines if self.fits(entry, line)]
            if not trigger_lines:
                continue
            any_candidate = True
            offer = self.offer(entry, order, trigger_lines)
            if offer is not None:
                return {"order_id": order.id, "reason": None, "offer": offer}
        reason = "all_rejected" if any_candidate else "no_candidate"
        return {"order_id": order.id, "reason": reason, "offer": None}

    @staticmethod
    def fits(entry: Entry, line: OrderLine) -> bool:
        """DEC-2."""
        wanted = entry.triggers.get(line.product_id)
        if wanted is None or (line.selling_plan_id is not None) != entry.subscription:
            return False
        variants, plans = wanted
        return ((variants is None or line.variant_id in variants)
                and (plans is None or line.selling_plan_id in plans))

    def offer(self, entry: Entry, order: Order, trigger_lines: list[OrderLine]) -> Answer | None:
        """The offer of a candidate, or None when it is rejected (DEC-5 to DEC-12)."""
        if entry.refusal or (entry.deny and len(trigger_lines) < len(order.lines)):
            return None
        pattern = entry.pattern
        plan: str | None
        if pattern == Pattern.SUBSCRIPTION_TO_SUBSCRIPTION:
            targets = self.contracts(entry, trigger_lines)
            if not targets:
                return None
        else:
            plan = None
            if pattern == Pattern.ONE_TIME_TO_SUBSCRIPTION:
                if not order.has_shipping_address or any(
                        line.selling_plan_id is not None for line in order.lines):
                    return None
                plan = entry.plans[0]
            targets = [([line.id for line in trigger_lines], None, plan, entry.prices[plan])]
        most = entry.most
        if entry.available is not None:
            if entry.available < entry.initial * len(targets):
                return None
            most = min(most, entry.available // len(targets))
        checkout = offer_page = 0
        for _, _, _, price in targets:
            checkout += price.checkout.line
            offer_page += price.offer_page.line
        return {"entry": entry, "targets": targets, "quantity_max": most,
                "total_checkout": checkout, "total_offer_page": offer_page,
                "differs": checkout != offer_page}

    def contracts(self, entry: Entry, trigger_lines: list[OrderLine]) -> Targets:
        """The targets of pattern 1 (TGT-2, TGT-3)."""
        cycles = self.cycles
        known = [line for line in trigger_lines if line.selling_plan_id in cycles]
        by_contract = all(line.contract_id is not None for line in known)
        groups: dict[object, list[OrderLine]] = {}
        for line in known:
            key = line.contract_id if by_contract else cycles[line.selling_plan_id or ""]
            groups.setdefault(key, []).append(line)
        targets: Targets = []
        for group in groups.values():
            plan = entry.plan_of_cycle.get(cycles[group[0].selling_plan_id or ""])
            if plan is not None:
                contract = next((line.contract_id for line in group if line.contract_id), None)
                targets.append(([line.id for line in group], contract, plan, entry.prices[plan]))
        return targets
