/* SPDX-License-Identifier: MIT */
/* An order from any bytes as an answer of Shopify's Admin GraphQL. */
#include "targets.h"

#include "adapted.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  require_adapted(upsell_order_from_shopify_order, data, size);
  return 0;
}
