# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/samples"

# Sessions as values. What events lead to is in the vectors.
class SessionTest < Minitest::Test
  include Support

  NOW = 1_795_000_000
  LATEST = (2**53) - 1

  def session(**changes) = Upsell::Session.open(id: "s-1", scenario_id: "S1", now: NOW, **changes)

  # ---- opening ----

  def test_open
    assert_equal ["s-1", "S1", :offered, 600, NOW, nil, nil, nil, NOW], session.to_h.values
    assert_equal 60, session(timer_seconds: 60).seconds
    assert_equal session, session(timer_seconds: 600)
    assert_predicate session, :frozen?
    assert Ractor.shareable?(session)
    assert_equal Encoding::UTF_8, session(id: "会".encode("UTF-8")).id.encoding
  end

  def test_ids_of_255_bytes
    id = "茶" * 85
    assert_equal [id, id], session(id: id, scenario_id: id).to_h.values.first(2)
    assert_equal [id, id], Upsell::Session.from_json(session(id: id, scenario_id: id).json).to_h.values.first(2)
    assert_upsell_error(:bad_id, "/id") { session(id: "#{id}x") }
    assert_upsell_error(:bad_id, "/scenario_id") { session(scenario_id: "") }
    assert_upsell_error(:bad_id, "/scenario_id") { session(scenario_id: "a\0b") }
    assert_operator session(id: "\u0001" * 255, scenario_id: "\u0001" * 255).json.bytesize, :<, 4096
  end

  # What C takes for "no timer" cannot be said by mistake.
  def test_open_with_garbage
    [0, -1, 3601, 2**40].each { |n| assert_upsell_error(:out_of_range, "/seconds") { session(timer_seconds: n) } }
    [-1, LATEST + 1, 2**70].each { |n| assert_upsell_error(:out_of_range, "/now") { session(now: n) } }
    [nil, "1", 1.0, Time.at(0)].each { |garbage| assert_upsell_error(:wrong_type, "/now") { session(now: garbage) } }
    assert_upsell_error(:wrong_type, "/seconds") { session(timer_seconds: 60.0) }
    assert_upsell_error(:wrong_type, "/id") { session(id: 1) }
    assert_equal LATEST, session(now: LATEST).last_at
  end

  # ---- stepping ----

  def test_a_purchase
    turn = session.step(:shown, now: NOW + 1)
    assert_equal [:shown, %i[count_shown show_offer], true, 600, NOW + 601],
                 [turn.session.state, turn.effects, turn.changed?, turn.seconds_left, turn.wake_at]
    turn = turn.session.step(:clicked, now: NOW + 5)
    assert_equal [:clicked, %i[count_clicked charge show_progress], true, 0, nil],
                 [turn.session.state, turn.effects, turn.changed?, turn.seconds_left, turn.wake_at]
    assert turn.effect?(:charge)
    refute turn.effect?(:thank_you)
    turn = turn.session.step(:ordered, now: NOW + 9)
    assert_equal [:ordered, %i[count_ordered thank_you], NOW + 9],
                 [turn.session.state, turn.effects, turn.session.ended_at]
  end

  def test_a_step_leaves_the_session_as_it_was
    before = session
    text = before.json
    before.step(:clicked, now: NOW + 5)
    assert_equal [session, text], [before, before.json]
  end

  def test_where_nothing_changed_it_is_the_same_session
    clicked = session.step(:clicked, now: NOW + 5).session
    again = clicked.step(:clicked, now: NOW + 5)
    refute_predicate again, :changed?
    assert_same clicked, again.session
    refute again.effect?(:charge)
  end

  def test_a_turn_is_a_value
    turn = session.step(:clicked, now: NOW + 5)
    assert Ractor.shareable?(turn)
    assert_equal turn, session.step(:clicked, now: NOW + 5)
    assert_equal turn, Marshal.load(Marshal.dump(turn))
    assert_equal Upsell::SessionEffect.names.sort_by { |name| Upsell::SessionEffect.number(name) },
                 Upsell::SessionEffect.names
    error = assert_upsell_error(:bad_value, "") { turn.effect?(:charged) }
    assert_match(/:charge, /, error.detail)
  end

  def test_step_with_garbage
    [nil, :paid, "clicked", 2, []].each do |garbage|
      assert_upsell_error(:bad_value, "/event") { session.step(garbage, now: NOW) }
    end
    [nil, 1.5, "1", Time.now].each do |garbage|
      assert_upsell_error(:wrong_type, "/now") { session.step(:tick, now: garbage) }
    end
    [-1, LATEST + 1, 2**63].each { |n| assert_upsell_error(:out_of_range, "/now") { session.step(:tick, now: n) } }
    assert_raises(ArgumentError) { session.step(:tick) }
  end

  # Whatever comes: charged once at most, each thing counted once at most, and the stored text gives the same.
  def test_any_events
    random = Random.new(5)
    300.times do
      session = self.session(timer_seconds: [nil, 1, 30].sample(random: random))
      effects = Array.new(12) do
        turn = session.step(Upsell::SessionEvent.names.sample(random: random), now: NOW + random.rand(-5..700))
        session = turn.session
        assert_equal session, Upsell::Session.from_json(session.json)
        assert_equal session, Upsell::Session.new(**session.to_h)
        turn.effects
      end.flatten
      %i[charge count_shown count_clicked count_ordered].each { |name| assert_operator effects.count(name), :<=, 1 }
    end
  end

  # ---- storing ----

  def test_json
    text = session.step(:declined, now: NOW + 5).session.json
    assert_equal [Encoding::UTF_8, true], [text.encoding, text.frozen?]
    assert_equal({ "format" => "upsell.session/1", "id" => "s-1", "scenario_id" => "S1", "state" => "declined",
                   "seconds" => 600, "offered_at" => NOW, "shown_at" => NOW + 5, "clicked_at" => nil,
                   "ended_at" => NOW + 5, "last_at" => NOW + 5 }, JSON.parse(text))
    [text, text.b, " #{text}\n"].each { |one| assert_equal :declined, Upsell::Session.from_json(one).state }
  end

  def test_texts_of_garbage
    [nil, 1, {}, :x].each { |garbage| assert_upsell_error(:wrong_type, "") { Upsell::Session.from_json(garbage) } }
    assert_upsell_error(:json_encoding, "") { Upsell::Session.from_json(session.json.encode("UTF-16LE")) }
    assert_upsell_error(:missing_key, "/format") { Upsell::Session.from_json("{}") }
    assert_upsell_error(:unknown_key, "/more") { Upsell::Session.from_json(session.json.sub("{", '{"more":1,')) }
    assert_upsell_error(:bad_value, "/state") { Upsell::Session.from_json(session.json.sub("offered\"", "paid\"")) }
  end

  # A session that was kept in columns, or marshalled; what no events lead to would be charged twice.
  def test_made_of_its_members
    clicked = session.step(:clicked, now: NOW + 5).session
    assert_equal clicked, Upsell::Session.new(**clicked.to_h)
    assert_equal clicked, Marshal.load(Marshal.dump(clicked))
    assert_upsell_error(:bad_value, "/clicked_at") { clicked.with(state: :shown) }
    assert_upsell_error(:bad_value, "/shown_at") { clicked.with(shown_at: nil) }
    assert_upsell_error(:bad_value, "/shown_at") { clicked.with(shown_at: NOW - 1) }
    assert_upsell_error(:bad_value, "/state") { clicked.with(state: 3) }
    assert_raises(ArgumentError) { clicked.with(status: :shown) }
    assert_raises(ArgumentError) { Upsell::Session.new(id: "s-1") }
  end

  def test_what_was_given_stays_the_caller_s
    id = +"s-1"
    members = session.to_h.merge(id: id)
    made = Upsell::Session.new(**members)
    id << "changed"
    assert_equal "s-1", made.id
  end

  # The way in which members are laid out for C, beside the struct whose offsets are the compiler's.
  def test_layout
    session = Upsell::Session.new(**Samples.session_keywords)
    memory = session.send(:to_c)
    assert_equal [3, 60, 100, 110, 120, -1, 130],
                 %i[state seconds offered_at shown_at clicked_at ended_at last_at].map { |name| memory[name] }
    assert_equal %w[s-1 S1], %i[id scenario_id].map { |name| memory[name].to_s }
    assert_equal session, Upsell::Session.of_c(memory)
    assert_equal Upsell::Native::Session.size, ([0] * 7).push("", "").pack(Upsell::Session.const_get(:LAYOUT)).bytesize
  end
end
