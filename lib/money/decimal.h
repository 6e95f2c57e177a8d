/* SPDX-License-Identifier: MIT */
/*
 * Decimal text. No currency has more than 4 decimals and a percentage has at
 * most 4, so any valid amount is a whole number of ten-thousandths. Documents
 * are read into those first; the currency, which may stand further down in the
 * text, is applied when it is known. Ten-thousandths of a percent are
 * millionths of the whole: percentages need no second step.
 */
#ifndef UPSELL_MONEY_DECIMAL_H
#define UPSELL_MONEY_DECIMAL_H

#include <upsell/money.h>

/* One unit, in ten-thousandths. */
#define UPSELL__SCALE INT64_C(10000)

/* The largest scaled amount: UPSELL_MONEY_MAX units without decimals. */
#define UPSELL__SCALED_MAX (UPSELL_MONEY_MAX * UPSELL__SCALE)

/*
 * Reads digits, optionally a point and digits (VAL-4). Gives the value in
 * ten-thousandths and how many decimals were written. Returns UPSELL_BAD_DECIMAL,
 * UPSELL_TOO_MANY_DECIMALS when a fifth or later decimal is not zero, or
 * UPSELL_OUT_OF_RANGE above UPSELL__SCALED_MAX.
 */
upsell_status upsell__decimal_parse(upsell_str text, int64_t *scaled, size_t *decimals);

/* From ten-thousandths to minor units of a currency with 0 to 4 decimals. */
upsell_status upsell__money_from_scaled(int64_t scaled, int32_t decimals, int64_t *amount);

/* Room for any amount that money_write() writes. */
enum { UPSELL__MONEY_TEXT_MAX = 24 };

/* Writes an amount of at least 0 with exactly `decimals` decimals (0 to 4);
 * returns the length. No NUL is added. */
size_t upsell__money_write(int64_t amount, int32_t decimals, char out[UPSELL__MONEY_TEXT_MAX]);

#endif
