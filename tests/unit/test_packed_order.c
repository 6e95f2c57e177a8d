/* SPDX-License-Identifier: MIT */
/* What was packed is read as it was, field by field (BAT-2). */
#include "../support/check_main.h"
#include "batches.h"
#include "codec/packed_order.h"
#include "random_shop.h"

static int same_text(upsell_str a, upsell_str b)
{
  return (a.data == NULL) == (b.data == NULL) && a.len == b.len &&
         (!a.len || memcmp(a.data, b.data, a.len) == 0);
}

static void check_line(const upsell_order_line *read, const upsell_order_line *line)
{
  ck_assert_uint_eq(read->size, sizeof(*read));
  ck_assert(same_text(read->id, line->id));
  ck_assert(same_text(read->product_id, line->product_id));
  ck_assert(same_text(read->variant_id, line->variant_id));
  ck_assert(same_text(read->selling_plan_id, line->selling_plan_id));
  ck_assert(same_text(read->contract_id, line->contract_id));
  ck_assert_int_eq(read->quantity, line->quantity);
  ck_assert_int_eq(read->has_unit_price, line->has_unit_price);
  ck_assert_int_eq(read->unit_price, line->unit_price);
  ck_assert_int_eq(read->has_discounted_total, line->has_discounted_total);
  ck_assert_int_eq(read->discounted_total, line->discounted_total);
}

static void check_read(const upsell__buffer *text, const upsell_order *order, upsell__arena *arena)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__packed packed = {text->data, text->len, 0};
  upsell_order read;
  size_t i;

  ck_assert_int_eq(upsell__packed_read(&packed, arena, &read, &sink), UPSELL_OK);
  ck_assert_uint_eq(packed.at, text->len);
  ck_assert_uint_eq(read.size, sizeof(read));
  ck_assert_uint_eq(read.reserved, 0);
  ck_assert_int_eq(read.has_shipping_address, order->has_shipping_address);
  ck_assert_int_eq(memcmp(read.currency, order->currency, 4), 0);
  ck_assert(same_text(read.id, order->id));
  ck_assert_uint_eq(read.line_count, order->line_count);
  for (i = 0; i < read.line_count; i++)
    check_line(&read.lines[i], &order->lines[i]);
}

/* An amount of any number of digits. */
static void draw_amount(uint64_t *state, int64_t *amount, int32_t *has_amount)
{
  *has_amount = random_below(state, 3) != 0;
  *amount = *has_amount ? (int64_t)(random_next(state) >> (1 + random_below(state, 63))) : 0;
}

START_TEST(test_read_back)
{
  upsell__arena arena = {0};
  uint64_t state = 7;
  upsell__buffer text = {0};
  shop s;
  int i;
  size_t j;

  for (i = 0; i < 2000; i++) {
    shop_make(&s, &state);
    s.order.has_shipping_address = (int32_t)random_below(&state, 3);
    for (j = 0; j < s.order.line_count; j++) {
      upsell_order_line *line = &s.lines[j];
      line->quantity = (int32_t)(random_next(&state) >> (33 + random_below(&state, 31)));
      draw_amount(&state, &line->unit_price, &line->has_unit_price);
      draw_amount(&state, &line->discounted_total, &line->has_discounted_total);
    }
    text.len = 0;
    add_packed(&text, &s.order);
    check_read(&text, &s.order, &arena);
    upsell__arena_reset(&arena);
  }
  upsell__arena_free(&arena);
  upsell__buffer_free(&text);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("packed_order");
  TCase *cases = tcase_create("packed_order");

  tcase_add_test(cases, test_read_back);
  suite_add_tcase(suite, cases);
  return check_main(suite);
}
