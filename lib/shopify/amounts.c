/* SPDX-License-Identifier: MIT */
#include "shopify/amounts.h"

#include "money/decimal.h"

void upsell__write_money(upsell__buffer *buffer, int64_t amount, int32_t decimals)
{
  char text[UPSELL__MONEY_TEXT_MAX];
  size_t len = upsell__money_write(amount, decimals, text);

  upsell__buffer_append_char(buffer, '"');
  upsell__buffer_append(buffer, text, len);
  upsell__buffer_append_char(buffer, '"');
}

void upsell__write_plain_money(upsell__buffer *buffer, int64_t amount, int32_t decimals)
{
  char text[UPSELL__MONEY_TEXT_MAX];
  size_t len = upsell__money_write(amount, decimals, text);

  while (decimals > 0 && text[len - 1] == '0')
    len--;
  if (decimals > 0 && text[len - 1] == '.')
    len--;
  upsell__buffer_append(buffer, text, len);
}

void upsell__write_percentage(upsell__buffer *buffer, int64_t millionths)
{
  /* A percent is ten thousand millionths, so that it reads like money of 4 decimals. */
  upsell__write_plain_money(buffer, millionths, 4);
}
