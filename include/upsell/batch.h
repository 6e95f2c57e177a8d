/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Batches: many orders in one call, and orders as one block of text.
 *
 * For bindings, which pay for every field and every call, and for replays over a year
 * of orders. A program in C that has its orders in structs loses nothing by calling
 * upsell_decide() for each.
 */
#ifndef UPSELL_BATCH_H
#define UPSELL_BATCH_H

#include <upsell/decision.h>

UPSELL_BEGIN_DECLS

/** The longest line of a stream of orders, without its line end (CLI-4). */
#define UPSELL_LINE_MAX_BYTES 16777216

/**
 * How the orders of a batch are written (BAT-1 ... BAT-3).
 *
 * A packed order is a run of texts in UTF-8, each followed by a NUL. First four of the
 * order: the number of its lines, its id, its currency, and whether it has a shipping
 * address ("1", "0", or empty for the default). Then eight of each line: its id,
 * product_id, variant_id, selling_plan_id, contract_id, quantity, unit_price and
 * discounted_total. What may be absent is when its text is empty. Numbers are 1 to 19
 * decimal digits without a sign; amounts are minor units.
 *
 * @since 0.1.0
 */
enum upsell_orders_form {
  UPSELL_ORDERS_PACKED = 1, /**< packed orders, one behind the other */
  UPSELL_ORDERS_JSON = 2,   /**< one "upsell.order/1" document */
  UPSELL_ORDERS_LINES = 3   /**< a stream of such documents, one in each line */
};

/**
 * What came of one order of a batch (BAT-4). What a scenario says to every buyer is
 * named by its place in the catalogue; what belongs to the order stands in the batch's
 * text, from `text_at` on, `text_len` bytes, each text followed by a NUL:
 *
 * - the order's id;
 * - for each target: the id of its selling plan, and of its contract, both empty when
 *   absent; the number of its lines in decimal digits; the id of each line;
 * - for each candidate that lost: its scenario's id, its place in the catalogue and
 *   the number of the reason, both in decimal digits.
 *
 * Frozen: never grows.
 *
 * @since 0.1.0
 */
typedef struct upsell_result {
  upsell_status status;      /**< UPSELL_OK, or why it was not decided: all else but `line`,
                                  `order_at` and `order_len` is zero then */
  int32_t outcome;           /**< enum upsell_outcome */
  int32_t reason;            /**< enum upsell_reason without an offer, else 0 */
  uint32_t scenario_index;   /**< the winner's place in the catalogue, from 0 */
  int32_t quantity_max;      /**< the most the buyer may take; 0 without an offer */
  uint32_t target_count;     /**< what the offer joins; 0 without an offer */
  uint32_t considered_count; /**< candidates that lost; 0 unless asked for */
  uint32_t line;             /**< UPSELL_ORDERS_LINES: number of its line, from 1; else 0 */
  int64_t total_checkout;    /**< what the checkout's rounding would give, minor units */
  int64_t total_offer_page;  /**< charged now: sum of the targets' lines, minor units */
  uint64_t text_at;          /**< where its texts begin in the batch's text */
  uint64_t text_len;         /**< their length in bytes */
  uint64_t order_at;         /**< where the order begins in the text that was decided */
  uint64_t order_len;        /**< its length in bytes, without the "\n" of a line */
} upsell_result;

/** The results of a batch. Owned by the upsell_batch it was read from, and valid until
 *  that decides again or is freed. `size` is the library's. @since 0.1.0 */
typedef struct upsell_batch_view {
  uint32_t size;                /**< bytes that the library filled */
  uint32_t reserved;            /**< zero */
  const upsell_result *results; /**< one for each order, in the order they came */
  size_t result_count;          /**< number of them */
  const char *text;             /**< texts that the results refer to */
  size_t text_len;              /**< their length in bytes */
} upsell_batch_view;

/** A place for the results of many orders. Reuse it: once it has grown to the size of
 *  the batches it sees, deciding allocates nothing. @since 0.1.0 */
typedef struct upsell_batch upsell_batch;

/**
 * Makes an empty batch.
 *
 * @param batch receives it; the caller frees it with upsell_batch_free()
 * @return UPSELL_OK, UPSELL_NO_MEMORY or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_batch_new(upsell_batch **batch);

/**
 * Frees a batch.
 *
 * @param batch a batch, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_batch_free(upsell_batch *batch);

/**
 * Decides for each order of a text (BAT-1 ... BAT-5). An order that breaks a rule does
 * not stop the others: its result has the status, and the call returns the status of
 * the first such order, with details that point into that order. Packed orders that are cut
 * off are another matter: the offset of the details is the place in the whole text then.
 *
 * Lines are told apart as `upsell decide` does (CLI-4): one that holds only white space
 * has no result but is counted, and one of more than 16 MiB is an error of its own.
 *
 * @param batch   receives the results; emptied first
 * @param catalog a catalogue; must outlive the last decision's contents
 * @param form    enum upsell_orders_form
 * @param orders  the text; borrowed for the call, need not be terminated; may be NULL
 *                when `len` is 0
 * @param len     its length in bytes
 * @param flags   0 or UPSELL_DECIDE_EXPLAIN
 * @param error   receives details of the first order that was not decided; may be NULL
 * @return
 * | status                  | when                                                    |
 * |-------------------------|---------------------------------------------------------|
 * | UPSELL_OK               | every order was decided                                 |
 * | UPSELL_NO_MEMORY        | memory ran out; there are no results                    |
 * | UPSELL_INVALID_ARGUMENT | NULL, or an unknown form or flag; there are no results  |
 * | UPSELL_INVALID_ARGUMENT | packed orders that are cut off or have no number where  |
 * |                         | one must be; there are no results                       |
 * | another code            | the first order that was not decided breaks a rule      |
 * |                         | (ORD-1 ... ORD-5, DOC-1 ... DOC-8)                      |
 * @par Thread-safety any thread, one batch per thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_batch_decide(upsell_batch *batch, const upsell_catalog *catalog,
                                             int32_t form, const char *orders, size_t len,
                                             uint32_t flags, upsell_error *error);

/**
 * The results of the last call.
 *
 * @param batch a batch
 * @return a view, owned by the batch and at the same address for all its life; NULL only
 *         for NULL
 * @par Thread-safety as the batch
 * @since 0.1.0
 */
UPSELL_API const upsell_batch_view *upsell_batch_get(const upsell_batch *batch);

/**
 * The decision of the order that was decided last, in full: of the only one, after a
 * text of one order.
 *
 * @param batch a batch
 * @return a decision object, owned by the batch and never to be freed by the caller; it is
 *         empty when that order was not decided; NULL only for NULL
 * @par Thread-safety as the batch
 * @since 0.1.0
 */
UPSELL_API upsell_decision *upsell_batch_decision(upsell_batch *batch);

UPSELL_END_DECLS

#endif
