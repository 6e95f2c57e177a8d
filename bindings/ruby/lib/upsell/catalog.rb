# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "closing"
require_relative "decisions"
require_relative "handle"
require_relative "line_blocks"
require_relative "order"
require_relative "problem"

module Upsell
  # What a catalogue holds, in numbers.
  # @since 0.1.0
  class CatalogInfo < Result
    fields :currency, :selling_plans, :products, :variants, :scenarios, :published, :bytes

    # @!attribute [r] currency
    #   @return [Currency] of all amounts
    # @!attribute [r] selling_plans
    #   @return [Integer] number of selling plans
    # @!attribute [r] products
    #   @return [Integer] number of products
    # @!attribute [r] variants
    #   @return [Integer] number of variants of all products
    # @!attribute [r] scenarios
    #   @return [Integer] number of scenarios
    # @!attribute [r] published
    #   @return [Integer] number of published scenarios
    # @!attribute [r] bytes
    #   @return [Integer] memory that the C library holds for it

    # @api private
    def initialize(currency, selling_plans, products, variants, scenarios, published, bytes)
      @currency = currency
      @selling_plans = selling_plans
      @products = products
      @variants = variants
      @scenarios = scenarios
      @published = published
      @bytes = bytes
      freeze
    end
  end

  # A store's selling plans, products and scenarios: checked once, and immutable from then on.
  #
  # Any number of threads may share a catalogue without locks. It holds memory of the C library
  # until it is closed or collected; closing it while other threads use it is safe: what they have
  # begun ends well, and what they begin later raises {ClosedError}. After a fork, each process has
  # its own.
  #
  # @example
  #   Upsell::Catalog.open("catalog.json") do |catalog|
  #     decision = catalog.decide(order)
  #     puts decision.offer.scenario_name if decision.offer?
  #   end
  # @since 0.1.0
  class Catalog
    include Closing

    class << self
      # Builds a catalogue from the text of an "upsell.catalog/1" document.
      # @param text [String] JSON text
      # @return [Catalog]
      # @raise [Error] the first problem (DOC-1 to DOC-9, CAT-1 to CAT-17)
      def from_json(text)
        text = Check.bytes(text)
        build = Call.long?(text) ? :catalog_new_from_json_blocking : :upsell_catalog_new_from_json
        new(Call.make(Native::CatalogPointer) do |out, error|
          Native.public_send(build, text, text.bytesize, out, error)
        end)
      end

      # Builds a catalogue from a file.
      # @param path [String, Pathname] a file with an "upsell.catalog/1" document
      # @return [Catalog]
      # @raise [Error] the first problem
      # @raise [SystemCallError] if the file cannot be read
      def from_file(path)
        from_json(File.binread(path))
      end

      # Builds a catalogue from values.
      # @overload build(input)
      #   @param input [CatalogInput]
      # @overload build(**input)
      #   @param input the members of a {CatalogInput}
      # @return [Catalog]
      # @raise [Error] the first problem (CAT-1 to CAT-17); {Upsell.check} finds them all
      def build(given = nil, **input)
        arena = Arena.new
        struct = CatalogInput.given(given, input).to_c(arena)
        new(Call.make(Native::CatalogPointer) { |out, error| Native.catalog_new_blocking(struct, out, error) })
      end

      # Builds a catalogue from a file, and closes it after the block.
      # @param path [String, Pathname] a file with an "upsell.catalog/1" document
      # @yieldparam catalog [Catalog]
      # @return [Object, Catalog] what the block returns; without a block the catalogue
      # @raise [Error, SystemCallError] as {from_file}
      def open(path)
        catalog = from_file(path)
        return catalog unless block_given?

        begin
          yield catalog
        ensure
          catalog.close
        end
      end

      private :new
    end

    # @return [CatalogInfo] what it holds, in numbers
    attr_reader :info

    # @param pointer [Native::CatalogPointer]
    # @api private
    def initialize(pointer)
      @handle = Handle.new(pointer, "catalogue") { Batch.new }
      @info = read_info(pointer)
      @reader = ResultReader.new(@info.currency)
    end

    # Decides for an order (DEC-1 to DEC-16).
    # @param order [Order]
    # @param explain [Boolean] whether to list every candidate that lost (DEC-15)
    # @return [Decision]
    # @raise [ClosedError, WrongTypeError, NoMemoryError]
    def decide(order, explain: false)
      Check.value(order, Order, "")
      decide_one(Native::ORDERS_PACKED, order.packed, explain) { |batch| @reader.only(batch, order.id) }
    end

    # Decides for the text of one "upsell.order/1" document.
    # @param text [String] JSON text
    # @param explain [Boolean] whether to list every candidate that lost (DEC-15)
    # @return [Decision]
    # @raise [Error] what is wrong with the order (DOC-1 to DOC-9, ORD-1 to ORD-5)
    def decide_json(text, explain: false)
      decide_one(Native::ORDERS_JSON, Check.bytes(text), explain) { |batch| @reader.only(batch, nil) }
    end

    # Decides, and gives the text of an "upsell.decision/1" document, without a line end (OUT-1).
    # @param order [Order, String] an order, or the text of an "upsell.order/1" document
    # @param explain [Boolean] whether to list every candidate that lost (DEC-15)
    # @return [String]
    # @raise [Error] as {#decide} and {#decide_json}
    def decide_to_json(order, explain: false)
      decide_one(*order_text(order), explain, &:decision_json)
    end

    # Decides for many orders in one call. Other threads run meanwhile, from some dozens of orders on.
    # @param orders [Enumerable<Order>]
    # @param explain [Boolean] whether to list every candidate that lost (DEC-15)
    # @return [Decisions]
    # @raise [ClosedError, WrongTypeError, NoMemoryError]
    def decide_many(orders, explain: false)
      Check.wrong_type("An Enumerable of orders", orders, "") unless orders.is_a?(Enumerable)
      Decisions.new(@handle, @reader, Native::ORDERS_PACKED, pack(orders.to_a), flags(explain))
    end

    # Decides for a stream with an "upsell.order/1" document in each line (CLI-4). What can be read is
    # decided in blocks, one call for each, so memory stays bounded however long the stream is.
    #
    # A line that holds only white space is passed over, but counted. A line that is no valid order,
    # or longer than 16 MiB, gives its error in its place.
    #
    # @param source [IO, StringIO, #readpartial, String, Enumerable<String>] a stream, its text, or
    #   pieces of it that may end anywhere
    # @param explain [Boolean] whether to list every candidate that lost (DEC-15)
    # @yieldparam result [LineResult]
    # @return [nil, Enumerator<LineResult>] without a block an Enumerator, which reads as it goes
    # @raise [ClosedError, WrongTypeError, NoMemoryError]
    # @example
    #   File.open("orders.ndjson", "rb") do |file|
    #     catalog.decide_lines(file) { |result| puts result.error || result.decision.outcome }
    #   end
    def decide_lines(source, explain: false, &block)
      number = flags(explain)
      return enum_for(:decide_lines, source, explain: explain) unless block

      LineBlocks.new(source).each do |blk, before|
        blk.results(before) { |text| Decisions.new(@handle, @reader, Native::ORDERS_LINES, text, number) }.each(&block)
      end
      nil
    end

    # What is allowed in this catalogue but will hurt (CAT-20): texts that the law wants and that are
    # missing (`:missing_text`), offers that cost more at first than the plan does without them
    # (`:dearer_than_plan`), and offers that join a contract which ends otherwise than the buyer is told
    # (`:not_applicable`).
    # @return [Array<Problem>] mostly empty; pointers are into the document
    # @raise [ClosedError, NoMemoryError]
    # @example
    #   catalog.warnings.each { |warning| puts "#{warning.pointer}: #{warning.message}" }
    def warnings
      Problem.list(lend do |catalog|
        Call.make(Native::ProblemsPointer) { |out, _| Native.upsell_catalog_warnings(catalog, out) }
      end)
    end

    # Yields the C object, which is not freed meanwhile.
    # @api private
    def lend
      @handle.use { yield @handle.pointer }
    end

    # @return [String]
    def inspect
      "#<#{self.class} #{closed? ? "closed" : "currency=#{info.currency.code}, scenarios=#{info.scenarios}"}>"
    end

    private

    def decide_one(form, text, explain)
      number = explain == false ? 0 : flags(explain)
      batch = @handle.take
      begin
        status = batch.decide(@handle.pointer, form, text, number)
        raise batch.failure(status) unless status == Native::OK

        yield batch
      ensure
        @handle.give(batch)
      end
    end

    def pack(orders)
      Check.values(orders, Order, "") unless orders.all?(Order) # which refuses what is none
      orders.map(&:packed).join.freeze
    end

    # The form and the text of an order, or of the text of its document.
    def order_text(order)
      return [Native::ORDERS_JSON, Check.bytes(order)] if order.is_a?(String)

      [Native::ORDERS_PACKED, Check.value(order, Order, "").packed]
    end

    def flags(explain)
      Check.flag(explain, "/explain") ? Native::DECIDE_EXPLAIN : 0
    end

    def read_info(pointer)
      memory = Native::CatalogInfo.new
      memory[:size] = memory.size
      Call.check(Native.upsell_catalog_describe(pointer, memory))
      CatalogInfo.of(Currency.of_c(memory[:currency]), *CatalogInfo.members.drop(1).map { |name| memory[name] })
    end
  end
end
