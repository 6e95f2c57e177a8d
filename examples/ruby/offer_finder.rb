# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "logger"
require "upsell"
require_relative "catalog_file"

# Finds offers with the catalogue in a file, and follows the file when it changes. Make one for the
# whole process; all threads may share it, and a server may fork with it.
#
#   OFFERS = OfferFinder.new(ENV.fetch("UPSELL_CATALOG"), logger: Rails.logger)
#
#   decision = OFFERS.find(request.raw_post)   # nil: the order was refused, and that was logged
#   render json: { show: decision&.offer? }
#
# A catalogue that is bad when the finder is made raises {CatalogFile::Bad}. One that turns bad later
# is logged once, and the last good one stays in use. Nothing of an order is ever logged but where it
# is wrong: messages of errors quote what they found, and that may be personal.
class OfferFinder
  # What may be logged of an error: its code, and where it is.
  # @param error [Upsell::Error]
  # @return [String]
  def self.where(error)
    "#{error.code} at #{error.pointer.empty? ? "the whole document" : CatalogFile.clean(error.pointer)}"
  end

  # @param path [String] a file with an "upsell.catalog/1" document
  # @param logger [Logger]
  # @param check_every [Numeric] seconds between looks at the file; 0: at each order
  # @raise [CatalogFile::Bad] the file holds no valid catalogue
  # @raise [SystemCallError] the file cannot be read
  def initialize(path, logger: Logger.new($stderr), check_every: 1)
    @logger = logger
    @file = CatalogFile.new(path, check_every: check_every) { |current, error| tell(current, error) }
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
    @file.current
  end

  private

  # Logs that the file has changed, and what came of it.
  def tell(current, error)
    return @logger.info("catalogue read again: #{current.info.published} scenarios are published") unless error

    @logger.error("the catalogue has changed and is bad; the one before stays in use")
    error.message.each_line(chomp: true) { |line| @logger.error(line) }
  end
end
