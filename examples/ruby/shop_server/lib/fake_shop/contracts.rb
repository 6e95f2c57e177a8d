# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require_relative "gid"

module FakeShop
  # Subscription contracts, and drafts of them.
  class Contracts
    # Seconds after an order until its contracts are there.
    SOON = 2
    LATE = 60

    def initialize(db, goods:, faults:, webhooks:, clock:)
      @db = db
      @goods = goods
      @faults = faults
      @webhooks = webhooks
      @clock = clock
    end

    # Has a contract made soon for lines of one plan, and announces it.
    # @param lines [Array<Hash>] order lines
    def expect(order_id, lines)
      made_at = @clock.call + (@faults.take?("late_contract") ? LATE : SOON)
      made_at = nil if @faults.take?("no_contract")
      plan = @goods.plans.fetch(lines.first[:plan_id])
      id = @db[:contracts].insert(order_id: order_id, plan_id: plan.id, made_at: made_at, revision: 1)
      lines.each { |line| add_line(line, plan, contract_id: id) }
      @db[:order_lines].where(id: lines.map { |line| line[:id] }).update(contract_id: id)
      @webhooks.announce("subscription_contracts/create", announcement(id, order_id, plan), made_at) if made_at
    end

    # @return [Hash, nil] a contract that is there by now
    def find(id)
      @db[:contracts].where(Sequel[:made_at] <= @clock.call).first(id: id)
    end

    # @return [Array<Hash>]
    def of_order(order_id)
      @db[:contracts].where(Sequel[:made_at] <= @clock.call).where(order_id: order_id).order(:id).all
    end

    # @return [Array<Hash>]
    def lines(id)
      @db[:contract_lines].where(contract_id: id).order(:id).all
    end

    # A contract of an order line that was taken off before it was made, is not made.
    def forget(order_line)
      @db[:contracts].where(id: order_line[:contract_id]).where(Sequel[:made_at] > @clock.call).update(made_at: nil)
    end

    # @return [Hash] a draft of the contract as it is
    def open_draft(contract)
      id = @db[:drafts].insert(contract_id: contract[:id], revision: contract[:revision])
      draft(id)
    end

    # @return [Hash, nil]
    def draft(id)
      @db[:drafts].first(id: id)
    end

    # @return [Array<Hash>] the contract's, and those that the draft adds
    def draft_lines(draft)
      lines(draft[:contract_id]) + @db[:contract_lines].where(draft_id: draft[:id]).order(:id).all
    end

    # @return [Hash] the line
    def add_draft_line(draft, **line)
      id = @db[:contract_lines].insert(draft_id: draft[:id], **line)
      @db[:contract_lines].first(id: id)
    end

    # Puts a draft's lines on the contract.
    # @return [String, nil] why not: COMMITTED, STALE_CONTRACT
    def commit(draft)
      contract = @db[:contracts].where(id: draft[:contract_id])
      contract.update(revision: Sequel[:revision] + 1) if @faults.take?("stale_draft")
      return "COMMITTED" if draft[:committed]
      return "STALE_CONTRACT" if contract.get(:revision) != draft[:revision]

      contract.update(revision: Sequel[:revision] + 1)
      @db[:contract_lines].where(draft_id: draft[:id]).update(contract_id: draft[:contract_id], draft_id: nil)
      @db[:drafts].where(id: draft[:id]).update(committed: true)
      nil
    end

    private

    def add_line(line, plan, contract_id:)
      price = @goods.unit_price(@goods.variants.fetch(line[:variant_id]), plan, 2)
      @db[:contract_lines].insert(contract_id: contract_id, variant_id: line[:variant_id], quantity: line[:quantity],
                                  price: price, plan_id: plan.id, plan_name: plan.name)
    end

    # The body of the webhook.
    def announcement(id, order_id, plan)
      policy = { interval: plan.interval, interval_count: plan.count }
      { admin_graphql_api_id: Gid.of("SubscriptionContract", id), id: id,
        billing_policy: { **policy, min_cycles: nil, max_cycles: plan.max_cycles }, currency_code: "JPY",
        delivery_policy: policy, status: "active", origin_order_id: order_id,
        admin_graphql_api_origin_order_id: Gid.of("Order", order_id), revision_id: "1" }
    end
  end
end
