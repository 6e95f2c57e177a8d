/* SPDX-License-Identifier: MIT */
#include "model/order.h"

#include <inttypes.h>

#include "model/choice.h"
#include "model/values.h"

/* An optional id: absent, or valid. */
static void check_optional_id(const upsell__check *check, const upsell__path *path, const char *key,
                              upsell_str id)
{
  if (id.data)
    upsell__check_id(check, path, key, id);
}

/* An amount of a line, where it is known. */
static void check_amount(const upsell__check *check, const upsell__path *path, const char *key,
                         int64_t amount, int32_t has_amount)
{
  if (has_amount < 0 || has_amount > 1)
    upsell__report(check->sink, UPSELL_BAD_VALUE, path, "has_%s must be 1 or 0, found %" PRId32 ".",
                   key, has_amount);
  else if (has_amount)
    upsell__check_range(check, path, key, amount, 0, UPSELL_MONEY_MAX);
}

static void check_line(const upsell__check *check, const upsell__path *path,
                       const upsell_order_line *line)
{
  upsell__check_id(check, path, "id", line->id);
  upsell__check_id(check, path, "product_id", line->product_id);
  check_optional_id(check, path, "variant_id", line->variant_id);
  upsell__check_range(check, path, "quantity", line->quantity, 1, UPSELL_QUANTITY_MAX);
  check_amount(check, path, "unit_price", line->unit_price, line->has_unit_price);
  check_amount(check, path, "discounted_total", line->discounted_total, line->has_discounted_total);
  check_optional_id(check, path, "selling_plan_id", line->selling_plan_id);
  check_optional_id(check, path, "contract_id", line->contract_id);
}

/* Line ids are unique (ORD-2). Pairs are compared: with at most 1000 lines that
 * takes less time than reading their text. */
static void check_unique(const upsell__check *check, const upsell__path *path,
                         const upsell_order *order, size_t index)
{
  upsell_str id = upsell__order_line_at(order, index)->id;
  size_t i;

  for (i = 0; i < index; i++) {
    if (upsell__str_equal(upsell__order_line_at(order, i)->id, id)) {
      upsell__path key = upsell__at_key(path, "id");
      char quoted[UPSELL__QUOTE_SIZE];
      upsell__report(check->sink, UPSELL_DUPLICATE_ID, &key,
                     "The id %s stands twice in this list; each line needs its own.",
                     upsell__quote(id, quoted));
      return;
    }
  }
}

static void check_lines(const upsell__check *check, const upsell_order *order)
{
  upsell__path list = upsell__at_key(NULL, "lines");
  size_t count;
  size_t i;

  if (order->line_count < 1 || order->line_count > UPSELL_ORDER_LINES_MAX) {
    upsell__report(check->sink, UPSELL_BAD_COUNT, &list,
                   "An order of 1 to %d lines was expected, found %zu.", UPSELL_ORDER_LINES_MAX,
                   order->line_count);
    return;
  }
  count = upsell__check_list(check, NULL, "lines", order->lines, order->line_count,
                             UPSELL__SHAPE(upsell_order_line));
  for (i = 0; i < count && check->sink->status == UPSELL_OK; i++) {
    upsell__path path = upsell__at_index(&list, i);
    check_line(check, &path, upsell__order_line_at(order, i));
    if (check->sink->status == UPSELL_OK)
      check_unique(check, &path, order, i);
  }
}

upsell_status upsell__order_check(const upsell_order *order, int clean_text, upsell__sink *sink)
{
  upsell__check check = {sink, clean_text};

  if (!upsell__check_sized(&check, NULL, order, UPSELL__SHAPE(upsell_order)))
    return sink->status;
  upsell__check_reserved(&check, NULL, order->reserved);
  upsell__check_id(&check, NULL, "id", order->id);
  upsell__check_currency(&check, order->currency);
  upsell__check_choice(&check, NULL, "has_shipping_address", order->has_shipping_address);
  check_lines(&check, order);
  return sink->status;
}
