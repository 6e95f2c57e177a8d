# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "pathname"
require "set"

require_relative "support/samples"

class CatalogTest < Minitest::Test
  include Support

  STORE = File.join(EXAMPLES, "tea-store/catalog.json")
  ORDERS = File.readlines(File.join(EXAMPLES, "tea-store/orders.ndjson"), encoding: "UTF-8").freeze

  # ---- making one ----

  def test_from_a_file
    [STORE, Pathname(STORE)].each do |path|
      catalog = Upsell::Catalog.from_file(path)
      assert_equal [20, "JPY", 0], [catalog.info.scenarios, catalog.info.currency.code, catalog.info.currency.decimals]
      assert_equal "#<Upsell::Catalog currency=JPY, scenarios=20>", catalog.inspect
    end
    assert_raises(Errno::ENOENT) { Upsell::Catalog.from_file("/nowhere/catalog.json") }
    assert_raises(Errno::ENOENT) { Upsell.check_file("/nowhere/catalog.json") }
  end

  def test_from_text_of_any_kind_of_string
    text = File.read(STORE, encoding: "UTF-8")
    [text, text.b, text.dup, text.dup.freeze].each do |one|
      assert_equal 20, Upsell::Catalog.from_json(one).info.scenarios
    end
    assert_upsell_error(:json_encoding, "") { Upsell::Catalog.from_json(text.encode("UTF-16LE")) }
    assert_upsell_error(:json_encoding, "") { Upsell::Catalog.from_json(Support::ANY_CATALOG.encode("Windows-31J")) }
    assert_upsell_error(:json_trailing, "") { Upsell::Catalog.from_json("#{Support::ANY_CATALOG}\0") }
    [nil, 1, :x, ["{}"], File].each do |garbage|
      assert_upsell_error(:wrong_type, "") { Upsell::Catalog.from_json(garbage) }
      assert_upsell_error(:wrong_type, "") { Samples.catalog.decide_json(garbage) }
    end
  end

  def test_info
    info = Samples.catalog.info
    assert_equal [1, 1, 1, 1, 1], [info.selling_plans, info.products, info.variants, info.scenarios, info.published]
    assert_operator info.bytes, :>, 100
  end

  def test_build
    keywords = Samples.input.to_h
    assert_equal Upsell::Catalog.build(Samples.input).decide(Samples.order),
                 Upsell::Catalog.build(**keywords).decide(Samples.order)
    assert_raises(ArgumentError) { Upsell::Catalog.build }
    assert_upsell_error(:wrong_type, "") { Upsell::Catalog.build(keywords.to_a) }
    assert_upsell_error(:wrong_type, "") { Upsell::Catalog.build(Samples.input, currency: "JPY") }
    assert_raises(NoMethodError) { Upsell::Catalog.new(nil) }
  end

  def test_build_says_the_first_problem
    bad = Samples.input.with(products: [])
    assert_upsell_error(:unknown_id, "/scenarios/0/offer/product_id") { Upsell::Catalog.build(bad) }
    assert_equal [[:unknown_id, "/scenarios/0/offer/product_id"]],
                 Upsell.check(bad).map { |problem| [problem.code, problem.pointer] }
  end

  def test_check
    assert_empty Upsell.check_file(STORE)
    assert_empty Upsell.check(File.binread(STORE))
    assert_empty Upsell.check(Samples.input)
    assert_empty Upsell.check(**Samples.input.to_h)
    problem = Upsell.check("{").first
    assert_equal [:json_syntax, 10, "", 1], [problem.code, problem.status, problem.pointer, problem.offset]
    assert_upsell_error(:wrong_type, "") { Upsell.check(1) }
  end

  # ---- closing ----

  def test_open
    catalog = nil
    result = Upsell::Catalog.open(STORE) do |opened|
      catalog = opened
      refute_predicate opened, :closed?
      opened.decide_json(ORDERS.first).outcome
    end
    assert_equal :offer, result
    assert_predicate catalog, :closed?
    assert_raises(RuntimeError) { Upsell::Catalog.open(STORE) { |opened| catalog = opened; raise "x" } }
    assert_predicate catalog, :closed?
    refute_predicate Upsell::Catalog.open(STORE), :closed?
  end

  def test_use_after_close
    catalog = Samples.catalog
    decisions = catalog.decide_many([Samples.order])
    order = Samples.order
    acceptance = Upsell::Acceptance.new(scenario_id: "S1", quantity: 1)
    2.times { assert_nil catalog.close }
    uses = [-> { catalog.decide(order) }, -> { catalog.decide_json("{}") }, -> { catalog.decide_to_json(order) },
            -> { catalog.decide_many([order]) }, -> { catalog.decide_lines("{}") { flunk } },
            -> { catalog.decide_lines("{}").next }, -> { catalog.plan(order, acceptance) },
            -> { catalog.plan_json("{}", "{}") }]
    uses.each do |use|
      error = assert_raises(Upsell::ClosedError, &use)
      assert_match(/This catalogue is closed/, error.message)
    end
    assert_equal [true, "#<Upsell::Catalog closed>", 1], [catalog.closed?, catalog.inspect, catalog.info.scenarios]
    assert_equal "S1", decisions.first.offer.scenario_id # needs it no more
  end

  # ---- deciding ----

  def test_decide
    decision = Samples.decision
    assert_predicate decision, :offer?
    offer = decision.offer
    assert_equal ["o1", :offer, nil], [decision.order_id, decision.outcome, decision.reason]
    assert_equal ["S1", 0, :one_time_to_subscription], [offer.scenario_id, offer.scenario_index, offer.pattern]
    # 1000, less 10 % by the plan, less 20 % on top (PRC-4).
    assert_equal [720, 720, false], [offer.total_checkout, offer.total_offer_page, offer.differs?]
    assert_equal [["l1"], ["l1"]], [offer.cancel_line_ids, offer.targets.first.line_ids]
    assert_equal [Upsell::PriceSegment.new(from_cycle: 2, unit: 900, line: 900)], offer.targets.first.price.recurring
  end

  def test_decide_takes_orders_only
    catalog = Samples.catalog
    [nil, "{}", {}, Samples.line, [Samples.order]].each do |garbage|
      assert_upsell_error(:wrong_type, "") { catalog.decide(garbage) }
    end
    assert_upsell_error(:wrong_type, "") { catalog.decide_to_json(1) }
    assert_upsell_error(:wrong_type, "/explain") { catalog.decide(Samples.order, explain: "no") }
    assert_upsell_error(:wrong_type, "/explain") { catalog.decide_many([], explain: nil) }
  end

  def test_explain
    catalog = Upsell::Catalog.from_file(STORE)
    decision = catalog.decide_json(ORDERS.first, explain: true)
    assert_equal [:lower_priority], decision.considered.map(&:reason)
    assert_empty catalog.decide_json(ORDERS.first).considered
  end

  def test_the_example_store
    catalog = Upsell::Catalog.from_file(STORE)
    decisions = ORDERS.map { |line| catalog.decide_json(line) }
    assert_equal 35, decisions.count(&:offer?)
    assert_equal decisions, catalog.decide_lines(ORDERS.join).map(&:decision)
  end

  def test_an_error_leaves_nothing_behind
    catalog = Samples.catalog
    first = catalog.decide(Samples.order)
    assert_upsell_error(:missing_key, "/format") { catalog.decide_json("{}") }
    assert_upsell_error(:missing_key, "/format") { catalog.decide_to_json("{}") }
    assert_equal first, catalog.decide(Samples.order)
  end

  def test_decide_to_json
    text = Samples.catalog.decide_to_json(Samples.order)
    assert_equal [Encoding::UTF_8, true], [text.encoding, text.frozen?]
    assert_equal "upsell.decision/1", JSON.parse(text)["format"]
  end

  # Nearly always a long text is a stream; but a single order may be long, too.
  def test_a_long_order
    line = { "product_id" => "tea", "variant_id" => "100g", "quantity" => 1 }
    lines = Array.new(900) { |i| { "id" => "line-#{i}", **line } }
    text = JSON.generate("format" => "upsell.order/1", "id" => "o", "currency" => "JPY", "lines" => lines)
    assert_operator text.bytesize, :>, Upsell::Call::BLOCKING_BYTES
    assert_equal 900, Samples.catalog.decide_json(text).offer.cancel_line_ids.size
    assert_upsell_error(:duplicate_id, "/lines/899/id") { Samples.catalog.decide_json(text.sub("line-899", "line-0")) }
  end

  # ---- many ----

  def test_decide_many
    catalog = Samples.catalog
    orders = Array.new(300) { |i| Samples.order(Samples.line(product_id: i.even? ? "tea" : "coffee"), id: "o#{i}") }
    decisions = catalog.decide_many(orders)
    assert_equal 300, decisions.size
    assert_equal orders.map { |order| catalog.decide(order) }, decisions.to_a
    assert_equal %w[o0 o299 o299], [decisions[0].order_id, decisions[299].order_id, decisions[-1].order_id]
    assert_nil decisions[300]
    assert_nil decisions[-301]
    assert_equal [150, 0, {}], [decisions.count(&:offer?), decisions.failed, decisions.errors]
    assert_equal [0, nil], decisions.scenario_indexes.first(2)
    assert_equal 300, decisions.each.size
    assert_equal "#<Upsell::Decisions size=300, failed=0>", decisions.inspect
    assert_upsell_error(:wrong_type, "/index") { decisions["0"] }
  end

  def test_decide_many_of_any_enumerable
    catalog = Samples.catalog
    [[Samples.order], [Samples.order].each, [Samples.order].lazy, Set[Samples.order]].each do |orders|
      assert_equal [catalog.decide(Samples.order)], catalog.decide_many(orders).to_a
    end
    assert_equal [0, []], [catalog.decide_many([]).size, catalog.decide_many([]).outcomes]
    assert_upsell_error(:wrong_type, "") { catalog.decide_many(Samples.order) }
    assert_upsell_error(:wrong_type, "/1") { catalog.decide_many([Samples.order, nil].each) }
  end

  def test_decide_many_explained
    catalog = Upsell::Catalog.from_file(STORE)
    lines = catalog.decide_lines(ORDERS.join, explain: true).map(&:decision)
    assert_equal lines.map(&:considered), ORDERS.map { |line| catalog.decide_json(line, explain: true).considered }
    assert_operator lines.sum { |decision| decision.considered.size }, :>, 20
  end
end
