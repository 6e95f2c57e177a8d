# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "date"
require "json"
require "jwt"
require "tmpdir"
require_relative "../lib/shop_server"
require_relative "../lib/shop_server/database"
require_relative "answers"
require_relative "figures"
require_relative "load"
require_relative "made_shop"
require_relative "running_server"

module Bench
  # One run: a server with a shop of its own is started, warmed up, measured at a fixed rate and then as
  # fast as it answers. Every answer is checked, and every purchase is a new one.
  class Measurement
    # @return [Array<String>] what is wrong with the server: empty, or its figures mean nothing
    attr_reader :problems

    # @param options [Hash{Symbol => Numeric}] :scenarios, :seed, :warm_up, :rate, :seconds, :connections,
    #   :most, :most_connections
    def initialize(options)
      @options = options
      @shop = MadeShop.new(scenarios: options[:scenarios], seed: options[:seed])
      @purchases = 0
      @sessions = []
      @problems = []
    end

    # @return [Hash{Symbol => Object}] the figures of {Figures#to_h} of both phases, and memory in MiB
    def run
      Dir.mktmpdir("shop-bench-") do |folder|
        text = JSON.generate(@shop.catalog)
        path = File.join(folder, "catalog.json")
        File.write(path, text)
        @catalog = Upsell::Catalog.from_json(text)
        @server = RunningServer.new(folder, "SHOP_CATALOG" => path, "SHOP_DOMAIN" => MadeShop::DOMAIN)
        figures = measure
        @server.stop
        check_store
        figures
      ensure
        @server&.stop
      end
    end

    private

    def measure
      phase(@options[:warm_up]) { |port, requests| at_rate(port, requests) }
      before = mebibytes
      fixed = phase((@options[:rate] * @options[:seconds]).ceil) { |port, requests| at_rate(port, requests) }
      most = phase(@options[:most]) do |port, requests|
        Load.at_most(port, requests, connections: @options[:most_connections])
      end
      { fixed_rate: fixed, most: most, memory_mib: { warm: before, after: mebibytes } }
    end

    def at_rate(port, requests)
      Load.at_rate(port, requests, rate: @options[:rate], connections: @options[:connections])
    end

    # Sends so many new purchases, and checks what came back.
    def phase(count)
      first = @purchases
      @purchases += count
      requests = Array.new(count) { |number| request(first + number) }
      started = @server.processor_seconds
      days = [today]
      load = yield @server.port, requests
      days |= [today]
      used = @server.processor_seconds - started
      answers = Answers.new(@catalog, @shop, days)
      load.samples.each_with_index { |sample, number| answers.take(first + number, sample) }
      keep(answers)
      Figures.new(load, answers, used).to_h
    end

    def request(number)
      data = @shop.purchase(number)
      reference = data["initialPurchase"]["referenceId"]
      token = JWT.encode({ "iss" => "shopify", "sub" => reference, "iat" => Time.now.to_i, "input_data" => data },
                         @server.secret, "HS256")
      Connection.request(token, JSON.generate(referenceId: reference))
    end

    def keep(answers)
      @sessions.concat(answers.sessions)
      @problems.concat(answers.wrong)
      @problems.concat(answers.failures.map { |why, count| "#{count} requests failed: #{why}" })
    end

    # What was answered is stored, and nothing else is.
    def check_store
      stored = ShopServer::Database.open(@server.database_path, durable: false).then do |db|
        db[:sessions].select_map(:id).tap { db.disconnect }
      end
      if stored.tally != @sessions.tally
        @problems << "#{@sessions.size} sessions were answered, and #{stored.size} are stored, not all of them the same"
      end
      @problems.concat(@server.complaints.first(10).map { |line| "the server's log: #{line}" })
    end

    def mebibytes
      @server.memory / (1024 * 1024)
    end

    # The day in the shop.
    def today
      Time.now.getlocal("+09:00").to_date
    end
  end
end
