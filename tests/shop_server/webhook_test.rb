# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/requests"

# POST /webhooks/subscription_contracts/create.
class WebhookTest < Minitest::Test
  include Requests

  BODY = JSON.generate(admin_graphql_api_id: "gid://shopify/SubscriptionContract/9100000000001",
                       admin_graphql_api_origin_order_id: "gid://shopify/Order/5700000000001")
  PATH = "/webhooks/subscription_contracts/create"

  # Remembers what it is handed, when the worker comes by.
  class Ear
    attr_reader :heard

    def initialize
      @heard = []
    end

    def webhook(*what)
      @heard << what
      what.size
    end
  end

  def setup
    super
    @ear = Ear.new
    services.webhooks = ShopServer::Webhooks.new(services.db, runs: @ear, clock: clock, log: log)
  end

  def headers(body, event_id: "event-1", key: SECRET)
    digest = Base64.strict_encode64(OpenSSL::HMAC.digest("SHA256", key, body))
    { "CONTENT_TYPE" => "application/json", "HTTP_X_SHOPIFY_HMAC_SHA256" => digest,
      "HTTP_X_SHOPIFY_EVENT_ID" => event_id, "HTTP_X_SHOPIFY_SHOP_DOMAIN" => config.shop_domain }.compact
  end

  def send_webhook(body = BODY, **more)
    post PATH, body, headers(body, **more)
    JSON.parse(last_response.body)
  end

  # @return [Array] what the runs hear of it
  def heard
    services.webhooks.hand_on
    @ear.heard
  end

  def test_it_is_stored_and_handed_on_as_it_came
    assert_equal [{ "duplicate" => false }, 200], [send_webhook, status]
    assert_empty @ear.heard, "nobody waits for the runs"
    assert_equal [["event-1", BODY, clock.now]], services.db[:webhooks].select_map(%i[event_id body received_at])
    assert_equal [["subscription_contracts/create", BODY]], heard
    assert_equal [["event-1", nil]], services.db[:webhooks].select_map(%i[event_id body])
    assert_equal 1, heard.size, "once"
  end

  def test_the_same_event_again_does_nothing
    send_webhook
    assert_equal 1, heard.size
    assert_equal [{ "duplicate" => true }, 200], [send_webhook, status]
    assert_equal 1, heard.size
    send_webhook(event_id: "event-2")
    assert_equal 2, heard.size
  end

  def test_duplicates_from_many_threads
    answers = Array.new(10) do
      Thread.new { Rack::MockRequest.new(app).post(PATH, input: BODY, **headers(BODY)) }
    end.map(&:value)
    assert_equal [200] * 10, answers.map(&:status)
    assert_equal [1, 1], [heard.size, services.db[:webhooks].count]
  end

  # What could not be stored comes again.
  def test_an_error_is_no_success
    services.db.drop_table(:webhooks)
    send_webhook
    assert_equal 500, status
  end

  # A worker that dies in between leaves the webhook to the next one, in its order.
  def test_what_was_not_handed_on_stays
    %w[a b].each { |id| send_webhook("{\"id\":\"#{id}\"}", event_id: id) }
    def @ear.webhook(*) = raise(IOError)

    assert_raises(IOError) { services.webhooks.hand_on }
    @ear.singleton_class.remove_method(:webhook)
    assert_equal ['{"id":"a"}', '{"id":"b"}'], heard.map(&:last)
  end

  # The app may be in many shops, with one secret for all.
  def test_webhooks_of_another_shop
    [nil, "", "other.myshopify.com"].each do |domain|
      post PATH, BODY, headers(BODY).merge("HTTP_X_SHOPIFY_SHOP_DOMAIN" => domain).compact
      assert_refused(401, "wrong_shop", JSON.parse(last_response.body))
    end
    assert_equal 0, services.db[:webhooks].count
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
    assert_equal 0, services.db[:webhooks].count
  end

  def test_webhooks_that_are_refused
    assert_refused(400, "no_event_id", send_webhook(event_id: nil))
    assert_refused(400, "no_event_id", send_webhook(event_id: "a" * 256))
    assert_refused(400, "bad_json", send_webhook("{"))
    assert_refused(400, "not_an_object", send_webhook("[]"))
    assert_refused(400, "not_utf8", send_webhook("{\"a\":\"\xff\"}".b))
    assert_refused(413, "body_too_large", send_webhook("{\"a\":\"#{"x" * 1024 * 1024}\"}"))
    assert_equal 0, services.db[:webhooks].count
  end

  # Larger than any other body may be.
  def test_large_webhooks
    send_webhook("{\"a\":\"#{"x" * 900 * 1024}\"}")
    assert_equal [200, 1], [status, heard.size]
  end
end
