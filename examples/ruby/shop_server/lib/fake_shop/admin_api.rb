# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "graphql"
require_relative "graphql_roots"

module FakeShop
  # The Admin API: documents are parsed, checked against the schema and executed by the graphql gem.
  class AdminApi
    # The version that the schema is of.
    VERSION = "2026-07"
    # What an app may spend, and what comes back of it each second.
    BUDGET = 2000
    RESTORED = 100
    COST_OF_MUTATION = 10

    # What the gem asks for: how fields are resolved.
    module Resolver
      module_function

      # An object's field is its method, or the key of its row.
      def call(type, field, object, arguments, context)
        object = GraphqlRoots.new(context[:shop], idempotency_key(context.query)) if object.nil?
        name = field.graphql_name.gsub(/[A-Z]/) { |letter| "_#{letter.downcase}" }.to_sym
        return object[name] if object.is_a?(Hash)
        return object.public_send(name, **plain(arguments)) if object.class.method_defined?(name)

        object.row.fetch(name) { raise KeyError, "#{type.graphql_name}.#{field.graphql_name}" }
      end

      def resolve_type(_type, object, context)
        context.schema.get_type(object.class.type)
      end

      # Input objects as hashes.
      def plain(value)
        case value
        when Hash then value.transform_values { |one| plain(one) }
        when Array then value.map { |one| plain(one) }
        else value.is_a?(GraphQL::Schema::InputObject) ? plain(value.to_h) : value
        end
      end

      def idempotency_key(query)
        field = query.selected_operation.selections.first
        argument = field.directives.find { |one| one.name == "idempotent" }&.arguments&.first&.value
        argument.is_a?(GraphQL::Language::Nodes::VariableIdentifier) ? query.variables[argument.name] : argument
      end
    end

    SCHEMA = GraphQL::Schema.from_definition(File.join(__dir__, "schema.graphql"), default_resolve: Resolver)

    # @param shop [Shop]
    def initialize(shop)
      @shop = shop
    end

    # @param document [String]
    # @param variables [Hash]
    # @return [Hash] the answer's body
    def execute(document, variables)
      query = GraphQL::Query.new(SCHEMA, document, variables: variables, context: { shop: @shop })
      # As a whole or not at all, like the platform; and one after the other.
      answer = @shop.db.transaction(mode: :immediate) { query.result.to_h }
      answer.merge("extensions" => cost(query))
    end

    # @return [Hash] the answer to an app that calls too much
    def self.throttled
      { "errors" => [{ "message" => "Throttled", "extensions" => { "code" => "THROTTLED" } }],
        "extensions" => { "cost" => { "requestedQueryCost" => COST_OF_MUTATION, "actualQueryCost" => nil,
                                      "throttleStatus" => throttle_status(0) } } }
    end

    # @api private
    def self.throttle_status(available)
      { "maximumAvailable" => BUDGET.to_f, "currentlyAvailable" => available, "restoreRate" => RESTORED.to_f }
    end

    private

    def cost(query)
      cost = query.mutation? ? COST_OF_MUTATION : [1, query.query_string.scan("{").size - 1].max
      { "cost" => { "requestedQueryCost" => cost, "actualQueryCost" => cost,
                    "throttleStatus" => self.class.throttle_status(BUDGET - cost) } }
    end
  end
end
