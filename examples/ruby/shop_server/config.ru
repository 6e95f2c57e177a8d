# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "lib/shop_server/app"
require_relative "lib/shop_server/services"

services = ShopServer::Services.build(ShopServer::Config.from_env(ENV))
run ShopServer::App.serve(services)
