# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"

module FakeShop
  # What the shop sells: products and selling plans, read from the same catalogue as the app's, and
  # with arithmetic of its own. It sells for yen.
  class Goods
    Variant = Struct.new(:id, :product_id, :product_title, :title, :price, keyword_init: true)
    Plan = Struct.new(:id, :name, :interval, :count, :max_cycles, :pricing, keyword_init: true)

    # @return [Hash{Integer => Variant}]
    attr_reader :variants
    # @return [Hash{Integer => Plan}]
    attr_reader :plans
    # @return [Array<Hash>] as in the catalogue
    attr_reader :scenarios

    # @param path [String] a file with an "upsell.catalog/1" document
    def self.read(path)
      new(JSON.parse(File.read(path, encoding: "UTF-8")))
    end

    def initialize(catalog)
      raise ArgumentError, "the fake shop sells for JPY, found #{catalog["currency"]}" if catalog["currency"] != "JPY"

      @variants = catalog["products"].flat_map { |product| variants_of(product) }.to_h { |one| [one.id, one] }
      @plans = catalog["selling_plans"].to_h { |plan| [Integer(plan["id"]), plan_of(plan)] }
      @scenarios = catalog["scenarios"]
    end

    # The unit price in a cycle: the entry that began last counts, and half a yen is rounded up.
    # @param variant [Variant]
    # @param plan [Plan, nil] nil: sold once, at the list price
    # @param cycle [Integer] from 1
    # @return [Integer] yen
    def unit_price(variant, plan, cycle)
      entry = plan && plan.pricing.select { |one| one["after_cycle"] < cycle }.max_by { |one| one["after_cycle"] }
      return variant.price unless entry

      value = Rational(entry["value"].to_s)
      case entry["type"]
      when "percentage" then (variant.price * (1 - (value / 100)) + Rational(1, 2)).floor
      when "fixed_amount" then [0, variant.price - value.to_i].max
      else value.to_i
      end
    end

    # A line's total less the discount of a changeset. A percentage is taken off the line and cut down
    # to whole yen, an amount off each unit.
    # @param total [Integer] yen
    # @param quantity [Integer]
    # @param discount [Hash, nil] `value`, `valueType`
    # @return [Integer] yen
    def discounted(total, quantity, discount)
      return total unless discount

      value = Rational(discount["value"].to_s)
      off = discount["valueType"] == "percentage" ? (total * value / 100).floor : value.floor * quantity
      [0, total - off].max
    end

    private

    def variants_of(product)
      product["variants"].map do |variant|
        Variant.new(id: Integer(variant["id"]), product_id: Integer(product["id"]), product_title: product["title"],
                    title: variant["title"], price: Integer(variant["price"]))
      end
    end

    def plan_of(plan)
      Plan.new(id: Integer(plan["id"]), name: plan["name"], interval: plan["billing"]["interval"],
               count: plan["billing"]["count"], max_cycles: plan["max_cycles"], pricing: plan["pricing"])
    end
  end
end
