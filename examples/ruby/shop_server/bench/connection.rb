# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "socket"

module Bench
  # One connection to the server, kept alive. Requests are sent as they were made beforehand, so that the
  # client takes as little as it can of the processors that it shares with the server.
  class Connection
    # The server has hung up, or has said what this does not understand.
    class Broken < StandardError
    end

    # Seconds without a byte after which an answer is given up.
    PATIENCE = 10
    private_constant :PATIENCE

    # The bytes of a request.
    # @param token [String]
    # @param body [String]
    # @return [String]
    def self.request(token, body)
      "POST /offer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" \
        "Authorization: Bearer #{token}\r\nContent-Length: #{body.bytesize}\r\n\r\n#{body}".b
    end

    # @param port [Integer] on this machine
    def initialize(port)
      @port = port
    end

    # @param request [String]
    # @return [Array(Integer, String)] status and body
    # @raise [Broken, SystemCallError]
    def call(request)
      close if @socket&.wait_readable(0) # the server has ended it meanwhile
      @socket ||= open
      @socket.write(request)
      read
    rescue Broken, SystemCallError
      close
      raise
    end

    def close
      @socket&.close
      @socket = nil
    end

    private

    def open
      TCPSocket.new("127.0.0.1", @port).tap { |socket| socket.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1) }
    end

    # The server says the length of every answer; nothing follows it before the next request.
    def read
      bytes = +"".b
      more(bytes) until (split = bytes.index("\r\n\r\n"))
      status = bytes[%r{\AHTTP/1\.1 (\d{3}) }, 1]
      length = bytes[/\r\nContent-Length: (\d+)\r\n/i, 1]
      raise Broken, "an answer with a status and a length was expected" unless status && length

      size = split + 4 + length.to_i
      more(bytes) while bytes.bytesize < size
      close if bytes.match?(/\r\nConnection: close\r\n/i)
      [status.to_i, bytes.byteslice(split + 4, length.to_i)]
    end

    def more(bytes)
      raise Broken, "no answer within #{PATIENCE} seconds" unless @socket.wait_readable(PATIENCE)

      bytes << @socket.readpartial(65_536)
    rescue EOFError
      raise Broken, "the server hung up in the middle of an answer"
    end
  end
end
