# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "rack"
require_relative "refusal"

module ShopServer
  # Refuses requests by their form, before anything looks at what they say: too large, of a type that
  # the route does not take, or with a path or a query that is no text.
  class Intake
    WEBHOOKS = "/webhooks/"
    # The one form that a person fills in; every other body is JSON.
    FORM = "/scenarios/explain"
    private_constant :WEBHOOKS, :FORM

    # @param app [#call]
    # @param limits [Limits]
    def initialize(app, limits)
      @app = app
      @limits = limits
    end

    # @param env [Hash] Rack's
    # @raise [Refusal]
    def call(env)
      check_address(env)
      check_size(env)
      check_type(env)
      @app.call(env)
    end

    private

    def check_address(env)
      path = Rack::Utils.unescape_path(env["PATH_INFO"].to_s).dup.force_encoding(Encoding::UTF_8)
      raise Refusal.new(400, "bad_path") if !path.valid_encoding? || path.include?("\0")

      query = Rack::Utils.parse_nested_query(env["QUERY_STRING"].to_s)
      raise Refusal.new(400, "bad_query") unless text?(query)
    rescue ArgumentError, TypeError, RangeError, EncodingError, Rack::QueryParser::ParamsTooDeepError
      raise Refusal.new(400, "bad_address")
    end

    # Whether all of it is UTF-8.
    def text?(value)
      case value
      when Hash then value.all? { |key, part| text?(key) && text?(part) }
      when Array then value.all? { |part| text?(part) }
      when String then value.valid_encoding? && !value.include?("\0")
      else true
      end
    end

    # A body in chunks says its length nowhere, so what came in is measured, too.
    def check_size(env)
      path = env["PATH_INFO"].to_s
      limit = path.start_with?(WEBHOOKS) ? @limits.webhook_bytes : @limits.body_bytes
      input = env["rack.input"]
      found = [env["CONTENT_LENGTH"].to_i, input.respond_to?(:size) ? input.size : 0].max
      raise Refusal.new(413, "body_too_large") if found > limit
    end

    def check_type(env)
      return if env["REQUEST_METHOD"] != "POST" || env["PATH_INFO"] == FORM

      type = Rack::MediaType.type(env["CONTENT_TYPE"].to_s)
      raise Refusal.new(415, "not_json") unless type == "application/json"
    end
  end
end
