# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "catalog_input"

module Upsell
  # A value that C has decided. A decision makes several of them, so they are made fast: {of} takes
  # the members in their order and checks nothing, which takes 0.12 microseconds where keywords take
  # 0.28. `new`, for tests and for copies, takes keywords.
  # @api private
  class Result < Value
    class << self
      alias of new

      # @param members [Hash{Symbol => Object}] all members
      # @raise [ArgumentError] if one is missing or not known
      def new(**members)
        of(*in_order(members))
      end

      # The members in their order, as {of} takes them.
      # @api private
      def in_order(given)
        ordered(given).each { |value| Ractor.make_shareable(value) }
      end

      private

      # The members in their order, as they were given.
      def ordered(given)
        wrong = (members - given.keys).map { |name| "missing #{name}" } +
                (given.keys - members).map { |name| "unknown #{name}" }
        raise ArgumentError, "#{self} has the members #{members.join(", ")}: #{wrong.join(", ")}" if wrong.any?

        given.values_at(*members)
      end
    end

    # @api private
    def marshal_load(members)
      initialize(*self.class.in_order(members))
    end
  end

  # One contract or order that the item joins (TGT-2 to TGT-5).
  # @since 0.1.0
  class Target < Result
    fields :line_ids, :contract_id, :selling_plan_id, :price

    # @!attribute [r] line_ids
    #   @return [Array<String>] the trigger lines, in order
    # @!attribute [r] contract_id
    #   @return [String, nil] nil where it is not known or not needed
    # @!attribute [r] selling_plan_id
    #   @return [String, nil] nil for one-time offers
    # @!attribute [r] price
    #   @return [Price] for the initial quantity

    # @api private
    def initialize(line_ids, contract_id, selling_plan_id, price)
      @line_ids = line_ids
      @contract_id = contract_id
      @selling_plan_id = selling_plan_id
      @price = price
      freeze
    end
  end

  # A plan that the buyer may choose (TGT-5).
  # @since 0.1.0
  class PlanChoice < Result
    fields :selling_plan_id, :price

    # @!attribute [r] selling_plan_id
    #   @return [String]
    # @!attribute [r] price
    #   @return [Price] the price with it, for the initial quantity

    # @api private
    def initialize(selling_plan_id, price)
      @selling_plan_id = selling_plan_id
      @price = price
      freeze
    end
  end

  # A candidate that did not win (DEC-15).
  # @since 0.1.0
  class Considered < Result
    fields :scenario_id, :scenario_index, :reason

    # @!attribute [r] scenario_id
    #   @return [String]
    # @!attribute [r] scenario_index
    #   @return [Integer] its place in the catalogue, from 0
    # @!attribute [r] reason
    #   @return [Symbol] one of {Reason}

    # @api private
    def initialize(scenario_id, scenario_index, reason)
      @scenario_id = scenario_id
      @scenario_index = scenario_index
      @reason = reason
      freeze
    end
  end

  # What the offer page shows (OUT-4). Defaults are filled in.
  # @since 0.1.0
  class Page < Result
    fields :title, :timer_visible, :timer_seconds, :timer_text, :description_visible, :description, :buy_button,
           :close_visible, :close_label, :expires_after_seconds

    # @!attribute [r] title
    #   @return [String] may be empty
    # @!attribute [r] timer_visible
    #   @return [Boolean]
    # @!attribute [r] timer_seconds
    #   @return [Integer, nil] nil when the timer is not visible
    # @!attribute [r] timer_text
    #   @return [String] may be empty
    # @!attribute [r] description_visible
    #   @return [Boolean]
    # @!attribute [r] description
    #   @return [String, nil] nil: the product's own
    # @!attribute [r] buy_button
    #   @return [String] label
    # @!attribute [r] close_visible
    #   @return [Boolean]
    # @!attribute [r] close_label
    #   @return [String] label
    # @!attribute [r] expires_after_seconds
    #   @return [Integer] when the page closes by itself

    # @api private
    def initialize(title, timer_visible, timer_seconds, timer_text, description_visible, description, buy_button,
                   close_visible, close_label, expires_after_seconds)
      @title = title
      @timer_visible = timer_visible
      @timer_seconds = timer_seconds
      @timer_text = timer_text
      @description_visible = description_visible
      @description = description
      @buy_button = buy_button
      @close_visible = close_visible
      @close_label = close_label
      @expires_after_seconds = expires_after_seconds
      freeze
    end

    # @api private
    def self.of_c(page)
      visible = page[:timer_visible] == 1
      of(Text.of(page[:title]), visible, visible ? page[:timer_seconds] : nil, Text.of(page[:timer_text]),
         page[:description_visible] == 1, Text.optional(page[:description]), Text.of(page[:buy_button]),
         page[:close_visible] == 1, Text.of(page[:close_label]), page[:expires_after_seconds])
    end
  end

  # The offer of a decision (OUT-1).
  # @since 0.1.0
  class Offer < Result
    # What a scenario says to every buyer. Offers of one scenario share it.
    # @api private
    SHARED = %i[scenario_id scenario_index scenario_name priority pattern product_id product_title variant_id
                variant_title choices page].freeze
    private_constant :SHARED

    # @api private
    Shared = Struct.new(*SHARED)
    private_constant :Shared

    @members = [*SHARED, :quantity, :targets, :cancel_line_ids, :total_checkout, :total_offer_page, :differs].freeze

    attr_reader :quantity, :targets, :cancel_line_ids, :total_checkout, :total_offer_page, :differs

    # @!attribute [r] quantity
    #   @return [Quantity] how many units; its max is limited by stock (DEC-13)
    # @!attribute [r] targets
    #   @return [Array<Target>] what the offer joins, at least one
    # @!attribute [r] cancel_line_ids
    #   @return [Array<String>] lines that the offer replaces (TGT-5)
    # @!attribute [r] total_checkout
    #   @return [Integer] what the checkout's rounding would give, minor units
    # @!attribute [r] total_offer_page
    #   @return [Integer] sum of the targets' lines, as shown and charged now, minor units
    # @!attribute [r] differs
    #   @return [Boolean] whether the two totals differ (PRC-11)

    # @api private
    def initialize(shared, quantity, targets, cancel_line_ids, total_checkout, total_offer_page)
      @shared = shared
      @quantity = quantity
      @targets = targets
      @cancel_line_ids = cancel_line_ids
      @total_checkout = total_checkout
      @total_offer_page = total_offer_page
      @differs = total_checkout != total_offer_page
      freeze
    end

    # @return [String]
    def scenario_id = @shared.scenario_id
    # @return [Integer] the scenario's place in the catalogue, from 0
    def scenario_index = @shared.scenario_index
    # @return [String] for the merchant; may be empty
    def scenario_name = @shared.scenario_name
    # @return [Integer] the scenario's priority
    def priority = @shared.priority
    # @return [Symbol] one of {Pattern}
    def pattern = @shared.pattern
    # @return [String] what is offered
    def product_id = @shared.product_id
    # @return [String] for people; may be empty
    def product_title = @shared.product_title
    # @return [String] what is offered
    def variant_id = @shared.variant_id
    # @return [String] for people; may be empty
    def variant_title = @shared.variant_title
    # @return [Array<PlanChoice>] plans to choose from; empty where there is no choice
    def choices = @shared.choices
    # @return [Page] what the offer page shows
    def page = @shared.page

    # @return [Boolean] whether the two totals differ (PRC-11)
    def differs? = differs

    class << self
      # @api private
      def in_order(given)
        differs = given[:differs]
        values = super
        unless differs == (given[:total_checkout] != given[:total_offer_page])
          raise ArgumentError, "differs must say whether total_checkout and total_offer_page differ"
        end

        [shared(*values.first(SHARED.size)), *values[SHARED.size..-2]]
      end

      # @api private
      def shared(*values)
        Shared.new(*values).freeze
      end
    end
  end

  # What was decided for an order (OUT-1, OUT-2).
  #
  # @example
  #   case catalog.decide(order)
  #   in {offer: Upsell::Offer => offer} then puts offer.total_offer_page
  #   in {reason:} then puts "no offer: #{reason}"
  #   end
  # @since 0.1.0
  class Decision < Result
    fields :order_id, :currency, :outcome, :reason, :offer, :considered

    # @!attribute [r] order_id
    #   @return [String]
    # @!attribute [r] currency
    #   @return [Currency] of all amounts: the catalogue's
    # @!attribute [r] outcome
    #   @return [Symbol] one of {Outcome}
    # @!attribute [r] reason
    #   @return [Symbol, nil] one of {Reason} without an offer, else nil
    # @!attribute [r] offer
    #   @return [Offer, nil]
    # @!attribute [r] considered
    #   @return [Array<Considered>] the losers, in catalogue order; empty unless asked for

    # @api private
    def initialize(order_id, currency, outcome, reason, offer, considered)
      @order_id = order_id
      @currency = currency
      @outcome = outcome
      @reason = reason
      @offer = offer
      @considered = considered
      freeze
    end

    # @return [Boolean] whether there is an offer
    def offer?
      !@offer.nil?
    end
  end
end
