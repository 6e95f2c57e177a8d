/* SPDX-License-Identifier: MIT */
/* The four patterns. */
#include <upsell/pricing.h>

upsell_status upsell_pattern_of(int32_t trigger_kind, int32_t offer_kind, int32_t *pattern)
{
  if (!pattern)
    return UPSELL_INVALID_ARGUMENT;
  if (trigger_kind < UPSELL_KIND_SUBSCRIPTION || trigger_kind > UPSELL_KIND_ONE_TIME ||
      offer_kind < UPSELL_KIND_SUBSCRIPTION || offer_kind > UPSELL_KIND_ONE_TIME)
    return UPSELL_BAD_VALUE;
  *pattern = (trigger_kind - 1) * 2 + offer_kind;
  return UPSELL_OK;
}

const char *upsell_pattern_name(int32_t pattern)
{
  switch (pattern) {
  case UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION:
    return "subscription_to_subscription";
  case UPSELL_SUBSCRIPTION_TO_ONE_TIME:
    return "subscription_to_one_time";
  case UPSELL_ONE_TIME_TO_SUBSCRIPTION:
    return "one_time_to_subscription";
  case UPSELL_ONE_TIME_TO_ONE_TIME:
    return "one_time_to_one_time";
  default:
    return NULL;
  }
}
