/* SPDX-License-Identifier: MIT */
/* The document "upsell.order/1" from a struct (ADA-1). */
#ifndef UPSELL_SHOPIFY_ORDER_TEXT_H
#define UPSELL_SHOPIFY_ORDER_TEXT_H

#include <upsell/order.h>
#include <upsell/shopify.h>

#include "base/buffer.h"

/* Appends an order that is valid; all its keys are written, in their fixed order. */
void upsell__order_write(upsell__buffer *out, const upsell_order *order, int32_t decimals);

/* Makes a text of what was written, which is then the text's own; NULL, and the
 * buffer freed, when memory ran out, now or before. */
upsell_text *upsell__text_new(upsell__buffer *buffer);

#endif
