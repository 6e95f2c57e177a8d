# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Calls everything that is public, while rbs/test compares what goes in and out with the signatures.
# Run by signatures_test.rb, in a process of its own.
require_relative "documents"
require_relative "random_shop"
require_relative "samples"

module TypedRun
  STORE = File.join(Support::EXAMPLES, "shopify-store")

  module_function

  def file(name)
    File.read(File.join(STORE, name), encoding: "UTF-8")
  end

  def values
    Samples.keywords.each do |type, keywords|
      value = type.new(**keywords)
      value.class.members.each { |name| value.public_send(name) }
      [value.to_h, value.with, value == value.dup, value.hash, value.inspect, value.deconstruct_keys(nil)]
    end
  end

  def functions
    pricing = Samples.plan.pricing
    [Upsell.library_version, Upsell.library_path, Upsell.money_parse("1", "JPY"), Upsell.percentage_parse("1"),
     Upsell.money_format(1, Upsell::Currency.find("USD")), Upsell::Currency.all, Upsell.rounding_defaults,
     Upsell.display_money(1, "JPY"), Upsell.display_money(1, "USD", style: :iso),
     Upsell.percentage_price(base: 1, percentage: 1, quantity: 1, policy: Upsell.rounding_defaults.checkout),
     Upsell.pattern_of(:one_time, :subscription), Upsell.cycle_same?(Samples.cycle, Samples.cycle),
     Upsell.plan_price(list_unit: 1, cycle: 1, pricing: pricing, checkout: Upsell::Rounding.new),
     Upsell.first_price(pattern: :one_time_to_subscription, list_unit: 1, quantity: 1, pricing: pricing,
                        discount: Upsell::Discount.new(type: :none), rounding: Upsell::RoundingPair.new),
     Upsell.priority_resolve([1]), Upsell.shopify_order_query,
     Upsell.order_from_input_data(file("input-data.json"), ids: :gids),
     Upsell::Kind.names, Upsell::Kind.number(:one_time), Upsell::Kind.name_of(1), Upsell::Kind.include?(1)]
  end

  def catalogs
    path = File.join(STORE, "catalog.json")
    [Upsell.check("{}"), Upsell.check(Samples.input), Upsell.check(**Samples.input.to_h), Upsell.check_file(path)]
    Upsell.check("{}").each { |problem| Upsell.error_to_json(problem.to_error, 1) }
    Upsell::Catalog.open(path) { |catalog| [catalog.info.bytes, catalog.inspect, catalog.closed?] }
    Upsell::Catalog.build(**Samples.input.to_h).close
    Upsell::Catalog.open(path)
  end

  def decisions(seed)
    shop = RandomShop.new(seed)
    document = shop.catalog
    texts = Array.new(20) { JSON.generate(shop.order(document["currency"])) }
    input = Documents.catalog(document)
    return unless Upsell.check(input).empty?

    catalog = Upsell::Catalog.build(input)
    ways(catalog, texts, texts.map { |text| Documents.order(JSON.parse(text)) })
    shows(catalog, texts)
  end

  def shows(catalog, texts)
    texts.each { |text| [catalog.page(text, locale: :en), catalog.page_json(text, anchor: Date.new(2026, 1, 31))] }
    catalog.warnings.each { |warning| look(warning) }
    catalog.scenarios.each do |scenario|
      [look(scenario), look(catalog.preview(scenario.id))]
      [catalog.preview_page(scenario.id, money: :iso), catalog.preview_page_json(scenario.id, later_charges: 1)]
    end
  end

  def sessions
    opened = Upsell::Session.open(id: "s-1", scenario_id: "S1", now: 1, timer_seconds: 60)
    opened = Upsell::Session.from_json(opened.json)
    %i[shown left tick clicked processing ordered].reduce(opened) do |session, event|
      turn = look_at_turn(session.step(event, now: 2))
      turn.session
    end
    Upsell::Session.new(**opened.to_h)
  end

  def look_at_turn(turn)
    look(turn)
    [turn.changed?, turn.effect?(:charge)]
    turn
  end

  def counting(catalog)
    tally = Upsell::Tally.new.add("s", "S1", :shown).merge(Upsell::Tally.new)
    tally.add_json('{"format":"upsell.event/1","session_id":"t","scenario_id":"S1","event":"ordered"}')
    [look(tally.counts), look(tally.counts_of("S1")), tally.report, tally.report(catalog: catalog), tally.inspect]
    tally.csv(catalog: catalog, scenario_id: "S1", locale: :en, byte_order_mark: true)
    [tally.closed?, tally.close]
  end

  def ways(catalog, texts, orders)
    orders.each { |order| look(catalog.decide(order, explain: true)) }
    texts.each { |text| [look(catalog.decide_json(text)), catalog.decide_to_json(text)] }
    many = catalog.decide_many(orders)
    [many.size, many[0], many.each, many.map(&:outcome), many.errors, many.failed, many.outcomes, many.inspect,
     many.scenario_indexes, many.totals_checkout, many.totals_offer_page, many.length]
    catalog.decide_lines([*texts, "{}"].join("\n")) { |result| [result.line, result.decision, result.error] }
    catalog.decide_lines(texts).first
  end

  # Reads every member, however deep.
  def look(value)
    case value
    when Upsell::Value then value.class.members.each { |name| look(value.public_send(name)) }
    when Array then value.each { |item| look(item) }
    end
    [value.offer?, value.offer&.differs?] if value.is_a?(Upsell::Decision)
  end

  def runs(catalog)
    (1..4).each do |number|
      plan = catalog.plan_json(file("order-#{number}.json"), file("accept-#{number}.json"), shop: "a.example")
      look(plan)
      Upsell::Runner.open(plan) { |runner| run(runner, number) }
    end
    order = Documents.order(JSON.parse(file("order-3.json")))
    catalog.plan(order, Documents.acceptance(JSON.parse(file("accept-3.json")), "JPY"), dialect: :draft)
  end

  def run(runner, number)
    file("run-#{number}.ndjson").each_line.map { |line| JSON.parse(line)["event"] }.reduce(nil) do |journal, event|
      progress = runner.step_json(journal, JSON.generate(event))
      look(progress)
      progress.finished?
      progress.journal
    end
    stopped(runner)
  end

  def stopped(runner)
    journal = runner.step(nil, Upsell::Event::Start.new(run_id: "run-00001", now: 1)).journal
    runner.step(journal, Upsell::Event::Tick.new(now: 2))
    progress = runner.step(journal, Upsell::Event::NotSent.new(step: "charge", now: 2, reason: "declined"))
    look(progress)
    progress.stops.each(&:meaning)
  end

  def errors
    Upsell::Catalog.from_json("{")
  rescue Upsell::Error => e
    [e.code, e.status, e.pointer, e.offset, e.detail, Upsell::Error.class_of(e.status), Upsell.error_to_json(e, 1)]
  end
end

TypedRun.values
TypedRun.functions
20.times { |seed| TypedRun.decisions(seed) }
TypedRun.sessions
TypedRun.counting(Samples.catalog)
TypedRun.runs(TypedRun.catalogs)
TypedRun.errors
puts "typed run: all done"
