# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "money"

module Upsell
  # Every `count` units of time.
  # @since 0.1.0
  class Interval < Value
    fields :unit, :count

    # @!attribute [r] unit
    #   @return [Symbol] one of {IntervalUnit}
    # @!attribute [r] count
    #   @return [Integer] 1 to 999

    # @param unit [Symbol] one of {IntervalUnit}
    # @param count [Integer] 1 to 999
    # @raise [BadValueError, WrongTypeError, OutOfRangeError]
    def initialize(unit:, count:)
      IntervalUnit.number(@unit = unit, "/interval")
      @count = Check.int32(count, "/count")
      freeze
    end

    # @api private
    def fill(memory)
      memory[:unit] = IntervalUnit.number(unit)
      memory[:count] = count
    end
  end

  # How often a plan bills and delivers (CAT-4).
  # @since 0.1.0
  class Cycle < Value
    fields :billing, :delivery

    # @!attribute [r] billing
    #   @return [Interval] when the buyer pays
    # @!attribute [r] delivery
    #   @return [Interval, nil] when goods are sent; nil: as billing

    # @param billing [Interval] when the buyer pays
    # @param delivery [Interval, nil] when goods are sent; nil: as billing
    # @raise [WrongTypeError]
    def initialize(billing:, delivery: nil)
      @billing = Check.value(billing, Interval, "/billing")
      @delivery = Check.optional_value(delivery, Interval, "/delivery")
      freeze
    end

    # @api private
    def fill(memory)
      billing.fill(memory[:billing])
      delivery&.fill(memory[:delivery])
      memory
    end
  end

  # One price of a plan (CAT-5, PRC-1).
  # @since 0.1.0
  class PlanPrice < Value
    fields :after_cycle, :type, :value

    # @!attribute [r] after_cycle
    #   @return [Integer] holds for the cycles after this one, 0 to 999
    # @!attribute [r] type
    #   @return [Symbol] one of {Adjustment}, other than `:none`
    # @!attribute [r] value
    #   @return [Integer] millionths, or minor units per unit

    # @param after_cycle [Integer] holds for the cycles after this one, 0 to 999
    # @param type [Symbol] `:percentage`, `:fixed_amount` or `:price`
    # @param value [Integer] millionths, or minor units per unit
    # @raise [BadValueError, WrongTypeError, OutOfRangeError]
    def initialize(after_cycle:, type:, value:)
      @after_cycle = Check.int32(after_cycle, "/after_cycle")
      Adjustment.number(@type = type, "/type")
      @value = Check.int64(value, "/value")
      freeze
    end

    # @api private
    def fill(memory)
      memory[:after_cycle] = after_cycle
      memory[:type] = Adjustment.number(type)
      memory[:value] = value
    end
  end

  # A discount of an offer (CAT-11).
  # @since 0.1.0
  class Discount < Value
    fields :type, :value

    # @!attribute [r] type
    #   @return [Symbol] `:none`, `:percentage` or `:fixed_amount`
    # @!attribute [r] value
    #   @return [Integer] millionths, or minor units per unit; 0 for none

    # @param type [Symbol] `:none`, `:percentage` or `:fixed_amount`
    # @param value [Integer] millionths, or minor units per unit; 0 for none
    # @raise [BadValueError, WrongTypeError, OutOfRangeError]
    def initialize(type:, value: 0)
      Adjustment.number(@type = type, "/type")
      @value = Check.int64(value, "/value")
      freeze
    end

    # @api private
    def fill(memory)
      memory[:type] = Adjustment.number(type)
      memory[:value] = value
      memory
    end
  end

  # The price from a cycle on (PRC-2).
  # @since 0.1.0
  class PriceSegment < Value
    fields :from_cycle, :unit, :line

    # @!attribute [r] from_cycle
    #   @return [Integer] first cycle it holds for, 2 or more
    # @!attribute [r] unit
    #   @return [Integer] minor units for one unit
    # @!attribute [r] line
    #   @return [Integer] minor units for the quantity

    # @param from_cycle [Integer] first cycle it holds for
    # @param unit [Integer] minor units for one unit
    # @param line [Integer] minor units for the quantity
    # @raise [WrongTypeError, OutOfRangeError]
    def initialize(from_cycle:, unit:, line:)
      @from_cycle = Check.int32(from_cycle, "/from_cycle")
      @unit = Check.int64(unit, "/unit")
      @line = Check.int64(line, "/line")
      freeze
    end
  end

  # The price of an offer, now and later (PRC-2 to PRC-7), in minor units.
  # @since 0.1.0
  class Price < Value
    fields :list_unit, :plan_unit, :checkout, :offer_page, :recurring

    # @!attribute [r] list_unit
    #   @return [Integer] the variant's list price
    # @!attribute [r] plan_unit
    #   @return [Integer, nil] plan price of cycle 1; nil without a plan
    # @!attribute [r] checkout
    #   @return [Amounts] what the checkout's rounding would give
    # @!attribute [r] offer_page
    #   @return [Amounts] shown and charged now
    # @!attribute [r] recurring
    #   @return [Array<PriceSegment>] cycles 2 and later; empty for one-time offers

    # @param list_unit [Integer] the variant's list price
    # @param plan_unit [Integer, nil] plan price of cycle 1; nil without a plan
    # @param checkout [Amounts] what the checkout's rounding would give
    # @param offer_page [Amounts] shown and charged now
    # @param recurring [Array<PriceSegment>] cycles 2 and later
    # @raise [WrongTypeError, OutOfRangeError]
    def initialize(list_unit:, plan_unit:, checkout:, offer_page:, recurring: [])
      @list_unit = Check.int64(list_unit, "/list_unit")
      @plan_unit = Check.optional_integer(plan_unit, Check::INT64, "/plan_unit")
      @checkout = Check.value(checkout, Amounts, "/checkout")
      @offer_page = Check.value(offer_page, Amounts, "/offer_page")
      @recurring = Check.values(recurring, PriceSegment, "/recurring")
      freeze
    end

    # @api private
    def self.of_c(memory)
      segments = Text.structs(Native::PriceSegment, memory[:recurring], memory[:recurring_count])
      new(list_unit: memory[:list_unit], plan_unit: memory[:has_plan] == 1 ? memory[:plan_unit] : nil,
          checkout: Amounts.of_c(memory[:checkout]), offer_page: Amounts.of_c(memory[:offer_page]),
          recurring: segments.map do |segment|
            PriceSegment.new(from_cycle: segment[:from_cycle], unit: segment[:unit], line: segment[:line])
          end)
    end
  end

  class << self
    # The pattern of a trigger and an offer.
    # @param trigger_kind [Symbol] one of {Kind}: what was bought
    # @param offer_kind [Symbol] one of {Kind}: what is offered
    # @return [Symbol] one of {Pattern}
    # @raise [BadValueError]
    # @since 0.1.0
    def pattern_of(trigger_kind, offer_kind)
      trigger = Kind.number(trigger_kind, "/trigger_kind")
      offer = Kind.number(offer_kind, "/offer_kind")
      Pattern.name_of(Call.number(:int32) { |pattern| Native.upsell_pattern_of(trigger, offer, pattern) })
    end

    # Whether two plans have the same cycle: billing and delivery both equal after 1 week = 7 days
    # and 1 year = 12 months (TGT-1).
    # @param one [Cycle]
    # @param other [Cycle]
    # @return [Boolean]
    # @raise [OutOfRangeError, WrongTypeError]
    # @since 0.1.0
    def cycle_same?(one, other)
      a = Check.value(one, Cycle, "/a").fill(Native::Cycle.new)
      b = Check.value(other, Cycle, "/b").fill(Native::Cycle.new)
      Call.number(:int32) { |same| Native.upsell_cycle_same(a, b, same) } == 1
    end

    # The plan price of one unit in one cycle (PRC-1).
    # @param list_unit [Integer] list price of a unit, minor units, 0 to 10^11
    # @param pricing [Array<PlanPrice>] the plan's prices, in any order
    # @param cycle [Integer] 1 is the order just paid
    # @param checkout [Rounding, nil] rounds percentages, basis unit; nil: the default
    # @return [Integer] minor units
    # @raise [OutOfRangeError, BadValueError, DuplicateCycleError, WrongTypeError]
    # @since 0.1.0
    def plan_price(list_unit:, cycle:, pricing: [], checkout: nil)
      Check.integer(list_unit, 0..Native::MONEY_MAX, "/list_unit")
      Check.integer(cycle, 1..Check::INT32.end, "/cycle")
      rounding = Check.optional_value(checkout, Rounding, "/checkout")&.fill(Native::Rounding.new)
      with_pricing(pricing) do |entries, count|
        Call.number(:int64) { |unit| Native.upsell_plan_price(list_unit, entries, count, cycle, rounding, unit) }
      end
    end

    # The first price of an offer on both surfaces (PRC-4 to PRC-10). Its `recurring` is empty:
    # {plan_price} tells the price of any later cycle.
    # @param pattern [Symbol] one of {Pattern}
    # @param list_unit [Integer] list price of a unit, minor units, 0 to 10^11
    # @param quantity [Integer] 1 to 9999
    # @param pricing [Array<PlanPrice>] prices of the plan; ignored where the offer is a single item
    # @param discount [Discount, nil] the offer's discount; nil: none
    # @param rounding [RoundingPair, nil] nil: the defaults
    # @return [Price]
    # @raise [OutOfRangeError, BadValueError, DuplicateCycleError, NotApplicableError, WrongTypeError]
    # @since 0.1.0
    def first_price(pattern:, list_unit:, quantity:, pricing: [], discount: nil, rounding: nil)
      number = Pattern.number(pattern, "/pattern")
      Check.integer(list_unit, 0..Native::MONEY_MAX, "/list_unit")
      Check.integer(quantity, 1..Native::QUANTITY_MAX, "/quantity")
      off = Check.optional_value(discount, Discount, "/discount")&.fill(Native::Discount.new)
      policies = Check.optional_value(rounding, RoundingPair, "/rounding")&.fill(Native::RoundingPair.new)
      price = Native::Price.new
      with_pricing(pricing) do |entries, count|
        Call.check(Native.upsell_first_price(number, list_unit, entries, count, off, quantity, policies, price))
      end
      Price.of_c(price)
    end

    # Which of several scenarios wins: the smallest priority; among equals the first (DEC-14).
    # @param priorities [Array<Integer>] their priorities, in catalogue order, 0 to 1,000,000
    # @return [Integer] index of the winner
    # @raise [BadCountError] if there are none
    # @raise [OutOfRangeError, WrongTypeError]
    # @since 0.1.0
    def priority_resolve(priorities)
      numbers = Check.each(priorities, "") { |priority, at| Check.int32(priority, at) }
      memory = FFI::MemoryPointer.new(:int32, [numbers.size, 1].max).put_array_of_int32(0, numbers)
      Call.number(:size_t) { |winner| Native.upsell_priority_resolve(memory, numbers.size, winner) }
    end

    private

    # The prices of a plan as an array of C, which lives for the block.
    def with_pricing(pricing)
      Check.values(pricing, PlanPrice, "/pricing")
      arena = Arena.new
      plan = Native::SellingPlanInput.new
      arena.array(plan, :pricing, :pricing_count, Native::PlanPriceEntry, pricing) { |to, price| price.fill(to) }
      yield plan[:pricing], plan[:pricing_count]
    end
  end
end
