# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Bench
  # What a phase of the bench came to.
  class Figures
    # @param load [Load]
    # @param answers [Answers] that has taken the load's samples
    # @param processor_seconds [Float] that the server has used meanwhile
    def initialize(load, answers, processor_seconds)
      @load = load
      @answers = answers
      @processor_seconds = processor_seconds
      @milliseconds = load.samples.map { |sample| sample.seconds * 1000 }.sort
    end

    # @return [Hash{Symbol => Object}] latencies in milliseconds
    def to_h
      ok = @answers.offers + @answers.no_offers
      { sent: @load.samples.size, ok: ok, offers: @answers.offers, no_offers: @answers.no_offers,
        failures: @answers.failures, wrong: @answers.wrong.size, seconds: @load.seconds.round(3),
        per_second: (ok / @load.seconds).round(1), p50: percentile(50), p90: percentile(90), p99: percentile(99),
        max: percentile(100), processor_ms_each: (@processor_seconds * 1000 / @load.samples.size).round(2) }
    end

    private

    # The smallest latency that so many of a hundred requests did not exceed.
    def percentile(percent)
      rank = (@milliseconds.size * percent + 99) / 100
      @milliseconds.fetch(rank - 1).round(2)
    end
  end
end
