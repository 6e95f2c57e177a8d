/* SPDX-License-Identifier: MIT */
#include <upsell/decision.h>

upsell_status upsell_preview(const upsell_catalog *catalog, size_t index, upsell_decision *decision,
                             upsell_error *error)
{
  (void)catalog;
  (void)index;
  (void)decision;
  (void)error;
  return UPSELL_INVALID_ARGUMENT;
}
