# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "admin_api"
require_relative "database"
require_relative "runs"

module ShopServer
  # Drives what needs no buyer: runs that are due, changesets that nobody answered, sessions whose time
  # is up; hands webhooks on; tells sessions what became of their runs; and waits for the disk where buyers
  # should not.
  # Several may work at once.
  class Worker
    # So many calls may be under way at once; one that gets no answer holds up no other run.
    THREADS = 4
    # Seconds between looks at what is due, and between checkpoints of the database.
    PAUSE = 0.25
    CHECKPOINT_PAUSE = 1
    private_constant :THREADS, :PAUSE, :CHECKPOINT_PAUSE

    # @param services [Services]
    # @param api [#post]
    def initialize(services, api: AdminApi.new(url: services.config.shop_url, token: services.config.admin_token))
      @db = services.db
      @log = services.log
      @runs = services.runs
      @sessions = services.sessions
      @webhooks = services.webhooks
      @clock = services.clock
      @api = api
      @stopped = false
    end

    # Works until {#stop}.
    def run
      threads = Array.new(THREADS) { in_a_thread { drive } }
      threads << in_a_thread { @webhooks.hand_on }
      threads << in_a_thread(CHECKPOINT_PAUSE) { Database.checkpoint(@db) }
      repeatedly { keep_sessions }
      threads.each(&:join)
    end

    # Ends {#run} when the calls that are under way have ended. Safe in a signal handler.
    def stop
      @stopped = true
    end

    # Does all that is due now.
    def work_once
      @webhooks.hand_on
      drive
      keep_sessions
    end

    private

    # What no round survives, such as memory that has run out, ends the process: it is started again.
    def in_a_thread(pause = PAUSE, &work)
      Thread.new do
        Thread.current.abort_on_exception = true
        repeatedly(pause, &work)
      end
    end

    # An error must not end the worker: the next round finds everything where it was.
    def repeatedly(pause = PAUSE)
      until @stopped
        begin
          yield
        rescue StandardError => e
          @log.failure("worker_failed", e)
        end
        sleep(pause)
      end
    end

    def drive
      until @stopped
        call = @runs.next_call or return
        # After a long sleep of the machine, another one may have given the call up and made it again.
        late = @clock.call > call.begin_by
        @runs.called(call, late ? :not_sent : @api.post(call))
      end
    end

    def keep_sessions
      @runs.untold.each { |run_id, session_id, outcome| tell(run_id, session_id, outcome) }
      nil until @stopped || @sessions.expire_due.zero?
    end

    # One session that cannot be told keeps no other from hearing.
    def tell(run_id, session_id, outcome)
      @db.transaction(mode: :immediate) do
        @sessions.take(session_id, outcome)
        @runs.told(run_id)
      end
    rescue Upsell::Error => e
      @log.error("session_refused", session: session_id, run_id: run_id, code: e.code, pointer: e.pointer)
    end
  end
end
