/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Accepting: from an accepted offer to a plan that any host can carry out.
 */
#ifndef UPSELL_PLAN_H
#define UPSELL_PLAN_H

#include <upsell/decision.h>

UPSELL_BEGIN_DECLS

/** Versions of Shopify's Admin API: X(SYMBOL, number, "name"). @since 0.1.0 */
#define UPSELL_API_VERSION_LIST(X) \
  X(2025_10, 1, "2025-10")         \
  X(2026_01, 2, "2026-01")         \
  X(2026_04, 3, "2026-04")         \
  X(2026_07, 4, "2026-07")         \
  X(2026_10, 5, "2026-10")

#define UPSELL_API_VERSION_ENUMERATOR(symbol, number, name) UPSELL_API_##symbol = number,
/** The versions as constants; 0 means UPSELL_API_2026_07 (PLN-3). @since 0.1.0 */
enum upsell_api_version { UPSELL_API_VERSION_LIST(UPSELL_API_VERSION_ENUMERATOR) };
#undef UPSELL_API_VERSION_ENUMERATOR

/** How a line is added to a contract (PLN-3); 0 means draft. @since 0.1.0 */
enum upsell_dialect {
  UPSELL_DIALECT_DRAFT = 1,      /**< a draft of the contract is changed and committed */
  UPSELL_DIALECT_CALCULATION = 2 /**< a whole new list is calculated; from 2026-10 on */
};

/** What the buyer accepted (PLN-2). Set `size`; all zeros otherwise are defaults.
 *  @since 0.1.0 */
typedef struct upsell_acceptance {
  uint32_t size;              /**< sizeof(upsell_acceptance) */
  int32_t quantity;           /**< 1 ... the offer's maximum; required */
  upsell_str scenario_id;     /**< the scenario that was offered; required */
  upsell_str selling_plan_id; /**< one of the choices; absent: the target's own */
  int64_t total;              /**< total shown to the buyer, minor units, with `has_total` */
  int32_t has_total;          /**< 1: the total is compared; 0: it is not */
  int32_t reserved;           /**< zero */
} upsell_acceptance;

/** How a plan is worded (PLN-3). Set `size`; all zeros otherwise are defaults.
 *  @since 0.1.0 */
typedef struct upsell_plan_options {
  uint32_t size;           /**< sizeof(upsell_plan_options) */
  int32_t api_version;     /**< enum upsell_api_version */
  int32_t dialect;         /**< enum upsell_dialect */
  int32_t reserved;        /**< zero */
  upsell_str shop;         /**< the shop's domain, 1 to 255 bytes; may be absent */
  upsell_str reference_id; /**< the purchase's reference (checkout token): 1 to 255 of
                                A-Z a-z 0-9 . _ -; required unless the order's id is a
                                gid://shopify/Order/ */
  const upsell_str *granted_scopes; /**< scopes the app was granted; NULL: not compared */
  size_t granted_scope_count;       /**< number of them; 0 with NULL */
} upsell_plan_options;

/** A plan: an immutable document of steps. @since 0.1.0 */
typedef struct upsell_plan upsell_plan;

