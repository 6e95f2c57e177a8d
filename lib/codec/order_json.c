/* SPDX-License-Identifier: MIT */
/* The document "upsell.order/1" (ORD-1 ... ORD-5), as tables. */
#include "codec/order_json.h"

#include "codec/amounts.h"
#include "codec/fields.h"
#include "decide/decision.h"
#include "money/currency.h"

#define REQ UPSELL__REQUIRED
#define OR_NULL UPSELL__NULLABLE
#define LINE upsell_order_line
#define ORDER upsell_order

static const upsell__field line_fields[] = {
    UPSELL__FIELD("id", UPSELL__FIELD_ID, REQ, LINE, id),
    UPSELL__FIELD("product_id", UPSELL__FIELD_ID, REQ, LINE, product_id),
    UPSELL__FIELD("variant_id", UPSELL__FIELD_ID, OR_NULL, LINE, variant_id),
    UPSELL__FIELD_WITH("quantity", UPSELL__FIELD_INTEGER, REQ, LINE, quantity, 0, 1,
                       UPSELL_QUANTITY_MAX, NULL),
    UPSELL__FIELD_WITH("unit_price", UPSELL__FIELD_AMOUNT, OR_NULL, LINE, unit_price,
                       (uint16_t)offsetof(LINE, has_unit_price), 0, 0, NULL),
    UPSELL__FIELD_WITH("discounted_total", UPSELL__FIELD_AMOUNT, OR_NULL, LINE, discounted_total,
                       (uint16_t)offsetof(LINE, has_discounted_total), 0, 0, NULL),
    UPSELL__FIELD("selling_plan_id", UPSELL__FIELD_ID, OR_NULL, LINE, selling_plan_id),
    UPSELL__FIELD("contract_id", UPSELL__FIELD_ID, OR_NULL, LINE, contract_id),
};
static const upsell__object line_object = UPSELL__OBJECT("a line", line_fields, 1, LINE, 1, NULL);

static const upsell__field order_fields[] = {
    UPSELL__FIELD_WITH("format", UPSELL__FIELD_FORMAT, REQ, ORDER, size, 0, 0, 0, "upsell.order/1"),
    UPSELL__FIELD("id", UPSELL__FIELD_ID, REQ, ORDER, id),
    UPSELL__FIELD("currency", UPSELL__FIELD_CURRENCY, REQ, ORDER, currency),
    UPSELL__FIELD("has_shipping_address", UPSELL__FIELD_CHOICE, UPSELL__OPTIONAL, ORDER,
                  has_shipping_address),
    UPSELL__FIELD_WITH("lines", UPSELL__FIELD_OBJECTS, REQ, ORDER, lines,
                       (uint16_t)offsetof(ORDER, line_count), 0, UPSELL_ORDER_LINES_MAX,
                       &line_object),
};
const upsell__object upsell__order_object =
    UPSELL__OBJECT("an order", order_fields, 1, ORDER, 1, NULL);

static void settle_amounts(upsell__sink *sink, const ORDER *order)
{
  const upsell_currency *currency = upsell__currency_find(upsell__currency_text(order->currency));
  upsell__path list = upsell__at_key(NULL, "lines");
  /* The lines were made by this file's reader, which owns them. */
  LINE *lines = (LINE *)order->lines;
  size_t i;

  for (i = 0; i < order->line_count; i++) {
    upsell__path line = upsell__at_index(&list, i);
    if (lines[i].has_unit_price)
      upsell__amount_settle(sink, &line, "unit_price", currency, &lines[i].unit_price);
    if (lines[i].has_discounted_total)
      upsell__amount_settle(sink, &line, "discounted_total", currency, &lines[i].discounted_total);
  }
}

upsell_status upsell__order_read(const char *text, size_t len, upsell__sink *sink,
                                 upsell__arena *arena, upsell_order *order)
{
  if (upsell__document_read(text, len, &upsell__order_object, order, sink, arena))
    settle_amounts(sink, order);
  return sink->status ? sink->status : upsell__order_check(order, 1, sink);
}

upsell_status upsell_decide_json(const upsell_catalog *catalog, const char *text, size_t len,
                                 uint32_t flags, upsell_decision *decision, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  ORDER order;

  if (!upsell__decide_begin(catalog, text, flags, decision, &sink))
    return sink.status;
  upsell__arena_reset(&decision->input);
  if (upsell__order_read(text, len, &sink, &decision->input, &order))
    return sink.status;
  return upsell__decide_checked(catalog, &order, flags, decision, &sink);
}
