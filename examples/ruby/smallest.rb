# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The smallest use: a shop and an order as values, one decision. No JSON.
require "upsell"

MONTHLY = Upsell::SellingPlan.new(
  id: "monthly", name: "毎月お届け",
  cycle: Upsell::Cycle.new(billing: Upsell::Interval.new(unit: :month, count: 1)),
  # Percentages are millionths: 10 % off.
  pricing: [Upsell::PlanPrice.new(after_cycle: 0, type: :percentage, value: 100_000)]
)

SENCHA = Upsell::Product.new(
  id: "sencha", title: "煎茶",
  variants: [Upsell::Variant.new(id: "100g", title: "100g", price: 1000, available: nil)]
)

# Whoever bought sencha once is offered it every month, 20 % off the first time.
SWITCH = Upsell::Scenario.new(
  id: "S1", name: "煎茶を定期便に", status: :published, priority: 1,
  trigger_kind: :one_time, triggers: [Upsell::Trigger.new(product_id: "sencha")],
  offer_kind: :subscription, product_id: "sencha", variant_id: "100g",
  selling_plan_ids: ["monthly"],
  discount: Upsell::Discount.new(type: :percentage, value: 200_000)
)

def describe(decision)
  return "no offer: #{decision.reason}" unless decision.offer?

  offer = decision.offer
  later = offer.targets.first.price.recurring.first
  "#{offer.scenario_id}: #{offer.total_offer_page} yen now#{", #{later.line} yen later" if later}"
end

begin
  catalog = Upsell::Catalog.build(
    currency: "JPY", store_plan: :enterprise, post_purchase_app: true,
    selling_plans: [MONTHLY], products: [SENCHA], scenarios: [SWITCH]
  )
  line = Upsell::OrderLine.new(id: "line-1", product_id: "sencha", variant_id: "100g", quantity: 1)
  order = Upsell::Order.new(id: "order-1", currency: "JPY", lines: [line])
  puts describe(catalog.decide(order))
rescue Upsell::Error => e
  abort e.message
end
