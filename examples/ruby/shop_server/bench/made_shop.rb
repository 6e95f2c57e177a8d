# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Bench
  # A large shop, and the purchases in it, made from a seed: the same seed gives the same ones. Ids are
  # numbers, as Shopify's InputData has them. A few products sell much, and have most of the scenarios.
  class MadeShop
    DOMAIN = "bench-shop.myshopify.com"
    DAYS = [["week", 2], ["month", 1], ["month", 2], ["month", 3]].freeze
    KINDS = %w[subscription one_time].freeze
    DISCOUNTS = [{ "type" => "percentage", "value" => "10" }, { "type" => "percentage", "value" => "12.5" },
                 { "type" => "percentage", "value" => "20" }, { "type" => "fixed_amount", "value" => "100" },
                 { "type" => "none" }].freeze
    TEXTS = {
      "price" => "消費税込みの金額です。", "delivery" => "2回目からは、お届けの3日前に発送をメールでお知らせします。",
      "period" => "在庫がなくなりしだい、期間内でも終了します。",
      "withdrawal" => "商品の到着から8日以内にご連絡ください。未開封の商品にかぎり返品をお受けします。",
      "cancellation" => "次回お届け予定日の7日前までに、マイページの「定期便の管理」で解約できます。違約金はありません。"
    }.freeze
    DESCRIPTION = "一番茶の茎をじっくり焙じた、香ばしく、カフェインの少ないほうじ茶です。夕食のあとや、おやすみ前の一杯に。"
    # Of a hundred products that are bought, so many are no longer in the catalogue.
    UNKNOWN = 10
    # Where each kind of id begins, and how far the random numbers of purchases lie apart.
    FIRST = { product: 8_240_000_000_000, variant: 44_510_000_000_000, plan: 6_930_000_000 }.freeze
    STRIDE = 1_000_000_000
    private_constant :DAYS, :KINDS, :DISCOUNTS, :TEXTS, :DESCRIPTION, :UNKNOWN, :FIRST, :STRIDE

    # @param scenarios [Integer]
    # @param seed [Integer]
    def initialize(scenarios:, seed:)
      @scenarios = scenarios
      @seed = seed
      @products = [scenarios / 2, 4].max
    end

    # @return [Hash] an "upsell.catalog/1" document
    def catalog
      random = Random.new(@seed)
      { "format" => "upsell.catalog/1", "currency" => "JPY",
        "store" => { "plan" => "enterprise", "post_purchase_app" => true, "one_time_to_one_time" => true },
        "disclosure" => TEXTS, "selling_plans" => Array.new(DAYS.size) { |number| plan(number) },
        "products" => Array.new(@products) { |number| product(number, random) },
        "scenarios" => Array.new(@scenarios) { |number| scenario(number, random) } }
    end

    # @param number [Integer] each has its own
    # @return [Hash] InputData
    def purchase(number)
      random = Random.new((@seed * STRIDE) + number)
      lines = Array.new([1, 1, 1, 1, 2, 2, 3, 4].sample(random: random)) { line(random) }
      total = money(lines.sum { |line| line["totalPriceSet"]["shopMoney"]["amount"].to_i })
      { "extensionPoint" => "Checkout::PostPurchase::ShouldRender",
        "initialPurchase" => { "referenceId" => format("bench-%<seed>d-%<number>d", seed: @seed, number: number),
                               "customerId" => 7_310_000_000_000 + number, "destinationCountryCode" => "JP",
                               "totalPriceSet" => total, "lineItems" => lines },
        "locale" => "ja", "shop" => { "id" => 60_000_000_001, "domain" => DOMAIN, "metafields" => [] },
        "version" => "unstable" }
    end

    private

    def plan(number)
      unit, count = DAYS[number]
      { "id" => FIRST[:plan] + number, "name" => "#{count} #{unit}", "billing" => { "interval" => unit, "count" => count },
        "pricing" => [{ "after_cycle" => 0, "type" => "percentage", "value" => "5" },
                      { "after_cycle" => 3, "type" => "percentage", "value" => "10" }] }
    end

    def product(number, random)
      { "id" => FIRST[:product] + number, "title" => "煎茶 #{number}",
        "variants" => [{ "id" => FIRST[:variant] + number, "title" => "100g",
                         "price" => random.rand(300..9000).to_s, "available" => [nil, nil, nil, 500, 0].sample(random: random) }] }
    end

    def scenario(number, random)
      { "id" => "S#{number}", "name" => "シナリオ #{number}", "status" => random.rand(20).zero? ? "draft" : "published",
        "priority" => random.rand(1000), "trigger" => trigger(KINDS[number % 2], random),
        "offer" => offer(KINDS[number / 2 % 2], random), "page" => page(random) }
    end

    def trigger(kind, random)
      entries = Array.new(random.rand(1..3)) { popular(random) }.uniq.map { |n| { "product_id" => FIRST[:product] + n } }
      # Some want a certain variant or a certain plan.
      first = entries.first
      first["variant_ids"] = [first["product_id"] - FIRST[:product] + FIRST[:variant]] if random.rand(5).zero?
      first["selling_plan_ids"] = [FIRST[:plan] + random.rand(DAYS.size)] if kind == "subscription" && random.rand(3).zero?
      { "kind" => kind, "other_items" => %w[allow allow allow deny].sample(random: random), "products" => entries }
    end

    def offer(kind, random)
      number = random.rand(@products)
      plans = Array.new(DAYS.size) { |n| FIRST[:plan] + n }.sample(random.rand(1..4), random: random)
      most = random.rand(1..5)
      { "kind" => kind, "product_id" => FIRST[:product] + number, "variant_id" => FIRST[:variant] + number,
        "selling_plan_ids" => kind == "subscription" ? plans : [], "discount" => DISCOUNTS.sample(random: random),
        "quantity" => { "default" => 1, "max" => most, "adjustable" => most > 1 } }
    end

    def page(random)
      page = { "title" => "ご一緒にいかがですか", "description" => { "text" => DESCRIPTION } }
      page["timer"] = { "enabled" => true, "seconds" => 300, "text" => "この価格でのご案内は、残り" } if random.rand(2).zero?
      page["disclosure"] = { "payment" => "はじめのお支払いと同じ方法です。" } if random.rand(4).zero?
      page
    end

    def line(random)
      number = popular(random)
      number += @products if random.rand(100) < UNKNOWN
      count = [1, 1, 1, 2].sample(random: random)
      found = { "product" => { "id" => FIRST[:product] + number, "title" => "煎茶 #{number}", "metafields" => [],
                               "variant" => { "id" => FIRST[:variant] + number, "title" => "100g", "metafields" => [] } },
                "quantity" => count, "totalPriceSet" => money(random.rand(300..9000) * count) }
      found["sellingPlanId"] = FIRST[:plan] + random.rand(DAYS.size) if random.rand(2).zero?
      found
    end

    # The number of a product: a tenth of them sells a third.
    def popular(random)
      (@products * (random.rand**2)).floor
    end

    def money(yen)
      amount = { "amount" => "#{yen}.0", "currencyCode" => "JPY" }
      { "shopMoney" => amount, "presentmentMoney" => amount }
    end
  end
end
