# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require_relative "../shop_server"

module ShopServer
  # What a run proves about the sale. The word of a browser is no proof; what was read from the
  # platform is.
  module Outcome
    # States in which the buyer has paid.
    PAID = %i[paid_not_delivered delivered_not_refunded paid_contract_unknown].freeze
    # States of a sale that was not made.
    NOT_SOLD = %i[not_charged unpaid_line unpaid_line_removed claimed_by_other].freeze
    # States in which no person has to do anything (docs/plans.md).
    HARMLESS = %i[not_charged unpaid_line_removed].freeze
    # The reading that finds the item on the order, paid, with the plan's evidence (PLN-10).
    CONFIRM = "confirm"
    private_constant :PAID, :NOT_SOLD, :HARMLESS, :CONFIRM

    module_function

    # @param progress [Upsell::Progress]
    # @return [:ordered, :failed, nil] nil: not proved, or not to be known
    def of(progress)
      return :ordered if confirmed?(progress.journal)
      return unless progress.finished?
      return :ordered if progress.action.outcome == :completed

      states = progress.stops.map(&:state)
      return :ordered if states.intersect?(PAID)

      :failed if (states - NOT_SOLD).empty?
    end

    # @param state [Symbol]
    def needs_nobody?(state)
      HARMLESS.include?(state)
    end

    # @param journal [String]
    def confirmed?(journal)
      step = JSON.parse(journal).dig("steps", CONFIRM)
      !step.nil? && step.values_at("status", "result") == %w[done ok]
    end
  end
end
