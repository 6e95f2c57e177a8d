# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"

require_relative "arena"
require_relative "call"
require_relative "decision"
require_relative "enums"

module Upsell
  # What happens between offering and buying, as a pure state machine: from a session, an event and the
  # time to the next session and what to do (SES-1 to SES-8). The host stores the session after every
  # event, before it does anything; then late, repeated and swapped events, reloads and a clock that goes
  # back are harmless, and a buyer is charged at most once.
  #
  # A session is a frozen value: {#step} gives another one. Two servers that step from the same stored
  # session would each be told to charge, so store it only if it is still the one that was read
  # (`UPDATE ... WHERE document = ?`), and else read it again and take the step again.
  #
  # Times are whole seconds since 1970 (`Time.now.to_i`).
  #
  # @example
  #   session = Upsell::Session.open(id: SecureRandom.uuid, scenario_id: decision.offer.scenario_id,
  #                                  timer_seconds: decision.offer.page.expires_after_seconds, now: Time.now.to_i)
  #   turn = session.step(:clicked, now: Time.now.to_i)
  #   store(turn.session.json) if turn.changed?
  #   charge if turn.effect?(:charge)
  # @since 0.1.0
  class Session < Result
    fields :id, :scenario_id, :state, :seconds, :offered_at, :shown_at, :clicked_at, :ended_at, :last_at

    # @!attribute [r] id
    #   @return [String] the session's id
    # @!attribute [r] scenario_id
    #   @return [String] the scenario that is offered
    # @!attribute [r] state
    #   @return [Symbol] one of {SessionState}
    # @!attribute [r] seconds
    #   @return [Integer] how long the offer is shown, 1 to 3600
    # @!attribute [r] offered_at
    #   @return [Integer] when it was opened
    # @!attribute [r] shown_at
    #   @return [Integer, nil] when it was first shown
    # @!attribute [r] clicked_at
    #   @return [Integer, nil] when the buyer first clicked
    # @!attribute [r] ended_at
    #   @return [Integer, nil] when it was ordered, failed, declined or expired
    # @!attribute [r] last_at
    #   @return [Integer] the latest time seen; an earlier `now` counts as this

    # What C can be told: 0 stands for "no timer" there.
    SECONDS = (1..3600).freeze
    TIMES = (0..Native::SESSION_TIME_MAX).freeze
    # How the struct of C lies in memory, for String#unpack.
    LAYOUT = "l2q5#{"Z#{Native::SESSION_ID_SIZE}" * 2}".freeze
    NEVER = -1
    private_constant :SECONDS, :TIMES, :LAYOUT, :NEVER

    class << self
      # Opens a session for an offer that was made (SES-2).
      # @param id [String] unique, and hard to guess where a browser names it; 1 to 255 bytes
      # @param scenario_id [String] the scenario that is offered
      # @param now [Integer] the host's clock
      # @param timer_seconds [Integer, nil] seconds of the page's timer, 1 to 3600
      #   (`expires_after_seconds` of a {Page}); nil: no timer, 600 seconds
      # @return [Session]
      # @raise [BadIdError, OutOfRangeError, WrongTypeError]
      def open(id:, scenario_id:, now:, timer_seconds: nil)
        ids = [Check.id(id, "/id"), Check.id(scenario_id, "/scenario_id")]
        Check.int64(now, "/now")
        seconds = Check.optional_integer(timer_seconds, SECONDS, "/seconds") || 0
        made do |memory, error|
          Call.slice(ids[0]) do |one|
            Call.slice(ids[1]) { |two| Native.upsell_session_open(one, two, seconds, now, memory, error) }
          end
        end
      end

      # Reads a session that was stored (SES-1).
      # @param text [String] text of an "upsell.session/1" document
      # @return [Session]
      # @raise [Error] what is wrong with the text; a state that no events lead to is refused, too
      def from_json(text)
        text = Check.bytes(text)
        made { |memory, error| Native.upsell_session_from_json(text, text.bytesize, memory, error) }
      end

      # @param memory [Native::Session]
      # @api private
      def of_c(memory)
        state, seconds, offered_at, *times, last_at, id, scenario_id =
          memory.to_ptr.get_bytes(0, Native::Session.size).unpack(LAYOUT)
        of(Text.utf8(id), Text.utf8(scenario_id), SessionState.of_c(state), seconds, offered_at,
           *times.map { |time| time unless time == NEVER }, last_at)
      end

      # The members of a session that did not come from C are checked as if they had been read.
      # @api private
      def in_order(given)
        id, scenario_id, state, seconds, *times = ordered(given)
        Check.id(id, "/id")
        Check.id(scenario_id, "/scenario_id")
        SessionState.number(state, "/state")
        Check.integer(seconds, SECONDS, "/seconds")
        times.zip(members.last(times.size)) { |time, name| Check.optional_integer(time, TIMES, "/#{name}") }
        from_json(JSON.generate(format: "upsell.session/1", **given.slice(*members))).to_h.values
      end

      private

      # Yields where C is to write a session, and where the details of an error.
      def made
        memory = Native::Session.new
        error = Call.error
        Call.check(yield(memory, error), error)
        of_c(memory)
      end
    end

    # @api private
    def initialize(id, scenario_id, state, seconds, offered_at, shown_at, clicked_at, ended_at, last_at)
      @id = id
      @scenario_id = scenario_id
      @state = state
      @seconds = seconds
      @offered_at = offered_at
      @shown_at = shown_at
      @clicked_at = clicked_at
      @ended_at = ended_at
      @last_at = last_at
      freeze
    end

    # The session as a document, to be stored.
    # @return [String] text of an "upsell.session/1" document, without a line end; less than 4096 bytes
    def json
      buffer = FFI::MemoryPointer.new(:char, Native::SESSION_JSON_SIZE)
      Call.check(Native.upsell_session_to_json(to_c, buffer, buffer.size, nil))
      Text.static(buffer)
    end

    # Takes in one event (SES-3 to SES-8).
    # @param event [Symbol] one of {SessionEvent}
    # @param now [Integer] the host's clock; it may go back
    # @return [SessionTurn] the next session, and what to do
    # @raise [BadValueError, OutOfRangeError, WrongTypeError] pointing to "/event" or "/now"
    def step(event, now:)
      number = SessionEvent.number(event, "/event")
      Check.int64(now, "/now")
      memory, outcome, error = to_c, Native::SessionOutcome.new, Call.error
      Call.check(Native.upsell_session_step(memory, number, now, outcome, error), error)
      SessionTurn.of_c(outcome, outcome[:changed].zero? ? self : Session.of_c(memory))
    end

    private

    # @return [Native::Session] a copy
    def to_c
      memory = Native::Session.new
      times = [offered_at, shown_at, clicked_at, ended_at, last_at].map { |time| time || NEVER }
      memory.to_ptr.put_bytes(0, [SessionState.number(state), seconds, *times, id, scenario_id].pack(LAYOUT))
      memory
    end
  end

  # What came of an event of a session (SES-4).
  # @since 0.1.0
  class SessionTurn < Result
    fields :session, :effects, :changed, :seconds_left, :wake_at

    # @!attribute [r] session
    #   @return [Session] the next session; the same one where nothing changed
    # @!attribute [r] effects
    #   @return [Array<Symbol>] what to do, after the session is stored: some of {SessionEffect}
    # @!attribute [r] changed
    #   @return [Boolean] whether the session is another one now, to be stored
    # @!attribute [r] seconds_left
    #   @return [Integer] for how long the offer stands; 0 where it does not
    # @!attribute [r] wake_at
    #   @return [Integer, nil] when to send a tick, at the latest; nil: never

    # @api private
    def initialize(session, effects, changed, seconds_left, wake_at)
      @session = session
      @effects = effects
      @changed = changed
      @seconds_left = seconds_left
      @wake_at = wake_at
      freeze
    end

    # @return [Boolean] whether the session is another one now, to be stored
    def changed? = changed

    # Whether this is to be done.
    # @param name [Symbol] one of {SessionEffect}
    # @return [Boolean]
    # @raise [BadValueError] for a name that is no effect
    def effect?(name)
      SessionEffect.number(name)
      effects.include?(name)
    end

    # @param outcome [Native::SessionOutcome]
    # @param session [Session]
    # @api private
    def self.of_c(outcome, session)
      bits = outcome[:effects]
      effects = SessionEffect.names.reject { |name| (bits & SessionEffect.number(name)).zero? }.freeze
      of(session, effects, outcome[:changed] == 1, outcome[:seconds_left],
         outcome[:wake_at].zero? ? nil : outcome[:wake_at])
    end
  end
end
