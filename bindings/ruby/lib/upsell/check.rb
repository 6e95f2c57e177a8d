# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "errors"

module Upsell
  # Checks of what comes in, before C sees it. FFI would turn 105.9 into 105 and take text of any
  # encoding; here a value of the wrong type, or one that does not fit, is an error, and nothing is
  # converted. Each check returns what it was given, a text as a frozen copy.
  # @api private
  module Check
    INT32 = (-(2**31)..(2**31) - 1).freeze
    INT64 = (-(2**63)..(2**63) - 1).freeze
    UINT64 = (0..(2**64) - 1).freeze
    ID_BYTES = 255
    SHOWN = 60

    module_function

    # A value as it is shown in a message.
    def shown(value)
      text = value.inspect
      text = "#{text[0, SHOWN]}..." if text.size > SHOWN
      "#{value.class} #{text}".scrub("?")
    rescue StandardError # an object of the caller whose inspect fails or gives odd text
      "an object of #{value.class}"
    end

    def wrong_type(expected, value, pointer)
      raise WrongTypeError.new("#{expected} was expected, found #{shown(value)}.", pointer: pointer)
    end

    # ---- numbers ----

    def integer(value, range, pointer)
      wrong_type("An Integer", value, pointer) unless value.instance_of?(Integer)
      return value if range.cover?(value)

      found = value.bit_length > 128 ? "one of #{value.bit_length} bits" : value
      raise OutOfRangeError.new("A number from #{range.begin} to #{range.end} was expected, found #{found}.",
                                pointer: pointer)
    end

    def optional_integer(value, range, pointer)
      value.nil? ? nil : integer(value, range, pointer)
    end

    def int32(value, pointer)
      integer(value, INT32, pointer)
    end

    # An amount of minor units, or a percentage in millionths.
    def int64(value, pointer)
      integer(value, INT64, pointer)
    end

    def flag(value, pointer)
      value == true || value == false ? value : wrong_type("true or false", value, pointer)
    end

    # ---- texts ----

    # A frozen copy: looked at is only what nobody can change any more, and without the methods that
    # a subclass or the object itself may have of its own.
    def string(value, pointer)
      String === value ? String.new(value).freeze : wrong_type("A String", value, pointer)
    end

    # Whether the bytes are UTF-8 as they are. Nothing is transcoded: a text that Ruby believes to be
    # something else would need it, and one of unknown encoding (binary) may be anything.
    def utf8?(text)
      (text.encoding == Encoding::UTF_8 || text.encoding == Encoding::US_ASCII) && text.valid_encoding?
    end

    def text(value, pointer)
      value = string(value, pointer)
      return value if utf8?(value) && !value.include?("\0")

      raise BadTextError.new("Text of UTF-8 without NUL was expected, found #{found(value)}.", pointer: pointer)
    end

    def optional_text(value, pointer)
      value.nil? ? nil : text(value, pointer)
    end

    # An id (VAL-1). Written out, and not made of the checks above, since every line of an order has
    # two to five: 0.3 microseconds each, half of what calls would take.
    def id(value, pointer)
      value = String === value ? String.new(value).freeze : wrong_type("A String", value, pointer)
      if (value.encoding == Encoding::UTF_8 || value.encoding == Encoding::US_ASCII) && value.valid_encoding? &&
         (bytes = value.bytesize) <= ID_BYTES && bytes.positive? && !value.include?("\0")
        return value
      end

      raise BadIdError.new("An id of 1 to 255 bytes of UTF-8 without NUL was expected, found #{found(value)}.",
                           pointer: pointer)
    end

    def optional_id(value, pointer)
      value.nil? ? nil : id(value, pointer)
    end

    # What is wrong with a text, for a message.
    def found(text)
      if !utf8?(text) && text.encoding != Encoding::UTF_8
        "one in #{text.encoding}; give it as UTF-8: text.encode(\"UTF-8\"), or force_encoding where the " \
          "bytes are UTF-8 already"
      elsif text.bytesize > SHOWN
        "one of #{text.bytesize} bytes"
      else
        text.inspect
      end
    end

    # Bytes that C judges by itself: JSON text, a decimal, a body. Binary Strings are what sockets
    # and files give. The copy is frozen, so that no other thread can change it during a call.
    def bytes(value, pointer = "")
      value = string(value, pointer)
      return value if [Encoding::UTF_8, Encoding::BINARY, Encoding::US_ASCII].include?(value.encoding)

      raise JsonEncodingError.new("Text in UTF-8 was expected, found one in #{value.encoding}; give it as UTF-8: " \
                                  "text.encode(\"UTF-8\").", pointer: pointer)
    end

    # ---- values ----

    # Of exactly the class: a subclass could say one thing to Ruby and another to C.
    def value(value, type, pointer)
      value.instance_of?(type) ? value : wrong_type("An #{type}", value, pointer)
    end

    def optional_value(value, type, pointer)
      value.nil? ? nil : value(value, type, pointer)
    end

    # A frozen copy of a list of values.
    def values(list, type, pointer)
      return list.dup.freeze if list.instance_of?(Array) && list.all? { |item| item.instance_of?(type) }

      each(list, pointer) { |item, at| value(item, type, at) }
    end

    def texts(list, pointer)
      each(list, pointer) { |item, at| text(item, at) }
    end

    def ids(list, pointer)
      each(list, pointer) { |item, at| id(item, at) }
    end

    def each(list, pointer)
      wrong_type("An Array", list, pointer) unless list.is_a?(Array)
      list.each_with_index.map { |item, i| yield item, "#{pointer}/#{i}" }.freeze
    end
  end
end
