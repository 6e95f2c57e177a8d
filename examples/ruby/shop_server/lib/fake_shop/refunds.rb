# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"

module FakeShop
  # Takes lines off orders, and gives money back.
  class Refunds
    # The platform's sentence about a refund that it does not make.
    class Refused < StandardError; end
    # A key was used before, with another input.
    class KeyReused < StandardError; end

    def initialize(db, orders:, contracts:)
      @db = db
      @orders = orders
      @contracts = contracts
    end

    # Refunds all that is asked for or nothing, and once for each key.
    # @param key [String]
    # @param items [Array<Hash>] each `line_id`, `quantity`
    # @param payments [Array<Hash>] each `transaction_id`, `amount`; none: no money moves
    # @return [Hash] the refund
    # @raise [Refused, KeyReused]
    def make(order_id, key:, items:, payments:)
      input = JSON.generate([items, payments])
      @db.transaction(savepoint: true, mode: :immediate) do
        before = @db[:refunds].first(key: key)
        raise KeyReused if before && [before[:order_id], before[:input]] != [order_id, input]
        next before if before

        items.each { |item| take_off(order_id, **item) }
        payments.each { |payment| give_back(order_id, **payment) }
        amount = payments.sum { |payment| payment[:amount] }
        id = @db[:refunds].insert(order_id: order_id, key: key, input: input, amount: amount)
        @db[:refunds].first(id: id)
      end
    end

    # What would be given back for lines: what they cost, as far as it was paid and is not owed for
    # what stays; the earliest payments first.
    # @param items [Array<Hash>] each `line_id`, `quantity`
    # @return [Array<Hash>] each `transaction_id`, `amount`
    # @raise [Refused]
    def suggest(order_id, items)
      worth = items.sum { |item| worth_of(order_id, **item) }
      rest = [worth, [0, @orders.received(order_id) - (@orders.price(order_id) - worth)].max].min
      @orders.transactions(order_id).filter_map do |one|
        amount = [rest, one[:amount] - one[:refunded]].min
        rest -= amount
        { transaction_id: one[:id], amount: amount } if amount.positive?
      end
    end

    private

    def worth_of(order_id, line_id:, quantity:)
      line = line_with(order_id, line_id, quantity)
      @orders.share(line, quantity)
    end

    def take_off(order_id, line_id:, quantity:)
      line = line_with(order_id, line_id, quantity)
      @db[:order_lines].where(id: line_id).update(removed: Sequel[:removed] + quantity)
      @contracts.forget(line) if quantity == @orders.current(line)
    end

    def line_with(order_id, line_id, quantity)
      line = @db[:order_lines].first(id: line_id, order_id: order_id) or raise Refused, "Line item does not exist"
      return line if quantity.between?(1, @orders.current(line))

      raise Refused, "Quantity cannot refund more items than were purchased"
    end

    def give_back(order_id, transaction_id:, amount:)
      raise Refused, "Refund amount is not positive" unless amount.positive?

      given = @db[:transactions].where(id: transaction_id, order_id: order_id)
                                .where(Sequel[:amount] - Sequel[:refunded] >= amount)
                                .update(refunded: Sequel[:refunded] + amount)
      raise Refused, "Refund amount is more than what can be refunded" if given.zero?
    end
  end
end
