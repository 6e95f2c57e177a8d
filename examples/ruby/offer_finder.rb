# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "logger"
require "upsell"

# Finds offers with the catalogue in a file, and follows the file when it changes. Make one for the
# whole process; all threads may share it, and a server may fork with it.
#
#   OFFERS = OfferFinder.new(ENV.fetch("UPSELL_CATALOG"), logger: Rails.logger)
#
#   decision = OFFERS.find(request.raw_post)   # nil: the order was refused, and that was logged
#   render json: { show: decision&.offer? }
#
# A catalogue that is bad when the finder is made raises {BadCatalog}. One that turns bad later is
# logged once, and the last good one stays in use. Nothing of an order is ever logged but where it
# is wrong: messages of errors quote what they found, and that may be personal.
class OfferFinder
  # The file holds no valid catalogue. The message tells all its problems.
  class BadCatalog < StandardError
    # @return [Array<Upsell::Problem>]
    attr_reader :problems

    def initialize(path, problems)
      @problems = problems
      lines = problems.map { |problem| "#{path}: #{problem.pointer}: #{problem.code}: #{problem.message}" }
      super(lines.map { |line| OfferFinder.clean(line) }.join("\n"))
    end
  end

  # What could move the cursor of a terminal, forge a line of a log, or turn the direction of writing.
  UNCLEAN = /[[:cntrl:]\u2028-\u202e\u2066-\u2069]/

  class << self
    # A text that may be shown and logged, whatever is in it.
    # @param text [String]
    # @return [String]
    def clean(text)
      text.gsub(UNCLEAN, "?")
    end

    # What may be logged of an error: its code, and where it is.
    # @param error [Upsell::Error]
    # @return [String]
    def where(error)
      "#{error.code} at #{error.pointer.empty? ? "the whole document" : clean(error.pointer)}"
    end
  end

  # @param path [String] a file with an "upsell.catalog/1" document
  # @param logger [Logger]
  # @param check_every [Numeric] seconds between looks at the file; 0: at each order
  # @raise [BadCatalog] the file holds no valid catalogue
  # @raise [SystemCallError] the file cannot be read
  def initialize(path, logger: Logger.new($stderr), check_every: 1)
    @path = path
    @logger = logger
    @check_every = check_every
    @mutex = Mutex.new
    @stamp = stamp # before it is read: a change in between is seen as one
    @catalog = read
    @next_check = now + check_every
  end

  # The decision for an order.
  # @param order [Upsell::Order, String] an order, or the text of an "upsell.order/1" document
  # @return [Upsell::Decision, nil] nil for an order that is refused, which is logged
  def find(order)
    order.is_a?(String) ? catalog.decide_json(order) : catalog.decide(order)
  rescue Upsell::Error => e
    @logger.warn("order refused: #{OfferFinder.where(e)}")
    nil
  end

  # The decision for an order as JSON.
  # @param order [Upsell::Order, String]
  # @return [String] an "upsell.decision/1" document
  # @raise [Upsell::Error] what is wrong with the order
  def find_json(order)
    catalog.decide_to_json(order)
  end

  # What came of each line of a stream of orders, all of them with the same catalogue.
  # @param stream [IO]
  # @yieldparam result [Upsell::LineResult]
  # @return [Enumerator] without a block
  def find_lines(stream, &block)
    catalog.decide_lines(stream, &block)
  end

  # The catalogue in use.
  # @return [Upsell::Catalog]
  def catalog
    # One thread looks at the file; the others go on with the catalogue that is there.
    if now >= @next_check && @mutex.try_lock
      begin
        @next_check = now + @check_every
        follow
      ensure
        @mutex.unlock
      end
    end
    @catalog
  end

  private

  # Reads the file again if it has changed. The old catalogue is not closed, since other threads may
  # be about to use it; the garbage collector frees it when the last of them is done.
  def follow
    seen = stamp
    return if seen == @stamp

    @stamp = seen
    @catalog = read
    @logger.info("catalogue read again: #{@catalog.info.published} scenarios are published")
  rescue BadCatalog, Upsell::Error, SystemCallError => e
    @logger.error("the catalogue has changed and is bad; the one before stays in use")
    e.message.each_line(chomp: true) { |line| @logger.error(line) }
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

    raise BadCatalog.new(@path, problems)
  end

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end
end
