# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "sequel"
require_relative "../shop_server/database"

module FakeShop
  # Where the fake shop remembers everything, so that one that is killed forgets nothing.
  module Database
    # The first id of each kind. They differ, so that no id passes for another.
    FIRST_IDS = { orders: 5_700_000_000_001, order_lines: 14_600_000_000_001, transactions: 7_100_000_000_001,
                  contracts: 9_100_000_000_001, contract_lines: 3_100_000_000_001, drafts: 4_100_000_000_001,
                  metafields: 2_100_000_000_001, refunds: 8_100_000_000_001 }.freeze

    # @param path [String] a file; made if it is not there
    # @return [Sequel::Database]
    def self.open(path)
      ShopServer::Database.make(path)
      db = Sequel.connect(adapter: "sqlite", database: path, max_connections: 16,
                          after_connect: ShopServer::Database.method(:prepare))
      db.transaction(mode: :immediate) { create(db) unless db.table_exists?(:orders) }
      db
    end

    # @api private
    def self.create(db)
      create_orders(db)
      create_contracts(db)
      create_records(db)
      FIRST_IDS.each { |name, id| db[:sqlite_sequence].insert(name: name.to_s, seq: id - 1) }
    end

    # @api private
    def self.create_orders(db)
      db.create_table(:orders) do
        primary_key :id
        String :reference, null: false, unique: true # the checkout token
        Integer :created_at, null: false
        Integer :released_at # from then on nothing may be added
      end
      db.create_table(:order_lines) do
        primary_key :id
        foreign_key :order_id, :orders, null: false
        Integer :variant_id, null: false
        Integer :plan_id
        Integer :contract_id
        Integer :quantity, null: false
        Integer :removed, null: false, default: 0
        Integer :total, null: false # yen, for the whole line
        String :changeset_key # of the changeset that added it
        TrueClass :paid, null: false
      end
      db.create_table(:transactions) do
        primary_key :id
        foreign_key :order_id, :orders, null: false
        Integer :amount, null: false
        Integer :refunded, null: false, default: 0
        String :changeset_key
      end
      db.create_table(:metafields) do
        primary_key :id
        foreign_key :order_id, :orders, null: false
        String :namespace, null: false
        String :key, null: false
        String :value, null: false
        String :type, null: false
        unique %i[order_id namespace key]
      end
    end

    # @api private
    def self.create_contracts(db)
      db.create_table(:contracts) do
        primary_key :id
        foreign_key :order_id, :orders, null: false
        Integer :plan_id, null: false
        Integer :made_at # before, nobody sees it; NULL: it is never made
        Integer :revision, null: false
      end
      db.create_table(:drafts) do
        primary_key :id
        foreign_key :contract_id, :contracts, null: false
        Integer :revision, null: false # the contract's when the draft was opened
        TrueClass :committed, null: false, default: false
      end
      db.create_table(:contract_lines) do
        primary_key :id
        foreign_key :contract_id, :contracts # of a line in force
        foreign_key :draft_id, :drafts # of a line that a draft adds
        Integer :variant_id, null: false
        Integer :quantity, null: false
        Integer :price, null: false # yen, for each
        Integer :plan_id
        String :plan_name
        String :attributes, null: false, default: "[]"
      end
    end

    # @api private
    def self.create_records(db)
      db.create_table(:changesets) do
        String :key, primary_key: true
        foreign_key :order_id, :orders, null: false
      end
      db.create_table(:refunds) do
        primary_key :id
        foreign_key :order_id, :orders, null: false
        String :key, unique: true
        String :input, null: false
        Integer :amount, null: false
      end
      db.create_table(:webhooks) do
        primary_key :id
        String :event_id, null: false
        String :topic, null: false
        String :body, null: false
        Integer :due_at, null: false
        Integer :sendings, null: false # how often it is still to be sent
      end
      db.create_table(:faults) do
        String :name, primary_key: true
        Integer :times, null: false
      end
    end
  end
end
