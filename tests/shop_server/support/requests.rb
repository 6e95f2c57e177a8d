# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "rack/test"
require_relative "helper"
require_relative "../../../examples/ruby/shop_server/lib/shop_server/app"

# Requests to the server's Rack app, without a socket.
module Requests
  include ShopServerTests
  include Rack::Test::Methods

  JSON_TYPE = { "CONTENT_TYPE" => "application/json" }.freeze

  def app
    @app ||= ShopServer::App.serve(services)
  end

  # Sends a document, or text as it is.
  # @return [Hash] the answer's body
  def send_json(path, body, token: nil, **headers)
    headers = headers.transform_keys(&:to_s)
    headers["HTTP_AUTHORIZATION"] = "Bearer #{token}" if token
    post path, body.is_a?(String) ? body : JSON.generate(body), JSON_TYPE.merge(headers)
    JSON.parse(last_response.body)
  end

  def offer(data, token: token(data), **headers)
    send_json("/offer", { referenceId: data.dig("initialPurchase", "referenceId") }, token: token, **headers)
  end

  # An offer that is open, and the token of its buyer.
  # @return [Array(String, String)] the session's id, the token
  def open_session(pattern = 1, reference: "ref-#{pattern}")
    data = input_data(pattern, reference: reference)
    bearer = token(data)
    [offer(data, token: bearer).fetch("session"), bearer]
  end

  def event(id, name, bearer)
    send_json("/sessions/#{id}/events", { event: name }, token: bearer)
  end

  def sign(id, bearer, quantity: 1, **more)
    send_json("/sign-changeset", { session: id, quantity: quantity, **more }, token: bearer)
  end

  def status
    last_response.status
  end

  # The request was refused: with this status and code, nothing to show, and one line in the log.
  def assert_refused(expected, code, answer)
    assert_equal [expected, code, false], [status, answer["error"], answer["render"]], last_response.body
    assert_includes log_lines.map { |line| line.values_at("event", "code", "status") }, ["refused", code, expected]
  end
end
