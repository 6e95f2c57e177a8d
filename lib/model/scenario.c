/* SPDX-License-Identifier: MIT */
#include <upsell/catalog.h>

upsell_status upsell_catalog_scenario(const upsell_catalog *catalog, size_t index,
                                      upsell_scenario_info *info)
{
  (void)catalog;
  (void)index;
  (void)info;
  return UPSELL_INVALID_ARGUMENT;
}
