/* SPDX-License-Identifier: MIT */
#include "pack.h"

#include <inttypes.h>
#include <stdio.h>

typedef struct packing {
  char *out;
  size_t size;
  size_t len;
} packing;

/* A text and its NUL; what does not fit is only counted. */
static void put(packing *p, upsell_str text)
{
  size_t end = p->len + text.len + 1;

  if (end <= p->size) {
    if (text.len)
      memcpy(p->out + p->len, text.data, text.len);
    p->out[end - 1] = '\0';
  }
  p->len = end;
}

static void put_number(packing *p, int64_t number)
{
  char digits[24];

  snprintf(digits, sizeof(digits), "%" PRId64, number);
  put(p, upsell_str_of(digits));
}

static void put_amount(packing *p, int64_t amount, int32_t has_amount)
{
  if (has_amount)
    put_number(p, amount);
  else
    put(p, upsell_str_of(""));
}

static void put_line(packing *p, const upsell_order_line *line)
{
  put(p, line->id);
  put(p, line->product_id);
  put(p, line->variant_id);
  put(p, line->selling_plan_id);
  put(p, line->contract_id);
  put_number(p, line->quantity);
  put_amount(p, line->unit_price, line->has_unit_price);
  put_amount(p, line->discounted_total, line->has_discounted_total);
}

size_t pack_order(const upsell_order *order, char *out, size_t size)
{
  static const char *const choices[] = {"", "1", "0"};
  upsell_str currency = {order->currency, 0};
  packing p = {out, size, 0};
  size_t i;

  while (currency.len < sizeof(order->currency) && order->currency[currency.len])
    currency.len++;
  put_number(&p, (int64_t)order->line_count);
  put(&p, order->id);
  put(&p, currency);
  put(&p, upsell_str_of(choices[order->has_shipping_address]));
  for (i = 0; i < order->line_count; i++)
    put_line(&p, &order->lines[i]);
  return p.len;
}
