# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/samples"

class ErrorsTest < Minitest::Test
  include Support

  STATUS_LIST = File.read(File.join(ROOT, "include/upsell/status.h"))
                    .scan(/X\((\w+), (\d+), *"(\w+)", *"([^"]+)"\)/).freeze

  def test_one_class_for_each_status
    expected = STATUS_LIST.drop(1).map { |_, number, name, _| [Integer(number), name] }
    assert_operator expected.size, :>, 40
    expected.each do |number, name|
      type = Upsell.const_get("#{name.split("_").map(&:capitalize).join}Error")
      assert_same type, Upsell::Error.class_of(number)
      assert_equal [name.to_sym, number], [type.new.code, type.new.status]
    end
    assert_equal expected.map(&:first), Upsell::Error::CLASSES.keys
    assert_nil Upsell::Error.class_of(0)
  end

  def test_parents
    { OutOfRange: RangeError, WrongType: TypeError, MissingKey: KeyError, UnknownId: KeyError, BadText: EncodingError,
      JsonEncoding: EncodingError, NoMemory: ::NoMemoryError, BadValue: ArgumentError, InvalidArgument: ArgumentError,
      BadDecimal: ArgumentError, OfferChanged: StandardError }.each do |name, parent|
      type = Upsell.const_get("#{name}Error")
      assert_operator type, :<, parent
      assert_operator type, :<, Upsell::Error
    end
    assert_operator Upsell::ClosedError, :<, RuntimeError
    assert_operator Upsell::LibraryError, :<, LoadError
    refute_operator Upsell::LibraryError, :<, StandardError
  end

  def test_rescued_as_one_and_as_the_standard_class
    assert_raises(Upsell::Error) { Upsell.money_parse("x", "JPY") }
    assert_raises(ArgumentError) { Upsell.money_parse("x", "JPY") }
    assert_raises(KeyError) { Upsell.money_parse("1", "XXX") }
  end

  def test_what_an_error_says
    error = assert_raises(Upsell::OutOfRangeError) { Upsell.check("{}"); Samples.line(quantity: 0) }
    assert_equal [:out_of_range, 4, "/quantity", nil], [error.code, error.status, error.pointer, error.offset]
    assert_equal "A number from 1 to 9999 was expected, found 0.", error.detail
    assert_equal "out_of_range at /quantity: A number from 1 to 9999 was expected, found 0.", error.message
  end

  def test_an_error_of_c_has_an_offset
    error = assert_upsell_error(:json_syntax, "") { Upsell::Catalog.from_json("{\n x") }
    assert_equal 3, error.offset
    assert_match(/\Ajson_syntax: /, error.message)
    error = assert_upsell_error(:missing_key, "/format") { Upsell::Catalog.from_json("{}") }
    assert_equal 'The key "format" is required here; add it.', error.detail
  end

  def test_made_by_hand
    assert_equal "A number is outside its range.", Upsell::OutOfRangeError.new.detail
    error = assert_raises(Upsell::BadIdError) { raise Upsell::BadIdError, "Words." }
    assert_equal ["Words.", "", nil], [error.detail, error.pointer, error.offset]
  end

  # A library that is newer than this gem may know more statuses.
  def test_a_status_that_is_not_listed
    error = Upsell::Error.build(9999, nil, "/a", 3)
    assert_instance_of Upsell::UnlistedError, error
    assert_equal [9999, :unknown_status, "/a", 3], [error.status, error.code, error.pointer, error.offset]
    assert_kind_of Upsell::Error, error
    refute_empty error.detail
  end

  def test_names_that_are_not_listed
    assert_equal :other, Upsell::Reason.of_c(9999)
    assert_nil Upsell::Reason.name_of(9999)
    assert_equal 4, Upsell::Reason.number(:no_candidate)
    assert Upsell::Reason.include?(:no_candidate)
    refute Upsell::Reason.include?("no_candidate")
    error = assert_upsell_error(:bad_value, "/x") { Upsell::Kind.number("one_time", "/x") }
    assert_equal 'A kind was expected, one of :subscription, :one_time; found String "one_time".', error.detail
  end

  def test_error_to_json
    error = assert_raises(Upsell::Error) { Samples.catalog.decide_json("{}") }
    expected = { "code" => "missing_key", "path" => "/format", "message" => error.detail, "line" => 7 }
    assert_equal({ "error" => expected }, JSON.parse(Upsell.error_to_json(error, 7)))
    problem = Upsell.check("{}").first
    assert_equal Upsell.error_to_json(error.class.new(problem.message, pointer: "/format"), 1),
                 Upsell.error_to_json(problem, 1)
    assert_upsell_error(:wrong_type, "/error") { Upsell.error_to_json(StandardError.new, 1) }
    assert_upsell_error(:wrong_type, "/line") { Upsell.error_to_json(error, 1.0) }
    assert_upsell_error(:out_of_range, "/line") { Upsell.error_to_json(error, -1) }
  end

  # C has room for 511 bytes; what is longer is cut between characters.
  def test_error_to_json_of_long_texts
    error = Upsell::BadValueError.new("#{"あ" * 400}\"\\\n", pointer: "/#{"い" * 400}")
    found = JSON.parse(Upsell.error_to_json(error, 2**64 - 1))["error"]
    assert_equal ["あ" * 170, "/#{"い" * 170}", (2**64) - 1], found.values_at("message", "path", "line")
  end

  def test_problems
    problems = Upsell.check(Support::ANY_CATALOG.sub("JPY", "XXX").sub("[]", "1"))
    assert_equal [[:wrong_type, "/selling_plans"], [:unknown_currency, "/currency"]].sort,
                 problems.map { |problem| [problem.code, problem.pointer] }.sort
    problems.each { |problem| assert_kind_of Upsell::Error.class_of(problem.status), problem.to_error }
  end
end
