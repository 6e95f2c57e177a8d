# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "result_reader"
require_relative "results"

module Upsell
  # Decides for many orders in one call, and learns all that their decisions need, so that these need
  # nothing of the catalogue any more.
  # @api private
  class Deciding
    TARGET_COUNT = Native::Result.offset_of(:target_count)
    TEXT_AT = Native::Result.offset_of(:text_at)
    private_constant :TARGET_COUNT, :TEXT_AT

    # The error of a line of a stream (CLI-4).
    def self.line_too_long
      LineTooLongError.new("A line of at most #{Native::LINE_MAX_BYTES} bytes was expected; write one order per line.")
    end

    # @param catalog [Handle]
    # @param reader [ResultReader]
    # @param form [Integer] what the text is
    # @param text [String] the orders
    # @param flags [Integer]
    def initialize(catalog, reader, form, text, flags)
      @catalog = catalog.pointer
      @reader = reader
      @form = form
      @text = text
      @flags = flags
      # Both are taken before anything begins: the catalogue may be closed meanwhile.
      catalog.use { |batch| catalog.use { |other| decide(batch, other) } }
    end

    # @return [String] copies of all results ({Results})
    attr_reader :results
    # @return [String] the texts that they refer to, as bytes
    attr_reader :texts
    # @return [Hash{Integer => Error}] of orders that broke a rule, by their index
    attr_reader :errors

    private

    def decide(batch, other)
      status = batch.decide(@catalog, @form, @text, @flags)
      @results, @texts = batch.copy
      # Without results the whole call has failed; else each order has its own status.
      raise batch.failure(status) if @results.empty? && status != Native::OK

      @errors = {}
      settle(batch.results, other)
    end

    # Learns all that the decisions will need, and the details of all errors, of which the call told
    # the first only: these orders are decided again, one by one. All results pass through here, so
    # it is a loop over numbers, which takes 0.1 microseconds an order.
    # @param pointer [FFI::Pointer] where the results still are
    # @param other [Batch] to decide again with
    def settle(pointer, other)
      offer = Native::OUTCOME_OFFER
      complete = @reader.complete
      numbers = Results.column(@results, :outcome, :scenario_index)
      i = -1
      while (outcome = numbers[2 * (i += 1)])
        if outcome == offer
          scenario = numbers[(2 * i) + 1]
          settle_offer(scenario, pointer, i, other) unless complete[scenario]
        elsif outcome == Native::OUTCOME_NONE
          @errors[i] = error(i, other)
        end
      end
    end

    def settle_offer(scenario, pointer, index, other)
      at = pointer.get_uint64((index * Results::SIZE) + TEXT_AT)
      count = pointer.get_uint32((index * Results::SIZE) + TARGET_COUNT)
      return if @reader.knows?(scenario, @texts, at, count)

      again(index, other)
      @reader.learn(other.decision)
    end

    def error(index, other)
      return Deciding.line_too_long if Results.pick(@results, index, :status) == [Native::LINE_TOO_LONG]

      other.failure(again(index, other))
    end

    # Decides for one order; returns the status.
    def again(index, other)
      at, len = Results.pick(@results, index, :order_at, :order_len)
      form = @form == Native::ORDERS_LINES ? Native::ORDERS_JSON : @form
      other.decide(@catalog, form, @text.byteslice(at, len), @flags)
    end
  end
end
