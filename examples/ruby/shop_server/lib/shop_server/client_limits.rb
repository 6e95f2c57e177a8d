# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "puma"
require "puma/server"
require_relative "refusal"

module ShopServer
  # What Puma 5 has no setting for: how much a client may send before anybody looks at it, and how long it
  # may take. What is a little too large is refused by {Intake}, with all that an answer should have; this
  # is for clients that would fill the disk, or hold a connection for ever.
  module ClientLimits
    class << self
      attr_reader :bytes, :seconds, :log

      # @param bytes [Integer] more is not taken in
      # @param seconds [Numeric] from the first byte of a request to the last
      # @param log [Log]
      def set(bytes:, seconds:, log:)
        @bytes = bytes
        @seconds = seconds
        @log = log
        Puma::Client.prepend(self)
      end
    end

    # The next request of a connection.
    def reset(...)
      @began = nil
      super
    end

    # Each piece that comes in wins a client more time; but not without end.
    def set_timeout(seconds)
      now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      @began ||= now if @buffer || in_data_phase
      super(@began ? [seconds, @began + ClientLimits.seconds - now].min : seconds)
    end

    private

    # The headers are there.
    def setup_body
      @came_in = 0
      take(env["CONTENT_LENGTH"].to_i)
      super
    end

    # A piece of a body whose length is not said.
    def decode_chunk(text)
      take(text.bytesize)
      super
    end

    def take(bytes)
      @came_in += bytes
      return if @came_in <= ClientLimits.bytes

      ClientLimits.log.warn("refused", code: "body_too_large", status: 413, route: "other")
      body = Refusal.new(413, "body_too_large").body
      io << "HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\nContent-Type: application/json\r\n" \
            "Content-Length: #{body.bytesize}\r\n\r\n#{body}"
      raise Puma::ConnectionError # closes it, and tells nobody
    end
  end
end
