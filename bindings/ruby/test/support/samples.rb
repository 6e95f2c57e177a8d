# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "helper"

# A good example of each value that is made from outside, and the tea store in a few values.
module Samples
  include Upsell

  module_function

  def interval = Interval.new(unit: :month, count: 1)
  def cycle = Cycle.new(billing: interval)
  def line(**changes) = OrderLine.new(id: "l1", product_id: "tea", quantity: 1, variant_id: "100g", **changes)
  def order(*lines, **changes) = Order.new(id: "o1", currency: "JPY", lines: lines.empty? ? [line] : lines, **changes)

  # What `new` takes, for each class.
  def keywords
    { Currency => { code: "JPY", decimals: 0 },
      Rounding => { mode: :floor, target: :price, basis: :unit },
      RoundingPair => { checkout: Rounding.new(mode: :ceil), offer_page: nil },
      Amounts => { unit: 1, line: 2 }, Interval => { unit: :day, count: 2 },
      Cycle => { billing: interval, delivery: interval },
      PlanPrice => { after_cycle: 0, type: :percentage, value: 100_000 },
      Discount => { type: :fixed_amount, value: 20 }, PriceSegment => { from_cycle: 2, unit: 3, line: 3 },
      Price => { list_unit: 1, plan_unit: nil, checkout: amounts, offer_page: amounts, recurring: [] },
      OrderLine => { id: "1", product_id: "2", quantity: 3, variant_id: "4", selling_plan_id: "5", contract_id: "6",
                     unit_price: 7, discounted_total: 8 },
      Order => { id: "1", currency: "JPY", lines: [line], has_shipping_address: false },
      Acceptance => { scenario_id: "s", quantity: 1, selling_plan_id: "p", total: 800 },
      PlanOptions => { api_version: "2026-07", dialect: :draft, shop: "s", reference_id: "r", granted_scopes: ["a"] },
      Problem => { code: :bad_id, status: 25, pointer: "", message: "m", offset: 3 },
      LineResult => { line: 1, decision: nil, error: nil }, Session => session_keywords,
      **catalog_keywords, **event_keywords }
  end

  def amounts = Amounts.new(unit: 1, line: 2)

  def catalog_keywords
    { SellingPlan => { id: "month", name: "月", cycle: cycle, pricing: [], min_cycles: 2, max_cycles: 12 },
      Variant => { id: "100g", title: "", price: 1000, available: 5 },
      Product => { id: "tea", title: "茶", variants: [Variant.new(id: "100g", title: "", price: 1000, available: nil)],
                   requires_shipping: true, requires_selling_plan: false },
      Trigger => { product_id: "tea", variant_ids: ["100g"], selling_plan_ids: nil },
      Quantity => { initial: 1, max: 2, adjustable: true },
      DisclosureInput => disclosure_keywords,
      PageInput => { title: "t", timer_enabled: true, timer_seconds: 60, timer_text: "", description: nil,
                     description_visible: false, buy_button: "b", close_label: "c", close_visible: true,
                     disclosure: DisclosureInput.new },
      Scenario => scenario_keywords,
      CatalogInput => { currency: "JPY", store_plan: :enterprise, post_purchase_app: true, one_time_to_one_time: true,
                        rounding: RoundingPair.new, selling_plans: [plan], products: [product],
                        scenarios: [Scenario.new(**scenario_keywords)],
                        disclosure: DisclosureInput.new(**disclosure_keywords) } }
  end

  def disclosure_keywords
    { price: "税込", payment: nil, delivery: "毎月10日", period: nil, withdrawal: "返品は8日以内",
      cancellation: "いつでも" }
  end

  def session_keywords
    { id: "s-1", scenario_id: "S1", state: :clicked, seconds: 60, offered_at: 100, shown_at: 110, clicked_at: 120,
      ended_at: nil, last_at: 130 }
  end

  def plan
    price = PlanPrice.new(after_cycle: 0, type: :percentage, value: 100_000)
    SellingPlan.new(id: "month", name: "月", cycle: cycle, pricing: [price])
  end

  def product
    Product.new(id: "tea", title: "茶", variants: [Variant.new(id: "100g", title: "", price: 1000, available: nil)])
  end

  def scenario_keywords
    { id: "S1", name: "茶", status: :published, priority: 1, trigger_kind: :one_time,
      triggers: [Trigger.new(product_id: "tea")], offer_kind: :subscription, product_id: "tea", variant_id: "100g",
      selling_plan_ids: ["month"], discount: Discount.new(type: :percentage, value: 200_000),
      quantity: Quantity.new(max: 3, adjustable: true), page: PageInput.new, other_items: :allow }
  end

  def event_keywords
    { Event::Start => { run_id: "run-00001", now: 1 }, Event::Resume => { now: 1 }, Event::Tick => { now: 1 },
      Event::Answer => { step: "s", body: "{}", now: 1, http_status: 200 }, Event::NoAnswer => { step: "s", now: 1 },
      Event::NotSent => { step: "s", now: 1, reason: "declined" },
      Event::Webhook => { topic: "t", body: "{}", now: 1 } }
  end

  def input = CatalogInput.new(**catalog_keywords[CatalogInput])
  def catalog = Catalog.build(input)

  # A catalogue in which an order is decided with an offer of each kind.
  def decision = catalog.decide(order)
end
