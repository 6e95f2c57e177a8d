/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The rules of patterns, cycles, prices and priority, one by one, as pure
 * functions that need no catalogue.
 */
#ifndef UPSELL_PRICING_H
#define UPSELL_PRICING_H

#include <upsell/catalog.h>

UPSELL_BEGIN_DECLS

/** The four patterns: what was bought, what is offered. @since 0.1.0 */
enum upsell_pattern {
  UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION = 1, /**< joins the contract just bought */
  UPSELL_SUBSCRIPTION_TO_ONE_TIME = 2,     /**< joins its first order only */
  UPSELL_ONE_TIME_TO_SUBSCRIPTION = 3,     /**< replaces the lines just bought */
  UPSELL_ONE_TIME_TO_ONE_TIME = 4          /**< joins the order */
};

/** The price from a cycle on (PRC-2). Frozen: never grows. @since 0.1.0 */
typedef struct upsell_price_segment {
  int32_t from_cycle; /**< first cycle it holds for, 2 or more */
  int32_t reserved;   /**< zero */
  int64_t unit;       /**< minor units for one unit */
  int64_t line;       /**< minor units for the quantity */
} upsell_price_segment;

/** The price of an offer, now and later (PRC-2 ... PRC-7). The buyer pays now what the
 *  offer page shows. Frozen. @since 0.1.0 */
typedef struct upsell_price {
  int64_t list_unit;         /**< the variant's list price, minor units */
  int64_t plan_unit;         /**< plan price of cycle 1; 0 without a plan */
  int32_t has_plan;          /**< 1: `plan_unit` counts; 0: there is no plan */
  int32_t reserved;          /**< zero */
  upsell_amounts checkout;   /**< what the checkout's rounding would give */
  upsell_amounts offer_page; /**< shown and charged now */
  const upsell_price_segment *recurring; /**< cycles 2 and later; borrowed */
  size_t recurring_count; /**< 0 for one-time offers, and after the end of a plan (PRC-2) */
} upsell_price;

/**
 * The pattern of a trigger and an offer.
 *
 * @param trigger_kind enum upsell_kind of what was bought
 * @param offer_kind   enum upsell_kind of what is offered
 * @param pattern      receives enum upsell_pattern
 * @return UPSELL_OK, UPSELL_BAD_VALUE for a kind that does not exist, or
 *         UPSELL_INVALID_ARGUMENT when `pattern` is NULL
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_pattern_of(int32_t trigger_kind, int32_t offer_kind,
                                           int32_t *pattern);

/**
 * The name of a pattern in documents: "one_time_to_subscription".
 *
 * @param pattern enum upsell_pattern
 * @return static text; NULL for a value that is no pattern
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_pattern_name(int32_t pattern);

/**
 * Whether two plans have the same cycle: billing and delivery both equal after
 * 1 week = 7 days and 1 year = 12 months (TGT-1).
 *
 * @param a    a cycle; a delivery of all zeros means as billing
 * @param b    another cycle
 * @param same receives 1 or 0
 * @return UPSELL_OK, UPSELL_BAD_VALUE for an interval that does not exist,
 *         UPSELL_OUT_OF_RANGE for a count outside 1 ... 999, or
 *         UPSELL_INVALID_ARGUMENT when a pointer is NULL
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_cycle_same(const upsell_cycle *a, const upsell_cycle *b,
                                           int32_t *same);

/**
 * The plan price of one unit in one cycle (PRC-1).
 *
 * @param list_unit list price of a unit, minor units, 0 ... UPSELL_MONEY_MAX
 * @param pricing   the plan's prices, in any order; may be NULL with count 0
 * @param count     number of prices
 * @param cycle     1 is the order just paid
 * @param checkout  rounds percentages, basis unit; NULL or zero fields: default
 * @param unit      receives minor units
 * @return
 * | status                  | when                                               |
 * |-------------------------|----------------------------------------------------|
 * | UPSELL_OK               | `*unit` is set                                     |
 * | UPSELL_OUT_OF_RANGE     | price, value, after_cycle or cycle out of range    |
 * | UPSELL_BAD_VALUE        | a type or policy value that does not exist         |
 * | UPSELL_DUPLICATE_CYCLE  | two prices with the same after_cycle               |
 * | UPSELL_INVALID_ARGUMENT | a pointer is NULL                                  |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_plan_price(int64_t list_unit,
                                           const upsell_plan_price_entry *pricing, size_t count,
                                           int32_t cycle, const upsell_rounding *checkout,
                                           int64_t *unit);

/**
 * The first price of an offer on both surfaces (PRC-4 ... PRC-10).
 *
 * @param pattern   enum upsell_pattern
 * @param list_unit list price of a unit, minor units
 * @param pricing   prices of the plan; ignored for patterns 2 and 4
 * @param count     number of prices
 * @param discount  the offer's discount; NULL: none
 * @param quantity  1 ... UPSELL_QUANTITY_MAX
 * @param policies  rounding; NULL or zero fields: defaults
 * @param price     receives the price; its `recurring` is left empty, since
 *                  upsell_plan_price() tells the price of any later cycle
 * @return
 * | status                  | when                                               |
 * |-------------------------|----------------------------------------------------|
 * | UPSELL_OK               | `*price` is set                                    |
 * | UPSELL_OUT_OF_RANGE     | price, value, after_cycle or quantity out of range |
 * | UPSELL_BAD_VALUE        | a pattern, type or policy value that does not exist |
 * | UPSELL_DUPLICATE_CYCLE  | two prices with the same after_cycle               |
 * | UPSELL_NOT_APPLICABLE   | a discount of type none with a value               |
 * | UPSELL_INVALID_ARGUMENT | a pointer is NULL, or `reserved` is not zero       |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_first_price(int32_t pattern, int64_t list_unit,
                                            const upsell_plan_price_entry *pricing, size_t count,
                                            const upsell_discount *discount, int32_t quantity,
                                            const upsell_rounding_pair *policies,
                                            upsell_price *price);

/**
 * Which of several scenarios wins: the smallest priority; among equals the
 * first (DEC-14).
 *
 * @param priorities their priorities, in catalogue order
 * @param count      number of them, at least 1
 * @param winner     receives the index of the winner
 * @return UPSELL_OK, UPSELL_BAD_COUNT for none, UPSELL_OUT_OF_RANGE for a
 *         priority outside 0 ... 1,000,000, or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_priority_resolve(const int32_t *priorities, size_t count,
                                                 size_t *winner);

UPSELL_END_DECLS

#endif
