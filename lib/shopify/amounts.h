/* SPDX-License-Identifier: MIT */
/* Amounts as Shopify's documents have them: strings in the Admin API, plain numbers in
 * changesets, neither with zeros that do not count in the numbers. */
#ifndef UPSELL_SHOPIFY_AMOUNTS_H
#define UPSELL_SHOPIFY_AMOUNTS_H

#include "base/buffer.h"

/* "900" or "9.00", in quotes. */
void upsell__write_money(upsell__buffer *buffer, int64_t amount, int32_t decimals);

/* 900 or 9.5, a JSON number. */
void upsell__write_plain_money(upsell__buffer *buffer, int64_t amount, int32_t decimals);

/* 12.5, a JSON number, from millionths. */
void upsell__write_percentage(upsell__buffer *buffer, int64_t millionths);

#endif
