/* SPDX-License-Identifier: MIT */
/* A program that knows of the library only what an installation tells. */
#include <inttypes.h>
#include <stdio.h>
#include <upsell/upsell.h>

int main(void)
{
  upsell_rounding_pair policies;
  upsell_amounts price;

  upsell_rounding_defaults(&policies);
  if (upsell_abi_version() != UPSELL_ABI_VERSION ||
      upsell_percentage_price(356, 100000, 1, &policies.offer_page, &price) != UPSELL_OK)
    return 1;
  printf("%s %" PRId64 "\n", upsell_version(), price.unit);
  return 0;
}
