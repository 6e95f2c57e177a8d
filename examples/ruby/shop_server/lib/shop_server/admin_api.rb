# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "net/http"
require "timeout"
require "uri"
require_relative "../shop_server"

module ShopServer
  # Calls Shopify's Admin API: one request for each call. Nothing is repeated here; a plan knows what
  # may be sent again, and when.
  class AdminApi
    # What came back, unread.
    Response = Struct.new(:status, :body, keyword_init: true)

    CONNECT_SECONDS = 5
    # From the beginning of a call to the end of its answer.
    SECONDS = 15
    # More is taken for no answer: a body takes many times its length in memory while it is read.
    MAX_BYTES = 10 * 1024 * 1024
    private_constant :CONNECT_SECONDS, :SECONDS, :MAX_BYTES

    # The answer is longer than anything that a plan asks for.
    class TooLong < StandardError; end
    private_constant :TooLong

    # @param url [String] where the platform is
    # @param token [String] access token of the shop
    def initialize(url:, token:, seconds: SECONDS)
      @uri = URI(url)
      @token = token
      @seconds = seconds
    end

    # @param call [Runs::Call]
    # @return [Response, :no_answer, :not_sent] `:not_sent` only where it is certain
    def post(call)
      connected = false
      Timeout.timeout(@seconds) do
        connection.start do |http|
          connected = true
          http.request(request(call)) { |response| return read(response) }
        end
      end
    rescue SystemCallError, SocketError, IOError, Timeout::Error, Net::ProtocolError, Net::HTTPBadResponse,
           Net::HTTPHeaderSyntaxError, OpenSSL::SSL::SSLError, TooLong
      connected ? :no_answer : :not_sent
    end

    private

    def connection
      http = Net::HTTP.new(@uri.host, @uri.port, nil) # whatever proxies the environment names
      http.use_ssl = @uri.scheme == "https"
      http.open_timeout = CONNECT_SECONDS
      http.read_timeout = http.write_timeout = @seconds
      http.max_retries = 0
      http
    end

    def request(call)
      request = Net::HTTP::Post.new("/admin/api/#{call.api_version}/graphql.json",
                                    "Content-Type" => "application/json", "Accept" => "application/json",
                                    "Accept-Encoding" => "identity", "X-Shopify-Access-Token" => @token)
      request.body = %({"query":#{JSON.generate(call.document)},"variables":#{call.variables}})
      request
    end

    def read(response)
      body = +""
      response.read_body do |piece|
        body << piece
        raise TooLong if body.bytesize > MAX_BYTES
      end
      # The gem takes a body that was cut for a whole one.
      raise EOFError if response.content_length && response.content_length != body.bytesize

      Response.new(status: response.code.to_i, body: body)
    end
  end
end
