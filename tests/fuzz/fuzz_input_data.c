/* SPDX-License-Identifier: MIT */
/* An order from any bytes as Shopify's InputData. */
#include "targets.h"

#include "adapted.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  require_adapted(upsell_order_from_input_data, data, size);
  return 0;
}
