# SPDX-License-Identifier: MIT
"""The C interface, word for word: structs and prototypes in the order of the headers.

Nothing is decided or checked here, and nothing outside this package should use it. A
test compares all of it with the headers (tests/test_layout.py). Structs are called as in
C without ``upsell_``, in CamelCase; handles are structs without fields, so that each has
a pointer type of its own.
"""

from __future__ import annotations

from ctypes import (
    CDLL,
    POINTER,
    Structure,
    c_char,
    c_char_p,
    c_int32,
    c_int64,
    c_size_t,
    c_uint32,
    c_uint64,
    c_void_p,
)

from upsell import _load

# ---- constants that are no enumeration of this package ----

# base.h
YES = 1
NO = 2

# status.h
OK = 0
POINTER_SIZE = 512
MESSAGE_SIZE = 512
PROBLEMS_MAX = 100000
ERROR_JSON_SIZE = 8192

# money.h
MONEY_MAX = 100000000000
PERCENTAGE_MAX = 1000000
QUANTITY_MAX = 9999

# order.h
ORDER_LINES_MAX = 1000

# decision.h
DECIDE_EXPLAIN = 1

# page.h
LATER_CHARGES_MAX = 24

# session.h
SESSION_SECONDS = 600
SESSION_ID_SIZE = 256
SESSION_JSON_SIZE = 4096
SESSION_TIME_MAX = 9007199254740991

# tally.h
REPORT_JSON = 1
REPORT_CSV = 2

# batch.h
ORDERS_PACKED = 1
ORDERS_JSON = 2
ORDERS_LINES = 3
LINE_MAX_BYTES = 16777216

# runner.h
EVENT_START = 1
EVENT_RESUME = 2
EVENT_TICK = 3
EVENT_ANSWER = 4
EVENT_NO_ANSWER = 5
EVENT_NOT_SENT = 6
EVENT_WEBHOOK = 7
ACTION_SEND = 1
ACTION_WAIT = 2
ACTION_PENDING = 3
ACTION_FINISHED = 4

# ---- base.h ----


class Str(Structure):
    # The text is not terminated: it must never be read as a C string.
    _fields_ = [("data", c_void_p), ("len", c_size_t)]


# ---- status.h ----


class Error(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("code", c_int32),
        ("offset", c_int64),
        ("pointer", c_char * POINTER_SIZE),
        ("message", c_char * MESSAGE_SIZE),
    ]


class Problems(Structure):
    pass


# ---- text.h ----


class Text(Structure):
    pass


# ---- money.h ----


class Currency(Structure):
    _fields_ = [("code", c_char * 4), ("decimals", c_int32)]


class Rounding(Structure):
    _fields_ = [("mode", c_int32), ("target", c_int32), ("basis", c_int32)]


class RoundingPair(Structure):
    _fields_ = [("checkout", Rounding), ("offer_page", Rounding)]


class Amounts(Structure):
    _fields_ = [("unit", c_int64), ("line", c_int64)]


# ---- catalog.h ----


class Interval(Structure):
    _fields_ = [("unit", c_int32), ("count", c_int32)]


class Cycle(Structure):
    _fields_ = [("billing", Interval), ("delivery", Interval)]


class PlanPriceEntry(Structure):
    _fields_ = [("after_cycle", c_int32), ("type", c_int32), ("value", c_int64)]


class Discount(Structure):
    _fields_ = [("type", c_int32), ("reserved", c_int32), ("value", c_int64)]


class Quantity(Structure):
    _fields_ = [
        ("initial", c_int32),
        ("max", c_int32),
        ("adjustable", c_int32),
        ("reserved", c_int32),
    ]


class SellingPlanInput(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("min_cycles", c_int32),
        ("max_cycles", c_int32),
        ("reserved", c_uint32),
        ("id", Str),
        ("name", Str),
        ("cycle", Cycle),
        ("pricing", POINTER(PlanPriceEntry)),
        ("pricing_count", c_size_t),
    ]


class VariantInput(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("stock_tracked", c_int32),
        ("id", Str),
        ("title", Str),
        ("price", c_int64),
        ("available", c_int64),
    ]


class ProductInput(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("requires_shipping", c_int32),
        ("requires_selling_plan", c_int32),
        ("reserved", c_int32),
        ("id", Str),
        ("title", Str),
        ("variants", POINTER(VariantInput)),
        ("variant_count", c_size_t),
    ]


class TriggerInput(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("reserved", c_uint32),
        ("product_id", Str),
        ("variant_ids", POINTER(Str)),
        ("variant_count", c_size_t),
        ("selling_plan_ids", POINTER(Str)),
        ("selling_plan_count", c_size_t),
    ]


class DisclosureInput(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("reserved", c_uint32),
        ("price", Str),
        ("payment", Str),
        ("delivery", Str),
        ("period", Str),
        ("withdrawal", Str),
        ("cancellation", Str),
    ]


