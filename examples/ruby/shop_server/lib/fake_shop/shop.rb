# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "carts"
require_relative "changesets"
require_relative "contracts"
require_relative "database"
require_relative "faults"
require_relative "goods"
require_relative "orders"
require_relative "refunds"
require_relative "webhooks"

module FakeShop
  # One shop on the platform, with all that it remembers. All threads may share it.
  class Shop
    attr_reader :config, :db, :goods, :faults, :webhooks, :contracts, :orders, :refunds, :changesets

    # @param config [ShopServer::Config]
    # @param clock [#call] seconds since 1970, an Integer
    def initialize(config, clock: -> { Time.now.to_i })
      @config = config
      @db = Database.open(config.platform_database_path)
      @goods = Goods.read(config.catalog_path)
      @faults = Faults.new(@db)
      app = { secret: config.client_secret }
      @webhooks = Webhooks.new(@db, url: config.public_url, domain: config.shop_domain, faults: @faults,
                                    clock: clock, **app)
      @contracts = Contracts.new(@db, goods: @goods, faults: @faults, webhooks: @webhooks, clock: clock)
      @orders = Orders.new(@db, goods: @goods, contracts: @contracts, clock: clock)
      @refunds = Refunds.new(@db, orders: @orders, contracts: @contracts)
      @changesets = Changesets.new(@db, orders: @orders, contracts: @contracts, goods: @goods, faults: @faults,
                                        client_id: config.client_id, clock: clock, **app)
    end

    # @return [Hash, nil] a line of any order
    def line(id)
      @db[:order_lines].first(id: id)
    end

    # Everything about an order, for tests and for people; yen.
    # @return [Hash, nil]
    def ledger(reference)
      order = @orders.by_reference(reference) or return
      id = order[:id]
      { reference: reference, order: Gid.of("Order", id), released: !order[:released_at].nil?,
        outstanding: @orders.outstanding(id), lines: @orders.lines(id).map { |line| ledger_line(line) },
        charges: @orders.transactions(id).map { |one| one.slice(:amount, :refunded, :changeset_key) },
        switched: @orders.switched?(id), refunds: @db[:refunds].where(order_id: id).order(:id).select_map(:amount),
        contracts: @contracts.of_order(id).map { |contract| ledger_contract(contract) } }
    end

    private

    def ledger_line(line)
      { **line.slice(:id, :variant_id, :plan_id, :quantity, :total, :paid, :changeset_key),
        current: @orders.current(line) }
    end

    def ledger_contract(contract)
      lines = @contracts.lines(contract[:id])
      { id: contract[:id], plan_id: contract[:plan_id],
        lines: lines.map { |line| line.slice(:id, :variant_id, :quantity, :price, :plan_id) } }
    end
  end
end
