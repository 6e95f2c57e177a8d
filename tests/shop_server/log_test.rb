# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/requests"

# The log: one JSON object in each line, and nothing personal in it.
class LogTest < Minitest::Test
  include Requests

  def test_a_line
    log = ShopServer::Log.new(out = StringIO.new, clock: -> { Time.at(1_795_000_000, 250, :millisecond) })
    log.warn("refused", code: :forged, status: 401, ms: 1.23456, pointer: nil)
    assert_equal %({"time":"2026-11-18T11:06:40.250Z","level":"warn","event":"refused","code":"forged","status":401,"ms":1.235}\n),
                 out.string
  end

  def test_lines_cannot_be_forged
    log = ShopServer::Log.new(out = StringIO.new)
    log.info("x", code: "a\n{\"level\":\"error\"}\e[31m\u202e\u2028\xff", pointer: "p" * 1000)
    assert_equal 1, out.string.lines.size
    assert_predicate out.string, :ascii_only?
    assert_equal 200, JSON.parse(out.string)["pointer"].size
  end

  def test_fields_that_do_not_exist
    %i[token body email name address customer_id message].each do |field|
      assert_raises(ShopServer::Log::Forbidden) { log.info("x", field => "y") }
    end
  end

  def test_an_exception_is_its_class_and_its_place
    error = assert_raises(Upsell::Error) { Upsell.order_from_input_data("{\"planted\":1}") }
    log.failure("x", error)
    assert_equal %w[error x Upsell::MissingKeyError], log_lines[0].values_at("level", "event", "kind")
    refute_match(/planted/, @log_text.string)
    # Raised by one gem, and again by another: that knows its place as text alone.
    services.db.drop_table(:events)
    log.failure("x", assert_raises(Sequel::DatabaseError) { services.sessions.events_since(0) })
    assert_match(/\Asessions\.rb:\d+\z/, log_lines.last["place"])
    log.failure("x", IOError.new("planted")) # was never raised
    refute_match(/planted/, @log_text.string)
  end

  # The disk is full, or the program that reads the log has ended.
  def test_a_log_that_cannot_be_written_stops_nobody
    [Errno::ENOSPC, Errno::EPIPE, IOError].each do |error|
      io = StringIO.new
      io.define_singleton_method(:write) { |*| raise error }
      assert_nil ShopServer::Log.new(io).error("x", code: "y")
    end
  end

  def test_lines_of_many_threads_stay_whole
    Array.new(8) { |n| Thread.new { 200.times { log.info("x", count: n, code: "c" * 150) } } }.each(&:join)
    assert_equal [1600, [150]], [log_lines.size, log_lines.map { |line| line["code"].size }.uniq]
  end

  # All that a buyer and a merchant send, good and bad, and then a search for it.
  def test_nothing_personal_is_in_it
    data = input_data(1, reference: "planted-reference")
    data["initialPurchase"]["lineItems"][0]["product"]["title"] = "planted-title"
    data["shippingAddress"] = { "name" => "planted-name", "city" => "planted-city" }
    bearer = token(data)
    id = offer(data, token: bearer)["session"]
    event(id, "shown", bearer)
    get "/pages/#{id}"
    get "/pages/planted-session?planted-query=1"
    signed = sign(id, bearer)["token"]
    sign(id, bearer, total: "planted-total")
    send_json("/changeset-result", { session: id, result: { status: "planted-status" } }, token: bearer)
    send_json("/offer", "{\"planted-body\"", token: bearer)
    data["initialPurchase"]["totalPriceSet"] = { "planted-key" => "planted-value" }
    offer(data)
    offer(data, token: token(data, iss: "planted-issuer"))
    get "/scenarios", {}, { "HTTP_AUTHORIZATION" => "Basic #{Base64.strict_encode64("merchant:#{PASSWORD}")}" }
    get "/planted-path", {}, { "HTTP_USER_AGENT" => "planted-agent", "REMOTE_ADDR" => "192.0.2.77" }
    post "/planted-path?planted", "planted-form", { "CONTENT_TYPE" => "application/x-www-form-urlencoded" }

    text = @log_text.string
    assert_operator log_lines.size, :>, 20
    ["planted", CUSTOMER.to_s, bearer, bearer.split(".")[2], signed, signed.split(".")[2], id, "192.0.2.77", "お茶",
     "\\u304a"].each { |secret| refute_includes text, secret }
  end
end
