#!/usr/bin/env ruby
# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Decides for orders, one "upsell.order/1" document in each line of a file or of standard input.
#
#   UPSELL_CATALOG=catalog.json ruby decide.rb orders.ndjson
#
# Exit status: 0 all well, 1 some input was bad, 2 wrong usage.
require "optparse"
require_relative "offer_finder"
require_relative "offer_table"

# A table for people. Blocks of lines go to the library at once, and memory stays bounded.
# @return [Integer] how many orders were refused
def print_table(finder, orders)
  table = OfferTable.new
  finder.find_lines(orders) { |result| table.add(result) }
  table.finish
  table.refused
end

# A decision in each line for programs, or what is wrong with the order. Each answer is written
# before the next line is read, and a catalogue that has changed is used from the next order on; so
# this may stand at the end of a pipe for days.
# @return [Integer] how many orders were refused
def print_json(finder, orders)
  $stdout.sync = true
  refused = 0
  orders.each_line.with_index(1) do |line, number|
    next if line.match?(BLANK)

    puts finder.find_json(line)
  rescue Upsell::Error => e
    refused += 1
    puts Upsell.error_to_json(e, number)
    warn "line #{number}: order refused: #{OfferFinder.where(e)}"
  end
  refused
end

# A line without an order; it is counted all the same.
BLANK = /\A[ \t\r\n]*\z/n

PRINTERS = { "table" => method(:print_table), "json" => method(:print_json) }.freeze

def read_options
  options = { catalog: ENV.fetch("UPSELL_CATALOG", nil), printer: PRINTERS["table"] }
  parser = OptionParser.new do |opts|
    opts.banner = "Usage: decide.rb [options] [ORDERS.ndjson]"
    opts.separator "Without a file, orders come from standard input."
    opts.on("-c", "--catalog FILE", "the catalogue (default: what UPSELL_CATALOG names)") do |path|
      options[:catalog] = path
    end
    opts.on("-f", "--format FORMAT", PRINTERS, "table (default) or json") do |printer|
      options[:printer] = printer
    end
  end
  files = parser.parse(ARGV)
  raise OptionParser::MissingArgument, "--catalog, or UPSELL_CATALOG" unless options[:catalog]
  raise OptionParser::NeedlessArgument, files[1] if files.size > 1

  options.merge(orders: files.first || "-")
rescue OptionParser::ParseError => e
  warn e.message, parser.help
  exit 2
end

def open_orders(path, &block)
  path == "-" ? yield($stdin.binmode) : File.open(path, "rb", &block)
end

def main
  options = read_options
  finder = OfferFinder.new(options[:catalog], check_every: 0)
  refused = open_orders(options[:orders]) { |orders| options[:printer].call(finder, orders) }
  $stdout.flush
  exit refused.zero?
rescue CatalogFile::Bad => e
  abort e.message
rescue Errno::EPIPE
  raise # whoever read the output has gone; then Ruby ends without a word
rescue SystemCallError => e
  abort e.message
rescue Interrupt
  exit 130
end

main if $PROGRAM_NAME == __FILE__
