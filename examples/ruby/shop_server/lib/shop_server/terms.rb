# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "digest"
require "json"
require_relative "../shop_server"

module ShopServer
  # What a buyer agrees to by pressing the button, in one word: all amounts, now and later, how often they
  # come, and the consent. The plan compares what is charged now (`total`); a subscription goes on, and its
  # later prices may have changed in the catalogue since the page was drawn.
  module Terms
    module_function

    # @param page [Hash{Symbol => Object}] a page document
    # @return [String] the same for the same terms, whatever the day and the words around them
    def of(page)
      agreed = [page.values_at(:scenario_id, :selling_plan_id), page[:quantity][:value], amount(page[:charge_now]),
                page[:texts][:consent], page[:targets].map { |target| target_of(target) }]
      Digest::SHA256.hexdigest(JSON.generate(agreed))
    end

    def target_of(target)
      prices = target[:prices].map { |price| [*price.values_at(:from_cycle, :to_cycle), amount(price[:line])] }
      [*target.values_at(:contract_id, :cycle, :min_charges, :max_charges), amount(target[:charge_now]), prices]
    end

    def amount(money)
      money[:amount]
    end
    private_class_method :target_of, :amount
  end
end
