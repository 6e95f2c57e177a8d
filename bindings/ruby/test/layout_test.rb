# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "minitest/mock"

require_relative "support/helper"

# The raw layer says what the C headers say: structs, constants, prototypes, statuses.
#
# The file that UPSELL_LAYOUT names is made from the headers by the project's build
# (tests/layout/describe.py); its sizes, offsets and values are the C compiler's. Both sides are
# brought into one form, a flat Hash, so that a difference names itself.
module Layout
  # Never made by this binding, which borrows the one of a batch.
  BORROWED_HANDLES = ["upsell_decision"].freeze

  module_function

  def read
    path = ENV.fetch("UPSELL_LAYOUT", "")
    raise "UPSELL_LAYOUT must name layout.json, which is in the build folder: tests/layout" if path.empty?

    JSON.parse(File.read(path, encoding: "UTF-8"))
  end

  def camel_case(name)
    name.split("_").map(&:capitalize).join
  end

  def differences(left, right)
    (left.keys | right.keys).reject { |name| left[name] == right[name] }.to_h do |name|
      [name, "#{name}: the headers say #{left.fetch(name, "nothing")}, the binding #{right.fetch(name, "nothing")}"]
    end
  end

  # What the headers say.
  class OfC
    def initialize(layout)
      @layout = layout
    end

    def facts
      [structs, handles, functions, constants, words].reduce(:merge)
    end

    def structs
      @layout["structs"].each_with_object({}) do |struct, facts|
        facts[struct["name"]] = [struct["size"], struct["align"]]
        struct["fields"].each_with_index do |field, place|
          facts["#{struct["name"]}.#{field["name"]}"] =
            [place, field["offset"], field["size"], kind(field["type"], field["size"])]
        end
      end
    end

    def handles
      (@layout["handles"] - BORROWED_HANDLES).to_h { |name| ["#{name} *", "#{name}_free"] }
    end

    def functions
      @layout["functions"].to_h do |function|
        ["#{function["name"]}()", [function["parameters"].map { |one| kind(one["type"]) }, kind(function["returns"])]]
      end
    end

    def constants
      [@layout["constants"], *@layout["enums"].map { |enum| enum["constants"] }].flatten.to_h do |constant|
        [constant["name"], constant["value"]]
      end
    end

    # Words of enumerations, and the class of each status.
    def words
      @layout["lists"].fetch("UPSELL_STATUS_LIST").drop(1).to_h do |entry|
        [Layout.camel_case(entry["words"][0]) + "Error", [entry["words"][0], entry["value"]]]
      end.merge(enumerations)
    end

    # The names that people write, by number. What is written 0 in C is nil in Ruby where it means
    # that nothing was decided.
    def enumerations
      @layout["enums"].reject { |enum| enum["list"] == "UPSELL_STATUS_LIST" }.to_h do |enum|
        numbers = enum["constants"].map { |constant| constant["value"] }
        names = numbers.zip(names_of(enum)).to_h
        names.delete(0) if enum["name"] == "upsell_outcome"
        [enum["name"], names]
      end
    end

    private

    # "subscription" of UPSELL_KIND_SUBSCRIPTION: without what all have in front; or the words of a list.
    def names_of(enum)
      return @layout["lists"].fetch(enum["list"]).map { |entry| entry["words"][0] } unless enum["list"].empty?

      names = enum["constants"].map { |constant| constant["name"] }
      common = names.min.chars.zip(names.max.chars).take_while { |a, b| a == b }.map(&:first).join
      names.map { |name| name[(common.rindex("_") + 1)..].downcase }
    end

    # A type in the words of both sides. What a pointer points to, Ruby does not say.
    def kind(type, size = nil)
      type = type.delete_prefix("const ")
      return "pointer" if type.end_with?("*")
      return "char[#{size}]" if type.start_with?("char[")

      number = @layout["types"][type]
      number ? "#{"u" if number["signed"].zero?}int#{8 * number["size"]}" : type
    end
  end

  # What the binding says.
  class OfRuby
    SIGNED = %i[INT8 INT16 INT32 INT64 LONG].map { |name| FFI::Type.const_get(name) }.freeze
    UNSIGNED = %i[UINT8 UINT16 UINT32 UINT64 ULONG].map { |name| FFI::Type.const_get(name) }.freeze

    # The name in C of an own enumeration, "upsell_kind" of Kind.
    ENUMERATIONS = Upsell.constants.select { |name| Upsell.const_get(name).is_a?(Upsell::Enum) }.to_h do |name|
      ["upsell#{name.to_s.gsub(/[A-Z]/) { |letter| "_#{letter.downcase}" }}", Upsell.const_get(name)]
    end.freeze

    def initialize(native = Upsell::Native, prototypes = native::PROTOTYPES)
      @native = native
      @prototypes = prototypes
    end

    def facts
      [structs, handles, functions, constants, words].reduce(:merge)
    end

    def structs
      classes(FFI::Struct).each_with_object({}) do |struct, facts|
        layout = struct.new.layout
        facts[c_name(struct)] = [layout.size, layout.alignment]
        layout.fields.each_with_index do |field, place|
          facts["#{c_name(struct)}.#{field.name}"] = [place, field.offset, field.size, kind(field.type)]
        end
      end
    end

    # Each handle that is owned has a pointer type of its own; what frees it is seen in a test below.
    def handles
      classes(FFI::AutoPointer).to_h do |pointer|
        name = c_name(pointer).delete_suffix("_pointer")
        ["#{name} *", "#{name}_free"]
      end
    end

    def functions
      @prototypes.to_h do |name, (parameters, result)|
        ["#{name}()", [parameters.map { |type| kind(FFI.find_type(type)) }, kind(FFI.find_type(result))]]
      end
    end

    def constants
      names = @native.constants.select { |name| @native.const_get(name).is_a?(Integer) }
      names.to_h { |name| ["UPSELL_#{name}", @native.const_get(name)] }
    end

    def words
      Upsell::Error::CLASSES.to_h { |status, error| [error.name.delete_prefix("Upsell::"), [error::CODE.to_s, status]] }
                            .merge(enumerations)
    end

    def enumerations
      ENUMERATIONS.transform_values do |enum|
        enum.names.to_h { |name| [enum.number(name), name.to_s] }
      end
    end

    private

    def classes(parent)
      @native.constants.map { |name| @native.const_get(name) }.select { |value| value.is_a?(Class) && value < parent }
    end

    # PlanView -> upsell_plan_view.
    def c_name(struct)
      "upsell#{struct.name.split("::").last.gsub(/[A-Z]/) { |letter| "_#{letter.downcase}" }}"
    end

    def kind(type)
      case type
      when FFI::Type::VOID then "void"
      when FFI::Type::POINTER then "pointer"
      when FFI::StructByValue then c_name(type.struct_class)
      when FFI::ArrayType then type.elem_type == FFI::Type::INT8 ? "char[#{type.size}]" : "#{type.elem_type}[]"
      when *SIGNED then "int#{8 * type.size}"
      when *UNSIGNED then "uint#{8 * type.size}"
      else raise "#{type.inspect} is of no kind that the headers use"
      end
    end
  end
end

class LayoutTest < Minitest::Test
  # Enumerations that this binding has no name for: they are numbers of the raw layer only.
  RAW_ONLY = %w[upsell_choice_value upsell_decide_flag upsell_orders_form upsell_event_kind upsell_action_kind
                upsell_report_form].freeze

  def setup
    @layout = Layout.read
    @c = Layout::OfC.new(@layout)
    @ruby = Layout::OfRuby.new
  end

  def assert_same(expected, found, at_least)
    assert_operator expected.size, :>=, at_least, "the layout is not complete"
    differences = Layout.differences(expected, found)
    assert_empty differences, differences.values.join("\n")
  end

  def test_structs
    assert_same @c.structs, @ruby.structs, 200
  end

  def test_handles
    assert_same @c.handles, @ruby.handles, 7
  end

  def test_functions
    assert_same @c.functions, @ruby.functions, 50
  end

  def test_constants
    assert_same @c.constants, @ruby.constants, 100
  end

  def test_statuses_and_words
    assert_same without_raw(@c.words), @ruby.words, 55
  end

  def test_functions_stand_in_the_order_of_their_headers
    made = Upsell::Native::PROTOTYPES.keys.map(&:to_s)
    @layout["functions"].group_by { |function| function["header"] }.each_value do |functions|
      names = functions.map { |function| function["name"] }
      assert_equal names, made[made.index(names.first), names.size]
    end
  end

  # FFI counts the arguments before it converts or calls anything.
  def test_what_was_attached_takes_as_many_arguments
    attached.each do |method, name|
      count = Upsell::Native::PROTOTYPES.fetch(name).first.size
      error = assert_raises(ArgumentError, method) { Upsell::Native.public_send(method, *Array.new(count + 1)) }
      assert_match(/\(#{count + 1} for #{count}\)|given #{count + 1}, expected #{count}\)/, error.message)
    end
  end

  def test_nothing_else_is_attached
    assert_empty Upsell::Native.singleton_methods(false) - attached.keys
  end

  def test_a_pointer_frees_its_own_kind
    Layout::OfRuby.new.handles.each_value do |free|
      type = Upsell::Native.const_get("#{Layout.camel_case(free[/upsell_(.*)_free/, 1])}Pointer")
      freed = []
      Upsell::Native.stub(free, ->(pointer) { freed << pointer }) { type.release(:address) }
      assert_equal [:address], freed, type.name
    end
  end

  def test_every_error_is_an_error_with_a_code_and_a_status
    @layout["lists"]["UPSELL_STATUS_LIST"].drop(1).each do |entry|
      error = Upsell::Error.class_of(entry["value"]).new
      assert_kind_of Upsell::Error, error
      assert_kind_of Exception, error
      assert_equal [entry["words"][0].to_sym, entry["value"]], [error.code, error.status]
    end
  end

  def test_statuses_of_the_library
    @layout["lists"]["UPSELL_STATUS_LIST"].each do |entry|
      told = %i[upsell_status_name upsell_status_message].map do |function|
        Upsell::Native.public_send(function, entry["value"]).read_string
      end
      assert_equal entry["words"], told
    end
  end

  def test_version
    parts = %w[MAJOR MINOR PATCH].map { |part| @c.constants.fetch("UPSELL_VERSION_#{part}") }
    assert_equal parts.join("."), Upsell::VERSION
    assert_equal @c.constants.fetch("UPSELL_ABI_VERSION"), Upsell::Library::ABI_VERSION
  end

  def test_without_a_layout_there_is_no_green_test
    path = ENV.delete("UPSELL_LAYOUT")
    assert_match(/UPSELL_LAYOUT/, assert_raises(RuntimeError) { Layout.read }.message)
  ensure
    ENV["UPSELL_LAYOUT"] = path
  end

  # ---- the comparison itself: each change of the headers is noticed, at its place ----

  NAMED = ->(items, name) { items.find { |item| item["name"] == name } }
  FIELDS = ->(layout, struct) { NAMED.(layout["structs"], struct)["fields"] }
  FUNCTION = ->(layout, name) { NAMED.(layout["functions"], name) }

  CHANGES = {
    "two fields swapped" => [%w[upsell_quantity.initial upsell_quantity.max], lambda do |layout|
      first, second = FIELDS.(layout, "upsell_quantity")
      first["name"], second["name"] = second["name"], first["name"]
    end],
    "field added" => [%w[upsell_run_stop upsell_run_stop.more], lambda do |layout|
      struct = NAMED.(layout["structs"], "upsell_run_stop")
      struct["fields"] << { "name" => "more", "type" => "int64_t", "offset" => struct["size"], "size" => 8 }
      struct["size"] += 8
    end],
    "field removed" => [%w[upsell_event.reserved], ->(layout) { FIELDS.(layout, "upsell_event").pop }],
    "sign of a field" => [%w[upsell_quantity.max],
                          ->(layout) { FIELDS.(layout, "upsell_quantity")[1]["type"] = "uint32_t" }],
    "width of a field" => [%w[upsell_result.status],
                           ->(layout) { FIELDS.(layout, "upsell_result")[0]["size"] = 8 }],
    "offset of a field" => [%w[upsell_price.reserved],
                            ->(layout) { FIELDS.(layout, "upsell_price")[3]["offset"] = 24 }],
    "pointer that became a number" => [%w[upsell_batch_view.results],
                                       ->(layout) { FIELDS.(layout, "upsell_batch_view")[2]["type"] = "uint64_t" }],
    "another struct inside" => [%w[upsell_price.checkout],
                                ->(layout) { FIELDS.(layout, "upsell_price")[4]["type"] = "upsell_str" }],
    "size of a struct" => [%w[upsell_page], ->(layout) { NAMED.(layout["structs"], "upsell_page")["size"] = 112 }],
    "struct added" => [%w[upsell_new], lambda do |layout|
      layout["structs"] << { "name" => "upsell_new", "size" => 4, "align" => 4, "fields" => [] }
    end],
    "handle added" => [["upsell_new *"], ->(layout) { layout["handles"] << "upsell_new" }],
    "handle removed" => [["upsell_text *"], ->(layout) { layout["handles"].delete("upsell_text") }],
    "constant" => [%w[UPSELL_MONEY_MAX],
                   ->(layout) { NAMED.(layout["constants"], "UPSELL_MONEY_MAX")["value"] = 1 }],
    "constant added" => [%w[UPSELL_NEW],
                         ->(layout) { layout["constants"] << { "name" => "UPSELL_NEW", "value" => 1 } }],
    "enumerator" => [%w[UPSELL_DIALECT_CALCULATION upsell_dialect], lambda do |layout|
      NAMED.(layout["enums"], "upsell_dialect")["constants"][1]["value"] = 3
    end],
    "parameter added" => [%w[upsell_runner_new()], lambda do |layout|
      FUNCTION.(layout, "upsell_runner_new")["parameters"] << { "name" => "more", "type" => "int32_t" }
    end],
    "parameter's type" => [%w[upsell_pattern_of()], lambda do |layout|
      FUNCTION.(layout, "upsell_pattern_of")["parameters"][0]["type"] = "int64_t"
    end],
    "struct by value that became a pointer" => [%w[upsell_money_parse()], lambda do |layout|
      FUNCTION.(layout, "upsell_money_parse")["parameters"][0]["type"] = "const upsell_str *"
    end],
    "return type" => [%w[upsell_abi_version()],
                      ->(layout) { FUNCTION.(layout, "upsell_abi_version")["returns"] = "uint32_t" }],
    "function added" => [%w[upsell_new()], lambda do |layout|
      layout["functions"] << { "name" => "upsell_new", "header" => "batch.h", "returns" => "void", "parameters" => [] }
    end],
    "function removed" => [%w[upsell_status_name()], ->(layout) { layout["functions"].shift }],
    "status added" => [%w[NewRuleError], lambda do |layout|
      layout["lists"]["UPSELL_STATUS_LIST"] << { "constant" => "UPSELL_NEW_RULE", "value" => 99,
                                                 "words" => ["new_rule", "a new rule"] }
    end],
    "word of a reason" => [%w[upsell_reason],
                           ->(layout) { layout["lists"]["UPSELL_REASON_LIST"][0]["words"] = ["other_word"] }]
  }.freeze

  CHANGES.each do |title, (places, change)|
    define_method("test_change_of_the_headers_#{title.tr(" '", "__")}") do
      before = differences_of(@layout)
      changed = Marshal.load(Marshal.dump(@layout))
      change.call(changed)
      assert_equal places.sort, (differences_of(changed) - before).sort
    end
  end

  def test_change_of_a_prototype_in_the_binding
    changed = Upsell::Native::PROTOTYPES.merge(upsell_abi_version: [[], :int64], upsell_pattern_name: [[], :pointer])
    found = Layout::OfRuby.new(Upsell::Native, changed).functions
    assert_equal %w[upsell_abi_version() upsell_pattern_name()], Layout.differences(@c.functions, found).keys.sort
  end

  def test_change_of_a_struct_in_the_binding
    changed = Module.new
    changed.const_set(:Quantity, Class.new(FFI::Struct) do
      layout :max, :int32, :initial, :int32, :adjustable, :int32, :reserved, :uint32
    end)
    changed::Quantity.define_singleton_method(:name) { "Quantity" }
    found = Layout::OfRuby.new(changed, {}).structs
    of_quantity = @c.structs.select { |name, _| name.start_with?("upsell_quantity") }
    assert_equal %w[upsell_quantity.initial upsell_quantity.max upsell_quantity.reserved],
                 Layout.differences(of_quantity, found).keys.sort
  end

  private

  def differences_of(layout)
    Layout.differences(without_raw(Layout::OfC.new(layout).facts), @ruby.facts).keys
  end

  def without_raw(facts)
    facts.reject { |name, _| RAW_ONLY.include?(name) }
  end

  # Methods that call C, and the function that each of them calls.
  def attached
    Upsell::Native::PROTOTYPES.keys.to_h { |name| [name, name] }.merge(
      Upsell::Native.singleton_methods(false).grep(/_blocking\z/).to_h do |method|
        [method, :"upsell_#{method.to_s.delete_suffix("_blocking")}"]
      end
    )
  end
end
