# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/samples"

# What all values have in common, and that nothing of a wrong kind gets into one.
class ValuesTest < Minitest::Test
  include Support

  # Everything but a value that fits. The last ones have odd words for themselves.
  GARBAGE = [nil, true, false, 0, -1, 1.5, 105.9, Float::NAN, Float::INFINITY, 1r, 1i, 2**31, 2**63, (2**64) + 5,
             -(2**63) - 1, "", "x", "1", "a\0b", "\xFF", "\xED\xA0\x80", "x" * 300, "茶".encode("Shift_JIS"),
             "茶".encode("UTF-16LE"), "\xE8\x8C\xB6".b, :x, :none, [], [nil], [1], ["\0"], [[]], {}, { a: 1 },
             Object.new, Class, -> {}, Time.at(0), 1..2, Struct.new(:a).new(1),
             Class.new { def inspect = raise("no") }.new, Class.new { def inspect = nil }.new].freeze

  def each_class(&block)
    Samples.keywords.each(&block)
  end

  def each_value
    each_class { |type, keywords| yield type.new(**keywords), keywords }
    decision = Samples.decision
    offer = decision.offer
    [decision, offer, offer.targets.first, offer.page].each { |value| yield value, value.to_h }
  end

  def test_members
    each_value do |value, keywords|
      assert_equal value.class.members, keywords.keys, value.class
      assert_equal keywords, value.to_h
      keywords.each { |name, member| assert_equal [member], [value.public_send(name)] }
    end
  end

  def test_every_class_of_values_has_an_example
    classes = ObjectSpace.each_object(Class).select { |type| type < Upsell::Value && type.members }
    results = ObjectSpace.each_object(Class).select { |type| type < Upsell::Result }
    assert_empty classes - results - Samples.keywords.keys
  end

  def test_equal
    each_value do |value, keywords|
      other = value.class.new(**keywords)
      assert_equal value, other
      assert value.eql?(other)
      assert_equal value.hash, other.hash
      assert_equal 1, [value, other].uniq.size
      refute_equal value, Object.new
      refute_equal value, nil
      refute_equal value, Samples.amounts.with(unit: 99)
    end
  end

  def test_not_equal
    refute_equal Samples.line, Samples.line(quantity: 2)
    refute_equal Samples.line.hash, Samples.line(quantity: 2).hash
    refute_equal Upsell::Event::Tick.new(now: 1), Upsell::Event::Resume.new(now: 1)
    refute_equal Samples.decision, Samples.decision.with(offer: nil)
  end

  def test_frozen_with_all_they_hold
    each_value do |value, _|
      assert value.frozen?, value.class
      assert Ractor.shareable?(value), value.class
      assert value.dup.frozen?
      assert_equal value, value.dup
    end
  end

  # A value keeps copies; the caller may go on with what was given.
  def test_what_was_given_stays_the_caller_s
    id = +"l1"
    lines = [Samples.line(id: id)]
    order = Samples.order(*lines)
    lines = [lines.first]
    made = Upsell::Order.new(id: "o1", currency: "JPY", lines: lines)
    id << "changed"
    lines << Samples.line(id: "other")
    assert_equal "l1", order.lines.first.id
    assert_equal order, made
    refute id.frozen? || lines.frozen?
  end

  def test_with
    line = Samples.line.with(quantity: 5)
    assert_equal [5, "tea"], [line.quantity, line.product_id]
    assert_same line, line.with
    assert_upsell_error(:out_of_range, "/quantity") { line.with(quantity: 0) }
    assert_raises(ArgumentError) { line.with(amount: 1) }
    decision = Samples.decision
    assert_equal :all_rejected, decision.with(reason: :all_rejected).reason
    assert_equal decision.offer.targets, decision.offer.with(scenario_name: "x").targets
    assert_raises(ArgumentError) { decision.offer.with(total_checkout: 1) }
  end

  def test_marshal
    each_value do |value, _|
      loaded = Marshal.load(Marshal.dump(value))
      assert_equal value, loaded
      assert Ractor.shareable?(loaded)
    end
    catalog = Samples.catalog
    assert_equal catalog.decide(Samples.order), catalog.decide(Marshal.load(Marshal.dump(Samples.order)))
  end

  def test_pattern_matching
    case Samples.decision
    in { offer: Upsell::Offer => offer, order_id: "o1" } then assert_equal "S1", offer.scenario_id
    end
    assert_equal({ quantity: 1 }, Samples.line.deconstruct_keys(%i[quantity other]))
    assert_equal Samples.line.to_h, Samples.line.deconstruct_keys(nil)
  end

  def test_inspect
    assert_equal "#<Upsell::Interval unit=:month, count=1>", Samples.interval.inspect
    each_value { |value, _| assert_match(/\A#<Upsell::/, value.inspect) }
  end

  def test_no_setters
    each_value { |value, _| assert_empty value.public_methods.grep(/[a-z]=\z/), value.class }
  end

  def test_results_need_all_members
    error = assert_raises(ArgumentError) { Upsell::Target.new(line_ids: [], price: nil, more: 1) }
    assert_match(/missing contract_id, missing selling_plan_id, unknown more/, error.message)
  end

  # ---- garbage ----

  # Each member is replaced by each piece of garbage. Either that happens to be good, and the value
  # has it unchanged; or there is an error of ours that names the member.
  def test_garbage_in_every_member
    each_class do |type, keywords|
      keywords.each_key do |name|
        GARBAGE.each { |garbage| check_garbage(type, keywords.merge(name => garbage), name, garbage) }
      end
    end
  end

  CODES = %i[wrong_type out_of_range bad_value bad_id bad_text unknown_currency bad_count json_encoding].freeze

  def check_garbage(type, keywords, name, garbage)
    value = type.new(**keywords)
    assert_equal [garbage.class, garbage], [value.public_send(name).class, value.public_send(name)], "#{type}##{name}"
  rescue Upsell::Error => e
    assert_includes CODES, e.code
    refute_empty e.pointer, "#{type}##{name} #{e.message}"
    assert_match(type == Upsell::Session ? / found / : /expected.* found /m, e.detail) # a session's order is C's matter
  end

  # What values let through, C judges: it never crashes, and tells.
  def test_garbage_that_reaches_c
    base = Samples.catalog_keywords
    replaced = 0
    base.each do |type, keywords|
      keywords.each_key do |name|
        GARBAGE.each do |garbage|
          replaced += 1 if check_catalog_with(type, keywords.merge(name => garbage))
        end
      end
    end
    assert_operator replaced, :>, 90
  end

  def check_catalog_with(type, keywords)
    input = input_with(type.new(**keywords))
    problems = Upsell.check(input)
    built = outcome { Upsell::Catalog.build(input).close }
    assert_equal [problems.first&.code, problems.first&.pointer], built || [nil, nil]
    true
  rescue Upsell::Error
    false
  end

  # A catalogue that has the value somewhere.
  def input_with(value)
    input = Samples.input
    scenario = input.scenarios.first
    case value
    when Upsell::CatalogInput then value
    when Upsell::DisclosureInput then input.with(disclosure: value)
    when Upsell::Scenario then input.with(scenarios: [value])
    when Upsell::SellingPlan then input.with(selling_plans: [value])
    when Upsell::Product then input.with(products: [value])
    when Upsell::Variant then input.with(products: [input.products.first.with(variants: [value])])
    when Upsell::Trigger then input.with(scenarios: [scenario.with(triggers: [value])])
    when Upsell::Quantity then input.with(scenarios: [scenario.with(quantity: value)])
    when Upsell::PageInput then input.with(scenarios: [scenario.with(page: value)])
    end
  end

  def test_money_is_never_a_float
    assert_upsell_error(:wrong_type, "/unit_price") { Samples.line(unit_price: 105.9) }
    assert_upsell_error(:wrong_type, "/unit_price") { Samples.line(unit_price: false) }
    assert_upsell_error(:wrong_type, "/unit_price") { Samples.line(unit_price: "105") }
    assert_upsell_error(:out_of_range, "/unit_price") { Samples.line(unit_price: (2**64) + 5) }
    assert_upsell_error(:out_of_range, "/unit_price") { Samples.line(unit_price: -1) }
    error = assert_raises(TypeError) { Samples.line(quantity: 1.0) }
    assert_equal "wrong_type at /quantity: An Integer was expected, found Float 1.0.", error.message
  end

  def test_pointers_of_owners
    assert_upsell_error(:wrong_type, "/lines/1") { Samples.order(Samples.line, "line") }
    assert_upsell_error(:wrong_type, "/lines") { Samples.order.with(lines: Samples.line) }
    assert_upsell_error(:bad_count, "/lines") { Samples.order.with(lines: []) }
    many = Array.new(1001) { |i| Samples.line(id: i.to_s) }
    assert_upsell_error(:bad_count, "/lines") { Samples.order.with(lines: many) }
    assert_upsell_error(:duplicate_id, "/lines/2/id") do
      Samples.order(Samples.line(id: "a"), Samples.line(id: "b"), Samples.line(id: "a"))
    end
    assert_upsell_error(:wrong_type, "/selling_plan_ids/1") do
      Upsell::Trigger.new(product_id: "a", selling_plan_ids: ["a", 1])
    end
  end

  def test_an_order_of_1000_lines
    order = Samples.order(*Array.new(1000) { |i| Samples.line(id: i.to_s) })
    assert_equal 1000, Samples.catalog.decide(order).offer.targets.first.line_ids.size
  end

  # ---- texts ----

  def test_encodings
    assert_equal "茶", Samples.line(id: "茶").id
    assert_equal "ascii", Samples.line(id: "ascii".encode("US-ASCII")).id
    error = assert_upsell_error(:bad_id, "/id") { Samples.line(id: "茶".encode("Shift_JIS")) }
    assert_match(/one in Shift_JIS; give it as UTF-8/, error.detail)
    assert_upsell_error(:bad_id, "/id") { Samples.line(id: "茶".b) }
    assert_upsell_error(:bad_id, "/id") { Samples.line(id: "\xFF") }
    assert_upsell_error(:bad_id, "/id") { Samples.line(id: "a\0") }
    assert_upsell_error(:bad_id, "/variant_id") { Samples.line(variant_id: "") }
    error = assert_raises(EncodingError) { Upsell::Variant.new(id: "1", title: "\xFF", price: 1, available: nil) }
    assert_equal [:bad_text, "/title"], [error.code, error.pointer]
  end

  def test_ids_of_255_bytes
    assert_equal 255, Samples.line(id: "x" * 255).id.bytesize
    assert_upsell_error(:bad_id, "/id") { Samples.line(id: "x" * 256) }
    assert_upsell_error(:bad_id, "/id") { Samples.line(id: "茶" * 86) }
  end

  def test_texts_come_back_as_utf8
    decision = Samples.decision
    [decision.order_id, decision.offer.scenario_name, decision.offer.page.buy_button].each do |text|
      assert_equal Encoding::UTF_8, text.encoding
      assert text.valid_encoding?
    end
    assert_equal "追加注文する", decision.offer.page.buy_button
  end

  # A subclass of String, such as Rails' SafeBuffer, is taken as the text that it is.
  def test_subclass_of_string
    id = Class.new(String).new("l9").freeze
    line = Samples.line(id: id)
    assert_equal ["l9", String], [line.id, line.id.class]
  end

  # A subclass, or a method of the object's own, must not hide from a check what C then reads.
  def test_texts_that_pretend
    sly = Class.new(String) do
      def include?(*) = false
      def bytesize = 3
      def valid_encoding? = true
    end
    ["a\0b", "\xff", "a" * 300].each do |text|
      error = assert_raises(Upsell::BadIdError) { Upsell::OrderLine.new(id: sly.new(text), product_id: "p", quantity: 1) }
      assert_equal "/id", error.pointer
    end
    id = sly.new("plain")
    assert_instance_of String, Upsell::OrderLine.new(id: id, product_id: "p", quantity: 1).id
    assert_raises(Upsell::BadDecimalError) { Upsell.money_parse(sly.new("12\0.5"), "USD") }
  end

  def test_orders_that_pretend
    line = Upsell::OrderLine.new(id: "1", product_id: "p", quantity: 1)
    assert_raises(TypeError) { Class.new(Upsell::Order) { def packed = super * 2 } }
    order = Upsell::Order.new(id: "1", currency: "JPY", lines: [line])
    assert_raises(FrozenError) { def order.packed = "1" }
    pretender = Struct.new(:packed).new(order.packed * 2)
    error = assert_raises(Upsell::WrongTypeError) { Samples.catalog.decide_many([order, pretender]) }
    assert_equal "/1", error.pointer
    assert_raises(NoMethodError) { Upsell::Order.allocate }
  end

  def test_a_huge_number_is_not_written_out
    error = assert_raises(Upsell::OutOfRangeError) { Upsell::OrderLine.new(id: "1", product_id: "p", quantity: 2**1_000_000) }
    assert_operator error.message.size, :<, 200
  end
end
