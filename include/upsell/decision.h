/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Deciding: from a catalogue and an order to one exactly priced offer.
 */
#ifndef UPSELL_DECISION_H
#define UPSELL_DECISION_H

#include <upsell/order.h>
#include <upsell/pricing.h>

UPSELL_BEGIN_DECLS

/** How a decision came out (OUT-1, OUT-2). @since 0.1.0 */
enum upsell_outcome {
  UPSELL_OUTCOME_NONE = 0,     /**< nothing decided yet, or the last call failed */
  UPSELL_OUTCOME_OFFER = 1,    /**< there is an offer */
  UPSELL_OUTCOME_NO_OFFER = 2  /**< there is none; `reason` says why */
};

/**
 * All reasons: X(SYMBOL, number, "name"). Numbers and names are never changed.
 * 1 to 5 refuse the whole order (DEC-1, DEC-16), 10 to 18 one scenario (DEC-4).
 */
#define UPSELL_REASON_LIST(X)                             \
  X(STORE_PLAN, 1, "store_plan")                          \
  X(STORE_POST_PURCHASE_APP, 2, "store_post_purchase_app") \
  X(CURRENCY_MISMATCH, 3, "currency_mismatch")            \
  X(NO_CANDIDATE, 4, "no_candidate")                      \
  X(ALL_REJECTED, 5, "all_rejected")                      \
  X(PATTERN_NOT_ENABLED, 10, "pattern_not_enabled")       \
  X(OTHER_ITEMS, 11, "other_items")                       \
  X(OFFER_NOT_SHIPPABLE, 12, "offer_not_shippable")       \
  X(OFFER_SUBSCRIPTION_ONLY, 13, "offer_subscription_only") \
  X(ORDER_HAS_SUBSCRIPTION, 14, "order_has_subscription") \
  X(NO_SHIPPING_ADDRESS, 15, "no_shipping_address")       \
  X(NO_MATCHING_CYCLE, 16, "no_matching_cycle")           \
  X(OFFER_OUT_OF_STOCK, 17, "offer_out_of_stock")         \
  X(LOWER_PRIORITY, 18, "lower_priority")

#define UPSELL_REASON_ENUMERATOR(symbol, number, name) UPSELL_REASON_##symbol = number,
/** The reasons as constants: UPSELL_REASON_STORE_PLAN, ... @since 0.1.0 */
enum upsell_reason { UPSELL_REASON_LIST(UPSELL_REASON_ENUMERATOR) };
#undef UPSELL_REASON_ENUMERATOR

/** Flags of upsell_decide() and upsell_decide_json(). @since 0.1.0 */
enum upsell_decide_flag {
  UPSELL_DECIDE_EXPLAIN = 1 /**< list every candidate that lost (DEC-15) */
};

/** One contract or order that the item joins (TGT-2 ... TGT-5). Frozen. @since 0.1.0 */
typedef struct upsell_target {
  const upsell_str *line_ids; /**< the trigger lines, in order */
  size_t line_count;          /**< number of them, at least 1 */
  upsell_str contract_id;     /**< absent where not known or not needed */
  upsell_str selling_plan_id; /**< absent for one-time offers */
  upsell_price price;         /**< for the initial quantity */
} upsell_target;

/** A plan that the buyer may choose (TGT-5). Frozen. @since 0.1.0 */
typedef struct upsell_plan_choice {
  upsell_str selling_plan_id; /**< the plan */
  upsell_price price;         /**< the price with it, for the initial quantity */
} upsell_plan_choice;

/** A candidate that did not win (DEC-15). Frozen. @since 0.1.0 */
typedef struct upsell_considered {
  upsell_str scenario_id;  /**< the scenario */
  uint32_t scenario_index; /**< its place in the catalogue, from 0 */
  int32_t reason;          /**< enum upsell_reason, 10 or more */
} upsell_considered;

/** What the offer page shows (OUT-4). Defaults are filled in. Frozen. @since 0.1.0 */
typedef struct upsell_page {
  upsell_str title;              /**< may be empty */
  upsell_str timer_text;         /**< may be empty */
  upsell_str description;        /**< absent: the product's own */
  upsell_str buy_button;         /**< label */
  upsell_str close_label;        /**< label */
  int32_t timer_visible;         /**< 1 or 0 */
  int32_t timer_seconds;         /**< 0 when the timer is not visible */
  int32_t description_visible;   /**< 1 or 0 */
  int32_t close_visible;         /**< 1 or 0 */
  int32_t expires_after_seconds; /**< when the page closes by itself */
  int32_t reserved;              /**< zero */
} upsell_page;

/**
 * A decision as data. Owned by the upsell_decision it was read from and valid
 * until that decides again or is freed, or the catalogue is freed. `size` is
 * the library's: a field beyond it does not exist in the loaded library.
 *
 * @since 0.1.0
 */
