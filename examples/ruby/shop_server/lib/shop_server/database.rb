# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "fileutils"
require "sequel"
require "sqlite3"

module ShopServer
  # The SQLite file that the processes of the server share.
  module Database
    # A process cannot work with the file.
    class Unusable < StandardError
    end

    MIGRATIONS = File.expand_path("../../db/migrations", __dir__)
    # How long a statement waits for another process to finish writing.
    BUSY_SECONDS = 5
    BUSY_NAP = 0.002
    # Pages that wait in the write-ahead log before a commit moves them, and waits for the disk: 40 MiB.
    # The worker moves them before ({checkpoint}), so that no buyer waits for it.
    MOST_WAITING = 10_000
    private_constant :BUSY_SECONDS, :BUSY_NAP, :MOST_WAITING

    module_function

    # Opens the file, makes it if it is not there, and brings its tables up to date.
    #
    # Writers are kept apart by transactions with `mode: :immediate`.
    # @param path [String]
    # @param durable [Boolean] true: what is committed survives a loss of power, too, at the price of
    #   a wait for the disk; false: it survives the end of the process only
    # @param connections [Integer] threads that may use it at once
    # @param migrations [String] folder of the migrations
    # @return [Sequel::Database]
    # @raise [Unusable] it was made by a later release
    def open(path, durable:, connections: 16, migrations: MIGRATIONS)
      make(path)
      db = Sequel.connect(adapter: "sqlite", database: path, max_connections: connections,
                          after_connect: method(:prepare), synchronous: durable ? :full : :normal)
      migrate(db, path, migrations)
      db
    end

    # Orders are nobody else's business; SQLite makes its other files like this one.
    def make(path)
      FileUtils.mkdir_p(File.dirname(path))
      File.open(path, File::RDWR | File::CREAT, 0o600).close
    end

    # SQLite's own waiting would hold Ruby's lock, under which the thread that it waits for could not
    # go on; so the waiting is Ruby's.
    def prepare(connection)
      connection.busy_handler do |count|
        sleep(BUSY_NAP)
        count * BUSY_NAP < BUSY_SECONDS
      end
      connection.execute("PRAGMA journal_mode = WAL")
      connection.execute("PRAGMA wal_autocheckpoint = #{MOST_WAITING}")
    end

    # Moves what was committed from the write-ahead log into the database, as far as nobody is in the way.
    # @param db [Sequel::Database]
    # @return [nil]
    def checkpoint(db)
      db.fetch("PRAGMA wal_checkpoint(PASSIVE)").all
      nil
    end

    # Several processes start at once: one migrates, the others wait and find it done.
    def migrate(db, path, folder)
      Sequel.extension(:migration)
      File.open("#{path}.lock", File::RDWR | File::CREAT, 0o600) do |lock|
        lock.flock(File::LOCK_EX)
        newest = Dir.children(folder).filter_map { |name| name[/\A(\d+)_.*\.rb\z/, 1]&.to_i }.max
        found = db.table_exists?(:schema_info) ? db[:schema_info].get(:version) : 0
        if found > newest
          raise Unusable, "#{path}: tables of version #{newest} were expected, found #{found}: " \
                          "a later release made them. Start that one."
        end
        Sequel::Migrator.run(db, folder)
      end
    end
  end
end
