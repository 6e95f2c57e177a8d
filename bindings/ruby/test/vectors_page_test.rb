# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/documents"
require_relative "support/vectors"

# Vectors on what a catalogue shows: its scenarios, warnings, previews and pages. Each runs with a catalogue
# from text and with one from values.
class VectorsPageTest < Minitest::Test
  include Vectors

  def catalogs(vector)
    text = vector.document("catalog")
    [Upsell::Catalog.from_json(text), Upsell::Catalog.build(Documents.catalog(Documents.parse(text)))]
  end

  # A name as a Symbol. An integer stands for itself: 0 is the default in C, and nil here; one that has no
  # name cannot be said.
  def named(enum, value)
    return value.to_sym if value.is_a?(String)

    value.zero? ? nil : enum.name_of(value) || value
  end

  vectors "scenarios" do |v|
    catalogs(v).each do |catalog|
      found = catalog.scenarios.map { |scenario| JSON.parse(JSON.generate(scenario.to_h)) }
      assert_equal v.expect, { "scenarios" => found }
    end
  end

  vectors "warnings" do |v|
    catalogs(v).each do |catalog|
      found = catalog.warnings.map { |warning| { "code" => warning.code.to_s, "pointer" => warning.pointer } }
      assert_equal v.expect, { "warnings" => found }
    end
  end

  # ---- previews: by place in the vectors, by id in Ruby ----

  # A place that is not there cannot be said by id.
  def scenario_id(catalog, index)
    catalog.scenarios.fetch(index).id
  end

  vectors "preview" do |v|
    index = v["index"]
    catalogs(v).each do |catalog|
      if v.code?
        assert_equal "out_of_range", v.expect["code"]
        assert_raises(IndexError) { scenario_id(catalog, index) }
      else
        decision = catalog.preview(scenario_id(catalog, index))
        assert_equal JSON.generate(v.expect), JSON.generate(Documents.decision(decision))
      end
    end
  end

  # ---- pages ----

  REQUEST = %w[quantity selling_plan_id locale money anchor later_charges].freeze

  # What C takes for "the default" is left out here.
  def request(given)
    assert_empty given.keys - REQUEST
    given = given.transform_keys(&:to_sym)
    %i[quantity later_charges].each { |key| given.delete(key) if given[key] == 0 }
    given[:locale] = named(Upsell::Locale, given[:locale]) if given.key?(:locale)
    given[:money] = named(Upsell::MoneyStyle, given[:money]) if given.key?(:money)
    given[:anchor] = Date.strptime(given[:anchor], "%Y-%m-%d") if given.key?(:anchor)
    given
  end

  # All ways to a page: as text and as data; for an order as text, and as a value.
  def pages(catalog, vector, request)
    if vector.key?("preview")
      id = scenario_id(catalog, vector["preview"])
      { text: -> { catalog.preview_page_json(id, **request) },
        data: -> { JSON.generate(catalog.preview_page(id, **request)) } }
    else
      text = vector.document("order")
      order = Documents.order(Documents.parse(text))
      { text: -> { catalog.page_json(text, **request) }, value: -> { catalog.page_json(order, **request) },
        data: -> { JSON.generate(catalog.page(order, **request)) } }
    end
  end

  def check_page(expect, way, page)
    case expect["code"]
    when nil then 2.times { assert_equal JSON.generate(expect), page.call, way }
    when "not_applicable" then assert_includes [nil, "null"], page.call, way # there is no offer
    else assert_upsell_error(expect["code"], expect["pointer"], way, &page)
    end
  end

  # A number without a name is refused before anything is decided, and so before all else.
  def expected(given, expect)
    nameless = { "locale" => Upsell::Locale, "money" => Upsell::MoneyStyle }.find do |key, enum|
      given[key].is_a?(Integer) && given[key] != 0 && enum.name_of(given[key]).nil?
    end
    return expect unless nameless

    assert expect["code"], "a name that does not exist is refused"
    { "code" => "bad_value", "pointer" => "/#{nameless.first}" }
  end

  # A day that does not exist is no Date, so Ruby itself refuses it.
  def impossible_day?(given, expect)
    day = given["anchor"]
    return false if day.nil? || Date.valid_date?(*day.split("-").map { |part| Integer(part, 10) })

    assert_equal({ "code" => "bad_value", "pointer" => "/anchor" }, expect)
    assert_raises(Date::Error) { request(given) }
  end

  vectors "page" do |v|
    given = v.key?("request") ? v["request"] : {}
    impossible = impossible_day?(given, v.expect)
    catalogs(v).each do |catalog|
      pages(catalog, v, impossible ? {} : request(given)).each do |way, page|
        impossible ? assert(page.call) : check_page(expected(given, v.expect), way, page)
      end
    end
  end
end
