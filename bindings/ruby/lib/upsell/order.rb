# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "money"

module Upsell
  # A line of an order (ORD-2 to ORD-5). Checked when it is made; errors point into the line:
  # "/quantity".
  #
  # @example
  #   Upsell::OrderLine.new(id: "1", product_id: "11", quantity: 1, selling_plan_id: "p-month")
  # @since 0.1.0
  class OrderLine < Value
    singleton_class.undef_method(:allocate) # one that was never checked would be nothing to C

    fields :id, :product_id, :quantity, :variant_id, :selling_plan_id, :contract_id, :unit_price, :discounted_total

    # @!attribute [r] id
    #   @return [String] unique in the order
    # @!attribute [r] product_id
    #   @return [String]
    # @!attribute [r] quantity
    #   @return [Integer] 1 to 9999
    # @!attribute [r] variant_id
    #   @return [String, nil]
    # @!attribute [r] selling_plan_id
    #   @return [String, nil] there: a subscription line; nil: one-time
    # @!attribute [r] contract_id
    #   @return [String, nil]
    # @!attribute [r] unit_price
    #   @return [Integer, nil] minor units of the order's currency, where known
    # @!attribute [r] discounted_total
    #   @return [Integer, nil] what was paid for the whole line after line discounts, where known

    QUANTITIES = (1..Native::QUANTITY_MAX).freeze
    AMOUNTS = (0..Native::MONEY_MAX).freeze
    IDS = %i[id product_id variant_id selling_plan_id contract_id].freeze
    private_constant :QUANTITIES, :AMOUNTS, :IDS

    # @param id [String] unique in the order, 1 to 255 bytes
    # @param product_id [String] 1 to 255 bytes
    # @param quantity [Integer] 1 to 9999
    # @param variant_id [String, nil]
    # @param selling_plan_id [String, nil] there: a subscription line; nil: one-time
    # @param contract_id [String, nil]
    # @param unit_price [Integer, nil] minor units, 0 to 10^11, where known
    # @param discounted_total [Integer, nil] what was paid for the whole line after line discounts,
    #   minor units, 0 to 10^11, where known (ORD-5)
    # @raise [WrongTypeError, BadIdError, OutOfRangeError]
    def initialize(id:, product_id:, quantity:, variant_id: nil, selling_plan_id: nil, contract_id: nil,
                   unit_price: nil, discounted_total: nil)
      @id = Check.id(id, "/id")
      @product_id = Check.id(product_id, "/product_id")
      @quantity = Check.integer(quantity, QUANTITIES, "/quantity")
      @variant_id = Check.optional_id(variant_id, "/variant_id")
      @selling_plan_id = Check.optional_id(selling_plan_id, "/selling_plan_id")
      @contract_id = Check.optional_id(contract_id, "/contract_id")
      @unit_price = Check.optional_integer(unit_price, AMOUNTS, "/unit_price")
      @discounted_total = Check.optional_integer(discounted_total, AMOUNTS, "/discounted_total")
      # As C reads it (BAT-2). No text has a NUL in it, and no optional one is empty: Check.id.
      @packed_line = "#{@id}\0#{@product_id}\0#{@variant_id}\0#{@selling_plan_id}\0#{@contract_id}\0" \
                "#{@quantity}\0#{@unit_price}\0#{@discounted_total}\0".freeze
      freeze
    end

    # The line as C reads it in a batch (BAT-2).
    # @return [String] frozen
    # @api private
    attr_reader :packed_line

    # @api private
    def fill(memory, arena)
      IDS.each { |name| arena.text(memory[name], public_send(name)) }
      memory[:quantity] = quantity
      memory[:has_unit_price] = unit_price ? 1 : 0
      memory[:unit_price] = unit_price || 0
      memory[:has_discounted_total] = discounted_total ? 1 : 0
      memory[:discounted_total] = discounted_total || 0
    end
  end

  # The order that was just paid (ORD-1 to ORD-5). It is checked, and laid out as C reads it, once,
  # when it is made: deciding for it is then one call.
  #
  # @example
  #   line = Upsell::OrderLine.new(id: "1", product_id: "11", quantity: 1)
  #   order = Upsell::Order.new(id: "1001", currency: "JPY", lines: [line])
  # @since 0.1.0
  class Order < Value
    singleton_class.undef_method(:allocate) # as above

    # What is an order is exactly this: a subclass could say one thing to Ruby and another to C.
    # @api private
    def self.inherited(_subclass)
      raise TypeError, "Upsell::Order cannot have subclasses; make orders with Upsell::Order.new"
    end

    fields :id, :currency, :lines, :has_shipping_address

    # @!attribute [r] id
    #   @return [String]
    # @!attribute [r] currency
    #   @return [String] code of the currency of all amounts
    # @!attribute [r] lines
    #   @return [Array<OrderLine>]
    # @!attribute [r] has_shipping_address
    #   @return [Boolean]

    # @param id [String] 1 to 255 bytes
    # @param currency [String] code of the currency of all amounts
    # @param lines [Array<OrderLine>] 1 to 1000, each with an id of its own
    # @param has_shipping_address [Boolean]
    # @raise [WrongTypeError, BadIdError, UnknownCurrencyError, BadCountError, DuplicateIdError]
    def initialize(id:, currency:, lines:, has_shipping_address: true)
      @id = Check.id(id, "/id")
      @currency = Currency.check_code(currency, "/currency")
      @has_shipping_address = Check.flag(has_shipping_address, "/has_shipping_address")
      @lines = Check.values(lines, OrderLine, "/lines")
      check_count
      check_ids if @lines.size > 1
      @packed = "#{@lines.size}\0#{@id}\0#{@currency}\0#{@has_shipping_address ? 1 : 0}\0" \
                "#{@lines.size == 1 ? @lines[0].packed_line : @lines.map(&:packed_line).join}".freeze
      freeze
    end

    # The order as C reads it in a batch (BAT-2).
    # @return [String] frozen
    # @api private
    attr_reader :packed

    # The order as C takes it in a struct.
    # @param arena [Arena] holds what the struct refers to
    # @return [Native::Order]
    # @api private
    def to_c(arena)
      memory = arena.struct(Native::Order)
      arena.code(memory, currency)
      arena.text(memory[:id], id)
      memory[:has_shipping_address] = Choice.number(has_shipping_address)
      arena.array(memory, :lines, :line_count, Native::OrderLine, lines) { |to, line| line.fill(to, arena) }
      memory
    end

    private

    def check_count
      return if lines.size.between?(1, Native::ORDER_LINES_MAX)

      raise BadCountError.new("An order of 1 to #{Native::ORDER_LINES_MAX} lines was expected, found #{lines.size}.",
                              pointer: "/lines")
    end

    def check_ids
      ids = lines.map(&:id)
      return if ids.uniq.size == ids.size

      id, index = ids.each_with_index.find { |id, i| ids.index(id) < i }
      raise DuplicateIdError.new("The id #{id.inspect} stands twice in this list; each line needs its own.",
                                 pointer: "/lines/#{index}/id")
    end
  end
end
