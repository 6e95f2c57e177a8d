# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/processes"

# The app on Puma: what comes over a socket, and what survives the end of the process.
class ServerTest < Minitest::Test
  include Processes

  # Bytes to the server, and what it says until it closes.
  def raw(bytes, cut: false)
    TCPSocket.open("127.0.0.1", port) do |socket|
      socket.write(bytes)
      socket.close_write if cut
      socket.read
    end
  rescue Errno::ECONNRESET, Errno::EPIPE
    "" # it has hung up
  end

  def chunked(path, chunks)
    "POST #{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n" \
      "Transfer-Encoding: chunked\r\n\r\n#{chunks.map { |text| "#{text.bytesize.to_s(16)}\r\n#{text}\r\n" }.join}0\r\n\r\n"
  end

  def test_what_comes_over_a_socket
    pid = start_app
    # The length is said, or it is not.
    assert_equal "413", post("/offer", "x" * 70_000).code
    assert_match(%r{\AHTTP/1.1 413 }, raw(chunked("/offer", ["x" * 1000] * 70)))
    assert_match(%r{\AHTTP/1.1 413 .*"render":false}m, raw(chunked("/webhooks/subscription_contracts/create", ["x" * 60_000] * 20)))
    assert_match(%r{\AHTTP/1.1 401 }, raw(chunked("/offer", ["{}"])))
    assert_match(%r{\AHTTP/1.1 401 }, raw(chunked("/webhooks/subscription_contracts/create", ["x" * 60_000] * 10)))
    # What is not even HTTP.
    random = Random.new(7)
    ["\0" * 100, "GET\r\n\r\n", "POST /offer HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "GET /#{"a" * 20_000} HTTP/1.1\r\n\r\n",
     "POST /offer HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{}", "GET /healthz HTTP/1.1\r\nX: #{"b" * 200_000}\r\n\r\n",
     "POST /offer HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", *Array.new(50) { random.bytes(random.rand(1..300)) }]
      .each { |bytes| refute_match(%r{\AHTTP/1.1 200}, raw(bytes, cut: true)) }
    assert healthy?
    assert_nil Process.wait(pid, Process::WNOHANG)
    refute_includes File.read(log_path), "planted"
  end

  # What is no HTTP alarms nobody, and says nothing of whoever sent it.
  def test_garbage_leaves_lines_of_json
    start_app
    raw("GET /pages/planted?planted=1 HTTP/1.1\r\nHost: x\r\nBad\x01: planted\r\n\r\n")
    raw("POST /offer?planted=1 HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
    wait_until("both are refused") { log_lines.count { |line| line["code"] == "bad_http" } == 2 }
    assert_empty(log_lines.select { |line| line["level"] == "error" })
    assert_only_json
    refute_match(/planted|203\.0\.113/, File.read(log_path))
  end

  # @return [Integer] bytes that could be sent before the server hung up
  def send_without_end(head, piece, most: 64 * 1024 * 1024)
    TCPSocket.open("127.0.0.1", port) do |socket|
      socket.write(head)
      sent = 0
      sent += socket.write(piece) while sent < most
      sent
    rescue Errno::ECONNRESET, Errno::EPIPE
      sent
    end
  end

  # Puma would keep it in a file until the disk is full.
  def test_a_body_without_end_is_not_taken_in
    start_app
    head = "POST /offer HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    piece = "4000\r\n#{"x" * 0x4000}\r\n"
    assert_operator send_without_end("#{head}Transfer-Encoding: chunked\r\n\r\n", piece), :<, 16 * 1024 * 1024
    assert_operator send_without_end("#{head}Transfer-Encoding: chunked\r\n\r\n", "a" * 0x4000), :<, 16 * 1024 * 1024
    answer = raw("#{head}Content-Length: 99999999999\r\n\r\n{}")
    assert_match(%r{\AHTTP/1.1 413 .*"render":false}m, answer)
    assert_operator log_lines.count { |line| line["code"] == "body_too_large" }, :>=, 2
    assert healthy?
  end

  # One byte now and then would hold a connection for ever.
  def test_a_slow_client_is_not_waited_for
    start("app", env: { "RUBYOPT" => "-r#{slow_limit}" })
    wait_until("the app answers") { healthy? }
    ["GET /healthz HTTP/1.1\r\n", "POST /offer HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"].each do |head|
      started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      send_slowly(head)
      assert_operator Process.clock_gettime(Process::CLOCK_MONOTONIC) - started, :<, 6
    end
    assert healthy?
  end

  # Has the app wait for one second instead of thirty.
  def slow_limit
    File.join(folder, "slow_limit.rb").tap do |path|
      File.write(path, <<~RUBY)
        module ShopServer
          module ClientLimits
            singleton_class.prepend(Module.new { def seconds = 1 })
          end
        end
      RUBY
    end
  end

  # Until the server hangs up.
  def send_slowly(head)
    TCPSocket.open("127.0.0.1", port) do |socket|
      socket.write(head)
      100.times do
        break if socket.wait_readable(0.2) && (socket.read_nonblock(100, exception: false) || true)

        socket.write("x")
      end
    end
  rescue Errno::ECONNRESET, Errno::EPIPE
    nil
  end

  # More connections than the process may have: the others wait, and the log does not fill the disk.
  def test_connections_without_end
    pid = spawn(environment("SHOP_PORT" => port.to_s), RbConfig.ruby, File.join(PROGRAMS, "app"), rlimit_nofile: [80, 80],
                out: File::NULL, err: [log_path, "a"])
    (@pids ||= []) << pid
    wait_until("the app answers") { healthy? }
    sockets = Array.new(120) { TCPSocket.new("127.0.0.1", port).tap { |socket| socket.write("GET / HTTP/1.1\r\nX: ") } }
    sleep(3)
    sockets.each(&:close)
    wait_until("it answers again") { healthy? }
    said = log_lines.count { |line| line["event"] == "server_failed" }
    assert_includes 1..20, said
    assert_only_json
    assert_nil Process.wait(pid, Process::WNOHANG)
  end

  def assert_only_json
    assert_empty(File.readlines(log_path).grep_v(/\A\{/))
  end

  # Clients send events as fast as they can, and the server is killed again and again. What it has
  # answered stays, and nothing is counted twice.
  def test_nothing_that_was_answered_is_lost
    pid = start_app
    done = Queue.new
    @killing = true
    clients = Array.new(4) { |n| Thread.new { client(n, done) } }
    [20, 40, 60].each do |count|
      wait_until("#{count} events are answered") { done.size >= count }
      kill(pid)
      pid = start_app
    end
    wait_until("80 events are answered") { done.size >= 80 }
    @killing = false
    clients.each(&:join)
    kill(pid, :TERM)
    check_database(Array.new(done.size) { done.pop })
  end

  # Buys one thing after the other, each click twice, and goes on at the same place when the server
  # was away.
  def client(number, done)
    count = 0
    while @killing
      reference = "buyer-#{number}-#{count += 1}"
      bearer = token(input_data(1, reference: reference))
      id = JSON.parse(insist { post("/offer", { referenceId: reference }, token: bearer) }.body).fetch("session")
      insist { post("/sessions/#{id}/events", { event: "shown" }, token: bearer) }
      done << [id, "shown"]
      signed = Array.new(2) { insist { post("/sign-changeset", { session: id, quantity: 1 }, token: bearer) }.body }
      raise "two answers for one click: #{signed.inspect}" if signed.uniq.size != 1

      done << [id, "clicked"]
    end
  end

  def insist
    answer = yield
    # Net::HTTP says nothing of an answer that was cut off.
    raise EOFError if answer.body.bytesize != answer.content_length
    raise "#{answer.code}: #{answer.body}" unless answer.code == "200"

    answer
  rescue SystemCallError, IOError, Timeout::Error, Net::HTTPBadResponse
    sleep(0.02)
    retry
  end

  def check_database(done)
    db = services.db
    events = db[:events].select_map(%i[session_id event])
    assert_equal events.size, events.uniq.size
    done.each { |id, event| assert_includes events, [id, event] }
    clicked = done.filter_map { |id, event| id if event == "clicked" }
    assert_empty clicked - db[:runs].select_map(:session_id)
    assert_equal db[:runs].count, events.count { |_, event| event == "clicked" }
    assert_equal "ok", db.fetch("PRAGMA integrity_check").single_value
  end
end
