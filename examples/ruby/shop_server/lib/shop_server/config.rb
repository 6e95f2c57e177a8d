# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "uri"

module ShopServer
  # What a request may cost. Bytes, seconds, and requests in a minute.
  Limits = Struct.new(:body_bytes, :webhook_bytes, :token_seconds, :leeway_seconds, :client_per_minute,
                      :session_per_minute, keyword_init: true)

  # The server's settings, all from the environment; frozen. Secrets come from nowhere else.
  class Config
    # Something in the environment is missing or cannot be used; the message tells all of it.
    class Invalid < StandardError
    end

    # Without these there is no server.
    REQUIRED = {
      client_id: "SHOP_CLIENT_ID", client_secret: "SHOP_CLIENT_SECRET", admin_token: "SHOP_ADMIN_TOKEN",
      merchant_user: "SHOP_MERCHANT_USER", merchant_password: "SHOP_MERCHANT_PASSWORD"
    }.freeze
    # Secrets that somebody could guess are none. Bytes.
    SHORTEST = { client_secret: 16, admin_token: 16, merchant_password: 12 }.freeze
    ROOT = File.expand_path("../..", __dir__)
    private_constant :SHORTEST

    # @!attribute [r] client_id
    #   @return [String] the app's client id, `iss` of the tokens that it signs
    # @!attribute [r] client_secret
    #   @return [String] signs and verifies tokens and webhooks
    # @!attribute [r] admin_token
    #   @return [String] access token of the Admin API
    # @!attribute [r] merchant_user
    #   @return [String] of the merchant's pages
    # @!attribute [r] merchant_password
    #   @return [String] of the merchant's pages
    # @!attribute [r] shop_domain
    #   @return [String] the shop's `.myshopify.com` domain
    # @!attribute [r] catalog_path
    #   @return [String] the file of the catalogue
    # @!attribute [r] database_path
    #   @return [String] the app's SQLite file
    # @!attribute [r] platform_database_path
    #   @return [String] SQLite file of the fake shop
    # @!attribute [r] bind
    #   @return [String] address that the app listens on
    # @!attribute [r] port
    #   @return [Integer] port that the app listens on
    # @!attribute [r] public_url
    #   @return [String] where buyers reach the app, without a slash at the end
    # @!attribute [r] shop_url
    #   @return [String] where the platform is (here: the fake shop), without a slash at the end
    # @!attribute [r] behind_proxy
    #   @return [Boolean] whether X-Forwarded-For is set by a proxy of one's own, and names the client
    # @!attribute [r] ids
    #   @return [Symbol] how the catalogue writes ids
    # @!attribute [r] limits
    #   @return [Limits]
    attr_reader :client_id, :client_secret, :admin_token, :merchant_user, :merchant_password, :shop_domain,
                :catalog_path, :database_path, :platform_database_path, :bind, :port, :public_url, :shop_url,
                :behind_proxy, :ids, :limits

    # @param env [Hash{String => String}] ENV, or the like
    # @return [Config]
    # @raise [Invalid]
    def self.from_env(env)
      new(env)
    end

    def initialize(env)
      @env = env
      @problems = []
      read_secrets
      read_places
      read_addresses
      @limits = read_limits
      raise Invalid, @problems.join("\n") unless @problems.empty?

      @env = @problems = nil
      freeze
    end

    # Secrets do not get into messages of errors.
    def inspect
      "#<#{self.class} #{shop_domain}>"
    end
    alias to_s inspect

    private

    def read_secrets
      REQUIRED.each do |name, variable|
        value = @env.fetch(variable, "")
        problem(variable, "must be set; bin/serve --demo makes one up") if value.empty?
        if !value.empty? && value.bytesize < SHORTEST.fetch(name, 0)
          problem(variable, "must have at least #{SHORTEST[name]} bytes, found #{value.bytesize}")
        end
        instance_variable_set(:"@#{name}", value.dup.freeze)
      end
    end

    def read_places
      state = text("SHOP_STATE", "shop-state")
      @shop_domain = text("SHOP_DOMAIN", "demo-shop.myshopify.com")
      @catalog_path = text("SHOP_CATALOG", File.join(ROOT, "catalog.json"))
      @database_path = text("SHOP_DATABASE", File.join(state, "app.sqlite3"))
      @platform_database_path = text("SHOP_PLATFORM_DATABASE", File.join(state, "platform.sqlite3"))
      @ids = :numbers
    end

    def read_addresses
      @bind = text("SHOP_BIND", "127.0.0.1")
      @port = number("SHOP_PORT", 8480, 1..65_535)
      @public_url = url("SHOP_PUBLIC_URL", "http://127.0.0.1:#{@port}")
      @shop_url = url("SHOP_PLATFORM_URL", "http://127.0.0.1:8481")
      @behind_proxy = text("SHOP_BEHIND_PROXY", "no") == "yes"
    end

    def read_limits
      Limits.new(
        body_bytes: number("SHOP_BODY_BYTES", 64 * 1024, 1024..(16 * 1024 * 1024)),
        webhook_bytes: number("SHOP_WEBHOOK_BYTES", 1024 * 1024, 1024..(16 * 1024 * 1024)),
        token_seconds: number("SHOP_TOKEN_SECONDS", 24 * 3600, 60..(7 * 24 * 3600)),
        leeway_seconds: number("SHOP_LEEWAY_SECONDS", 30, 0..300),
        client_per_minute: number("SHOP_CLIENT_PER_MINUTE", 300, 1..10_000_000),
        session_per_minute: number("SHOP_SESSION_PER_MINUTE", 120, 1..10_000_000)
      ).freeze
    end

    def text(variable, default)
      value = @env.fetch(variable, "")
      (value.empty? ? default : value).dup.freeze
    end

    def number(variable, default, range)
      value = @env.fetch(variable, "")
      return default if value.empty?

      found = Integer(value, 10, exception: false)
      return found if found && range.cover?(found)

      problem(variable, "must be a whole number from #{range.min} to #{range.max}")
      default
    end

    def url(variable, default)
      value = text(variable, default).chomp("/").freeze
      uri = URI.parse(value)
      return value if uri.is_a?(URI::HTTP) && uri.host && uri.path.empty? && !uri.query && !uri.fragment

      problem(variable, "must be an address such as http://127.0.0.1:8480, without a path")
      value
    rescue URI::InvalidURIError
      problem(variable, "must be an address such as http://127.0.0.1:8480")
      value
    end

    def problem(variable, what)
      @problems << "#{variable} #{what}."
    end
  end
end
