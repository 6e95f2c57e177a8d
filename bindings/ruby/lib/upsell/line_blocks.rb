# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "decisions"

module Upsell
  # What came of one line of a stream.
  # @since 0.1.0
  class LineResult < Value
    fields :line, :decision, :error

    # @!attribute [r] line
    #   @return [Integer] number of the line, from 1
    # @!attribute [r] decision
    #   @return [Decision, nil] nil where there is an error
    # @!attribute [r] error
    #   @return [Error, nil] what is wrong with the line

    # @param line [Integer] number of the line, from 1
    # @param decision [Decision, nil]
    # @param error [Error, nil]
    def initialize(line:, decision: nil, error: nil)
      @line = Check.integer(line, Check::INT64, "/line")
      @decision = Check.optional_value(decision, Decision, "/decision")
      @error = error.nil? || error.is_a?(Error) ? error : Check.wrong_type("An Upsell::Error", error, "/error")
      freeze
    end
  end

  # Cuts a stream into blocks of whole lines, each to be decided in one call.
  # @api private
  class LineBlocks
    # How much is read at once: 64 KiB are as fast, 16 KiB and 1 MiB are slower.
    CHUNK = 256 * 1024

    # A block of whole lines.
    Lines = Struct.new(:text) do
      # What came of each line.
      # @param before [Integer] number of lines before the block
      # @yieldparam text [String]
      # @yieldreturn [Decisions]
      # @return [Array<LineResult>]
      def results(before)
        decisions = yield text
        errors = decisions.errors
        decisions.lines.each_with_index.map do |line, i|
          error = errors[i]
          LineResult.new(line: before + line, decision: error ? nil : decisions[i], error: error)
        end
      end

      def count
        text.count("\n")
      end
    end

    # A line that is too long. Its bytes are passed over.
    class TooLong
      # @return [Array<LineResult>]
      def results(before)
        [LineResult.new(line: before + 1, error: Deciding.line_too_long)]
      end

      def count
        1
      end
    end

    # @param source [#readpartial, String, Enumerable<String>]
    def initialize(source)
      @source = source
      @rest = String.new
      @skipping = false
    end

    # @yieldparam block [Lines, TooLong]
    # @yieldparam before [Integer] number of lines before it
    def each
      before = 0
      blocks do |block|
        yield block, before
        before += block.count
      end
    end

    private

    def blocks(&block)
      chunks do |chunk|
        chunk = skip(chunk) if @skipping
        take(chunk, &block) if chunk
      end
      yield Lines.new(@rest.freeze) unless @rest.empty?
    end

    # Adds what was read, and yields the whole lines that are there.
    def take(chunk)
      last = chunk.rindex("\n")
      if last
        yield Lines.new((@rest << chunk.byteslice(0, last + 1)).freeze)
        @rest = chunk.byteslice(last + 1, chunk.bytesize)
      else
        @rest << chunk
      end
      return if @rest.bytesize <= Native::LINE_MAX_BYTES

      @rest = String.new
      @skipping = true
      yield TooLong.new
    end

    # What follows the line that is too long; nil while it goes on.
    def skip(chunk)
      last = chunk.index("\n") or return
      @skipping = false
      chunk.byteslice(last + 1, chunk.bytesize)
    end

    # Pieces of the stream, as bytes.
    def chunks(&block)
      if @source.is_a?(String) then chunks_of_text(Check.bytes(@source).b, &block)
      elsif @source.respond_to?(:readpartial) then chunks_of_stream(&block)
      elsif @source.is_a?(Enumerable) then @source.each_with_index { |piece, i| yield Check.bytes(piece, "/#{i}").b }
      else Check.wrong_type("A stream with readpartial, a String or an Enumerable of Strings", @source, "")
      end
    end

    def chunks_of_text(text)
      0.step(text.bytesize - 1, CHUNK) { |at| yield text.byteslice(at, CHUNK) }
    end

    # What is there is taken: whoever writes to a pipe, and waits for an answer, is not kept waiting.
    def chunks_of_stream
      while (piece = read)
        yield piece
      end
    end

    def read
      @source.readpartial(CHUNK).b
    rescue EOFError
      nil
    end
  end
end
