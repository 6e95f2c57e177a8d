/* SPDX-License-Identifier: MIT */
/* Packed orders: a run of texts, each followed by a NUL (BAT-2). */
#ifndef UPSELL_CODEC_PACKED_ORDER_H
#define UPSELL_CODEC_PACKED_ORDER_H

#include <upsell/order.h>

#include "base/arena.h"
#include "base/report.h"

/* What is left to read of a text of packed orders. */
typedef struct upsell__packed {
  const char *text;
  size_t len;
  size_t at; /* where the next order begins */
} upsell__packed;

/*
 * Reads the next order without checking it; its texts are borrowed, its lines come
 * from the arena. A text that is cut off, or has no number where one must be, is
 * reported as an invalid argument: nothing behind that place can be understood.
 * Returns the sink's status.
 */
upsell_status upsell__packed_read(upsell__packed *packed, upsell__arena *arena, upsell_order *order,
                                  upsell__sink *sink);

#endif
