# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "decision"

module Upsell
  # What is known of a scenario from its decisions so far: all that it says to every buyer, and the
  # price with each plan that has been met. Immutable; {#more} gives one that knows more.
  # @api private
  class KnownScenario
    # @return [Offer::Shared]
    attr_reader :shared
    # @return [Boolean] whether the lines of the target are replaced (pattern 3, TGT-5)
    attr_reader :replaces
    # @return [Boolean] whether orders differ in the plans of their targets (pattern 1, TGT-3)
    attr_reader :joins_contracts
    # Id of a plan ("" for none) to its id (nil for none) and the price with it.
    # @return [Hash{String => Array(String, Price)}]
    attr_reader :prices

    # @param view [Native::DecisionView] a decision that this scenario has won
    def initialize(view, prices = {})
      choices = read_choices(view)
      @shared = read_shared(view, choices)
      @quantity = Quantity.of_c(view[:quantity])
      @joins_contracts = @shared.pattern == :subscription_to_subscription
      @replaces = @shared.pattern == :one_time_to_subscription
      @prices = prices.merge(prices_of_choices(choices), prices_of_targets(view)).freeze
      @plans = @prices.keys.to_h { |id| [id.b, true] }.freeze
      freeze
    end

    # Knows what another decision tells, too.
    # @return [KnownScenario]
    def more(view)
      KnownScenario.new(view, prices)
    end

    # Whether the price with a plan is known.
    # @param id [String] the plan's id, as bytes; "" for none
    def plan?(id)
      @plans.key?(id)
    end

    # The quantity, with the most that stock allows (DEC-13).
    def quantity(max)
      max == @quantity.max ? @quantity : @quantity.with(max: max)
    end

    private

    def read_shared(view, choices)
      Offer.shared(Text.of(view[:scenario_id]), view[:scenario_index], Text.of(view[:scenario_name]),
                   view[:priority], Pattern.name_of(view[:pattern]), Text.of(view[:product_id]),
                   Text.of(view[:product_title]), Text.of(view[:variant_id]), Text.of(view[:variant_title]),
                   choices, Page.of_c(Native::Page.new(view[:page])))
    end

    def read_choices(view)
      Text.structs(Native::PlanChoice, view[:choices], view[:choice_count]).map do |choice|
        PlanChoice.of(Text.of(choice[:selling_plan_id]), Price.of_c(choice[:price]))
      end.freeze
    end

    def prices_of_choices(choices)
      choices.to_h { |choice| [choice.selling_plan_id, [choice.selling_plan_id, choice.price].freeze] }
    end

    def prices_of_targets(view)
      Text.structs(Native::Target, view[:targets], view[:target_count]).to_h do |target|
        id = Text.optional(target[:selling_plan_id])
        [id || "", [id, Price.of_c(target[:price])].freeze]
      end
    end
  end
end
