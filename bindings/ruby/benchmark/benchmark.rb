# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What deciding costs from Ruby, beside a Hash index in plain Ruby and beside C alone.
#
# Usage: ruby -Ilib benchmark/benchmark.rb FOLDER [--orders N] [--rounds N]
#
# FOLDER is made by ../../benchmark/make_shop.py. Every answer of the index is compared with the
# library's first; a difference ends the program with status 1. Times are the best of the rounds, in
# one run; look at the ratios.

require "json"
require "optparse"
require "upsell"
require_relative "plain"

# The orders' documents as native objects.
module Shop
  module_function

  def order(document)
    Upsell::Order.new(id: document[:id], currency: document[:currency],
                      lines: document[:lines].map { |line| order_line(line) },
                      has_shipping_address: document[:has_shipping_address])
  end

  def order_line(line)
    Upsell::OrderLine.new(id: line[:id], product_id: line[:product_id], quantity: line[:quantity],
                          variant_id: line[:variant_id], selling_plan_id: line[:selling_plan_id],
                          contract_id: line[:contract_id], unit_price: Integer(line[:unit_price], 10))
  end
end

# Compares an answer of the index with a decision.
module Same
  module_function

  def check(decision, answer)
    return if decision.order_id == answer[:order_id] && decision.reason == answer[:reason] &&
              offers?(decision.offer, answer[:offer])

    abort("different answers:\n#{decision.inspect}\n#{answer.inspect}")
  end

  def offers?(offer, plain)
    return offer.nil? && plain.nil? if offer.nil? || plain.nil?

    entry = plain[:entry]
    offer.scenario_id == entry.id && offer.pattern == entry.pattern &&
      offer.quantity.initial == entry.initial && offer.quantity.max == plain[:quantity_max] &&
      offer.total_checkout == plain[:total_checkout] && offer.total_offer_page == plain[:total_offer_page] &&
      offer.differs == plain[:differs] && targets(offer) == plain[:targets].map { |t| [*t[0, 3], price(t[3])] } &&
      (offer.choices.empty? || offer.choices.map(&:selling_plan_id) == entry.plans)
  end

  def targets(offer)
    offer.targets.map do |t|
      segments = t.price.recurring.map { |s| [s.from_cycle, s.unit, s.line] }
      [t.line_ids, t.contract_id, t.selling_plan_id,
       [t.price.list_unit, t.price.plan_unit, t.price.checkout, t.price.offer_page, segments]]
    end
  end

  def price(plain)
    first, recurring = plain
    [first.list_unit, first.plan_unit, first.checkout, first.offer_page, recurring]
  end
end

# Times work; a result is nanoseconds for one order.
class Clock
  PART = 250

  def initialize(rounds, count)
    @rounds = rounds
    @count = count
  end

  def best
    times = Array.new(@rounds) do
      begin_at = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
      yield
      Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond) - begin_at
    end
    times.min
  end

  def at_once(&work)
    without_gc { best(&work) }.fdiv(@count)
  end

  # The best is taken of each few hundred: on a busy machine a whole round is never undisturbed.
  def each(items)
    parts = items.each_slice(PART).to_a
    without_gc { parts.sum { |part| best { part.each { |item| yield item } } } }.fdiv(@count)
  end

  private

  def without_gc
    GC.start
    GC.disable
    yield
  ensure
    GC.enable
  end
end

# The same orders through C without anything of Ruby's around it but one call.
class CAlone
  def initialize(catalog, orders)
    out = FFI::MemoryPointer.new(:pointer)
    abort("the catalogue is refused") unless
      Upsell::Native.upsell_catalog_new_from_json(catalog, catalog.bytesize, out, nil).zero?
    @catalog = Upsell::Native::CatalogPointer.new(out.read_pointer)
    Upsell::Native.upsell_batch_new(out)
    @batch = Upsell::Native::BatchPointer.new(out.read_pointer)
    @orders = orders
  end

  def call
    status = Upsell::Native.upsell_batch_decide(@batch, @catalog, Upsell::Native::ORDERS_PACKED, @orders,
                                                @orders.bytesize, 0, nil)
    abort("an order is refused") unless status.zero?
  end
end

def measure(folder, count, rounds)
  clock = Clock.new(rounds, [count, File.foreach(File.join(folder, "orders.ndjson")).count].min)
  catalog_text = File.read(File.join(folder, "catalog.json"), encoding: "UTF-8")
  lines = File.readlines(File.join(folder, "orders.ndjson"), chomp: true, encoding: "UTF-8").first(count)
  documents = lines.map { |line| JSON.parse(line, symbolize_names: true) }
  orders = documents.map { |document| Shop.order(document) }
  index = PlainIndex.new(JSON.parse(catalog_text, symbolize_names: true))
  Upsell::Catalog.open(File.join(folder, "catalog.json")) do |catalog|
    catalog.decide_many(orders).zip(orders) do |decision, order|
      abort("one by one and in a batch differ: #{order.inspect}") unless catalog.decide(order) == decision
      Same.check(decision, index.decide(order))
    end
    c_alone = CAlone.new(catalog_text, orders.map(&:packed).join)
    c = clock.at_once { c_alone.call }
    plain = clock.each(orders) { |order| index.decide(order) }
    one = clock.each(orders) { |order| catalog.decide(order) }
    make = clock.each(documents) { |document| Shop.order(document) }
    many = clock.at_once { catalog.decide_many(orders).totals_checkout.sum }
    objects = clock.at_once { catalog.decide_many(orders).to_a }
    json = clock.each(lines) { |line| catalog.decide_json(line) }
    [["C alone, in one call", c, nil],
     ["Hash index in plain Ruby", plain, nil],
     ["decide(order)", one, format("%.2f of the index", one / plain)],
     ["Order.new(...) from a parsed document", make, nil],
     ["decide_many(orders), totals read", many, format("over C %+.0f ns", many - c)],
     ["decide_many(orders), all objects made", objects, format("over C %+.0f ns", objects - c)],
     ["decide_json(text)", json, nil]]
  end
end

options = { orders: 10_000, rounds: 15 }
parser = OptionParser.new("Usage: benchmark.rb FOLDER [--orders N] [--rounds N]") do |o|
  o.on("--orders N", Integer)
  o.on("--rounds N", Integer)
end
parser.parse!(into: options)
abort(parser.help) unless ARGV.size == 1

rows = measure(ARGV.fetch(0), options[:orders], options[:rounds])
puts "Ruby #{RUBY_VERSION}, libupsell #{Upsell.library_version}, #{options[:orders]} orders, the same answers from both"
rows.each do |name, time, remark|
  puts format("%<time>8.0f ns an order  %<name>-40s%<remark>s", time: time, name: name, remark: remark).rstrip
end
