# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/helper"
require_relative "../../examples/ruby/shop_server/lib/shop_server/worker"

# What is stored of an offer, and what is counted.
class SessionsTest < Minitest::Test
  include ShopServerTests

  ORDER = File.read(File.join(ROOT, "examples/shopify-store/order-1.json"), encoding: "UTF-8")

  def sessions
    services.sessions
  end

  def open(reference: "r", scenario: "S1", seconds: 100)
    sessions.open(reference_id: reference, order_json: ORDER, scenario_id: scenario, seconds: seconds)
  end

  def events
    sessions.events_since(0).map { |row| row[:event] }
  end

  def test_a_session_is_opened_once
    rows = Array.new(8) { Thread.new { open } }.map(&:value)
    assert_equal [1, 1], [rows.map(&:id).uniq.size, services.db[:sessions].count]
    row = rows[0]
    assert_equal ["r", ORDER, "S1", nil, clock.now], row.to_h.values_at(:reference_id, :order_json, :scenario_id,
                                                                       :acceptance_json, :created_at)
    assert_equal [:offered, 100, row.id], [row.session.state, row.session.seconds, row.session.id]
    assert_match(/\A[A-Za-z0-9_-]{32}\z/, row.id)
    refute_equal row.id, open(scenario: "S2").id
  end

  def test_nobody
    assert_nil sessions.find("x")
    assert_nil(sessions.take("x", :shown) { flunk })
    assert_empty sessions.of_purchase("x")
  end

  def test_a_turn_is_stored_with_its_counts
    id = open.id
    turn = sessions.take(id, :clicked) do |row, taken|
      assert_equal [:offered, :clicked], [row.session.state, taken.session.state]
      assert_equal :clicked, sessions.find(id).session.state # and is seen inside
    end
    assert turn.effect?(:charge)
    assert_equal %w[shown clicked], events
    sessions.take(id, :clicked)
    sessions.take(id, :ordered)
    sessions.take(id, :ordered)
    assert_equal %w[shown clicked ordered], events
    assert_equal ["ordered", nil], services.db[:sessions].get(%i[state wake_at])
  end

  def test_what_the_block_raises_undoes_all
    id = open.id
    assert_raises(IOError) { sessions.take(id, :clicked) { raise IOError } }
    assert_equal [:offered, []], [sessions.find(id).session.state, events]
  end

  # What another process has counted is not counted again, even if the session has forgotten it.
  def test_an_event_is_written_once
    id = open.id
    before = services.db[:sessions].get(:session_json)
    sessions.take(id, :shown)
    services.db[:sessions].update(session_json: before)
    sessions.take(id, :shown)
    assert_equal %w[shown], events
  end

  def test_many_threads_click_once
    id = open.id
    charges = Array.new(8) { Thread.new { sessions.take(id, :clicked).effect?(:charge) } }.map(&:value)
    assert_equal [1, %w[shown clicked]], [charges.count(true), events]
  end

  def test_time_is_up
    unseen = open(reference: "a").id
    seen = open(reference: "b").id
    clicked = open(reference: "c").id
    sessions.take(seen, :shown)
    sessions.take(clicked, :clicked)
    clock.advance(99)
    assert_equal 0, sessions.expire_due
    clock.advance(1)
    assert_equal 1, sessions.expire_due
    clock.advance(500)
    assert_equal 1, sessions.expire_due
    clock.advance(10_000)
    assert_equal 0, sessions.expire_due
    assert_equal %i[expired expired clicked], [unseen, seen, clicked].map { |id| sessions.find(id).session.state }
  end

  def test_the_worker_ends_all_that_are_due_in_one_round
    ids = Array.new(25) { |i| open(reference: "many-#{i}").id }
    clock.advance(600)
    ShopServer::Worker.new(services, api: nil).work_once
    assert_equal [:expired], ids.map { |id| sessions.find(id).session.state }.uniq
  end

  def test_one_that_is_refused_keeps_no_other_from_ending
    bad, good = %w[a b].map { |reference| open(reference: reference).id }
    sessions.take(good, :shown)
    services.db[:sessions].where(id: bad).update(session_json: "{}", wake_at: 1)
    clock.advance(100)
    assert_equal 2, sessions.expire_due
    assert_equal 0, sessions.expire_due
    assert_equal :expired, sessions.find(good).session.state
    assert_equal [["session_refused", bad[0, 8]]],
                 log_lines.select { |line| line["level"] == "error" }.map { |line| line.values_at("event", "session") }
  end

  def test_events_go_on_from_a_number
    ids = %w[a b c].map { |reference| open(reference: reference).id }
    ids.each { |id| sessions.take(id, :clicked) }
    all = sessions.events_since(0)
    assert_equal [1, 2, 3, 4, 5, 6], all.map { |row| row[:seq] }
    assert_equal %i[seq session_id scenario_id event at], all[0].keys
    assert_equal all.drop(4), sessions.events_since(4)
    assert_equal all.first(2), sessions.events_since(0, limit: 2)
    assert_empty sessions.events_since(6)
  end

  def test_one_click_for_a_purchase
    sessions.accept(open.id, "{}")
    assert_raises(Sequel::UniqueConstraintViolation) { sessions.accept(open(scenario: "S2").id, "{}") }
    sessions.accept(open(reference: "other").id, "{}")
  end
end
