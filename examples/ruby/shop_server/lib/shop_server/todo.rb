# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require_relative "../shop_server"

module ShopServer
  # What a run must do next, as it is stored beside the journal: a hash with `do`, one of "changeset",
  # "call", "wait", "finished". Texts of JSON stay texts, to the byte.
  module Todo
    module_function

    # @param action [Upsell::Action::Send, Upsell::Action::Wait, Upsell::Action::Finished]
    # @param stops [Array<Upsell::Stop>]
    # @return [Hash{String => Object}]
    def of(action, stops)
      case action
      when Upsell::Action::Wait
        { "do" => "wait", "until" => action.until, "topics" => action.webhooks }
      when Upsell::Action::Finished
        { "do" => "finished", "outcome" => action.outcome.to_s, "stops" => stops.map { |stop| stop_of(stop) } }
      else
        action.channel == :changeset ? changeset(action) : call(action)
      end
    end

    def changeset(action)
      { "do" => "changeset", "step" => action.step, "changes" => action.variables, "expect" => action.expect,
        "buyer_consent" => action.buyer_consent?, "idempotency_key" => action.idempotency_key,
        "expires_at" => action.expires_at }
    end

    def call(action)
      { "do" => "call", "step" => action.step, "document" => action.document, "variables" => action.variables }
    end

    def stop_of(stop)
      { "step" => stop.step, "result" => stop.result, "state" => stop.state.to_s }
    end
  end
end
