/* SPDX-License-Identifier: MIT */
/* The forms of a report, and what they share. */
#ifndef UPSELL_CODEC_REPORT_H
#define UPSELL_CODEC_REPORT_H

#include "base/buffer.h"
#include "offer/rate.h"
#include "offer/rows.h"

enum { UPSELL__RATES = 3 };

/* The rates of some counts, in the order of CNT-5: of clicks, of orders among clicks, of
 * orders; `known` says which there are. */
typedef struct upsell__rates {
  upsell__rate of[UPSELL__RATES];
  int known[UPSELL__RATES];
} upsell__rates;

upsell__rates upsell__rates_of(const upsell_counts *counts);

/* Writes a percentage with its two decimals. */
void upsell__write_percent(upsell__buffer *out, const upsell__rate *rate);

/* An "upsell.report/1" document (CNT-5). */
void upsell__report_write_json(upsell__buffer *out, const upsell__rows *rows);

/* RFC 4180 (CNT-6, CNT-7). */
void upsell__report_write_csv(upsell__buffer *out, const upsell__rows *rows, int32_t locale,
                              int byte_order_mark);

#endif
