/* SPDX-License-Identifier: MIT */
#include <upsell/catalog.h>

upsell_status upsell_catalog_warnings(const upsell_catalog *catalog, upsell_problems **warnings)
{
  (void)catalog;
  (void)warnings;
  return UPSELL_INVALID_ARGUMENT;
}
