# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/documents"
require_relative "support/random_shop"

# Random shops and orders: every way to a decision gives the same one.
class PropertyTest < Minitest::Test
  include Support

  SHOPS = 120
  ORDERS = 25

  def shop(seed)
    random = RandomShop.new(seed)
    document = random.catalog
    orders = Array.new(ORDERS) { random.order(document["currency"]) }
    [document, orders.map { |order| JSON.generate(order) }]
  end

  def check_catalog(text, input)
    expected = Upsell.check(text).map { |problem| [problem.code, problem.pointer] }
    found = Upsell.check(input).map { |problem| [problem.code, problem.pointer] }
    assert_equal expected.sort, found.sort
    expected.empty?
  end

  def check_orders(from_text, from_values, texts, explain)
    orders = texts.map { |text| Documents.order(JSON.parse(text)) }
    expected = texts.map { |text| from_text.decide_json(text, explain: explain) }
    assert_equal expected, orders.map { |order| from_values.decide(order, explain: explain) }
    assert_equal expected, from_values.decide_many(orders, explain: explain).to_a
    assert_equal expected, from_text.decide_lines(texts.join("\n"), explain: explain).map(&:decision)
    expected.zip(texts, orders) { |decision, text, order| check_texts(from_text, decision, text, order, explain) }
    expected
  end

  def check_texts(catalog, decision, text, order, explain)
    document = JSON.generate(Documents.decision(decision))
    assert_equal document, catalog.decide_to_json(text, explain: explain)
    assert_equal document, catalog.decide_to_json(order, explain: explain)
  end

  def check_columns(catalog, texts, decisions)
    many = catalog.decide_many(texts.map { |text| Documents.order(JSON.parse(text)) })
    offers = decisions.map(&:offer)
    assert_equal decisions.map(&:outcome), many.outcomes
    assert_equal offers.map { |offer| offer&.scenario_index }, many.scenario_indexes
    assert_equal offers.map { |offer| offer ? offer.total_checkout : 0 }, many.totals_checkout
    assert_equal offers.map { |offer| offer ? offer.total_offer_page : 0 }, many.totals_offer_page
  end

  # A new catalogue for each way: nothing is known of the scenarios yet.
  def check_with_nothing_known(text, texts, decisions)
    orders = texts.map { |order| Documents.order(JSON.parse(order)) }
    assert_equal decisions, Upsell::Catalog.from_json(text).decide_many(orders).to_a
    fresh = Upsell::Catalog.from_json(text)
    assert_equal decisions, orders.map { |order| fresh.decide(order) }
    assert_equal decisions, Upsell::Catalog.from_json(text).decide_lines(texts.join("\n")).map(&:decision)
  end

  def test_all_ways_give_the_same_decision
    patterns = Hash.new(0)
    SHOPS.times do |seed|
      document, texts = shop(seed)
      text = JSON.generate(document)
      input = Documents.catalog(document)
      next unless check_catalog(text, input)

      from_text, from_values = Upsell::Catalog.from_json(text), Upsell::Catalog.build(input)
      check_orders(from_text, from_values, texts, true)
      decisions = check_orders(from_text, from_values, texts, false)
      check_columns(from_text, texts, decisions)
      check_with_nothing_known(text, texts, decisions)
      decisions.each { |decision| patterns[decision.offer&.pattern] += 1 }
    end
    # Random shops that never made an offer of some pattern would prove nothing about it.
    (Upsell::Pattern.names + [nil]).each { |pattern| assert_operator patterns[pattern], :>, 20, pattern.inspect }
  end

  def test_money_there_and_back
    random = Random.new(1)
    Upsell::Currency.all.each do |currency|
      [0, 1, 99_999, 10**11, *Array.new(20) { random.rand(0..10**11) }].each do |amount|
        assert_equal amount, Upsell.money_parse(Upsell.money_format(amount, currency), currency)
      end
    end
  end

  def test_percentages_there_and_back
    [0, 1, 125_000, 333_333, 1_000_000].each do |millionths|
      text = format("%d.%04d", millionths / 10_000, millionths % 10_000)
      assert_equal millionths, Upsell.percentage_parse(text)
    end
  end

  def test_priority_is_the_first_of_the_smallest
    random = Random.new(2)
    200.times do
      list = Array.new(random.rand(1..9)) { random.rand(0..4) }
      assert_equal list.index(list.min), Upsell.priority_resolve(list)
    end
  end
end
