# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/documents"
require_relative "support/vectors"

# Vectors on bad documents and on payloads. Where values can say the same as a document, they must
# have the same problems.
class VectorsDocumentsTest < Minitest::Test
  include Vectors

  def places(problems)
    problems.map { |problem| { "code" => problem.code.to_s, "pointer" => problem.pointer } }
  end

  # The values that say the same, or nil.
  def expressed
    yield
  rescue Documents::Inexpressible
    nil
  end

  # A fault of a single value is found when the value is made, and points into that value. Problems
  # come in another order than in a text, where some are found while it is read (CAT-17).
  def check_values(document, expected)
    input = expressed { Documents.catalog(document) } or return
    found = places(Upsell.check(input))
    assert_equal expected.sort_by(&:to_s), found.sort_by(&:to_s)
    assert_equal found, places(Upsell.check(**input.to_h))
    check_first(found) { Upsell::Catalog.build(input) }
  rescue Upsell::Error => e
    assert expected.any? { |problem| problem["pointer"].end_with?(e.pointer) && problem["code"] == e.code.to_s },
           "#{e.message}; expected one of #{expected}"
  end

  def check_first(expected, &block)
    if expected.empty?
      block.call.close
    else
      assert_upsell_error(*expected.first.values_at("code", "pointer"), &block)
    end
  end

  vectors "catalog_problems" do |v|
    text = v.source
    expected = v.expect["problems"]
    problems = Upsell.check(text)
    assert_equal expected, places(problems)
    problems.each { |problem| assert_match(/\S \S.*\.\z/m, problem.message) }
    check_first(expected) { Upsell::Catalog.from_json(text) }
    check_values(v["document"], expected) if v.key?("document")
  end

  def check_line(catalog, text, expected)
    results = catalog.decide_lines(text).to_a
    return assert_empty results if text.match?(/\A[ \t\r]*\z/n)

    assert_equal [expected, 1], [places_of(results.first.error), results.first.line]
    assert_equal 1, results.size
  end

  def places_of(error)
    error ? { "code" => error.code.to_s, "pointer" => error.pointer } : { "code" => "ok" }
  end

  # Ids that are integers are turned into Strings before; and amounts are read.
  def check_order_values(document, expected)
    order = expressed { Documents.order(document) } or return
    assert_equal({ "code" => "ok" }, expected, order.inspect)
  rescue Upsell::Error => e
    assert_equal expected, places_of(e)
  end

  vectors "order_errors" do |v|
    text = v.source
    catalog = Upsell::Catalog.from_json(Support::ANY_CATALOG)
    if v.code?
      assert_upsell_error(v.expect["code"], v.expect["pointer"]) { catalog.decide_json(text) }
    else
      assert_equal "ok", v.expect["code"]
      refute catalog.decide_json(text).offer?
    end
    check_line(catalog, text.b, v.expect) unless text.b.include?("\n")
    check_order_values(v["document"], v.expect) if v.key?("document")
  end

  vectors "adapters" do |v|
    payload = v.source("payload")
    options = v.key?("ids") ? { ids: v["ids"].to_sym } : {}
    adapter = { "input_data" => :order_from_input_data, "shopify_order" => :order_from_shopify_order }.fetch(v["from"])
    if v.expect.key?("order")
      order = Upsell.public_send(adapter, payload, **options)
      assert_equal JSON.generate(v.expect["order"]), order
      assert_equal Encoding::UTF_8, order.encoding
      refute Upsell::Catalog.from_json(Support::ANY_CATALOG).decide_json(order).offer?
    else
      assert_upsell_error(v.expect["code"], v.expect["pointer"]) { Upsell.public_send(adapter, payload, **options) }
    end
  end

  # Most vectors are about the text; but if values could say nothing of all that, comparing them
  # would prove nothing.
  def test_that_many_documents_can_be_said_with_values
    { "catalog_problems" => [:catalog, 300], "order_errors" => [:order, 50] }.each do |function, (reader, least)|
      documents = Vectors.read(function).filter_map { |data| data["given"]["document"] }
      assert_operator documents.count { |document| expressible?(reader, document) }, :>=, least, function
    end
  end

  def expressible?(reader, document)
    !expressed { Documents.public_send(reader, document) }.nil?
  rescue Upsell::Error
    true
  end
end
