# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/vectors"

# Vectors on runs: a plan and events, to actions and journals. Each event is also given as a value,
# where a value can say the same.
class VectorsRunnerTest < Minitest::Test
  include Vectors

  EVENTS = { "start" => [Upsell::Event::Start, %w[run_id now]], "resume" => [Upsell::Event::Resume, %w[now]],
             "tick" => [Upsell::Event::Tick, %w[now]],
             "answer" => [Upsell::Event::Answer, %w[step body now http_status]],
             "no_answer" => [Upsell::Event::NoAnswer, %w[step now]],
             "not_sent" => [Upsell::Event::NotSent, %w[step now reason]],
             "webhook" => [Upsell::Event::Webhook, %w[topic body now]] }.freeze

  # The event as a value; nil where it has other keys than its kind.
  def event(document)
    type, keys = EVENTS[document["type"]]
    given = document.reject { |key, _| key == "type" }
    return if type.nil? || !(given.keys - keys).empty? || !given.key?("now")
    return if %w[step run_id topic].any? { |key| keys.include?(key) && !given.key?(key) }

    given["body"] = given.key?("body") ? JSON.generate(given["body"]) : nil if keys.include?("body")
    type.new(**given.transform_keys(&:to_sym))
  end

  def check_taken(progress, turn, journal)
    assert_empty turn.keys - %w[action journal]
    assert_equal JSON.generate(turn["action"]), progress.action_json
    assert_equal turn["journal"] ? JSON.generate(turn["journal"]) : journal, progress.journal
    check_action(progress, turn["action"])
    assert_equal JSON.parse(progress.journal)["revision"], progress.revision
  end

  def check_action(progress, expected)
    action = progress.action
    case expected["do"]
    when "send" then check_send(action, expected)
    when "wait" then assert_equal expected.values_at("until", "webhooks"), [action.until, action.webhooks]
    when "pending" then assert_equal expected["step"], action.step
    else check_finished(progress, expected)
    end
    assert_equal expected["do"] == "finished", progress.finished?
  end

  def check_send(action, expected)
    assert_equal expected.values_at("step", "channel", "operation", "document", "idempotency_key", "expires_at"),
                 [action.step, action.channel.to_s, action.operation, action.document, action.idempotency_key,
                  action.expires_at]
    assert_equal expected["buyer_consent"] || false, action.buyer_consent?
    assert_equal JSON.generate(expected["variables"] || expected["changes"]), action.variables
    assert_equal [expected.key?("expect") ? JSON.generate(expected["expect"]) : nil], [action.expect]
  end

  def check_finished(progress, expected)
    assert_equal expected["outcome"], progress.action.outcome.to_s
    stops = progress.stops.map { |stop| { "step" => stop.step, "result" => stop.result, "state" => stop.state.to_s } }
    assert_equal expected["stops"], stops
    progress.stops.each { |stop| refute_empty stop.meaning }
  end

  # A value that cannot be made, because the event is wrong, has the error that the text has.
  def check_value(runner, journal, document, expected)
    value = event(document) or return
    progress = runner.step(journal, value)
    assert_equal expected, { journal: progress.journal, action: progress.action_json }
  rescue Upsell::Error => e
    assert_equal expected, { "code" => e.code.to_s, "pointer" => e.pointer }
  end

  def check_turn(runner, journal, event, turn)
    text = JSON.generate(event)
    if turn.key?("error")
      assert_upsell_error(*turn["error"].values_at("code", "pointer")) { runner.step_json(journal, text) }
      check_value(runner, journal, event, turn["error"])
      return journal
    end
    progress = runner.step_json(journal, text)
    check_taken(progress, turn, journal)
    assert_equal progress, Upsell::Runner.new(@plan).step_json(journal, text), "another runner"
    check_value(runner, journal, event, { journal: progress.journal, action: progress.action_json })
    progress.journal
  end

  vectors "runner" do |v|
    @plan = v.document("plan")
    journal = v.key?("journal") ? v["journal"] : nil
    events, turns = v["events"], v.expect["turns"]
    assert_equal events.size, turns.size
    Upsell::Runner.open(@plan) do |runner|
      events.zip(turns) { |event, turn| journal = check_turn(runner, journal, event, turn) }
    end
  end
end
