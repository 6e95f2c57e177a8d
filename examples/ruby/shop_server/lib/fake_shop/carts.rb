# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module FakeShop
  # Carts to try: all that set published scenarios off, each once, and one that sets off none. Which
  # offer is made for a cart is the app's to decide.
  module Carts
    # `items`: each `variant_id`, `quantity`, perhaps `plan_id`. `id`: the first of its scenarios.
    # `scenarios`: names of those whose trigger is in it.
    Cart = Struct.new(:id, :title, :items, :scenarios, keyword_init: true)

    NONE = "no-offer"

    module_function

    # @param goods [Goods]
    # @return [Array<Cart>]
    def of(goods)
      published = goods.scenarios.select { |scenario| scenario["status"] == "published" }
      groups = published.sort_by { |scenario| scenario["priority"] }.group_by { |scenario| trigger(goods, scenario) }
      carts = groups.filter_map do |item, scenarios|
        item && cart(goods, scenarios.first["id"], item, scenarios.map { |scenario| scenario["name"] })
      end
      plain = without_offer(goods, published)
      plain ? carts + [cart(goods, NONE, plain, [])] : carts
    end

    def cart(goods, id, item, scenarios)
      product = goods.variants.fetch(item[:variant_id]).product_title
      Cart.new(id: id, title: "#{product}の#{item[:plan_id] ? "定期購入" : "単品購入"}", items: [item], scenarios: scenarios)
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
