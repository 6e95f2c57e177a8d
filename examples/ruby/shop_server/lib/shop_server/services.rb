# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "date"
require_relative "../shop_server"
require_relative "catalogue"
require_relative "config"
require_relative "database"
require_relative "log"
require_relative "runs"
require_relative "sessions"
require_relative "webhooks"

module ShopServer
  # What the parts of the server share. One for each process; all threads may use it.
  Services = Struct.new(:config, :log, :db, :catalogue, :sessions, :runs, :webhooks, :clock, keyword_init: true) do
    # @param config [Config]
    # @param log [Log]
    # @param clock [#call] seconds since 1970, an Integer
    # @return [Services]
    # @raise [Catalogue::Bad, Database::Unusable, SystemCallError]
    def self.build(config, log: Log.new, clock: -> { Time.now.to_i })
      catalogue = Catalogue.new(config.catalog_path, log: log)
      db = Database.open(config.database_path, durable: true)
      # An offer that nobody has seen yet may be lost with the power; so its buyer waits for no disk.
      quick = Database.open(config.database_path, durable: false)
      runs = Runs.new(db, clock: clock, log: log)
      new(config: config, log: log, db: db, catalogue: catalogue, clock: clock, runs: runs,
          sessions: Sessions.new(db, clock: clock, log: log, quick: quick),
          webhooks: Webhooks.new(db, runs: runs, clock: clock, log: log))
    end

    # The day in the shop, from which charges are dated. Japan has one time zone and no summer time.
    # @return [Date]
    def today
      Time.at(clock.call).getlocal("+09:00").to_date
    end

    def close
      db.disconnect
      sessions.close
    end
  end
end
