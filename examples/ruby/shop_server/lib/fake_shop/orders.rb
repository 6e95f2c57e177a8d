# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "securerandom"

module FakeShop
  # Orders: their lines, what was paid, and what is owed.
  class Orders
    # An order takes changesets for this long.
    HOLD_SECONDS = 3600

    def initialize(db, goods:, contracts:, clock:)
      @db = db
      @goods = goods
      @contracts = contracts
      @clock = clock
    end

    # Takes an order and its payment; contracts for what was subscribed to are made soon.
    # @param items [Array<Hash>] each `variant_id`, `quantity`, perhaps `plan_id`
    # @return [Hash] the order
    def place(items)
      @db.transaction(mode: :immediate) do
        id = @db[:orders].insert(reference: SecureRandom.hex(16), created_at: @clock.call)
        lines = items.map { |item| add_line(id, **item, total: total_of(**item), paid: true) }
        pay(id, lines)
        lines.group_by { |line| line[:plan_id] }.each { |plan_id, group| @contracts.expect(id, group) if plan_id }
        find(id)
      end
    end

    # @return [Hash, nil]
    def find(id)
      @db[:orders].first(id: id)
    end

    # @return [Hash, nil]
    def by_reference(reference)
      @db[:orders].first(reference: reference)
    end

    # @return [Array<Hash>]
    def lines(id)
      @db[:order_lines].where(order_id: id).order(:id).all
    end

    # @return [Array<Hash>]
    def transactions(id)
      @db[:transactions].where(order_id: id).order(:id).all
    end

    # @return [Hash] the line
    def add_line(order_id, variant_id:, quantity:, total:, paid:, plan_id: nil, changeset_key: nil)
      id = @db[:order_lines].insert(order_id: order_id, variant_id: variant_id, plan_id: plan_id, quantity: quantity,
                                    total: total, paid: paid, changeset_key: changeset_key)
      @db[:order_lines].first(id: id)
    end

    # Charges the buyer for lines.
    def pay(id, lines, changeset_key: nil)
      amount = lines.sum { |line| line[:total] }
      @db[:transactions].insert(order_id: id, amount: amount, changeset_key: changeset_key)
      @db[:order_lines].where(id: lines.map { |line| line[:id] }).update(paid: true)
    end

    # What some units of a line cost; the shares of all units add up to the line's total.
    # @return [Integer] yen
    def share(line, quantity)
      upto = ->(units) { line[:total] * units / line[:quantity] }
      upto.call(line[:removed] + quantity) - upto.call(line[:removed])
    end

    # @return [Integer] units of a line that were not taken off
    def current(line)
      line[:quantity] - line[:removed]
    end

    # Whether the buyer has added a subscription to an order that had none: it replaces what was bought
    # once, which is then given back.
    def switched?(id)
      added, bought = lines(id).partition { |line| line[:changeset_key] }
      bought.none? { |line| line[:plan_id] } &&
        added.any? { |line| line[:plan_id] && line[:paid] && current(line).positive? }
    end

    # @return [Integer] yen: the price of what is on the order, less what was paid and not given back
    def outstanding(id)
      price(id) - received(id)
    end

    # @return [Integer] yen
    def price(id)
      lines(id).sum { |line| share(line, current(line)) }
    end

    # @return [Integer] yen
    def received(id)
      transactions(id).sum { |one| one[:amount] - one[:refunded] }
    end

    # Whether an order takes no changesets any more.
    def released?(order)
      !order[:released_at].nil? || @clock.call >= order[:created_at] + HOLD_SECONDS
    end

    # The buyer has seen the thank-you page: the order goes to the warehouse.
    def release(id)
      @db[:orders].where(id: id, released_at: nil).update(released_at: @clock.call)
    end

    # @return [Hash, nil]
    def metafield(id, namespace, key)
      @db[:metafields].first(order_id: id, namespace: namespace, key: key)
    end

    # Sets a metafield in place of one that is there.
    def set_metafield(id, namespace:, key:, value:, type:)
      @db[:metafields].insert_conflict(target: %i[order_id namespace key], update: { value: value, type: type })
                      .insert(order_id: id, namespace: namespace, key: key, value: value, type: type)
    end

    private

    def total_of(variant_id:, quantity:, plan_id: nil)
      @goods.unit_price(@goods.variants.fetch(variant_id), plan_id && @goods.plans.fetch(plan_id), 1) * quantity
    end
  end
end
