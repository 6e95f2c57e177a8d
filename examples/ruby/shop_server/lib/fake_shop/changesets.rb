# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "jwt"

module FakeShop
  # Changesets of the post-purchase page: calculated, applied, charged. Only what the app has signed.
  class Changesets
    # A change that breaks the page's own types, or a token that is not the app's.
    class Invalid < StandardError; end

    KEYS = {
      "add_variant" => %w[type variantId quantity],
      "add_subscription" => %w[type variantId quantity sellingPlanId initialShippingPrice recurringShippingPrice
                               shippingOption],
      "set_metafield" => %w[type namespace key value valueType]
    }.freeze
    OPTIONAL_KEYS = { "add_variant" => %w[discount], "add_subscription" => %w[discount], "set_metafield" => [] }.freeze
    private_constant :KEYS, :OPTIONAL_KEYS

    # What a verified token says.
    Signed = Struct.new(:order, :key, :changes, keyword_init: true)
    private_constant :Signed

    # @param client_id [String] the app's
    # @param secret [String] the app's
    def initialize(db, orders:, contracts:, goods:, faults:, client_id:, secret:, clock:)
      @db = db
      @orders = orders
      @contracts = contracts
      @goods = goods
      @faults = faults
      @client_id = client_id
      @secret = secret
      @clock = clock
    end

    # What `applyChangeset` would charge; changes nothing.
    # @param token [String] signed by the app
    # @return [Hash] as the page's `calculateChangeset` answers
    def calculate(token)
      signed = verify(token)
      code = refusal(signed, consent: true)
      code ? refused(code) : { status: "processed", errors: [], calculatedPurchase: calculated(signed) }
    rescue Invalid
      refused("invalid_request")
    end

    # Adds what the app has signed, and charges for it: everything or nothing, and once for each key.
    # @param token [String] signed by the app
    # @param consent [Boolean] whether the buyer has consented to subscriptions
    # @return [Hash] as the page's `applyChangeset` answers
    def apply(token, consent:)
      signed = verify(token)
      @db.transaction(mode: :immediate) do
        next refused("changeset_already_applied") if @db[:changesets].first(key: signed.key)

        code = refusal(signed, consent: consent)
        code ||= "payment_required" if @faults.take?("refuse_changeset")
        code ? refused(code) : add(signed)
      end
    rescue Invalid
      refused("invalid_request")
    end

    private

    # @raise [Invalid]
    def verify(token)
      payload, = JWT.decode(token.to_s, @secret, true, algorithm: "HS256", iss: @client_id, verify_iss: true,
                                                       verify_expiration: false)
      order = @orders.by_reference(payload["sub"].to_s)
      times = payload.values_at("iat", "exp")
      raise Invalid unless order && payload["jti"].is_a?(String) && times.all?(Integer)

      # One that was signed before the purchase is refused, and so is one that came too late.
      raise Invalid if times.first < order[:created_at] || @clock.call >= times.last

      Signed.new(order: order, key: payload["jti"], changes: checked(payload["changes"]))
    rescue JWT::DecodeError, NoMethodError
      raise Invalid
    end

    def checked(changes)
      raise Invalid unless changes.is_a?(Array) && !changes.empty?

      changes.each do |change|
        keys = KEYS[change["type"]] or raise Invalid
        unknown = change.keys - keys - OPTIONAL_KEYS[change["type"]]
        raise Invalid unless unknown.empty? && (keys - change.keys).empty?
        raise Invalid unless change["type"] == "set_metafield" || item?(change)
      end
    end

    def item?(change)
      change["quantity"].is_a?(Integer) && change["quantity"].positive? &&
        @goods.variants.key?(change["variantId"]) &&
        (change["type"] != "add_subscription" || @goods.plans.key?(change["sellingPlanId"]))
    end

    def items(signed)
      signed.changes.reject { |change| change["type"] == "set_metafield" }
    end

    # The rule that an application breaks, as the platform's code.
    def refusal(signed, consent:)
      return "order_released_error" if @orders.released?(signed.order)
      return unless items(signed).any? { |change| change["type"] == "add_subscription" }
      return "buyer_consent_required" unless consent

      "subscription_limit_error" if @orders.lines(signed.order[:id]).any? { |line| line[:plan_id] }
    end

    def add(signed)
      @db[:changesets].insert(key: signed.key, order_id: signed.order[:id])
      set_metafields(signed)
      lines = items(signed).map { |change| add_line(signed, change) }
      return answered("partially_processed", "payment_required") if @faults.take?("charge_fails")

      @orders.pay(signed.order[:id], lines, changeset_key: signed.key)
      return refused("subscription_contract_creation_error") if @faults.take?("refuse_contract")

      lines.each { |line| @contracts.expect(signed.order[:id], [line]) if line[:plan_id] }
      @faults.take?("changeset_error") ? refused("server_error") : answered("processed")
    end

    def set_metafields(signed)
      signed.changes.select { |change| change["type"] == "set_metafield" }.each do |change|
        @orders.set_metafield(signed.order[:id], namespace: change["namespace"], key: change["key"],
                                                 value: change["value"].to_s, type: "single_line_text_field")
      end
    end

    def add_line(signed, change)
      @orders.add_line(signed.order[:id], variant_id: change["variantId"], plan_id: change["sellingPlanId"],
                                          quantity: change["quantity"], total: total(change), paid: false,
                                          changeset_key: signed.key)
    end

    # The platform's own price, whatever the app thinks.
    def total(change)
      plan = change["sellingPlanId"] && @goods.plans.fetch(change["sellingPlanId"])
      unit = @goods.unit_price(@goods.variants.fetch(change["variantId"]), plan, 1)
      @goods.discounted(unit * change["quantity"], change["quantity"], change["discount"])
    end

    def calculated(signed)
      added = items(signed).sum { |change| total(change) }
      price = @orders.price(signed.order[:id]) + added
      { updatedLineItems: items(signed).map { |change| calculated_line(change) }, addedShippingLines: [],
        addedTaxLines: [], subtotalPriceSet: bag(price), totalPriceSet: bag(price), totalOutstandingSet: bag(added) }
    end

    def calculated_line(change)
      variant = @goods.variants.fetch(change["variantId"])
      { productId: variant.product_id, variantId: variant.id, productHandle: "product-#{variant.product_id}",
        quantity: change["quantity"], totalPriceSet: bag(total(change)),
        priceSet: bag(total(change) / change["quantity"]), sellingPlanId: change["sellingPlanId"] }.compact
    end

    def bag(yen)
      money = { amount: "#{yen}.0", currencyCode: "JPY" }
      { shopMoney: money, presentmentMoney: money }
    end

    def refused(code)
      answered("unprocessed", code)
    end

    def answered(status, *codes)
      { status: status, errors: codes.map { |code| { code: code, message: code } }, changesetApplicationsRemaining: 1 }
    end
  end
end
