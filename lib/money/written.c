/* SPDX-License-Identifier: MIT */
#include "money/written.h"

#include "money/decimal.h"

void upsell__write_money(upsell__buffer *buffer, int64_t amount, int32_t decimals)
{
  char *room = upsell__buffer_reserve(buffer, UPSELL__MONEY_TEXT_MAX + 2);
  size_t len;

  if (!room)
    return;
  room[0] = '"';
  len = upsell__money_write(amount, decimals, room + 1);
  room[len + 1] = '"';
  buffer->len += len + 2;
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
