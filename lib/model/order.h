/* SPDX-License-Identifier: MIT */
/* Checking an order (ORD-1 ... ORD-5). */
#ifndef UPSELL_MODEL_ORDER_H
#define UPSELL_MODEL_ORDER_H

#include <upsell/order.h>

#include "base/report.h"
#include "base/sized.h"

/* Reports the first problem of an order; `clean_text` says that all texts are
 * known to be UTF-8 without NUL. Returns the sink's status. */
upsell_status upsell__order_check(const upsell_order *order, int clean_text, upsell__sink *sink);

static inline const upsell_order_line *upsell__order_line_at(const upsell_order *order,
                                                             size_t index)
{
  return upsell__sized_item(order->lines, index);
}

#endif
