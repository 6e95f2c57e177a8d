# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "fileutils"
require "json"
require "net/http"
require "tmpdir"

# The whole server as anybody starts it, `bin/serve --demo`, in a folder of its own and on free ports.
class LiveShop
  SERVER = File.expand_path("../../../examples/ruby/shop_server", __dir__)
  USER = "merchant"
  PASSWORD = "password-of-the-tests"
  START_SECONDS = 30
  # The browser tests ask more often than a person.
  PACE = { "SHOP_CLIENT_PER_MINUTE" => "1000000", "SHOP_SESSION_PER_MINUTE" => "1000000" }.freeze
  private_constant :SERVER, :START_SECONDS, :PACE

  # A scenario whose time is up in a moment, beside those of the example.
  SHORT = "S8-short"
  SHORT_SECONDS = 3

  # @return [String] the shop's address, and the app's
  attr_reader :shop, :app

  # @return [Hash] the example's catalogue, and {SHORT}
  def self.catalog
    catalog = JSON.parse(File.read(File.join(SERVER, "catalog.json"), encoding: "UTF-8"))
    karinto = catalog["scenarios"].find { |scenario| scenario["id"] == "S4-karinto" }
    timer = { "enabled" => true, "seconds" => SHORT_SECONDS, "text" => "残り" }
    short = karinto.merge("id" => SHORT, "name" => "すぐに終わるご案内", "priority" => 70,
                          "trigger" => { "kind" => "one_time", "products" => [{ "product_id" => 8_240_000_000_008 }] },
                          "page" => karinto["page"].merge("timer" => timer))
    catalog.merge("scenarios" => catalog["scenarios"] + [short])
  end

  def initialize
    @folder = Dir.mktmpdir("live-shop-")
    write_catalog(LiveShop.catalog)
    @log = File.join(@folder, "log")
    start
  end

  # Replaces the catalogue of the app, at once, as a deployment does.
  def write_catalog(catalog)
    File.write("#{catalog_path}.new", JSON.generate(catalog))
    File.rename("#{catalog_path}.new", catalog_path)
  end

  # Everything about an order, as the platform has it.
  def ledger(reference)
    JSON.parse(Net::HTTP.get(URI("#{shop}/ledger/#{reference}.json")))
  end

  # Has things go wrong on the platform.
  def faults(**wanted)
    response = Net::HTTP.post(URI("#{shop}/faults"), JSON.generate(wanted), "Content-Type" => "application/json")
    raise response.body unless response.is_a?(Net::HTTPOK)
  end

  # @return [Array<Hash>] lines of the log
  def log
    File.readlines(@log).filter_map { |line| JSON.parse(line) if line.start_with?("{") }
  end

  def stop
    Process.kill(:TERM, @pid)
    Process.wait(@pid)
    FileUtils.remove_entry(@folder)
  end

  private

  def catalog_path
    File.join(@folder, "catalog.json")
  end

  def start
    reader, writer = IO.pipe
    env = PACE.merge("SHOP_CATALOG" => catalog_path, "SHOP_MERCHANT_PASSWORD" => PASSWORD)
    @pid = Process.spawn(env, File.join(SERVER, "bin/serve"), "--demo", "--state", File.join(@folder, "state"),
                         "--port", "0", "--shop-port", "0", out: writer, err: @log)
    writer.close
    said = listen(reader)
    @shop = said[%r{^The shop: +(http://\S+?)/?$}, 1]
    @app = said[%r{pages: +(http://\S+?)/scenarios$}, 1]
    raise "bin/serve said:\n#{said}\n#{File.read(@log)}" unless @shop && @app

    # What is said later has nobody to read it; a full pipe must stop nobody.
    Thread.new { IO.copy_stream(reader, IO::NULL) }
  end

  # What the server says until the password, which comes last.
  def listen(reader)
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + START_SECONDS
    said = +""
    until said.include?(PASSWORD)
      left = deadline - Process.clock_gettime(Process::CLOCK_MONOTONIC)
      break unless left.positive? && reader.wait_readable(left)

      said << reader.readpartial(4096)
    end
    said
  rescue EOFError
    said
  end
end
