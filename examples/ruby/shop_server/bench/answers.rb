# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "upsell"

module Bench
  # Compares what the server has answered with what the library says of the same purchase, asked directly.
  class Answers
    # Seconds that a page without a timer is shown (SES-2).
    NO_TIMER_SECONDS = 600
    private_constant :NO_TIMER_SECONDS

    # @return [Integer] answers with an offer, and without one
    attr_reader :offers, :no_offers
    # @return [Hash{Integer, String => Integer}] how many requests failed, by status, or by why there is none
    attr_reader :failures
    # @return [Array<String>] what is wrong with an answer, each with the purchase's number
    attr_reader :wrong
    # @return [Array<String>] the sessions that were opened
    attr_reader :sessions

    # @param catalog [Upsell::Catalog]
    # @param shop [MadeShop]
    # @param days [Array<Date>] the days in the shop on which the requests were sent
    def initialize(catalog, shop, days)
      @catalog = catalog
      @shop = shop
      @days = days
      @offers = @no_offers = 0
      @failures = Hash.new(0)
      @wrong = []
      @sessions = []
    end

    # @param number [Integer] the purchase's
    # @param sample [Load::Sample]
    def take(number, sample)
      if sample.status == 200
        problem = compare(number, JSON.parse(sample.body), sample.body)
        @wrong << "purchase #{number}: #{problem}" if problem
      else
        @failures[sample.status || sample.body] += 1
      end
    rescue JSON::ParserError
      @wrong << "purchase #{number}: the answer is no JSON"
    end

    # @return [Boolean] whether every request was answered, and rightly
    def right?
      @wrong.empty? && @failures.empty?
    end

    private

    def compare(number, answer, text)
      order = Upsell.order_from_input_data(JSON.generate(@shop.purchase(number)), ids: :numbers)
      decision = @catalog.decide_json(order)
      decision.offer? ? compare_offer(answer, text, order, decision.offer) : compare_nothing(answer, decision.reason)
    end

    def compare_nothing(answer, reason)
      @no_offers += 1
      expected = { "render" => false, "reason" => reason.to_s }
      "#{expected} was expected, found #{answer}" unless answer == expected
    end

    def compare_offer(answer, text, order, offer)
      @offers += 1
      @sessions << answer["session"]
      page = answer["page"]
      return "scenario #{offer.scenario_id} was expected, found no page" unless page.is_a?(Hash)

      differing(render: [true, answer["render"]], scenario: [offer.scenario_id, page["scenario_id"]],
                price: [offer.total_offer_page.to_s, page.dig("subtotal", "amount")],
                seconds: [offer.page.timer_seconds || NO_TIMER_SECONDS, answer["secondsLeft"]],
                state: ["offered", answer["state"]]) ||
        compare_page(text, order)
    end

    def differing(pairs)
      name, (expected, found) = pairs.find { |_, (expected, found)| expected != found }
      "#{name}: #{expected} was expected, found #{found}" if name
    end

    # All else that the buyer sees, to the byte.
    def compare_page(text, order)
      return if @days.any? { |day| text.include?(%("page":#{@catalog.page_json(order, anchor: day)})) }

      "another page than the library's"
    end
  end
end
