/* SPDX-License-Identifier: MIT */
/* Billing and delivery cycles in a normal form (TGT-1). */
#ifndef UPSELL_MODEL_CYCLE_H
#define UPSELL_MODEL_CYCLE_H

#include <upsell/catalog.h>

/* Equal for equal cycles and for no others; never 0. The cycle is valid. */
uint32_t upsell__cycle_code(const upsell_cycle *cycle);

/* One bit of 64 for a cycle code: cycles with different bits differ. */
static inline uint64_t upsell__cycle_bit(uint32_t code)
{
  return UINT64_C(1) << (code * UINT32_C(2654435761) >> 26);
}

/* UPSELL_OK, UPSELL_BAD_VALUE (unit) or UPSELL_OUT_OF_RANGE (count). */
upsell_status upsell__interval_check(const upsell_interval *interval);

/* Whether a delivery interval is left to the billing interval. */
static inline int upsell__interval_is_default(const upsell_interval *interval)
{
  return interval->unit == 0 && interval->count == 0;
}

#endif
