/* SPDX-License-Identifier: MIT */
#include "model/cycle.h"

#include <upsell/pricing.h>

#include "model/limits.h"

/* A week is 7 days and a year 12 months; a month is never days. At most
 * 999 * 12 = 11,988, so that 14 bits hold the count and one the unit. */
static uint32_t interval_code(const upsell_interval *interval)
{
  uint32_t count = (uint32_t)interval->count;

  switch (interval->unit) {
  case UPSELL_INTERVAL_WEEK:
    return count * 7;
  case UPSELL_INTERVAL_MONTH:
    return count | 1u << 14;
  case UPSELL_INTERVAL_YEAR:
    return count * 12 | 1u << 14;
  default:
    return count; /* UPSELL_INTERVAL_DAY */
  }
}

uint32_t upsell__cycle_code(const upsell_cycle *cycle)
{
  const upsell_interval *delivery =
      upsell__interval_is_default(&cycle->delivery) ? &cycle->billing : &cycle->delivery;

  return interval_code(&cycle->billing) << 16 | interval_code(delivery);
}

upsell_status upsell__interval_check(const upsell_interval *interval)
{
  if (interval->unit < UPSELL_INTERVAL_DAY || interval->unit > UPSELL_INTERVAL_YEAR)
    return UPSELL_BAD_VALUE;
  if (interval->count < 1 || interval->count > UPSELL__INTERVAL_MAX)
    return UPSELL_OUT_OF_RANGE;
  return UPSELL_OK;
}

static upsell_status cycle_check(const upsell_cycle *cycle)
{
  upsell_status status = upsell__interval_check(&cycle->billing);

  if (status || upsell__interval_is_default(&cycle->delivery))
    return status;
  return upsell__interval_check(&cycle->delivery);
}

upsell_status upsell_cycle_same(const upsell_cycle *a, const upsell_cycle *b, int32_t *same)
{
  upsell_status status;

  if (!a || !b || !same)
    return UPSELL_INVALID_ARGUMENT;
  status = cycle_check(a);
  if (!status)
    status = cycle_check(b);
  if (!status)
    *same = upsell__cycle_code(a) == upsell__cycle_code(b);
  return status;
}
