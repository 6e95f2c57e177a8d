# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "native"

module Upsell
  # What all errors of this library are: `rescue Upsell::Error` catches every one of them.
  #
  # Ruby has one parent for each class, so this is a module, and each class derives from the
  # standard class that is nearest to what went wrong: `rescue KeyError` catches
  # {MissingKeyError}, too. There is one class for each status of the C library (DOC-6), and
  # {ClosedError}. Faults that this binding finds before it calls C have the same classes, codes
  # and pointers.
  #
  # Match on the class, the code and the pointer, which are stable; messages are for people, and
  # may be reworded in any release.
  #
  # @example
  #   begin
  #     Upsell::Catalog.from_file("catalog.json")
  #   rescue Upsell::Error => e
  #     warn "#{e.code} at #{e.pointer}: #{e.detail}"
  #   end
  # @since 0.1.0
  module Error
    # Where it is: a JSON Pointer (RFC 6901) into what was given; "" is the whole of it. Errors of
    # a value object's own constructor point into that object: "/quantity".
    # @return [String]
    attr_reader :pointer

    # The byte in the JSON text where it is, from 0; nil where there is none.
    # @return [Integer, nil]
    attr_reader :offset

    # The sentence alone: what was expected, what was found, what to do.
    # @return [String]
    attr_reader :detail

    # @param detail [String, nil] the sentence; by default what the code means in general
    # @param pointer [String] JSON Pointer to the culprit
    # @param offset [Integer, nil] byte position in JSON text
    def initialize(detail = nil, pointer: "", offset: nil)
      @detail = detail || Error.meaning(status)
      @pointer = pointer
      @offset = offset
      super("#{code}#{" at #{pointer}" unless pointer.empty?}: #{@detail}")
    end

    # The stable name of the code (DOC-6), as in documents: `:missing_key`.
    # @return [Symbol]
    def code
      self.class::CODE
    end

    # The number of the code in C.
    # @return [Integer]
    def status
      self.class::STATUS
    end

    # The error as C takes it. A text that is too long is cut, as C does it.
    # @return [Native::Error]
    # @api private
    def to_c
      memory = Call.error
      memory[:code] = status
      memory[:offset] = offset || -1
      { pointer: pointer, message: detail }.each do |field, text|
        chars = memory[field]
        chars.to_ptr.put_bytes(0, text.byteslice(0, chars.size - 1).scrub(""))
      end
      memory
    end

    class << self
      # The class of a status: `Upsell::Error.class_of(20) #=> Upsell::MissingKeyError`.
      # @param status [Integer] number of a status
      # @return [Class, nil] nil for a number that this binding does not know
      def class_of(status)
        CLASSES[status]
      end

      # What a status means in general.
      # @api private
      def meaning(status)
        text = Native.upsell_status_message(status).read_string.force_encoding(Encoding::UTF_8)
        "#{text[0].upcase}#{text[1..]}."
      end

      # The error that C has told of.
      # @param memory [Native::Error] details that C filled in
      # @param status [Integer] what the function returned
      # @api private
      def of_c(status, memory)
        filled = memory[:code] == status
        detail = Text.of_chars(memory[:message]) if filled
        build(status, detail, filled ? Text.of_chars(memory[:pointer]) : "",
              filled && memory[:offset] >= 0 ? memory[:offset] : nil)
      end

      # @api private
      def build(status, detail = nil, pointer = "", offset = nil)
        known = CLASSES[status]
        return known.new(detail, pointer: pointer, offset: offset) if known

        UnlistedError.new(status, detail, pointer: pointer, offset: offset)
      end
    end
  end

  # Memory ran out.
  # @since 0.1.0
  class NoMemoryError < ::NoMemoryError
    include Error

    # Its name in documents.
    CODE = :no_memory
    # Its number in C.
    STATUS = Native::NO_MEMORY
  end

  # A function was called with an argument it forbids.
  # @since 0.1.0
  class InvalidArgumentError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :invalid_argument
    # Its number in C.
    STATUS = Native::INVALID_ARGUMENT
  end

  # The caller's buffer is too small.
  # @since 0.1.0
  class BufferTooSmallError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :buffer_too_small
    # Its number in C.
    STATUS = Native::BUFFER_TOO_SMALL
  end

  # A number is outside its range
  # (VAL-2, VAL-3, VAL-5, CAT-4, CAT-5, CAT-7, CAT-8, CAT-12, CAT-16, RUN-1, RUN-3).
  # @since 0.1.0
  class OutOfRangeError < RangeError
    include Error

    # Its name in documents.
    CODE = :out_of_range
    # Its number in C.
    STATUS = Native::OUT_OF_RANGE
  end

  # The text is not JSON (RFC 8259) (DOC-1).
  # @since 0.1.0
  class JsonSyntaxError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :json_syntax
    # Its number in C.
    STATUS = Native::JSON_SYNTAX
  end

  # Text follows the end of the document (DOC-1).
  # @since 0.1.0
  class JsonTrailingError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :json_trailing
    # Its number in C.
    STATUS = Native::JSON_TRAILING
  end

  # The text is not well-formed UTF-8 without a mark (DOC-1, DOC-5).
  # @since 0.1.0
  class JsonEncodingError < EncodingError
    include Error

    # Its name in documents.
    CODE = :json_encoding
    # Its number in C.
    STATUS = Native::JSON_ENCODING
  end

  # Values are nested too deeply (DOC-7).
  # @since 0.1.0
  class JsonDepthError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :json_depth
    # Its number in C.
    STATUS = Native::JSON_DEPTH
  end

  # A string holds a character or escape that is not allowed (DOC-1, DOC-5).
  # @since 0.1.0
  class JsonStringError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :json_string
    # Its number in C.
    STATUS = Native::JSON_STRING
  end

  # An object has the same key twice (DOC-2).
  # @since 0.1.0
  class DuplicateKeyError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :duplicate_key
    # Its number in C.
    STATUS = Native::DUPLICATE_KEY
  end

  # An integer does not fit in 64 bits (DOC-8).
  # @since 0.1.0
  class IntegerRangeError < RangeError
    include Error

    # Its name in documents.
    CODE = :integer_range
    # Its number in C.
    STATUS = Native::INTEGER_RANGE
  end

  # A required key is missing (DOC-4, PLN-3, RUN-1).
  # @since 0.1.0
  class MissingKeyError < KeyError
    include Error

    # Its name in documents.
    CODE = :missing_key
    # Its number in C.
    STATUS = Native::MISSING_KEY
  end

  # A key is not known here (DOC-3, PLN-2, RUN-1).
  # @since 0.1.0
  class UnknownKeyError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :unknown_key
    # Its number in C.
    STATUS = Native::UNKNOWN_KEY
  end

  # A value has the wrong JSON type (DOC-4, DOC-8, VAL-1, VAL-2).
  # @since 0.1.0
  class WrongTypeError < TypeError
    include Error

    # Its name in documents.
    CODE = :wrong_type
    # Its number in C.
    STATUS = Native::WRONG_TYPE
  end

  # The document's format is not the expected one (CAT-1, ORD-1, RUN-1, RUN-5).
  # @since 0.1.0
  class UnknownFormatError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :unknown_format
    # Its number in C.
    STATUS = Native::UNKNOWN_FORMAT
  end

  # A value is not one of those allowed
  # (CAT-2 to CAT-5, CAT-8 to CAT-11, ADA-6, PLN-3, RUN-1 to RUN-3).
  # @since 0.1.0
  class BadValueError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :bad_value
    # Its number in C.
    STATUS = Native::BAD_VALUE
  end

  # An id is not 1 to 255 bytes of UTF-8 without NUL (VAL-1).
  # @since 0.1.0
  class BadIdError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :bad_id
    # Its number in C.
    STATUS = Native::BAD_ID
  end

  # Text is not a plain decimal number (VAL-4).
  # @since 0.1.0
  class BadDecimalError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :bad_decimal
    # Its number in C.
    STATUS = Native::BAD_DECIMAL
  end

  # An amount has more decimals than allowed (VAL-2, VAL-3, ADA-3).
  # @since 0.1.0
  class TooManyDecimalsError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :too_many_decimals
    # Its number in C.
    STATUS = Native::TOO_MANY_DECIMALS
  end

  # Not a current ISO 4217 code with a minor unit (VAL-6).
  # @since 0.1.0
  class UnknownCurrencyError < KeyError
    include Error

    # Its name in documents.
    CODE = :unknown_currency
    # Its number in C.
    STATUS = Native::UNKNOWN_CURRENCY
  end

  # A list has too few or too many items (CAT-9, CAT-13, ORD-2, ADA-5, ADA-6, PLN-1, RUN-1).
  # @since 0.1.0
  class BadCountError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :bad_count
    # Its number in C.
    STATUS = Native::BAD_COUNT
  end

  # A list holds the same id twice (CAT-15, ORD-2, RUN-1).
  # @since 0.1.0
  class DuplicateIdError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :duplicate_id
    # Its number in C.
    STATUS = Native::DUPLICATE_ID
  end

  # An id is not in the catalogue (CAT-14), or nobody knows the scenario that was asked for.
  # @since 0.1.0
  class UnknownIdError < KeyError
    include Error

    # Its name in documents.
    CODE = :unknown_id
    # Its number in C.
    STATUS = Native::UNKNOWN_ID
  end

  # Two selling plans of one offer have the same cycle (CAT-13).
  # @since 0.1.0
  class SameCycleError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :same_cycle
    # Its number in C.
    STATUS = Native::SAME_CYCLE
  end

  # Two prices of one plan start after the same cycle (CAT-5).
  # @since 0.1.0
  class DuplicateCycleError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :duplicate_cycle
    # Its number in C.
    STATUS = Native::DUPLICATE_CYCLE
  end

  # A value is given where it can have no effect (CAT-9, CAT-11, CAT-12, CAT-13, PLN-3).
  # @since 0.1.0
  class NotApplicableError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :not_applicable
    # Its number in C.
    STATUS = Native::NOT_APPLICABLE
  end

  # Text is not well-formed UTF-8 without NUL (DOC-5).
  # @since 0.1.0
  class BadTextError < EncodingError
    include Error

    # Its name in documents.
    CODE = :bad_text
    # Its number in C.
    STATUS = Native::BAD_TEXT
  end

  # A text that the buyer must be told is missing. A catalogue may be without it, so this is a
  # warning and never raised by the library (CAT-20).
  # @since 0.1.0
  class MissingTextError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :missing_text
    # Its number in C.
    STATUS = Native::MISSING_TEXT
  end

  # An offer costs more than its plan does without it. A warning, as above (CAT-20).
  # @since 0.1.0
  class DearerThanPlanError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :dearer_than_plan
    # Its number in C.
    STATUS = Native::DEARER_THAN_PLAN
  end

  # The accepted offer is not the one that is made now (PLN-2).
  # @since 0.1.0
  class OfferChangedError < StandardError
    include Error

    # Its name in documents.
    CODE = :offer_changed
    # Its number in C.
    STATUS = Native::OFFER_CHANGED
  end

  # The offer does not allow this quantity (PLN-2, PAG-1).
  # @since 0.1.0
  class QuantityOutOfRangeError < RangeError
    include Error

    # Its name in documents.
    CODE = :quantity_out_of_range
    # Its number in C.
    STATUS = Native::QUANTITY_OUT_OF_RANGE
  end

  # The selling plan is not among the choices (PLN-2, PAG-1).
  # @since 0.1.0
  class PlanNotOfferedError < StandardError
    include Error

    # Its name in documents.
    CODE = :plan_not_offered
    # Its number in C.
    STATUS = Native::PLAN_NOT_OFFERED
  end

  # The accepted total is not the one that holds now (PLN-2).
  # @since 0.1.0
  class PriceChangedError < StandardError
    include Error

    # Its name in documents.
    CODE = :price_changed
    # Its number in C.
    STATUS = Native::PRICE_CHANGED
  end

  # An id is neither a number nor the right Shopify GID (ADA-2, PLN-3, PLN-6).
  # @since 0.1.0
  class IdNotShopifyError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :id_not_shopify
    # Its number in C.
    STATUS = Native::ID_NOT_SHOPIFY
  end

  # Lines of the order cannot be told apart (PLN-6).
  # @since 0.1.0
  class LineNotIdentifiableError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :line_not_identifiable
    # Its number in C.
    STATUS = Native::LINE_NOT_IDENTIFIABLE
  end

  # The app was not granted every scope that is needed (PLN-3).
  # @since 0.1.0
  class MissingScopeError < StandardError
    include Error

    # Its name in documents.
    CODE = :missing_scope
    # Its number in C.
    STATUS = Native::MISSING_SCOPE
  end

  # Two amounts are in different currencies (ADA-3, PLN-1).
  # @since 0.1.0
  class CurrencyMismatchError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :currency_mismatch
    # Its number in C.
    STATUS = Native::CURRENCY_MISMATCH
  end

  # A line of a stream is longer than the limit (CLI-4).
  # @since 0.1.0
  class LineTooLongError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :line_too_long
    # Its number in C.
    STATUS = Native::LINE_TOO_LONG
  end

  # A step is named that is not there, or not before (RUN-2).
  # @since 0.1.0
  class UnknownStepError < KeyError
    include Error

    # Its name in documents.
    CODE = :unknown_step
    # Its number in C.
    STATUS = Native::UNKNOWN_STEP
  end

  # A binding's value is not there on every road to it (RUN-2).
  # @since 0.1.0
  class UnboundError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :unbound
    # Its number in C.
    STATUS = Native::UNBOUND
  end

  # Something could happen twice that must not (RUN-2).
  # @since 0.1.0
  class UnsafeRepeatError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :unsafe_repeat
    # Its number in C.
    STATUS = Native::UNSAFE_REPEAT
  end

  # Text is not a JSON Pointer (RFC 6901) (RUN-2).
  # @since 0.1.0
  class BadPointerError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :bad_pointer
    # Its number in C.
    STATUS = Native::BAD_POINTER
  end

  # A journal does not belong to this run (RUN-5).
  # @since 0.1.0
  class JournalMismatchError < ArgumentError
    include Error

    # Its name in documents.
    CODE = :journal_mismatch
    # Its number in C.
    STATUS = Native::JOURNAL_MISMATCH
  end

  # A catalogue, a runner or a tally was used after it was closed. Close it when its last user is done, or
  # leave closing to the garbage collector. Its code is that of {InvalidArgumentError}.
  # @since 0.1.0
  class ClosedError < RuntimeError
    include Error

    # Its name in documents.
    CODE = :invalid_argument
    # Its number in C.
    STATUS = Native::INVALID_ARGUMENT
  end

  # The loaded library is newer than this gem, and has told of a status that this gem has no
  # class for. {#code} and {#status} are the library's.
  # @since 0.1.0
  class UnlistedError < StandardError
    include Error

    # The number of the code in C.
    # @return [Integer]
    attr_reader :status

    # @param status [Integer] number of the status
    # @param detail [String, nil] the sentence
    # @param pointer [String] JSON Pointer to the culprit
    # @param offset [Integer, nil] byte position in JSON text
    def initialize(status, detail = nil, pointer: "", offset: nil)
      @status = status
      super(detail, pointer: pointer, offset: offset)
    end

    # The stable name of the code, as the library has it.
    # @return [Symbol]
    def code
      Native.upsell_status_name(status).read_string.to_sym
    end
  end

  module Error
    # The class of each status but 0, which is none.
    CLASSES = [
      NoMemoryError, InvalidArgumentError, BufferTooSmallError, OutOfRangeError,
      JsonSyntaxError, JsonTrailingError, JsonEncodingError, JsonDepthError,
      JsonStringError, DuplicateKeyError, IntegerRangeError, MissingKeyError,
      UnknownKeyError, WrongTypeError, UnknownFormatError, BadValueError, BadIdError,
      BadDecimalError, TooManyDecimalsError, UnknownCurrencyError, BadCountError,
      DuplicateIdError, UnknownIdError, SameCycleError, DuplicateCycleError,
      NotApplicableError, BadTextError, MissingTextError, DearerThanPlanError,
      OfferChangedError, QuantityOutOfRangeError, PlanNotOfferedError, PriceChangedError,
      IdNotShopifyError, LineNotIdentifiableError, MissingScopeError, CurrencyMismatchError,
      LineTooLongError, UnknownStepError, UnboundError, UnsafeRepeatError, BadPointerError,
      JournalMismatchError
    ].to_h { |error| [error::STATUS, error] }.freeze
  end
end
