# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "check"
require_relative "text"

module Upsell
  # Calls of C functions that give a status.
  # @api private
  module Call
    # Calls that work for longer than about 20 microseconds let other Ruby threads run meanwhile;
    # it costs 60 ns and, where other threads are busy, a wait for the lock. C takes 1 to 3 ns for a
    # byte, so a text of this many bytes is worth it.
    BLOCKING_BYTES = 16_384

    module_function

    # Memory for the details of an error.
    # @return [Native::Error]
    def error
      memory = Native::Error.new(FFI::MemoryPointer.new(Native::Error))
      memory[:size] = Native::Error.size
      memory
    end

    # Raises what a status tells.
    # @param status [Integer] what the function returned
    # @param error [Native::Error, nil] where it wrote the details
    def check(status, error = nil)
      return if status == Native::OK

      raise error ? Error.of_c(status, error) : Error.build(status)
    end

    # Makes an object: yields where C is to write its address, and where the details of an error.
    # @param type [Class] class of the pointer that owns the object
    def make(type)
      out = FFI::MemoryPointer.new(:pointer)
      details = error
      check(yield(out, details), details)
      type.new(out.read_pointer)
    end

    # Reads a number that C writes.
    # @param type [Symbol] its type
    def number(type)
      out = FFI::MemoryPointer.new(type)
      check(yield(out))
      out.get(type, 0)
    end

    # Reads a number that C reads in a text, which it takes as a slice by value.
    # @param text [String]
    # @yieldparam str [Native::Str]
    # @yieldparam out [FFI::MemoryPointer]
    def parsed(text)
      out = FFI::MemoryPointer.new(:int64)
      status = slice(Check.bytes(text)) { |str| yield str, out }
      return out.read_int64 if status == Native::OK

      raise Error.build(status, "#{Error.meaning(status)} Found #{Check.shown(text)}.")
    end

    # Passes a text as a slice.
    # @param text [String]
    # @yieldparam str [Native::Str]
    def slice(text)
      arena = Arena.new
      str = Native::Str.new
      arena.text(str, text)
      yield str
    end

    def long?(text)
      text.bytesize >= BLOCKING_BYTES
    end
  end
end
