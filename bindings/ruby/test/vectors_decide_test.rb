# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/documents"
require_relative "support/vectors"

# Vectors on whole decisions, on every way from an order to a decision: JSON text, values, many at
# once, a stream; with a catalogue from text and one from values.
class VectorsDecideTest < Minitest::Test
  include Vectors

  # Without the losers: what explaining adds.
  def unexplained(document)
    document.merge("considered" => [])
  end

  def catalogs(text)
    [Upsell::Catalog.from_json(text), Upsell::Catalog.build(Documents.catalog(Documents.parse(text)))]
  end

  def check_text(catalog, order_text, explain, expected)
    assert_equal JSON.generate(expected), catalog.decide_to_json(order_text, explain: explain)
  end

  # White space may be line ends, and stands nowhere else in these texts.
  def on_one_line(order_text)
    "\n#{order_text.tr("\r\n", " ")}\n"
  end

  # All ways to a Decision.
  def check_decisions(catalog, order_text, order, explain, expected)
    decisions = { json: catalog.decide_json(order_text, explain: explain),
                  native: catalog.decide(order, explain: explain),
                  many: catalog.decide_many([order, order], explain: explain).to_a.last,
                  lines: catalog.decide_lines(on_one_line(order_text), explain: explain).first.decision }
    decisions.each { |way, decision| assert_equal expected, Documents.decision(decision), way }
    assert_equal 1, decisions.values.uniq.size
  end

  def check(catalog, order_text, order, explain, expected)
    check_text(catalog, order_text, explain, expected)
    check_decisions(catalog, order_text, order, explain, expected)
    assert_equal JSON.generate(expected), catalog.decide_to_json(order, explain: explain)
  end

  vectors "decide" do |v|
    order_text = v.document("order")
    order = Documents.order(Documents.parse(order_text))
    explain = v.key?("explain") ? v["explain"] : true
    catalogs(v.document("catalog")).each do |catalog|
      check(catalog, order_text, order, explain, v.expect)
      other = unexplained(JSON.parse(catalog.decide_to_json(order, explain: !explain)))
      assert_equal unexplained(v.expect), other
      check(catalog, order_text, order, false, unexplained(v.expect))
    end
  end
end
