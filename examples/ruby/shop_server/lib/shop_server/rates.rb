# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "digest"
require "rack/attack"
require_relative "refusal"

module ShopServer
  # How often a client, and a session, may ask. Counted in the process, so a server of several
  # processes allows each client as many times more.
  module Rates
    # Where Rack::Attack counts: in memory, for a minute.
    class Counters
      # Above this many, those whose time is up are thrown away first.
      MANY = 10_000

      def initialize
        @mutex = Mutex.new
        @counts = {}
      end

      # @param key [String]
      # @param amount [Integer]
      # @param expires_in [Integer] seconds
      # @return [Integer] the count after it
      def increment(key, amount, expires_in:)
        @mutex.synchronize do
          now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
          @counts.delete_if { |_, (_, ends)| ends <= now } if @counts.size > MANY
          count, ends = @counts.fetch(key, [0, now + expires_in])
          @counts[key] = [count + amount, ends]
          count + amount
        end
      end
    end

    MINUTE = 60
    # What the server's own watchers ask for is not counted.
    FREE = "/healthz"
    SESSION = %r{\A/(?:pages|sessions)/([A-Za-z0-9_-]+)}
    private_constant :MINUTE, :FREE, :SESSION

    module_function

    # Sets Rack::Attack, which has one configuration for the process.
    # @param config [Config]
    def configure(config)
      attack = Rack::Attack
      attack.clear_configuration
      attack.cache.store = Counters.new
      attack.throttle("client", limit: config.limits.client_per_minute, period: MINUTE) do |request|
        client(request, config.behind_proxy) unless request.path == FREE
      end
      attack.throttle("session", limit: config.limits.session_per_minute, period: MINUTE) { |request| session(request) }
      attack.throttled_responder = ->(_request) { raise Refusal.new(429, "too_many_requests") }
    end

    # A header that anybody can send names nobody, unless a proxy of one's own has written it.
    def client(request, behind_proxy)
      behind_proxy ? request.ip : request.env["REMOTE_ADDR"]
    end

    # The session in the path, or else the purchase by its token.
    def session(request)
      found = SESSION.match(request.path)
      return found[1] if found

      token = request.env["HTTP_AUTHORIZATION"]
      Digest::SHA256.hexdigest(token) if token&.start_with?("Bearer ")
    end
  end
end
