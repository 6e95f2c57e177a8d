# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Decides post-purchase upsell offers for subscription shops, with exact prices: the Ruby binding of
# the C library libupsell.
#
# Money is an Integer of minor units (1 yen, 1 cent), a percentage an Integer of millionths (12.5 % is
# 125_000); floats are refused. Names and rules are those of the library's documents
# (docs/specification.md): rules such as DEC-6 in the comments refer to it.
#
# @example
#   catalog = Upsell::Catalog.from_file("catalog.json")
#   line = Upsell::OrderLine.new(id: "1", product_id: "11", quantity: 1, selling_plan_id: "p-month")
#   decision = catalog.decide(Upsell::Order.new(id: "1001", currency: "JPY", lines: [line]))
#   puts decision.offer? ? decision.offer.scenario_name : decision.reason
module Upsell
end

require_relative "upsell/version"
require_relative "upsell/catalog"
require_relative "upsell/page"
require_relative "upsell/session"
require_relative "upsell/tally"
require_relative "upsell/plan"
require_relative "upsell/runner"
require_relative "upsell/shopify"
