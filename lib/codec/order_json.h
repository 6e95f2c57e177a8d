/* SPDX-License-Identifier: MIT */
/* The document "upsell.order/1". */
#ifndef UPSELL_CODEC_ORDER_JSON_H
#define UPSELL_CODEC_ORDER_JSON_H

#include <upsell/order.h>

#include "base/arena.h"
#include "base/report.h"

/* Reads and checks an order; its texts are borrowed from `text` and the arena. */
upsell_status upsell__order_read(const char *text, size_t len, upsell__sink *sink,
                                 upsell__arena *arena, upsell_order *order);

#endif
