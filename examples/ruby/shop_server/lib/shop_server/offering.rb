# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "json_text"
require_relative "standing"

module ShopServer
  # Decides what a purchase is offered, and opens the session of it.
  class Offering
    OPEN = %i[offered shown].freeze
    private_constant :OPEN

    # @param services [Services]
    def initialize(services)
      @services = services
    end

    # @param claims [Token::Claims]
    # @return [Hash] the answer's body
    # @raise [Upsell::Error] the order is refused
    def answer(claims)
      order = Upsell.order_from_input_data(claims.input_json, ids: @services.config.ids)
      catalog = @services.catalogue.current
      decision = catalog.decide_json(order)
      return nothing(decision.reason) unless decision.offer?

      open(catalog, claims, order, decision.offer)
    end

    private

    def open(catalog, claims, order, offer)
      scenario_id = offer.scenario_id
      row = @services.sessions.open(reference_id: claims.reference_id, order_json: order, scenario_id: scenario_id,
                                    seconds: offer.page.timer_seconds, issued_at: claims.issued_at)
      return nothing(:other_offer_made, scenario_id) unless row
      # A token from before the cart was changed.
      return nothing(:order_superseded, scenario_id) unless row.order_json == order

      turn = row.session.step(:tick, now: @services.clock.call) # looked at, not stored
      return nothing(turn.session.state, scenario_id) unless OPEN.include?(turn.session.state)

      show(row, turn, catalog.page_json(order, anchor: @services.today))
    end

    def show(row, turn, page)
      @services.log.info("offer", session: row.id, scenario_id: row.scenario_id, state: turn.session.state)
      { render: true, session: row.id, page: JsonText.new(page), secondsLeft: Standing.seconds_left(turn),
        state: turn.session.state }
    end

    def nothing(reason, scenario_id = nil)
      @services.log.info("no_offer", code: reason, scenario_id: scenario_id)
      { render: false, reason: reason }
    end
  end
end
