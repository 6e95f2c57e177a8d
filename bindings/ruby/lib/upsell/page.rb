# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "date"
require "json"

require_relative "preview"

module Upsell
  # What a page is made for (PAG-1): the keywords of {Catalog#page}, as C takes them.
  # @api private
  module PageRequest
    QUANTITIES = (1..Native::QUANTITY_MAX).freeze
    LATER_CHARGES = (1..Native::LATER_CHARGES_MAX).freeze
    YEARS = (1..9999).freeze
    private_constant :QUANTITIES, :LATER_CHARGES, :YEARS

    module_function

    # @param arena [Arena] holds what the struct refers to
    # @return [Native::PageRequest]
    def to_c(arena, quantity: nil, selling_plan_id: nil, locale: nil, money: nil, anchor: nil, later_charges: nil)
      memory = arena.struct(Native::PageRequest)
      memory[:quantity] = quantity(quantity) unless quantity.nil?
      memory[:locale] = Locale.optional_number(locale, "/locale")
      memory[:money_style] = MoneyStyle.optional_number(money, "/money")
      fill_anchor(memory[:anchor], anchor) unless anchor.nil?
      memory[:later_charges] = Check.optional_integer(later_charges, LATER_CHARGES, "/later_charges") || 0
      arena.text(memory[:selling_plan_id], Check.optional_text(selling_plan_id, "/selling_plan_id"))
      memory
    end

    # C takes 0 for "as the offer says". No offer allows what is outside 1 to 9999 (CAT-12).
    def quantity(quantity)
      Check.wrong_type("An Integer", quantity, "/quantity") unless quantity.instance_of?(Integer)
      return quantity if QUANTITIES.cover?(quantity)

      raise QuantityOutOfRangeError.new("A quantity from 1 to #{QUANTITIES.end} was expected, found " \
                                        "#{Check.shown(quantity)}.", pointer: "/quantity")
    end

    # A DateTime is refused: its day depends on where one is.
    def fill_anchor(memory, anchor)
      Check.wrong_type("A Date", anchor, "/anchor") unless anchor.instance_of?(Date)
      day = anchor.gregorian
      unless YEARS.cover?(day.year)
        raise BadValueError.new("A Date of the years 1 to 9999 was expected, found #{Check.shown(anchor)}.",
                                pointer: "/anchor")
      end

      %i[year month day].each { |part| memory[part] = day.public_send(part) }
    end
  end
  private_constant :PageRequest

  class Catalog
    # The offer page as data (PAG-1 to PAG-10): everything that a page shows to this buyer, in words and
    # amounts, so that a page computes nothing and composes no sentence. Keys are those of the
    # "upsell.page/1" document (PAG-2), as Symbols. All prices are computed again for the quantity and the
    # plan.
    # @param order [Order, String] an order, or the text of an "upsell.order/1" document
    # @param request what the page is made for; what is left out, or nil, has its default
    # @option request [Integer, nil] :quantity one that the offer allows; nil: the offer's own
    # @option request [String, nil] :selling_plan_id one of the offer's choices; nil: the target's own
    # @option request [Symbol, nil] :locale one of {Locale}; nil: `:ja`
    # @option request [Symbol, nil] :money one of {MoneyStyle}; nil: the locale's own
    # @option request [Date, nil] :anchor the day of the first charge; nil: no dates
    # @option request [Integer, nil] :later_charges how many to list, 1 to 24; nil: 3
    # @return [Hash{Symbol => Object}, nil] frozen with all that it holds; nil where there is no offer
    # @raise [QuantityOutOfRangeError] if the offer does not allow the quantity
    # @raise [PlanNotOfferedError] if the selling plan is not among the choices
    # @raise [Error] what else is wrong with the order, or with the request: "/locale", "/anchor"
    # @example
    #   page = catalog.page(order, quantity: 2, anchor: Date.today)
    #   page[:subtotal][:text]                        #=> "1,440円"
    # @since 0.1.0
    def page(order, **request)
      parsed(page_json(order, **request))
    end

    # The text of the "upsell.page/1" document that {#page} is made of.
    # @param order [Order, String] an order, or the text of an "upsell.order/1" document
    # @param request as {#page}
    # @return [String, nil] without a line end; nil where there is no offer
    # @raise [Error] as {#page}
    # @since 0.1.0
    def page_json(order, **request)
      arena = Arena.new
      wanted = PageRequest.to_c(arena, **request)
      decide_one(*order_text(order), false) { |batch| batch.page(wanted) }
    end

    # The page that a scenario would show (DEC-17), as data.
    # @param scenario_id [String]
    # @param request as {#page}
    # @return [Hash{Symbol => Object}, nil] as {#page}; nil where the scenario could never make an offer
    # @raise [UnknownIdError] if the catalogue has no such scenario, pointing to "/scenario_id"
    # @raise [Error] as {#page}
    # @since 0.1.0
    def preview_page(scenario_id, **request)
      parsed(preview_page_json(scenario_id, **request))
    end

    # The text of the "upsell.page/1" document that {#preview_page} is made of.
    # @param scenario_id [String]
    # @param request as {#page}
    # @return [String, nil] without a line end; nil where the scenario could never make an offer
    # @raise [Error] as {#preview_page}
    # @since 0.1.0
    def preview_page_json(scenario_id, **request)
      arena = Arena.new
      wanted = PageRequest.to_c(arena, **request)
      preview_one(scenario_id) { |batch| batch.page(wanted) }
    end

    private

    def parsed(text)
      text && JSON.parse(text, symbolize_names: true, freeze: true)
    end
  end
end
