# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/processes"

# What buyers are not made to wait for: other buyers' idle connections, the disk, and the garbage collector.
class WaitingTest < Minitest::Test
  include Processes

  CONNECTIONS = 20

  # Without its setting in puma.rb, each of them would keep the one thread for 0.2 seconds: 4 together.
  def test_idle_connections_hold_up_nobody
    start_app(env: { "SHOP_THREADS" => "1" })
    started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    open = Array.new(CONNECTIONS) do
      Net::HTTP.start("127.0.0.1", port, read_timeout: 20).tap { |http| assert_equal "200", http.get("/healthz").code }
    end
    assert_operator Process.clock_gettime(Process::CLOCK_MONOTONIC) - started, :<, CONNECTIONS * 0.1
    # They were kept open all the same.
    assert_equal "200", open.first.get("/healthz").code
  ensure
    open&.each(&:finish)
  end

  def test_the_collector_has_room
    found = File.read("/proc/#{start_app}/environ").split("\0")
    assert_includes found, "RUBY_GC_HEAP_INIT_SLOTS=400000"
    assert_includes found, "RUBY_GC_HEAP_OLDOBJECT_LIMIT_FACTOR=4"
  end

  # More than the 1000 pages after which SQLite itself would have a commit wait for the disk.
  def fill(database)
    database.transaction do
      1500.times { |n| database[:purchases].insert(reference_id: n.to_s, order_json: "x" * 4000, issued_at: 1, created_at: 1) }
    end
  end

  def test_the_worker_moves_what_was_committed
    path = services.config.database_path
    before = File.size(path)
    fill(services.db)
    assert_equal before, File.size(path)
    start("worker")
    wait_until("the worker has moved the pages: #{log_path}") { File.size(path) > before + (1500 * 4000) }
  end
end
