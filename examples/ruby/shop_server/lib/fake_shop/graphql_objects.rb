# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require_relative "gid"

module FakeShop
  # The shop's rows as objects of the Admin API. A field is the method of its name; a field that is not
  # a method is a key of the row. `type` is the name of the GraphQL type.
  module GraphqlObjects
    # A row and the shop that it is of.
    class Base
      attr_reader :shop, :row

      def initialize(shop, row)
        @shop = shop
        @row = row
      end

      def self.type
        name.split("::").last
      end

      def id
        Gid.of(self.class.type, row[:id])
      end

      private

      def money(yen)
        { amount: "#{yen}.0", currency_code: "JPY" }
      end

      def bag(yen)
        { shop_money: money(yen), presentment_money: money(yen) }
      end

      # A connection's first objects.
      def page(rows, type, first)
        first ||= 50
        { nodes: rows.first(first).map { |one| type.new(shop, one) },
          page_info: { has_next_page: rows.size > first } }
      end
    end

    # An order.
    class Order < Base
      def name = "##{row[:id] % 1_000_000}"
      def checkout_token = row[:reference]
      def cancelled_at = nil
      def currency_code = "JPY"
      def total_outstanding_set = bag(shop.orders.outstanding(row[:id]))

      def metafield(key:, namespace: nil)
        found = shop.orders.metafield(row[:id], namespace, key)
        found && Metafield.new(shop, found)
      end

      def line_items(first: nil)
        page(shop.orders.lines(row[:id]), LineItem, first)
      end

      def suggested_refund(refund_line_items: [])
        items = refund_line_items.map do |item|
          { line_id: Gid.number("LineItem", item[:line_item_id]), quantity: item[:quantity] }
        end
        payments = shop.refunds.suggest(row[:id], items)
        { amount_set: bag(payments.sum { |one| one[:amount] }),
          suggested_transactions: payments.map { |one| suggested(one) } }
      rescue Refunds::Refused => e
        raise GraphQL::ExecutionError, e.message
      end

      private

      def suggested(payment)
        { amount_set: bag(payment[:amount]), gateway: "shopify_payments",
          parent_transaction: OrderTransaction.new(shop, { id: payment[:transaction_id] }) }
      end
    end

    # A line of an order.
    class LineItem < Base
      def current_quantity = shop.orders.current(row)
      def refundable_quantity = current_quantity
      def unfulfilled_quantity = current_quantity
      def variant = ProductVariant.new(shop, { id: row[:variant_id] })
      def discounted_total_set = bag(row[:total])

      def selling_plan
        row[:plan_id] && { selling_plan_id: Gid.of("SellingPlan", row[:plan_id]),
                           name: shop.goods.plans.fetch(row[:plan_id]).name }
      end

      def contract
        found = row[:contract_id] && shop.contracts.find(row[:contract_id])
        found && SubscriptionContract.new(shop, found)
      end
    end

    # A subscription contract.
    class SubscriptionContract < Base
      def status = "ACTIVE"
      def revision_id = row[:revision].to_s
      def currency_code = "JPY"
      def origin_order = Order.new(shop, shop.orders.find(row[:order_id]))

      def lines(first: nil)
        page(shop.contracts.lines(row[:id]), SubscriptionLine, first)
      end
    end

    # A draft of a contract.
    class SubscriptionDraft < Base
      def original_contract = SubscriptionContract.new(shop, shop.contracts.find(row[:contract_id]))

      def lines(first: nil)
        page(shop.contracts.draft_lines(row), SubscriptionLine, first)
      end
    end

    # A line of a contract or of a draft.
    class SubscriptionLine < Base
      def variant_id = Gid.of("ProductVariant", row[:variant_id])
      def selling_plan_id = row[:plan_id] && Gid.of("SellingPlan", row[:plan_id])
      def selling_plan_name = row[:plan_name]
      def current_price = money(row[:price])
      def custom_attributes = JSON.parse(row[:attributes], symbolize_names: true)
    end

    # Those of which plans ask little.
    class ProductVariant < Base; end
    class Metafield < Base; end
    class OrderTransaction < Base; end
    class Refund < Base; end
  end
end
