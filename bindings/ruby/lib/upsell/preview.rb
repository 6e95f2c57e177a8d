# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "known_scenario"
require_relative "scenario_info"

module Upsell
  # Reads a decision in full. Decisions for orders are made faster, from results ({ResultReader}); a
  # preview has none.
  # @api private
  module DecisionReader
    module_function

    # @param view [Native::DecisionView]
    # @param currency [Currency] the catalogue's
    # @return [Decision]
    def decision(view, currency)
      offer = offer(view) if view[:outcome] == Native::OUTCOME_OFFER
      Decision.of(Text.of(view[:order_id]), currency, Outcome.of_c(view[:outcome]),
                  offer ? nil : Reason.of_c(view[:reason]), offer, considered(view))
    end

    def offer(view)
      known = KnownScenario.new(view)
      Offer.of(known.shared, known.quantity(view[:quantity][:max]), targets(view, known),
               Text.list(view[:cancel_line_ids], view[:cancel_line_count]), view[:total_checkout],
               view[:total_offer_page])
    end

    def targets(view, known)
      Text.structs(Native::Target, view[:targets], view[:target_count]).map do |target|
        plan_id, price = known.prices.fetch(Text.optional(target[:selling_plan_id]) || "")
        line_ids = Text.list(target[:line_ids], target[:line_count])
        Target.of(line_ids, Text.optional(target[:contract_id]), plan_id, price)
      end.freeze
    end

    def considered(view)
      Text.structs(Native::Considered, view[:considered], view[:considered_count]).map do |loser|
        Considered.of(Text.of(loser[:scenario_id]), loser[:scenario_index], Reason.of_c(loser[:reason]))
      end.freeze
    end
  end
  private_constant :DecisionReader

  class Catalog
    # What a scenario would show (DEC-17): the decision for a made-up order that sets it off, as if it
    # were published, there were no other one, and the store were ready.
    # @param scenario_id [String]
    # @return [Decision] for an order "preview"; without an offer where the scenario could never make one,
    #   and then `considered` says why
    # @raise [UnknownIdError] if the catalogue has no such scenario, pointing to "/scenario_id"
    # @raise [ClosedError, BadIdError, WrongTypeError, NoMemoryError]
    # @since 0.1.0
    def preview(scenario_id)
      preview_one(scenario_id) { |batch| DecisionReader.decision(batch.decision, info.currency) }
    end

    private

    # Yields a batch whose decision is the preview of a scenario.
    def preview_one(scenario_id)
      index = scenario_index(Check.id(scenario_id, "/scenario_id"))
      @handle.use do |batch|
        status = batch.preview(@handle.pointer, index)
        raise batch.failure(status) unless status == Native::OK

        yield batch
      end
    end
  end
end
