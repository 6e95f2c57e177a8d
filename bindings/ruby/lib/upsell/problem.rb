# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "catalog_input"

module Upsell
  # One problem of a catalogue (CAT-17).
  # @since 0.1.0
  class Problem < Value
    fields :code, :status, :pointer, :message, :offset

    # @!attribute [r] code
    #   @return [Symbol] its stable name (DOC-6): `:missing_key`
    # @!attribute [r] status
    #   @return [Integer] its number in C
    # @!attribute [r] pointer
    #   @return [String] JSON Pointer to the culprit; "" is the whole document
    # @!attribute [r] message
    #   @return [String] one sentence: what was expected, what was found, what to do
    # @!attribute [r] offset
    #   @return [Integer, nil] the byte in the JSON text; nil where there is none

    # @param code [Symbol] its stable name
    # @param status [Integer] its number in C
    # @param pointer [String] JSON Pointer to the culprit
    # @param message [String] one sentence
    # @param offset [Integer, nil] the byte in the JSON text
    # @raise [WrongTypeError, BadTextError]
    def initialize(code:, status:, pointer:, message:, offset: nil)
      @code = code.is_a?(Symbol) ? code : Check.wrong_type("A Symbol", code, "/code")
      @status = Check.int32(status, "/status")
      @pointer = Check.text(pointer, "/pointer")
      @message = Check.text(message, "/message")
      @offset = Check.optional_integer(offset, Check::INT64, "/offset")
      freeze
    end

    # The same as an error, to be raised.
    # @return [Error]
    def to_error
      Error.build(status, message, pointer, offset)
    end

    # @api private
    def self.of_c(memory)
      error = Error.of_c(memory[:code], memory)
      new(code: error.code, status: error.status, pointer: error.pointer, message: error.detail, offset: error.offset)
    end

    # All problems of a list.
    # @param problems [Native::ProblemsPointer]
    # @return [Array<Problem>]
    # @api private
    def self.list(problems)
      memory = Call.error
      Array.new(Native.upsell_problems_count(problems)) do |i|
        Call.check(Native.upsell_problems_get(problems, i, memory))
        of_c(memory)
      end
    end
  end

  class << self
    # Finds every problem of a catalogue (CAT-17).
    # @overload check(text)
    #   @param text [String] an "upsell.catalog/1" document
    # @overload check(input)
    #   @param input [CatalogInput]
    # @overload check(**input)
    #   @param input the members of a {CatalogInput}
    # @return [Array<Problem>] empty for a valid catalogue
    # @raise [Error] where values cannot be handed over at all, such as a text in another encoding
    # @example
    #   Upsell.check(File.read("catalog.json")).each { |problem| puts "#{problem.pointer}: #{problem.message}" }
    # @since 0.1.0
    def check(given = nil, **input)
      Problem.list(given.is_a?(String) ? check_text(Check.bytes(given)) : check_input(CatalogInput.given(given, input)))
    end

    # Finds every problem of a catalogue in a file.
    # @param path [String, Pathname] a file with an "upsell.catalog/1" document
    # @return [Array<Problem>] empty for a valid catalogue
    # @raise [SystemCallError] if the file cannot be read
    # @since 0.1.0
    def check_file(path)
      check(File.binread(path))
    end

    private

    def check_text(text)
      check = Call.long?(text) ? :catalog_check_json_blocking : :upsell_catalog_check_json
      Call.make(Native::ProblemsPointer) { |out, _| Native.public_send(check, text, text.bytesize, out) }
    end

    def check_input(input)
      arena = Arena.new
      struct = input.to_c(arena)
      Call.make(Native::ProblemsPointer) { |out, _| Native.catalog_check_blocking(struct, out) }
    end
  end
end
