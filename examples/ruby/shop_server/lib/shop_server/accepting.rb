# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "json_text"
require_relative "refusal"
require_relative "standing"
require_relative "terms"

module ShopServer
  # Takes in that a buyer wants the offer: decides and plans again from the order that is stored, and
  # starts the one run that charges. The browser says which offer and how many, and nothing else.
  class Accepting
    # What a request may say.
    WISHES = { "quantity" => [Integer], "sellingPlanId" => [String, NilClass], "total" => [String, Integer, NilClass],
               "terms" => [String, NilClass] }.freeze
    private_constant :WISHES

    # @param services [Services]
    # @param token [Token]
    def initialize(services, token)
      @services = services
      @sessions = services.sessions
      @token = token
    end

    # @param row [Sessions::Row]
    # @param claims [Token::Claims]
    # @param wish [Hash{String => Object}] the request's body
    # @return [Hash] the answer's body
    # @raise [Refusal]
    def answer(row, claims, wish)
      acceptance = acceptance_of(row, wish)
      check_order(row, claims)
      plan, problem = plan_of(row, acceptance, wish)
      changeset = nil
      turn = @sessions.take(row.id, :clicked) do |found, taken|
        changeset = click(found, taken, acceptance, plan)
      end
      refuse(row, turn.effect?(:charge) ? problem : nil) unless changeset
      hand_out(row, turn, changeset)
    end

    private

    def acceptance_of(row, wish)
      WISHES.each do |name, classes|
        raise Refusal.new(400, "wrong_type", pointer: "/#{name}") unless classes.any? { |type| wish[name].is_a?(type) }
      end
      JSON.generate(scenario_id: row.scenario_id, quantity: wish["quantity"],
                    selling_plan_id: wish["sellingPlanId"], total: wish["total"])
    end

    # The page's token is newer than the one that the offer was made for; it must be for the same.
    def check_order(row, claims)
      order = Upsell.order_from_input_data(claims.input_json, ids: @services.config.ids)
      raise Refusal.new(409, "order_changed") unless order == row.order_json
    end

    # Planned before anything is locked.
    # @return [Array(Upsell::Plan, nil), Array(nil, Upsell::Error), Array(nil, Refusal)]
    def plan_of(row, acceptance, wish)
      catalog = @services.catalogue.current
      plan = catalog.plan_json(row.order_json, acceptance, shop: @services.config.shop_domain,
                                                           reference_id: row.reference_id)
      return [plan, nil] if same_terms?(catalog, row, wish)

      [nil, Refusal.new(409, "terms_changed", pointer: "/terms")]
    rescue Upsell::Error => e
      [nil, e]
    end

    # Whether what the page has named is what would be signed now, if the page says what it has named.
    def same_terms?(catalog, row, wish)
      return true unless wish["terms"]

      page = catalog.page(row.order_json, quantity: wish["quantity"], selling_plan_id: wish["sellingPlanId"])
      wish["terms"] == Terms.of(page)
    end

    # Inside the transaction of the click.
    # @return [Runs::Changeset, nil]
    def click(row, turn, acceptance, plan)
      unless turn.effect?(:charge)
        # The answer was lost, and the buyer asks for the same again.
        return row.acceptance_json == acceptance ? @services.runs.changeset(row.id) : nil
      end

      remember(row, acceptance)
      return @services.runs.start(session_id: row.id, plan: plan) if plan

      @sessions.take(row.id, :failed) # the click stays a click
      nil
    end

    def remember(row, acceptance)
      @sessions.accept(row.id, acceptance)
    rescue Sequel::UniqueConstraintViolation
      raise Refusal.new(409, "other_offer_accepted")
    end

    # @param problem [Upsell::Error, Refusal, nil] why what was clicked cannot be had any more
    def refuse(row, problem)
      turn = @sessions.find(row.id).session.step(:tick, now: @services.clock.call)
      raise Refusal.new(409, problem ? problem.code : "not_open", pointer: problem&.pointer, **Standing.of(turn))
    end

    def hand_out(row, turn, changeset)
      @services.log.info("changeset_signed", session: row.id, scenario_id: row.scenario_id, run_id: changeset.run_id)
      { token: @token.sign(row.reference_id, changeset, issued_at: turn.session.clicked_at),
        expect: JsonText.new(changeset.expect), buyerConsent: changeset.buyer_consent,
        expiresAt: changeset.expires_at, **Standing.of(turn) }
    end
  end
end
