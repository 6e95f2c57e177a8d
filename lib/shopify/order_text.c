/* SPDX-License-Identifier: MIT */
#include "shopify/order_text.h"

#include "money/currency.h"
#include "money/written.h"
#include "json/writer.h"

/* A key with what stands before it, from a literal. */
#define KEY(out, before, key) UPSELL__APPEND(out, before "\"" key "\":")

static void write_money_or_null(upsell__buffer *out, int64_t amount, int32_t has_amount,
                                int32_t decimals)
{
  if (has_amount)
    upsell__write_money(out, amount, decimals);
  else
    UPSELL__APPEND(out, "null");
}

static void write_line(upsell__buffer *out, const upsell_order_line *line, int32_t decimals)
{
  KEY(out, "{", "id");
  upsell__write_string(out, line->id);
  KEY(out, ",", "product_id");
  upsell__write_string(out, line->product_id);
  KEY(out, ",", "variant_id");
  upsell__write_string_or_null(out, line->variant_id);
  KEY(out, ",", "quantity");
  upsell__buffer_append_int(out, line->quantity);
  KEY(out, ",", "unit_price");
  write_money_or_null(out, line->unit_price, line->has_unit_price, decimals);
  KEY(out, ",", "discounted_total");
  write_money_or_null(out, line->discounted_total, line->has_discounted_total, decimals);
  KEY(out, ",", "selling_plan_id");
  upsell__write_string_or_null(out, line->selling_plan_id);
  KEY(out, ",", "contract_id");
  upsell__write_string_or_null(out, line->contract_id);
  upsell__buffer_append_char(out, '}');
}

void upsell__order_write(upsell__buffer *out, const upsell_order *order, int32_t decimals)
{
  size_t i;

  KEY(out, "{", "format");
  UPSELL__APPEND(out, "\"upsell.order/1\"");
  KEY(out, ",", "id");
  upsell__write_string(out, order->id);
  KEY(out, ",", "currency");
  upsell__write_string(out, upsell__currency_text(order->currency));
  KEY(out, ",", "has_shipping_address");
  upsell__write_bool(out, order->has_shipping_address != UPSELL_NO);
  KEY(out, ",", "lines");
  for (i = 0; i < order->line_count; i++) {
    upsell__buffer_append_char(out, i ? ',' : '[');
    write_line(out, &order->lines[i], decimals);
  }
  UPSELL__APPEND(out, "]}");
}
