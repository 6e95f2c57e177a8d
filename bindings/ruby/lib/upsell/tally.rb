# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "arena"
require_relative "catalog"
require_relative "closing"
require_relative "handle"

module Upsell
  # The counts of one scenario (CNT-3): in how many sessions it was shown, clicked and ordered.
  # @since 0.1.0
  class Counts < Result
    fields :scenario_id, :shown, :clicked, :ordered

    # @!attribute [r] scenario_id
    #   @return [String]
    # @!attribute [r] shown
    #   @return [Integer] sessions in which it was shown
    # @!attribute [r] clicked
    #   @return [Integer] of these, in which it was clicked
    # @!attribute [r] ordered
    #   @return [Integer] of these, in which it was ordered

    # @api private
    def initialize(scenario_id, shown, clicked, ordered)
      @scenario_id = scenario_id
      @shown = shown
      @clicked = clicked
      @ordered = ordered
      freeze
    end
  end

  # How often each scenario was shown, clicked and ordered (CNT-1 to CNT-7). A tally knows the sessions that
  # it has seen, so an event counts once however often it comes, and ordered <= clicked <= shown always
  # holds. Tallies merge: of two streams of events, in any order, overlapping or not, comes what one stream
  # of both would give.
  #
  # Threads may share a tally: each event counts, since C is called under Ruby's lock. Closing it while they
  # do is safe, as with a {Catalog}.
  #
  # @example
  #   tally = Upsell::Tally.new
  #   File.foreach("events.ndjson") { |line| tally.add_json(line) }
  #   puts tally.csv(catalog: catalog, byte_order_mark: true)
  # @since 0.1.0
  class Tally
    include Closing

    # Makes an empty tally.
    # @raise [NoMemoryError]
    def initialize
      pointer = Call.make(Native::TallyPointer) { |out, _| Native.upsell_tally_new(out) }
      @handle = Handle.new(pointer, "tally") { Pass.new }
      @places = {}
    end

    # Counts one event (CNT-2, CNT-3).
    # @param session_id [String] the session, 1 to 255 bytes
    # @param scenario_id [String] the scenario, 1 to 255 bytes
    # @param event [Symbol] one of {Count}
    # @return [Tally] self
    # @raise [BadIdError, BadValueError, WrongTypeError] pointing to "/session_id", "/scenario_id" or "/event"
    # @raise [ClosedError, NoMemoryError]
    def add(session_id, scenario_id, event)
      session_id = Check.id(session_id, "/session_id")
      scenario_id = Check.id(scenario_id, "/scenario_id")
      number = Count.number(event, "/event")
      Call.slice(session_id) do |session|
        Call.slice(scenario_id) do |scenario|
          count { |tally, error| Native.upsell_tally_add(tally, session, scenario, number, error) }
        end
      end
    end

    # Counts the text of one "upsell.event/1" document (CNT-1). Events that count nothing are taken, too.
    # @param text [String] JSON text, perhaps with a line end
    # @return [Tally] self
    # @raise [Error] what is wrong with the event (DOC-1 to DOC-9, CNT-1); then nothing is counted
    def add_json(text)
      text = Check.bytes(text)
      count { |tally, error| Native.upsell_tally_add_json(tally, text, text.bytesize, error) }
    end

    # Adds all that another tally has counted (CNT-4). What both have seen counts once.
    # @param other [Tally] stays as it is
    # @return [Tally] self
    # @raise [ClosedError, NoMemoryError, WrongTypeError]
    def merge(other)
      Check.value(other, Tally, "")
      other.lend do |more|
        lend { |tally| Call.check(Native.upsell_tally_merge(tally, more)) }
      end
      self
    end

    # The counts of all scenarios that something was counted for, in the order in which that first happened.
    # @return [Array<Counts>]
    # @raise [ClosedError]
    def counts
      lend { |tally| Array.new(Native.upsell_tally_size(tally)) { |place| counts_at(tally, place) } }
    end

    # The counts of one scenario.
    # @param scenario_id [String]
    # @return [Counts] zeros where nothing was counted
    # @raise [ClosedError, BadIdError, WrongTypeError]
    def counts_of(scenario_id)
      scenario_id = Check.id(scenario_id, "/scenario_id")
      lend do |tally|
        learn_places(tally)
        place = @places[scenario_id]
        place ? counts_at(tally, place) : Counts.of(scenario_id, 0, 0, 0)
      end
    end

    # A report as a document (CNT-5): counts and exact rates of each scenario, and of all.
    # @param catalog [Catalog, nil] where names, status and priority come from; all its scenarios are listed,
    #   in its order, before those that it lacks. nil: none
    # @param scenario_id [String, nil] only this one; nil: all
    # @return [String] text of an "upsell.report/1" document
    # @raise [UnknownIdError] if neither the catalogue nor the tally has that scenario
    # @raise [ClosedError, BadTextError, WrongTypeError, NoMemoryError]
    def report(catalog: nil, scenario_id: nil)
      write(catalog, scenario_id, form: Native::REPORT_JSON)
    end

    # A report as CSV (CNT-6, CNT-7), with a line for each scenario; what a spreadsheet could take for a
    # formula is defused.
    # @param catalog [Catalog, nil] as {#report}
    # @param scenario_id [String, nil] as {#report}
    # @param locale [Symbol] one of {Locale}: of the headings
    # @param byte_order_mark [Boolean] whether to begin with one, which Excel wants
    # @return [String] in UTF-8, with CR LF
    # @raise [UnknownIdError] as {#report}
    # @raise [ClosedError, BadTextError, BadValueError, WrongTypeError, NoMemoryError]
    def csv(catalog: nil, scenario_id: nil, locale: :ja, byte_order_mark: false)
      write(catalog, scenario_id, form: Native::REPORT_CSV, locale: Locale.number(locale, "/locale"),
                                  byte_order_mark: Choice.number(Check.flag(byte_order_mark, "/byte_order_mark")))
    end

    # @return [String]
    def inspect
      "#<#{self.class}#{" closed" if closed?}>"
    end

    # Yields the C object, which is not freed meanwhile.
    # @api private
    def lend
      @handle.use { yield @handle.pointer }
    end

    # Who has one is inside; there is nothing else that a call needs.
    # @api private
    class Pass
      def free; end
    end
    private_constant :Pass

    private

    def count
      error = Call.error
      lend { |tally| Call.check(yield(tally, error), error) }
      self
    end

    def counts_at(tally, place)
      memory = Native::Counts.new
      Call.check(Native.upsell_tally_get(tally, place, memory))
      Counts.of(Text.of(memory[:scenario_id]), memory[:shown], memory[:clicked], memory[:ordered])
    end

    # Keeps where each scenario stands. Places never change, so only new ones are looked at; two threads
    # at once do the same.
    def learn_places(tally)
      (@places.size...Native.upsell_tally_size(tally)).each do |place|
        @places[counts_at(tally, place).scenario_id] = place
      end
    end

    def write(catalog, scenario_id, **options)
      arena = Arena.new
      memory = arena.struct(Native::ReportOptions)
      options.each { |name, number| memory[name] = number }
      arena.text(memory[:scenario_id], Check.optional_text(scenario_id, "/scenario_id"))
      return report_of(nil, memory) if catalog.nil?

      Check.value(catalog, Catalog, "/catalog").lend { |pointer| report_of(pointer, memory) }
    end

    def report_of(catalog, options)
      Text.taken(lend do |tally|
        Call.make(Native::TextPointer) { |out, error| Native.upsell_tally_report(tally, catalog, options, out, error) }
      end)
    end
  end
end
