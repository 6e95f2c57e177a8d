# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "native"

module Upsell
  # Copies of the results of a batch (Native::Result), one after the other in a String.
  # @api private
  module Results
    SIZE = Native::Result.size

    # How String#unpack names the types of fields: int32_t, uint32_t, int64_t, uint64_t.
    FORMATS = { status: "l", outcome: "l", scenario_index: "L", line: "L", total_checkout: "q", total_offer_page: "q",
                order_at: "Q", order_len: "Q" }.freeze
    # A whole result up to its texts: numbers of 32 bits, then of 64.
    WHOLE = "l8q4"
    private_constant :FORMATS, :WHOLE

    module_function

    # How many there are.
    def count(results)
      results.bytesize / SIZE
    end

    # All numbers of a result up to where its texts are.
    def at(results, index)
      results.unpack("@#{index * SIZE}#{WHOLE}")
    end

    # Some numbers of one result.
    def pick(results, index, *fields)
      results.unpack("@#{index * SIZE}#{format(fields)}")
    end

    # Some numbers of each result, one after the other. The bytes between them are skipped by the
    # format: that takes 4 ns an order, where unpacking everything, or one result after the other,
    # takes 20 to 100.
    # @param fields [Array<Symbol>] in the order of the struct
    def column(results, *fields)
      results.unpack(format(fields) * count(results))
    end

    # The format that reads some fields of one result, and skips the others.
    def format(fields)
      at = 0
      parts = fields.map do |field|
        gap = Native::Result.offset_of(field) - at
        at += gap + (FORMATS[field].casecmp?("q") ? 8 : 4)
        "x#{gap}#{FORMATS[field]}"
      end
      "#{parts.join}x#{SIZE - at}"
    end
  end
end