class PageInput(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("timer_enabled", c_int32),
        ("timer_seconds", c_int32),
        ("description_visible", c_int32),
        ("close_visible", c_int32),
        ("reserved", c_int32),
        ("title", Str),
        ("timer_text", Str),
        ("description", Str),
        ("buy_button", Str),
        ("close_label", Str),
        ("disclosure", POINTER(DisclosureInput)),
        ("reserved_size", c_size_t),
    ]


class ScenarioInput(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("status", c_int32),
        ("priority", c_int32),
        ("trigger_kind", c_int32),
        ("other_items", c_int32),
        ("offer_kind", c_int32),
        ("id", Str),
        ("name", Str),
        ("triggers", POINTER(TriggerInput)),
        ("trigger_count", c_size_t),
        ("product_id", Str),
        ("variant_id", Str),
        ("selling_plan_ids", POINTER(Str)),
        ("selling_plan_count", c_size_t),
        ("discount", Discount),
        ("quantity", Quantity),
        ("page", POINTER(PageInput)),
        ("reserved", c_size_t),
    ]


class CatalogInput(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("store_plan", c_int32),
        ("post_purchase_app", c_int32),
        ("one_time_to_one_time", c_int32),
        ("currency", c_char * 4),
        ("reserved", c_uint32),
        ("rounding", RoundingPair),
        ("selling_plans", POINTER(SellingPlanInput)),
        ("selling_plan_count", c_size_t),
        ("products", POINTER(ProductInput)),
        ("product_count", c_size_t),
        ("scenarios", POINTER(ScenarioInput)),
        ("scenario_count", c_size_t),
        ("disclosure", POINTER(DisclosureInput)),
        ("reserved_size", c_size_t),
    ]


class Catalog(Structure):
    pass


class CatalogInfo(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("reserved", c_uint32),
        ("currency", Currency),
        ("selling_plans", c_uint64),
        ("products", c_uint64),
        ("variants", c_uint64),
        ("scenarios", c_uint64),
        ("published", c_uint64),
        ("bytes", c_uint64),
    ]


class ScenarioInfo(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("status", c_int32),
        ("priority", c_int32),
        ("pattern", c_int32),
        ("id", Str),
        ("name", Str),
        ("product_id", Str),
        ("product_title", Str),
        ("variant_id", Str),
        ("variant_title", Str),
    ]


# ---- order.h ----


class OrderLine(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("quantity", c_int32),
        ("id", Str),
        ("product_id", Str),
        ("variant_id", Str),
        ("selling_plan_id", Str),
        ("contract_id", Str),
        ("unit_price", c_int64),
        ("discounted_total", c_int64),
        ("has_unit_price", c_int32),
        ("has_discounted_total", c_int32),
    ]


class Order(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("has_shipping_address", c_int32),
        ("currency", c_char * 4),
        ("reserved", c_uint32),
        ("id", Str),
        ("lines", POINTER(OrderLine)),
        ("line_count", c_size_t),
    ]


# ---- pricing.h ----


class PriceSegment(Structure):
    _fields_ = [
        ("from_cycle", c_int32),
        ("reserved", c_int32),
        ("unit", c_int64),
        ("line", c_int64),
    ]


class Price(Structure):
    _fields_ = [
        ("list_unit", c_int64),
        ("plan_unit", c_int64),
        ("has_plan", c_int32),
        ("reserved", c_int32),
        ("checkout", Amounts),
        ("offer_page", Amounts),
        ("recurring", POINTER(PriceSegment)),
        ("recurring_count", c_size_t),
    ]


# ---- decision.h ----


class Target(Structure):
    _fields_ = [
        ("line_ids", POINTER(Str)),
        ("line_count", c_size_t),
        ("contract_id", Str),
        ("selling_plan_id", Str),
        ("price", Price),
    ]


class PlanChoice(Structure):
    _fields_ = [("selling_plan_id", Str), ("price", Price)]


class Considered(Structure):
    _fields_ = [("scenario_id", Str), ("scenario_index", c_uint32), ("reason", c_int32)]


class Page(Structure):
    _fields_ = [
        ("title", Str),
        ("timer_text", Str),
        ("description", Str),
        ("buy_button", Str),
        ("close_label", Str),
        ("timer_visible", c_int32),
        ("timer_seconds", c_int32),
        ("description_visible", c_int32),
        ("close_visible", c_int32),
        ("expires_after_seconds", c_int32),
        ("reserved", c_int32),
    ]


