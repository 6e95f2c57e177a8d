# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "net/http"
require "rbconfig"
require "socket"
require_relative "support/helper"

# The programs as they are started: fake shop, app and worker, on ports of their own, at the computer's
# own time. They are killed, started again, and finish what they have begun.
class ProgramsTest < Minitest::Test
  include ShopServerTests

  def setup
    super
    @pids = {}
    @app_port, @shop_port = Array.new(2) { free_port }
    @env = environment("SHOP_PORT" => @app_port.to_s, "SHOP_PUBLIC_URL" => "http://127.0.0.1:#{@app_port}",
                       "SHOP_PLATFORM_URL" => "http://127.0.0.1:#{@shop_port}")
  end

  def teardown
    @pids.each_key { |name| end_program(name, :KILL) if @pids[name] }
    super
  end

  def test_an_offer_of_each_pattern_is_sold_while_programs_are_killed
    start_all
    bought = %w[S1-hojicha-joins S2-caddy-once S3-sencha-switch S4-karinto].map { |cart| buy(cart) }
    # Whatever they are about to do, they have begun to.
    end_program("worker", :KILL)
    end_program("fake_shop", :KILL)
    start("fake_shop")
    start("worker")
    wait_for("fake_shop")
    books = bought.map { |reference| wait_for_delivery(reference) }
    assert_equal [[900, 800], [900, 1500], [1000, 720], [1800, 321]],
                 books.map { |book| book["charges"].map { |one| one["amount"] } }
    assert_equal [[], [], [1000], []], books.map { |book| book["refunds"] }
    assert_equal 2, books.first["contracts"].first["lines"].size
    %w[worker fake_shop].each { |name| assert_equal 0, end_program(name, :TERM).exitstatus, log_of(name) }
    refute_match(/planted|#{bought.join("|")}/, log_of("worker") + log_of("app"))
  end

  def test_settings_that_are_missing_are_told
    %w[fake_shop worker].each do |name|
      start(name, "SHOP_CLIENT_SECRET" => "")
      status = end_program(name, nil)
      assert_equal 2, status.exitstatus
      assert_match(/SHOP_CLIENT_SECRET must be set/, log_of(name))
    end
    start("fake_shop", "SHOP_FAULTS" => %({"earthquake":1}))
    assert_equal 2, end_program("fake_shop", nil).exitstatus
    assert_match(/a fault was expected, one of lose_answer/, log_of("fake_shop"))
  end

  private

  def free_port
    server = TCPServer.new("127.0.0.1", 0)
    server.addr[1]
  ensure
    server.close
  end

  def start_all
    %w[fake_shop app worker].each { |name| start(name) }
    wait_for("fake_shop")
    wait_for("app")
  end

  def start(name, more = {})
    @pids[name] = Process.spawn(@env.merge(more), RbConfig.ruby, File.join(SHOP_SERVER, "bin", name),
                                out: log_path(name), err: [log_path(name), "a"])
  end

  def end_program(name, signal)
    Process.kill(signal, @pids[name]) if signal
    Process.wait2(@pids.delete(name)).last
  end

  def log_path(name)
    File.join(folder, "#{name}.log")
  end

  def log_of(name)
    File.read(log_path(name))
  end

  def wait_for(name)
    port = name == "app" ? @app_port : @shop_port
    wait_until("#{name} is up: #{log_of(name)}") do
      Net::HTTP.get_response(URI("http://127.0.0.1:#{port}/healthz")).is_a?(Net::HTTPOK)
    rescue SystemCallError, EOFError
      false
    end
  end

  def wait_until(what, seconds: 60)
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + seconds
    until (found = yield)
      flunk "in vain: #{what}" if Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline
      sleep 0.1
    end
    found
  end

  # Buys what is in a cart, and then what is offered, as the page does.
  # @return [String] the purchase's reference
  def buy(cart)
    location = Net::HTTP.post_form(URI("http://127.0.0.1:#{@shop_port}/checkout"), "cart" => cart)["Location"]
    session, token = location.match(%r{/pages/([^#]+)#token=(.+)\z})&.captures || flunk("no offer: #{location}")
    tell(@app_port, "/sessions/#{session}/events", token, event: "shown")
    signed = tell(@app_port, "/sign-changeset", token, session: session, quantity: 1)
    answer = tell(@shop_port, "/changesets/apply", nil, token: signed["token"],
                                                        buyerConsentToSubscriptions: signed["buyerConsent"])
    tell(@app_port, "/changeset-result", token, session: session, result: answer)
    JWT.decode(token, nil, false).first["sub"]
  end

  def tell(port, path, token, **body)
    headers = { "Content-Type" => "application/json" }
    headers["Authorization"] = "Bearer #{token}" if token
    response = Net::HTTP.post(URI("http://127.0.0.1:#{port}#{path}"), JSON.generate(body), headers)
    assert_equal "200", response.code, "#{path}: #{response.body} #{log_of("app")}"
    JSON.parse(response.body)
  end

  # Waits until the app's runs are over, and reads what the platform says.
  def wait_for_delivery(reference)
    db = Sequel.sqlite(File.join(folder, "app.sqlite3"), readonly: true)
    runs = db[:runs].join(:sessions, id: :session_id).where(reference_id: reference)
    state = wait_until("#{reference} is delivered: #{log_of("worker")}") do
      found = runs.get(Sequel[:runs][:state])
      found unless found == "open"
    end
    assert_equal "completed", state
    wait_until("the session has heard of it") { runs.get(Sequel[:sessions][:state]) == "ordered" }
    JSON.parse(Net::HTTP.get(URI("http://127.0.0.1:#{@shop_port}/ledger/#{reference}.json")))
  ensure
    db.disconnect
  end
end
