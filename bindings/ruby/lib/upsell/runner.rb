# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "closing"
require_relative "event"
require_relative "handle"
require_relative "plan"
require_relative "progress"

module Upsell
  # Carries a plan out, as a pure state machine: from plan, journal and event to a new journal and the
  # next action. The host stores the journal after every step, before it does what the action says;
  # then it can stop and start again anywhere, and nothing is charged, added or refunded twice.
  # docs/hosts.md is the contract for people who write hosts.
  #
  # Any number of threads may share a runner; closing it while they do is safe, as with a {Catalog}.
  #
  # @example
  #   runner = Upsell::Runner.new(plan)
  #   progress = runner.step(nil, Upsell::Event::Start.new(run_id: SecureRandom.uuid, now: Time.now.to_i))
  #   until progress.finished?
  #     store(progress.journal)
  #     progress = runner.step(progress.journal, act(progress.action))
  #   end
  # @since 0.1.0
  class Runner
    include Closing

    # Makes a runner, and closes it after the block.
    # @param plan [Plan, String] a plan, or the text of an "upsell.plan/1" document
    # @yieldparam runner [Runner]
    # @return [Object, Runner] what the block returns; without a block the runner
    # @raise [Error] what is wrong with the plan
    def self.open(plan)
      runner = new(plan)
      return runner unless block_given?

      begin
        yield runner
      ensure
        runner.close
      end
    end

    # Checks a plan and makes it ready to run (RUN-1, RUN-2).
    # @param plan [Plan, String] a plan, or the text of an "upsell.plan/1" document
    # @raise [Error] what is wrong with the plan
    def initialize(plan)
      text = plan.instance_of?(Plan) ? plan.json : Check.bytes(plan)
      pointer = Call.make(Native::RunnerPointer) do |out, error|
        Native.upsell_runner_new(text, text.bytesize, out, error)
      end
      @handle = Handle.new(pointer, "runner") { Scratch.new }
    end

    # Takes in one event and says what to do next (RUN-3 to RUN-9). On an error nothing has happened: the
    # stored journal stays what it was. Errors point into one document of both inputs:
    # "/journal/plan_id", "/event/step".
    # @param journal [String, nil] text of the stored journal; nil or empty at the start
    # @param event [Event::Start, Event::Resume, Event::Tick, Event::Answer, Event::NoAnswer,
    #   Event::NotSent, Event::Webhook]
    # @return [Progress]
    # @raise [JournalMismatchError] if the journal is of another plan, or there at the start
    # @raise [Error] what else is wrong with the journal or the event
    def step(journal, event)
      Check.wrong_type("An event, such as Upsell::Event::Tick,", event, "/event") unless EVENTS.include?(event.class)
      arena = Arena.new
      take(journal) do |runner, text, progress, error|
        Native.upsell_runner_step(runner, text, text.bytesize, event.to_c(arena), progress, error)
      end
    end

    # The same with the event as JSON text (RUN-3).
    # @param journal [String, nil] text of the stored journal; nil or empty at the start
    # @param event [String] JSON text: `{"type":"tick","now":1767225600}`
    # @return [Progress]
    # @raise [Error] as {#step}
    def step_json(journal, event)
      event = Check.bytes(event, "/event")
      take(journal) do |runner, text, progress, error|
        Native.upsell_runner_step_json(runner, text, text.bytesize, event, event.bytesize, progress, error)
      end
    end

    # @return [String]
    def inspect
      "#<#{self.class}#{" closed" if closed?}>"
    end

    # The classes of events.
    EVENTS = [Event::Start, Event::Resume, Event::Tick, Event::Answer, Event::NoAnswer, Event::NotSent,
              Event::Webhook].freeze
    private_constant :EVENTS

    # Where C writes what came of an event.
    # @api private
    class Scratch
      # @return [Native::ProgressPointer]
      attr_reader :progress
      # @return [Native::Error]
      attr_reader :error

      def initialize
        @progress = Call.make(Native::ProgressPointer) { |out, _| Native.upsell_progress_new(out) }
        @error = Call.error
      end

      def free
        @progress.free
      end
    end
    private_constant :Scratch

    private

    def take(journal)
      text = journal.nil? ? "" : Check.bytes(journal, "/journal")
      @handle.use do |scratch|
        Call.check(yield(@handle.pointer, text, scratch.progress, scratch.error), scratch.error)
        Progress.of_c(Native::ProgressView.new(Native.upsell_progress_get(scratch.progress)))
      end
    end
  end
end
