# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "etc"
require "json"
require "net/http"
require "rbconfig"
require "securerandom"
require "socket"

module Bench
  # The app and the worker as they are, in processes of their own, with a database in a folder and secrets
  # made for them. Only the app's limits are raised: here all buyers have the same address.
  class RunningServer
    # It does not answer.
    class Dead < StandardError
    end

    PROGRAMS = %w[app worker].map { |name| File.expand_path("../bin/#{name}", __dir__) }.freeze
    # The kernel ends them when the client was killed.
    TIED = %w[setpriv --pdeathsig TERM].freeze
    START_SECONDS = 60
    STOP_SECONDS = 20
    NO_LIMIT = "10000000"
    private_constant :PROGRAMS, :TIED, :START_SECONDS, :STOP_SECONDS, :NO_LIMIT

    # @return [Integer]
    attr_reader :port
    # @return [String] signs the buyers' tokens
    attr_reader :secret

    # @param folder [String] holds its database and its log
    # @param settings [Hash{String => String}] more of its environment
    # @raise [Dead]
    def initialize(folder, settings)
      @folder = folder
      @secret = SecureRandom.hex(32)
      @port = TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] }
      @started = PROGRAMS.map do |program|
        spawn(environment.merge(settings), *TIED, RbConfig.ruby, program, out: File::NULL, err: [log_path, "a"])
      end
      wait
    end

    # @return [String] the database's file
    def database_path
      File.join(@folder, "app.sqlite3")
    end

    # @return [Array<String>] lines of the log that tell of more than business
    def complaints
      File.readlines(log_path, chomp: true).reject { |line| line.include?('"level":"info"') }
    end

    # @return [Integer] bytes of memory of all processes
    def memory
      pids.sum { |pid| File.read("/proc/#{pid}/status")[/^VmRSS:\s+(\d+) kB$/, 1].to_i * 1024 }
    end

    # @return [Float] seconds of processor time since it was started
    def processor_seconds
      ticks = pids.sum { |pid| File.read("/proc/#{pid}/stat").split(") ").last.split.values_at(11, 12).sum(&:to_i) }
      ticks / Float(Etc.sysconf(Etc::SC_CLK_TCK))
    end

    def stop
      @started.reverse_each do |pid|
        Process.kill(:TERM, pid)
        deadline = now + STOP_SECONDS
        sleep(0.02) until (gone = Process.waitpid(pid, Process::WNOHANG)) || now > deadline
        next if gone

        Process.kill(:KILL, pid)
        Process.waitpid(pid)
      end
      @started.clear
    end

    private

    def log_path
      File.join(@folder, "log")
    end

    def environment
      { "SHOP_CLIENT_ID" => "bench", "SHOP_CLIENT_SECRET" => @secret, "SHOP_ADMIN_TOKEN" => SecureRandom.hex(32),
        "SHOP_MERCHANT_USER" => "merchant", "SHOP_MERCHANT_PASSWORD" => SecureRandom.hex(32), "SHOP_STATE" => @folder,
        "SHOP_PORT" => @port.to_s, "SHOP_CLIENT_PER_MINUTE" => NO_LIMIT, "SHOP_SESSION_PER_MINUTE" => NO_LIMIT }
    end

    # With several processes of the app, those that Puma has started too.
    def pids
      @started + @started.flat_map { |pid| File.read("/proc/#{pid}/task/#{pid}/children").split.map(&:to_i) }
    end

    def wait
      deadline = now + START_SECONDS
      until healthy?
        gone = @started.find { |pid| Process.waitpid(pid, Process::WNOHANG) }
        @started.delete(gone)
        if gone || now > deadline
          stop
          raise Dead, "The server did not start. It says:\n#{File.read(log_path)}"
        end
        sleep(0.05)
      end
    end

    def healthy?
      Net::HTTP.start("127.0.0.1", @port, open_timeout: 1, read_timeout: 5) { |http| http.get("/healthz").code == "200" }
    rescue SystemCallError, IOError, Net::OpenTimeout, Net::ReadTimeout
      false
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end
