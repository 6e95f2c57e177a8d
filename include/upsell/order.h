/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The order that was just paid, as structs.
 */
#ifndef UPSELL_ORDER_H
#define UPSELL_ORDER_H

#include <upsell/catalog.h>

UPSELL_BEGIN_DECLS

/** The most lines an order may have (VAL-5). */
#define UPSELL_ORDER_LINES_MAX 1000

/** A line of the order (ORD-2 ... ORD-5). @since 0.1.0 */
typedef struct upsell_order_line {
  uint32_t size;                /**< sizeof(upsell_order_line), the same in all lines */
  int32_t quantity;             /**< 1 ... 9999 */
  upsell_str id;                /**< unique in the order */
  upsell_str product_id;        /**< required */
  upsell_str variant_id;        /**< may be absent */
  upsell_str selling_plan_id;   /**< present: a subscription line; absent: one-time */
  upsell_str contract_id;       /**< may be absent */
  int64_t unit_price;           /**< minor units of the order's currency, where known */
  int64_t discounted_total;     /**< what was paid for the whole line after line discounts, in
                                     minor units, where known (ORD-5) */
  int32_t has_unit_price;       /**< 1: `unit_price` is known */
  int32_t has_discounted_total; /**< 1: `discounted_total` is known */
} upsell_order_line;

/** An order (ORD-1). @since 0.1.0 */
typedef struct upsell_order {
  uint32_t size;                  /**< sizeof(upsell_order) */
  int32_t has_shipping_address;   /**< enum upsell_choice_value; default yes */
  char currency[4];               /**< ISO 4217 code and NUL */
  uint32_t reserved;              /**< zero */
  upsell_str id;                  /**< the order's id */
  const upsell_order_line *lines; /**< 1 ... UPSELL_ORDER_LINES_MAX lines */
  size_t line_count;              /**< number of lines */
} upsell_order;

UPSELL_END_DECLS

#endif
