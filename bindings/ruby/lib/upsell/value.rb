# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "errors"

module Upsell
  # A frozen value: made of named members, equal to another of its class with equal members, and
  # frozen with all that it holds, so that it may be shared by threads and Ractors. It has no
  # setters; {#with} makes a changed copy.
  #
  # @example
  #   line = Upsell::OrderLine.new(id: "1", product_id: "11", quantity: 2)
  #   line.with(quantity: 3)                            #=> another line
  #   case line
  #   in {quantity: 2.., selling_plan_id: nil} then puts "several, one-time"
  #   end
  # @since 0.1.0
  class Value
    class << self
      # The names of the members, in order.
      # @return [Array<Symbol>]
      attr_reader :members

      private

      # Declares members and their readers.
      def fields(*names)
        @members = names.freeze
        attr_reader(*names)
      end
    end

    # @return [Hash{Symbol => Object}] the members; values in it are not turned into Hashes
    def to_h
      self.class.members.to_h { |name| [name, public_send(name)] }
    end

    # A copy in which some members differ. They are checked as if it were made anew.
    # @param changes [Hash{Symbol => Object}] members
    # @return [Value] of the same class
    def with(**changes)
      changes.empty? ? self : self.class.new(**to_h, **changes)
    end

    # @param other [Object]
    # @return [Boolean] whether the other is of the same class, with equal members
    def ==(other)
      other.instance_of?(self.class) &&
        self.class.members.all? { |name| public_send(name) == other.public_send(name) }
    end
    alias eql? ==

    # @return [Integer] the same for equal values
    def hash
      [self.class, *self.class.members.map { |name| public_send(name) }].hash
    end

    # For pattern matching.
    # @param keys [Array<Symbol>, nil] members that are asked for; nil: all
    # @return [Hash{Symbol => Object}]
    def deconstruct_keys(keys)
      keys ? to_h.slice(*keys) : to_h
    end

    # @return [String]
    def inspect
      "#<#{self.class} #{to_h.map { |name, value| "#{name}=#{value.inspect}" }.join(", ")}>"
    end
    alias to_s inspect

    # For Marshal: the members alone, which are checked again when they are read.
    # @api private
    def marshal_dump
      to_h
    end

    # @api private
    def marshal_load(members)
      initialize(**members)
    end

    private

    def initialize_copy(_other)
      freeze
    end
  end
end
