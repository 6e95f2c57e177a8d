# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Everything that hands memory to C, with a garbage collection at every allocation. Run by
# safety_test.rb in a process of its own, where a collection has little to look at.
require "json"
require_relative "samples"

def same(expected, found)
  raise "#{found.inspect} instead of #{expected.inspect}" unless expected == found
end

catalog = Samples.catalog
order = Samples.order
expected = catalog.decide(order)
input = Samples.input
text = JSON.generate(format: "upsell.order/1", id: "o1", currency: "JPY",
                     lines: [{ id: "l1", product_id: "tea", variant_id: "100g", quantity: 1 }])
store = File.join(Support::EXAMPLES, "shopify-store")
shop = Upsell::Catalog.from_file(File.join(store, "catalog.json"))
purchase = %w[order-3.json accept-3.json].map { |name| File.read(File.join(store, name)) }
plan = shop.plan_json(*purchase)
page = catalog.page_json(order, quantity: 2, selling_plan_id: "month", anchor: Date.new(2026, 1, 31))
preview = catalog.preview("S1")
session = Upsell::Session.open(id: "s-1", scenario_id: "S1", now: 1)
turn = session.step(:clicked, now: 2)

GC.stress = 1 # minor collections, which free all that is young: what calls allocate
same(expected, catalog.decide(order))
same(expected, catalog.decide(Samples.order))
same(expected, catalog.decide_json(text))
same(expected, catalog.decide_many([order, order]).to_a.last)
same(expected, catalog.decide_lines("#{text}\n{}").first.decision)
built = Upsell::Catalog.build(input)
same(expected, built.decide(order))
built.close
same([], Upsell.check(input))
same(1, Upsell.check("{").size)
same(900, Upsell.plan_price(list_unit: 1000, cycle: 1, pricing: Samples.plan.pricing))
same(1250, Upsell.money_parse("12.50", "USD"))
same(plan, shop.plan_json(*purchase))
runner = Upsell::Runner.new(plan)
same("charge", runner.step(nil, Upsell::Event::Start.new(run_id: "run-00001", now: 1)).action.step)
same(page, catalog.page_json(order, quantity: 2, selling_plan_id: "month", anchor: Date.new(2026, 1, 31)))
same(preview, catalog.preview("S1"))
same("S1", Upsell::Catalog.build(input).scenarios.first.id)
same([], catalog.warnings)
same(session, Upsell::Session.from_json(Upsell::Session.open(id: "s-1", scenario_id: "S1", now: 1).json))
same(turn, session.step(:clicked, now: 2))
same(session, Upsell::Session.new(**session.to_h))
tally = Upsell::Tally.new.add("s-1", "S1", :ordered).merge(Upsell::Tally.new.add("s-2", "S1", :shown))
same(2, tally.counts_of("S1").shown)
same(true, tally.csv(catalog: catalog, scenario_id: "S1").include?("茶"))
GC.stress = false
puts "stress run: all done"
