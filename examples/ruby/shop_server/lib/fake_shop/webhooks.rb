# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "net/http"
require "openssl"
require "securerandom"

module FakeShop
  # Webhooks: kept until they are delivered, signed with the app's secret, and now and then sent twice.
  class Webhooks
    # Every so many webhooks, one is sent twice without being asked for.
    TWICE_EVERY = 3
    # Seconds until one that was not taken is sent again.
    AGAIN = 5

    # @param url [String] of the app
    # @param secret [String] the app's client secret
    # @param domain [String] the shop's
    def initialize(db, url:, secret:, domain:, faults:, clock:)
      @webhooks = db[:webhooks]
      @url = url
      @secret = secret
      @domain = domain
      @faults = faults
      @clock = clock
    end

    # Has a webhook sent at a time.
    def announce(topic, body, due_at)
      return if @faults.take?("lose_webhook")

      twice = @faults.take?("repeat_webhook") || (@webhooks.count % TWICE_EVERY == TWICE_EVERY - 1)
      @webhooks.insert(event_id: SecureRandom.uuid, topic: topic, body: JSON.generate(body), due_at: due_at,
                       sendings: twice ? 2 : 1)
    end

    # @return [Array<Hash>] those whose time has come
    def due
      @webhooks.where(Sequel[:sendings] > 0).where(Sequel[:due_at] <= @clock.call).order(:due_at, :id).all
    end

    # Sends what is due.
    def deliver
      due.each do |webhook|
        if taken?(webhook)
          @webhooks.where(id: webhook[:id]).update(sendings: Sequel[:sendings] - 1)
        else
          @webhooks.where(id: webhook[:id]).update(due_at: @clock.call + AGAIN)
        end
      end
    end

    # The value of the header that proves where a body comes from.
    # @return [String]
    def signature(body)
      [OpenSSL::HMAC.digest("SHA256", @secret, body)].pack("m0")
    end

    private

    def taken?(webhook)
      uri = URI.join(@url, "/webhooks/#{webhook[:topic]}")
      http = Net::HTTP.new(uri.host, uri.port, nil) # whatever proxies the environment names
      http.open_timeout = http.read_timeout = 5
      http.max_retries = 0
      http.start { |open| open.post(uri.path, webhook[:body], headers(webhook)) }.is_a?(Net::HTTPSuccess)
    rescue SystemCallError, IOError, Timeout::Error, Net::ProtocolError, Net::HTTPBadResponse, Net::HTTPHeaderSyntaxError
      false
    end

    def headers(webhook)
      { "Content-Type" => "application/json", "X-Shopify-Topic" => webhook[:topic],
        "X-Shopify-Hmac-Sha256" => signature(webhook[:body]), "X-Shopify-Shop-Domain" => @domain,
        "X-Shopify-Api-Version" => "2026-07", "X-Shopify-Event-Id" => webhook[:event_id],
        "X-Shopify-Webhook-Id" => SecureRandom.uuid }
    end
  end
end
