/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The catalogue: a store's selling plans, products and scenarios, validated
 * once and immutable from then on.
 *
 * A catalogue comes from JSON text or from the input structs below. Input
 * structs begin with `size` (set it to the struct's sizeof; every element of an
 * array has the same one) and a zero field means the default of the
 * specification. Fields that are not listed with a default are required.
 *
 * Problems with structs are told in the words of the documents: the pointer
 * "/scenarios/0/offer/quantity/default" means scenarios[0].quantity.initial.
 */
#ifndef UPSELL_CATALOG_H
#define UPSELL_CATALOG_H

#include <upsell/money.h>

UPSELL_BEGIN_DECLS

/** How a line is bought or offered. @since 0.1.0 */
enum upsell_kind {
  UPSELL_KIND_SUBSCRIPTION = 1, /**< billed again in every cycle */
  UPSELL_KIND_ONE_TIME = 2      /**< billed once */
};

/** The merchant's plan of the app (CAT-2). @since 0.1.0 */
enum upsell_store_plan {
  UPSELL_STORE_FREE = 1,     /**< no post-purchase offers */
  UPSELL_STORE_STANDARD = 2, /**< no post-purchase offers; the default */
  UPSELL_STORE_ENTERPRISE = 3 /**< post-purchase offers are included */
};

/** A unit of time in a cycle (CAT-4). @since 0.1.0 */
enum upsell_interval_unit {
  UPSELL_INTERVAL_DAY = 1,   /**< day */
  UPSELL_INTERVAL_WEEK = 2,  /**< 7 days */
  UPSELL_INTERVAL_MONTH = 3, /**< calendar month */
  UPSELL_INTERVAL_YEAR = 4   /**< 12 months */
};

/** How a price or a discount changes an amount (CAT-5, CAT-11). @since 0.1.0 */
enum upsell_adjustment {
  UPSELL_ADJUST_NONE = 1,         /**< no discount (offers only) */
  UPSELL_ADJUST_PERCENTAGE = 2,   /**< a share off, millionths */
  UPSELL_ADJUST_FIXED_AMOUNT = 3, /**< an amount off per unit, minor units */
  UPSELL_ADJUST_PRICE = 4         /**< the new unit price, minor units (plans only) */
};

/** Whether a scenario is live (CAT-8). @since 0.1.0 */
enum upsell_scenario_status {
  UPSELL_SCENARIO_PUBLISHED = 1, /**< takes part in deciding */
  UPSELL_SCENARIO_DRAFT = 2      /**< checked, but never a candidate */
};

/** What a scenario does when other things are in the order (DEC-6). @since 0.1.0 */
enum upsell_other_items {
  UPSELL_OTHER_ITEMS_ALLOW = 1, /**< makes its offer all the same; the default */
  UPSELL_OTHER_ITEMS_DENY = 2   /**< stands back */
};

/** Every `count` units of time. Frozen: never grows. @since 0.1.0 */
typedef struct upsell_interval {
  int32_t unit;  /**< enum upsell_interval_unit */
  int32_t count; /**< 1 ... 999 */
} upsell_interval;

/** How often a plan bills and delivers. Frozen: never grows. @since 0.1.0 */
typedef struct upsell_cycle {
  upsell_interval billing;  /**< when the buyer pays */
  upsell_interval delivery; /**< when goods are sent; all zero: as billing */
} upsell_cycle;

/** One price of a plan (CAT-5, PRC-1). Frozen: never grows. @since 0.1.0 */
typedef struct upsell_plan_price_entry {
  int32_t after_cycle; /**< holds for the cycles after this one, 0 ... 999 */
  int32_t type;        /**< percentage, fixed_amount or price */
  int64_t value;       /**< millionths, or minor units per unit */
} upsell_plan_price_entry;

/** A discount of an offer (CAT-11). Frozen: never grows. @since 0.1.0 */
typedef struct upsell_discount {
  int32_t type;     /**< none (also zero), percentage or fixed_amount */
  int32_t reserved; /**< zero */
  int64_t value;    /**< millionths, or minor units per unit; zero for none */
} upsell_discount;

/** How many units an offer has (CAT-12). Frozen: never grows. @since 0.1.0 */
typedef struct upsell_quantity {
  int32_t initial;    /**< the quantity shown first, 1 ... 9999; zero: 1 */
  int32_t max;        /**< the most the buyer may take; zero: as initial */
  int32_t adjustable; /**< enum upsell_choice_value; default no */
  int32_t reserved;   /**< zero */
} upsell_quantity;

