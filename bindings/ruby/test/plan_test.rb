# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/documents"
require_relative "support/samples"

# Plans, runs and payloads, from the outside. What they compute is in the vectors.
class PlanTest < Minitest::Test
  include Support

  STORE = File.join(EXAMPLES, "shopify-store")
  CATALOG = Upsell::Catalog.from_file(File.join(STORE, "catalog.json"))

  def file(name)
    File.read(File.join(STORE, name), encoding: "UTF-8")
  end

  def order = Documents.order(JSON.parse(file("order-3.json")))
  def acceptance = Documents.acceptance(JSON.parse(file("accept-3.json")), "JPY")
  def plan(**options) = CATALOG.plan(order, acceptance, **options)

  def test_plan
    assert_equal CATALOG.plan_json(file("order-3.json"), file("accept-3.json")), plan
    assert_equal ["3c9a6f4c-61e0-88b1-9b99-8b635685610a", 720, "JPY", :one_time_to_subscription, "2026-07", :draft],
                 [plan.plan_id, plan.charge_now, plan.currency.code, plan.pattern, plan.api_version, plan.dialect]
    assert_equal %w[read_orders read_own_subscription_contracts read_products write_orders], plan.scopes
    assert Ractor.shareable?(plan)
    assert_equal plan, Marshal.load(Marshal.dump(plan))
    assert_match(/charge_now=720>\z/, plan.inspect)
  end

  def test_options
    made = plan(api_version: "2026-10", dialect: :calculation, shop: "tea.myshopify.com", reference_id: "abc",
                granted_scopes: %w[write_orders read_own_subscription_contracts read_products])
    tree = JSON.parse(made.json)
    assert_equal ["2026-10", "calculation", "tea.myshopify.com", "abc"],
                 tree.values_at("api_version", "dialect", "shop", "reference_id")
    assert_upsell_error(:missing_scope, "/options/granted_scopes") { plan(granted_scopes: []) }
    assert_upsell_error(:missing_scope, "/options/granted_scopes") { plan(granted_scopes: ["read_orders"]) }
    assert_upsell_error(:not_applicable, "/options/dialect") { plan(dialect: :calculation) }
    assert_upsell_error(:bad_value, "/options/api_version") { plan(api_version: "2020-01") }
    assert_upsell_error(:wrong_type, "/options/api_version") { plan(api_version: 202_607) }
    assert_upsell_error(:bad_value, "/options/dialect") { plan(dialect: "draft") }
    assert_upsell_error(:wrong_type, "/options/granted_scopes") { plan(granted_scopes: "read_orders") }
    assert_raises(ArgumentError) { plan(version: 1) }
  end

  def test_an_acceptance_that_does_not_fit
    wrong = { offer_changed: ["/acceptance/scenario_id", { scenario_id: "S9" }],
              quantity_out_of_range: ["/acceptance/quantity", { quantity: 99 }],
              plan_not_offered: ["/acceptance/selling_plan_id", { selling_plan_id: "1" }],
              price_changed: ["/acceptance/total", { total: 1 }] }
    wrong.each do |code, (pointer, changes)|
      assert_upsell_error(code, pointer) { CATALOG.plan(order, acceptance.with(**changes)) }
    end
    error = assert_raises(Upsell::PriceChangedError) { CATALOG.plan(order, acceptance.with(total: 1)) }
    assert_match(/720/, error.detail)
  end

  def test_inputs_of_wrong_types
    assert_upsell_error(:wrong_type, "/order") { CATALOG.plan("{}", acceptance) }
    assert_upsell_error(:wrong_type, "/acceptance") { CATALOG.plan(order, {}) }
    assert_upsell_error(:wrong_type, "/order") { CATALOG.plan_json(order, "{}") }
    assert_upsell_error(:wrong_type, "/acceptance") { CATALOG.plan_json("{}", nil) }
    assert_upsell_error(:missing_key, "/order/format") { CATALOG.plan_json("{}", "{}") }
  end

  # ---- runs ----

  def start(runner) = runner.step(nil, Upsell::Event::Start.new(run_id: "run-00001", now: 100))

  def test_a_run
    runner = Upsell::Runner.new(plan)
    progress = start(runner)
    action = progress.action
    assert_equal ["charge", :changeset, nil], [action.step, action.channel, action.document]
    assert_equal [plan.charge_key, true, 1], [action.idempotency_key, action.buyer_consent?, progress.revision]
    assert_equal "add_subscription", JSON.parse(action.variables).first["type"]
    assert_operator action.expires_at, :>, 100
    refute_predicate progress, :finished?

    pending = runner.step(progress.journal, Upsell::Event::Tick.new(now: 101))
    assert_equal ["charge", progress.journal], [pending.action.step, pending.journal]
    assert_instance_of Upsell::Action::Pending, pending.action

    ended = runner.step(progress.journal, Upsell::Event::NotSent.new(step: "charge", now: 102, reason: "declined"))
    assert_equal [:stopped, :not_charged, "declined", true],
                 [ended.action.outcome, ended.stops.first.state, ended.stops.first.result, ended.finished?]
    assert_equal "nothing was charged; the order is as it was", ended.stops.first.meaning
    assert Ractor.shareable?(ended)
  end

  # The runs of the examples, line by line: what the host saw, and what it was told to do.
  def test_the_example_runs
    (1..4).each do |number|
      plan = CATALOG.plan_json(file("order-#{number}.json"), file("accept-#{number}.json"))
      Upsell::Runner.open(plan) { |runner| assert_predicate run_through(runner, number), :finished? }
    end
  end

  def run_through(runner, number)
    file("run-#{number}.ndjson").each_line.map { |line| JSON.parse(line) }.reduce(nil) do |last, turn|
      event = turn.fetch("event")
      progress = runner.step_json(last&.journal, JSON.generate(event))
      assert_equal turn.fetch("action"), JSON.parse(progress.action_json) if turn.key?("action")
      progress
    end
  end

  def test_a_runner_of_garbage
    [nil, 1, :x, order].each { |garbage| assert_upsell_error(:wrong_type, "") { Upsell::Runner.new(garbage) } }
    assert_upsell_error(:json_syntax, "") { Upsell::Runner.new("x") }
    assert_upsell_error(:missing_key, "/format") { Upsell::Runner.new("{}") }
  end

  def test_journals_of_garbage
    runner = Upsell::Runner.new(plan)
    journal = start(runner).journal
    [nil, {}, "{}", Upsell::Event, Samples.line].each do |garbage|
      assert_upsell_error(:wrong_type, "/event") { runner.step(journal, garbage) }
    end
    tick = Upsell::Event::Tick.new(now: 1)
    assert_upsell_error(:wrong_type, "/event") { runner.step_json(journal, nil) }
    assert_upsell_error(:wrong_type, "/journal") { runner.step(1, tick) }
    assert_upsell_error(:json_encoding, "/journal") { runner.step(journal.encode("UTF-16BE"), tick) }
    assert_upsell_error(:json_syntax, "/journal") { runner.step("x", tick) }
    assert_upsell_error(:journal_mismatch, "/journal") do
      runner.step(journal, Upsell::Event::Start.new(run_id: "run-00002", now: 1))
    end
  end

  def test_events_of_garbage
    assert_upsell_error(:wrong_type, "/event/now") { Upsell::Event::Tick.new(now: Time.now) }
    assert_upsell_error(:out_of_range, "/event/http_status") do
      Upsell::Event::Answer.new(step: "a", body: nil, now: 1, http_status: 0)
    end
    # What the event says, C judges.
    runner = Upsell::Runner.new(plan)
    journal = start(runner).journal
    assert_upsell_error(:bad_value, "/event/step") do
      runner.step(journal, Upsell::Event::NoAnswer.new(step: "none", now: 1))
    end
    assert_upsell_error(:out_of_range, "/event/now") { runner.step(journal, Upsell::Event::Tick.new(now: -1)) }
  end

  def test_a_body_is_any_bytes
    runner = Upsell::Runner.new(plan)
    journal = start(runner).journal
    ["\xFF\x00".b, "<html>", "", nil].each do |body|
      progress = runner.step(journal, Upsell::Event::Answer.new(step: "charge", body: body, now: 101))
      assert_instance_of Upsell::Action::Wait, progress.action
      assert_operator progress.action.until, :>, 100
    end
  end

  def test_runner_after_close
    kept = nil
    assert_equal 1, Upsell::Runner.open(plan) { |runner| start(kept = runner).revision }
    assert_predicate kept, :closed?
    assert_nil kept.close
    error = assert_raises(Upsell::ClosedError) { start(kept) }
    assert_match(/This runner is closed/, error.message)
    assert_raises(Upsell::ClosedError) { kept.step_json(nil, "{}") }
    assert_equal ["#<Upsell::Runner closed>", "#<Upsell::Runner>"], [kept.inspect, Upsell::Runner.open(plan).inspect]
  end

  # ---- payloads ----

  def test_input_data
    text = Upsell.order_from_input_data(file("input-data.json"))
    assert_equal [Encoding::UTF_8, true], [text.encoding, text.frozen?]
    assert_equal "upsell.order/1", JSON.parse(text)["format"]
    gids = Upsell.order_from_input_data(file("input-data.json"), ids: :gids)
    assert_match(%r{gid://shopify/Product/}, gids)
    assert_upsell_error(:bad_value, "/ids") { Upsell.order_from_input_data("{}", ids: "gids") }
    assert_upsell_error(:wrong_type, "") { Upsell.order_from_input_data({}) }
    assert_upsell_error(:wrong_type, "") { Upsell.order_from_shopify_order(nil) }
  end

  def test_query
    assert_match(/\Aquery UpsellOrder\(\$id: ID!\)/, Upsell.shopify_order_query)
  end
end
