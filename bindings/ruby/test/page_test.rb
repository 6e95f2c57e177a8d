# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/samples"

# Pages, previews, lists of scenarios and warnings, from the outside. What they say is in the vectors.
class PageTest < Minitest::Test
  include Support

  ORDER_TEXT = JSON.generate(format: "upsell.order/1", id: "o1", currency: "JPY",
                             lines: [{ id: "l1", product_id: "tea", variant_id: "100g", quantity: 1 }])

  def catalog = @catalog ||= Samples.catalog
  def order = Samples.order
  def page(**request) = catalog.page(order, **request)

  # A catalogue whose only scenario has these changes.
  def changed(**changes)
    Upsell::Catalog.build(Samples.input.with(scenarios: [Samples.input.scenarios.first.with(**changes)]))
  end

  # ---- pages ----

  def test_page
    found = page(quantity: 2, anchor: Date.new(2026, 1, 31))
    assert_equal ["upsell.page/1", "o1", "S1", "ja", 2], [*found.values_at(:format, :order_id, :scenario_id, :locale),
                                                          found[:quantity][:value]]
    # 1000, less 10 % by the plan, less 20 % on top (PRC-4), twice.
    assert_equal({ amount: "1440", text: "1,440円" }, found[:charge_now])
    assert_equal "2026-02-28", found[:targets][0][:later_charges][0][:date]
    assert_equal "返品は8日以内", found[:disclosure].find { |item| item[:item] == "withdrawal" }[:text]
  end

  def test_a_page_is_frozen_with_all_it_holds
    assert Ractor.shareable?(page)
    assert_equal [Symbol], page.keys.map(&:class).uniq
  end

  def test_page_and_its_text
    text = catalog.page_json(order, locale: :en)
    assert_equal [Encoding::UTF_8, true], [text.encoding, text.frozen?]
    assert_equal page(locale: :en), JSON.parse(text, symbolize_names: true)
    assert_equal page, catalog.page(ORDER_TEXT)
    assert_equal catalog.page_json(order), catalog.page_json(ORDER_TEXT.b)
  end

  def test_what_is_left_out_or_nil_has_its_default
    assert_equal page, page(quantity: nil, selling_plan_id: nil, locale: nil, money: nil, anchor: nil,
                            later_charges: nil)
    assert_equal page, page(quantity: 1, selling_plan_id: "month", locale: :ja, money: :yen_word, later_charges: 3)
    assert_raises(ArgumentError) { page(plan: "month") }
  end

  def test_money_and_locale
    assert_equal ["￥720", "JPY 720", "JPY 720"],
                 [{ money: :yen_sign }, { money: :iso }, { locale: :en }].map { |one| page(**one)[:unit][:text] }
  end

  def test_later_charges
    assert_equal [1, 24], [1, 24].map { |count| page(later_charges: count)[:targets][0][:later_charges].size }
    [0, -1, 25, 2**40].each { |n| assert_upsell_error(:out_of_range, "/later_charges") { page(later_charges: n) } }
    assert_upsell_error(:wrong_type, "/later_charges") { page(later_charges: "3") }
  end

  def test_quantities
    [0, -1, 4, 9999, 10_000, 2**31, 2**70].each do |quantity|
      error = assert_upsell_error(:quantity_out_of_range, "/quantity") { page(quantity: quantity) }
      assert_match(/found/, error.detail)
    end
    ["1", 1.0, false].each { |garbage| assert_upsell_error(:wrong_type, "/quantity") { page(quantity: garbage) } }
    assert_equal 3, page(quantity: 3)[:quantity][:value]
  end

  def test_plans
    ["other", "", "x" * 300].each do |id|
      assert_upsell_error(:plan_not_offered, "/selling_plan_id") { page(selling_plan_id: id) }
    end
    assert_upsell_error(:wrong_type, "/selling_plan_id") { page(selling_plan_id: :month) }
    assert_upsell_error(:bad_text, "/selling_plan_id") { page(selling_plan_id: "\xFF") }
  end

  # A day and nothing else: what day a moment is on depends on where one is.
  def test_anchors
    assert_equal "2026-11-24", page(anchor: Date.new(2026, 11, 24))[:anchor]
    assert_equal "2024-02-29", page(anchor: Date.new(2024, 2, 29))[:anchor]
    assert_equal "1500-01-10", page(anchor: Date.new(1500, 1, 1))[:anchor] # Julian
    [DateTime.now, Time.now, "2026-11-24", 20_261_124, false].each do |garbage|
      assert_upsell_error(:wrong_type, "/anchor") { page(anchor: garbage) }
    end
    [Date.new(0, 5, 1), Date.new(10_000, 1, 1), Date.new(10**20, 1, 1)].each do |day|
      assert_upsell_error(:bad_value, "/anchor") { page(anchor: day) }
    end
    assert_nil page(anchor: Date.new(9999, 12, 31))[:targets][0][:later_charges][0][:date]
  end

  def test_names_that_are_none
    assert_upsell_error(:bad_value, "/locale") { page(locale: :fr) }
    assert_upsell_error(:bad_value, "/locale") { page(locale: "ja") }
    assert_upsell_error(:bad_value, "/money") { page(money: 1) }
  end

  def test_orders_of_garbage
    [nil, 1, {}, Samples.line].each { |garbage| assert_upsell_error(:wrong_type, "") { catalog.page(garbage) } }
    assert_upsell_error(:json_syntax, "") { catalog.page("x") }
    assert_upsell_error(:missing_key, "/format") { catalog.page_json("{}") }
  end

  def test_no_offer
    bought = Samples.order(Samples.line(product_id: "coffee"))
    assert_nil catalog.page(bought)
    assert_nil catalog.page_json(bought)
    # What was decided before does not shine through.
    refute_nil page
    assert_nil catalog.page(bought)
    assert_upsell_error(:missing_key, "/format") { catalog.page("{}") }
    refute_nil page
  end

  def test_an_order_text_that_is_long
    lines = Array.new(400) { |i| { id: "line-#{i}", product_id: "tea", variant_id: "100g", quantity: 1 } }
    text = JSON.generate(JSON.parse(ORDER_TEXT).merge("lines" => lines))
    assert_operator text.bytesize, :>, Upsell::Call::BLOCKING_BYTES
    assert_equal "S1", catalog.page(text)[:scenario_id]
  end

  def test_display_money
    assert_equal "1,000円", Upsell.display_money(1000, "JPY")
    assert_equal "9,223,372,036,854,775,807円", Upsell.display_money((2**63) - 1, Upsell::Currency.find("JPY"))
    assert_equal Encoding::UTF_8, Upsell.display_money(1, "JPY", style: :yen_sign).encoding
    [nil, 3, "iso", :yen].each do |style|
      assert_upsell_error(:bad_value, "/style") { Upsell.display_money(1, "JPY", style: style) }
    end
    { 1.0 => :wrong_type, "1" => :wrong_type, nil => :wrong_type, -1 => :out_of_range,
      2**63 => :out_of_range }.each do |amount, code|
      assert_upsell_error(code, "/amount") { Upsell.display_money(amount, "JPY") }
    end
    assert_raises(Upsell::UnknownCurrencyError) { Upsell.display_money(1, "XXX") }
  end

  # ---- previews ----

  def test_preview
    decision = catalog.preview("S1")
    assert_equal ["preview", :offer, nil, "S1", 720, ["preview-1"]],
                 [decision.order_id, decision.outcome, decision.reason, decision.offer.scenario_id,
                  decision.offer.total_checkout, decision.offer.cancel_line_ids]
    assert Ractor.shareable?(decision)
    assert_equal decision, Marshal.load(Marshal.dump(decision))
  end

  # Decisions of orders are read from results, those of previews in full: both ways come to the same.
  def test_a_decision_read_in_full
    catalog = Upsell::Catalog.from_file(File.join(EXAMPLES, "tea-store/catalog.json"))
    handle = catalog.instance_variable_get(:@handle)
    File.foreach(File.join(EXAMPLES, "tea-store/orders.ndjson"), encoding: "UTF-8") do |line|
      expected = catalog.decide_json(line, explain: true)
      handle.use do |batch|
        batch.decide(handle.pointer, Upsell::Native::ORDERS_JSON, line, Upsell::Native::DECIDE_EXPLAIN)
        found = Upsell.const_get(:DecisionReader).decision(batch.decision, catalog.info.currency)
        assert_equal expected, found
        assert Ractor.shareable?(found)
      end
    end
  end

  def test_preview_of_a_draft_that_could_never_be_made
    draft = changed(status: :draft)
    refute_predicate draft.decide(order), :offer?
    assert_predicate draft.preview("S1"), :offer?

    product = Samples.input.products.first
    sold_out = product.with(variants: [product.variants.first.with(available: 0)])
    decision = Upsell::Catalog.build(Samples.input.with(products: [sold_out])).preview("S1")
    assert_equal [:no_offer, :all_rejected, [:offer_out_of_stock]],
                 [decision.outcome, decision.reason, decision.considered.map(&:reason)]
  end

  def test_preview_page
    assert_equal "preview", catalog.preview_page("S1", quantity: 3)[:order_id]
    assert_equal catalog.preview_page("S1", locale: :en),
                 JSON.parse(catalog.preview_page_json("S1", locale: :en), symbolize_names: true)
    assert Ractor.shareable?(catalog.preview_page("S1"))
    assert_upsell_error(:quantity_out_of_range, "/quantity") { catalog.preview_page("S1", quantity: 4) }
    product = Samples.input.products.first
    sold_out = product.with(variants: [product.variants.first.with(available: 0)])
    assert_nil Upsell::Catalog.build(Samples.input.with(products: [sold_out])).preview_page("S1")
  end

  def test_preview_of_what_is_not_there
    %i[preview preview_page preview_page_json].each do |way|
      error = assert_upsell_error(:unknown_id, "/scenario_id") { catalog.public_send(way, "S9") }
      assert_match(/"S9"/, error.detail)
      assert_upsell_error(:wrong_type, "/scenario_id") { catalog.public_send(way, 0) }
      assert_upsell_error(:bad_id, "/scenario_id") { catalog.public_send(way, "") }
    end
  end

  # ---- scenarios ----

  def test_scenarios
    scenarios = catalog.scenarios
    assert_equal [["S1", "茶", :published, 1, :one_time_to_subscription, "tea", "茶", "100g", ""]],
                 scenarios.map { |one| one.to_h.values }
    assert Ractor.shareable?(scenarios)
    assert_same scenarios, catalog.scenarios
    assert_equal scenarios.first, Marshal.load(Marshal.dump(scenarios.first))
    assert_empty Upsell::Catalog.from_json(Support::ANY_CATALOG).scenarios
  end

  def test_drafts_are_listed
    assert_equal [[:draft, 7]], changed(status: :draft, priority: 7).scenarios.map { |one| [one.status, one.priority] }
  end

  # ---- warnings ----

  def test_warnings
    assert_empty catalog.warnings
    without = Upsell::Catalog.build(Samples.input.with(disclosure: nil)).warnings
    assert_equal [[:missing_text, "/disclosure/withdrawal"], [:missing_text, "/disclosure/cancellation"]],
                 without.map { |warning| [warning.code, warning.pointer] }
    without.each { |warning| assert_match(/\S \S.*\.\z/m, warning.message) }
    assert_instance_of Upsell::MissingTextError, without.first.to_error
    own = Upsell::DisclosureInput.new(withdrawal: "", cancellation: "いつでも")
    warnings = changed(page: Upsell::PageInput.new(disclosure: own)).warnings
    assert_equal [[:missing_text, "/scenarios/0/page/disclosure/withdrawal"]],
                 warnings.map { |warning| [warning.code, warning.pointer] }
  end

  # ---- what a catalogue is built from ----

  def test_disclosures_and_cycles
    own = Upsell::DisclosureInput.new(withdrawal: "返品不可")
    catalog = changed(page: Upsell::PageInput.new(disclosure: own))
    found = catalog.page(order)
    texts = found[:disclosure].to_h { |item| [item[:item], item[:text]] }
    assert_equal %w[返品不可 いつでも], texts.values_at("withdrawal", "cancellation")
    assert_includes texts["price"], "税込"
    limited = Samples.plan.with(min_cycles: 2, max_cycles: 12)
    target = Upsell::Catalog.build(Samples.input.with(selling_plans: [limited])).page(order)[:targets][0]
    assert_equal [2, 12], target.values_at(:min_charges, :max_charges)
    assert_equal "10620", target[:total][:amount] # 720, and eleven times 900
    problem = Upsell.check(Samples.input.with(selling_plans: [limited.with(min_cycles: 13)])).first
    assert_equal [:out_of_range, "/selling_plans/0/min_cycles"], [problem.code, problem.pointer]
  end

  # ---- closing ----

  def test_use_after_close
    catalog = Samples.catalog
    catalog.scenarios
    catalog.close
    [-> { catalog.page(order) }, -> { catalog.page_json(ORDER_TEXT) }, -> { catalog.preview("S1") },
     -> { catalog.preview_page("S1") }, -> { catalog.preview_page_json("S1") }, -> { catalog.scenarios },
     -> { catalog.warnings }].each do |use|
      assert_match(/This catalogue is closed/, assert_raises(Upsell::ClosedError, &use).message)
    end
  end
end
