# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/documents"
require_relative "support/vectors"

# Vectors on what happens between showing and buying: sessions, and counting their events.
class VectorsSessionTest < Minitest::Test
  include Vectors

  # A result, or the code and pointer of the error.
  def made
    yield
  rescue Upsell::Error => e
    { "code" => e.code.to_s, "pointer" => e.pointer }
  end

  # ---- sessions ----

  def opened(given)
    assert_equal %w[id scenario_id timer_seconds now], given.keys
    Upsell::Session.open(**given.transform_keys(&:to_sym))
  end

  # The session that a document says, made of its members; nil where they cannot say the same.
  def of_members(document)
    return unless document["format"] == "upsell.session/1" && document["state"].is_a?(String)

    members = document.reject { |key, _| key == "format" }.transform_keys(&:to_sym)
    return unless members.keys.sort == Upsell::Session.members.sort

    Upsell::Session.new(**members, id: Documents.id(members[:id]), scenario_id: Documents.id(members[:scenario_id]),
                                   state: members[:state].to_sym)
  end

  def session_of(vector)
    return opened(vector["open"]) if vector.key?("open")

    found = made { Upsell::Session.from_json(vector.document("session")) }
    of_values = made { of_members(vector["session"]) } if vector.key?("session")
    assert_equal found, of_values if of_values
    found.is_a?(Hash) ? raise_again(found) : found
  end

  def raise_again(error)
    raise Upsell::Error.class_of(Upsell::Native.const_get(error["code"].upcase)).new(pointer: error["pointer"])
  end

  # An integer stands for itself; one that has no name cannot be said in Ruby.
  def event(given)
    given.is_a?(Integer) ? Upsell::SessionEvent.name_of(given) || given : given.to_sym
  end

  def facts(turn, before)
    document = JSON.parse(turn.session.json)
    { "effects" => turn.effects.map(&:to_s), "changed" => turn.changed?, "seconds_left" => turn.seconds_left,
      "wake_at" => turn.wake_at || 0, "session" => turn.session.json == before.json ? nil : document }
  end

  def check_turn(session, given, expected)
    assert_equal %w[event now], given.keys
    if expected.key?("error")
      assert_equal expected["error"], made { session.step(event(given["event"]), now: given["now"]) }
      return session
    end
    turn = session.step(event(given["event"]), now: given["now"])
    assert_equal JSON.generate(expected), JSON.generate(facts(turn, session))
    assert_equal turn.session, Upsell::Session.from_json(turn.session.json)
    assert_equal turn, Upsell::Session.from_json(session.json).step(event(given["event"]), now: given["now"])
    turn.effects.each { |effect| assert turn.effect?(effect) }
    turn.session
  end

  vectors "session" do |v|
    steps = v.key?("steps") ? v["steps"] : []
    if v.code?
      assert_upsell_error(v.expect["code"], v.expect["pointer"]) { session_of(v) }
      assert_empty steps
    else
      session = session_of(v)
      assert_equal JSON.generate(v.expect["session"]), session.json
      assert_equal steps.size, v.expect.fetch("turns", []).size
      steps.zip(v.expect["turns"] || []) { |given, expected| session = check_turn(session, given, expected) }
    end
  end

  # ---- counting ----

  # Counts an event as its text, or by its members where these can say the same.
  def count(tally, event, by_members)
    return tally.add_json(event.is_a?(String) ? event : JSON.generate(event)) unless by_members && sayable?(event)

    tally.add(event["session_id"], event["scenario_id"], event["event"].to_sym)
  end

  def sayable?(event)
    event.is_a?(Hash) && event["format"] == "upsell.event/1" && %w[shown clicked ordered].include?(event["event"]) &&
      %w[session_id scenario_id].all? { |key| event[key].is_a?(String) }
  end

  # The errors of a stream, counted in a tally.
  def errors_of(tally, stream, number, by_members)
    stream.each_with_index.filter_map do |event, line|
      count(tally, event, by_members)
      nil
    rescue Upsell::Error => e
      { "stream" => number, "line" => line, "code" => e.code.to_s, "pointer" => e.pointer }
    end
  end

  # One tally of all streams, and the errors.
  def counted(streams, way)
    tallies = streams.map { Upsell::Tally.new }
    tallies.fill(tallies.first) if %i[in_one by_members].include?(way)
    errors = streams.each_with_index.flat_map { |stream, i| errors_of(tallies[i], stream, i, way == :by_members) }
    tallies.reverse! if way == :backwards
    [tallies.reduce { |all, one| all.merge(one) }, errors]
  end

  def report(tally, catalog, options)
    options = options.transform_keys(&:to_sym)
    form = options.delete(:form)
    options[:locale] = options[:locale].to_sym if options.key?(:locale)
    form == "csv" ? tally.csv(catalog: catalog, **options) : tally.report(catalog: catalog, **options)
  end

  def check_counts(tally)
    tally.counts.each do |counts|
      assert_equal counts, tally.counts_of(counts.scenario_id)
      assert_equal [counts.shown, counts.clicked, counts.ordered].sort.reverse,
                   [counts.shown, counts.clicked, counts.ordered]
    end
  end

  vectors "tally" do |v|
    catalog = Upsell::Catalog.from_json(v.document("catalog")) if v.key?("catalog")
    options = v.key?("options") ? v["options"] : {}
    expected = v.expect["report"]
    %i[merged backwards in_one by_members].each do |way|
      tally, errors = counted(v["streams"], way)
      if v.code?
        assert_upsell_error(v.expect["code"], v.expect["pointer"]) { report(tally, catalog, options) }
      else
        assert_equal v.expect["errors"] || [], errors, way
        assert_equal expected.is_a?(String) ? expected : JSON.generate(expected), report(tally, catalog, options), way
        check_counts(tally)
      end
    end
  end
end