class DecisionView(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("outcome", c_int32),
        ("reason", c_int32),
        ("pattern", c_int32),
        ("currency", Currency),
        ("order_id", Str),
        ("scenario_id", Str),
        ("priority", c_int32),
        ("scenario_index", c_uint32),
        ("scenario_name", Str),
        ("product_id", Str),
        ("product_title", Str),
        ("variant_id", Str),
        ("variant_title", Str),
        ("quantity", Quantity),
        ("cancel_line_ids", POINTER(Str)),
        ("cancel_line_count", c_size_t),
        ("targets", POINTER(Target)),
        ("target_count", c_size_t),
        ("choices", POINTER(PlanChoice)),
        ("choice_count", c_size_t),
        ("total_checkout", c_int64),
        ("total_offer_page", c_int64),
        ("differs", c_int32),
        ("reserved", c_int32),
        ("page", POINTER(Page)),
        ("considered", POINTER(Considered)),
        ("considered_count", c_size_t),
        ("reserved_size", c_size_t),
    ]


class Decision(Structure):
    pass


# ---- page.h ----


class Date(Structure):
    _fields_ = [
        ("year", c_int32),
        ("month", c_int32),
        ("day", c_int32),
        ("reserved", c_int32),
    ]


class PageRequest(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("quantity", c_int32),
        ("locale", c_int32),
        ("money_style", c_int32),
        ("anchor", Date),
        ("later_charges", c_int32),
        ("reserved", c_int32),
        ("selling_plan_id", Str),
    ]


# ---- batch.h ----


class Result(Structure):
    _fields_ = [
        ("status", c_int32),
        ("outcome", c_int32),
        ("reason", c_int32),
        ("scenario_index", c_uint32),
        ("quantity_max", c_int32),
        ("target_count", c_uint32),
        ("considered_count", c_uint32),
        ("line", c_uint32),
        ("total_checkout", c_int64),
        ("total_offer_page", c_int64),
        ("text_at", c_uint64),
        ("text_len", c_uint64),
        ("order_at", c_uint64),
        ("order_len", c_uint64),
    ]


class BatchView(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("reserved", c_uint32),
        ("results", POINTER(Result)),
        ("result_count", c_size_t),
        # Not terminated, and holds NULs: it must never be read as a C string.
        ("text", c_void_p),
        ("text_len", c_size_t),
    ]


class Batch(Structure):
    pass


# ---- plan.h ----


class Acceptance(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("quantity", c_int32),
        ("scenario_id", Str),
        ("selling_plan_id", Str),
        ("total", c_int64),
        ("has_total", c_int32),
        ("reserved", c_int32),
    ]


class PlanOptions(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("api_version", c_int32),
        ("dialect", c_int32),
        ("reserved", c_int32),
        ("shop", Str),
        ("reference_id", Str),
        ("granted_scopes", POINTER(Str)),
        ("granted_scope_count", c_size_t),
    ]


class Plan(Structure):
    pass


class PlanView(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("pattern", c_int32),
        ("api_version", c_int32),
        ("dialect", c_int32),
        ("currency", Currency),
        ("charge_now", c_int64),
        ("plan_id", Str),
        ("charge_key", Str),
        ("scenario_id", Str),
        ("scopes", POINTER(Str)),
        ("scope_count", c_size_t),
    ]


# ---- runner.h ----


class Event(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("kind", c_int32),
        ("now", c_int64),
        ("run_id", Str),
        ("step", Str),
        ("reason", Str),
        ("topic", Str),
        ("body", Str),
        ("http_status", c_int32),
        ("reserved", c_int32),
    ]


class RunStop(Structure):
    _fields_ = [("step", Str), ("result", Str), ("state", c_int32), ("reserved", c_int32)]


class ProgressView(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("kind", c_int32),
        ("journal", Str),
        ("action", Str),
        ("step", Str),
        ("channel", Str),
        ("operation", Str),
        ("document", Str),
        ("variables", Str),
        ("idempotency_key", Str),
        ("expect", Str),
        ("revision", c_int64),
        ("wait_until", c_int64),
        ("expires_at", c_int64),
        ("buyer_consent", c_int32),
        ("outcome", c_int32),
        ("stops", POINTER(RunStop)),
        ("stop_count", c_size_t),
        ("webhooks", POINTER(Str)),
        ("webhook_count", c_size_t),
    ]


class Runner(Structure):
    pass


class Progress(Structure):
    pass


# ---- session.h ----


class Session(Structure):
    _fields_ = [
        ("state", c_int32),
        ("seconds", c_int32),
        ("offered_at", c_int64),
        ("shown_at", c_int64),
        ("clicked_at", c_int64),
        ("ended_at", c_int64),
        ("last_at", c_int64),
        ("id", c_char * SESSION_ID_SIZE),
        ("scenario_id", c_char * SESSION_ID_SIZE),
    ]


class SessionOutcome(Structure):
    _fields_ = [
        ("effects", c_uint32),
        ("changed", c_int32),
        ("seconds_left", c_int32),
        ("reserved", c_int32),
        ("wake_at", c_int64),
    ]


# ---- tally.h ----


