/* SPDX-License-Identifier: MIT */
/* Prices of an offer, now and in later cycles (PRC-1 ... PRC-10). */
#ifndef UPSELL_DECIDE_PRICE_H
#define UPSELL_DECIDE_PRICE_H

#include <upsell/pricing.h>

#include "model/catalog.h"

/* The prices of a plan; no plan is all zeros. */
typedef struct upsell__pricing {
  const upsell_plan_price_entry *entries;
  size_t count;
  int32_t max_cycles; /* 0: no end */
} upsell__pricing;

static inline upsell__pricing upsell__pricing_of(const upsell__plan *plan)
{
  upsell__pricing pricing = {plan->pricing, plan->pricing_count, plan->max_cycles};

  return pricing;
}

/* What a price is made of, checked and complete. */
typedef struct upsell__price_terms {
  const upsell__pricing *plan; /* NULL for one-time offers */
  const upsell_discount *discount;
  const upsell_rounding_pair *policies;
  int64_t list_unit;
  int32_t pattern;
  int32_t quantity;
} upsell__price_terms;

/* What a scenario's offer costs is made of; `plan` is NULL for one-time offers. */
static inline upsell__price_terms upsell__terms_of(const upsell_catalog *catalog,
                                                   const upsell__scenario *scenario,
                                                   const upsell__pricing *plan, int32_t quantity)
{
  upsell__price_terms terms = {plan,
                               &scenario->discount,
                               &catalog->rounding,
                               catalog->variants[scenario->variant].price,
                               scenario->pattern,
                               quantity};

  return terms;
}

/* The plan price of a cycle; entries in any order (PRC-1). */
int64_t upsell__plan_price(int64_t list_unit, const upsell__pricing *plan, int32_t cycle,
                           const upsell_rounding *checkout);

/* The first price on both surfaces, without recurring prices (PRC-3 ... PRC-10). */
void upsell__first_price(const upsell__price_terms *terms, upsell_price *price);

/* The prices from cycle 2 on, into `segments` with room for one more than the
 * plan has prices, which ascend by cycle; returns how many (PRC-2): none where the
 * plan ends after its first cycle. */
size_t upsell__recurring(const upsell__price_terms *terms, upsell_price_segment *segments);

#endif
