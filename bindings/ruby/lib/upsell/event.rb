# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "arena"
require_relative "call"
require_relative "value"

module Upsell
  # What a host tells the runner (RUN-3). In each, `now` is the host's clock in whole seconds since
  # 1970 (`Time.now.to_i`); it may go back.
  # @since 0.1.0
  module Event
    # What all events are.
    # @api private
    class Base < Value
      # @api private
      def to_c(arena)
        memory = arena.struct(Native::Event)
        memory[:kind] = self.class::KIND
        (self.class.members & Native::Event.members).each { |name| set(memory, arena, name, public_send(name)) }
        memory
      end

      private

      # What is nil stays zero: absent.
      def set(memory, arena, name, value)
        if value.is_a?(String)
          arena.text(memory[name], value)
        elsif value
          memory[name] = value
        end
      end

      def clock(now)
        Check.int64(now, "/event/now")
      end

      def text(value, name)
        Check.text(value, "/event/#{name}")
      end
    end
    private_constant :Base

    # A new run begins, with an empty journal.
    # @since 0.1.0
    class Start < Base
      fields :run_id, :now
      # @api private
      KIND = Native::EVENT_START

      # @!attribute [r] run_id
      #   @return [String] unique, 8 to 64 of A-Z a-z 0-9 - _, with a letter
      # @!attribute [r] now
      #   @return [Integer] seconds since 1970

      # @param run_id [String] unique, 8 to 64 of A-Z a-z 0-9 - _, with a letter: `SecureRandom.uuid`
      # @param now [Integer] seconds since 1970
      # @raise [WrongTypeError, BadTextError, OutOfRangeError]
      def initialize(run_id:, now:)
        @run_id = text(run_id, "run_id")
        @now = clock(now)
        freeze
      end
    end

    # A host starts again from a stored journal.
    # @since 0.1.0
    class Resume < Base
      fields :now
      # @api private
      KIND = Native::EVENT_RESUME

      # @!attribute [r] now
      #   @return [Integer] seconds since 1970

      # @param now [Integer] seconds since 1970
      # @raise [WrongTypeError, OutOfRangeError]
      def initialize(now:)
        @now = clock(now)
        freeze
      end
    end

    # Time went by.
    # @since 0.1.0
    class Tick < Base
      fields :now
      # @api private
      KIND = Native::EVENT_TICK

      # @!attribute [r] now
      #   @return [Integer] seconds since 1970

      # @param now [Integer] seconds since 1970
      # @raise [WrongTypeError, OutOfRangeError]
      def initialize(now:)
        @now = clock(now)
        freeze
      end
    end

    # A step was answered.
    # @since 0.1.0
    class Answer < Base
      fields :step, :body, :now, :http_status
      # @api private
      KIND = Native::EVENT_ANSWER

      # @!attribute [r] step
      #   @return [String] the step's id
      # @!attribute [r] body
      #   @return [String, nil] the body as it came in; nil: there was none
      # @!attribute [r] now
      #   @return [Integer] seconds since 1970
      # @!attribute [r] http_status
      #   @return [Integer, nil] 100 to 599; nil: not known

      # @param step [String] the step's id
      # @param body [String, nil] the body as it came in, UTF-8 or binary, nil where there was none;
      #   what is no JSON is no answer
      # @param now [Integer] seconds since 1970
      # @param http_status [Integer, nil] 100 to 599; nil: not known
      # @raise [WrongTypeError, BadTextError, OutOfRangeError]
      def initialize(step:, body:, now:, http_status: nil)
        @step = text(step, "step")
        @body = body.nil? ? nil : Check.bytes(body, "/event/body")
        @now = clock(now)
        @http_status = Check.optional_integer(http_status, HTTP_STATUSES, "/event/http_status")
        freeze
      end

      # What C can be told: 0 stands for "not known" there.
      HTTP_STATUSES = (100..599).freeze
      private_constant :HTTP_STATUSES
    end

    # A step was sent, and it is not known what happened.
    # @since 0.1.0
    class NoAnswer < Base
      fields :step, :now
      # @api private
      KIND = Native::EVENT_NO_ANSWER

      # @!attribute [r] step
      #   @return [String] the step's id
      # @!attribute [r] now
      #   @return [Integer] seconds since 1970

      # @param step [String] the step's id
      # @param now [Integer] seconds since 1970
      # @raise [WrongTypeError, BadTextError, OutOfRangeError]
      def initialize(step:, now:)
        @step = text(step, "step")
        @now = clock(now)
        freeze
      end
    end

    # A step was certainly not sent.
    # @since 0.1.0
    class NotSent < Base
      fields :step, :now, :reason
      # @api private
      KIND = Native::EVENT_NOT_SENT

      # @!attribute [r] step
      #   @return [String] the step's id
      # @!attribute [r] now
      #   @return [Integer] seconds since 1970
      # @!attribute [r] reason
      #   @return [String, nil] why, the result of a changeset

      # @param step [String] the step's id
      # @param now [Integer] seconds since 1970
      # @param reason [String, nil] why, 1 to 64 of A-Z a-z 0-9 _ . -: the result of a changeset
      # @raise [WrongTypeError, BadTextError, OutOfRangeError]
      def initialize(step:, now:, reason: nil)
        @step = text(step, "step")
        @now = clock(now)
        @reason = Check.optional_text(reason, "/event/reason")
        freeze
      end
    end

    # A webhook came in.
    # @since 0.1.0
    class Webhook < Base
      fields :topic, :body, :now
      # @api private
      KIND = Native::EVENT_WEBHOOK

      # @!attribute [r] topic
      #   @return [String] not empty
      # @!attribute [r] body
      #   @return [String, nil] the body as it came in; nil: there was none
      # @!attribute [r] now
      #   @return [Integer] seconds since 1970

      # @param topic [String] not empty
      # @param body [String, nil] the body as it came in, UTF-8 or binary; nil where there was none
      # @param now [Integer] seconds since 1970
      # @raise [WrongTypeError, BadTextError, OutOfRangeError]
      def initialize(topic:, body:, now:)
        @topic = text(topic, "topic")
        @body = body.nil? ? nil : Check.bytes(body, "/event/body")
        @now = clock(now)
        freeze
      end
    end
  end
end
