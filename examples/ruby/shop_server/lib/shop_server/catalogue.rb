# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "../shop_server"

module ShopServer
  # The catalogue in a file, followed when the file changes. All threads share one. A catalogue that
  # turns bad is logged once, and the last good one stays in use. Replace the file by renaming a new
  # one over it; then no one sees half of it.
  class Catalogue
    # The file holds no valid catalogue. The message tells all its problems.
    class Bad < StandardError
      # @return [Array<Upsell::Problem>]
      attr_reader :problems

      def initialize(path, problems)
        @problems = problems
        super(problems.map { |found| "#{path}: #{found.pointer}: #{found.code}: #{found.message}" }.join("\n"))
      end
    end

    # @param path [String]
    # @param log [Log]
    # @param check_every [Numeric] seconds between looks at the file; 0: each time
    # @raise [Bad, SystemCallError]
    def initialize(path, log:, check_every: 1)
      @path = path
      @log = log
      @check_every = check_every
      @mutex = Mutex.new
      @stamp = stamp # before it is read: a change in between is seen as one
      @current = read
      @next_check = now + check_every
    end

    # @return [Upsell::Catalog]
    def current
      # One thread looks at the file; the others go on with the catalogue that is there.
      if now >= @next_check && @mutex.try_lock
        begin
          @next_check = now + @check_every
          follow
        ensure
          @mutex.unlock
        end
      end
      @current
    end

    private

    # The old catalogue is not closed: other threads may be about to use it. The garbage collector
    # frees it when the last of them is done.
    def follow
      seen = stamp
      return if seen == @stamp

      @stamp = seen
      @current = read
      @log.info("catalogue_read", count: @current.info.published)
    rescue Bad => e
      e.problems.each { |found| @log.error("catalogue_bad", code: found.code, pointer: found.pointer) }
    rescue Upsell::Error, SystemCallError => e
      @log.failure("catalogue_unreadable", e)
    end

    # Tells one state of the file from another.
    def stamp
      stat = File.stat(@path)
      [stat.ino, stat.size, stat.mtime, stat.ctime]
    rescue SystemCallError => e
      e.class
    end

    def read
      text = File.binread(@path)
      Upsell::Catalog.from_json(text)
    rescue Upsell::Error
      problems = Upsell.check(text)
      raise if problems.empty? # memory ran out

      raise Bad.new(@path, problems)
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end
