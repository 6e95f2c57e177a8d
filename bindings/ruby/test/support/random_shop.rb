# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Documents of random shops and orders: always the same for a seed. Ids are few, so that much fits,
# and some are not ASCII.
class RandomShop
  PLANS = %w[p1 p2 定期-3 p4].freeze
  PRODUCTS = %w[a b お茶 d e].freeze
  VARIANTS = %w[v1 v2].freeze
  KINDS = %w[subscription one_time].freeze
  CYCLES = [["day", 7], ["week", 1], ["month", 1], ["month", 12], ["year", 1], ["day", 30]].freeze

  def initialize(seed)
    @random = Random.new(seed)
  end

  def catalog
    { "format" => "upsell.catalog/1", "currency" => pick(%w[JPY JPY USD BHD]),
      "store" => { "plan" => rare ? "standard" : "enterprise", "post_purchase_app" => !rare,
                   "one_time_to_one_time" => !rare },
      **maybe { { "rounding" => rounding } }, **maybe { { "disclosure" => disclosure } },
      "selling_plans" => plans, "products" => products,
      "scenarios" => Array.new(number(0..12)) { |i| scenario(i) } }
  end

  def order(currency)
    { "format" => "upsell.order/1", "id" => "order-#{number(1..1000)}", "currency" => rare ? "EUR" : currency,
      **maybe { { "has_shipping_address" => flag } },
      "lines" => Array.new(number(1..5)) { |i| line(i) } }
  end

  private

  def pick(list) = list.sample(random: @random)
  def some(list) = list.select { flag }
  def number(range) = @random.rand(range)
  def flag = number(0..1).zero?
  def rare = number(0..19).zero?
  def maybe = flag ? yield : {}

  def rounding
    %w[checkout offer_page].to_h do |surface|
      [surface, { "mode" => pick(%w[floor ceil half_up half_down half_even]), "target" => pick(%w[price discount]),
                  "basis" => pick(%w[unit line]) }]
    end
  end

  def plans
    PLANS.map do |id|
      { "id" => id, "name" => "プラン #{id}", "billing" => interval, **maybe { { "delivery" => interval } },
        "pricing" => [0, 1, 3].select { flag }.map { |cycle| plan_price(cycle) },
        **maybe { { "min_cycles" => number(1..3) } }, **maybe { { "max_cycles" => number(3..9) } } }
    end
  end

  def interval
    unit, count = pick(CYCLES)
    { "interval" => unit, "count" => count }
  end

  def plan_price(cycle)
    type = pick(%w[percentage fixed_amount price])
    { "after_cycle" => cycle, "type" => type, "value" => type == "percentage" ? percentage : number(0..900).to_s }
  end

  def percentage
    pick(["0", "10", "12.5", "33.3333", "100", 20])
  end

  def products
    PRODUCTS.map do |id|
      { "id" => id, "title" => "商品 #{id}", "requires_shipping" => !rare, "requires_selling_plan" => rare,
        "variants" => VARIANTS.map { |variant| variant(variant) } }
    end
  end

  def variant(id)
    { "id" => id, "title" => "", "price" => number(1..3000).to_s, "available" => pick([nil, nil, 0, 1, 3, 50]) }
  end

  def scenario(index)
    trigger, offer = pick(KINDS), pick(KINDS)
    { "id" => "S#{index}", "name" => "シナリオ", "status" => rare ? "draft" : "published",
      "priority" => number(0..5),
      "trigger" => { "kind" => trigger, **maybe { { "other_items" => pick(%w[allow deny]) } },
                     "products" => some(PRODUCTS).push("x").map { |product| trigger_product(product, trigger) } },
      "offer" => offer_of(offer), **maybe { { "page" => page } } }
  end

  def trigger_product(product, kind)
    { "product_id" => product, **maybe { { "variant_ids" => some(VARIANTS) } },
      **(kind == "subscription" ? maybe { { "selling_plan_ids" => some(PLANS) } } : {}) }
  end

  # A catalogue with two plans of one cycle in an offer is refused; one plan is always right.
  def offer_of(kind)
    initial = number(1..2)
    { "kind" => kind, "product_id" => pick(PRODUCTS), "variant_id" => pick(VARIANTS),
      "selling_plan_ids" => kind == "subscription" ? PLANS.sample(number(1..2), random: @random) : [],
      "discount" => discount,
      "quantity" => { "default" => initial, "max" => initial + number(0..2), "adjustable" => true } }
  end

  def discount
    case number(0..2)
    when 0 then { "type" => "none" }
    when 1 then { "type" => "percentage", "value" => percentage }
    else { "type" => "fixed_amount", "value" => number(0..500) }
    end
  end

  def page
    { "title" => "ご一緒に", "timer" => { "enabled" => true, "seconds" => number(1..3600), "text" => "残り" },
      "description" => { "visible" => flag, "text" => pick([nil, "", "説明\n"]) },
      **maybe { { "disclosure" => disclosure } },
      "close_button" => { "visible" => flag, "label" => "" } }
  end

  def disclosure
    %w[price payment delivery period withdrawal cancellation].select { flag }.to_h { |key| [key, pick(["", "文\n"])] }
  end

  def line(index)
    optional = { "variant_id" => pick(VARIANTS), "selling_plan_id" => pick(PLANS + ["gone"]),
                 "contract_id" => "契約#{number(0..2)}", "unit_price" => number(0..9999), "discounted_total" => "12" }
    { "id" => "行#{index}", "product_id" => pick(PRODUCTS), "quantity" => number(1..9999),
      **optional.select { flag } }
  end
end