/**
 * Makes the plan that carries out an accepted offer (PLN-1 ... PLN-15). The
 * decision is made again from the same inputs: nothing is taken from the browser
 * but what the acceptance says, and that is compared.
 *
 * Errors point into one document of all inputs: `/acceptance/quantity`,
 * `/order/lines/0/variant_id`, `/catalog/scenarios/3/...`, `/options/granted_scopes`.
 *
 * @param catalog    a catalogue; not needed any more after the call
 * @param order      the order; borrowed for the call
 * @param acceptance what the buyer accepted; borrowed for the call
 * @param options    how to word it; NULL: all defaults
 * @param plan       receives the plan; the caller frees it with upsell_plan_free()
 * @param error      receives details; may be NULL
 * @return
 * | status                      | when                                                  |
 * |-----------------------------|-------------------------------------------------------|
 * | UPSELL_OK                   | `*plan` is made                                       |
 * | UPSELL_OFFER_CHANGED        | this scenario is not the one that wins (PLN-2)        |
 * | UPSELL_QUANTITY_OUT_OF_RANGE | the offer does not allow this quantity               |
 * | UPSELL_PLAN_NOT_OFFERED     | the selling plan is not among the choices             |
 * | UPSELL_PRICE_CHANGED        | the total is another one now                          |
 * | UPSELL_ID_NOT_SHOPIFY       | an id that Shopify must know is neither a number nor the right GID |
 * | UPSELL_LINE_NOT_IDENTIFIABLE | two lines of the order could not be told apart       |
 * | UPSELL_MISSING_SCOPE        | the app was not granted all scopes                    |
 * | UPSELL_CURRENCY_MISMATCH    | the order is in another currency than the catalogue   |
 * | UPSELL_BAD_COUNT            | it would join more contracts than a plan can hold     |
 * | UPSELL_MISSING_KEY          | a required field is absent                            |
 * | UPSELL_NO_MEMORY            | memory ran out                                        |
 * | UPSELL_INVALID_ARGUMENT     | NULL, a wrong `size`, or scopes that are counted and not there |
 * | another code                | an input breaks a rule (ORD-1 ... ORD-5, PLN-2, PLN-3) |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_plan_make(const upsell_catalog *catalog, const upsell_order *order,
                                          const upsell_acceptance *acceptance,
                                          const upsell_plan_options *options, upsell_plan **plan,
                                          upsell_error *error);

/**
 * Makes a plan from the texts of an "upsell.order/1" document and an acceptance:
 * `{"scenario_id":...,"quantity":...,"selling_plan_id":null,"total":"800"}` (PLN-2).
 *
 * @param catalog        a catalogue; not needed any more after the call
 * @param order          JSON text of the order; borrowed for the call
 * @param order_len      its length in bytes
 * @param acceptance     JSON text of the acceptance; borrowed for the call
 * @param acceptance_len its length in bytes
 * @param options        how to word it; NULL: all defaults
 * @param plan           receives the plan; the caller frees it with upsell_plan_free()
 * @param error          receives details; may be NULL; pointers as upsell_plan_make()
 * @return as upsell_plan_make(), and the JSON_ codes for text that is not strict
 *         JSON (DOC-1 ... DOC-8)
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_plan_make_json(const upsell_catalog *catalog, const char *order,
                                               size_t order_len, const char *acceptance,
                                               size_t acceptance_len,
                                               const upsell_plan_options *options,
                                               upsell_plan **plan, upsell_error *error);

/**
 * The plan as the text of an "upsell.plan/1" document, without a line end. The
 * same inputs give the same bytes everywhere (PLN-4).
 *
 * @param plan a plan
 * @param len  receives its length in bytes, without the NUL; may be NULL
 * @return the text, NUL-terminated, owned by the plan; NULL only for NULL
 * @par Thread-safety any thread; a plan never changes
 * @since 0.1.0
 */
UPSELL_API const char *upsell_plan_json(const upsell_plan *plan, size_t *len);

/** What a plan does, as data. Owned by the upsell_plan it was read from. `size` is the
 *  library's: a field beyond it does not exist in the loaded library. @since 0.1.0 */
typedef struct upsell_plan_view {
  uint32_t size;            /**< bytes that the library filled */
  int32_t pattern;          /**< enum upsell_pattern */
  int32_t api_version;      /**< enum upsell_api_version */
  int32_t dialect;          /**< enum upsell_dialect */
  upsell_currency currency; /**< of the amount */
  int64_t charge_now;       /**< what the buyer pays now, minor units */
  upsell_str plan_id;       /**< digest of all it depends on, a UUID (PLN-4) */
  upsell_str charge_key;    /**< the changeset's key, a UUID (PLN-4) */
  upsell_str scenario_id;   /**< the accepted scenario */
  const upsell_str *scopes; /**< all scopes that its steps need, sorted */
  size_t scope_count;       /**< number of them */
} upsell_plan_view;

/**
 * The plan as data.
 *
 * @param plan a plan
 * @return a view, owned by the plan; NULL only for NULL
 * @par Thread-safety any thread; a plan never changes
 * @since 0.1.0
 */
UPSELL_API const upsell_plan_view *upsell_plan_get(const upsell_plan *plan);

/**
 * Frees a plan.
 *
 * @param plan a plan, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_plan_free(upsell_plan *plan);

/**
 * The name of an API version: "2026-07".
 *
 * @param api_version enum upsell_api_version
 * @return static text; NULL for a value that is no version
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_api_version_name(int32_t api_version);

UPSELL_END_DECLS

#endif
