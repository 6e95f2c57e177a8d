# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "call"

module Upsell
  # A C object that many threads may use, and the scratch objects that each use needs. Whoever has
  # taken a scratch object is inside; {#close} frees the C object when nobody is, and else the last
  # one who leaves frees it. So nothing is freed under a thread whose call has released Ruby's lock.
  # A scratch object that never comes back (its thread was killed, or a fork happened while another
  # thread was inside) leaves the freeing to the garbage collector.
  #
  # Taking one out of an Array and putting it back are atomic in CRuby and cost 50 ns together,
  # where a Mutex costs 100: this is part of every decision.
  # @api private
  class Handle
    # @param pointer [FFI::AutoPointer] the C object
    # @param name [String] what it is, for messages
    # @yieldreturn a new scratch object
    def initialize(pointer, name, &make)
      @pointer = pointer
      @name = name
      @make = make
      @idle = []
      @made = 0
      @closed = false
      @mutex = Mutex.new
    end

    # The C object; valid for who is inside.
    # @return [FFI::AutoPointer]
    attr_reader :pointer

    def closed?
      @closed
    end

    # Goes inside: a scratch object, to be given back.
    # @raise [ClosedError]
    def take
      scratch = @idle.pop || make
      # Looked at when the scratch object is ours already: who closes either sees that it is out, or
      # has closed before this.
      return scratch unless @closed

      give(scratch)
      raise ClosedError, "This #{@name} is closed; make a new one, or close it later."
    end

    # Leaves.
    def give(scratch)
      @idle.push(scratch)
      release if @closed
    end

    # Yields a scratch object.
    def use
      scratch = take
      begin
        yield scratch
      ensure
        give(scratch)
      end
    end

    def close
      @closed = true
      release
    end

    private

    def make
      @mutex.synchronize do
        @made += 1
        @make.call
      end
    end

    def release
      @mutex.synchronize do
        next unless @idle.size == @made

        @idle.each(&:free)
        @pointer.free # once; more often does nothing
      end
    end
  end
end
