# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "base64"
require "json"
require "openssl"
require "rack/utils"
require "sinatra/base"
require_relative "accepting"
require_relative "buyer_pages"
require_relative "cors"
require_relative "guard"
require_relative "intake"
require_relative "merchant_pages"
require_relative "offering"
require_relative "rates"
require_relative "token"

module ShopServer
  # The server's JSON routes, behind the pages for buyers and for the merchant.
  class App < Sinatra::Base
    # What the routes and the pages have in common. Errors go up to {Guard}, which answers and logs them
    # alike for all, and sets the headers; and nothing depends on an environment's name. Requests that
    # change something carry a token that no form sends.
    COMMON = {
      environment: :production, show_exceptions: false, dump_errors: false, raise_errors: true, x_cascade: false,
      logging: false, protection: { except: %i[frame_options xss_header json_csrf http_origin ip_spoofing] }
    }.freeze
    EVENTS = { "shown" => :shown, "declined" => :declined, "left" => :left, "tick" => :tick }.freeze
    NOT_SENT = %w[price_differs declined].freeze
    # The page has called applyChangeset, and heard nothing.
    UNKNOWN = "unknown"
    SESSION_ID = /\A[A-Za-z0-9_-]{32}\z/
    EVENT_ID = /\A[\x21-\x7e]{1,255}\z/
    TOPIC = "subscription_contracts/create"
    private_constant :COMMON, :EVENTS, :NOT_SENT, :UNKNOWN, :SESSION_ID, :EVENT_ID, :TOPIC

    # The whole server as a Rack app. One for each process: its settings are those of classes.
    # @param services [Services]
    # @return [#call]
    def self.serve(services)
      [self, BuyerPages, MerchantPages].each do |pages|
        pages.set(COMMON)
        pages.set(:services, services)
      end
      Rates.configure(services.config)
      app = new
      Rack::Builder.app do
        use Cors, services.config.shop_url
        use Guard, services
        use Intake, services.config.limits
        use Rack::Attack
        run app
      end
    end

    set :static, false # BuyerPages serves the files

    use BuyerPages
    use MerchantPages

    get "/healthz" do
      services.db.get(1)
      json(ok: true, version: Upsell.library_version, count: services.catalogue.current.info.published)
    end

    post "/offer" do
      claims = verified
      asked = json_body
      reference = asked["referenceId"] || (asked["initialPurchase"]["referenceId"] if asked["initialPurchase"].is_a?(Hash))
      refuse(401, "wrong_subject") unless reference == claims.reference_id
      json(Offering.new(services).answer(claims))
    rescue Upsell::Error => e
      refuse(422, e.code, pointer: e.pointer)
    end

    post "/sessions/:id/events" do
      claims = verified
      event = EVENTS[json_body["event"]] || refuse(400, "unknown_event", pointer: "/event")
      row = session_of(claims, params["id"])
      json(Standing.of(services.sessions.take(row.id, event)))
    end

    post "/sign-changeset" do
      claims = verified
      asked = json_body
      row = session_of(claims, asked["session"])
      json(Accepting.new(services, token).answer(row, claims, asked))
    rescue Upsell::Error => e # the token's order; what cannot be had any more is answered by Accepting
      refuse(422, e.code, pointer: e.pointer)
    end

    post "/changeset-result" do
      claims = verified
      asked = json_body
      row = session_of(claims, asked["session"])
      refuse(409, "not_accepted") unless services.runs.state(row.id)
      json(Standing.of(report(row, asked)))
    end

    post "/webhooks/subscription_contracts/create" do
      body = raw_body
      refuse(401, "forged_webhook") unless genuine?(body)
      event_id = request.env["HTTP_X_SHOPIFY_EVENT_ID"].to_s
      refuse(400, "no_event_id") unless EVENT_ID.match?(event_id)
      refuse(401, "wrong_shop") unless request.env["HTTP_X_SHOPIFY_SHOP_DOMAIN"].to_s.casecmp?(services.config.shop_domain)
      parse(body)
      json(duplicate: !services.webhooks.take_in(TOPIC, event_id, body))
    end

    not_found { refuse(404, "not_found") }
    error(400) { refuse(400, "bad_request") }

    private

    def services
      settings.services
    end

    def token
      Token.new(services.config, clock: services.clock)
    end

    # What the token of the request says.
    def verified
      found = /\ABearer (\S+)\z/.match(request.env["HTTP_AUTHORIZATION"].to_s)
      token.verify(found && found[1])
    rescue Token::Refused => e
      refuse(401, e.code)
    end

    # The session that the request names, if it is of the purchase that the token is for.
    def session_of(claims, id)
      row = services.sessions.find(id) if id.is_a?(String) && SESSION_ID.match?(id)
      refuse(404, "unknown_session") unless row
      refuse(403, "other_buyer") unless row.reference_id == claims.reference_id
      row
    end

    # What came of a changeset: applyChangeset's answer as it is, or why there is none.
    def report(row, asked)
      result, reason = asked.values_at("result", "notSent")
      if result.is_a?(Hash) && reason.nil?
        services.sessions.take(row.id, :processing) { services.runs.answer(row.id, JSON.generate(result)) }
      elsif result.nil? && reason == UNKNOWN
        services.sessions.take(row.id, :processing) { services.runs.no_answer(row.id) }
      elsif result.nil? && NOT_SENT.include?(reason)
        services.sessions.take(row.id, :tick) { services.runs.not_sent(row.id, reason) }
      else
        refuse(400, "bad_result")
      end
    rescue JSON::GeneratorError
      refuse(400, "bad_result", pointer: "/result")
    end

    def genuine?(body)
      digest = OpenSSL::HMAC.digest("SHA256", services.config.client_secret, body)
      Rack::Utils.secure_compare(Base64.strict_encode64(digest), request.env["HTTP_X_SHOPIFY_HMAC_SHA256"].to_s)
    end

    def raw_body
      request.body.rewind
      request.body.read.to_s.force_encoding(Encoding::UTF_8)
    end

    def json_body
      parse(raw_body)
    end

    # @return [Hash{String => Object}]
    def parse(text)
      refuse(400, "not_utf8") unless text.valid_encoding?
      found = JSON.parse(text)
      refuse(400, "not_an_object") unless found.is_a?(Hash)
      found
    rescue JSON::ParserError # also: nested too deep
      refuse(400, "bad_json")
    end

    def json(answer)
      content_type :json
      JSON.generate(answer)
    end

    def refuse(status, code, **more)
      raise Refusal.new(status, code, **more)
    end
  end
end
