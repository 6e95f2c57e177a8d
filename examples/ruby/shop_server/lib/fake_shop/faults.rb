# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module FakeShop
  # What goes wrong on request, and how often still. Each is taken once for each time it was asked for.
  class Faults
    # Name of each fault, and what it does.
    NAMES = {
      "lose_answer" => "the Admin API executes a call and closes the connection",
      "lose_call" => "the Admin API closes the connection and executes nothing",
      "late_answer" => "the Admin API executes a call and answers after some seconds",
      "throttle" => "the Admin API executes nothing and answers THROTTLED",
      "server_error" => "the Admin API executes nothing and answers with status 503",
      "stale_draft" => "somebody else changes the contract just before a draft is committed",
      "charge_fails" => "a changeset's item is added, and its payment fails",
      "refuse_changeset" => "a changeset is refused: payment_required",
      "refuse_contract" => "a changeset's subscription is charged, but gets no contract",
      "changeset_error" => "a changeset is applied, and the answer is server_error",
      "lose_changeset" => "a changeset is applied, and the page gets no answer",
      "late_contract" => "the next contract is made a minute later",
      "no_contract" => "the next contract is never made",
      "lose_webhook" => "the next webhook is never sent",
      "repeat_webhook" => "the next webhook is sent twice"
    }.freeze

    def initialize(db)
      @faults = db[:faults]
    end

    # @param wanted [Hash{String => Integer}] names and how often
    # @raise [ArgumentError] a name that is unknown, or no number from 0 to 1000
    def set(wanted)
      wanted.each do |name, times|
        raise ArgumentError, "a fault was expected, one of #{NAMES.keys.join(", ")}" unless NAMES.key?(name)
        next if times.is_a?(Integer) && times.between?(0, 1000)

        raise ArgumentError, "#{name}: 0 to 1000 times was expected"
      end
      wanted.each { |name, times| @faults.insert_conflict(:replace).insert(name: name, times: times) }
    end

    # Whether a fault is due; then it is one time fewer.
    # @return [Boolean]
    def take?(name)
      @faults.where(name: NAMES.key?(name) ? name : raise(KeyError, name)).where(Sequel[:times] > 0)
             .update(times: Sequel[:times] - 1) == 1
    end

    # @return [Hash{String => Integer}] those that are still to come
    def left
      @faults.where(Sequel[:times] > 0).to_hash(:name, :times)
    end
  end
end
