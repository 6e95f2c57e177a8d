# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "sequel"

module ShopServer
  # Webhooks: stored when they come in, and answered; the worker hands them to the runs. One that was
  # handed on in part when its worker died is handed on again as a whole, which runs do not mind.
  class Webhooks
    # @param db [Sequel::Database] a durable one
    # @param runs [#webhook]
    # @param clock [#call] seconds since 1970, an Integer
    # @param log [Log]
    def initialize(db, runs:, clock:, log:)
      @db = db
      @runs = runs
      @clock = clock
      @log = log
    end

    # Stores a webhook, once for each event.
    # @param topic [String]
    # @param event_id [String]
    # @param body [String]
    # @return [Boolean] whether it is new
    def take_in(topic, event_id, body)
      stored = @db[:webhooks].insert_conflict.returning(:event_id)
                             .insert(event_id: event_id, topic: topic, received_at: @clock.call, body: body)
      @log.info("webhook", topic: topic, event_id: event_id, duplicate: stored.empty?)
      !stored.empty?
    end

    # Hands on what has come in, in that order.
    def hand_on
      while (webhook = @db[:webhooks].exclude(body: nil).order(:received_at, :event_id).first)
        count = @runs.webhook(webhook[:topic], webhook[:body])
        @db[:webhooks].where(event_id: webhook[:event_id]).update(body: nil)
        @log.info("webhook_handed_on", topic: webhook[:topic], event_id: webhook[:event_id], count: count)
      end
    end
  end
end
