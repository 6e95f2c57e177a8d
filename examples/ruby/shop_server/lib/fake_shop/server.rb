# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "puma"
require "puma/events"
require "puma/server"
require "uri"
require_relative "app"

module FakeShop
  # The fake shop as a server on the loopback interface, and the sender of its webhooks.
  class Server
    HOST = "127.0.0.1"
    THREADS = 8
    # Seconds between looks for webhooks to send.
    PAUSE = 0.2
    private_constant :HOST, :THREADS, :PAUSE

    # @param shop [Shop]
    # @param port [Integer] 0: any that is free
    # @param app [#call]
    def initialize(shop, port:, app: App.of(shop))
      @shop = shop
      @server = Puma::Server.new(app, Puma::Events.strings, min_threads: 1, max_threads: THREADS)
      @server.add_tcp_listener(HOST, port)
      @stopped = false
    end

    # @return [Integer]
    def port
      @server.connected_ports.first
    end

    # Serves until {#stop}, or until somebody has removed its memory.
    def run
      serving = @server.run
      deliver until @stopped || !File.exist?(@shop.config.platform_database_path)
      @server.stop(true)
      serving.join
    end

    # Safe in a signal handler.
    def stop
      @stopped = true
    end

    private

    def deliver
      @shop.webhooks.deliver
      sleep(PAUSE)
    rescue Sequel::Error => e
      warn "webhooks: #{e.class}"
      sleep(PAUSE)
    end
  end
end
