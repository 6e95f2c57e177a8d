# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "securerandom"
require_relative "outcome"
require_relative "todo"

module ShopServer
  # Runs of plans: each accepted offer with its plan, its journal, and what is to be done next. What an
  # event leads to is stored before anybody does it, so that a process may die anywhere (docs/hosts.md,
  # "Store before you act"). All threads and processes may share them.
  class Runs
    # A changeset for the buyer's page to apply.
    # `changes` and `expect` are JSON texts; `expires_at` is in seconds since 1970.
    Changeset = Struct.new(:run_id, :changes, :expect, :buyer_consent, :idempotency_key, :expires_at,
                           keyword_init: true)
    # A call of the Admin API, which whoever got it makes once, and reports. After `begin_by` it is not
    # made any more.
    Call = Struct.new(:run_id, :revision, :step, :api_version, :document, :variables, :begin_by, keyword_init: true)
    # How a branch of a run has stopped.
    Stop = Struct.new(:step, :result, :state, keyword_init: true)

    # Why a page does not apply a changeset: the calculation came to another price than was agreed, or
    # the buyer closed the offer.
    REASONS = %w[price_differs declined].freeze

    # The step that goes through the buyer's page, in every plan.
    CHARGE = "charge"
    # Whoever took a call on has died if nothing was heard for so long: more than {AdminApi} ever takes.
    CALL_SECONDS = 20
    # A call that begins later than this would perhaps be under way still when it is given up.
    BEGIN_SECONDS = 4
    # A run that the library refuses is looked at again after this time, so that it does not keep
    # others from being driven.
    REFUSED_SECONDS = 300
    private_constant :CHARGE, :CALL_SECONDS, :BEGIN_SECONDS, :REFUSED_SECONDS

    # @param db [Sequel::Database] a durable one
    # @param clock [#call] seconds since 1970, an Integer
    # @param log [Log]
    def initialize(db, clock:, log:)
      @db = db
      @clock = clock
      @log = log
    end

    # Starts the run of an accepted offer, inside the caller's transaction if there is one.
    # @param session_id [String]
    # @param plan [Upsell::Plan]
    # @return [Changeset] what the page is to apply
    # @raise [Sequel::UniqueConstraintViolation] the session, or the plan, has a run
    def start(session_id:, plan:)
      id = "run-#{SecureRandom.uuid}"
      started_at = @clock.call
      progress = Upsell::Runner.open(plan) do |runner|
        runner.step(nil, Upsell::Event::Start.new(run_id: id, now: started_at))
      end
      @db[:runs].insert(id: id, session_id: session_id, plan_id: plan.plan_id, plan: plan.json,
                        api_version: plan.api_version, started_at: started_at, **columns(progress))
      @log.info("run_started", run_id: id, session: session_id)
      changeset(session_id)
    end

    # The changeset, to be handed out: not answered nor expired yet. A repeated click is given the same one.
    # @return [Changeset, nil]
    def changeset(session_id)
      row = @db[:runs].first(session_id: session_id, state: "open")
      todo = row && JSON.parse(row[:todo])
      return unless todo && todo["do"] == "changeset" && @clock.call < todo["expires_at"]

      @db[:runs].where(id: row[:id]).update(handed_out: Sequel[:handed_out] + 1)
      Changeset.new(run_id: row[:id],
                    **todo.slice("changes", "expect", "buyer_consent", "idempotency_key", "expires_at")
                          .transform_keys(&:to_sym))
    end

    # The page has applied the changeset.
    # @param body_text [String] what applyChangeset answered
    def answer(session_id, body_text)
      tell(session_id) do |row, now|
        # That one page was refused does not say that another one was, too.
        next no_answer_of_page(now) if several_pages?(row) && !charged?(body_text)

        Upsell::Event::Answer.new(step: CHARGE, body: body_text, now: now)
      end
    end

    # The page does not know what came of applying the changeset.
    def no_answer(session_id)
      tell(session_id) { |_, now| no_answer_of_page(now) }
    end

    # The page has not applied the changeset, and will not. Where another page may have it as well, that
    # proves nothing, and the order is read.
    # @param reason [String] one of {REASONS}; any other counts as none
    def not_sent(session_id, reason)
      reason = nil unless REASONS.include?(reason)
      tell(session_id) do |row, now|
        several_pages?(row) ? no_answer_of_page(now) : Upsell::Event::NotSent.new(step: CHARGE, now: now, reason: reason)
      end
    end

    # Hands a webhook to every open run that waits for its topic. Handing it on again does no harm.
    # @param topic [String]
    # @param body_text [String]
    # @return [Integer] how many runs have waited
    def webhook(topic, body_text)
      waiting = @db[:runs].where(state: "open").select_map(%i[id todo]).select do |_, todo|
        JSON.parse(todo).fetch("topics", []).include?(topic)
      end
      waiting.each { |id, _| hand_webhook(id, topic, body_text) }
      waiting.size
    end

    # How the run of a session stands.
    # @return [:open, :completed, :stopped, nil] nil: there is none
    def state(session_id)
      @db[:runs].where(session_id: session_id).get(:state)&.to_sym
    end

    # @return [Array<Stop>] none unless the run is stopped
    def stops(session_id)
      todo = @db[:runs].where(session_id: session_id).get(:todo)
      stops_in(todo ? JSON.parse(todo) : {})
    end

    # Does what is due, until there is a call to make.
    # @return [Call, nil] nil: nothing is due
    def next_call
      until due.empty? # looked at first: most of the time, nobody has to be kept from writing
        call = @db.transaction(mode: :immediate) do
          row = due.first
          row && take_on(row)
        end
        return call if call
      end
    end

    # What came of a call. Where another process has given the call up in the meantime, its word
    # counts and nothing happens.
    # @param call [Call]
    # @param response [AdminApi::Response, :no_answer, :not_sent]
    def called(call, response)
      @db.transaction(mode: :immediate) do
        row = @db[:runs].first(id: call.run_id, revision: call.revision, state: "open")
        advance(row, event_of(call, response)) if row
      end
    end

    # Runs whose outcome their sessions have not heard of.
    # @return [Array<(String, String, Symbol)>] the run's id, the session's, and :ordered or :failed
    def untold
      @db[:runs].where(told: false).exclude(outcome: nil).select_map(%i[id session_id outcome])
                .map { |id, session_id, outcome| [id, session_id, outcome.to_sym] }
    end

    # The session has heard of the outcome.
    def told(run_id)
      @db[:runs].where(id: run_id).update(told: true)
    end

    private

    def due
      @db[:runs].where(state: "open").where(Sequel[:due_at] <= @clock.call).order(:due_at, :id)
    end

    def tell(session_id)
      @db.transaction(mode: :immediate) do
        row = @db[:runs].first(session_id: session_id, state: "open")
        advance(row, yield(row, @clock.call)) if row
      end
    end

    def no_answer_of_page(now)
      Upsell::Event::NoAnswer.new(step: CHARGE, now: now)
    end

    # Two windows of one buyer, or one whose first answer was lost.
    def several_pages?(row)
      row[:handed_out] > 1
    end

    # Whether applyChangeset has answered that something was added.
    def charged?(body_text)
      %w[processed partially_processed].include?(JSON.parse(body_text)["status"])
    end

    # Nobody is kept from writing while a run looks whether a webhook is meant for it: most are not, and
    # many may wait. Only one that moves is stored, if nobody else has moved it meanwhile.
    def hand_webhook(id, topic, body)
      while (row = @db[:runs].first(id: id, state: "open"))
        progress = step(row, Upsell::Event::Webhook.new(topic: topic, body: body, now: @clock.call))
        return if progress.revision == row[:revision] || store(row, progress)
      end
    rescue Upsell::Error => e
      refused(row, e)
    end

    # What is to be done with a run that is due.
    # @return [Call, nil]
    def take_on(row)
      todo = JSON.parse(row[:todo])
      return begin_call(row, todo) if todo["do"] == "call" && !row[:begun]

      advance(row, due_event(todo))
      nil
    end

    # A call is made by whoever marks it first.
    def begin_call(row, todo)
      now = @clock.call
      @db[:runs].where(id: row[:id]).update(begun: true, due_at: now + CALL_SECONDS)
      Call.new(run_id: row[:id], revision: row[:revision], api_version: row[:api_version], begin_by: now + BEGIN_SECONDS,
               **todo.slice("step", "document", "variables").transform_keys(&:to_sym))
    end

    def due_event(todo)
      now = @clock.call
      case todo["do"]
      when "call" then Upsell::Event::Resume.new(now: now) # whoever began it has died
      when "changeset" then Upsell::Event::NoAnswer.new(step: todo["step"], now: now) # the page is silent
      else Upsell::Event::Tick.new(now: now)
      end
    end

    def event_of(call, response)
      now = @clock.call
      case response
      when :no_answer then Upsell::Event::NoAnswer.new(step: call.step, now: now)
      when :not_sent then Upsell::Event::NotSent.new(step: call.step, now: now)
      else Upsell::Event::Answer.new(step: call.step, body: response.body, http_status: response.status, now: now)
      end
    end

    # Takes an event in, and stores what comes of it.
    def advance(row, event)
      progress = step(row, event)
      # The event changed nothing: somebody else acts already, or what is waited for is still to come.
      return if progress.action.is_a?(Upsell::Action::Pending)

      store(row, progress)
    rescue Upsell::Error => e
      refused(row, e)
    end

    # @return [Boolean] false: somebody else was faster
    def store(row, progress)
      stored = @db[:runs].where(id: row[:id], revision: row[:revision]).update(columns(progress)) == 1
      log_step(row, progress) if stored && progress.revision != row[:revision]
      stored
    end

    def refused(row, error)
      @db[:runs].where(id: row[:id], state: "open").update(due_at: @clock.call + REFUSED_SECONDS)
      @log.error("run_refused", run_id: row[:id], session: row[:session_id], code: error.code, pointer: error.pointer)
    end

    # Where the plan wants the changeset sent again, the page has left: it goes on to the thank-you
    # page as soon as it has told what came of the first sending.
    def step(row, event)
      Upsell::Runner.open(row[:plan]) do |runner|
        progress = runner.step(row[:journal], event)
        while progress.action.is_a?(Upsell::Action::Send) && progress.action.channel == :changeset
          gone = Upsell::Event::NotSent.new(step: progress.action.step, now: @clock.call)
          progress = runner.step(progress.journal, gone)
        end
        progress
      end
    end

    def columns(progress)
      todo = Todo.of(progress.action, progress.stops)
      outcome = Outcome.of(progress)
      { journal: progress.journal, revision: progress.revision, todo: JSON.generate(todo), begun: false,
        state: todo.fetch("outcome", "open"), due_at: due_at(todo) }.merge(outcome ? { outcome: outcome.to_s } : {})
    end

    def due_at(todo)
      case todo["do"]
      when "wait" then todo["until"]
      when "changeset" then todo["expires_at"]
      when "call" then @clock.call
      end
    end

    def log_step(row, progress)
      ids = { run_id: row[:id], session: row[:session_id], revision: progress.revision }
      todo = Todo.of(progress.action, progress.stops)
      return @log.info("run_step", **ids, step: todo["step"]) unless progress.finished?

      stops_in(todo).each do |stop|
        level = Outcome.needs_nobody?(stop.state) ? :info : :error
        @log.public_send(level, "run_stopped", **ids, **stop.to_h)
      end
      @log.info("run_completed", **ids) if progress.action.outcome == :completed
    end

    def stops_in(todo)
      todo.fetch("stops", []).map do |stop|
        Stop.new(step: stop["step"], result: stop["result"], state: stop["state"].to_sym)
      end
    end
  end
end
