# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/requests"

# POST /webhooks/subscription_contracts/create.
class WebhookTest < Minitest::Test
  include Requests

  BODY = JSON.generate(admin_graphql_api_id: "gid://shopify/SubscriptionContract/9100000000001",
                       admin_graphql_api_origin_order_id: "gid://shopify/Order/5700000000001")
  PATH = "/webhooks/subscription_contracts/create"

  # Remembers what it is handed.
  class Ear
    attr_reader :heard

    def initialize
      @heard = []
    end

    def webhook(*what)
      sleep(0.01)
      @heard << what
    end
  end

  def setup
    super
    services.runs = @ear = Ear.new
  end

  def headers(body, event_id: "event-1", key: SECRET)
    digest = Base64.strict_encode64(OpenSSL::HMAC.digest("SHA256", key, body))
    { "CONTENT_TYPE" => "application/json", "HTTP_X_SHOPIFY_HMAC_SHA256" => digest,
      "HTTP_X_SHOPIFY_EVENT_ID" => event_id }.compact
  end

  def send_webhook(body = BODY, **more)
    post PATH, body, headers(body, **more)
    JSON.parse(last_response.body)
  end

  def test_it_is_handed_on_as_it_came
    assert_equal [{ "duplicate" => false }, 200], [send_webhook, status]
    assert_equal [["subscription_contracts/create", BODY, "event-1"]], @ear.heard
    assert_equal [["event-1", clock.now]], services.db[:webhooks].select_map(%i[event_id received_at])
  end

  def test_the_same_event_again_does_nothing
    send_webhook
    assert_equal [{ "duplicate" => true }, 200], [send_webhook, status]
    send_webhook(event_id: "event-2")
    assert_equal %w[event-1 event-2], @ear.heard.map(&:last)
  end

  def test_duplicates_from_many_threads
    answers = Array.new(10) do
      Thread.new { Rack::MockRequest.new(app).post(PATH, input: BODY, **headers(BODY)) }
    end.map(&:value)
    assert_equal [200] * 10, answers.map(&:status)
    assert_equal [1, 1], [@ear.heard.size, services.db[:webhooks].count]
  end

  # What could not be handed on comes again.
  def test_an_error_forgets_the_event
    def @ear.webhook(*) = raise(IOError)

    send_webhook
    assert_equal [500, 0], [status, services.db[:webhooks].count]
  end

  def test_forged_webhooks
    good = headers(BODY)
    assert_refused(401, "forged_webhook", send_webhook(key: "another"))
    [nil, "", "x", good["HTTP_X_SHOPIFY_HMAC_SHA256"].chop, OpenSSL::HMAC.hexdigest("SHA256", SECRET, BODY)].each do |sent|
      post PATH, BODY, good.merge("HTTP_X_SHOPIFY_HMAC_SHA256" => sent).compact
      assert_refused(401, "forged_webhook", JSON.parse(last_response.body))
    end
    post PATH, BODY.sub("9100000000001", "9100000000002"), good
    assert_refused(401, "forged_webhook", JSON.parse(last_response.body))
    assert_empty @ear.heard
  end

  def test_webhooks_that_are_refused
    assert_refused(400, "no_event_id", send_webhook(event_id: nil))
    assert_refused(400, "no_event_id", send_webhook(event_id: "a" * 256))
    assert_refused(400, "bad_json", send_webhook("{"))
    assert_refused(400, "not_an_object", send_webhook("[]"))
    assert_refused(400, "not_utf8", send_webhook("{\"a\":\"\xff\"}".b))
    assert_refused(413, "body_too_large", send_webhook("{\"a\":\"#{"x" * 1024 * 1024}\"}"))
    assert_equal [0, 0], [services.db[:webhooks].count, @ear.heard.size]
  end

  # Larger than any other body may be.
  def test_large_webhooks
    send_webhook("{\"a\":\"#{"x" * 900 * 1024}\"}")
    assert_equal [200, 1], [status, @ear.heard.size]
  end
end
