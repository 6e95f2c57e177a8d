# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "json_text"

# Facts of a plan, as vectors name them (tests/vectors/README.md). A number that is no integer has its
# text in a vector.
class PlanFacts
  attr_reader :tree

  def initialize(json)
    @tree = JsonText.parse(json)
  end

  def step(id)
    tree["steps"].find { |step| step["id"] == id }
  end

  # A string stands for the text of a value that no vector can hold.
  def assert_fact(test, name, expected)
    actual = fact(test, name, expected)
    text = expected.is_a?(String) && !actual.is_a?(String) ? expected : JSON.generate(expected)
    test.assert_equal text, JSON.generate(actual), name
  end

  private

  def fact(test, name, expected)
    case name
    when "steps" then tree["steps"].map { |step| step["id"] }
    when "changes" then changes(test)
    when "expect" then step("charge")["expect"]["lines"]
    when "charge_key" then step("charge")["idempotency_key"]
    when "lines" then lines(test)
    when "checks" then expected.to_h { |id, _| [id, (step(id)["checks"] || []).map { |check| check["name"] }] }
    when "values" then expected.to_h { |place, _| [place, value(place)] }
    else tree.fetch(name)
    end
  end

  # Without the last one, which is the evidence.
  def changes(test)
    *changes, evidence = step("charge")["changes"]
    test.assert_equal %w[type namespace key value valueType], evidence.keys
    test.assert_equal ["set_metafield", "upsell", tree["plan_id"], "string"],
                      evidence.values_at("type", "namespace", "value", "valueType")
    changes
  end

  # Without the attribute that marks them.
  def lines(test)
    tree["steps"].filter_map { |step| added_line(step) }.map do |line|
      marker = [{ "key" => "_upsell_plan", "value" => tree["plan_id"] }]
      test.assert_equal marker, line["customAttributes"]
      line.reject { |key, _| key == "customAttributes" }
    end
  end

  def added_line(step)
    case step["id"]
    when /\Aadd_line(_|\z)/ then step["variables"]["input"]
    when /\Acalculate(_|\z)/
      step["variables"]["input"]["lines"]["$map"]["append"][0]["productVariantLine"]
    end
  end

  # "STEP/pointer"
  def value(place)
    id, *keys = place.split("/", -1)
    keys.map { |key| key.gsub("~1", "/").gsub("~0", "~") }.reduce(id.empty? ? tree : step(id)) do |at, key|
      at.is_a?(Array) ? at.fetch(Integer(key, 10)) : at.fetch(key)
    end
  end
end
