# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "socket"
require "zlib"
require_relative "support/helper"
require_relative "../../examples/ruby/shop_server/lib/shop_server/admin_api"

# Whatever a platform, or what is between, may answer: a call is made once, and it ends.
class AdminApiTest < Minitest::Test
  CALL = ShopServer::Runs::Call.new(run_id: "run-1", revision: 1, step: "find_order", api_version: "2026-07",
                                    document: "query { order }", variables: %({"price":10.50}))

  def test_an_answer_comes_back_unread
    answer = serve("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{not JSON")
    assert_equal [200, "{not JSON"], answer.to_a
  end

  def test_the_request
    serve("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    assert_match(%r{\APOST /admin/api/2026-07/graphql.json HTTP/1.1\r$}, @request)
    assert_match(/^X-Shopify-Access-Token: planted-token\r$/i, @request)
    assert_match(/^Content-Type: application\/json\r$/i, @request)
    assert @request.end_with?(%({"query":"query { order }","variables":{"price":10.50}})), "variables to the byte"
  end

  def test_a_redirect_is_not_followed
    assert_equal 302, serve("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n").status
  end

  def test_no_answer
    ["", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
     "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"].each do |text|
      assert_equal :no_answer, serve(text), text.inspect
    end
  end

  def test_an_answer_that_is_too_long
    body = "0" * ((10 * 1024 * 1024) + 1)
    assert_equal :no_answer, serve("HTTP/1.1 200 OK\r\n\r\n#{body}", seconds: 10)
    assert_equal :no_answer, serve("HTTP/1.1 200 OK\r\nContent-Length: #{body.bytesize}\r\n\r\n#{body}", seconds: 10)
  end

  def test_what_was_packed_unasked_stays_packed
    packed = Zlib.gzip("0" * 1000)
    answer = serve("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: #{packed.bytesize}\r\n\r\n#{packed}")
    assert_equal packed, answer.body
    assert_match(/^Accept-Encoding: identity\r$/i, @request)
  end

  def test_an_answer_that_drips
    started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    answer = serve("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", seconds: 0.5) do |socket|
      100.times { socket.write("x") && sleep(0.05) }
    end
    assert_equal :no_answer, answer
    assert_operator Process.clock_gettime(Process::CLOCK_MONOTONIC) - started, :<, 4
  end

  def test_silence
    assert_equal :no_answer, serve("", seconds: 0.3) { sleep 1 }
  end

  def test_what_was_certainly_not_sent
    closed = TCPServer.new("127.0.0.1", 0)
    port = closed.addr[1]
    closed.close
    assert_equal :not_sent, api("http://127.0.0.1:#{port}").post(CALL)
    assert_equal :not_sent, api("http://nobody.invalid").post(CALL)
  end

  def test_one_call_is_one_request
    requests = 0
    server = TCPServer.new("127.0.0.1", 0)
    accepting = Thread.new do
      loop do
        socket = server.accept
        requests += 1
        socket.close
      end
    end
    assert_equal :no_answer, api("http://127.0.0.1:#{server.addr[1]}").post(CALL)
    sleep 0.1
    assert_equal 1, requests
  ensure
    accepting.kill
    server.close
  end

  private

  def api(url, seconds: 3)
    ShopServer::AdminApi.new(url: url, token: "planted-token", seconds: seconds)
  end

  # Answers one request with a text, and then with what the block does.
  def serve(text, seconds: 3)
    server = TCPServer.new("127.0.0.1", 0)
    answering = Thread.new do
      socket = server.accept
      @request = read_request(socket)
      socket.write(text)
      yield socket if block_given?
    rescue SystemCallError
      nil # the other side has hung up
    ensure
      socket&.close
    end
    api("http://127.0.0.1:#{server.addr[1]}", seconds: seconds).post(CALL)
  ensure
    answering.join(5) || flunk("nobody has called")
    server.close
  end

  def read_request(socket)
    head = socket.gets("\r\n\r\n")
    head + socket.read(Integer(head[/^Content-Length: (\d+)/i, 1], 10))
  end
end
