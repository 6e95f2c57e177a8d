# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "arena"
require_relative "call"
require_relative "enums"
require_relative "value"

module Upsell
  # An ISO 4217 currency (VAL-6).
  # @since 0.1.0
  class Currency < Value
    fields :code, :decimals

    # @!attribute [r] code
    #   @return [String] three capital letters
    # @!attribute [r] decimals
    #   @return [Integer] decimals of the minor unit: 0 for JPY, 2 for USD

    # Decimals that a minor unit may have.
    DECIMALS = (0..4).freeze

    # @param code [String] three capital letters
    # @param decimals [Integer] decimals of the minor unit, 0 to 4
    # @raise [WrongTypeError, BadTextError, OutOfRangeError]
    def initialize(code:, decimals:)
      @code = Check.text(code, "/code")
      @decimals = Check.integer(decimals, DECIMALS, "/decimals")
      freeze
    end

    class << self
      # Finds a currency by its code.
      # @param code [String] three capital letters: "JPY"
      # @return [Currency]
      # @raise [UnknownCurrencyError] if it is not a current code with a minor unit
      def find(code)
        memory = Native::Currency.new
        Call.slice(Check.bytes(code)) do |str|
          status = Native.upsell_currency_find(str, memory)
          raise unknown(code, "") if status == Native::UNKNOWN_CURRENCY

          Call.check(status)
        end
        of_c(memory)
      end

      # All currencies that the library knows, by code.
      # @return [Array<Currency>]
      def all
        BY_CODE.values
      end

      # @api private
      def of_c(memory)
        new(code: Text.of_chars(memory[:code]), decimals: memory[:decimals])
      end

      # Makes sure that a code is known; this is cheap.
      # @api private
      def check_code(code, pointer)
        return BY_CODE[code].code if BY_CODE.key?(code)

        Check.string(code, pointer)
        raise unknown(code, pointer)
      end

      # The currency that a caller named.
      # @param currency [Currency, String]
      # @api private
      def named(currency, pointer)
        return currency if currency.instance_of?(Currency)
        return find(currency) if currency.is_a?(String)

        Check.wrong_type("A Currency, or the code of one,", currency, pointer)
      end

      # The currency as C takes it.
      # @api private
      def to_c(currency)
        memory = Native::Currency.new
        memory[:code].to_ptr.put_bytes(0, currency.code.byteslice(0, 3))
        memory[:decimals] = currency.decimals
        memory
      end

      private

      def unknown(code, pointer)
        UnknownCurrencyError.new("A current ISO 4217 code such as \"JPY\" was expected, found #{Check.shown(code)}.",
                                 pointer: pointer)
      end

      def read_all
        memory = Native::Currency.new
        index = -1
        found = {}
        while Native.upsell_currency_at(index += 1, memory) == Native::OK
          currency = of_c(memory)
          found[currency.code] = currency
        end
        found.freeze
      end
    end

    # Every currency by its code.
    # @api private
    BY_CODE = read_all
    private_constant :BY_CODE
  end

  # A rounding policy (PRC-8, PRC-9). A member that is nil has the default of the surface it is
  # used for (CAT-3).
  # @since 0.1.0
  class Rounding < Value
    fields :mode, :target, :basis

    # @!attribute [r] mode
    #   @return [Symbol, nil] one of {RoundingMode}
    # @!attribute [r] target
    #   @return [Symbol, nil] one of {RoundingTarget}
    # @!attribute [r] basis
    #   @return [Symbol, nil] one of {RoundingBasis}

    # @param mode [Symbol, nil] one of {RoundingMode}
    # @param target [Symbol, nil] one of {RoundingTarget}
    # @param basis [Symbol, nil] one of {RoundingBasis}
    # @raise [BadValueError]
    def initialize(mode: nil, target: nil, basis: nil)
      RoundingMode.optional_number(@mode = mode, "/mode")
      RoundingTarget.optional_number(@target = target, "/target")
      RoundingBasis.optional_number(@basis = basis, "/basis")
      freeze
    end

    # @api private
    def fill(memory)
      memory[:mode] = RoundingMode.optional_number(mode)
      memory[:target] = RoundingTarget.optional_number(target)
      memory[:basis] = RoundingBasis.optional_number(basis)
      memory
    end

    # @api private
    def self.of_c(memory)
      new(mode: RoundingMode.name_of(memory[:mode]), target: RoundingTarget.name_of(memory[:target]),
          basis: RoundingBasis.name_of(memory[:basis]))
    end
  end

  # The policies of the two surfaces (PRC-7).
  # @since 0.1.0
  class RoundingPair < Value
    fields :checkout, :offer_page

    # @!attribute [r] checkout
    #   @return [Rounding, nil] how the checkout rounds; also for plan prices (PRC-1)
    # @!attribute [r] offer_page
    #   @return [Rounding, nil] of what the offer page shows, and is charged now

    # @param checkout [Rounding, nil] how the checkout rounds; nil: the default
    # @param offer_page [Rounding, nil] of what the offer page shows, and is charged now; nil: the default
    # @raise [WrongTypeError]
    def initialize(checkout: nil, offer_page: nil)
      @checkout = Check.optional_value(checkout, Rounding, "/checkout")
      @offer_page = Check.optional_value(offer_page, Rounding, "/offer_page")
      freeze
    end

    # @api private
    def fill(memory)
      checkout&.fill(memory[:checkout])
      offer_page&.fill(memory[:offer_page])
      memory
    end
  end

  # A price of one unit and of the whole line, in minor units.
  # @since 0.1.0
  class Amounts < Value
    fields :unit, :line

    # @!attribute [r] unit
    #   @return [Integer] one unit
    # @!attribute [r] line
    #   @return [Integer] the quantity

    # @param unit [Integer] one unit, minor units
    # @param line [Integer] the quantity, minor units
    # @raise [WrongTypeError, OutOfRangeError]
    def initialize(unit:, line:)
      @unit = Check.int64(unit, "/unit")
      @line = Check.int64(line, "/line")
      freeze
    end

    # @api private
    def self.of_c(memory)
      new(unit: memory[:unit], line: memory[:line])
    end
  end

  class << self
    # Reads a decimal text of major units (VAL-2).
    # @example
    #   Upsell.money_parse("12.50", "USD")  #=> 1250
    # @param text [String] digits, perhaps a point and digits; no sign, no exponent
    # @param currency [Currency, String] the currency, or its code
    # @return [Integer] minor units
    # @raise [BadDecimalError, TooManyDecimalsError, OutOfRangeError, UnknownCurrencyError, WrongTypeError]
    # @since 0.1.0
    def money_parse(text, currency)
      code = Currency.to_c(Currency.named(currency, "/currency"))
      Call.parsed(text) { |str, amount| Native.upsell_money_parse(str, code, amount) }
    end

    # Writes an amount as decimal text with exactly the currency's decimals (OUT-3).
    # @example
    #   Upsell.money_format(1250, "USD")  #=> "12.50"
    # @param amount [Integer] minor units, not negative
    # @param currency [Currency, String] the currency, or its code
    # @return [String]
    # @raise [OutOfRangeError, UnknownCurrencyError, WrongTypeError]
    # @since 0.1.0
    def money_format(amount, currency)
      Check.integer(amount, AMOUNTS, "/amount")
      code = Currency.to_c(Currency.named(currency, "/currency"))
      buffer = FFI::MemoryPointer.new(:char, MONEY_TEXT_SIZE)
      Call.check(Native.upsell_money_format(amount, code, buffer, buffer.size, nil))
      Text.static(buffer)
    end

    # Writes an amount for people (PAG-4). Styles of yen are for JPY; any other currency is written as
    # with `:iso`.
    # @example
    #   Upsell.display_money(1000, "JPY")                   #=> "1,000円"
    #   Upsell.display_money(1000, "JPY", style: :yen_sign) #=> "￥1,000"
    #   Upsell.display_money(1250, "USD")                   #=> "USD 12.50"
    # @param amount [Integer] minor units, not negative
    # @param currency [Currency, String] the currency, or its code
    # @param style [Symbol] one of {MoneyStyle}
    # @return [String]
    # @raise [OutOfRangeError, BadValueError, UnknownCurrencyError, WrongTypeError]
    # @since 0.1.0
    def display_money(amount, currency, style: :yen_word)
      Check.integer(amount, AMOUNTS, "/amount")
      number = MoneyStyle.number(style, "/style")
      code = Currency.to_c(Currency.named(currency, "/currency"))
      buffer = FFI::MemoryPointer.new(:char, MONEY_TEXT_SIZE)
      Call.check(Native.upsell_money_display(amount, code, number, buffer, buffer.size, nil))
      Text.static(buffer)
    end

    # Reads a percentage (VAL-3).
    # @example
    #   Upsell.percentage_parse("12.5")  #=> 125_000
    # @param text [String] 0 to 100 with at most 4 decimals; no sign, no percent sign
    # @return [Integer] millionths of the whole
    # @raise [BadDecimalError, TooManyDecimalsError, OutOfRangeError, WrongTypeError]
    # @since 0.1.0
    def percentage_parse(text)
      Call.parsed(text) { |str, percentage| Native.upsell_percentage_parse(str, percentage) }
    end

    # A price less a percentage, rounded by a policy (PRC-8, PRC-9).
    # @param base [Integer] price of one unit, minor units, 0 to 10^11
    # @param percentage [Integer] taken off, millionths, 0 to 1,000,000
    # @param quantity [Integer] 1 to 9999
    # @param policy [Rounding] with all three members; there are no defaults here
    # @return [Amounts]
    # @raise [OutOfRangeError, InvalidArgumentError, WrongTypeError]
    # @since 0.1.0
    def percentage_price(base:, percentage:, quantity:, policy:)
      Check.integer(base, 0..Native::MONEY_MAX, "/base")
      Check.integer(percentage, 0..Native::PERCENTAGE_MAX, "/percentage")
      Check.integer(quantity, 1..Native::QUANTITY_MAX, "/quantity")
      rounding = Check.value(policy, Rounding, "/policy").fill(Native::Rounding.new)
      price = Native::Amounts.new
      Call.check(Native.upsell_percentage_price(base, percentage, quantity, rounding, price))
      Amounts.of_c(price)
    end

    # The default policies of the two surfaces (CAT-3).
    # @return [RoundingPair]
    # @since 0.1.0
    def rounding_defaults
      memory = Native::RoundingPair.new
      Native.upsell_rounding_defaults(memory)
      RoundingPair.new(checkout: Rounding.of_c(memory[:checkout]), offer_page: Rounding.of_c(memory[:offer_page]))
    end
  end

  # Amounts that can be written.
  AMOUNTS = (0..(2**63) - 1).freeze
  # Room for any amount as text, also for people.
  MONEY_TEXT_SIZE = 48
  private_constant :AMOUNTS, :MONEY_TEXT_SIZE
end
