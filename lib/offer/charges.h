/* SPDX-License-Identifier: MIT */
/*
 * What one target of an offer costs, charge by charge (PAG-7, PAG-8).
 *
 * No sum here overflows: a line is at most 9999 * 10^11 < 10^15 minor units (VAL-2, VAL-5),
 * and a sum of at most 999 charges (CAT-18), or of the 366 that a year can have, is below
 * 10^18. Sums over targets are made of first charges only (PRC-12).
 */
#ifndef UPSELL_OFFER_CHARGES_H
#define UPSELL_OFFER_CHARGES_H

#include "decide/price.h"

typedef struct upsell__charges {
  const upsell__plan *plan; /* NULL: charged once */
  upsell_price price;       /* `recurring` is borrowed */
  int32_t least;            /* charges that the buyer agrees to; 0: none are said */
  int32_t most;             /* charges in all; 0: until the buyer cancels */
} upsell__charges;

/* What an offer costs with a plan, or NULL for none. `segments` has room for one more than
 * the plan has prices, and is the caller's. */
void upsell__charges_make(const upsell_catalog *catalog, const upsell__scenario *scenario,
                          const upsell__plan *plan, int32_t quantity,
                          upsell_price_segment *segments, upsell__charges *charges);

/* The last cycle of a price, 0 being the first charge's and n that of segment n - 1;
 * 0 where it has no end. */
int32_t upsell__charges_last_cycle(const upsell__charges *charges, size_t price);

/* What charge `cycle` costs, from 1 on and within `most`. */
int64_t upsell__charges_line(const upsell__charges *charges, int32_t cycle);

/* What the first `count` charges cost together, from 1 to `most` of them. */
int64_t upsell__charges_sum(const upsell__charges *charges, int32_t count);

#endif