/** A selling plan (CAT-4). @since 0.1.0 */
typedef struct upsell_selling_plan_input {
  uint32_t size;         /**< sizeof(upsell_selling_plan_input) */
  int32_t min_cycles;    /**< least number of charges, 1 ... 999; zero: none (CAT-18) */
  int32_t max_cycles;    /**< most charges, the first one included; zero: no limit */
  uint32_t reserved;     /**< zero */
  upsell_str id;         /**< unique among the plans */
  upsell_str name;       /**< for people; may be empty, not absent */
  upsell_cycle cycle;    /**< how often it bills and delivers */
  const upsell_plan_price_entry *pricing; /**< prices, in any order; may be NULL */
  size_t pricing_count;                   /**< number of prices */
} upsell_selling_plan_input;

/** A variant of a product (CAT-7). @since 0.1.0 */
typedef struct upsell_variant_input {
  uint32_t size;          /**< sizeof(upsell_variant_input) */
  int32_t stock_tracked;  /**< UPSELL_YES or UPSELL_NO; required, so that a
                           *   forgotten figure never means "unlimited" */
  upsell_str id;          /**< unique among the product's variants */
  upsell_str title;       /**< for people; may be empty, not absent */
  int64_t price;          /**< list price of a unit, minor units */
  int64_t available;      /**< units in stock, 0 ... 2^53 - 1, where tracked */
} upsell_variant_input;

/** A product (CAT-6). @since 0.1.0 */
typedef struct upsell_product_input {
  uint32_t size;                 /**< sizeof(upsell_product_input) */
  int32_t requires_shipping;     /**< enum upsell_choice_value; default yes */
  int32_t requires_selling_plan; /**< enum upsell_choice_value; default no */
  int32_t reserved;              /**< zero */
  upsell_str id;                 /**< unique among the products */
  upsell_str title;              /**< for people; may be empty, not absent */
  const upsell_variant_input *variants; /**< may be NULL when there are none */
  size_t variant_count;                 /**< number of variants */
} upsell_product_input;

/** One product that sets a scenario off (CAT-9, DEC-2). @since 0.1.0 */
typedef struct upsell_trigger_input {
  uint32_t size;                /**< sizeof(upsell_trigger_input) */
  uint32_t reserved;            /**< zero */
  upsell_str product_id;        /**< may be unknown to the catalogue */
  const upsell_str *variant_ids; /**< NULL: any variant, or none */
  size_t variant_count;          /**< number of variants */
  const upsell_str *selling_plan_ids; /**< NULL: any plan; subscription only */
  size_t selling_plan_count;          /**< number of plans */
} upsell_trigger_input;

/**
 * What the merchant must tell a buyer before a subscription (CAT-19, PAG-9). An
 * absent text of a scenario is the catalogue's; an empty one counts as missing,
 * and so does one of white space alone.
 *
 * @since 0.1.0
 */
typedef struct upsell_disclosure_input {
  uint32_t size;           /**< sizeof(upsell_disclosure_input) */
  uint32_t reserved;       /**< zero */
  upsell_str price;        /**< added to the item on prices: tax, fees; optional */
  upsell_str payment;      /**< added to the timing of charges: how to pay; optional */
  upsell_str delivery;     /**< added to the timing of deliveries; optional */
  upsell_str period;       /**< added to the period of the offer; optional */
  upsell_str withdrawal;   /**< returns, and withdrawing from the purchase; mandatory */
  upsell_str cancellation; /**< how and until when to cancel; mandatory */
} upsell_disclosure_input;

/** What the offer page says (CAT-16). Absent texts mean the default. @since 0.1.0 */
typedef struct upsell_page_input {
  uint32_t size;               /**< sizeof(upsell_page_input) */
  int32_t timer_enabled;       /**< enum upsell_choice_value; default no */
  int32_t timer_seconds;       /**< 1 ... 3600, required when enabled */
  int32_t description_visible; /**< enum upsell_choice_value; default yes */
  int32_t close_visible;       /**< enum upsell_choice_value; default yes */
  int32_t reserved;            /**< zero */
  upsell_str title;            /**< default empty */
  upsell_str timer_text;       /**< before the countdown; default empty */
  upsell_str description;      /**< absent: the product's own */
  upsell_str buy_button;       /**< default 追加注文する */
  upsell_str close_label;      /**< default 閉じる */
  const upsell_disclosure_input *disclosure; /**< NULL: the catalogue's (CAT-19) */
  size_t reserved_size;        /**< zero; leaves no padding anywhere */
} upsell_page_input;

