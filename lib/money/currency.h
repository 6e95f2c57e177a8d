/* SPDX-License-Identifier: MIT */
/* Currencies and their decimals (VAL-6). */
#ifndef UPSELL_MONEY_CURRENCY_H
#define UPSELL_MONEY_CURRENCY_H

#include <upsell/money.h>

/* The currency with this code, or NULL. */
const upsell_currency *upsell__currency_find(upsell_str code);

/* The text in a struct's `char currency[4]`, up to its NUL. */
static inline upsell_str upsell__currency_text(const char code[4])
{
  upsell_str text = {code, 0};

  while (text.len < 4 && code[text.len])
    text.len++;
  return text;
}

#endif
