# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "decision"

module Upsell
  # What a host must do next (RUN-4).
  # @since 0.1.0
  module Action
    # Send the step, then report what came of it.
    # @since 0.1.0
    class Send < Result
      fields :step, :channel, :operation, :document, :variables, :idempotency_key, :expect, :expires_at, :buyer_consent

      # @!attribute [r] step
      #   @return [String] the step's id
      # @!attribute [r] channel
      #   @return [Symbol] `:changeset` (the buyer's page) or `:admin_graphql` (a call of the server)
      # @!attribute [r] operation
      #   @return [String, nil] the operation's name; nil for a changeset
      # @!attribute [r] document
      #   @return [String, nil] GraphQL; nil for a changeset
      # @!attribute [r] variables
      #   @return [String] JSON text of the variables, or of the changes
      # @!attribute [r] idempotency_key
      #   @return [String, nil]
      # @!attribute [r] expect
      #   @return [String, nil] of a changeset: JSON text of what its calculation must come to
      # @!attribute [r] expires_at
      #   @return [Integer, nil] of a changeset: from then on it must not be applied any more, seconds since 1970
      # @!attribute [r] buyer_consent
      #   @return [Boolean] whether the buyer must consent to a subscription

      # @api private
      def initialize(step, channel, operation, document, variables, idempotency_key, expect, expires_at, buyer_consent)
        @step = step
        @channel = channel
        @operation = operation
        @document = document
        @variables = variables
        @idempotency_key = idempotency_key
        @expect = expect
        @expires_at = expires_at
        @buyer_consent = buyer_consent
        freeze
      end

      # @return [Boolean] whether the buyer must consent to a subscription
      def buyer_consent? = buyer_consent

      # @api private
      def self.of_c(view)
        channel = Text.of(view[:channel]).to_sym
        of(Text.of(view[:step]), channel, *%i[operation document].map { |name| Text.optional(view[name]) },
           Text.of(view[:variables]), Text.optional(view[:idempotency_key]), Text.optional(view[:expect]),
           channel == :changeset ? view[:expires_at] : nil, view[:buyer_consent] == 1)
      end
    end

    # Do nothing before a time, then send a tick; and webhooks of these topics as they come.
    # @since 0.1.0
    class Wait < Result
      fields :until, :webhooks

      # @!attribute [r] until
      #   @return [Integer] when to send a tick, seconds since 1970
      # @!attribute [r] webhooks
      #   @return [Array<String>] topics that are waited for

      # @api private
      def initialize(moment, webhooks)
        @until = moment
        @webhooks = webhooks
        freeze
      end

      # @api private
      def self.of_c(view)
        of(view[:wait_until], Text.list(view[:webhooks], view[:webhook_count]))
      end
    end

    # A step is under way; its answer is awaited.
    # @since 0.1.0
    class Pending < Result
      fields :step

      # @!attribute [r] step
      #   @return [String] the step's id

      # @api private
      def initialize(step)
        @step = step
        freeze
      end

      # @api private
      def self.of_c(view)
        of(Text.of(view[:step]))
      end
    end

    # The run has ended.
    # @since 0.1.0
    class Finished < Result
      fields :outcome

      # @!attribute [r] outcome
      #   @return [Symbol] `:completed` (all was done, and proved) or `:stopped` (see {Progress#stops})

      # @api private
      def initialize(outcome)
        @outcome = outcome
        freeze
      end

      # @api private
      def self.of_c(view)
        of(RunOutcome.of_c(view[:outcome]))
      end
    end

    KINDS = { Native::ACTION_SEND => Send, Native::ACTION_WAIT => Wait, Native::ACTION_PENDING => Pending,
              Native::ACTION_FINISHED => Finished }.freeze
    private_constant :KINDS

    # @api private
    def self.of_c(view)
      KINDS.fetch(view[:kind]).of_c(view)
    end
  end

  # A branch of a run that stopped (RUN-9).
  # @since 0.1.0
  class Stop < Result
    fields :step, :result, :state

    # @!attribute [r] step
    #   @return [String] where it stopped
    # @!attribute [r] result
    #   @return [String] the result that stopped it
    # @!attribute [r] state
    #   @return [Symbol] one of {State}: how the buyer stands

    # @api private
    def initialize(step, result, state)
      @step = step
      @result = result
      @state = state
      freeze
    end

    # What the state means, in one English phrase.
    # @return [String]
    def meaning
      Text.static(Native.upsell_state_message(State.number(state)))
    end

    # @api private
    def self.of_c(stop)
      of(Text.of(stop[:step]), Text.of(stop[:result]), State.of_c(stop[:state]))
    end
  end

  # What came of an event (RUN-3 to RUN-9).
  # @since 0.1.0
  class Progress < Result
    fields :journal, :action_json, :action, :revision, :stops

    # @!attribute [r] journal
    #   @return [String] text of the new journal: store it first
    # @!attribute [r] action_json
    #   @return [String] the action as a JSON document (RUN-4)
    # @!attribute [r] action
    #   @return [Action::Send, Action::Wait, Action::Pending, Action::Finished] what to do next
    # @!attribute [r] revision
    #   @return [Integer] the journal's, which grows by 1 with every change of it
    # @!attribute [r] stops
    #   @return [Array<Stop>] branches that stopped so far

    # @api private
    def initialize(journal, action_json, action, revision, stops)
      @journal = journal
      @action_json = action_json
      @action = action
      @revision = revision
      @stops = stops
      freeze
    end

    # @return [Boolean] whether the run has ended
    def finished?
      action.is_a?(Action::Finished)
    end

    # @param view [Native::ProgressView]
    # @api private
    def self.of_c(view)
      stops = Text.structs(Native::RunStop, view[:stops], view[:stop_count]).map { |stop| Stop.of_c(stop) }
      of(Text.of(view[:journal]), Text.of(view[:action]), Action.of_c(view), view[:revision], stops.freeze)
    end
  end
end