typedef struct upsell_decision_view {
  uint32_t size;          /**< bytes that the library filled */
  int32_t outcome;        /**< enum upsell_outcome */
  int32_t reason;         /**< enum upsell_reason without an offer, else 0 */
  int32_t pattern;        /**< enum upsell_pattern of the offer, else 0 */
  upsell_currency currency; /**< of all amounts */
  upsell_str order_id;    /**< the order's id */
  upsell_str scenario_id; /**< absent without an offer, as all that follows */
  int32_t priority;       /**< the winner's priority */
  uint32_t scenario_index; /**< the winner's place in the catalogue, from 0 */
  upsell_str scenario_name; /**< for the merchant; may be empty */
  upsell_str product_id;  /**< what is offered */
  upsell_str product_title; /**< for people; may be empty */
  upsell_str variant_id;  /**< what is offered */
  upsell_str variant_title; /**< for people; may be empty */
  upsell_quantity quantity; /**< complete; max is limited by stock (DEC-13) */
  const upsell_str *cancel_line_ids; /**< lines the offer replaces (TGT-5) */
  size_t cancel_line_count;          /**< number of them */
  const upsell_target *targets;      /**< what the offer joins */
  size_t target_count;               /**< at least 1 with an offer */
  const upsell_plan_choice *choices; /**< plans to choose from */
  size_t choice_count;               /**< 0 where there is no choice */
  int64_t total_checkout;            /**< what the checkout's rounding would give, minor units */
  int64_t total_offer_page;          /**< charged now: sum of the targets' lines, minor units */
  int32_t differs;                   /**< 1 when the two totals differ (PRC-11) */
  int32_t reserved;                  /**< zero */
  const upsell_page *page;           /**< NULL without an offer */
  const upsell_considered *considered; /**< the losers, in catalogue order */
  size_t considered_count;             /**< 0 unless asked for */
  size_t reserved_size;                /**< zero; leaves no padding anywhere */
} upsell_decision_view;

/**
 * A place for a decision: results, scratch memory and text. Reuse it: once it
 * has grown to the size of the orders it sees, deciding allocates nothing. It
 * keeps that memory until it is freed.
 *
 * @since 0.1.0
 */
typedef struct upsell_decision upsell_decision;

/**
 * Makes an empty decision object.
 *
 * @param decision receives it; the caller frees it with upsell_decision_free()
 * @return UPSELL_OK, UPSELL_NO_MEMORY or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_decision_new(upsell_decision **decision);

/**
 * Frees a decision object.
 *
 * @param decision a decision object, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_decision_free(upsell_decision *decision);

/**
 * Decides for an order in structs (DEC-1 ... DEC-16).
 *
 * On error the decision is emptied (UPSELL_OUTCOME_NONE), so that the offer of
 * an earlier order can never be taken for this one's.
 *
 * @param catalog  a catalogue; must outlive the decision's contents
 * @param order    the order; borrowed for the call, what is needed is copied; its
 *                 texts must not be those that `decision` itself handed out
 * @param flags    0 or UPSELL_DECIDE_EXPLAIN
 * @param decision receives the result
 * @param error    receives details; may be NULL
 * @return
 * | status                  | when                                            |
 * |-------------------------|-------------------------------------------------|
 * | UPSELL_OK               | decided; look at the outcome                    |
 * | UPSELL_NO_MEMORY        | memory ran out                                  |
 * | UPSELL_INVALID_ARGUMENT | NULL, a wrong `size`, an unknown flag           |
 * | another code            | the order breaks a rule (ORD-1 ... ORD-4)       |
 * @par Thread-safety any thread, one decision object per thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_decide(const upsell_catalog *catalog, const upsell_order *order,
                                       uint32_t flags, upsell_decision *decision,
                                       upsell_error *error);

/**
 * Decides for the text of one "upsell.order/1" document.
 *
 * @param catalog  a catalogue; must outlive the decision's contents
 * @param text     JSON text; borrowed for the call, need not be terminated
 * @param len      its length in bytes
 * @param flags    0 or UPSELL_DECIDE_EXPLAIN
 * @param decision receives the result; emptied on error
 * @param error    receives details; may be NULL
 * @return as upsell_decide(), and the JSON_ codes for text that is not strict
 *         JSON (DOC-1 ... DOC-8)
 * @par Thread-safety any thread, one decision object per thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_decide_json(const upsell_catalog *catalog, const char *text,
                                            size_t len, uint32_t flags, upsell_decision *decision,
                                            upsell_error *error);

/**
 * What a scenario would show (DEC-17): decides for a made-up order that sets it off, as
 * if there were no other scenario and the store were ready. Drafts are shown too.
 *
 * @param catalog  a catalogue; must outlive the decision's contents
 * @param index    the scenario's place in the catalogue, from 0
 * @param decision receives the result, for an order "preview" whose lines are
 *                 "preview-1" ...; no offer where the scenario could never make one,
 *                 with its reason in `considered`; emptied on error
 * @param error    receives details; may be NULL
 * @return UPSELL_OK, UPSELL_OUT_OF_RANGE for an index that is not there,
 *         UPSELL_NO_MEMORY or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread, one decision object per thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_preview(const upsell_catalog *catalog, size_t index,
                                        upsell_decision *decision, upsell_error *error);

/**
 * The decision as data (OUT-1, OUT-2).
 *
 * @param decision a decision object
 * @return a view, owned by the decision object; NULL only for NULL
 * @par Thread-safety as the decision object
 * @since 0.1.0
 */
UPSELL_API const upsell_decision_view *upsell_decision_get(const upsell_decision *decision);

/**
 * The decision as the text of an "upsell.decision/1" document, without a line
 * end. The same input gives the same bytes everywhere (OUT-1).
 *
 * @param decision a decision object that holds a decision
 * @param text     receives the text; owned by the decision object and valid
 *                 until it is used again; NUL-terminated
 * @param len      receives its length in bytes, without the NUL
 * @return UPSELL_OK, UPSELL_NO_MEMORY, or UPSELL_INVALID_ARGUMENT when a
 *         pointer is NULL or nothing was decided
 * @par Thread-safety as the decision object
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_decision_to_json(upsell_decision *decision, const char **text,
                                                 size_t *len);

/**
 * The name of a reason in documents: "no_matching_cycle".
 *
 * @param reason enum upsell_reason
 * @return static text; NULL for a value that is no reason
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_reason_name(int32_t reason);

UPSELL_END_DECLS

#endif
