# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "net/http"
require "rbconfig"
require_relative "config"
require_relative "log"

module ShopServer
  # Runs the processes of the server, and starts again which of them dies. None of them outlives it.
  class Supervisor
    # In the order in which they are started.
    PROGRAMS = %w[fake_shop app worker].freeze
    # Seconds before a process is started again: more, if it dies at once again and again.
    FIRST_PAUSE = 0.2
    LONGEST_PAUSE = 5.0
    # A process that has lived so long has started well.
    WELL_SECONDS = 10
    # How long a process may take to end what it has begun.
    STOP_SECONDS = 15
    LOOK_SECONDS = 0.05
    # A status that says: the settings, or the catalogue, are wrong. Before everything has run once, it
    # will be so the next time, too.
    BAD_SETTINGS = 2
    # The kernel ends a child whose parent was killed.
    TIED = %w[setpriv --pdeathsig TERM].freeze
    private_constant :PROGRAMS, :FIRST_PAUSE, :LONGEST_PAUSE, :WELL_SECONDS, :STOP_SECONDS,
                     :LOOK_SECONDS, :BAD_SETTINGS, :TIED

    # A process that is to be there.
    Child = Struct.new(:program, :pid, :started, :pause, :due)
    private_constant :Child

    # @param env [Hash{String => String}] of the processes
    # @param folder [String] where the programs are
    # @param log [Log]
    def initialize(env, folder:, log:)
      @env = env
      @folder = folder
      @log = log
      @stopping = @ready = @given_up = false
      @children = PROGRAMS.map { |program| Child.new(program, nil, 0, FIRST_PAUSE, 0) }
    end

    # Ends {#run}. Safe in a signal handler.
    def stop
      @stopping = true
    end

    # @yield when the server answers
    # @return [Boolean] whether it was stopped, and not given up
    def run
      until @stopping
        look
        if !@ready && answers?
          @ready = true
          yield
        end
        sleep(LOOK_SECONDS)
      end
      !@given_up
    ensure
      end_all
    end

    private

    def look
      @children.each { |child| child.pid ? reap(child) : (start(child) if now >= child.due) }
    end

    def start(child)
      child.pid = Process.spawn(@env, *TIED, RbConfig.ruby, File.join(@folder, child.program))
      child.started = now
      @log.info("started", process: child.program, pid: child.pid)
    end

    def reap(child)
      _, status = Process.waitpid2(child.pid, Process::WNOHANG)
      return unless status

      child.pause = FIRST_PAUSE if now - child.started > WELL_SECONDS
      child.pid = nil
      child.due = now + child.pause
      child.pause = [child.pause * 2, LONGEST_PAUSE].min
      @log.error("died", process: child.program, status: status.exitstatus, signal: status.termsig)
      @stopping = @given_up = true if status.exitstatus == BAD_SETTINGS && !@ready
    end

    # The worker ends first: what it has sent is answered by those that are still there.
    def end_all
      @children.reverse_each do |child|
        next unless child.pid

        Process.kill(:TERM, child.pid)
        deadline = now + STOP_SECONDS
        sleep(LOOK_SECONDS) until (gone = Process.waitpid(child.pid, Process::WNOHANG)) || now > deadline
        next if gone

        @log.error("killed", process: child.program, pid: child.pid)
        Process.kill(:KILL, child.pid)
        Process.waitpid(child.pid)
      end
    end

    def answers?
      config = Config.from_env(@env)
      ["http://#{config.bind}:#{config.port}/healthz", "#{config.shop_url}/"].all? do |address|
        uri = URI(address)
        # No proxy, whatever the environment names.
        Net::HTTP.start(uri.host, uri.port, nil, open_timeout: 1, read_timeout: 2) { |http| http.get(uri.path).code == "200" }
      end
    rescue SystemCallError, IOError, Net::OpenTimeout, Net::ReadTimeout, Net::ProtocolError, Net::HTTPBadResponse,
           Net::HTTPHeaderSyntaxError
      false
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end