/** A configured offer (CAT-8 ... CAT-16). @since 0.1.0 */
typedef struct upsell_scenario_input {
  uint32_t size;        /**< sizeof(upsell_scenario_input) */
  int32_t status;       /**< enum upsell_scenario_status */
  int32_t priority;     /**< 0 ... 1,000,000; smaller wins */
  int32_t trigger_kind; /**< enum upsell_kind */
  int32_t other_items;  /**< enum upsell_other_items; default allow */
  int32_t offer_kind;   /**< enum upsell_kind */
  upsell_str id;        /**< unique among the scenarios */
  upsell_str name;      /**< for the merchant; may be empty, not absent */
  const upsell_trigger_input *triggers; /**< at least one */
  size_t trigger_count;                 /**< number of trigger products */
  upsell_str product_id;                /**< the offered product */
  upsell_str variant_id;                /**< the offered variant of it */
  const upsell_str *selling_plan_ids;   /**< at least one for a subscription */
  size_t selling_plan_count;            /**< number of plans */
  upsell_discount discount;             /**< default none */
  upsell_quantity quantity;             /**< default 1, not adjustable */
  const upsell_page_input *page;        /**< NULL: all defaults */
  size_t reserved;                      /**< zero; leaves no padding anywhere */
} upsell_scenario_input;

/** A whole catalogue (CAT-1 ... CAT-3). @since 0.1.0 */
typedef struct upsell_catalog_input {
  uint32_t size;                /**< sizeof(upsell_catalog_input) */
  int32_t store_plan;           /**< enum upsell_store_plan; default standard */
  int32_t post_purchase_app;    /**< enum upsell_choice_value; default no */
  int32_t one_time_to_one_time; /**< enum upsell_choice_value; default no */
  char currency[4];             /**< ISO 4217 code and NUL */
  uint32_t reserved;            /**< zero */
  upsell_rounding_pair rounding; /**< zero fields: defaults (CAT-3) */
  const upsell_selling_plan_input *selling_plans; /**< may be NULL */
  size_t selling_plan_count;                      /**< number of plans */
  const upsell_product_input *products;           /**< may be NULL */
  size_t product_count;                           /**< number of products */
  const upsell_scenario_input *scenarios;         /**< may be NULL */
  size_t scenario_count;                          /**< number of scenarios */
  const upsell_disclosure_input *disclosure; /**< for every subscription; may be NULL */
  size_t reserved_size;                      /**< zero; leaves no padding anywhere */
} upsell_catalog_input;

/** An immutable catalogue, ready for deciding. Share it between threads freely.
 *  @since 0.1.0 */
typedef struct upsell_catalog upsell_catalog;

/** What a catalogue holds. Set `size` before the call; it may be larger than the
 *  library knows. @since 0.1.0 */
typedef struct upsell_catalog_info {
  uint32_t size;            /**< sizeof(upsell_catalog_info) of the caller */
  uint32_t reserved;        /**< zero */
  upsell_currency currency; /**< the catalogue's currency */
  uint64_t selling_plans;   /**< number of selling plans */
  uint64_t products;        /**< number of products */
  uint64_t variants;        /**< number of variants of all products */
  uint64_t scenarios;       /**< number of scenarios */
  uint64_t published;       /**< number of published scenarios */
  uint64_t bytes;           /**< heap memory that the catalogue holds */
} upsell_catalog_info;

/** One scenario of a catalogue. Set `size` before the call; it may be larger than the
 *  library knows. Texts are the catalogue's. @since 0.1.0 */
typedef struct upsell_scenario_info {
  uint32_t size;            /**< sizeof(upsell_scenario_info) of the caller */
  int32_t status;           /**< enum upsell_scenario_status */
  int32_t priority;         /**< 0 ... 1,000,000; smaller wins */
  int32_t pattern;          /**< enum upsell_pattern */
  upsell_str id;            /**< its id */
  upsell_str name;          /**< for the merchant; may be empty */
  upsell_str product_id;    /**< what is offered */
  upsell_str product_title; /**< for people; may be empty */
  upsell_str variant_id;    /**< what is offered */
  upsell_str variant_title; /**< for people; may be empty */
} upsell_scenario_info;

