# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/helper"

# The database's file: several processes and threads, older and newer files.
class DatabaseTest < Minitest::Test
  include ShopServerTests

  Database = ShopServer::Database

  def path
    File.join(folder, "state", "app.sqlite3")
  end

  def open(**options)
    (@opened ||= []) << (db = Database.open(path, durable: true, **options))
    db
  end

  def teardown
    @opened&.each(&:disconnect)
    super
  end

  def test_it_is_made_with_its_folder
    db = open
    assert_empty %i[events purchases runs sessions webhooks] - db.tables
    assert_equal ["wal", 2, 1], %w[journal_mode synchronous foreign_keys].map { |name| db.fetch("PRAGMA #{name}").single_value }
    assert_equal 1, Database.open(path, durable: false).fetch("PRAGMA synchronous").single_value
  end

  # There are orders in it.
  def test_nobody_else_may_read_it
    before = File.umask(0o022)
    open[:webhooks].insert(event_id: "a", topic: "t", received_at: 1)
    assert_equal [0o600], Dir["#{path}*"].map { |file| File.stat(file).mode & 0o777 }.uniq
  ensure
    File.umask(before)
  end

  # A folder with the first migrations alone, as an older release has.
  def older(count)
    File.join(folder, "older").tap do |older|
      FileUtils.mkdir_p(older)
      Dir[File.join(Database::MIGRATIONS, "*.rb")].sort.first(count).each { |file| FileUtils.cp(file, older) }
    end
  end

  def test_an_older_file_is_brought_up_to_date
    db = open(migrations: older(1))
    assert_equal 1, db[:schema_info].get(:version)
    refute db.table_exists?(:runs)
    db[:purchases].insert(reference_id: "r", order_json: "{}", issued_at: 1, created_at: 2)
    db.disconnect

    db = open
    assert_equal Dir.children(Database::MIGRATIONS).size, db[:schema_info].get(:version)
    assert db.table_exists?(:runs)
    assert_equal [{ reference_id: "r", order_json: "{}", issued_at: 1, created_at: 2 }], db[:purchases].all
  end

  # It would be migrated down, and what is in the tables would be lost.
  def test_a_newer_file_is_left_alone
    open.tap { |db| db[:schema_info].update(version: 99) }.disconnect
    error = assert_raises(Database::Unusable) { open }
    assert_match(/found 99: a later release made them/, error.message)
    assert_equal 99, SQLite3::Database.new(path).get_first_value("SELECT version FROM schema_info")
  end

  def test_many_processes_start_at_once
    children = Array.new(6) do
      spawn(RbConfig.ruby, "-e", "require ARGV[0]; ShopServer::Database.open(ARGV[1], durable: true)",
            File.join(SHOP_SERVER, "lib/shop_server/database.rb"), path)
    end
    assert_equal [true] * 6, children.map { |pid| Process.wait2(pid)[1].success? }
    assert_equal Dir.children(Database::MIGRATIONS).size, open[:schema_info].get(:version)
  end

  # A thread that waits for another one's transaction lets it go on.
  def test_waiting_holds_up_nobody
    db = open
    other = Database.open(path, durable: false)
    started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    threads = [db, other, db, other].map.with_index do |handle, n|
      Thread.new do
        handle.transaction(mode: :immediate) do
          sleep(0.1)
          handle[:webhooks].insert(event_id: n.to_s, topic: "t", received_at: n)
        end
      end
    end
    threads.each(&:join)
    assert_equal 4, db[:webhooks].count
    assert_operator Process.clock_gettime(Process::CLOCK_MONOTONIC) - started, :<, 2
  ensure
    other.disconnect
  end
end
