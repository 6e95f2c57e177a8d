# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "rack"
require_relative "refusal"

module ShopServer
  # Stands around everything else: answers what was refused or went wrong, so that no trace gets out
  # and no process dies; sets the headers of every answer; and writes a line for each request.
  class Guard
    # First parts of paths that may be logged. What else is asked for may be anything.
    ROUTES = %w[offer pages sessions sign-changeset changeset-result webhooks preview scenarios healthz assets
                products].freeze
    METHODS = %w[GET HEAD POST OPTIONS].freeze
    JSON_TYPE = "application/json;charset=utf-8"
    private_constant :ROUTES, :METHODS, :JSON_TYPE

    # @param app [#call]
    # @param services [Services]
    def initialize(app, services)
      @app = app
      @log = services.log
      @headers = headers(services.config).freeze
    end

    # @param env [Hash] Rack's
    def call(env)
      started = now
      status, headers, body = answer(env)
      @log.info("request", method: method_of(env), route: route_of(env), status: status,
                           ms: (now - started) * 1000)
      [status, complete(headers), body]
    end

    private

    def answer(env)
      @app.call(env)
    rescue Refusal => e
      @log.warn("refused", code: e.code, pointer: e.pointer, status: e.status, route: route_of(env))
      [e.status, { "Content-Type" => JSON_TYPE }, [e.body]]
    rescue StandardError, ScriptError, SystemStackError, NoMemoryError => e
      @log.failure("request_failed", e, route: route_of(env))
      [500, { "Content-Type" => JSON_TYPE }, [Refusal.new(500, "internal_error").body]]
    end

    # What an answer says of itself stands: how long a picture may be kept, for one.
    def complete(headers)
      @headers.merge(Rack::Utils::HeaderHash.new(headers).to_h)
    end

    def headers(config)
      common = {
        "Content-Security-Policy" =>
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " \
          "connect-src 'self' #{config.shop_url}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options" => "nosniff", "X-Frame-Options" => "DENY",
        "Referrer-Policy" => "no-referrer", "Cross-Origin-Opener-Policy" => "same-origin",
        "Cross-Origin-Resource-Policy" => "same-origin",
        "Permissions-Policy" => "camera=(), geolocation=(), microphone=(), payment=()",
        "Cache-Control" => "no-store"
      }
      return common unless config.public_url.start_with?("https:")

      common.merge("Strict-Transport-Security" => "max-age=31536000")
    end

    def route_of(env)
      first = env["PATH_INFO"].to_s.dup.force_encoding(Encoding::BINARY).split("/", 3)[1]
      ROUTES.include?(first) ? "/#{first}" : "other"
    end

    def method_of(env)
      METHODS.include?(env["REQUEST_METHOD"]) ? env["REQUEST_METHOD"] : "other"
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end
