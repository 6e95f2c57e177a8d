# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "ffi"

require_relative "library"

module Upsell
  # The C interface as it is: constants, structs and functions in the order of the headers
  # (include/upsell), each function under its C prototype. No logic: checks, copies and errors
  # are made by the files that use it. Constants are called as in C, without UPSELL_.
  # @api private
  module Native
    # ---- upsell/base.h ----

    # enum upsell_choice_value
    DEFAULT = 0
    YES = 1
    NO = 2

    # ---- upsell/version.h ----

    VERSION_MAJOR = 0
    VERSION_MINOR = 1
    VERSION_PATCH = 0
    ABI_VERSION = 0

    # ---- upsell/status.h ----

    # UPSELL_STATUS_LIST
    OK = 0
    NO_MEMORY = 1
    INVALID_ARGUMENT = 2
    BUFFER_TOO_SMALL = 3
    OUT_OF_RANGE = 4
    JSON_SYNTAX = 10
    JSON_TRAILING = 11
    JSON_ENCODING = 12
    JSON_DEPTH = 13
    JSON_STRING = 14
    DUPLICATE_KEY = 15
    INTEGER_RANGE = 16
    MISSING_KEY = 20
    UNKNOWN_KEY = 21
    WRONG_TYPE = 22
    UNKNOWN_FORMAT = 23
    BAD_VALUE = 24
    BAD_ID = 25
    BAD_DECIMAL = 26
    TOO_MANY_DECIMALS = 27
    UNKNOWN_CURRENCY = 28
    BAD_COUNT = 29
    DUPLICATE_ID = 30
    UNKNOWN_ID = 31
    SAME_CYCLE = 32
    DUPLICATE_CYCLE = 33
    NOT_APPLICABLE = 34
    BAD_TEXT = 35
    MISSING_TEXT = 36
    DEARER_THAN_PLAN = 37
    OFFER_CHANGED = 40
    QUANTITY_OUT_OF_RANGE = 41
    PLAN_NOT_OFFERED = 42
    PRICE_CHANGED = 43
    ID_NOT_SHOPIFY = 44
    LINE_NOT_IDENTIFIABLE = 45
    MISSING_SCOPE = 46
    CURRENCY_MISMATCH = 47
    LINE_TOO_LONG = 50
    UNKNOWN_STEP = 60
    UNBOUND = 61
    UNSAFE_REPEAT = 62
    BAD_POINTER = 63
    JOURNAL_MISMATCH = 64

    POINTER_SIZE = 512
    MESSAGE_SIZE = 512
    PROBLEMS_MAX = 100_000
    ERROR_JSON_SIZE = 8192

    # ---- upsell/session.h ----

    # enum upsell_session_state
    SESSION_OFFERED = 1
    SESSION_SHOWN = 2
    SESSION_CLICKED = 3
    SESSION_PROCESSING = 4
    SESSION_ORDERED = 5
    SESSION_FAILED = 6
    SESSION_DECLINED = 7
    SESSION_EXPIRED = 8

    # enum upsell_session_event
    ON_SHOWN = 1
    ON_CLICKED = 2
    ON_PROCESSING = 3
    ON_ORDERED = 4
    ON_FAILED = 5
    ON_DECLINED = 6
    ON_LEFT = 7
    ON_TICK = 8

    # enum upsell_session_effect
    EFFECT_COUNT_SHOWN = 1
    EFFECT_COUNT_CLICKED = 2
    EFFECT_COUNT_ORDERED = 4
    EFFECT_CHARGE = 8
    EFFECT_SHOW_OFFER = 16
    EFFECT_SHOW_PROGRESS = 32
    EFFECT_THANK_YOU = 64

    SESSION_SECONDS = 600
    SESSION_ID_SIZE = 256
    SESSION_JSON_SIZE = 4096
    SESSION_TIME_MAX = 9_007_199_254_740_991

    # ---- upsell/money.h ----

    MONEY_MAX = 100_000_000_000
    PERCENTAGE_MAX = 1_000_000
    QUANTITY_MAX = 9999

    # enum upsell_money_style
    MONEY_ISO = 1
    MONEY_YEN_SIGN = 2
    MONEY_YEN_WORD = 3

    # enum upsell_rounding_mode
    ROUND_FLOOR = 1
    ROUND_CEIL = 2
    ROUND_HALF_UP = 3
    ROUND_HALF_DOWN = 4
    ROUND_HALF_EVEN = 5

    # enum upsell_rounding_target
    ROUND_PRICE = 1
    ROUND_DISCOUNT = 2

    # enum upsell_rounding_basis
    ROUND_UNIT = 1
    ROUND_LINE = 2

    # ---- upsell/catalog.h ----

    # enum upsell_kind
    KIND_SUBSCRIPTION = 1
    KIND_ONE_TIME = 2

    # enum upsell_store_plan
    STORE_FREE = 1
    STORE_STANDARD = 2
    STORE_ENTERPRISE = 3

    # enum upsell_interval_unit
    INTERVAL_DAY = 1
    INTERVAL_WEEK = 2
    INTERVAL_MONTH = 3
    INTERVAL_YEAR = 4

    # enum upsell_adjustment
    ADJUST_NONE = 1
    ADJUST_PERCENTAGE = 2
    ADJUST_FIXED_AMOUNT = 3
    ADJUST_PRICE = 4

    # enum upsell_scenario_status
    SCENARIO_PUBLISHED = 1
    SCENARIO_DRAFT = 2

    # enum upsell_other_items
    OTHER_ITEMS_ALLOW = 1
    OTHER_ITEMS_DENY = 2

    # ---- upsell/order.h ----

    ORDER_LINES_MAX = 1000

    # ---- upsell/pricing.h ----

    # enum upsell_pattern
    SUBSCRIPTION_TO_SUBSCRIPTION = 1
    SUBSCRIPTION_TO_ONE_TIME = 2
    ONE_TIME_TO_SUBSCRIPTION = 3
    ONE_TIME_TO_ONE_TIME = 4

    # ---- upsell/decision.h ----

    # enum upsell_outcome
    OUTCOME_NONE = 0
    OUTCOME_OFFER = 1
    OUTCOME_NO_OFFER = 2

    # UPSELL_REASON_LIST
    REASON_STORE_PLAN = 1
    REASON_STORE_POST_PURCHASE_APP = 2
    REASON_CURRENCY_MISMATCH = 3
    REASON_NO_CANDIDATE = 4
    REASON_ALL_REJECTED = 5
    REASON_PATTERN_NOT_ENABLED = 10
    REASON_OTHER_ITEMS = 11
    REASON_OFFER_NOT_SHIPPABLE = 12
    REASON_OFFER_SUBSCRIPTION_ONLY = 13
    REASON_ORDER_HAS_SUBSCRIPTION = 14
    REASON_NO_SHIPPING_ADDRESS = 15
    REASON_NO_MATCHING_CYCLE = 16
    REASON_OFFER_OUT_OF_STOCK = 17
    REASON_LOWER_PRIORITY = 18

    # enum upsell_decide_flag
    DECIDE_EXPLAIN = 1

    # ---- upsell/page.h ----

    # enum upsell_locale
    LOCALE_JA = 1
    LOCALE_EN = 2

    LATER_CHARGES_MAX = 24

    # ---- upsell/tally.h ----

    # enum upsell_count
    COUNT_SHOWN = 1
    COUNT_CLICKED = 2
    COUNT_ORDERED = 3

    # enum upsell_report_form
    REPORT_JSON = 1
    REPORT_CSV = 2

    # ---- upsell/batch.h ----

    LINE_MAX_BYTES = 16_777_216

    # enum upsell_orders_form
    ORDERS_PACKED = 1
    ORDERS_JSON = 2
    ORDERS_LINES = 3

    # ---- upsell/plan.h ----

    # UPSELL_API_VERSION_LIST
    API_2025_10 = 1
    API_2026_01 = 2
    API_2026_04 = 3
    API_2026_07 = 4
    API_2026_10 = 5

    # enum upsell_dialect
    DIALECT_DRAFT = 1
    DIALECT_CALCULATION = 2

    # ---- upsell/runner.h ----

    # enum upsell_event_kind
    EVENT_START = 1
    EVENT_RESUME = 2
    EVENT_TICK = 3
    EVENT_ANSWER = 4
    EVENT_NO_ANSWER = 5
    EVENT_NOT_SENT = 6
    EVENT_WEBHOOK = 7

    # enum upsell_action_kind
    ACTION_SEND = 1
    ACTION_WAIT = 2
    ACTION_PENDING = 3
    ACTION_FINISHED = 4

    # enum upsell_run_outcome
    RUN_OPEN = 0
    RUN_COMPLETED = 1
    RUN_STOPPED = 2

    # UPSELL_STATE_LIST
    STATE_NOT_CHARGED = 1
    STATE_UNPAID_LINE = 2
    STATE_UNPAID_LINE_REMOVED = 3
    STATE_PAID_NOT_DELIVERED = 4
    STATE_DELIVERED_NOT_REFUNDED = 5
    STATE_PAID_CONTRACT_UNKNOWN = 6
    STATE_CLAIMED_BY_OTHER = 7
    STATE_UNKNOWN = 8

    # ---- upsell/shopify.h ----

    # enum upsell_id_form
    IDS_NUMBERS = 1
    IDS_GIDS = 2

    # ---- structs ----

    # upsell_str (upsell/base.h)
    class Str < FFI::Struct
      layout :data, :pointer,
             :len, :size_t
    end

    # upsell_error (upsell/status.h)
    class Error < FFI::Struct
      layout :size, :uint32,
             :code, :int32,
             :offset, :int64,
             :pointer, [:char, POINTER_SIZE],
             :message, [:char, MESSAGE_SIZE]
    end

    # upsell_session (upsell/session.h)
    class Session < FFI::Struct
      layout :state, :int32,
             :seconds, :int32,
             :offered_at, :int64,
             :shown_at, :int64,
             :clicked_at, :int64,
             :ended_at, :int64,
             :last_at, :int64,
             :id, [:char, SESSION_ID_SIZE],
             :scenario_id, [:char, SESSION_ID_SIZE]
    end

    # upsell_session_outcome (upsell/session.h)
    class SessionOutcome < FFI::Struct
      layout :effects, :uint32,
             :changed, :int32,
             :seconds_left, :int32,
             :reserved, :int32,
             :wake_at, :int64
    end

    # upsell_currency (upsell/money.h)
    class Currency < FFI::Struct
      layout :code, [:char, 4],
             :decimals, :int32
    end

    # upsell_rounding (upsell/money.h)
    class Rounding < FFI::Struct
      layout :mode, :int32,
             :target, :int32,
             :basis, :int32
    end

    # upsell_rounding_pair (upsell/money.h)
    class RoundingPair < FFI::Struct
      layout :checkout, Rounding,
             :offer_page, Rounding
    end

    # upsell_amounts (upsell/money.h)
    class Amounts < FFI::Struct
      layout :unit, :int64,
             :line, :int64
    end

    # upsell_interval (upsell/catalog.h)
    class Interval < FFI::Struct
      layout :unit, :int32,
             :count, :int32
    end

    # upsell_cycle (upsell/catalog.h)
    class Cycle < FFI::Struct
      layout :billing, Interval,
             :delivery, Interval
    end

    # upsell_plan_price_entry (upsell/catalog.h)
    class PlanPriceEntry < FFI::Struct
      layout :after_cycle, :int32,
             :type, :int32,
             :value, :int64
    end

    # upsell_discount (upsell/catalog.h)
    class Discount < FFI::Struct
      layout :type, :int32,
             :reserved, :int32,
             :value, :int64
    end

    # upsell_quantity (upsell/catalog.h)
    class Quantity < FFI::Struct
      layout :initial, :int32,
             :max, :int32,
             :adjustable, :int32,
             :reserved, :int32
    end

    # upsell_selling_plan_input (upsell/catalog.h)
    class SellingPlanInput < FFI::Struct
      layout :size, :uint32,
             :min_cycles, :int32,
             :max_cycles, :int32,
             :reserved, :uint32,
             :id, Str,
             :name, Str,
             :cycle, Cycle,
             :pricing, :pointer,
             :pricing_count, :size_t
    end

    # upsell_variant_input (upsell/catalog.h)
    class VariantInput < FFI::Struct
      layout :size, :uint32,
             :stock_tracked, :int32,
             :id, Str,
             :title, Str,
             :price, :int64,
             :available, :int64
    end

    # upsell_product_input (upsell/catalog.h)
    class ProductInput < FFI::Struct
      layout :size, :uint32,
             :requires_shipping, :int32,
             :requires_selling_plan, :int32,
             :reserved, :int32,
             :id, Str,
             :title, Str,
             :variants, :pointer,
             :variant_count, :size_t
    end

    # upsell_trigger_input (upsell/catalog.h)
    class TriggerInput < FFI::Struct
      layout :size, :uint32,
             :reserved, :uint32,
             :product_id, Str,
             :variant_ids, :pointer,
             :variant_count, :size_t,
             :selling_plan_ids, :pointer,
             :selling_plan_count, :size_t
    end

    # upsell_disclosure_input (upsell/catalog.h)
    class DisclosureInput < FFI::Struct
      layout :size, :uint32,
             :reserved, :uint32,
             :price, Str,
             :payment, Str,
             :delivery, Str,
             :period, Str,
             :withdrawal, Str,
             :cancellation, Str
    end

    # upsell_page_input (upsell/catalog.h)
    class PageInput < FFI::Struct
      layout :size, :uint32,
             :timer_enabled, :int32,
             :timer_seconds, :int32,
             :description_visible, :int32,
             :close_visible, :int32,
             :reserved, :int32,
             :title, Str,
             :timer_text, Str,
             :description, Str,
             :buy_button, Str,
             :close_label, Str,
             :disclosure, :pointer,
             :reserved_size, :size_t
    end

    # upsell_scenario_input (upsell/catalog.h)
    class ScenarioInput < FFI::Struct
      layout :size, :uint32,
             :status, :int32,
             :priority, :int32,
             :trigger_kind, :int32,
             :other_items, :int32,
             :offer_kind, :int32,
             :id, Str,
             :name, Str,
             :triggers, :pointer,
             :trigger_count, :size_t,
             :product_id, Str,
             :variant_id, Str,
             :selling_plan_ids, :pointer,
             :selling_plan_count, :size_t,
             :discount, Discount,
             :quantity, Quantity,
             :page, :pointer,
             :reserved, :size_t
    end

    # upsell_catalog_input (upsell/catalog.h)
    class CatalogInput < FFI::Struct
      layout :size, :uint32,
             :store_plan, :int32,
             :post_purchase_app, :int32,
             :one_time_to_one_time, :int32,
             :currency, [:char, 4],
             :reserved, :uint32,
             :rounding, RoundingPair,
             :selling_plans, :pointer,
             :selling_plan_count, :size_t,
             :products, :pointer,
             :product_count, :size_t,
             :scenarios, :pointer,
             :scenario_count, :size_t,
             :disclosure, :pointer,
             :reserved_size, :size_t
    end

    # upsell_catalog_info (upsell/catalog.h)
    class CatalogInfo < FFI::Struct
      layout :size, :uint32,
             :reserved, :uint32,
             :currency, Currency,
             :selling_plans, :uint64,
             :products, :uint64,
             :variants, :uint64,
             :scenarios, :uint64,
             :published, :uint64,
             :bytes, :uint64
    end

    # upsell_scenario_info (upsell/catalog.h)
    class ScenarioInfo < FFI::Struct
      layout :size, :uint32,
             :status, :int32,
             :priority, :int32,
             :pattern, :int32,
             :id, Str,
             :name, Str,
             :product_id, Str,
             :product_title, Str,
             :variant_id, Str,
             :variant_title, Str
    end

    # upsell_order_line (upsell/order.h)
    class OrderLine < FFI::Struct
      layout :size, :uint32,
             :quantity, :int32,
             :id, Str,
             :product_id, Str,
             :variant_id, Str,
             :selling_plan_id, Str,
             :contract_id, Str,
             :unit_price, :int64,
             :discounted_total, :int64,
             :has_unit_price, :int32,
             :has_discounted_total, :int32
    end

    # upsell_order (upsell/order.h)
    class Order < FFI::Struct
      layout :size, :uint32,
             :has_shipping_address, :int32,
             :currency, [:char, 4],
             :reserved, :uint32,
             :id, Str,
             :lines, :pointer,
             :line_count, :size_t
    end

    # upsell_price_segment (upsell/pricing.h)
    class PriceSegment < FFI::Struct
      layout :from_cycle, :int32,
             :reserved, :int32,
             :unit, :int64,
             :line, :int64
    end

    # upsell_price (upsell/pricing.h)
    class Price < FFI::Struct
      layout :list_unit, :int64,
             :plan_unit, :int64,
             :has_plan, :int32,
             :reserved, :int32,
             :checkout, Amounts,
             :offer_page, Amounts,
             :recurring, :pointer,
             :recurring_count, :size_t
    end

    # upsell_target (upsell/decision.h)
    class Target < FFI::Struct
      layout :line_ids, :pointer,
             :line_count, :size_t,
             :contract_id, Str,
             :selling_plan_id, Str,
             :price, Price
    end

    # upsell_plan_choice (upsell/decision.h)
    class PlanChoice < FFI::Struct
      layout :selling_plan_id, Str,
             :price, Price
    end

    # upsell_considered (upsell/decision.h)
    class Considered < FFI::Struct
      layout :scenario_id, Str,
             :scenario_index, :uint32,
             :reason, :int32
    end

    # upsell_page (upsell/decision.h)
    class Page < FFI::Struct
      layout :title, Str,
             :timer_text, Str,
             :description, Str,
             :buy_button, Str,
             :close_label, Str,
             :timer_visible, :int32,
             :timer_seconds, :int32,
             :description_visible, :int32,
             :close_visible, :int32,
             :expires_after_seconds, :int32,
             :reserved, :int32
    end

    # upsell_decision_view (upsell/decision.h)
    class DecisionView < FFI::Struct
      layout :size, :uint32,
             :outcome, :int32,
             :reason, :int32,
             :pattern, :int32,
             :currency, Currency,
             :order_id, Str,
             :scenario_id, Str,
             :priority, :int32,
             :scenario_index, :uint32,
             :scenario_name, Str,
             :product_id, Str,
             :product_title, Str,
             :variant_id, Str,
             :variant_title, Str,
             :quantity, Quantity,
             :cancel_line_ids, :pointer,
             :cancel_line_count, :size_t,
             :targets, :pointer,
             :target_count, :size_t,
             :choices, :pointer,
             :choice_count, :size_t,
             :total_checkout, :int64,
             :total_offer_page, :int64,
             :differs, :int32,
             :reserved, :int32,
             :page, :pointer,
             :considered, :pointer,
             :considered_count, :size_t,
             :reserved_size, :size_t
    end

    # upsell_date (upsell/page.h)
    class Date < FFI::Struct
      layout :year, :int32,
             :month, :int32,
             :day, :int32,
             :reserved, :int32
    end

    # upsell_page_request (upsell/page.h)
    class PageRequest < FFI::Struct
      layout :size, :uint32,
             :quantity, :int32,
             :locale, :int32,
             :money_style, :int32,
             :anchor, Date,
             :later_charges, :int32,
             :reserved, :int32,
             :selling_plan_id, Str
    end

    # upsell_counts (upsell/tally.h)
    class Counts < FFI::Struct
      layout :scenario_id, Str,
             :shown, :uint64,
             :clicked, :uint64,
             :ordered, :uint64
    end

    # upsell_report_options (upsell/tally.h)
    class ReportOptions < FFI::Struct
      layout :size, :uint32,
             :form, :int32,
             :locale, :int32,
             :byte_order_mark, :int32,
             :scenario_id, Str
    end

    # upsell_result (upsell/batch.h)
    class Result < FFI::Struct
      layout :status, :int32,
             :outcome, :int32,
             :reason, :int32,
             :scenario_index, :uint32,
             :quantity_max, :int32,
             :target_count, :uint32,
             :considered_count, :uint32,
             :line, :uint32,
             :total_checkout, :int64,
             :total_offer_page, :int64,
             :text_at, :uint64,
             :text_len, :uint64,
             :order_at, :uint64,
             :order_len, :uint64
    end

    # upsell_batch_view (upsell/batch.h)
    class BatchView < FFI::Struct
      layout :size, :uint32,
             :reserved, :uint32,
             :results, :pointer,
             :result_count, :size_t,
             :text, :pointer,
             :text_len, :size_t
    end

    # upsell_acceptance (upsell/plan.h)
    class Acceptance < FFI::Struct
      layout :size, :uint32,
             :quantity, :int32,
             :scenario_id, Str,
             :selling_plan_id, Str,
             :total, :int64,
             :has_total, :int32,
             :reserved, :int32
    end

    # upsell_plan_options (upsell/plan.h)
    class PlanOptions < FFI::Struct
      layout :size, :uint32,
             :api_version, :int32,
             :dialect, :int32,
             :reserved, :int32,
             :shop, Str,
             :reference_id, Str,
             :granted_scopes, :pointer,
             :granted_scope_count, :size_t
    end

    # upsell_plan_view (upsell/plan.h)
    class PlanView < FFI::Struct
      layout :size, :uint32,
             :pattern, :int32,
             :api_version, :int32,
             :dialect, :int32,
             :currency, Currency,
             :charge_now, :int64,
             :plan_id, Str,
             :charge_key, Str,
             :scenario_id, Str,
             :scopes, :pointer,
             :scope_count, :size_t
    end

    # upsell_event (upsell/runner.h)
    class Event < FFI::Struct
      layout :size, :uint32,
             :kind, :int32,
             :now, :int64,
             :run_id, Str,
             :step, Str,
             :reason, Str,
             :topic, Str,
             :body, Str,
             :http_status, :int32,
             :reserved, :int32
    end

    # upsell_run_stop (upsell/runner.h)
    class RunStop < FFI::Struct
      layout :step, Str,
             :result, Str,
             :state, :int32,
             :reserved, :int32
    end

    # upsell_progress_view (upsell/runner.h)
    class ProgressView < FFI::Struct
      layout :size, :uint32,
             :kind, :int32,
             :journal, Str,
             :action, Str,
             :step, Str,
             :channel, Str,
             :operation, Str,
             :document, Str,
             :variables, Str,
             :idempotency_key, Str,
             :expect, Str,
             :revision, :int64,
             :wait_until, :int64,
             :expires_at, :int64,
             :buyer_consent, :int32,
             :outcome, :int32,
             :stops, :pointer,
             :stop_count, :size_t,
             :webhooks, :pointer,
             :webhook_count, :size_t
    end

    # ---- handles: each type has its own pointer, which frees what it points to ----

    # upsell_problems *
    class ProblemsPointer < FFI::AutoPointer
      def self.release(pointer)
        Native.upsell_problems_free(pointer)
      end
    end

    # upsell_catalog *
    class CatalogPointer < FFI::AutoPointer
      def self.release(pointer)
        Native.upsell_catalog_free(pointer)
      end
    end

    # upsell_batch *
    class BatchPointer < FFI::AutoPointer
      def self.release(pointer)
        Native.upsell_batch_free(pointer)
      end
    end

    # upsell_tally *
    class TallyPointer < FFI::AutoPointer
      def self.release(pointer)
        Native.upsell_tally_free(pointer)
      end
    end

    # upsell_plan *
    class PlanPointer < FFI::AutoPointer
      def self.release(pointer)
        Native.upsell_plan_free(pointer)
      end
    end

    # upsell_runner *
    class RunnerPointer < FFI::AutoPointer
      def self.release(pointer)
        Native.upsell_runner_free(pointer)
      end
    end

    # upsell_progress *
    class ProgressPointer < FFI::AutoPointer
      def self.release(pointer)
        Native.upsell_progress_free(pointer)
      end
    end

    # upsell_text *
    class TextPointer < FFI::AutoPointer
      def self.release(pointer)
        Native.upsell_text_free(pointer)
      end
    end

    # ---- functions ----

    # Types of the parameters and of the result of each C function.
    PROTOTYPES = {} # filled below, frozen at the end of the file

    # Declares a function; it is attached below, once the library is known to have them all.
    def self.function(name, parameters, result)
      PROTOTYPES[name] = [parameters.freeze, result].freeze
    end
    private_class_method :function

    # ---- upsell/version.h ----

    # const char *upsell_version(void);
    function :upsell_version, [], :pointer

    # int32_t upsell_abi_version(void);
    function :upsell_abi_version, [], :int32

    # ---- upsell/status.h ----

    # const char *upsell_status_name(upsell_status status);
    function :upsell_status_name, [:int32], :pointer

    # const char *upsell_status_message(upsell_status status);
    function :upsell_status_message, [:int32], :pointer

    # upsell_status upsell_error_to_json(const upsell_error *error, uint64_t line, char *buffer,
    #   size_t size, size_t *needed);
    function :upsell_error_to_json, [:pointer, :uint64, :pointer, :size_t, :pointer], :int32

    # size_t upsell_problems_count(const upsell_problems *problems);
    function :upsell_problems_count, [:pointer], :size_t

    # upsell_status upsell_problems_get(const upsell_problems *problems, size_t index,
    #   upsell_error *error);
    function :upsell_problems_get, [:pointer, :size_t, :pointer], :int32

    # void upsell_problems_free(upsell_problems *problems);
    function :upsell_problems_free, [:pointer], :void

    # ---- upsell/text.h ----

    # const char *upsell_text_data(const upsell_text *text, size_t *len);
    function :upsell_text_data, [:pointer, :pointer], :pointer

    # void upsell_text_free(upsell_text *text);
    function :upsell_text_free, [:pointer], :void

    # ---- upsell/session.h ----

    # upsell_status upsell_session_open(upsell_str id, upsell_str scenario_id, int32_t
    #   timer_seconds, int64_t now, upsell_session *session, upsell_error *error);
    function :upsell_session_open,
             [Str.by_value, Str.by_value, :int32, :int64, :pointer, :pointer], :int32

    # upsell_status upsell_session_step(upsell_session *session, int32_t event, int64_t now,
    #   upsell_session_outcome *outcome, upsell_error *error);
    function :upsell_session_step, [:pointer, :int32, :int64, :pointer, :pointer], :int32

    # upsell_status upsell_session_to_json(const upsell_session *session, char *buffer, size_t
    #   size, size_t *needed);
    function :upsell_session_to_json, [:pointer, :pointer, :size_t, :pointer], :int32

    # upsell_status upsell_session_from_json(const char *text, size_t len, upsell_session
    #   *session, upsell_error *error);
    function :upsell_session_from_json, [:pointer, :size_t, :pointer, :pointer], :int32

    # const char *upsell_session_state_name(int32_t state);
    function :upsell_session_state_name, [:int32], :pointer

    # ---- upsell/money.h ----

    # upsell_status upsell_currency_find(upsell_str code, upsell_currency *currency);
    function :upsell_currency_find, [Str.by_value, :pointer], :int32

    # upsell_status upsell_currency_at(size_t index, upsell_currency *currency);
    function :upsell_currency_at, [:size_t, :pointer], :int32

    # upsell_status upsell_money_parse(upsell_str text, const upsell_currency *currency, int64_t
    #   *amount);
    function :upsell_money_parse, [Str.by_value, :pointer, :pointer], :int32

    # upsell_status upsell_money_format(int64_t amount, const upsell_currency *currency, char
    #   *buffer, size_t size, size_t *needed);
    function :upsell_money_format, [:int64, :pointer, :pointer, :size_t, :pointer], :int32

    # upsell_status upsell_money_display(int64_t amount, const upsell_currency *currency,
    #   int32_t style, char *buffer, size_t size, size_t *needed);
    function :upsell_money_display,
             [:int64, :pointer, :int32, :pointer, :size_t, :pointer], :int32

    # upsell_status upsell_percentage_parse(upsell_str text, int64_t *percentage);
    function :upsell_percentage_parse, [Str.by_value, :pointer], :int32

    # upsell_status upsell_percentage_price(int64_t base, int64_t percentage, int32_t quantity,
    #   const upsell_rounding *policy, upsell_amounts *price);
    function :upsell_percentage_price, [:int64, :int64, :int32, :pointer, :pointer], :int32

    # void upsell_rounding_defaults(upsell_rounding_pair *policies);
    function :upsell_rounding_defaults, [:pointer], :void

    # ---- upsell/catalog.h ----

    # upsell_status upsell_catalog_new(const upsell_catalog_input *input, upsell_catalog
    #   **catalog, upsell_error *error);
    function :upsell_catalog_new, [:pointer, :pointer, :pointer], :int32

    # upsell_status upsell_catalog_new_from_json(const char *text, size_t len, upsell_catalog
    #   **catalog, upsell_error *error);
    function :upsell_catalog_new_from_json, [:pointer, :size_t, :pointer, :pointer], :int32

    # upsell_status upsell_catalog_check(const upsell_catalog_input *input, upsell_problems
    #   **problems);
    function :upsell_catalog_check, [:pointer, :pointer], :int32

    # upsell_status upsell_catalog_check_json(const char *text, size_t len, upsell_problems
    #   **problems);
    function :upsell_catalog_check_json, [:pointer, :size_t, :pointer], :int32

    # upsell_status upsell_catalog_describe(const upsell_catalog *catalog, upsell_catalog_info
    #   *info);
    function :upsell_catalog_describe, [:pointer, :pointer], :int32

    # upsell_status upsell_catalog_scenario(const upsell_catalog *catalog, size_t index,
    #   upsell_scenario_info *info);
    function :upsell_catalog_scenario, [:pointer, :size_t, :pointer], :int32

    # upsell_status upsell_catalog_warnings(const upsell_catalog *catalog, upsell_problems
    #   **warnings);
    function :upsell_catalog_warnings, [:pointer, :pointer], :int32

    # void upsell_catalog_free(upsell_catalog *catalog);
    function :upsell_catalog_free, [:pointer], :void

    # ---- upsell/pricing.h ----

    # upsell_status upsell_pattern_of(int32_t trigger_kind, int32_t offer_kind, int32_t *pattern);
    function :upsell_pattern_of, [:int32, :int32, :pointer], :int32

    # const char *upsell_pattern_name(int32_t pattern);
    function :upsell_pattern_name, [:int32], :pointer

    # upsell_status upsell_cycle_same(const upsell_cycle *a, const upsell_cycle *b, int32_t *same);
    function :upsell_cycle_same, [:pointer, :pointer, :pointer], :int32

    # upsell_status upsell_plan_price(int64_t list_unit, const upsell_plan_price_entry *pricing,
    #   size_t count, int32_t cycle, const upsell_rounding *checkout, int64_t *unit);
    function :upsell_plan_price, [:int64, :pointer, :size_t, :int32, :pointer, :pointer], :int32

    # upsell_status upsell_first_price(int32_t pattern, int64_t list_unit, const
    #   upsell_plan_price_entry *pricing, size_t count, const upsell_discount *discount, int32_t
    #   quantity, const upsell_rounding_pair *policies, upsell_price *price);
    function :upsell_first_price,
             [:int32, :int64, :pointer, :size_t, :pointer, :int32, :pointer, :pointer], :int32

    # upsell_status upsell_priority_resolve(const int32_t *priorities, size_t count, size_t
    #   *winner);
    function :upsell_priority_resolve, [:pointer, :size_t, :pointer], :int32

    # ---- upsell/decision.h ----

    # upsell_status upsell_decision_new(upsell_decision **decision);
    function :upsell_decision_new, [:pointer], :int32

    # void upsell_decision_free(upsell_decision *decision);
    function :upsell_decision_free, [:pointer], :void

    # upsell_status upsell_decide(const upsell_catalog *catalog, const upsell_order *order,
    #   uint32_t flags, upsell_decision *decision, upsell_error *error);
    function :upsell_decide, [:pointer, :pointer, :uint32, :pointer, :pointer], :int32

    # upsell_status upsell_decide_json(const upsell_catalog *catalog, const char *text, size_t
    #   len, uint32_t flags, upsell_decision *decision, upsell_error *error);
    function :upsell_decide_json, [:pointer, :pointer, :size_t, :uint32, :pointer, :pointer], :int32

    # upsell_status upsell_preview(const upsell_catalog *catalog, size_t index,
    #   upsell_decision *decision, upsell_error *error);
    function :upsell_preview, [:pointer, :size_t, :pointer, :pointer], :int32

    # const upsell_decision_view *upsell_decision_get(const upsell_decision *decision);
    function :upsell_decision_get, [:pointer], :pointer

    # upsell_status upsell_decision_to_json(upsell_decision *decision, const char **text, size_t
    #   *len);
    function :upsell_decision_to_json, [:pointer, :pointer, :pointer], :int32

    # const char *upsell_reason_name(int32_t reason);
    function :upsell_reason_name, [:int32], :pointer

    # ---- upsell/page.h ----

    # upsell_status upsell_page_make(const upsell_decision *decision, const
    #   upsell_page_request *request, upsell_text **page, upsell_error *error);
    function :upsell_page_make, [:pointer, :pointer, :pointer, :pointer], :int32

    # ---- upsell/tally.h ----

    # upsell_status upsell_tally_new(upsell_tally **tally);
    function :upsell_tally_new, [:pointer], :int32

    # void upsell_tally_free(upsell_tally *tally);
    function :upsell_tally_free, [:pointer], :void

    # upsell_status upsell_tally_add(upsell_tally *tally, upsell_str session_id, upsell_str
    #   scenario_id, int32_t count, upsell_error *error);
    function :upsell_tally_add, [:pointer, Str.by_value, Str.by_value, :int32, :pointer], :int32

    # upsell_status upsell_tally_add_json(upsell_tally *tally, const char *text, size_t len,
    #   upsell_error *error);
    function :upsell_tally_add_json, [:pointer, :pointer, :size_t, :pointer], :int32

    # upsell_status upsell_tally_merge(upsell_tally *tally, const upsell_tally *other);
    function :upsell_tally_merge, [:pointer, :pointer], :int32

    # size_t upsell_tally_size(const upsell_tally *tally);
    function :upsell_tally_size, [:pointer], :size_t

    # upsell_status upsell_tally_get(const upsell_tally *tally, size_t index, upsell_counts
    #   *counts);
    function :upsell_tally_get, [:pointer, :size_t, :pointer], :int32

    # upsell_status upsell_tally_report(const upsell_tally *tally, const upsell_catalog
    #   *catalog, const upsell_report_options *options, upsell_text **report, upsell_error
    #   *error);
    function :upsell_tally_report, [:pointer, :pointer, :pointer, :pointer, :pointer], :int32

    # ---- upsell/batch.h ----

    # upsell_status upsell_batch_new(upsell_batch **batch);
    function :upsell_batch_new, [:pointer], :int32

    # void upsell_batch_free(upsell_batch *batch);
    function :upsell_batch_free, [:pointer], :void

    # upsell_status upsell_batch_decide(upsell_batch *batch, const upsell_catalog *catalog,
    #   int32_t form, const char *orders, size_t len, uint32_t flags, upsell_error *error);
    function :upsell_batch_decide,
             [:pointer, :pointer, :int32, :pointer, :size_t, :uint32, :pointer], :int32

    # const upsell_batch_view *upsell_batch_get(const upsell_batch *batch);
    function :upsell_batch_get, [:pointer], :pointer

    # upsell_decision *upsell_batch_decision(upsell_batch *batch);
    function :upsell_batch_decision, [:pointer], :pointer

    # ---- upsell/plan.h ----

    # upsell_status upsell_plan_make(const upsell_catalog *catalog, const upsell_order *order,
    #   const upsell_acceptance *acceptance, const upsell_plan_options *options, upsell_plan
    #   **plan, upsell_error *error);
    function :upsell_plan_make, [:pointer, :pointer, :pointer, :pointer, :pointer, :pointer], :int32

    # upsell_status upsell_plan_make_json(const upsell_catalog *catalog, const char *order, size_t
    #   order_len, const char *acceptance, size_t acceptance_len, const upsell_plan_options
    #   *options, upsell_plan **plan, upsell_error *error);
    function :upsell_plan_make_json,
             [:pointer, :pointer, :size_t, :pointer, :size_t, :pointer, :pointer, :pointer], :int32

    # const char *upsell_plan_json(const upsell_plan *plan, size_t *len);
    function :upsell_plan_json, [:pointer, :pointer], :pointer

    # const upsell_plan_view *upsell_plan_get(const upsell_plan *plan);
    function :upsell_plan_get, [:pointer], :pointer

    # void upsell_plan_free(upsell_plan *plan);
    function :upsell_plan_free, [:pointer], :void

    # const char *upsell_api_version_name(int32_t api_version);
    function :upsell_api_version_name, [:int32], :pointer

    # ---- upsell/runner.h ----

    # upsell_status upsell_runner_new(const char *plan, size_t len, upsell_runner **runner,
    #   upsell_error *error);
    function :upsell_runner_new, [:pointer, :size_t, :pointer, :pointer], :int32

    # void upsell_runner_free(upsell_runner *runner);
    function :upsell_runner_free, [:pointer], :void

    # upsell_status upsell_progress_new(upsell_progress **progress);
    function :upsell_progress_new, [:pointer], :int32

    # void upsell_progress_free(upsell_progress *progress);
    function :upsell_progress_free, [:pointer], :void

    # upsell_status upsell_runner_step(const upsell_runner *runner, const char *journal, size_t
    #   journal_len, const upsell_event *event, upsell_progress *progress, upsell_error *error);
    function :upsell_runner_step,
             [:pointer, :pointer, :size_t, :pointer, :pointer, :pointer], :int32

    # upsell_status upsell_runner_step_json(const upsell_runner *runner, const char *journal,
    #   size_t journal_len, const char *event, size_t event_len, upsell_progress *progress,
    #   upsell_error *error);
    function :upsell_runner_step_json,
             [:pointer, :pointer, :size_t, :pointer, :size_t, :pointer, :pointer], :int32

    # const upsell_progress_view *upsell_progress_get(const upsell_progress *progress);
    function :upsell_progress_get, [:pointer], :pointer

    # const char *upsell_state_name(int32_t state);
    function :upsell_state_name, [:int32], :pointer

    # const char *upsell_state_message(int32_t state);
    function :upsell_state_message, [:int32], :pointer

    # ---- upsell/shopify.h ----

    # upsell_status upsell_order_from_input_data(const char *input, size_t len, int32_t ids,
    #   upsell_text **order, upsell_error *error);
    function :upsell_order_from_input_data, [:pointer, :size_t, :int32, :pointer, :pointer], :int32

    # upsell_status upsell_order_from_shopify_order(const char *answer, size_t len, int32_t ids,
    #   upsell_text **order, upsell_error *error);
    function :upsell_order_from_shopify_order,
             [:pointer, :size_t, :int32, :pointer, :pointer], :int32

    # const char *upsell_shopify_order_query(void);
    function :upsell_shopify_order_query, [], :pointer
    PROTOTYPES.freeze

    # The loaded library (upsell/library.rb says which one is taken).
    LIBRARY = Library.load(PROTOTYPES.keys)

    # Attaches a C function as a method. A blocking one lets other Ruby threads run during the
    # call, which costs some time and so pays for long calls only.
    def self.attach(method, name, blocking: false)
      parameters, result = PROTOTYPES.fetch(name)
      FFI::Function.new(FFI.find_type(result), parameters.map { |type| FFI.find_type(type) },
                        LIBRARY.find_function(name.to_s), blocking: blocking)
                   .attach(self, method.to_s)
    end
    private_class_method :attach

    PROTOTYPES.each_key { |name| attach(name, name) }
    attach(:catalog_new_blocking, :upsell_catalog_new, blocking: true)
    attach(:catalog_new_from_json_blocking, :upsell_catalog_new_from_json, blocking: true)
    attach(:catalog_check_blocking, :upsell_catalog_check, blocking: true)
    attach(:catalog_check_json_blocking, :upsell_catalog_check_json, blocking: true)
    attach(:batch_decide_blocking, :upsell_batch_decide, blocking: true)
  end
end
