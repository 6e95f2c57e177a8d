/* SPDX-License-Identifier: MIT */
#include <upsell/tally.h>

upsell_status upsell_tally_new(upsell_tally **tally)
{
  (void)tally;
  return UPSELL_INVALID_ARGUMENT;
}

void upsell_tally_free(upsell_tally *tally)
{
  (void)tally;
}

upsell_status upsell_tally_add(upsell_tally *tally, upsell_str session_id, upsell_str scenario_id,
                               int32_t count, upsell_error *error)
{
  (void)tally;
  (void)session_id;
  (void)scenario_id;
  (void)count;
  (void)error;
  return UPSELL_INVALID_ARGUMENT;
}

upsell_status upsell_tally_merge(upsell_tally *tally, const upsell_tally *other)
{
  (void)tally;
  (void)other;
  return UPSELL_INVALID_ARGUMENT;
}

size_t upsell_tally_size(const upsell_tally *tally)
{
  (void)tally;
  return 0;
}

upsell_status upsell_tally_get(const upsell_tally *tally, size_t index, upsell_counts *counts)
{
  (void)tally;
  (void)index;
  (void)counts;
  return UPSELL_INVALID_ARGUMENT;
}
