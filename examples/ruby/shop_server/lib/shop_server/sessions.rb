# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "securerandom"
require "sequel"
require_relative "../shop_server"

module ShopServer
  # The offers that were made, each with its session, and the events that are counted.
  class Sessions
    # An offer that was made for a purchase.
    Row = Struct.new(:id, :reference_id, :order_json, :scenario_id, :session, :acceptance_json, :created_at,
                     keyword_init: true)

    COUNTED = { count_shown: "shown", count_clicked: "clicked", count_ordered: "ordered" }.freeze
    COLUMNS = %i[id reference_id scenario_id session_json acceptance_json created_at]
              .map { |name| Sequel[:sessions][name] }.push(Sequel[:purchases][:order_json]).freeze
    ID_BYTES = 24
    DUE_AT_ONCE = 10 # while they are ended, nobody else can write
    private_constant :COUNTED, :COLUMNS, :ID_BYTES, :DUE_AT_ONCE

    # @param db [Sequel::Database] the durable one
    # @param clock [#call] seconds since 1970, an Integer
    # @param log [Log]
    # @param quick [Sequel::Database] the same file, without waiting for the disk
    def initialize(db, clock:, log:, quick: db)
      @db = db
      @clock = clock
      @log = log
      @quick = quick
    end

    # Opens the session of an offer. The same purchase and scenario have the same one, however often
    # it is asked for. While no offer for the purchase was seen, the order of a later token replaces
    # the one before: a cart may change until its buyer has paid.
    # @param reference_id [String] the purchase's
    # @param order_json [String] an "upsell.order/1" document
    # @param scenario_id [String]
    # @param seconds [Integer, nil] how long the page shows it; nil: it has no timer
    # @param issued_at [Integer] when the token was made that brought the order
    # @return [Row, nil] its order is the one that counts, which may be another one than was given; nil: the
    #   buyer has seen another offer, and a purchase gets one
    def open(reference_id:, order_json:, scenario_id:, seconds:, issued_at: @clock.call)
      @quick.transaction(mode: :immediate) do
        # A buyer waits for this: what was just written is not read again.
        if new_purchase?(reference_id, order_json, issued_at)
          next insert(seconds, reference_id: reference_id, order_json: order_json, scenario_id: scenario_id)
        end

        made = of_purchase(reference_id)
        next if made.any? { |row| row.scenario_id != scenario_id && row.session.shown_at }

        found = made.find { |row| row.scenario_id == scenario_id }
        next found if found && found.order_json == order_json

        replace_order(reference_id, order_json, issued_at) if made.all? { |row| row.session.state == :offered }
        insert(seconds, reference_id: reference_id, order_json: order_json, scenario_id: scenario_id) unless found
        row(@quick, reference_id: reference_id, scenario_id: scenario_id)
      end
    end

    # @param id [String]
    # @return [Row, nil]
    def find(id)
      row(@db, id: id)
    end

    # All offers that were made for a purchase.
    # @param reference_id [String]
    # @return [Array<Row>]
    def of_purchase(reference_id)
      select(@quick, reference_id: reference_id).map { |values| make(values) }
    end

    # Takes in one event, in one transaction: the session is read, changed and stored, its counts are
    # written, and then the block does what else belongs to it. Whatever the block raises undoes all.
    # @param id [String]
    # @param event [Symbol] one of Upsell::SessionEvent
    # @yieldparam row [Row] as it was before the event
    # @yieldparam turn [Upsell::SessionTurn]
    # @return [Upsell::SessionTurn, nil] nil: there is no such session
    def take(id, event)
      @db.transaction(mode: :immediate) do
        row = find(id)
        next unless row

        turn = row.session.step(event, now: @clock.call)
        store(row, turn)
        yield row, turn if block_given?
        turn
      end
    end

    # Remembers what the buyer accepted. Once for a purchase.
    # @param id [String]
    # @param acceptance_json [String]
    # @raise [Sequel::UniqueConstraintViolation] another offer for the purchase was accepted
    def accept(id, acceptance_json)
      @db[:sessions].where(id: id).update(acceptance_json: acceptance_json)
    end

    # Ends the sessions whose time is up.
    # @return [Integer] how many were looked at; call again while there are some
    def expire_due
      due = @db[:sessions].where(Sequel[:wake_at] <= @clock.call).order(:wake_at).limit(DUE_AT_ONCE).select_map(:id)
      @db.transaction(mode: :immediate) { due.each { |id| expire(id) } } unless due.empty?
      due.size
    end

    # Events that are counted, in the order in which they were written.
    # @param seq [Integer] those behind this one; 0: from the first
    # @param limit [Integer]
    # @return [Array<Hash{Symbol => Object}>] seq, session_id, scenario_id, event, at
    def events_since(seq, limit: 10_000)
      @quick[:events].where(Sequel[:seq] > seq).order(:seq).limit(limit).all
    end

    # @return [nil]
    def close
      @quick.disconnect
      nil
    end

    private

    # One that the library refuses is looked at no more, so that it does not keep others from ending.
    def expire(id)
      take(id, :tick)
    rescue Upsell::Error => e
      @db[:sessions].where(id: id).update(wake_at: nil)
      @log.error("session_refused", session: id, code: e.code, pointer: e.pointer)
    end

    def select(db, key)
      names = key.transform_keys { |name| Sequel[:sessions][name] }
      db[:sessions].join(:purchases, reference_id: :reference_id).where(names)
                   .order(Sequel[:sessions][:created_at]).select(*COLUMNS)
    end

    def row(db, key)
      values = select(db, key).first
      values && make(values)
    end

    def make(values)
      session = Upsell::Session.from_json(values.delete(:session_json))
      Row.new(session: session, **values)
    end

    # Stores a purchase, unless it is there.
    def new_purchase?(reference_id, order_json, issued_at)
      @quick[:purchases].insert_conflict.returning(:reference_id).insert(
        reference_id: reference_id, order_json: order_json, issued_at: issued_at, created_at: @clock.call
      ).any?
    end

    def replace_order(reference_id, order_json, issued_at)
      @quick[:purchases].where(reference_id: reference_id).where(Sequel[:issued_at] <= issued_at)
                        .update(order_json: order_json, issued_at: issued_at)
    end

    def insert(seconds, reference_id:, order_json:, scenario_id:)
      now = @clock.call
      id = SecureRandom.urlsafe_base64(ID_BYTES)
      session = Upsell::Session.open(id: id, scenario_id: scenario_id, now: now, timer_seconds: seconds)
      # A session that has never been stepped must be looked at when its time is up.
      wake_at = session.step(:left, now: now).wake_at
      @quick[:sessions].insert(
        id: id, reference_id: reference_id, scenario_id: scenario_id, session_json: session.json,
        state: session.state.to_s, wake_at: wake_at, created_at: now
      )
      Row.new(id: id, reference_id: reference_id, order_json: order_json, scenario_id: scenario_id, session: session,
              created_at: now)
    end

    def store(row, turn)
      if turn.changed?
        @db[:sessions].where(id: row.id).update(session_json: turn.session.json, state: turn.session.state.to_s,
                                                wake_at: turn.wake_at)
      end
      (turn.effects & COUNTED.keys).each { |effect| count(row, COUNTED.fetch(effect)) }
    end

    def count(row, event)
      @db[:events].insert_conflict(target: %i[session_id event]).insert(
        session_id: row.id, scenario_id: row.scenario_id, event: event, at: @clock.call
      )
    end
  end
end
