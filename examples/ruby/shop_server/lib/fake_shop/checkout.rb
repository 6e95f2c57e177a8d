# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "jwt"
require "net/http"

module FakeShop
  # Checks a cart out, and asks the app whether it has an offer, as the checkout's ShouldRender does.
  class Checkout
    # A page whose app is slower is not shown.
    SECONDS = 1.5
    private_constant :SECONDS

    # @param shop [Shop]
    # @param clock [#call] seconds since 1970, an Integer
    def initialize(shop, clock: -> { Time.now.to_i })
      @shop = shop
      @config = shop.config
      @clock = clock
    end

    # Takes the order, and tells where the buyer goes next.
    # @param cart [Carts::Cart]
    # @return [String] an address
    def run(cart)
      order = @shop.orders.place(cart.items)
      token = token(order)
      session = offered(order, token)
      session ? "#{@config.public_url}/pages/#{session}#token=#{token}" : "/thank-you/#{order[:reference]}"
    end

    # Signs the payload of the page.
    # @param order [Hash]
    # @return [String] a JWT
    def token(order)
      JWT.encode({ iss: "shopify", sub: order[:reference], iat: @clock.call, input_data: input_data(order) },
                 @config.client_secret, "HS256")
    end

    # @param order [Hash]
    # @return [Hash] Shopify's InputData, without its token
    def input_data(order)
      { extensionPoint: "Checkout::PostPurchase::ShouldRender",
        initialPurchase: { referenceId: order[:reference], customerId: 7_310_000_000_001,
                           destinationCountryCode: "JP", totalPriceSet: bag(@shop.orders.price(order[:id])),
                           lineItems: @shop.orders.lines(order[:id]).map { |line| line_item(line) } },
        locale: "ja", shop: { id: 60_000_000_001, domain: @config.shop_domain, metafields: [] }, version: "unstable" }
    end

    private

    def line_item(line)
      variant = @shop.goods.variants.fetch(line[:variant_id])
      { product: { id: variant.product_id, title: variant.product_title, metafields: [],
                   variant: { id: variant.id, title: variant.title, metafields: [] } },
        quantity: line[:quantity], totalPriceSet: bag(line[:total]), sellingPlanId: line[:plan_id] }.compact
    end

    def bag(yen)
      money = { amount: "#{yen}.0", currencyCode: "JPY" }
      { shopMoney: money, presentmentMoney: money }
    end

    # @return [String, nil] the session of an offer
    def offered(order, token)
      answer = ask(order, token)
      found = answer.is_a?(Net::HTTPOK) ? JSON.parse(answer.body) : {}
      found["session"] if found["render"] == true
    rescue SystemCallError, IOError, Timeout::Error, JSON::ParserError, Net::ProtocolError, Net::HTTPBadResponse,
           Net::HTTPHeaderSyntaxError
      nil
    end

    def ask(order, token)
      uri = URI.join(@config.public_url, "/offer")
      http = Net::HTTP.new(uri.host, uri.port, nil)
      http.open_timeout = http.read_timeout = SECONDS
      http.max_retries = 0
      http.start do |open|
        open.post(uri.path, JSON.generate(referenceId: order[:reference]),
                  "Content-Type" => "application/json", "Authorization" => "Bearer #{token}")
      end
    end
  end
end
