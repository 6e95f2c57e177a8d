# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "rack/utils"
require "sinatra/base"
require_relative "admin_api"
require_relative "checkout"
require_relative "shop"

module FakeShop
  # What stands for Shopify: the checkout, the page's changesets, the Admin API, and the thank-you page.
  # For the loopback interface alone: it has no login.
  #
  #   GET  /                                    carts to try
  #   POST /checkout                            cart=ID: orders it, and redirects to the offer or to:
  #   GET  /thank-you/REFERENCE                 the end of the checkout; the order goes to the warehouse
  #   POST /changesets/calculate                {"token":JWT}
  #   POST /changesets/apply                    {"token":JWT,"buyerConsentToSubscriptions":true}
  #   POST /admin/api/2026-07/graphql.json      {"query":…,"variables":…}
  #   GET  /ledger/REFERENCE.json               everything about an order
  #   GET  /faults, POST /faults                what will go wrong: {"throttle":2}, see Faults::NAMES
  #   GET  /healthz
  class App < Sinatra::Base
    MAX_BYTES = 1024 * 1024

    set :environment, :production
    set :show_exceptions, false
    set :dump_errors, true
    set :views, File.join(__dir__, "views")
    set :public_folder, File.join(__dir__, "public")
    set :static, true
    set :protection, false # the app's page calls from another origin
    set :shop, nil
    set :late_seconds, 25 # longer than the app waits

    # @param shop [Shop]
    # @return [Class] the app of a shop
    def self.of(shop)
      Class.new(self) { set :shop, shop }
    end

    before do
      halt 413, json(error: "too large") if request.content_length.to_i > MAX_BYTES
    end

    get "/" do
      erb :carts, locals: { carts: Carts.of(shop.goods), goods: shop.goods }
    end

    post "/checkout" do
      cart = Carts.of(shop.goods).find { |one| one.id == params["cart"] } or raise Sinatra::NotFound
      redirect Checkout.new(shop).run(cart), 303
    end

    get "/thank-you/:reference" do |reference|
      order = shop.orders.by_reference(reference) or raise Sinatra::NotFound
      shop.orders.release(order[:id])
      erb :thank_you, locals: { order: order, ledger: shop.ledger(reference), goods: shop.goods }
    end

    before("/changesets/*") { allow_app }
    options("/changesets/*") { 204 }

    post "/changesets/calculate" do
      json(shop.changesets.calculate(body_json["token"]))
    end

    post "/changesets/apply" do
      sent = body_json
      answer = shop.changesets.apply(sent["token"], consent: sent["buyerConsentToSubscriptions"] == true)
      hang_up if shop.faults.take?("lose_changeset")
      json(answer)
    end

    post "/admin/api/:version/graphql.json" do |version|
      identify
      halt 404, json(errors: "Not Found") unless version == AdminApi::VERSION
      hang_up if shop.faults.take?("lose_call")
      halt 503, json(errors: "Service unavailable") if shop.faults.take?("server_error")
      halt 200, json(AdminApi.throttled) if shop.faults.take?("throttle")
      sent = body_json
      answer = AdminApi.new(shop).execute(sent["query"].to_s, sent["variables"] || {})
      hang_up if shop.faults.take?("lose_answer")
      sleep settings.late_seconds if shop.faults.take?("late_answer")
      json(answer)
    end

    get "/ledger/:reference.json" do |reference|
      json(shop.ledger(reference) || halt(404, json(error: "no such order")))
    end

    get "/faults" do
      json(left: shop.faults.left, known: Faults::NAMES)
    end

    post "/faults" do
      shop.faults.set(body_json)
      json(left: shop.faults.left)
    rescue ArgumentError => e
      halt 422, json(error: e.message)
    end

    get "/healthz" do
      json(ok: true)
    end

    error(Sinatra::NotFound) { erb :not_found }

    helpers do
      def shop
        settings.shop
      end

      def json(document)
        content_type :json
        JSON.generate(document)
      end

      def h(text)
        Rack::Utils.escape_html(text)
      end

      # 1234 yen as "1,234円".
      def yen(amount)
        "#{amount.to_s.gsub(/(?<=\d)(?=(\d{3})+\z)/, ",")}円"
      end

      def item_name(goods, variant_id, plan_id)
        variant = goods.variants.fetch(variant_id)
        [variant.product_title, variant.title, plan_id && goods.plans.fetch(plan_id).name].compact.join(" / ")
      end

      def body_json
        found = JSON.parse(request.body.read(MAX_BYTES).to_s)
        found.is_a?(Hash) ? found : halt(400, json(error: "an object was expected"))
      rescue JSON::ParserError, EncodingError
        halt 400, json(error: "JSON was expected")
      end

      # The app's page is on another origin than the checkout of this example.
      def allow_app
        headers "Access-Control-Allow-Origin" => shop.config.public_url, "Vary" => "Origin",
                "Access-Control-Allow-Methods" => "POST", "Access-Control-Allow-Headers" => "Content-Type",
                "Access-Control-Max-Age" => "600"
      end

      def identify
        given = request.env["HTTP_X_SHOPIFY_ACCESS_TOKEN"].to_s
        return if Rack::Utils.secure_compare(given, shop.config.admin_token)

        halt 401, json(errors: "[API] Invalid API key or access token (unrecognized login or wrong password)")
      end

      # The connection is gone, and nobody knows what was done.
      def hang_up
        request.env.fetch("rack.hijack").call.close
        halt 500
      end
    end
  end
end
