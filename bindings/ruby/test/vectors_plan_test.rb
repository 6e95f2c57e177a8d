# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/documents"
require_relative "support/plan_facts"
require_relative "support/vectors"

# Vectors on plans, from texts and from values.
class VectorsPlanTest < Minitest::Test
  include Vectors

  def options(given)
    return {} unless given

    assert_empty given.keys - %w[api_version dialect shop reference_id granted_scopes]
    given.to_h { |key, value| [key.to_sym, key == "dialect" ? value.to_sym : value] }
  end

  # A plan, or the code and pointer of the error.
  def made
    plan = yield
    { plan: plan.json }
  rescue Upsell::Error => e
    { "code" => e.code.to_s, "pointer" => e.pointer }
  end

  # What can be said with values must come to the same. A fault of a value by itself is found when
  # that is made.
  def check_values(catalog, order_text, acceptance_text, options, expected)
    order = Documents.order(Documents.parse(order_text))
    acceptance = Documents.acceptance(Documents.parse(acceptance_text), catalog.info.currency)
    assert_equal expected, made { catalog.plan(order, acceptance, **options) }
    true
  rescue Documents::Inexpressible
    false
  rescue Upsell::Error => e
    assert_equal expected["code"], e.code.to_s
    assert expected["pointer"].end_with?(e.pointer), "#{expected} #{e.message}"
  end

  def check_view(plan, facts)
    tree = facts.tree
    assert_equal tree.values_at("plan_id", "scenario_id", "scopes", "api_version"),
                 [plan.plan_id, plan.scenario_id, plan.scopes, plan.api_version]
    assert_equal tree.values_at("pattern", "dialect", "currency"),
                 [plan.pattern.to_s, plan.dialect.to_s, plan.currency.code]
    assert_equal tree["charge"]["now"], Upsell.money_format(plan.charge_now, plan.currency)
    assert_equal facts.step("charge")["idempotency_key"], plan.charge_key
  end

  def check_made(plan, expect)
    facts = PlanFacts.new(plan.json)
    check_view(plan, facts)
    expect.each { |name, expected| facts.assert_fact(self, name, expected) }
    Upsell::Runner.open(plan) { |runner| refute_predicate runner, :closed? }
    Upsell::Runner.new(plan.json).close
  end

  def check_refused(expect, &block)
    assert_upsell_error(expect["code"], expect["pointer"], &block)
  end

  vectors "plan" do |v|
    catalog = Upsell::Catalog.from_json(v.document("catalog"))
    texts = [v.document("order"), v.document("acceptance")]
    options = options(v["options"])
    make = -> { catalog.plan_json(*texts, **options) }
    v.code? ? check_refused(v.expect, &make) : check_made(make.call, v.expect)
    first = made(&make)
    assert_equal first, made(&make), "made again"
    expressed = check_values(catalog, *texts, options, first)
    assert expressed || v.code?, "a good purchase can be said with values"
  end
end
