# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "connection"

module Bench
  # Sends requests over several connections at once, each once, and takes down what came of it.
  class Load
    # What came of a request: status (nil: no answer), body (or why there is none), and seconds from when
    # it was due.
    Sample = Struct.new(:status, :body, :seconds)

    # How long before the first request all connections are there.
    LEAD_SECONDS = 0.1
    private_constant :LEAD_SECONDS

    # @return [Array<Sample>] in the order of the requests
    attr_reader :samples
    # @return [Float] seconds from the first request's time to the last answer
    attr_reader :seconds

    # An open loop: requests come at their times, like buyers, whether the server has answered those
    # before or not. One that had to wait for a free connection has waited for the server.
    # @param rate [Numeric] requests a second
    def self.at_rate(port, requests, rate:, connections:)
      new(port, requests, connections) { |number| number / rate.to_f }
    end

    # A closed loop: each connection sends its next request when it has the answer.
    def self.at_most(port, requests, connections:)
      new(port, requests, connections) { nil }
    end

    # @yieldparam number [Integer]
    # @yieldreturn [Float, nil] when that request is due, in seconds from the start; nil: now
    def initialize(port, requests, connections, &due)
      @requests = requests
      @due = due
      @samples = Array.new(requests.size)
      @next = -1
      @mutex = Mutex.new
      without_collections do
        @start = now + LEAD_SECONDS
        Array.new(connections) { Thread.new { work(Connection.new(port)) } }.each(&:join)
        @seconds = now - @start
      end
    end

    private

    # A garbage collection here would look like a slow server: 50 ms, a few times in a run.
    def without_collections
      GC.start
      GC.disable
      yield
    ensure
      GC.enable
    end

    def work(connection)
      pause(@start)
      while (request = @requests[number = take])
        due = @due.call(number)
        due = due ? @start + due : now
        pause(due)
        status, body = answer(connection, request)
        @samples[number] = Sample.new(status, body, now - due)
      end
      connection.close
    end

    def answer(connection, request)
      connection.call(request)
    rescue Connection::Broken, SystemCallError => e
      [nil, e.message]
    end

    def take
      @mutex.synchronize { @next += 1 }
    end

    def pause(time)
      left = time - now
      sleep(left) if left.positive?
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end
