# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "catalog"

module Upsell
  # One scenario of a catalogue, as a list shows it.
  # @since 0.1.0
  class ScenarioInfo < Result
    fields :id, :name, :status, :priority, :pattern, :product_id, :product_title, :variant_id, :variant_title

    # @!attribute [r] id
    #   @return [String]
    # @!attribute [r] name
    #   @return [String] for the merchant; may be empty
    # @!attribute [r] status
    #   @return [Symbol] one of {ScenarioStatus}
    # @!attribute [r] priority
    #   @return [Integer] 0 to 1,000,000; smaller wins
    # @!attribute [r] pattern
    #   @return [Symbol] one of {Pattern}
    # @!attribute [r] product_id
    #   @return [String] what is offered
    # @!attribute [r] product_title
    #   @return [String] for people; may be empty
    # @!attribute [r] variant_id
    #   @return [String] what is offered
    # @!attribute [r] variant_title
    #   @return [String] for people; may be empty

    # @api private
    def initialize(id, name, status, priority, pattern, product_id, product_title, variant_id, variant_title)
      @id = id
      @name = name
      @status = status
      @priority = priority
      @pattern = pattern
      @product_id = product_id
      @product_title = product_title
      @variant_id = variant_id
      @variant_title = variant_title
      freeze
    end

    # @param memory [Native::ScenarioInfo]
    # @api private
    def self.of_c(memory)
      of(Text.of(memory[:id]), Text.of(memory[:name]), ScenarioStatus.of_c(memory[:status]), memory[:priority],
         Pattern.of_c(memory[:pattern]),
         *%i[product_id product_title variant_id variant_title].map { |name| Text.of(memory[name]) })
    end
  end

  class Catalog
    # All scenarios in the order of the catalogue, drafts included. They are read once and kept.
    # @return [Array<ScenarioInfo>]
    # @raise [ClosedError]
    # @since 0.1.0
    def scenarios
      lend { |pointer| @scenarios ||= read_scenarios(pointer) }
    end

    private

    def read_scenarios(pointer)
      memory = Native::ScenarioInfo.new
      memory[:size] = memory.size
      Array.new(info.scenarios) do |i|
        Call.check(Native.upsell_catalog_scenario(pointer, i, memory))
        ScenarioInfo.of_c(memory)
      end.freeze
    end

    # The place of a scenario.
    def scenario_index(id)
      @scenario_indexes ||= scenarios.each_with_index.to_h { |scenario, index| [scenario.id, index] }.freeze
      @scenario_indexes.fetch(id) do
        raise UnknownIdError.new("The id of a scenario of this catalogue was expected, found #{Check.shown(id)}.",
                                 pointer: "/scenario_id")
      end
    end
  end
end
