# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "pricing"

module Upsell
  # The values that a catalogue is built from. Each checks types, ids and texts when it is made; the
  # rules (CAT-1 to CAT-19) are checked by C, all at once, when the catalogue is built or checked.
  # Names, units and ranges are those of the catalogue document, and so are the pointers of errors.

  # A selling plan (CAT-4).
  # @since 0.1.0
  class SellingPlan < Value
    fields :id, :name, :cycle, :pricing, :min_cycles, :max_cycles

    # @!attribute [r] id
    #   @return [String] unique among the plans
    # @!attribute [r] name
    #   @return [String] for people; may be empty
    # @!attribute [r] cycle
    #   @return [Cycle] how often it bills and delivers
    # @!attribute [r] pricing
    #   @return [Array<PlanPrice>] prices, in any order
    # @!attribute [r] min_cycles
    #   @return [Integer, nil] least number of charges that a buyer agrees to; nil: none (CAT-18)
    # @!attribute [r] max_cycles
    #   @return [Integer, nil] most charges, the first one included; nil: no limit

    # @param id [String] unique among the plans, 1 to 255 bytes
    # @param name [String] for people; may be empty
    # @param cycle [Cycle] how often it bills and delivers
    # @param pricing [Array<PlanPrice>] prices, in any order
    # @param min_cycles [Integer, nil] least number of charges that a buyer agrees to, 1 to 999; nil: none
    # @param max_cycles [Integer, nil] most charges, the first one included, 1 to 999; nil: no limit
    # @raise [WrongTypeError, BadIdError, BadTextError, OutOfRangeError]
    def initialize(id:, name:, cycle:, pricing: [], min_cycles: nil, max_cycles: nil)
      @id = Check.id(id, "/id")
      @name = Check.text(name, "/name")
      @cycle = Check.value(cycle, Cycle, "/cycle")
      @pricing = Check.values(pricing, PlanPrice, "/pricing")
      @min_cycles = Check.optional_integer(min_cycles, CYCLES, "/min_cycles")
      @max_cycles = Check.optional_integer(max_cycles, CYCLES, "/max_cycles")
      freeze
    end

    # What C can be told: 0 stands for "none" there.
    CYCLES = (1..999).freeze
    private_constant :CYCLES

    # @api private
    def fill(memory, arena)
      memory[:min_cycles] = min_cycles || 0
      memory[:max_cycles] = max_cycles || 0
      arena.text(memory[:id], id)
      arena.text(memory[:name], name)
      cycle.fill(memory[:cycle])
      arena.array(memory, :pricing, :pricing_count, Native::PlanPriceEntry, pricing) { |to, price| price.fill(to) }
    end
  end

  # A variant of a product (CAT-7).
  # @since 0.1.0
  class Variant < Value
    fields :id, :title, :price, :available

    # @!attribute [r] id
    #   @return [String] unique among the product's variants
    # @!attribute [r] title
    #   @return [String] for people; may be empty
    # @!attribute [r] price
    #   @return [Integer] list price of a unit, minor units, 0 to 10^11
    # @!attribute [r] available
    #   @return [Integer, nil] units in stock, 0 to 2^53 - 1; nil where stock is not tracked

    # @param id [String] unique among the product's variants, 1 to 255 bytes
    # @param title [String] for people; may be empty
    # @param price [Integer] list price of a unit, minor units, 0 to 10^11
    # @param available [Integer, nil] units in stock; nil where stock is not tracked. It has no
    #   default, so that a forgotten figure never means "unlimited".
    # @raise [WrongTypeError, BadIdError, BadTextError, OutOfRangeError]
    def initialize(id:, title:, price:, available:)
      @id = Check.id(id, "/id")
      @title = Check.text(title, "/title")
      @price = Check.int64(price, "/price")
      @available = Check.optional_integer(available, Check::INT64, "/available")
      freeze
    end

    # @api private
    def fill(memory, arena)
      arena.text(memory[:id], id)
      arena.text(memory[:title], title)
      memory[:price] = price
      memory[:stock_tracked] = Choice.number(!available.nil?)
      memory[:available] = available || 0
    end
  end

  # A product (CAT-6).
  # @since 0.1.0
  class Product < Value
    fields :id, :title, :variants, :requires_shipping, :requires_selling_plan

    # @!attribute [r] id
    #   @return [String] unique among the products
    # @!attribute [r] title
    #   @return [String] for people; may be empty
    # @!attribute [r] variants
    #   @return [Array<Variant>]
    # @!attribute [r] requires_shipping
    #   @return [Boolean]
    # @!attribute [r] requires_selling_plan
    #   @return [Boolean] whether it is sold by subscription only

    # @param id [String] unique among the products, 1 to 255 bytes
    # @param title [String] for people; may be empty
    # @param variants [Array<Variant>]
    # @param requires_shipping [Boolean]
    # @param requires_selling_plan [Boolean] whether it is sold by subscription only
    # @raise [WrongTypeError, BadIdError, BadTextError]
    def initialize(id:, title:, variants:, requires_shipping: true, requires_selling_plan: false)
      @id = Check.id(id, "/id")
      @title = Check.text(title, "/title")
      @variants = Check.values(variants, Variant, "/variants")
      @requires_shipping = Check.flag(requires_shipping, "/requires_shipping")
      @requires_selling_plan = Check.flag(requires_selling_plan, "/requires_selling_plan")
      freeze
    end

    # @api private
    def fill(memory, arena)
      arena.text(memory[:id], id)
      arena.text(memory[:title], title)
      memory[:requires_shipping] = Choice.number(requires_shipping)
      memory[:requires_selling_plan] = Choice.number(requires_selling_plan)
      arena.array(memory, :variants, :variant_count, Native::VariantInput, variants) { |to, item| item.fill(to, arena) }
    end
  end

  # One product that sets a scenario off (CAT-9, DEC-2).
  # @since 0.1.0
  class Trigger < Value
    fields :product_id, :variant_ids, :selling_plan_ids

    # @!attribute [r] product_id
    #   @return [String] may be unknown to the catalogue
    # @!attribute [r] variant_ids
    #   @return [Array<String>, nil] nil or empty: any variant, or none
    # @!attribute [r] selling_plan_ids
    #   @return [Array<String>, nil] nil or empty: any plan

    # @param product_id [String] may be unknown to the catalogue
    # @param variant_ids [Array<String>, nil] nil or empty: any variant, or none
    # @param selling_plan_ids [Array<String>, nil] nil or empty: any plan; subscription only
    # @raise [WrongTypeError, BadIdError, BadTextError]
    def initialize(product_id:, variant_ids: nil, selling_plan_ids: nil)
      @product_id = Check.id(product_id, "/product_id")
      @variant_ids = variant_ids.nil? ? nil : Check.ids(variant_ids, "/variant_ids")
      @selling_plan_ids = selling_plan_ids.nil? ? nil : Check.ids(selling_plan_ids, "/selling_plan_ids")
      freeze
    end

    # @api private
    def fill(memory, arena)
      arena.text(memory[:product_id], product_id)
      arena.texts(memory, :variant_ids, :variant_count, variant_ids)
      arena.texts(memory, :selling_plan_ids, :selling_plan_count, selling_plan_ids)
    end
  end

  # How many units an offer has (CAT-12).
  # @since 0.1.0
  class Quantity < Value
    fields :initial, :max, :adjustable

    # @!attribute [r] initial
    #   @return [Integer] the quantity shown first
    # @!attribute [r] max
    #   @return [Integer, nil] the most the buyer may take; nil in a catalogue: as initial
    # @!attribute [r] adjustable
    #   @return [Boolean] whether the buyer may change it

    # @param initial [Integer] the quantity shown first, 1 to 9999
    # @param max [Integer, nil] the most the buyer may take, 1 to 9999; nil: as initial
    # @param adjustable [Boolean] whether the buyer may change it
    # @raise [WrongTypeError, OutOfRangeError]
    def initialize(initial: 1, max: nil, adjustable: false)
      @initial = Check.integer(initial, QUANTITIES, "/default")
      @max = Check.optional_integer(max, QUANTITIES, "/max")
      @adjustable = Check.flag(adjustable, "/adjustable")
      freeze
    end

    # What C can be told: 0 stands for the default there, and so cannot be said.
    QUANTITIES = (1..Native::QUANTITY_MAX).freeze
    private_constant :QUANTITIES

    # @api private
    def fill(memory)
      memory[:initial] = initial
      memory[:max] = max || 0
      memory[:adjustable] = Choice.number(adjustable)
    end

    # @api private
    def self.of_c(memory)
      new(initial: memory[:initial], max: memory[:max], adjustable: memory[:adjustable] == Native::YES)
    end
  end

  # What the merchant must tell a buyer before a subscription (CAT-19, PAG-9). In a scenario, a text that
  # is nil is the catalogue's; an empty one counts as missing.
  # @since 0.1.0
  class DisclosureInput < Value
    fields :price, :payment, :delivery, :period, :withdrawal, :cancellation

    # @!attribute [r] price
    #   @return [String, nil] added to the item on prices: tax, fees
    # @!attribute [r] payment
    #   @return [String, nil] added to the timing of charges: how to pay
    # @!attribute [r] delivery
    #   @return [String, nil] added to the timing of deliveries
    # @!attribute [r] period
    #   @return [String, nil] added to the period of the offer
    # @!attribute [r] withdrawal
    #   @return [String, nil] returns, and withdrawing from the purchase; the law wants it
    # @!attribute [r] cancellation
    #   @return [String, nil] how and until when to cancel; the law wants it

    # @param price [String, nil] added to the item on prices: tax, fees
    # @param payment [String, nil] added to the timing of charges: how to pay
    # @param delivery [String, nil] added to the timing of deliveries
    # @param period [String, nil] added to the period of the offer
    # @param withdrawal [String, nil] returns, and withdrawing from the purchase; the law wants it, and
    #   without it {Catalog#warnings} says so
    # @param cancellation [String, nil] how and until when to cancel; wanted likewise
    # @raise [WrongTypeError, BadTextError]
    def initialize(price: nil, payment: nil, delivery: nil, period: nil, withdrawal: nil, cancellation: nil)
      @price = Check.optional_text(price, "/price")
      @payment = Check.optional_text(payment, "/payment")
      @delivery = Check.optional_text(delivery, "/delivery")
      @period = Check.optional_text(period, "/period")
      @withdrawal = Check.optional_text(withdrawal, "/withdrawal")
      @cancellation = Check.optional_text(cancellation, "/cancellation")
      freeze
    end

    # Refers to it from what has it.
    # @param owner [FFI::Struct] has a field `disclosure`
    # @api private
    def refer(owner, arena)
      memory = arena.struct(Native::DisclosureInput)
      to_h.each { |name, text| arena.text(memory[name], text) }
      owner[:disclosure] = memory
    end
  end

  # What the offer page says (CAT-16). A text that is nil has the default.
  # @since 0.1.0
  class PageInput < Value
    fields :title, :timer_enabled, :timer_seconds, :timer_text, :description, :description_visible,
           :buy_button, :close_label, :close_visible, :disclosure

    # @!attribute [r] title
    #   @return [String, nil] default empty
    # @!attribute [r] timer_enabled
    #   @return [Boolean]
    # @!attribute [r] timer_seconds
    #   @return [Integer, nil] 1 to 3600; required when the timer is enabled
    # @!attribute [r] timer_text
    #   @return [String, nil] shown before the countdown; default empty
    # @!attribute [r] description
    #   @return [String, nil] nil: the product's own
    # @!attribute [r] description_visible
    #   @return [Boolean]
    # @!attribute [r] buy_button
    #   @return [String, nil] default 追加注文する
    # @!attribute [r] close_label
    #   @return [String, nil] default 閉じる
    # @!attribute [r] close_visible
    #   @return [Boolean]
    # @!attribute [r] disclosure
    #   @return [DisclosureInput, nil] texts that stand instead of the catalogue's; nil: the catalogue's

    # @param title [String, nil] default empty
    # @param timer_enabled [Boolean] whether there is a countdown
    # @param timer_seconds [Integer, nil] 1 to 3600; required when the timer is enabled
    # @param timer_text [String, nil] shown before the countdown; default empty
    # @param description [String, nil] nil: the product's own
    # @param description_visible [Boolean]
    # @param buy_button [String, nil] default 追加注文する
    # @param close_label [String, nil] default 閉じる
    # @param close_visible [Boolean]
    # @param disclosure [DisclosureInput, nil] texts that stand instead of the catalogue's; nil: the
    #   catalogue's
    # @raise [WrongTypeError, BadIdError, BadTextError, OutOfRangeError]
    def initialize(title: nil, timer_enabled: false, timer_seconds: nil, timer_text: nil, description: nil,
                   description_visible: true, buy_button: nil, close_label: nil, close_visible: true,
                   disclosure: nil)
      @title = Check.optional_text(title, "/title")
      @timer_enabled = Check.flag(timer_enabled, "/timer/enabled")
      @timer_seconds = Check.optional_integer(timer_seconds, SECONDS, "/timer/seconds")
      @timer_text = Check.optional_text(timer_text, "/timer/text")
      @description = Check.optional_text(description, "/description/text")
      @description_visible = Check.flag(description_visible, "/description/visible")
      @buy_button = Check.optional_text(buy_button, "/buy_button")
      @close_label = Check.optional_text(close_label, "/close_button/label")
      @close_visible = Check.flag(close_visible, "/close_button/visible")
      @disclosure = Check.optional_value(disclosure, DisclosureInput, "/disclosure")
      freeze
    end

    # What C can be told: 0 stands for "none" there.
    SECONDS = (1..3600).freeze
    TEXTS = %i[title timer_text description buy_button close_label].freeze
    private_constant :SECONDS, :TEXTS

    # @api private
    def fill(memory, arena)
      memory[:timer_enabled] = Choice.number(timer_enabled)
      memory[:timer_seconds] = timer_seconds || 0
      memory[:description_visible] = Choice.number(description_visible)
      memory[:close_visible] = Choice.number(close_visible)
      TEXTS.each { |name| arena.text(memory[name], public_send(name)) }
      disclosure&.refer(memory, arena)
    end
  end

  # A configured offer (CAT-8 to CAT-16).
  # @since 0.1.0
  class Scenario < Value
    fields :id, :name, :status, :priority, :trigger_kind, :triggers, :offer_kind, :product_id, :variant_id,
           :selling_plan_ids, :discount, :quantity, :page, :other_items

    # @!attribute [r] id
    #   @return [String] unique among the scenarios
    # @!attribute [r] name
    #   @return [String] for the merchant; may be empty
    # @!attribute [r] status
    #   @return [Symbol] one of {ScenarioStatus}
    # @!attribute [r] priority
    #   @return [Integer] 0 to 1,000,000; smaller wins
    # @!attribute [r] trigger_kind
    #   @return [Symbol] one of {Kind}
    # @!attribute [r] triggers
    #   @return [Array<Trigger>]
    # @!attribute [r] offer_kind
    #   @return [Symbol] one of {Kind}
    # @!attribute [r] product_id
    #   @return [String] the offered product
    # @!attribute [r] variant_id
    #   @return [String] the offered variant of it
    # @!attribute [r] selling_plan_ids
    #   @return [Array<String>]
    # @!attribute [r] discount
    #   @return [Discount, nil] nil: none
    # @!attribute [r] quantity
    #   @return [Quantity, nil] nil: 1, not adjustable
    # @!attribute [r] page
    #   @return [PageInput, nil] nil: all defaults
    # @!attribute [r] other_items
    #   @return [Symbol] one of {OtherItems}

    # @param id [String] unique among the scenarios, 1 to 255 bytes
    # @param name [String] for the merchant; may be empty
    # @param status [Symbol] one of {ScenarioStatus}
    # @param priority [Integer] 0 to 1,000,000; smaller wins
    # @param trigger_kind [Symbol] one of {Kind}: what was bought
    # @param triggers [Array<Trigger>] at least one
    # @param offer_kind [Symbol] one of {Kind}: what is offered
    # @param product_id [String] the offered product
    # @param variant_id [String] the offered variant of it
    # @param selling_plan_ids [Array<String>] at least one for a subscription, none for a single item
    # @param discount [Discount, nil] nil: none
    # @param quantity [Quantity, nil] nil: 1, not adjustable
    # @param page [PageInput, nil] nil: all defaults
    # @param other_items [Symbol] one of {OtherItems}
    # @raise [WrongTypeError, BadIdError, BadTextError, BadValueError, OutOfRangeError]
    def initialize(id:, name:, status:, priority:, trigger_kind:, triggers:, offer_kind:, product_id:, variant_id:,
                   selling_plan_ids: [], discount: nil, quantity: nil, page: nil, other_items: :allow)
      @id = Check.id(id, "/id")
      @name = Check.text(name, "/name")
      ScenarioStatus.number(@status = status, "/status")
      @priority = Check.int32(priority, "/priority")
      Kind.number(@trigger_kind = trigger_kind, "/trigger/kind")
      @triggers = Check.values(triggers, Trigger, "/trigger/products")
      OtherItems.number(@other_items = other_items, "/trigger/other_items")
      Kind.number(@offer_kind = offer_kind, "/offer/kind")
      @product_id = Check.id(product_id, "/offer/product_id")
      @variant_id = Check.id(variant_id, "/offer/variant_id")
      @selling_plan_ids = Check.ids(selling_plan_ids, "/offer/selling_plan_ids")
      @discount = Check.optional_value(discount, Discount, "/offer/discount")
      @quantity = Check.optional_value(quantity, Quantity, "/offer/quantity")
      @page = Check.optional_value(page, PageInput, "/page")
      freeze
    end

    # @api private
    def fill(memory, arena)
      fill_names(memory, arena)
      fill_trigger(memory, arena)
      memory[:offer_kind] = Kind.number(offer_kind)
      arena.texts(memory, :selling_plan_ids, :selling_plan_count, selling_plan_ids)
      discount&.fill(memory[:discount])
      quantity&.fill(memory[:quantity])
      fill_page(memory, arena) if page
    end

    private

    def fill_names(memory, arena)
      memory[:status] = ScenarioStatus.number(status)
      memory[:priority] = priority
      %i[id name product_id variant_id].each { |name| arena.text(memory[name], public_send(name)) }
    end

    def fill_trigger(memory, arena)
      memory[:trigger_kind] = Kind.number(trigger_kind)
      memory[:other_items] = OtherItems.number(other_items)
      arena.array(memory, :triggers, :trigger_count, Native::TriggerInput, triggers) { |to, item| item.fill(to, arena) }
    end

    def fill_page(memory, arena)
      struct = arena.struct(Native::PageInput)
      page.fill(struct, arena)
      memory[:page] = struct
    end
  end

  # A whole catalogue (CAT-1 to CAT-3).
  # @since 0.1.0
  class CatalogInput < Value
    fields :currency, :store_plan, :post_purchase_app, :one_time_to_one_time, :rounding, :selling_plans,
           :products, :scenarios, :disclosure

    # @!attribute [r] currency
    #   @return [String] code of the currency of all amounts
    # @!attribute [r] store_plan
    #   @return [Symbol] one of {StorePlan}
    # @!attribute [r] post_purchase_app
    #   @return [Boolean] whether this app has the post-purchase page
    # @!attribute [r] one_time_to_one_time
    #   @return [Boolean] whether pattern 4 is switched on
    # @!attribute [r] rounding
    #   @return [RoundingPair, nil] nil: the defaults
    # @!attribute [r] selling_plans
    #   @return [Array<SellingPlan>]
    # @!attribute [r] products
    #   @return [Array<Product>]
    # @!attribute [r] scenarios
    #   @return [Array<Scenario>]
    # @!attribute [r] disclosure
    #   @return [DisclosureInput, nil] what a buyer is told before any subscription; nil: nothing

    # @param currency [String] code of the currency of all amounts
    # @param store_plan [Symbol] one of {StorePlan}
    # @param post_purchase_app [Boolean] whether this app has the post-purchase page
    # @param one_time_to_one_time [Boolean] whether pattern 4 is switched on
    # @param rounding [RoundingPair, nil] nil: the defaults
    # @param selling_plans [Array<SellingPlan>]
    # @param products [Array<Product>]
    # @param scenarios [Array<Scenario>]
    # @param disclosure [DisclosureInput, nil] what a buyer is told before any subscription; nil: nothing
    # @raise [WrongTypeError, UnknownCurrencyError, BadValueError]
    def initialize(currency:, store_plan: :standard, post_purchase_app: false, one_time_to_one_time: false,
                   rounding: nil, selling_plans: [], products: [], scenarios: [], disclosure: nil)
      @currency = Currency.check_code(currency, "/currency")
      StorePlan.number(@store_plan = store_plan, "/store/plan")
      @post_purchase_app = Check.flag(post_purchase_app, "/store/post_purchase_app")
      @one_time_to_one_time = Check.flag(one_time_to_one_time, "/store/one_time_to_one_time")
      @rounding = Check.optional_value(rounding, RoundingPair, "/rounding")
      @selling_plans = Check.values(selling_plans, SellingPlan, "/selling_plans")
      @products = Check.values(products, Product, "/products")
      @scenarios = Check.values(scenarios, Scenario, "/scenarios")
      @disclosure = Check.optional_value(disclosure, DisclosureInput, "/disclosure")
      freeze
    end

    # What a method was given: an input, or the members of one.
    # @api private
    def self.given(input, members)
      return new(**members) if input.nil?
      return input if input.instance_of?(CatalogInput) && members.empty?

      Check.wrong_type("A CatalogInput, its members as keywords, or JSON text", input, "")
    end

    # The catalogue as C takes it.
    # @param arena [Arena] holds what the struct refers to
    # @return [Native::CatalogInput]
    # @api private
    def to_c(arena)
      memory = arena.struct(Native::CatalogInput)
      arena.code(memory, currency)
      memory[:store_plan] = StorePlan.number(store_plan)
      memory[:post_purchase_app] = Choice.number(post_purchase_app)
      memory[:one_time_to_one_time] = Choice.number(one_time_to_one_time)
      rounding&.fill(memory[:rounding])
      fill(memory, arena, :selling_plans, :selling_plan_count, Native::SellingPlanInput)
      fill(memory, arena, :products, :product_count, Native::ProductInput)
      fill(memory, arena, :scenarios, :scenario_count, Native::ScenarioInput)
      disclosure&.refer(memory, arena)
      memory
    end

    private

    def fill(memory, arena, list, count, type)
      arena.array(memory, list, count, type, public_send(list)) { |to, item| item.fill(to, arena) }
    end
  end
end
