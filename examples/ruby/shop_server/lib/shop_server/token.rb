# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "jwt"
require_relative "../shop_server"
require_relative "json_text"

module ShopServer
  # The two tokens of a post-purchase page: the one that the platform gives to it, which is verified,
  # and the one for a changeset, which is signed. Both are HS256 with the app's client secret.
  class Token
    # A token that is not taken. The code says why, for the log; the buyer is not told.
    class Refused < StandardError
      # @return [Symbol]
      attr_reader :code

      def initialize(code)
        @code = code
        super(code.to_s)
      end
    end

    # What a verified token says.
    Claims = Struct.new(:reference_id, :input_data, :issued_at, keyword_init: true) do
      # @return [String] the purchase as Shopify's InputData
      def input_json
        JSON.generate(input_data)
      end
    end

    ALGORITHM = "HS256"
    # Times above are milliseconds: copies of a tutorial write them so.
    LARGEST_SECONDS = 100_000_000_000
    REFERENCE = /\A[A-Za-z0-9._-]{1,255}\z/
    private_constant :ALGORITHM, :LARGEST_SECONDS, :REFERENCE

    # @param config [Config]
    # @param clock [#call] seconds since 1970, an Integer
    def initialize(config, clock:)
      @config = config
      @clock = clock
    end

    # Verifies the platform's token.
    # @param text [String, nil]
    # @return [Claims]
    # @raise [Refused]
    def verify(text)
      raise Refused, :no_token if text.nil? || text.empty?

      payload = decode(text)
      check_end(payload["exp"])
      Claims.new(reference_id: reference_of(payload), input_data: payload["input_data"],
                 issued_at: issued_at(payload["iat"]))
    end

    # Signs a changeset. The same changeset of the same moment gives the same token.
    # @param reference_id [String]
    # @param changeset [Runs::Changeset]
    # @param issued_at [Integer] seconds since 1970
    # @return [String]
    def sign(reference_id, changeset, issued_at:)
      JWT.encode({ "iss" => @config.client_id, "sub" => reference_id, "iat" => issued_at,
                   "exp" => changeset.expires_at, "jti" => changeset.idempotency_key,
                   "changes" => JsonText.new(changeset.changes) },
                 @config.client_secret, ALGORITHM, { "typ" => "JWT" })
    end

    private

    # The algorithm is ours, whatever the token's header says, and so is the time that is compared.
    def decode(text)
      payload, = JWT.decode(text, @config.client_secret, true,
                            algorithm: ALGORITHM, verify_iss: true, iss: "shopify", verify_expiration: false,
                            verify_not_before: false)
      raise Refused, :forged unless payload.is_a?(Hash)

      payload
    rescue JWT::InvalidIssuerError
      raise Refused, :wrong_issuer
    rescue Refused
      raise
    rescue StandardError
      # The gem raises what it likes for headers and claims of strange types.
      raise Refused, :forged
    end

    def reference_of(payload)
      data = payload["input_data"]
      purchase = data["initialPurchase"] if data.is_a?(Hash)
      reference = purchase["referenceId"] if purchase.is_a?(Hash)
      raise Refused, :wrong_subject unless reference.is_a?(String) && REFERENCE.match?(reference)
      raise Refused, :wrong_subject unless payload["sub"] == reference

      # The secret is the app's, and an app may be in many shops.
      domain = data["shop"]["domain"] if data["shop"].is_a?(Hash)
      raise Refused, :wrong_shop unless domain.is_a?(String) && domain.casecmp?(@config.shop_domain)

      reference
    end

    def issued_at(iat)
      raise Refused, :no_time unless iat.is_a?(Integer) && iat.positive?

      seconds = iat > LARGEST_SECONDS ? iat / 1000 : iat
      age = @clock.call - seconds
      raise Refused, :from_the_future if age < -@config.limits.leeway_seconds
      raise Refused, :expired if age > @config.limits.token_seconds + @config.limits.leeway_seconds

      seconds
    end

    # The platform's tokens have no end of their own; one that has is held to it.
    def check_end(exp)
      return if exp.nil?

      raise Refused, :expired unless exp.is_a?(Integer) && exp + @config.limits.leeway_seconds > @clock.call
    end
  end
end
