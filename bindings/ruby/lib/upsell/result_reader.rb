# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "batch"
require_relative "known_scenario"

module Upsell
  # Makes decisions from the results of a batch (BAT-4). This is the hot path: a result is a few
  # numbers and one text, and what its scenario says to every buyer is read once and kept.
  #
  # Threads share a reader: what it keeps is immutable, is only ever added to, and is added to under
  # a lock.
  # @api private
  class ResultReader
    OUTCOME = Native::Result.offset_of(:outcome)
    REASON = Native::Result.offset_of(:reason)
    CONSIDERED_COUNT = Native::Result.offset_of(:considered_count)
    TOTAL_CHECKOUT = Native::Result.offset_of(:total_checkout)
    NONE = [].freeze
    private_constant :OUTCOME, :REASON, :CONSIDERED_COUNT, :TOTAL_CHECKOUT, :NONE

    # @param currency [Currency] the catalogue's
    def initialize(currency)
      @currency = currency
      @known = {}
      @complete = []
      @mutex = Mutex.new
    end

    # For each scenario, whether all is known that any decision of it needs.
    # @return [Array<Boolean, nil>]
    attr_reader :complete

    # The decision of a batch of one order. Reading two arrays of numbers takes 0.2 microseconds;
    # unpacking the result's bytes takes 0.4.
    # @param batch [Batch] has just decided
    # @param order_id [String, nil] frozen; nil: read it
    # @return [Decision]
    def only(batch, order_id)
      results = batch.results
      if order_id && results.get_int32(OUTCOME) != Native::OUTCOME_OFFER && results.get_int32(CONSIDERED_COUNT).zero?
        return no_offer(order_id, results.get_int32(REASON), NONE)
      end

      checkout, offer_page, at, len = results.get_array_of_int64(TOTAL_CHECKOUT, 4)
      parts = parts_of(batch.text.get_bytes(at, len))
      decision(results.get_array_of_int32(OUTCOME, 6), checkout, offer_page, parts, order_id) { batch.decision }
    end

    # The texts of a result, as bytes: splitting those takes half the time of splitting UTF-8.
    # @param bytes [String] a copy of them
    def parts_of(bytes)
      bytes.split("\0", -1)
    end

    # A decision from the numbers of a result and its texts.
    # @param numbers [Array<Integer>] of the result, outcome to considered_count
    # @param parts [Array<String>] texts, to be owned
    # @param order_id [String, nil] frozen; nil: that of the texts
    # @yieldreturn [Native::DecisionView] the same decision in full; asked for when something about
    #   its scenario is not known yet, see {#knows?}
    # @return [Decision]
    def decision(numbers, checkout, offer_page, parts, order_id, &view)
      outcome, reason, index, max, target_count, considered_count = numbers
      order_id ||= Text.utf8(parts.first)
      considered = considered_count.zero? ? NONE : considered(parts, considered_count)
      return no_offer(order_id, reason, considered) unless outcome == Native::OUTCOME_OFFER

      known = @known[index] || learn(yield)
      targets = targets(known, parts, target_count, &view)
      cancelled = known.replaces ? targets.first.line_ids : NONE
      offer = Offer.of(known.shared, known.quantity(max), targets, cancelled, checkout, offer_page)
      Decision.of(order_id, @currency, :offer, nil, offer, considered)
    end

    # Whether all is known that the decision of an offer needs. Only in pattern 1 do orders differ in
    # the plans of their targets, so elsewhere one decision tells all ({#complete}), and the text is
    # not looked at.
    # @param texts [String] of a batch, as bytes
    # @param at [Integer] where those of the result begin
    # @param count [Integer] number of targets
    def knows?(index, texts, at, count)
      known = @known[index] or return false
      at = texts.index("\0", at) + 1
      return known.plan?(plan_at(texts, at)) if count == 1 # as in most orders

      each_target(texts, at, count).all? { |target_at| known.plan?(plan_at(texts, target_at)) }
    end

    # Keeps what a decision says of its scenario.
    # @param view [Native::DecisionView]
    # @return [KnownScenario]
    def learn(view)
      index = view[:scenario_index]
      @mutex.synchronize do
        known = @known.key?(index) ? @known[index].more(view) : KnownScenario.new(view)
        @known[index] = known
        @complete[index] = !known.joins_contracts # last: who sees this looks for that
        known
      end
    end

    private

    # Looking for a NUL takes half the time of splitting the text.
    def plan_at(texts, at)
      texts.byteslice(at, texts.index("\0", at) - at)
    end

    # Where each target begins.
    def each_target(texts, at, count)
      return enum_for(:each_target, texts, at, count) unless block_given?

      count.times do |i|
        at = skip_target(texts, at) unless i.zero?
        yield at
      end
    end

    # Behind a target: its plan, its contract, the number of its lines, their ids.
    def skip_target(texts, at)
      number_at = texts.index("\0", texts.index("\0", at) + 1) + 1
      lines = texts.byteslice(number_at, texts.index("\0", number_at) - number_at).to_i
      (1 + lines).times { number_at = texts.index("\0", number_at) + 1 }
      number_at
    end

    def no_offer(order_id, reason, considered)
      Decision.of(order_id, @currency, :no_offer, Reason.of_c(reason), nil, considered)
    end

    # Of each target: its plan, its contract, the number of its lines, their ids.
    def targets(known, parts, count)
      at = 1
      Array.new(count) do
        key = Text.utf8(parts[at])
        plan_id, price = known.prices[key] || learn(yield).prices.fetch(key)
        contract_id = parts[at + 1]
        line_ids = parts[at + 3, parts[at + 2].to_i].each { |id| Text.utf8(id) }.freeze
        at += 3 + line_ids.size
        Target.of(line_ids, contract_id.empty? ? nil : Text.utf8(contract_id), plan_id, price)
      end.freeze
    end

    # Of each loser, behind the targets: its scenario, its place, the number of the reason. An empty
    # part ends the texts.
    def considered(parts, count)
      parts[(-1 - (3 * count))..-2].each_slice(3).map do |id, index, reason|
        Considered.of(Text.utf8(id), index.to_i, Reason.of_c(reason.to_i))
      end.freeze
    end
  end
end
