/* SPDX-License-Identifier: MIT */
/* From ten-thousandths, as documents are read, to minor units. */
#ifndef UPSELL_CODEC_AMOUNTS_H
#define UPSELL_CODEC_AMOUNTS_H

#include <upsell/money.h>

#include "base/report.h"

/*
 * Converts an amount in place and reports one that the currency cannot have; the
 * amount is then no valid one. Negative ones were reported before. Without a
 * currency (NULL) an amount cannot be judged and becomes 0.
 */
void upsell__amount_settle(upsell__sink *sink, const upsell__path *parent, const char *key,
                           const upsell_currency *currency, int64_t *amount);

#endif
