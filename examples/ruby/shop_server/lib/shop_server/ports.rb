# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "socket"
require "uri"
require_relative "config"

module ShopServer
  # Whether the ports of `bin/serve` can be had, before anything is started. Otherwise a server that is
  # already there would answer in place of this one.
  module Ports
    # The fake shop listens there alone.
    LOOPBACK = "127.0.0.1"
    private_constant :LOOPBACK

    module_function

    # @param config [Config]
    # @return [Array<String>] what is wrong, and what to do; empty: all is well
    def problems(config)
      held = []
      [[config.bind, config.port, "app", "--port"],
       [LOOPBACK, URI(config.shop_url).port, "fake shop", "--shop-port"]].filter_map do |host, port, who, option|
        held << TCPServer.new(host, port) # held until all are seen: two may want the same
        nil
      rescue SystemCallError, SocketError => e
        "The #{who} cannot listen on port #{port} of #{host} (#{reason(e)}). Choose another port with " \
          "#{option} N, or any that is free with #{option} 0."
      end
    ensure
      held.each(&:close)
    end

    def reason(error)
      error.is_a?(Errno::EADDRINUSE) ? "it is in use" : error.message
    end
    private_class_method :reason
  end
end
