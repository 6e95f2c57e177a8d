/* SPDX-License-Identifier: MIT */
#include <upsell/money.h>

upsell_status upsell_money_display(int64_t amount, const upsell_currency *currency, int32_t style,
                                   char *buffer, size_t size, size_t *needed)
{
  (void)amount;
  (void)currency;
  (void)style;
  (void)buffer;
  (void)size;
  (void)needed;
  return UPSELL_INVALID_ARGUMENT;
}
