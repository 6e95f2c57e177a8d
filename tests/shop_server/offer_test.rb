# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "openssl"
require_relative "support/requests"

# POST /offer: who may ask, what is answered, and that asking again changes nothing.
class OfferTest < Minitest::Test
  include Requests

  def test_each_pattern_has_its_offer
    { 1 => "S1-hojicha-joins", 2 => "S2-caddy-once", 3 => "S3-sencha-switch", 4 => "S4-karinto" }.each do |pattern, id|
      answer = offer(input_data(pattern))
      assert_equal [200, true, "offered", id], [status, *answer.values_at("render", "state"), answer["page"]["scenario_id"]]
      assert_equal "upsell.page/1", answer["page"]["format"]
    end
  end

  def test_time_that_is_left_is_the_timers_or_ten_minutes
    assert_equal 300, offer(input_data(1))["secondsLeft"]
    assert_equal 600, offer(input_data(2))["secondsLeft"]
  end

  def test_no_offer
    answer = offer(input_data(nil))
    assert_equal [200, { "render" => false, "reason" => "no_candidate" }], [status, answer]
    assert_equal 0, services.db[:sessions].count
    assert(log_lines.any? { |line| line.values_at("event", "code") == %w[no_offer no_candidate] })
  end

  def test_the_body_may_be_input_data
    data = input_data(4)
    assert send_json("/offer", data, token: token(data))["render"]
  end

  # The order is the token's: what the body says of it is not looked at.
  def test_the_body_decides_nothing
    data = input_data(4)
    answer = send_json("/offer", input_data(1, reference: "ref-4"), token: token(data))
    assert_equal "S4-karinto", answer["page"]["scenario_id"]
  end

  def test_asking_again_gives_the_same_session
    first = offer(input_data(1))
    clock.advance(5)
    again = offer(input_data(1))
    assert_equal first["session"], again["session"]
    assert_equal 1, services.db[:sessions].count
  end

  def test_the_answer_may_not_be_kept
    offer(input_data(1))
    assert_equal "no-store", last_response.headers["Cache-Control"]
  end

  # --- tokens

  def test_tokens_that_are_refused
    good = input_data(1)
    {
      "no_token" => nil,
      "forged" => token(good, key: "another key"),
      "wrong_issuer" => token(good, iss: "somebody"),
      "wrong_subject" => token(good, sub: "ref-2"),
      "wrong_shop" => token(input_data(1, domain: "other.myshopify.com")),
      "expired" => token(good, iat: clock.now - 24 * 3600 - 31),
      "from_the_future" => token(good, iat: clock.now + 31),
      "no_time" => token(good, iat: clock.now + 0.5)
    }.each do |code, bearer|
      assert_refused(401, code, send_json("/offer", { referenceId: "ref-1" }, token: bearer))
    end
    assert_equal 0, services.db[:purchases].count
  end

  def test_tokens_are_taken_to_the_last_second
    [0, 30, -24 * 3600 - 30].each do |seconds|
      assert offer(input_data(1), token: token(input_data(1), iat: clock.now + seconds))["render"]
    end
  end

  def test_milliseconds_are_understood
    assert offer(input_data(1), token: token(input_data(1), iat: clock.now * 1000))["render"]
    old = (clock.now - 25 * 3600) * 1000
    assert_refused(401, "expired", offer(input_data(1), token: token(input_data(1), iat: old)))
  end

  def test_an_end_of_its_own_is_kept
    assert_refused(401, "expired", offer(input_data(1), token: token(input_data(1), exp: clock.now - 60)))
  end

  def test_the_algorithm_is_pinned
    data = input_data(1)
    payload = { iss: "shopify", sub: "ref-1", iat: clock.now, input_data: data }
    rsa = OpenSSL::PKey::RSA.new(2048)
    encoded = ->(part) { Base64.urlsafe_encode64(JSON.generate(part), padding: false) }
    unsigned = ->(algorithm) { "#{encoded.({ alg: algorithm })}.#{encoded.(payload)}." }
    [JWT.encode(payload, nil, "none"), JWT.encode(payload, SECRET, "HS512"), JWT.encode(payload, SECRET, "HS384"),
     JWT.encode(payload, rsa, "RS256"), unsigned.("none"), unsigned.("None"), unsigned.("HS256"), unsigned.(nil),
     unsigned.(256), unsigned.(["HS256"])].each do |bearer|
      assert_refused(401, "forged", offer(data, token: bearer))
    end
  end

  # A verifier that took the public key for the secret would let these in.
  def test_a_public_key_is_no_secret
    pem = OpenSSL::PKey::RSA.new(2048).public_key.to_pem
    assert_refused(401, "forged", offer(input_data(1), token: token(input_data(1), key: pem)))
  end

  def test_what_is_no_token
    ["x", "a.b.c", ".", "..", "....", "e30.e30.", "bnVsbA.bnVsbA.bnVsbA", "W10.W10.W10", "%00.%00.%00",
     "#{token(input_data(1))}x", token(input_data(1)).sub(".", ".."), "\xff.\xff.\xff".b].each do |bearer|
      assert_refused(401, "forged", offer(input_data(1), token: bearer))
    end
    post "/offer", "{}", Requests::JSON_TYPE.merge("HTTP_AUTHORIZATION" => "Basic eDp5")
    assert_refused(401, "no_token", JSON.parse(last_response.body))
  end

  # Signed, and yet not what the platform sends.
  def test_strange_claims
    data = input_data(1)
    [{ input_data: nil }, { input_data: [] }, { input_data: { "initialPurchase" => [] } },
     { input_data: { "initialPurchase" => { "referenceId" => 5 } }, sub: 5 },
     { input_data: { "initialPurchase" => { "referenceId" => "a\nb" } }, sub: "a\nb" }].each do |claims|
      assert_refused(401, "wrong_subject", offer(data, token: token(data, **claims)))
    end
    assert_refused(401, "wrong_shop", offer(data, token: token(data, input_data: data.merge("shop" => nil))))
    assert_refused(401, "forged", offer(data, token: JWT.encode([1], SECRET, "HS256")))
  end

  def test_a_body_for_another_purchase
    answer = send_json("/offer", { referenceId: "ref-2" }, token: token(input_data(1)))
    assert_refused(401, "wrong_subject", answer)
    assert_refused(401, "wrong_subject", send_json("/offer", input_data(2), token: token(input_data(1))))
    assert_refused(401, "wrong_subject", send_json("/offer", {}, token: token(input_data(1))))
  end

  # --- replays

  def test_a_replayed_token_does_not_bring_an_ended_offer_back
    { "declined" => 2, "expired" => 1 }.each do |state, pattern|
      id, bearer = open_session(pattern)
      event(id, "shown", bearer)
      state == "declined" ? event(id, "declined", bearer) : clock.advance(300)
      answer = offer(input_data(pattern), token: bearer)
      assert_equal [200, false, state], [status, *answer.values_at("render", "reason")]
    end
  end

  def test_a_reload_does_not_lengthen_the_time
    id, bearer = open_session(1)
    event(id, "shown", bearer)
    clock.advance(200)
    assert_equal [100, "shown"], offer(input_data(1), token: bearer).values_at("secondsLeft", "state")
  end

  # A cart may change until its buyer pays; then an older token brings nothing back.
  def test_the_latest_order_counts
    id, older = open_session(4)
    clock.advance(10)
    data = input_data(4)
    data["initialPurchase"]["lineItems"] += input_data(nil)["initialPurchase"]["lineItems"]
    assert_equal id, offer(data)["session"]
    assert_equal 2, JSON.parse(services.sessions.find(id).order_json)["lines"].size
    answer = offer(input_data(4), token: older)
    assert_equal [false, "order_superseded"], answer.values_at("render", "reason")
    assert_equal 2, JSON.parse(services.sessions.find(id).order_json)["lines"].size
  end

  def test_an_order_does_not_change_once_its_offer_was_seen
    id, bearer = open_session(4)
    event(id, "shown", bearer)
    clock.advance(10)
    data = input_data(4)
    data["initialPurchase"]["lineItems"][0]["quantity"] = 2
    assert_equal "order_superseded", offer(data)["reason"]
    assert_equal 1, JSON.parse(services.sessions.find(id).order_json)["lines"][0]["quantity"]
  end

  # One more offer for a purchase, and not a second one because the catalogue has changed.
  def test_no_second_offer
    id, bearer = open_session(4)
    event(id, "shown", bearer)
    clock.advance(10)
    answer = offer(input_data(1, reference: "ref-4"))
    assert_equal [false, "other_offer_made"], answer.values_at("render", "reason")
    assert_equal 1, services.db[:sessions].count
  end

  # --- orders

  def test_orders_that_are_refused
    data = input_data(1)
    data["initialPurchase"]["totalPriceSet"] = { "shopMoney" => { "amount" => "900.0", "currencyCode" => "JPY" },
                                                 "presentmentMoney" => { "amount" => "6.0", "currencyCode" => "USD" } }
    answer = offer(data)
    assert_refused(422, "currency_mismatch", answer)
    assert_equal "/initialPurchase/totalPriceSet/presentmentMoney/currencyCode", answer["pointer"]

    data = input_data(1)
    data["initialPurchase"]["lineItems"] = []
    assert_refused(422, "bad_count", offer(data))
  end

  def test_an_error_of_the_program_is_no_offer
    def services.today = raise(IOError, "planted-message")

    answer = offer(input_data(1))
    assert_equal [500, { "render" => false, "error" => "internal_error" }], [status, answer]
    line = log_lines.find { |found| found["event"] == "request_failed" }
    assert_equal ["error", "IOError", "/offer"], line.values_at("level", "kind", "route")
    refute_includes @log_text.string, "planted-message"
  end
end
