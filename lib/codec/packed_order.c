/* SPDX-License-Identifier: MIT */
#include "codec/packed_order.h"

#include "model/values.h"

enum { TEXTS_OF_LINE = 8, DIGITS_MAX = 19 };

/* A text that is missing is absent, and leaves the place where it is. */
static upsell_str take_text(upsell__packed *packed)
{
  upsell_str text = {packed->text + packed->at, 0};
  const char *end = memchr(text.data, '\0', packed->len - packed->at);

  if (!end) {
    text.data = NULL;
    return text;
  }
  text.len = (size_t)(end - text.data);
  packed->at += text.len + 1;
  return text;
}

/* An optional text: an empty one is absent. */
static upsell_str take_optional(upsell__packed *packed)
{
  upsell_str text = take_text(packed);

  if (!text.len)
    text.data = NULL;
  return text;
}

/* Reads digits into `number`; one that does not fit is as large as can be. Returns 0
 * for a text that is no number. */
static int read_number(upsell_str text, int64_t *number)
{
  uint64_t value = 0;
  size_t i;

  if (!text.data || text.len < 1 || text.len > DIGITS_MAX)
    return 0;
  for (i = 0; i < text.len; i++) {
    unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';
    if (digit > 9)
      return 0;
    value = value * 10 + digit;
  }
  *number = value > INT64_MAX ? INT64_MAX : (int64_t)value;
  return 1;
}

/* An amount that may be absent; returns 0 for a text that is neither. */
static int take_amount(upsell__packed *packed, int64_t *amount, int32_t *has_amount)
{
  upsell_str text = take_text(packed);

  *has_amount = text.len != 0;
  return text.data && (!text.len || read_number(text, amount));
}

static int take_choice(upsell__packed *packed, int32_t *choice)
{
  upsell_str text = take_text(packed);

  if (!text.data || text.len > 1 || (text.len && *text.data != '0' && *text.data != '1'))
    return 0;
  *choice = !text.len ? UPSELL_DEFAULT : *text.data == '1' ? UPSELL_YES : UPSELL_NO;
  return 1;
}

static int take_line(upsell__packed *packed, upsell_order_line *line)
{
  int64_t quantity;

  line->size = sizeof(*line);
  line->id = take_text(packed);
  line->product_id = take_text(packed);
  line->variant_id = take_optional(packed);
  line->selling_plan_id = take_optional(packed);
  line->contract_id = take_optional(packed);
  if (!read_number(take_text(packed), &quantity))
    return 0;
  line->quantity = quantity > INT32_MAX ? INT32_MAX : (int32_t)quantity;
  return take_amount(packed, &line->unit_price, &line->has_unit_price) &&
         take_amount(packed, &line->discounted_total, &line->has_discounted_total);
}

/* Each text takes a byte at least, so that a wrong count asks for no memory. */
static int lines_fit(const upsell__packed *packed, int64_t count)
{
  return (uint64_t)count <= (packed->len - packed->at) / TEXTS_OF_LINE;
}

/* Lines behind the most that an order may have are read over, in the place of one: such
 * an order is refused for their number, and a short text must not ask for much memory. */
static int take_lines(upsell__packed *packed, size_t count, upsell_order_line *lines)
{
  size_t i;

  for (i = 0; i < count; i++) {
    if (!take_line(packed, &lines[i < UPSELL_ORDER_LINES_MAX ? i : 0]))
      return 0;
  }
  return 1;
}

/* A code of another length than three can be none; the field would cut it. */
static void set_currency(upsell_str code, upsell_order *order, upsell__sink *sink)
{
  if (code.len == 3)
    memcpy(order->currency, code.data, 3);
  else if (code.len)
    upsell__report_currency(sink, code);
}

static upsell_status report_broken(const upsell__packed *packed, upsell__sink *sink)
{
  upsell__place place = {"", 1, (int64_t)packed->at};

  upsell__report_at(sink, UPSELL_INVALID_ARGUMENT, &place,
                    "Packed orders were expected: 4 texts of the order and 8 of each line, each "
                    "followed by a NUL; here they are cut off, or a text is no number.");
  return sink->status;
}

upsell_status upsell__packed_read(upsell__packed *packed, upsell__arena *arena, upsell_order *order,
                                  upsell__sink *sink)
{
  upsell_order_line *lines;
  upsell_str currency;
  int64_t count;

  memset(order, 0, sizeof(*order));
  order->size = sizeof(*order);
  if (!read_number(take_text(packed), &count))
    return report_broken(packed, sink);
  order->id = take_text(packed);
  currency = take_text(packed);
  if (!take_choice(packed, &order->has_shipping_address) || !lines_fit(packed, count))
    return report_broken(packed, sink);
  lines = upsell__arena_alloc(
      arena, count < UPSELL_ORDER_LINES_MAX ? (size_t)count : UPSELL_ORDER_LINES_MAX,
      sizeof(*lines));
  if (!lines)
    return upsell__report_no_memory(sink);
  order->lines = lines;
  order->line_count = (size_t)count;
  if (!take_lines(packed, order->line_count, lines))
    return report_broken(packed, sink);
  set_currency(currency, order, sink);
  return sink->status;
}
