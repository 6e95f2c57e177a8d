/* SPDX-License-Identifier: MIT */
/* The document "upsell.order/1" from a struct (ADA-1). */
#ifndef UPSELL_SHOPIFY_ORDER_TEXT_H
#define UPSELL_SHOPIFY_ORDER_TEXT_H

#include <upsell/order.h>

#include "base/buffer.h"

/* Appends an order that is valid; all its keys are written, in their fixed order. */
void upsell__order_write(upsell__buffer *out, const upsell_order *order, int32_t decimals);

#endif
