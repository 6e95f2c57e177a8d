# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/vectors"

# Vectors of the functions on money, prices, cycles and priorities.
class VectorsValuesTest < Minitest::Test
  include Vectors

  # A name as a Symbol. An integer stands for itself; one that has no name cannot be said in Ruby.
  def named(enum, value)
    return value.to_sym if value.is_a?(String)

    enum.name_of(value) || value
  end

  # Compares a result, or the code of an error.
  def check(vector)
    if vector.code?
      assert_equal vector.expect, { "code" => assert_raises(Upsell::Error) { yield }.code.to_s }
    else
      assert_equal vector.expect, yield
    end
  end

  def bytes(vector, key)
    vector.key?("hex") ? [vector["hex"]].pack("H*") : vector[key]
  end

  def interval(given)
    Upsell::Interval.new(unit: named(Upsell::IntervalUnit, given["interval"]), count: given["count"])
  end

  def cycle(given)
    assert_empty given.keys - %w[billing delivery]
    Upsell::Cycle.new(billing: interval(given["billing"]), delivery: given["delivery"] && interval(given["delivery"]))
  end

  def pricing(given)
    given.map do |price|
      Upsell::PlanPrice.new(after_cycle: price["after_cycle"], type: named(Upsell::Adjustment, price["type"]),
                            value: price["value"])
    end
  end

  # 0 is the default in C, and nil here.
  def policy(given)
    return unless given

    enums = { "mode" => Upsell::RoundingMode, "target" => Upsell::RoundingTarget, "basis" => Upsell::RoundingBasis }
    Upsell::Rounding.new(**given.to_h { |key, value| [key.to_sym, value == 0 ? nil : named(enums.fetch(key), value)] })
  end

  def amounts(both)
    { "unit" => both.unit, "line" => both.line }
  end

  vectors "pattern" do |v|
    check(v) do
      pattern = Upsell.pattern_of(named(Upsell::Kind, v["trigger_kind"]), named(Upsell::Kind, v["offer_kind"]))
      { "pattern" => pattern.to_s, "number" => Upsell::Pattern.number(pattern) }
    end
  end

  vectors "same_cycle" do |v|
    one, other = v["a"], v["b"]
    check(v) { { "same" => Upsell.cycle_same?(cycle(one), cycle(other)) } }
    check(v) { { "same" => Upsell.cycle_same?(cycle(other), cycle(one)) } }
  end

  vectors "plan_price" do |v|
    list_unit, given, cycle, checkout = %w[list_unit pricing cycle checkout].map { |key| v[key] }
    check(v) do
      { "unit" => Upsell.plan_price(list_unit: list_unit, pricing: pricing(given), cycle: cycle,
                                    checkout: policy(checkout)) }
    end
  end

  def first_price(given)
    discount = given["discount"]
    discount &&= Upsell::Discount.new(type: named(Upsell::Adjustment, discount["type"]), value: discount["value"] || 0)
    rounding = given["rounding"]&.to_h { |surface, one| [surface.to_sym, policy(one)] }
    Upsell.first_price(pattern: named(Upsell::Pattern, given["pattern"]), list_unit: given["list_unit"],
                       pricing: pricing(given["pricing"]), quantity: given["quantity"], discount: discount,
                       rounding: rounding && Upsell::RoundingPair.new(**rounding))
  end

  vectors "first_price" do |v|
    given = %w[pattern list_unit pricing quantity discount rounding].to_h { |key| [key, v[key]] }
    check(v) do
      price = first_price(given)
      assert_empty price.recurring
      { "list_unit" => price.list_unit, "plan_unit" => price.plan_unit, "checkout" => amounts(price.checkout),
        "offer_page" => amounts(price.offer_page) }
    end
  end

  # C calls a mode without a name an invalid argument; here it cannot be said in the first place.
  vectors "percentage" do |v|
    given = v["policy"]
    nameless = given.any? { |_, value| value.is_a?(Integer) && value != 0 }
    expected = nameless ? Vectors::Case.new({}, v.name, { "code" => "bad_value" }) : v
    base, percentage, quantity = v["base"], v["percentage"], v["quantity"]
    check(expected) do
      amounts(Upsell.percentage_price(base: base, percentage: percentage, quantity: quantity, policy: policy(given)))
    end
  end

  vectors "money_parse" do |v|
    text, currency = bytes(v, "text"), v["currency"]
    check(v) { { "amount" => Upsell.money_parse(text, currency) } }
  end

  vectors "money_format" do |v|
    amount, currency = v["amount"], v["currency"]
    check(v) { { "text" => Upsell.money_format(amount, currency) } }
  end

  vectors "money_display" do |v|
    amount, currency, style = v["amount"], v["currency"], named(Upsell::MoneyStyle, v["style"])
    check(v) { { "text" => Upsell.display_money(amount, currency, style: style) } }
  end

  vectors "percentage_parse" do |v|
    text = bytes(v, "text")
    check(v) { { "percentage" => Upsell.percentage_parse(text) } }
  end

  vectors "currency" do |v|
    code = bytes(v, "code")
    check(v) { { "decimals" => Upsell::Currency.find(code).decimals } }
  end

  vectors "priority" do |v|
    priorities = v["priorities"]
    check(v) { { "winner" => Upsell.priority_resolve(priorities) } }
  end
end
