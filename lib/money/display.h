/* SPDX-License-Identifier: MIT */
/* Amounts for people (PAG-4). */
#ifndef UPSELL_MONEY_DISPLAY_H
#define UPSELL_MONEY_DISPLAY_H

#include <upsell/money.h>

/* Room for any amount: 19 digits, 6 commas and a sign of 3 bytes, or a code, a space
 * and what upsell__money_write() writes. */
enum { UPSELL__DISPLAY_MAX = 32 };

static inline int upsell__money_style_exists(int32_t style)
{
  return style >= UPSELL_MONEY_ISO && style <= UPSELL_MONEY_YEN_WORD;
}

/* Writes an amount of at least 0 of a known currency; returns the length. No NUL is added. */
size_t upsell__money_display(int64_t amount, const upsell_currency *currency, int32_t style,
                             char out[UPSELL__DISPLAY_MAX]);

#endif
