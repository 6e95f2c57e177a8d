# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "catalog_file"
require_relative "offer_finder"

# Prints decisions as a table for people, one row each.
class OfferTable
  ROW = "%16s %16s %16s  %-30s  %s"

  # How many orders were refused so far.
  # @return [Integer]
  attr_reader :refused

  # @param out [IO] for the table
  # @param err [IO] for orders that are refused
  def initialize(out: $stdout, err: $stderr)
    @out = out
    @err = err
    @orders = 0
    @refused = 0
    @out.puts(format(ROW, "now", "checkout", "next cycle", "scenario", "order"))
  end

  # @param result [Upsell::LineResult]
  def add(result)
    @orders += 1
    return refuse(result) if result.error

    decision = result.decision
    cells = decision.offer? ? offer(decision.offer, decision.currency) : ["-", "-", "-", "(#{decision.reason})"]
    @out.puts(format(ROW, *cells, CatalogFile.clean(decision.order_id)))
  end

  # Says how many orders were refused, if any.
  def finish
    @err.puts("#{@refused} of #{@orders} orders were refused") if @refused.positive?
  end

  private

  def refuse(result)
    @refused += 1
    @err.puts("line #{result.line}: order refused: #{OfferFinder.where(result.error)}")
  end

  def offer(offer, currency)
    # What is charged now is the offer page's total. One-time offers cost nothing later.
    later = offer.targets.filter_map { |target| target.price.recurring.first&.line }
    [money(offer.total_offer_page, currency), money(offer.total_checkout, currency),
     later.empty? ? "-" : money(later.sum, currency), CatalogFile.clean(offer.scenario_id)]
  end

  def money(amount, currency)
    "#{Upsell.money_format(amount, currency)} #{currency.code}"
  end
end
