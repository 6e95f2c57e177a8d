# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require_relative "graphql_objects"

module FakeShop
  # The Admin API's roots: one method for each query and mutation. Arguments are those of the schema;
  # what a shop refuses is told in `userErrors`.
  class GraphqlRoots
    include GraphqlObjects

    # @param shop [Shop]
    # @param key [String, nil] of the directive @idempotent
    def initialize(shop, key)
      @shop = shop
      @key = key
    end

    def node(id:)
      row = @shop.line(Gid.number("LineItem", id))
      row ? LineItem.new(@shop, row) : order(id: id) || subscription_contract(id: id)
    end

    def order(id:)
      object(Order, @shop.orders.find(Gid.number("Order", id)))
    end

    # The only search that plans make is that for a checkout token.
    def orders(query: nil, first: nil)
      token = query.to_s[/\Acheckout_token:["']?([A-Za-z0-9._-]+)["']?\z/, 1]
      raise GraphQL::ExecutionError, "the fake shop searches for checkout_token alone" unless token

      found = [@shop.orders.by_reference(token)].compact.first(first || 50)
      { nodes: found.map { |row| Order.new(@shop, row) }, page_info: { has_next_page: false } }
    end

    def subscription_contract(id:)
      object(SubscriptionContract, @shop.contracts.find(Gid.number("SubscriptionContract", id)))
    end

    def subscription_draft(id:)
      object(SubscriptionDraft, @shop.contracts.draft(Gid.number("SubscriptionDraft", id)))
    end

    def metafields_set(metafields:)
      metafields.each do |one|
        code = refusal_of_metafield(one)
        return failed(code, "The metafield cannot be set") if code
      end
      { user_errors: [], metafields: metafields.map { |one| set_metafield(one) } }
    end

    def subscription_contract_update(contract_id:, actor: "MERCHANT")
      contract = @shop.contracts.find(Gid.number("SubscriptionContract", contract_id))
      return failed("INVALID", "Subscription contract not found, or not of #{actor}") unless contract

      { user_errors: [], draft: SubscriptionDraft.new(@shop, @shop.contracts.open_draft(contract)) }
    end

    def subscription_draft_line_add(draft_id:, input:)
      draft = @shop.contracts.draft(Gid.number("SubscriptionDraft", draft_id))
      return failed("INVALID", "Draft not found") unless draft
      return failed("COMMITTED", "Draft is committed") if draft[:committed]

      line = draft_line(input) or return failed("INVALID", "The line has no known variant, quantity and price")
      added = @shop.contracts.add_draft_line(draft, **line)
      { user_errors: [], draft: SubscriptionDraft.new(@shop, draft), line_added: SubscriptionLine.new(@shop, added) }
    end

    def subscription_draft_commit(draft_id:)
      draft = @shop.contracts.draft(Gid.number("SubscriptionDraft", draft_id))
      return failed("INVALID", "Draft not found") unless draft

      code = @shop.contracts.commit(draft)
      return failed(code, "Draft cannot be committed") if code

      { user_errors: [], contract: SubscriptionContract.new(@shop, @shop.contracts.find(draft[:contract_id])) }
    end

    def refund_create(input:)
      raise GraphQL::ExecutionError.new("The @idempotent directive is required", extensions: { code: "BAD_REQUEST" }) \
        unless @key

      order = @shop.orders.find(Gid.number("Order", input[:order_id]))
      return failed(nil, "Order does not exist") unless order

      refund = @shop.refunds.make(order[:id], key: @key, **refunded(input))
      { user_errors: [], order: Order.new(@shop, order), refund: Refund.new(@shop, refund) }
    rescue Refunds::Refused => e
      failed(nil, e.message)
    rescue Refunds::KeyReused
      raise GraphQL::ExecutionError.new("The key was used with other parameters",
                                        extensions: { code: "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" })
    end

    private

    def object(type, row)
      row && type.new(@shop, row)
    end

    def failed(code, message)
      { user_errors: [{ code: code, field: nil, message: message }] }
    end

    # `compareDigest: null` means: only if there is none.
    def refusal_of_metafield(wanted)
      order = @shop.orders.find(Gid.number("Order", wanted[:owner_id]))
      return "INVALID" unless order && (!wanted.key?(:compare_digest) || wanted[:compare_digest].nil?)

      there = @shop.orders.metafield(order[:id], wanted[:namespace], wanted[:key])
      "STALE_OBJECT" if there && wanted.key?(:compare_digest)
    end

    def set_metafield(wanted)
      order_id = Gid.number("Order", wanted[:owner_id])
      @shop.orders.set_metafield(order_id, **wanted.slice(:namespace, :key, :value, :type))
      Metafield.new(@shop, @shop.orders.metafield(order_id, wanted[:namespace], wanted[:key]))
    end

    def draft_line(input)
      variant = @shop.goods.variants[Gid.number("ProductVariant", input[:product_variant_id])]
      price = Integer(input[:current_price].to_s.delete_suffix(".0"), 10, exception: false)
      return unless variant && price && input[:quantity].positive?

      { variant_id: variant.id, quantity: input[:quantity], price: price,
        plan_id: Gid.number("SellingPlan", input[:selling_plan_id]), plan_name: input[:selling_plan_name],
        attributes: JSON.generate(input.fetch(:custom_attributes, [])) }
    end

    def refunded(input)
      { items: input.fetch(:refund_line_items, []).map do |item|
          { line_id: Gid.number("LineItem", item[:line_item_id]), quantity: item[:quantity] }
        end,
        payments: input.fetch(:transactions, []).map do |one|
          { transaction_id: Gid.number("OrderTransaction", one[:parent_id]),
            amount: Integer(one[:amount].to_s.delete_suffix(".0"), 10) }
        end }
    end
  end
end
