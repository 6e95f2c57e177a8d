# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "deciding"

module Upsell
  # What was decided for many orders, in their order. A {Decision} is made when it is asked for;
  # columns of numbers ({#outcomes}, {#totals_checkout} and the like) need none to be made.
  #
  # An order that broke a rule does not stop the others; asking for its decision raises its error.
  #
  # It never changes, needs nothing of the catalogue any more, and may be shared by threads.
  #
  # @example
  #   decisions = catalog.decide_many(orders)
  #   decisions.count(&:offer?)
  #   decisions.totals_offer_page.sum
  #   decisions.errors.each { |index, error| warn "order #{index}: #{error.message}" }
  # @since 0.1.0
  class Decisions
    include Enumerable

    # @param catalog [Handle]
    # @param reader [ResultReader]
    # @param form [Integer] what the text is
    # @param text [String] the orders; frozen
    # @param flags [Integer]
    # @api private
    def initialize(catalog, reader, form, text, flags)
      decided = Deciding.new(catalog, reader, form, text, flags)
      @reader = reader
      @results = decided.results.freeze
      @texts = decided.texts.freeze
      @errors = decided.errors.freeze
      @size = Results.count(@results)
      freeze
    end

    # @return [Integer] number of orders
    attr_reader :size
    alias length size

    # The decision of one order.
    # @param index [Integer] from 0; negative ones count from the end
    # @return [Decision, nil] nil where there is no such order
    # @raise [Error] what was wrong with the order
    def [](index)
      Check.integer(index, Check::INT64, "/index")
      index += size if index.negative?
      return unless index.between?(0, size - 1)

      raise @errors[index].clone if @errors.key?(index)

      _status, *numbers, _line, checkout, offer_page, at, len = Results.at(@results, index)
      @reader.decision(numbers, checkout, offer_page, @reader.parts_of(@texts.byteslice(at, len)), nil)
    end

    # @yieldparam decision [Decision]
    # @return [Enumerator, self] without a block an Enumerator
    # @raise [Error] at an order that broke a rule
    def each
      return enum_for(:each) { size } unless block_given?

      size.times { |i| yield self[i] }
      self
    end

    # The error of each order that broke a rule, by its index.
    # @return [Hash{Integer => Error}]
    attr_reader :errors

    # How many orders broke a rule.
    # @return [Integer]
    def failed
      errors.size
    end

    # The outcome of each order: `:offer`, `:no_offer`, or nil for one that broke a rule.
    # @return [Array<Symbol, nil>]
    def outcomes
      Results.column(@results, :outcome).map { |outcome| Outcome.name_of(outcome) }
    end

    # The place of the winning scenario in the catalogue, for each order; nil without an offer.
    # @return [Array<Integer, nil>]
    def scenario_indexes
      Results.column(@results, :outcome, :scenario_index).each_slice(2).map do |outcome, scenario|
        scenario if outcome == Native::OUTCOME_OFFER
      end
    end

    # What the checkout's rounding would give for each order's offer, in minor units; 0 without an offer.
    # @return [Array<Integer>]
    def totals_checkout
      Results.column(@results, :total_checkout)
    end

    # What each order's offer page shows and charges, in minor units; 0 without an offer.
    # @return [Array<Integer>]
    def totals_offer_page
      Results.column(@results, :total_offer_page)
    end

    # In a stream: the number of each order's line, from 1.
    # @return [Array<Integer>]
    # @api private
    def lines
      Results.column(@results, :line)
    end

    # @return [String]
    def inspect
      "#<#{self.class} size=#{size}, failed=#{failed}>"
    end
  end
end
