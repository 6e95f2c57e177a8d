# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"

module ShopServer
  # One JSON object in each line: time, level, event, and fields. All threads may share one.
  #
  # What may be logged is what is named here: codes, places, numbers, and ids that open nothing. A
  # session's id is cut, since whoever has it sees the page. There is no field for a token, a name,
  # an address or a body, and so there is none in the log.
  class Log
    # A field that may not be logged: an error of the program.
    class Forbidden < ArgumentError
    end

    FIELDS = %i[
      code pointer status method route ms session scenario_id state run_id step result revision stops topic
      event_id kind place signal process pid port count version operation attempt seconds duplicate
    ].freeze
    LEVELS = %i[info warn error].freeze
    LONGEST = 200
    SESSION_CHARACTERS = 8
    private_constant :FIELDS, :LEVELS, :LONGEST, :SESSION_CHARACTERS

    # @param io [IO]
    # @param clock [#call] the time, as a Time
    def initialize(io = $stderr, clock: -> { Time.now })
      @io = io
      @clock = clock
      @mutex = Mutex.new
    end

    # @!method info(event, **fields)
    #   What happens in the course of business.
    # @!method warn(event, **fields)
    #   What was refused, or went wrong and was put right.
    # @!method error(event, **fields)
    #   What a person must look at.
    LEVELS.each do |level|
      define_method(level) { |event, **fields| write(level, event, fields) }
    end

    # An exception that nobody expected: its class and where it was raised. Its message may quote
    # what it found, and so it is left out.
    # @param event [String]
    # @param error [Exception]
    def failure(event, error, **fields)
      error(event, kind: error.class.name, place: place_of(error), **fields)
    end

    private

    # The nearest place in this server, or else where it was raised: "runs.rb:12".
    def place_of(error)
      places = error.backtrace || []
      (places.find { |place| place.include?("/shop_server/") } || places.first).to_s[%r{[^/]+:\d+}]
    end

    def write(level, event, fields)
      unknown = fields.keys - FIELDS
      raise Forbidden, "These fields are not to be logged: #{unknown.join(", ")}." unless unknown.empty?

      line = { time: @clock.call.utc.strftime("%Y-%m-%dT%H:%M:%S.%LZ"), level: level, event: event }
      fields.each { |name, value| line[name] = clean(name, value) unless value.nil? }
      text = JSON.generate(line, ascii_only: true) << "\n"
      @mutex.synchronize { @io.write(text) }
      nil
    rescue SystemCallError, IOError
      # The disk is full, or whoever read the log has gone: the shop goes on.
      nil
    end

    # JSON escapes what could forge a line; the rest is cut, so that no line is without end.
    def clean(name, value)
      case value
      when Integer, true, false then value
      when Float then value.round(3)
      else
        text = value.to_s.dup.force_encoding(Encoding::UTF_8).scrub("?")
        text[0, name == :session ? SESSION_CHARACTERS : LONGEST]
      end
    end
  end
end
