# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "errors"

module Upsell
  # A list of names with numbers, as C and the documents have it. Names are Symbols; versions of
  # the API, which are no words, are Strings.
  #
  # @example
  #   Upsell::Kind.names                     #=> [:subscription, :one_time]
  #   Upsell::Reason.number(:no_candidate)   #=> 4
  # @since 0.1.0
  class Enum
    # @return [Array<Symbol>, Array<String>] all names, by number
    attr_reader :names

    # @param title [String] what a name is of, for messages: "a kind"
    # @param numbers [Hash{Symbol, String => Integer}] names and numbers
    # @api private
    def initialize(title, numbers)
      @title = title
      @numbers = numbers.freeze
      @names = numbers.keys.freeze
      @by_number = numbers.invert.freeze
      freeze
    end

    # The number that C has for a name.
    # @param name [Symbol, String] one of {#names}
    # @param pointer [String] where it stands, for the error
    # @return [Integer]
    # @raise [BadValueError] for everything else
    def number(name, pointer = "")
      @numbers.fetch(name) do
        raise BadValueError.new("#{@title} was expected, one of #{@names.map(&:inspect).join(", ")}; " \
                                "found #{Check.shown(name)}.", pointer: pointer)
      end
    end

    # The name of a number.
    # @param number [Integer] a number of C
    # @return [Symbol, String, nil] nil for a number that this binding does not know
    def name_of(number)
      @by_number[number]
    end

    # The name of a number that C gave: of one that a newer library knows, "other".
    # @api private
    def of_c(number)
      @by_number.fetch(number, :other)
    end

    # Whether this is one of the names.
    # @param name [Object]
    # @return [Boolean]
    def include?(name)
      @numbers.key?(name)
    end

    # 0, which stands for the default, for nil.
    # @api private
    def optional_number(name, pointer = "")
      name.nil? ? 0 : number(name, pointer)
    end
  end

  # true and false as C has them in input structs, where 0 is the default.
  # @api private
  module Choice
    def self.number(flag)
      flag ? Native::YES : Native::NO
    end
  end
  private_constant :Choice

  # How a line is bought or offered.
  # @since 0.1.0
  Kind = Enum.new("A kind", subscription: Native::KIND_SUBSCRIPTION, one_time: Native::KIND_ONE_TIME)

  # The merchant's plan of the app (CAT-2).
  # @since 0.1.0
  StorePlan = Enum.new("A store plan", free: Native::STORE_FREE, standard: Native::STORE_STANDARD,
                                       enterprise: Native::STORE_ENTERPRISE)

  # A unit of time in a cycle (CAT-4).
  # @since 0.1.0
  IntervalUnit = Enum.new("A unit of time", day: Native::INTERVAL_DAY, week: Native::INTERVAL_WEEK,
                                            month: Native::INTERVAL_MONTH, year: Native::INTERVAL_YEAR)

  # How a price or a discount changes an amount (CAT-5, CAT-11).
  # @since 0.1.0
  Adjustment = Enum.new("A type of adjustment", none: Native::ADJUST_NONE, percentage: Native::ADJUST_PERCENTAGE,
                                                fixed_amount: Native::ADJUST_FIXED_AMOUNT,
                                                price: Native::ADJUST_PRICE)

  # Whether a scenario is live (CAT-8).
  # @since 0.1.0
  ScenarioStatus = Enum.new("A status of a scenario", published: Native::SCENARIO_PUBLISHED,
                                                      draft: Native::SCENARIO_DRAFT)

  # What a scenario does when other things are in the order (DEC-6).
  # @since 0.1.0
  OtherItems = Enum.new("What is done about other items", allow: Native::OTHER_ITEMS_ALLOW,
                                                          deny: Native::OTHER_ITEMS_DENY)

  # The four patterns: what was bought, and what is offered.
  # @since 0.1.0
  Pattern = Enum.new("A pattern", subscription_to_subscription: Native::SUBSCRIPTION_TO_SUBSCRIPTION,
                                  subscription_to_one_time: Native::SUBSCRIPTION_TO_ONE_TIME,
                                  one_time_to_subscription: Native::ONE_TIME_TO_SUBSCRIPTION,
                                  one_time_to_one_time: Native::ONE_TIME_TO_ONE_TIME)

  # How a decision came out (OUT-1, OUT-2).
  # @since 0.1.0
  Outcome = Enum.new("An outcome", offer: Native::OUTCOME_OFFER, no_offer: Native::OUTCOME_NO_OFFER)

  # Why there is no offer (DEC-1, DEC-16), or why a scenario lost (DEC-4).
  # @since 0.1.0
  Reason = Enum.new("A reason", store_plan: Native::REASON_STORE_PLAN,
                                store_post_purchase_app: Native::REASON_STORE_POST_PURCHASE_APP,
                                currency_mismatch: Native::REASON_CURRENCY_MISMATCH,
                                no_candidate: Native::REASON_NO_CANDIDATE,
                                all_rejected: Native::REASON_ALL_REJECTED,
                                pattern_not_enabled: Native::REASON_PATTERN_NOT_ENABLED,
                                other_items: Native::REASON_OTHER_ITEMS,
                                offer_not_shippable: Native::REASON_OFFER_NOT_SHIPPABLE,
                                offer_subscription_only: Native::REASON_OFFER_SUBSCRIPTION_ONLY,
                                order_has_subscription: Native::REASON_ORDER_HAS_SUBSCRIPTION,
                                no_shipping_address: Native::REASON_NO_SHIPPING_ADDRESS,
                                no_matching_cycle: Native::REASON_NO_MATCHING_CYCLE,
                                offer_out_of_stock: Native::REASON_OFFER_OUT_OF_STOCK,
                                lower_priority: Native::REASON_LOWER_PRIORITY)

  # How a result between two minor units is settled (PRC-9).
  # @since 0.1.0
  RoundingMode = Enum.new("A rounding mode", floor: Native::ROUND_FLOOR, ceil: Native::ROUND_CEIL,
                                             half_up: Native::ROUND_HALF_UP, half_down: Native::ROUND_HALF_DOWN,
                                             half_even: Native::ROUND_HALF_EVEN)

  # What is rounded: the price that is left, or the discount (PRC-8).
  # @since 0.1.0
  RoundingTarget = Enum.new("A rounding target", price: Native::ROUND_PRICE, discount: Native::ROUND_DISCOUNT)

  # Where it is rounded: per unit, or once per line (PRC-8).
  # @since 0.1.0
  RoundingBasis = Enum.new("A rounding basis", unit: Native::ROUND_UNIT, line: Native::ROUND_LINE)

  # Versions of Shopify's Admin API (PLN-3).
  # @since 0.1.0
  ApiVersion = Enum.new("An API version", "2025-10" => Native::API_2025_10, "2026-01" => Native::API_2026_01,
                                          "2026-04" => Native::API_2026_04, "2026-07" => Native::API_2026_07,
                                          "2026-10" => Native::API_2026_10)

  # How a line is added to a contract (PLN-3).
  # @since 0.1.0
  Dialect = Enum.new("A dialect", draft: Native::DIALECT_DRAFT, calculation: Native::DIALECT_CALCULATION)

  # How an adapter writes ids of products, variants and selling plans (ADA-2).
  # @since 0.1.0
  IdForm = Enum.new("A form of ids", numbers: Native::IDS_NUMBERS, gids: Native::IDS_GIDS)

  # How a run ended (RUN-9).
  # @since 0.1.0
  RunOutcome = Enum.new("An outcome of a run", open: Native::RUN_OPEN, completed: Native::RUN_COMPLETED,
                                               stopped: Native::RUN_STOPPED)

  # How the buyer stands when a branch of a run stopped (RUN-9).
  # @since 0.1.0
  State = Enum.new("A state", not_charged: Native::STATE_NOT_CHARGED, unpaid_line: Native::STATE_UNPAID_LINE,
                              unpaid_line_removed: Native::STATE_UNPAID_LINE_REMOVED,
                              paid_not_delivered: Native::STATE_PAID_NOT_DELIVERED,
                              delivered_not_refunded: Native::STATE_DELIVERED_NOT_REFUNDED,
                              paid_contract_unknown: Native::STATE_PAID_CONTRACT_UNKNOWN,
                              claimed_by_other: Native::STATE_CLAIMED_BY_OTHER,
                              unknown: Native::STATE_UNKNOWN)

  # Where a session stands (SES-1).
  # @since 0.1.0
  SessionState = Enum.new("A state of a session", offered: Native::SESSION_OFFERED, shown: Native::SESSION_SHOWN,
                                                  clicked: Native::SESSION_CLICKED,
                                                  processing: Native::SESSION_PROCESSING,
                                                  ordered: Native::SESSION_ORDERED, failed: Native::SESSION_FAILED,
                                                  declined: Native::SESSION_DECLINED,
                                                  expired: Native::SESSION_EXPIRED)

  # What happened in a session (SES-5 to SES-8).
  # @since 0.1.0
  SessionEvent = Enum.new("An event of a session", shown: Native::ON_SHOWN, clicked: Native::ON_CLICKED,
                                                   processing: Native::ON_PROCESSING, ordered: Native::ON_ORDERED,
                                                   failed: Native::ON_FAILED, declined: Native::ON_DECLINED,
                                                   left: Native::ON_LEFT, tick: Native::ON_TICK)

  # What a host must do after an event of a session (SES-4). The numbers are bits.
  # @since 0.1.0
  SessionEffect = Enum.new("An effect", count_shown: Native::EFFECT_COUNT_SHOWN,
                                        count_clicked: Native::EFFECT_COUNT_CLICKED,
                                        count_ordered: Native::EFFECT_COUNT_ORDERED, charge: Native::EFFECT_CHARGE,
                                        show_offer: Native::EFFECT_SHOW_OFFER,
                                        show_progress: Native::EFFECT_SHOW_PROGRESS,
                                        thank_you: Native::EFFECT_THANK_YOU)

  # What is counted (CNT-2); each one means the ones before it, too.
  # @since 0.1.0
  Count = Enum.new("An event that counts", shown: Native::COUNT_SHOWN, clicked: Native::COUNT_CLICKED,
                                           ordered: Native::COUNT_ORDERED)

  # The languages of a page, and of the headings of a report (PAG-1, CNT-6).
  # @since 0.1.0
  Locale = Enum.new("A locale", ja: Native::LOCALE_JA, en: Native::LOCALE_EN)

  # How an amount is written for people (PAG-4).
  # @since 0.1.0
  MoneyStyle = Enum.new("A style of money", iso: Native::MONEY_ISO, yen_sign: Native::MONEY_YEN_SIGN,
                                            yen_word: Native::MONEY_YEN_WORD)
end