/**
 * Builds a catalogue from structs. Everything is copied.
 *
 * @param input   the catalogue; borrowed for the call
 * @param catalog receives the new catalogue; the caller frees it with
 *                upsell_catalog_free(). Untouched on error.
 * @param error   receives the first problem; may be NULL
 * @return
 * | status                  | when                                            |
 * |-------------------------|-------------------------------------------------|
 * | UPSELL_OK               | `*catalog` is a valid catalogue                 |
 * | UPSELL_NO_MEMORY        | memory ran out                                  |
 * | UPSELL_INVALID_ARGUMENT | NULL, a wrong `size`, a reserved field not zero |
 * | any code from MISSING_KEY on | the first problem (CAT-1 ... CAT-16)       |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_catalog_new(const upsell_catalog_input *input,
                                            upsell_catalog **catalog, upsell_error *error);

/**
 * Builds a catalogue from the text of a "upsell.catalog/1" document.
 *
 * @param text    JSON text; borrowed for the call, need not be terminated
 * @param len     its length in bytes
 * @param catalog receives the new catalogue; the caller frees it with
 *                upsell_catalog_free(). Untouched on error.
 * @param error   receives the first problem; may be NULL
 * @return as upsell_catalog_new(), and the JSON_ codes for text that is not
 *         strict JSON (DOC-1 ... DOC-8)
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_catalog_new_from_json(const char *text, size_t len,
                                                      upsell_catalog **catalog,
                                                      upsell_error *error);

/**
 * Finds every problem of a catalogue in structs (CAT-17).
 *
 * @param input    the catalogue; borrowed for the call
 * @param problems receives the list, empty when the catalogue is valid; the
 *                 caller frees it with upsell_problems_free()
 * @return
 * | status                  | when                                             |
 * |-------------------------|--------------------------------------------------|
 * | UPSELL_OK               | the check was made; look at the list             |
 * | UPSELL_NO_MEMORY        | memory ran out; `*problems` is untouched         |
 * | UPSELL_INVALID_ARGUMENT | a pointer is NULL                                |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_catalog_check(const upsell_catalog_input *input,
                                              upsell_problems **problems);

/**
 * Finds every problem of a catalogue in JSON text (CAT-17). Text that is not
 * JSON at all ends the search at that place.
 *
 * @param text     JSON text; borrowed for the call
 * @param len      its length in bytes
 * @param problems receives the list, empty when the catalogue is valid; the
 *                 caller frees it with upsell_problems_free()
 * @return as upsell_catalog_check()
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_catalog_check_json(const char *text, size_t len,
                                                   upsell_problems **problems);

/**
 * What a catalogue holds, in numbers.
 *
 * @param catalog a catalogue
 * @param info    receives the numbers; `size` must be set
 * @return UPSELL_OK or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_catalog_describe(const upsell_catalog *catalog,
                                                 upsell_catalog_info *info);

/**
 * One scenario of a catalogue, drafts included.
 *
 * @param catalog a catalogue
 * @param index   its place, from 0, below the `scenarios` of upsell_catalog_describe()
 * @param info    receives what is known; `size` must be set. Its texts are borrowed from
 *                the catalogue. Untouched on error.
 * @return UPSELL_OK, UPSELL_OUT_OF_RANGE past the last one, or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_catalog_scenario(const upsell_catalog *catalog, size_t index,
                                                 upsell_scenario_info *info);

/**
 * What is allowed in a catalogue but will hurt (CAT-20): texts that the law wants and
 * that are missing (UPSELL_MISSING_TEXT), offers that cost more at first than the plan
 * does without them (UPSELL_DEARER_THAN_PLAN), and offers that join a contract which ends
 * otherwise than the buyer is told (UPSELL_NOT_APPLICABLE).
 *
 * @param catalog  a catalogue
 * @param warnings receives the list, mostly empty; the caller frees it with
 *                 upsell_problems_free(). Pointers are into the document.
 * @return UPSELL_OK, UPSELL_NO_MEMORY or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_catalog_warnings(const upsell_catalog *catalog,
                                                 upsell_problems **warnings);

/**
 * Frees a catalogue. Decisions made from it must not be read afterwards.
 *
 * @param catalog a catalogue, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_catalog_free(upsell_catalog *catalog);

UPSELL_END_DECLS

#endif
