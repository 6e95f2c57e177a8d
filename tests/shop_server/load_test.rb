# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "date"
require "open3"
require_relative "support/helper"
require_relative "../../examples/ruby/shop_server/bench/answers"
require_relative "../../examples/ruby/shop_server/bench/figures"
require_relative "../../examples/ruby/shop_server/bench/load"
require_relative "../../examples/ruby/shop_server/bench/made_shop"

# The load bench: that it runs against the real server, and that it would notice a server that is wrong.
# How fast the server is, is not tested.
class LoadTest < Minitest::Test
  PROGRAM = File.join(SHOP_SERVER, "bench/offers")
  DAY = Date.new(2026, 11, 22)

  def shop(seed: 5)
    Bench::MadeShop.new(scenarios: 100, seed: seed)
  end

  def catalog
    @catalog ||= Upsell::Catalog.from_json(JSON.generate(shop.catalog))
  end

  def order(number)
    Upsell.order_from_input_data(JSON.generate(shop.purchase(number)), ids: :numbers)
  end

  # The first purchase with an offer, or without one.
  def number(offer:)
    (0..).find { |number| catalog.decide_json(order(number)).offer? == offer }
  end

  # What a server that is right answers.
  def right(number)
    decision = catalog.decide_json(order(number))
    return JSON.generate(render: false, reason: decision.reason) unless decision.offer?

    %({"render":true,"session":"s-#{number}","page":#{catalog.page_json(order(number), anchor: DAY)},) +
      %("secondsLeft":#{decision.offer.page.timer_seconds || 600},"state":"offered"})
  end

  def answers(number, body, status: 200)
    Bench::Answers.new(catalog, shop, [DAY]).tap { |found| found.take(number, Bench::Load::Sample.new(status, body, 0.001)) }
  end

  def test_it_runs
    out, err, status = Open3.capture3(RbConfig.ruby, PROGRAM, "--scenarios", "100", "--rate", "50", "--seconds", "2",
                                      "--most", "100", "--warm-up", "20", "--connections", "4", "--json")
    assert status.success?, out + err
    found = JSON.parse(out, symbolize_names: true)
    assert_empty found[:problems]
    { fixed_rate: 100, most: 100 }.each do |phase, sent|
      figures = found.fetch(phase)
      assert_equal [sent, sent, 0, {}], figures.values_at(:sent, :ok, :wrong, :failures)
      assert_operator figures[:offers], :>, 0
      assert_operator figures[:no_offers], :>, 0
      assert_operator figures[:p50], :<=, figures[:max]
    end
    # The times at which requests are due are kept: 100 of them at 50 a second take 99 intervals.
    assert_operator found[:fixed_rate][:seconds], :>=, 1.98
  end

  def test_what_it_cannot_do_is_told
    [["--rate", "0"], ["--scenarios", "x"], ["more"]].each do |arguments|
      _, err, status = Open3.capture3(RbConfig.ruby, PROGRAM, *arguments)
      assert_equal 2, status.exitstatus
      assert_includes err, "Usage:"
    end
  end

  def test_the_same_seed_makes_the_same_shop
    assert_equal [shop.catalog, shop.purchase(3)], [shop.catalog, shop.purchase(3)]
    refute_equal shop.purchase(3), shop(seed: 6).purchase(3)
    refute_equal shop.purchase(3)["initialPurchase"]["referenceId"], shop.purchase(4)["initialPurchase"]["referenceId"]
    assert_equal %i[one_time_to_one_time one_time_to_subscription subscription_to_one_time subscription_to_subscription],
                 (0..200).filter_map { |number| catalog.decide_json(order(number)).offer&.pattern }.uniq.sort
  end

  def test_right_answers_are_right
    offer = answers(number(offer: true), right(number(offer: true)))
    assert_equal [true, 1, 0, 1], [offer.right?, offer.offers, offer.no_offers, offer.sessions.size]
    nothing = answers(number(offer: false), right(number(offer: false)))
    assert_equal [true, 0, 1, 0], [nothing.right?, nothing.offers, nothing.no_offers, nothing.sessions.size]
  end

  def test_wrong_answers_are_noticed
    with = number(offer: true)
    body = right(with)
    page = JSON.parse(body)["page"]
    yen = page["subtotal"]["amount"]
    { body.sub(/("subtotal":\{"amount":")#{yen}/, "\\1#{yen.to_i + 1}") => "price: #{yen} was expected",
      body.sub(page["scenario_id"], "S-other") => "scenario: #{page["scenario_id"]} was expected",
      body.sub("ご一緒に", "ご一所に") => "another page", body.sub('"offered"', '"shown"') => "state: offered was expected",
      body.sub(/"secondsLeft":\d+/, '"secondsLeft":1') => "seconds: ", right(number(offer: false)) => "found no page",
      "{" => "no JSON" }.each do |wrong, what|
      found = answers(with, wrong)
      refute_predicate found, :right?
      assert_includes found.wrong.first, what
    end
    without = answers(number(offer: false), body)
    assert_match(/was expected, found/, without.wrong.first)
  end

  def test_requests_that_fail_are_counted
    found = answers(0, "", status: 500)
    assert_equal [false, { 500 => 1 }], [found.right?, found.failures]
    assert_equal({ "the server hung up" => 1 }, answers(0, "the server hung up", status: nil).failures)
  end

  def test_percentiles
    samples = (1..200).map { |ms| Bench::Load::Sample.new(200, right(0), ms / 1000.0) }.shuffle
    load = Struct.new(:samples, :seconds).new(samples, 2.0)
    figures = Bench::Figures.new(load, Struct.new(:offers, :no_offers, :failures, :wrong).new(150, 50, {}, []), 0.4).to_h
    assert_equal [100.0, 180.0, 198.0, 200.0, 100.0, 2.0],
                 figures.values_at(:p50, :p90, :p99, :max, :per_second, :processor_ms_each)
  end
end
