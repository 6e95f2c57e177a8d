# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "catalog"

module Upsell
  # What the buyer accepted (PLN-2).
  # @since 0.1.0
  class Acceptance < Value
    fields :scenario_id, :quantity, :selling_plan_id, :total

    # @!attribute [r] scenario_id
    #   @return [String] the scenario that was offered
    # @!attribute [r] quantity
    #   @return [Integer]
    # @!attribute [r] selling_plan_id
    #   @return [String, nil] one of the choices; nil: the target's own
    # @!attribute [r] total
    #   @return [Integer, nil] total that the buyer was shown, minor units; nil: it is not compared

    # @param scenario_id [String] the scenario that was offered
    # @param quantity [Integer] 1 to the offer's maximum
    # @param selling_plan_id [String, nil] one of the choices; nil: the target's own
    # @param total [Integer, nil] total that the buyer was shown, minor units; nil: it is not compared
    # @raise [WrongTypeError, BadIdError, OutOfRangeError]
    def initialize(scenario_id:, quantity:, selling_plan_id: nil, total: nil)
      @scenario_id = Check.id(scenario_id, "/scenario_id")
      @quantity = Check.int32(quantity, "/quantity")
      @selling_plan_id = Check.optional_id(selling_plan_id, "/selling_plan_id")
      @total = Check.optional_integer(total, Check::INT64, "/total")
      freeze
    end

    # @api private
    def to_c(arena)
      memory = arena.struct(Native::Acceptance)
      arena.text(memory[:scenario_id], scenario_id)
      arena.text(memory[:selling_plan_id], selling_plan_id)
      memory[:quantity] = quantity
      memory[:has_total] = total ? 1 : 0
      memory[:total] = total || 0
      memory
    end
  end

  # How a plan is worded (PLN-3): the keywords of {Catalog#plan}. What is nil has its default.
  # @since 0.1.0
  class PlanOptions < Value
    fields :api_version, :dialect, :shop, :reference_id, :granted_scopes

    # @!attribute [r] api_version
    #   @return [String, nil] one of {ApiVersion}
    # @!attribute [r] dialect
    #   @return [Symbol, nil] one of {Dialect}
    # @!attribute [r] shop
    #   @return [String, nil] the shop's domain
    # @!attribute [r] reference_id
    #   @return [String, nil] the purchase's reference (checkout token)
    # @!attribute [r] granted_scopes
    #   @return [Array<String>, nil] scopes that the app was granted; nil: they are not compared

    # @param api_version [String, nil] one of {ApiVersion}; nil: "2026-07"
    # @param dialect [Symbol, nil] one of {Dialect}; nil: `:draft`
    # @param shop [String, nil] the shop's domain, 1 to 255 bytes
    # @param reference_id [String, nil] the purchase's reference (checkout token): 1 to 255 of
    #   A-Z a-z 0-9 . _ -; required unless the order's id is a gid://shopify/Order/
    # @param granted_scopes [Array<String>, nil] scopes that the app was granted; nil: they are not compared
    # @raise [BadValueError, WrongTypeError, BadTextError]
    def initialize(api_version: nil, dialect: nil, shop: nil, reference_id: nil, granted_scopes: nil)
      ApiVersion.optional_number(@api_version = Check.optional_text(api_version, "/options/api_version"),
                                 "/options/api_version")
      Dialect.optional_number(@dialect = dialect, "/options/dialect")
      @shop = Check.optional_text(shop, "/options/shop")
      @reference_id = Check.optional_text(reference_id, "/options/reference_id")
      @granted_scopes = granted_scopes.nil? ? nil : Check.texts(granted_scopes, "/options/granted_scopes")
      freeze
    end

    # @api private
    def to_c(arena)
      memory = arena.struct(Native::PlanOptions)
      memory[:api_version] = ApiVersion.optional_number(api_version)
      memory[:dialect] = Dialect.optional_number(dialect)
      arena.text(memory[:shop], shop)
      arena.text(memory[:reference_id], reference_id)
      fill_scopes(memory, arena) if granted_scopes
      memory
    end

    private

    # No scopes at all is another thing than scopes that are not compared.
    def fill_scopes(memory, arena)
      arena.texts(memory, :granted_scopes, :granted_scope_count, granted_scopes)
      memory[:granted_scopes] = arena.struct(Native::Str) if granted_scopes.empty?
    end
  end

  # The plan that carries out an accepted offer (PLN-1 to PLN-15): an immutable document of steps, which
  # a {Runner} takes any host through. Keep its {#json} beside the journal of the run.
  # @since 0.1.0
  class Plan < Result
    fields :json, :plan_id, :charge_key, :charge_now, :currency, :pattern, :api_version, :dialect, :scenario_id, :scopes

    # @!attribute [r] json
    #   @return [String] text of the "upsell.plan/1" document, without a line end
    # @!attribute [r] plan_id
    #   @return [String] digest of all it depends on, a UUID (PLN-4)
    # @!attribute [r] charge_key
    #   @return [String] the changeset's key, a UUID (PLN-4)
    # @!attribute [r] charge_now
    #   @return [Integer] what the buyer pays now, minor units
    # @!attribute [r] currency
    #   @return [Currency] of the amount
    # @!attribute [r] pattern
    #   @return [Symbol] one of {Pattern}
    # @!attribute [r] api_version
    #   @return [String] one of {ApiVersion}
    # @!attribute [r] dialect
    #   @return [Symbol] one of {Dialect}
    # @!attribute [r] scenario_id
    #   @return [String] the accepted scenario
    # @!attribute [r] scopes
    #   @return [Array<String>] all scopes that its steps need, sorted

    # @api private
    def initialize(json, plan_id, charge_key, charge_now, currency, pattern, api_version, dialect, scenario_id, scopes)
      @json = json
      @plan_id = plan_id
      @charge_key = charge_key
      @charge_now = charge_now
      @currency = currency
      @pattern = pattern
      @api_version = api_version
      @dialect = dialect
      @scenario_id = scenario_id
      @scopes = scopes
      freeze
    end

    # Copies a plan; it is C's no more.
    # @param pointer [Native::PlanPointer]
    # @api private
    def self.of_c(pointer)
      len = FFI::MemoryPointer.new(:size_t)
      json = Text.at(Native.upsell_plan_json(pointer, len), len.get(:size_t, 0))
      view = Native::PlanView.new(Native.upsell_plan_get(pointer))
      of(json, Text.of(view[:plan_id]), Text.of(view[:charge_key]), view[:charge_now], Currency.of_c(view[:currency]),
         Pattern.of_c(view[:pattern]), ApiVersion.of_c(view[:api_version]), Dialect.of_c(view[:dialect]),
         Text.of(view[:scenario_id]), Text.list(view[:scopes], view[:scope_count]))
    ensure
      pointer.free
    end

    # @return [String]
    def inspect
      "#<#{self.class} plan_id=#{plan_id.inspect}, scenario_id=#{scenario_id.inspect}, charge_now=#{charge_now}>"
    end
    alias to_s inspect
  end

  class Catalog
    # Makes the plan that carries out an accepted offer (PLN-1 to PLN-15). The decision is made again;
    # nothing is taken from the browser but what the acceptance says, and that is compared. Errors
    # point into one document of all inputs: "/acceptance/quantity", "/order/lines/0/variant_id".
    # @param order [Order]
    # @param acceptance [Acceptance]
    # @param options members of {PlanOptions}: api_version, dialect, shop, reference_id, granted_scopes
    # @return [Plan]
    # @raise [OfferChangedError, QuantityOutOfRangeError, PlanNotOfferedError, PriceChangedError] if the
    #   acceptance is not for the offer that is made now
    # @raise [Error] all else that is wrong with an input
    # @example
    #   acceptance = Upsell::Acceptance.new(scenario_id: "S1", quantity: 1, total: 800)
    #   plan = catalog.plan(order, acceptance, reference_id: "0a1b2c", shop: "tea.myshopify.com")
    # @since 0.1.0
    def plan(order, acceptance, **options)
      Check.value(order, Order, "/order")
      Check.value(acceptance, Acceptance, "/acceptance")
      make_plan(options) do |arena, catalog, wording, out, error|
        Native.upsell_plan_make(catalog, order.to_c(arena), acceptance.to_c(arena), wording, out, error)
      end
    end

    # Makes a plan from the texts of an "upsell.order/1" document and an acceptance (PLN-2).
    # @param order [String] JSON text
    # @param acceptance [String] JSON text
    # @param options members of {PlanOptions}
    # @return [Plan]
    # @raise [Error] as {#plan}
    # @since 0.1.0
    def plan_json(order, acceptance, **options)
      order = Check.bytes(order, "/order")
      acceptance = Check.bytes(acceptance, "/acceptance")
      make_plan(options) do |_arena, catalog, wording, out, error|
        Native.upsell_plan_make_json(catalog, order, order.bytesize, acceptance, acceptance.bytesize, wording, out,
                                     error)
      end
    end

    private

    def make_plan(options)
      arena = Arena.new
      wording = PlanOptions.new(**options).to_c(arena)
      Plan.of_c(@handle.use do
        Call.make(Native::PlanPointer) { |out, error| yield arena, @handle.pointer, wording, out, error }
      end)
    end
  end
end
