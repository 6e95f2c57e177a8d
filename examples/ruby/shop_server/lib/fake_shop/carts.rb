# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module FakeShop
  # Carts to try: one that sets off each published scenario, and one that sets off none.
  module Carts
    # `items`: each `variant_id`, `quantity`, perhaps `plan_id`.
    Cart = Struct.new(:id, :title, :items, keyword_init: true)

    NONE = "no-offer"

    module_function

    # @param goods [Goods]
    # @return [Array<Cart>]
    def of(goods)
      published = goods.scenarios.select { |scenario| scenario["status"] == "published" }
      carts = published.sort_by { |scenario| scenario["priority"] }.filter_map do |scenario|
        item = trigger(goods, scenario)
        item && Cart.new(id: scenario["id"], title: scenario["name"], items: [item])
      end
      plain = without_offer(goods, published)
      plain ? carts + [Cart.new(id: NONE, title: "オファーのない買い物", items: [plain])] : carts
    end

    # The first item that sets a scenario off.
    def trigger(goods, scenario)
      entry = scenario["trigger"]["products"].first
      variants = Array(entry["variant_ids"]).map { |id| Integer(id) }
      variant = goods.variants.values.find do |one|
        one.product_id == Integer(entry["product_id"]) && (variants.empty? || variants.include?(one.id))
      end
      return unless variant
      return { variant_id: variant.id, quantity: 1 } if scenario["trigger"]["kind"] == "one_time"

      plans = [entry, scenario["offer"]].flat_map { |one| Array(one["selling_plan_ids"]) } + goods.plans.keys
      { variant_id: variant.id, quantity: 1, plan_id: Integer(plans.first) }
    end

    # An item that no scenario asks for.
    def without_offer(goods, published)
      named = published.flat_map { |scenario| scenario["trigger"]["products"] }.map { |one| Integer(one["product_id"]) }
      variant = goods.variants.values.find { |one| !named.include?(one.product_id) }
      variant && { variant_id: variant.id, quantity: 1 }
    end
  end
end
