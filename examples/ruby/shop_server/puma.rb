# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "lib/shop_server/client_limits"
require_relative "lib/shop_server/config"
require_relative "lib/shop_server/log"

settings = ShopServer::Config.from_env(ENV)
ShopServer::ClientLimits.set(bytes: 2 * settings.limits.to_h.values_at(:body_bytes, :webhook_bytes).max,
                             seconds: 30, log: ShopServer::Log.new)

bind "tcp://#{settings.bind}:#{settings.port}"
environment "production"
rackup File.expand_path("config.ru", __dir__)
# A request is short and mostly computes; more threads would only take turns. More processes use more
# processors, and share nothing but the database.
threads 1, Integer(ENV.fetch("SHOP_THREADS", "4"))
workers Integer(ENV.fetch("SHOP_PROCESSES", "0"))
# After each answer Puma lets the thread wait for the connection's next request, for 0.2 seconds: four
# threads would serve 20 new buyers a second. The reactor waits for all connections at once instead.
Puma::Client::FAST_TRACK_KA_TIMEOUT = 0
# A client that sends nothing is not waited for; one that sends slowly, see client_limits.rb.
first_data_timeout 10
persistent_timeout 20
# What breaks before the app is reached is answered like everything else, without a trace; puma_log.rb
# has logged it.
lowlevel_error_handler do |_error|
  [500, { "Content-Type" => "application/json" }, ['{"render":false,"error":"internal_error"}']]
end
quiet
