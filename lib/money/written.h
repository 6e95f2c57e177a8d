/* SPDX-License-Identifier: MIT */
/* Amounts and percentages as JSON: strings with exactly the currency's decimals (OUT-3),
 * and plain numbers without zeros that do not count. */
#ifndef UPSELL_MONEY_WRITTEN_H
#define UPSELL_MONEY_WRITTEN_H

#include "base/buffer.h"

/* "900" or "9.00", in quotes. */
void upsell__write_money(upsell__buffer *buffer, int64_t amount, int32_t decimals);

/* 900 or 9.5, a JSON number. */
void upsell__write_plain_money(upsell__buffer *buffer, int64_t amount, int32_t decimals);

/* 12.5, a JSON number, from millionths. */
void upsell__write_percentage(upsell__buffer *buffer, int64_t millionths);

#endif