class Counts(Structure):
    _fields_ = [
        ("scenario_id", Str),
        ("shown", c_uint64),
        ("clicked", c_uint64),
        ("ordered", c_uint64),
    ]


class ReportOptions(Structure):
    _fields_ = [
        ("size", c_uint32),
        ("form", c_int32),
        ("locale", c_int32),
        ("byte_order_mark", c_int32),
        ("scenario_id", Str),
    ]


class Tally(Structure):
    pass


# ---- pointers that this package makes ----

# Made once each. POINTER() would give other types for the same structs, which the prototypes
# below do not take, once ctypes was imported in another interpreter of the process: that
# empties a cache of all of them (mod_wsgi runs several interpreters).
BatchPointer = POINTER(Batch)
CatalogPointer = POINTER(Catalog)
DecisionPointer = POINTER(Decision)
DisclosureInputPointer = POINTER(DisclosureInput)
ErrorPointer = POINTER(Error)
PageInputPointer = POINTER(PageInput)
PlanPointer = POINTER(Plan)
ProblemsPointer = POINTER(Problems)
ProgressPointer = POINTER(Progress)
RunnerPointer = POINTER(Runner)
TallyPointer = POINTER(Tally)
TextPointer = POINTER(Text)


def declare(lib: CDLL) -> None:
    """States the prototype of every function.

    A text that C hands out with a NUL behind it is a c_char_p, which ctypes copies at once.
    """

    # ---- version.h ----

    # const char *upsell_version(void);
    lib.upsell_version.argtypes = []
    lib.upsell_version.restype = c_char_p

    # int32_t upsell_abi_version(void);
    lib.upsell_abi_version.argtypes = []
    lib.upsell_abi_version.restype = c_int32

    # ---- status.h ----

    # const char *upsell_status_name(upsell_status status);
    lib.upsell_status_name.argtypes = [c_int32]
    lib.upsell_status_name.restype = c_char_p

    # const char *upsell_status_message(upsell_status status);
    lib.upsell_status_message.argtypes = [c_int32]
    lib.upsell_status_message.restype = c_char_p

    # upsell_status upsell_error_to_json(const upsell_error *error, uint64_t line, char
    #     *buffer, size_t size, size_t *needed);
    lib.upsell_error_to_json.argtypes = [
        POINTER(Error),
        c_uint64,
        POINTER(c_char),
        c_size_t,
        POINTER(c_size_t),
    ]
    lib.upsell_error_to_json.restype = c_int32

    # size_t upsell_problems_count(const upsell_problems *problems);
    lib.upsell_problems_count.argtypes = [POINTER(Problems)]
    lib.upsell_problems_count.restype = c_size_t

    # upsell_status upsell_problems_get(const upsell_problems *problems, size_t index,
    #     upsell_error *error);
    lib.upsell_problems_get.argtypes = [POINTER(Problems), c_size_t, POINTER(Error)]
    lib.upsell_problems_get.restype = c_int32

    # void upsell_problems_free(upsell_problems *problems);
    lib.upsell_problems_free.argtypes = [POINTER(Problems)]
    lib.upsell_problems_free.restype = None

    # ---- text.h ----

    # const char *upsell_text_data(const upsell_text *text, size_t *len);
    lib.upsell_text_data.argtypes = [POINTER(Text), POINTER(c_size_t)]
    lib.upsell_text_data.restype = c_char_p

    # void upsell_text_free(upsell_text *text);
    lib.upsell_text_free.argtypes = [POINTER(Text)]
    lib.upsell_text_free.restype = None

    # ---- money.h ----

    # upsell_status upsell_currency_find(upsell_str code, upsell_currency *currency);
    lib.upsell_currency_find.argtypes = [Str, POINTER(Currency)]
    lib.upsell_currency_find.restype = c_int32

    # upsell_status upsell_currency_at(size_t index, upsell_currency *currency);
    lib.upsell_currency_at.argtypes = [c_size_t, POINTER(Currency)]
    lib.upsell_currency_at.restype = c_int32

    # upsell_status upsell_money_parse(upsell_str text, const upsell_currency *currency,
    #     int64_t *amount);
    lib.upsell_money_parse.argtypes = [Str, POINTER(Currency), POINTER(c_int64)]
    lib.upsell_money_parse.restype = c_int32

    # upsell_status upsell_money_format(int64_t amount, const upsell_currency *currency,
    #     char *buffer, size_t size, size_t *needed);
    lib.upsell_money_format.argtypes = [
        c_int64,
        POINTER(Currency),
        POINTER(c_char),
        c_size_t,
        POINTER(c_size_t),
    ]
    lib.upsell_money_format.restype = c_int32

    # upsell_status upsell_money_display(int64_t amount, const upsell_currency *currency,
    #     int32_t style, char *buffer, size_t size, size_t *needed);
    lib.upsell_money_display.argtypes = [
        c_int64,
        POINTER(Currency),
        c_int32,
        POINTER(c_char),
        c_size_t,
        POINTER(c_size_t),
    ]
    lib.upsell_money_display.restype = c_int32

    # upsell_status upsell_percentage_parse(upsell_str text, int64_t *percentage);
    lib.upsell_percentage_parse.argtypes = [Str, POINTER(c_int64)]
    lib.upsell_percentage_parse.restype = c_int32

    # upsell_status upsell_percentage_price(int64_t base, int64_t percentage, int32_t
    #     quantity, const upsell_rounding *policy, upsell_amounts *price);
    lib.upsell_percentage_price.argtypes = [
        c_int64,
        c_int64,
        c_int32,
        POINTER(Rounding),
        POINTER(Amounts),
    ]
    lib.upsell_percentage_price.restype = c_int32

    # void upsell_rounding_defaults(upsell_rounding_pair *policies);
    lib.upsell_rounding_defaults.argtypes = [POINTER(RoundingPair)]
    lib.upsell_rounding_defaults.restype = None

    # ---- catalog.h ----

    # upsell_status upsell_catalog_new(const upsell_catalog_input *input, upsell_catalog
    #     **catalog, upsell_error *error);
    lib.upsell_catalog_new.argtypes = [
        POINTER(CatalogInput),
        POINTER(POINTER(Catalog)),
        POINTER(Error),
    ]
    lib.upsell_catalog_new.restype = c_int32

    # upsell_status upsell_catalog_new_from_json(const char *text, size_t len,
    #     upsell_catalog **catalog, upsell_error *error);
    lib.upsell_catalog_new_from_json.argtypes = [
        c_char_p,
        c_size_t,
        POINTER(POINTER(Catalog)),
        POINTER(Error),
    ]
    lib.upsell_catalog_new_from_json.restype = c_int32

    # upsell_status upsell_catalog_check(const upsell_catalog_input *input,
    #     upsell_problems **problems);
    lib.upsell_catalog_check.argtypes = [POINTER(CatalogInput), POINTER(POINTER(Problems))]
    lib.upsell_catalog_check.restype = c_int32

    # upsell_status upsell_catalog_check_json(const char *text, size_t len,
    #     upsell_problems **problems);
    lib.upsell_catalog_check_json.argtypes = [c_char_p, c_size_t, POINTER(POINTER(Problems))]
    lib.upsell_catalog_check_json.restype = c_int32

    # upsell_status upsell_catalog_describe(const upsell_catalog *catalog,
    #     upsell_catalog_info *info);
    lib.upsell_catalog_describe.argtypes = [POINTER(Catalog), POINTER(CatalogInfo)]
    lib.upsell_catalog_describe.restype = c_int32

    # upsell_status upsell_catalog_scenario(const upsell_catalog *catalog, size_t index,
    #     upsell_scenario_info *info);
    lib.upsell_catalog_scenario.argtypes = [POINTER(Catalog), c_size_t, POINTER(ScenarioInfo)]
    lib.upsell_catalog_scenario.restype = c_int32

    # upsell_status upsell_catalog_warnings(const upsell_catalog *catalog, upsell_problems
    #     **warnings);
    lib.upsell_catalog_warnings.argtypes = [POINTER(Catalog), POINTER(POINTER(Problems))]
    lib.upsell_catalog_warnings.restype = c_int32

    # void upsell_catalog_free(upsell_catalog *catalog);
    lib.upsell_catalog_free.argtypes = [POINTER(Catalog)]
    lib.upsell_catalog_free.restype = None

    # ---- pricing.h ----

    # upsell_status upsell_pattern_of(int32_t trigger_kind, int32_t offer_kind, int32_t
    #     *pattern);
    lib.upsell_pattern_of.argtypes = [c_int32, c_int32, POINTER(c_int32)]
    lib.upsell_pattern_of.restype = c_int32

    # const char *upsell_pattern_name(int32_t pattern);
    lib.upsell_pattern_name.argtypes = [c_int32]
    lib.upsell_pattern_name.restype = c_char_p

    # upsell_status upsell_cycle_same(const upsell_cycle *a, const upsell_cycle *b,
    #     int32_t *same);
    lib.upsell_cycle_same.argtypes = [POINTER(Cycle), POINTER(Cycle), POINTER(c_int32)]
    lib.upsell_cycle_same.restype = c_int32

    # upsell_status upsell_plan_price(int64_t list_unit, const upsell_plan_price_entry
    #     *pricing, size_t count, int32_t cycle, const upsell_rounding *checkout, int64_t
    #     *unit);
    lib.upsell_plan_price.argtypes = [
        c_int64,
        POINTER(PlanPriceEntry),
        c_size_t,
        c_int32,
        POINTER(Rounding),
        POINTER(c_int64),
    ]
    lib.upsell_plan_price.restype = c_int32

    # upsell_status upsell_first_price(int32_t pattern, int64_t list_unit, const
    #     upsell_plan_price_entry *pricing, size_t count, const upsell_discount *discount,
    #     int32_t quantity, const upsell_rounding_pair *policies, upsell_price *price);
    lib.upsell_first_price.argtypes = [
        c_int32,
        c_int64,
        POINTER(PlanPriceEntry),
        c_size_t,
        POINTER(Discount),
        c_int32,
        POINTER(RoundingPair),
        POINTER(Price),
    ]
    lib.upsell_first_price.restype = c_int32

    # upsell_status upsell_priority_resolve(const int32_t *priorities, size_t count,
    #     size_t *winner);
    lib.upsell_priority_resolve.argtypes = [POINTER(c_int32), c_size_t, POINTER(c_size_t)]
    lib.upsell_priority_resolve.restype = c_int32

    # ---- decision.h ----

    # upsell_status upsell_decision_new(upsell_decision **decision);
    lib.upsell_decision_new.argtypes = [POINTER(POINTER(Decision))]
    lib.upsell_decision_new.restype = c_int32

    # void upsell_decision_free(upsell_decision *decision);
    lib.upsell_decision_free.argtypes = [POINTER(Decision)]
    lib.upsell_decision_free.restype = None

    # upsell_status upsell_decide(const upsell_catalog *catalog, const upsell_order
    #     *order, uint32_t flags, upsell_decision *decision, upsell_error *error);
    lib.upsell_decide.argtypes = [
        POINTER(Catalog),
        POINTER(Order),
        c_uint32,
        POINTER(Decision),
        POINTER(Error),
    ]
    lib.upsell_decide.restype = c_int32

    # upsell_status upsell_decide_json(const upsell_catalog *catalog, const char *text,
    #     size_t len, uint32_t flags, upsell_decision *decision, upsell_error *error);
    lib.upsell_decide_json.argtypes = [
        POINTER(Catalog),
        c_char_p,
        c_size_t,
        c_uint32,
        POINTER(Decision),
        POINTER(Error),
    ]
    lib.upsell_decide_json.restype = c_int32

    # upsell_status upsell_preview(const upsell_catalog *catalog, size_t index,
    #     upsell_decision *decision, upsell_error *error);
    lib.upsell_preview.argtypes = [
        POINTER(Catalog),
        c_size_t,
        POINTER(Decision),
        POINTER(Error),
    ]
    lib.upsell_preview.restype = c_int32

    # const upsell_decision_view *upsell_decision_get(const upsell_decision *decision);
    lib.upsell_decision_get.argtypes = [POINTER(Decision)]
    lib.upsell_decision_get.restype = POINTER(DecisionView)

    # upsell_status upsell_decision_to_json(upsell_decision *decision, const char **text,
    #     size_t *len);
    lib.upsell_decision_to_json.argtypes = [
        POINTER(Decision),
        POINTER(c_void_p),
        POINTER(c_size_t),
    ]
    lib.upsell_decision_to_json.restype = c_int32

    # const char *upsell_reason_name(int32_t reason);
    lib.upsell_reason_name.argtypes = [c_int32]
    lib.upsell_reason_name.restype = c_char_p

    # ---- page.h ----

    # upsell_status upsell_page_make(const upsell_decision *decision, const
    #     upsell_page_request *request, upsell_text **page, upsell_error *error);
    lib.upsell_page_make.argtypes = [
        POINTER(Decision),
        POINTER(PageRequest),
        POINTER(POINTER(Text)),
        POINTER(Error),
    ]
    lib.upsell_page_make.restype = c_int32

    # ---- batch.h ----

    # upsell_status upsell_batch_new(upsell_batch **batch);
    lib.upsell_batch_new.argtypes = [POINTER(POINTER(Batch))]
    lib.upsell_batch_new.restype = c_int32

    # void upsell_batch_free(upsell_batch *batch);
    lib.upsell_batch_free.argtypes = [POINTER(Batch)]
    lib.upsell_batch_free.restype = None

    # upsell_status upsell_batch_decide(upsell_batch *batch, const upsell_catalog
    #     *catalog, int32_t form, const char *orders, size_t len, uint32_t flags,
    #     upsell_error *error);
    lib.upsell_batch_decide.argtypes = [
        POINTER(Batch),
        POINTER(Catalog),
        c_int32,
        c_char_p,
        c_size_t,
        c_uint32,
        POINTER(Error),
    ]
    lib.upsell_batch_decide.restype = c_int32

    # const upsell_batch_view *upsell_batch_get(const upsell_batch *batch);
    lib.upsell_batch_get.argtypes = [POINTER(Batch)]
    lib.upsell_batch_get.restype = POINTER(BatchView)

    # upsell_decision *upsell_batch_decision(upsell_batch *batch);
    lib.upsell_batch_decision.argtypes = [POINTER(Batch)]
    lib.upsell_batch_decision.restype = POINTER(Decision)

    # ---- plan.h ----

    # upsell_status upsell_plan_make(const upsell_catalog *catalog, const upsell_order
    #     *order, const upsell_acceptance *acceptance, const upsell_plan_options *options,
    #     upsell_plan **plan, upsell_error *error);
    lib.upsell_plan_make.argtypes = [
        POINTER(Catalog),
        POINTER(Order),
        POINTER(Acceptance),
        POINTER(PlanOptions),
        POINTER(POINTER(Plan)),
        POINTER(Error),
    ]
    lib.upsell_plan_make.restype = c_int32

    # upsell_status upsell_plan_make_json(const upsell_catalog *catalog, const char
    #     *order, size_t order_len, const char *acceptance, size_t acceptance_len, const
    #     upsell_plan_options *options, upsell_plan **plan, upsell_error *error);
    lib.upsell_plan_make_json.argtypes = [
        POINTER(Catalog),
        c_char_p,
        c_size_t,
        c_char_p,
        c_size_t,
        POINTER(PlanOptions),
        POINTER(POINTER(Plan)),
        POINTER(Error),
    ]
    lib.upsell_plan_make_json.restype = c_int32

    # const char *upsell_plan_json(const upsell_plan *plan, size_t *len);
    lib.upsell_plan_json.argtypes = [POINTER(Plan), POINTER(c_size_t)]
    lib.upsell_plan_json.restype = c_char_p

    # const upsell_plan_view *upsell_plan_get(const upsell_plan *plan);
    lib.upsell_plan_get.argtypes = [POINTER(Plan)]
    lib.upsell_plan_get.restype = POINTER(PlanView)

    # void upsell_plan_free(upsell_plan *plan);
    lib.upsell_plan_free.argtypes = [POINTER(Plan)]
    lib.upsell_plan_free.restype = None

    # const char *upsell_api_version_name(int32_t api_version);
    lib.upsell_api_version_name.argtypes = [c_int32]
    lib.upsell_api_version_name.restype = c_char_p

    # ---- runner.h ----

    # upsell_status upsell_runner_new(const char *plan, size_t len, upsell_runner
    #     **runner, upsell_error *error);
    lib.upsell_runner_new.argtypes = [
        c_char_p,
        c_size_t,
        POINTER(POINTER(Runner)),
        POINTER(Error),
    ]
    lib.upsell_runner_new.restype = c_int32

    # void upsell_runner_free(upsell_runner *runner);
    lib.upsell_runner_free.argtypes = [POINTER(Runner)]
    lib.upsell_runner_free.restype = None

    # upsell_status upsell_progress_new(upsell_progress **progress);
    lib.upsell_progress_new.argtypes = [POINTER(POINTER(Progress))]
    lib.upsell_progress_new.restype = c_int32

    # void upsell_progress_free(upsell_progress *progress);
    lib.upsell_progress_free.argtypes = [POINTER(Progress)]
    lib.upsell_progress_free.restype = None

    # upsell_status upsell_runner_step(const upsell_runner *runner, const char *journal,
    #     size_t journal_len, const upsell_event *event, upsell_progress *progress,
    #     upsell_error *error);
    lib.upsell_runner_step.argtypes = [
        POINTER(Runner),
        c_char_p,
        c_size_t,
        POINTER(Event),
        POINTER(Progress),
        POINTER(Error),
    ]
    lib.upsell_runner_step.restype = c_int32

    # upsell_status upsell_runner_step_json(const upsell_runner *runner, const char
    #     *journal, size_t journal_len, const char *event, size_t event_len,
    #     upsell_progress *progress, upsell_error *error);
    lib.upsell_runner_step_json.argtypes = [
        POINTER(Runner),
        c_char_p,
        c_size_t,
        c_char_p,
        c_size_t,
        POINTER(Progress),
        POINTER(Error),
    ]
    lib.upsell_runner_step_json.restype = c_int32

    # const upsell_progress_view *upsell_progress_get(const upsell_progress *progress);
    lib.upsell_progress_get.argtypes = [POINTER(Progress)]
    lib.upsell_progress_get.restype = POINTER(ProgressView)

    # const char *upsell_state_name(int32_t state);
    lib.upsell_state_name.argtypes = [c_int32]
    lib.upsell_state_name.restype = c_char_p

    # const char *upsell_state_message(int32_t state);
    lib.upsell_state_message.argtypes = [c_int32]
    lib.upsell_state_message.restype = c_char_p

    # ---- session.h ----

    # upsell_status upsell_session_open(upsell_str id, upsell_str scenario_id, int32_t
    #     timer_seconds, int64_t now, upsell_session *session, upsell_error *error);
    lib.upsell_session_open.argtypes = [
        Str,
        Str,
        c_int32,
        c_int64,
        POINTER(Session),
        POINTER(Error),
    ]
    lib.upsell_session_open.restype = c_int32

    # upsell_status upsell_session_step(upsell_session *session, int32_t event, int64_t
    #     now, upsell_session_outcome *outcome, upsell_error *error);
    lib.upsell_session_step.argtypes = [
        POINTER(Session),
        c_int32,
        c_int64,
        POINTER(SessionOutcome),
        POINTER(Error),
    ]
    lib.upsell_session_step.restype = c_int32

    # upsell_status upsell_session_to_json(const upsell_session *session, char *buffer,
    #     size_t size, size_t *needed);
    lib.upsell_session_to_json.argtypes = [
        POINTER(Session),
        POINTER(c_char),
        c_size_t,
        POINTER(c_size_t),
    ]
    lib.upsell_session_to_json.restype = c_int32

    # upsell_status upsell_session_from_json(const char *text, size_t len, upsell_session
    #     *session, upsell_error *error);
    lib.upsell_session_from_json.argtypes = [
        c_char_p,
        c_size_t,
        POINTER(Session),
        POINTER(Error),
    ]
    lib.upsell_session_from_json.restype = c_int32

    # const char *upsell_session_state_name(int32_t state);
    lib.upsell_session_state_name.argtypes = [c_int32]
    lib.upsell_session_state_name.restype = c_char_p

    # ---- tally.h ----

    # upsell_status upsell_tally_new(upsell_tally **tally);
    lib.upsell_tally_new.argtypes = [POINTER(POINTER(Tally))]
    lib.upsell_tally_new.restype = c_int32

    # void upsell_tally_free(upsell_tally *tally);
    lib.upsell_tally_free.argtypes = [POINTER(Tally)]
    lib.upsell_tally_free.restype = None

    # upsell_status upsell_tally_add(upsell_tally *tally, upsell_str session_id, upsell_str
    #     scenario_id, int32_t count, upsell_error *error);
    lib.upsell_tally_add.argtypes = [POINTER(Tally), Str, Str, c_int32, POINTER(Error)]
    lib.upsell_tally_add.restype = c_int32

    # upsell_status upsell_tally_add_json(upsell_tally *tally, const char *text, size_t len,
    #     upsell_error *error);
    lib.upsell_tally_add_json.argtypes = [POINTER(Tally), c_char_p, c_size_t, POINTER(Error)]
    lib.upsell_tally_add_json.restype = c_int32

    # upsell_status upsell_tally_merge(upsell_tally *tally, const upsell_tally *other);
    lib.upsell_tally_merge.argtypes = [POINTER(Tally), POINTER(Tally)]
    lib.upsell_tally_merge.restype = c_int32

    # size_t upsell_tally_size(const upsell_tally *tally);
    lib.upsell_tally_size.argtypes = [POINTER(Tally)]
    lib.upsell_tally_size.restype = c_size_t

    # upsell_status upsell_tally_get(const upsell_tally *tally, size_t index, upsell_counts
    #     *counts);
    lib.upsell_tally_get.argtypes = [POINTER(Tally), c_size_t, POINTER(Counts)]
    lib.upsell_tally_get.restype = c_int32

    # upsell_status upsell_tally_report(const upsell_tally *tally, const upsell_catalog
    #     *catalog, const upsell_report_options *options, upsell_text **report, upsell_error
    #     *error);
    lib.upsell_tally_report.argtypes = [
        POINTER(Tally),
        POINTER(Catalog),
        POINTER(ReportOptions),
        POINTER(POINTER(Text)),
        POINTER(Error),
    ]
    lib.upsell_tally_report.restype = c_int32

    # ---- shopify.h ----

    # upsell_status upsell_order_from_input_data(const char *input, size_t len, int32_t
    #     ids, upsell_text **order, upsell_error *error);
    lib.upsell_order_from_input_data.argtypes = [
        c_char_p,
        c_size_t,
        c_int32,
        POINTER(POINTER(Text)),
        POINTER(Error),
    ]
    lib.upsell_order_from_input_data.restype = c_int32

    # upsell_status upsell_order_from_shopify_order(const char *answer, size_t len,
    #     int32_t ids, upsell_text **order, upsell_error *error);
    lib.upsell_order_from_shopify_order.argtypes = [
        c_char_p,
        c_size_t,
        c_int32,
        POINTER(POINTER(Text)),
        POINTER(Error),
    ]
    lib.upsell_order_from_shopify_order.restype = c_int32

    # const char *upsell_shopify_order_query(void);
    lib.upsell_shopify_order_query.argtypes = []
    lib.upsell_shopify_order_query.restype = c_char_p


path, lib, released = _load.load(declare)
"""What the loader was given, and the library: `lib` keeps the interpreter's lock during a
call, `released` lets other threads run."""
