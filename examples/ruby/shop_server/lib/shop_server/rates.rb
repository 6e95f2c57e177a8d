# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "digest"
require "ipaddr"
require "rack/attack"
require_relative "refusal"

module ShopServer
  # How often a client, and a session, may ask. Counted in the process, so a server of several
  # processes allows each client as many times more.
  module Rates
    # Where Rack::Attack counts: in memory, for a minute.
    class Counters
      # Above this many, those whose time is up are thrown away, once in a while.
      MANY = 10_000
      SWEEP_SECONDS = 1
      private_constant :SWEEP_SECONDS

      def initialize
        @mutex = Mutex.new
        @counts = {}
        @next_sweep = 0
      end

      # @param key [String]
      # @param amount [Integer]
      # @param expires_in [Integer] seconds
      # @return [Integer] the count after it
      def increment(key, amount, expires_in:)
        @mutex.synchronize do
          now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
          sweep(now) if @counts.size > MANY && now >= @next_sweep
          count, ends = @counts.fetch(key, [0, now + expires_in])
          @counts[key] = [count + amount, ends]
          count + amount
        end
      end

      private

      # Looking at all of them for each request would be what a flood wants.
      def sweep(now)
        @counts.delete_if { |_, (_, ends)| ends <= now }
        @next_sweep = now + SWEEP_SECONDS
      end
    end

    MINUTE = 60
    # What the server's own watchers ask for is not counted, nor files: a page has ten of them, and many
    # buyers of one carrier share an address.
    FREE = %r{\A/(?:healthz\z|assets/|products/)}
    # All of them come from the platform, and from few addresses.
    WEBHOOKS = "/webhooks/"
    WEBHOOKS_MORE = 10
    SESSION = %r{\A/(?:pages|sessions)/([A-Za-z0-9_-]+)}
    private_constant :MINUTE, :FREE, :WEBHOOKS, :WEBHOOKS_MORE, :SESSION

    module_function

    # Sets Rack::Attack, which has one configuration for the process.
    # @param config [Config]
    def configure(config)
      attack = Rack::Attack
      attack.clear_configuration
      attack.cache.store = Counters.new
      attack.throttle("client", limit: config.limits.client_per_minute, period: MINUTE) do |request|
        client(request, config.behind_proxy) unless FREE.match?(request.path) || request.path.start_with?(WEBHOOKS)
      end
      attack.throttle("webhooks", limit: WEBHOOKS_MORE * config.limits.client_per_minute, period: MINUTE) do |request|
        client(request, config.behind_proxy) if request.path.start_with?(WEBHOOKS)
      end
      attack.throttle("session", limit: config.limits.session_per_minute, period: MINUTE) { |request| session(request) }
      attack.throttled_responder = ->(_request) { raise Refusal.new(429, "too_many_requests") }
    end

    # A header that anybody can send names nobody, unless a proxy of one's own has written it.
    def client(request, behind_proxy)
      whose(behind_proxy ? request.ip : request.env["REMOTE_ADDR"])
    end

    # Whoever has one address of IPv6 has the 2^64 beside it, too.
    def whose(address)
      found = IPAddr.new(address.to_s)
      found.ipv6? && !found.ipv4_mapped? ? found.mask(64).to_s : found.native.to_s
    rescue IPAddr::Error
      address.to_s # what a proxy has written
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
