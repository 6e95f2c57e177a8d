# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "native"

module Upsell
  # Memory for the structs that one call is given. C keeps nothing of it, so it goes with the arena,
  # which must live as long as the call.
  # @api private
  class Arena
    def initialize
      @kept = []
    end

    # A zeroed struct, with its size set where it has one.
    def struct(type)
      sized(type.new(keep(FFI::MemoryPointer.new(type))))
    end

    # Fills an array with what the block does to each struct, and refers to it.
    # @param owner [FFI::Struct] what has the fields
    # @param field [Symbol] its pointer to the array
    # @param count [Symbol] its number of elements
    # @param items [Array, nil] nil, or an empty one, is absent
    def array(owner, field, count, type, items)
      return if items.nil? || items.empty?

      memory = keep(FFI::MemoryPointer.new(type, items.size))
      items.each_with_index { |item, i| yield sized(type.new(memory + (i * type.size))), item }
      owner[field] = memory
      owner[count] = items.size
    end

    # Refers to a text; nil is absent.
    # @param str [Native::Str] the slice to fill
    def text(str, text)
      return if text.nil?

      memory = keep(FFI::MemoryPointer.new(:char, text.bytesize + 1))
      memory.put_bytes(0, text)
      str[:data] = memory
      str[:len] = text.bytesize
    end

    # An array of texts.
    def texts(owner, field, count, texts)
      array(owner, field, count, Native::Str, texts) { |str, text| text(str, text) }
    end

    # A currency's code in a field of four chars.
    def code(struct, text)
      struct[:currency].to_ptr.put_bytes(0, text.byteslice(0, 3))
    end

    private

    def keep(memory)
      @kept << memory
      memory
    end

    def sized(struct)
      struct[:size] = struct.size if struct.members.first == :size
      struct
    end
  end
end
