# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "admin_api"
require_relative "runs"

module ShopServer
  # Drives what needs no buyer: runs that are due, changesets that nobody answered, sessions whose time
  # is up; and tells sessions what became of their runs. Several may work at once.
  class Worker
    # So many calls may be under way at once; one that gets no answer holds up no other run.
    THREADS = 4
    # Seconds between looks at what is due.
    PAUSE = 0.25
    private_constant :THREADS, :PAUSE

    # @param services [Services]
    # @param api [#post]
    def initialize(services, api: AdminApi.new(url: services.config.shop_url, token: services.config.admin_token))
      @db = services.db
      @log = services.log
      @runs = services.runs
      @sessions = services.sessions
      @api = api
      @stopped = false
    end

    # Works until {#stop}.
    def run
      drivers = Array.new(THREADS) { Thread.new { repeatedly { drive } } }
      repeatedly { keep_sessions }
      drivers.each(&:join)
    end

    # Ends {#run} when the calls that are under way have ended. Safe in a signal handler.
    def stop
      @stopped = true
    end

    # Does all that is due now.
    def work_once
      drive
      keep_sessions
    end

    private

    # An error must not end the worker: the next round finds everything where it was.
    def repeatedly
      until @stopped
        begin
          yield
        rescue StandardError => e
          @log.failure("worker_failed", e)
        end
        sleep(PAUSE)
      end
    end

    def drive
      until @stopped
        call = @runs.next_call or return
        @runs.called(call, @api.post(call))
      end
    end

    def keep_sessions
      @runs.untold.each do |run_id, session_id, outcome|
        @db.transaction(mode: :immediate) do
          @sessions.take(session_id, outcome)
          @runs.told(run_id)
        end
      end
      @sessions.expire_due
    end
  end
end
