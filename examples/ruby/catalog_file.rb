# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "upsell"

# The catalogue in a file, followed when the file changes. Make one for the whole process; all threads
# may share it, and a server may fork with it.
#
# A catalogue that turns bad is told once, and the last good one stays in use. Replace the file by
# renaming a new one over it; then no one sees half of it.
class CatalogFile
  # The file holds no valid catalogue. The message tells all its problems.
  class Bad < StandardError
    # @return [Array<Upsell::Problem>]
    attr_reader :problems

    def initialize(path, problems)
      @problems = problems
      lines = problems.map { |problem| "#{path}: #{problem.pointer}: #{problem.code}: #{problem.message}" }
      super(lines.map { |line| CatalogFile.clean(line) }.join("\n"))
    end
  end

  # What could move the cursor of a terminal, forge a line of a log, or turn the direction of writing.
  UNCLEAN = /[[:cntrl:]\u2028-\u202e\u2066-\u2069]/
  private_constant :UNCLEAN

  # A text that may be shown and logged, whatever is in it.
  # @param text [String]
  # @return [String]
  def self.clean(text)
    text.gsub(UNCLEAN, "?")
  end

  # @param path [String] a file with an "upsell.catalog/1" document
  # @param check_every [Numeric] seconds between looks at the file; 0: each time
  # @yield when the file has changed
  # @yieldparam catalog [Upsell::Catalog] the one in use from now on
  # @yieldparam error [Bad, Upsell::Error, SystemCallError, nil] why that is still the one before
  # @raise [Bad] the file holds no valid catalogue
  # @raise [SystemCallError] the file cannot be read
  def initialize(path, check_every: 1, &told)
    @path = path
    @check_every = check_every
    @told = told
    @mutex = Mutex.new
    @stamp = stamp # before it is read: a change in between is seen as one
    @current = read
    @next_check = now + check_every
  end

  # The catalogue in use.
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

  # Reads the file again if it has changed. The old catalogue is not closed, since other threads may
  # be about to use it; the garbage collector frees it when the last of them is done.
  def follow
    seen = stamp
    return if seen == @stamp

    @stamp = seen
    begin
      @current = read
    rescue Bad, Upsell::Error, SystemCallError => e
      error = e
    end
    @told&.call(@current, error)
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
