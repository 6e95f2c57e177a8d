# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "securerandom"
require "socket"
require_relative "config"

module ShopServer
  # What `bin/serve --demo` adds: secrets for an afternoon, and where to look.
  module Demo
    SECRET_BYTES = 32
    private_constant :SECRET_BYTES

    module_function

    # @param env [Hash{String => String}]
    # @param options [Hash] `:demo`, `:state`, `:port`, `:shop_port`
    # @return [Hash{String => String}] the environment of the server
    def environment(env, options)
      env = env.merge("SHOP_STATE" => File.expand_path(options[:state]))
      env["SHOP_PORT"] = port(options[:port]).to_s if options[:port]
      env["SHOP_PLATFORM_URL"] = "http://127.0.0.1:#{port(options[:shop_port])}" if options[:shop_port]
      options[:demo] ? secrets.merge(env) { |_, made, given| given.empty? ? made : given } : env
    end

    # @param config [Config]
    # @param out [IO]
    def tell(config, out)
      out.puts "The shop:             #{config.shop_url}/",
               "The merchant's pages: #{config.public_url}/scenarios",
               "  user:               #{config.merchant_user}",
               "  password:           #{config.merchant_password}"
      out.flush
    end

    def secrets
      { "SHOP_CLIENT_ID" => "demo-client", "SHOP_CLIENT_SECRET" => SecureRandom.hex(SECRET_BYTES),
        "SHOP_ADMIN_TOKEN" => SecureRandom.hex(SECRET_BYTES), "SHOP_MERCHANT_USER" => "merchant",
        "SHOP_MERCHANT_PASSWORD" => SecureRandom.alphanumeric(16) }
    end

    # 0 stands for one that nobody uses.
    def port(number)
      number.zero? ? TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] } : number
    end
  end
end
