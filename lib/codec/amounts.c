/* SPDX-License-Identifier: MIT */
#include "codec/amounts.h"

#include <inttypes.h>

#include "money/decimal.h"

void upsell__amount_settle(upsell__sink *sink, const upsell__path *parent, const char *key,
                           const upsell_currency *currency, int64_t *amount)
{
  upsell__path path = upsell__at_key(parent, key);
  upsell_status status;

  if (*amount < 0)
    return;
  if (!currency) {
    *amount = 0;
    return;
  }
  status = upsell__money_from_scaled(*amount, currency->decimals, amount);
  if (status == UPSELL_TOO_MANY_DECIMALS)
    upsell__report(sink, status, &path,
                   "%s has %" PRId32 " decimals and this amount has more; round it.",
                   currency->code, currency->decimals);
  else if (status)
    upsell__report(sink, status, &path,
                   "An amount from 0 to %" PRId64 " minor units of %s was expected; this is more.",
                   UPSELL_MONEY_MAX, currency->code);
  if (status)
    *amount = -1;
}
