# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "arena"
require_relative "call"
require_relative "enums"
require_relative "problem"

module Upsell
  class << self
    # Turns Shopify's post-purchase InputData into an "upsell.order/1" document (ADA-1, ADA-5). Errors
    # point into the payload.
    # @param payload [String] JSON text
    # @param ids [Symbol] one of {IdForm}: how the catalogue writes ids of products, variants and plans
    # @return [String] the document
    # @raise [CurrencyMismatchError] if the buyer paid in another currency than the shop's
    # @raise [Error] what else is wrong with the payload (DOC-1 to DOC-9, VAL-2, ADA-2, ADA-5)
    # @since 0.1.0
    def order_from_input_data(payload, ids: :numbers)
      order_from(:upsell_order_from_input_data, payload, ids)
    end

    # Turns an order as read by {shopify_order_query} into an "upsell.order/1" document (ADA-1, ADA-6,
    # ADA-7).
    # @param answer [String] JSON text: the answer (`{"data":{"order":...}}`), its `data`, or the order
    # @param ids [Symbol] one of {IdForm}: how the catalogue writes ids of products, variants and plans
    # @return [String] the document
    # @raise [BadCountError] also when not all lines were read
    # @raise [BadValueError] also when the answer has errors
    # @raise [Error] as {order_from_input_data}
    # @since 0.1.0
    def order_from_shopify_order(answer, ids: :numbers)
      order_from(:upsell_order_from_shopify_order, answer, ids)
    end

    # The Admin GraphQL query whose answer {order_from_shopify_order} takes. Its one variable is `id`, the
    # order's GID (ADA-6).
    # @return [String]
    # @since 0.1.0
    def shopify_order_query
      Text.static(Native.upsell_shopify_order_query)
    end

    # Writes an error as the JSON line that stands for a bad line of a stream (CLI-4).
    # @param error [Error, Problem]
    # @param line [Integer] number of the line, from 1
    # @return [String] `{"error":{"code":...,"path":...,"message":...,"line":N}}`
    # @raise [WrongTypeError, OutOfRangeError]
    # @since 0.1.0
    def error_to_json(error, line)
      error = error.to_error if error.instance_of?(Problem)
      Check.wrong_type("An Upsell::Error or a Problem", error, "/error") unless error.is_a?(Error)
      Check.integer(line, Check::UINT64, "/line")
      buffer = FFI::MemoryPointer.new(:char, Native::ERROR_JSON_SIZE)
      Call.check(Native.upsell_error_to_json(error.to_c, line, buffer, buffer.size, nil))
      Text.static(buffer)
    end

    # Version of the loaded C library: "0.1.0". {VERSION} is that of this gem.
    # @return [String]
    # @since 0.1.0
    def library_version
      Text.static(Native.upsell_version)
    end

    # Where the C library was loaded from: a file, or the name by which the system's loader found it.
    # @return [String]
    # @since 0.1.0
    def library_path
      Library.path
    end

    private

    def order_from(function, text, ids)
      text = Check.bytes(text)
      form = IdForm.number(ids, "/ids")
      Text.taken(Call.make(Native::TextPointer) do |out, error|
        Native.public_send(function, text, text.bytesize, form, out, error)
      end)
    end
  end
end
