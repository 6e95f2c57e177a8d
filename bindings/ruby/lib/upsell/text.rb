# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "native"

module Upsell
  # Text that C hands out, as Ruby Strings. The one place where bytes become UTF-8: C gives nothing
  # else (DOC-1). Everything is copied, because what C shows is gone with its next call.
  # @api private
  module Text
    module_function

    # @return [String] frozen
    def utf8(bytes)
      bytes.force_encoding(Encoding::UTF_8).freeze
    end

    # Copies from a pointer and a length.
    def at(pointer, len)
      utf8(len.zero? ? +"" : pointer.read_bytes(len))
    end

    # A slice that must be there.
    # @param str [Native::Str]
    def of(str)
      at(str[:data], str[:len])
    end

    # A slice, nil where it is absent.
    # @param str [Native::Str]
    def optional(str)
      str[:data].null? ? nil : of(str)
    end

    # A list of slices.
    def list(pointer, count)
      Text.structs(Native::Str, pointer, count).map { |str| of(str) }.freeze
    end

    # A text that the library made for us; it is freed.
    # @param text [Native::TextPointer]
    def taken(text)
      len = FFI::MemoryPointer.new(:size_t)
      at(Native.upsell_text_data(text, len), len.get(:size_t, 0))
    ensure
      text.free
    end

    # A static text that ends with NUL.
    def static(pointer)
      utf8(pointer.read_string)
    end

    # A field of chars in a struct, which ends with NUL.
    def of_chars(chars)
      utf8(chars.to_ptr.read_string)
    end

    # The structs of an array.
    def structs(type, pointer, count)
      Array.new(count) { |i| type.new(pointer + (i * type.size)) }
    end
  end
end
