# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "call"

module Upsell
  # A place for the results of orders: the scratch object of a catalogue. Used by one thread at a
  # time ({Handle}).
  # @api private
  class Batch
    RESULTS = Native::BatchView.offset_of(:results)
    RESULT_COUNT = Native::BatchView.offset_of(:result_count)
    TEXT = Native::BatchView.offset_of(:text)
    TEXT_LEN = Native::BatchView.offset_of(:text_len)
    OUTCOME = Native::DecisionView.offset_of(:outcome)
    private_constant :RESULTS, :RESULT_COUNT, :TEXT, :TEXT_LEN, :OUTCOME

    def initialize
      @pointer = Call.make(Native::BatchPointer) { |out, _| Native.upsell_batch_new(out) }
      @view = Native.upsell_batch_get(@pointer) # stays where it is; what it refers to moves
      @error = Call.error
      @details = @error.to_ptr
    end

    # Decides for a text.
    # @param catalog [FFI::Pointer] the catalogue
    # @param form [Integer] what the text is
    # @param text [String] frozen
    # @param flags [Integer]
    # @return [Integer] status
    def decide(catalog, form, text, flags)
      return decide_long(catalog, form, text, flags) if text.bytesize >= Call::BLOCKING_BYTES

      Native.upsell_batch_decide(@pointer, catalog, form, text, text.bytesize, flags, @details)
    end

    # The error that the last call told of.
    # @param status [Integer] what it returned
    # @return [Error]
    def failure(status)
      Error.of_c(status, @error)
    end

    # The results, where they are now.
    # @return [FFI::Pointer]
    def results
      @view.get_pointer(RESULTS)
    end

    # The texts that the results refer to, where they are now.
    # @return [FFI::Pointer]
    def text
      @view.get_pointer(TEXT)
    end

    # Copies of all results, and of all texts.
    # @return [Array(String, String)]
    def copy
      count = @view.get(:size_t, RESULT_COUNT)
      [bytes(results, count * Native::Result.size), bytes(text, @view.get(:size_t, TEXT_LEN))]
    end

    # The last decision in full. Borrowed: valid until the batch decides again.
    # @return [Native::DecisionView]
    def decision
      Native::DecisionView.new(Native.upsell_decision_get(Native.upsell_batch_decision(@pointer)))
    end

    # The last decision as the text of its document.
    # @return [String]
    def decision_json
      text = FFI::MemoryPointer.new(:pointer)
      len = FFI::MemoryPointer.new(:size_t)
      Call.check(Native.upsell_decision_to_json(Native.upsell_batch_decision(@pointer), text, len))
      Text.at(text.read_pointer, len.get(:size_t, 0))
    end

    # Decides for a made-up order that sets one scenario off (DEC-17).
    # @param catalog [FFI::Pointer] the catalogue
    # @param index [Integer] the scenario's place
    # @return [Integer] status
    def preview(catalog, index)
      Native.upsell_preview(catalog, index, Native.upsell_batch_decision(@pointer), @details)
    end

    # The page of the last decision, as the text of its document.
    # @param request [Native::PageRequest]
    # @return [String, nil] nil without an offer
    # @raise [Error] what is wrong with the request
    def page(request)
      decision = Native.upsell_batch_decision(@pointer)
      return unless Native.upsell_decision_get(decision).get_int32(OUTCOME) == Native::OUTCOME_OFFER

      out = FFI::MemoryPointer.new(:pointer)
      status = Native.upsell_page_make(decision, request, out, @details)
      raise failure(status) unless status == Native::OK

      Text.taken(Native::TextPointer.new(out.read_pointer))
    end

    def free
      @pointer.free
    end

    private

    # What is empty may be nowhere.
    def bytes(pointer, len)
      len.zero? ? "".b : pointer.get_bytes(0, len)
    end

    # Other threads may fork meanwhile. The child has a copy of this batch that is half written, and
    # nobody who will ever end its call; so it must not be freed there. Here it must be, so nothing
    # (Thread#kill, Timeout) may come in between.
    def decide_long(catalog, form, text, flags)
      Thread.handle_interrupt(Object => :never) do
        @pointer.autorelease = false
        status = Native.batch_decide_blocking(@pointer, catalog, form, text, text.bytesize, flags, @details)
        @pointer.autorelease = true
        status
      end
    end
  end
end
