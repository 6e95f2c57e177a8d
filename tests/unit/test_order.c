/* SPDX-License-Identifier: MIT */
/* Orders in structs: what is refused, and where (ORD-1 ... ORD-5); cycles (TGT-1). */
#include <stdio.h>

#include "../support/check_main.h"
#include "change.h"
#include "model/order.h"

static const change changes[] = {
    SET(order.size, 0, INVALID_ARGUMENT, ""),
    SET(order.size, sizeof(upsell_order) - 1, INVALID_ARGUMENT, ""),
    SET(order.reserved, 1, INVALID_ARGUMENT, "/reserved"),
    SET(order.currency, 0, MISSING_KEY, "/currency"),
    SET(order.currency[3], 'X', UNKNOWN_CURRENCY, "/currency"),
    SET(order.currency[0], 'X', UNKNOWN_CURRENCY, "/currency"),
    SET(order.has_shipping_address, 3, BAD_VALUE, "/has_shipping_address"),
    NO_TEXT(order.id, MISSING_KEY, "/id"),
    TEXT(order.id, "", BAD_ID, "/id"),
    TEXT(order.id, "a\0", BAD_ID, "/id"),
    SET(order.line_count, 0, BAD_COUNT, "/lines"),
    SET(order.line_count, 1001, BAD_COUNT, "/lines"),
    SET(order.lines, 0, INVALID_ARGUMENT, "/lines"),
    SET(lines[0].size, 0, INVALID_ARGUMENT, "/lines/0"),
    SET(lines[1].size, 8, INVALID_ARGUMENT, "/lines/1"),
    NO_TEXT(lines[1].id, MISSING_KEY, "/lines/1/id"),
    TEXT(lines[1].id, "l-1", DUPLICATE_ID, "/lines/1/id"),
    TEXT(lines[0].id, "\xFF", BAD_ID, "/lines/0/id"),
    NO_TEXT(lines[0].product_id, MISSING_KEY, "/lines/0/product_id"),
    TEXT(lines[0].product_id, "", BAD_ID, "/lines/0/product_id"),
    TEXT(lines[0].variant_id, "", BAD_ID, "/lines/0/variant_id"),
    TEXT(lines[0].selling_plan_id, "", BAD_ID, "/lines/0/selling_plan_id"),
    TEXT(lines[0].contract_id, "", BAD_ID, "/lines/0/contract_id"),
    SET(lines[0].quantity, 0, OUT_OF_RANGE, "/lines/0/quantity"),
    SET(lines[0].quantity, 10000, OUT_OF_RANGE, "/lines/0/quantity"),
    SET(lines[0].unit_price, -1, OUT_OF_RANGE, "/lines/0/unit_price"),
    SET(lines[0].unit_price, UPSELL_MONEY_MAX + 1, OUT_OF_RANGE, "/lines/0/unit_price"),
    SET(lines[0].has_unit_price, 2, BAD_VALUE, "/lines/0"),
    SET(lines[0].has_discounted_total, -1, BAD_VALUE, "/lines/0"),
    SET(lines[0].discounted_total, -1, OUT_OF_RANGE, "/lines/0/discounted_total"),
    SET(lines[0].discounted_total, UPSELL_MONEY_MAX + 1, OUT_OF_RANGE, "/lines/0/discounted_total"),
    /* what may be left out or unknown */
    NO_TEXT(lines[0].variant_id, OK, ""),
    NO_TEXT(lines[0].selling_plan_id, OK, ""),
    NO_TEXT(lines[0].contract_id, OK, ""),
    TEXT(lines[0].product_id, "p-unknown", OK, ""),
    TEXT(lines[0].selling_plan_id, "sp-unknown", OK, ""),
    SET(lines[1].unit_price, -1, OK, ""), /* not given */
    SET(lines[1].discounted_total, -1, OK, ""),
    SET(lines[0].quantity, 9999, OK, ""),
    SET(order.has_shipping_address, 0, OK, ""),
};

START_TEST(test_change)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  store s;

  store_init(&s);
  apply(&s, &changes[_i]);
  ck_assert_str_eq(upsell_status_name(upsell__order_check(&s.order, 0, &sink)),
                   upsell_status_name(changes[_i].code));
  ck_assert_str_eq(error.pointer, changes[_i].pointer);
  ck_assert_int_eq(error.code, changes[_i].code);
}
END_TEST

/* Checks an order of `count` lines; a line repeats the id of the first. */
static upsell_status check_lines(size_t count, size_t again)
{
  static upsell_order_line lines[UPSELL_ORDER_LINES_MAX + 1];
  static char ids[UPSELL_ORDER_LINES_MAX + 1][24];
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  size_t i;
  store s;

  store_init(&s);
  for (i = 0; i < count; i++) {
    snprintf(ids[i], sizeof(ids[i]), "%zu", i == again ? 0 : i);
    lines[i] = s.lines[0];
    lines[i].id = upsell_str_of(ids[i]);
  }
  s.order.lines = lines;
  s.order.line_count = count;
  return upsell__order_check(&s.order, 0, &sink);
}

START_TEST(test_line_counts)
{
  ck_assert_int_eq(check_lines(1, SIZE_MAX), UPSELL_OK);
  ck_assert_int_eq(check_lines(1000, SIZE_MAX), UPSELL_OK);
  ck_assert_int_eq(check_lines(1001, SIZE_MAX), UPSELL_BAD_COUNT);
  ck_assert_int_eq(check_lines(1000, 999), UPSELL_DUPLICATE_ID);
  ck_assert_int_eq(check_lines(1000, 1), UPSELL_DUPLICATE_ID);
}
END_TEST

/* Lines and orders of a newer caller: longer, with zeros behind. */
START_TEST(test_wider_structs)
{
  struct wide_line {
    upsell_order_line line;
    int64_t newer;
  } lines[2] = {{{0}, 0}, {{0}, 0}};
  struct wide_order {
    upsell_order order;
    int64_t newer;
  } order = {{0}, 0};
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  store s;

  store_init(&s);
  lines[0].line = s.lines[0];
  lines[1].line = s.lines[1];
  lines[0].line.size = lines[1].line.size = sizeof(lines[0]);
  order.order = s.order;
  order.order.size = sizeof(order);
  order.order.lines = &lines[0].line;
  ck_assert_int_eq(upsell__order_check(&order.order, 0, &sink), UPSELL_OK);
  ck_assert_ptr_eq(upsell__order_line_at(&order.order, 1), &lines[1].line);
  lines[1].newer = 1;
  ck_assert_int_eq(upsell__order_check(&order.order, 0, &sink), UPSELL_INVALID_ARGUMENT);
  lines[1].newer = 0;
  sink.status = UPSELL_OK;
  order.newer = 1;
  ck_assert_int_eq(upsell__order_check(&order.order, 0, &sink), UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* ---- cycles and patterns ---- */

enum {
  D = UPSELL_INTERVAL_DAY,
  W = UPSELL_INTERVAL_WEEK,
  M = UPSELL_INTERVAL_MONTH,
  Y = UPSELL_INTERVAL_YEAR
};

typedef struct cycle_case {
  upsell_cycle a;
  upsell_cycle b;
  upsell_status status;
  int32_t same;
} cycle_case;

static const cycle_case cycles[] = {
    {{{M, 1}, {0, 0}}, {{M, 1}, {M, 1}}, UPSELL_OK, 1},
    {{{W, 2}, {0, 0}}, {{D, 14}, {0, 0}}, UPSELL_OK, 1},
    {{{Y, 1}, {M, 1}}, {{M, 12}, {M, 1}}, UPSELL_OK, 1},
    {{{Y, 1}, {0, 0}}, {{M, 12}, {Y, 1}}, UPSELL_OK, 1},
    {{{Y, 999}, {0, 0}}, {{Y, 999}, {0, 0}}, UPSELL_OK, 1},
    {{{M, 1}, {0, 0}}, {{D, 30}, {0, 0}}, UPSELL_OK, 0},
    {{{M, 1}, {0, 0}}, {{D, 1}, {0, 0}}, UPSELL_OK, 0},
    {{{Y, 1}, {0, 0}}, {{D, 365}, {0, 0}}, UPSELL_OK, 0},
    {{{W, 1}, {0, 0}}, {{M, 7}, {0, 0}}, UPSELL_OK, 0},
    {{{M, 1}, {W, 1}}, {{M, 1}, {0, 0}}, UPSELL_OK, 0},
    {{{M, 1}, {W, 1}}, {{W, 1}, {M, 1}}, UPSELL_OK, 0},
    {{{M, 3}, {M, 1}}, {{M, 3}, {M, 2}}, UPSELL_OK, 0},
    {{{0, 1}, {0, 0}}, {{M, 1}, {0, 0}}, UPSELL_BAD_VALUE, -1},
    {{{M, 1}, {0, 0}}, {{5, 1}, {0, 0}}, UPSELL_BAD_VALUE, -1},
    {{{M, 0}, {0, 0}}, {{M, 1}, {0, 0}}, UPSELL_OUT_OF_RANGE, -1},
    {{{M, 1}, {0, 0}}, {{M, 1000}, {0, 0}}, UPSELL_OUT_OF_RANGE, -1},
    {{{M, 1}, {M, 0}}, {{M, 1}, {0, 0}}, UPSELL_OUT_OF_RANGE, -1},
    {{{M, 1}, {0, 1}}, {{M, 1}, {0, 0}}, UPSELL_BAD_VALUE, -1},
};

START_TEST(test_cycle_same)
{
  const cycle_case *c = &cycles[_i];
  int32_t same = -1;

  ck_assert_int_eq(upsell_cycle_same(&c->a, &c->b, &same), c->status);
  ck_assert_int_eq(same, c->same);
  same = -1;
  ck_assert_int_eq(upsell_cycle_same(&c->b, &c->a, &same), c->status);
  ck_assert_int_eq(same, c->same);
  ck_assert_int_eq(upsell_cycle_same(NULL, &c->b, &same), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_cycle_same(&c->a, &c->b, NULL), UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* In a common measure; months are kept apart from days by their sign. */
static int measure(int unit, int count)
{
  static const int factors[] = {0, 1, 7, -1, -12};

  return factors[unit] * count;
}

/* All pairs of intervals up to 60, and a few large ones. */
START_TEST(test_all_intervals)
{
  int u;
  int v;
  int m;
  int n;

  for (u = D; u <= Y; u++)
    for (v = D; v <= Y; v++)
      for (m = 1; m <= 999; m += m < 60 ? 1 : 67)
        for (n = 1; n <= 999; n += n < 60 ? 1 : 67) {
          upsell_cycle a = {{u, m}, {0, 0}};
          upsell_cycle b = {{v, n}, {0, 0}};
          int32_t same;
          if (upsell_cycle_same(&a, &b, &same) || same != (measure(u, m) == measure(v, n)))
            ck_abort_msg("%d x %d, %d x %d", u, m, v, n);
        }
}
END_TEST

START_TEST(test_patterns)
{
  static const char *const names[] = {"subscription_to_subscription", "subscription_to_one_time",
                                      "one_time_to_subscription", "one_time_to_one_time"};
  int32_t pattern = 0;
  int32_t trigger;
  int32_t offer;

  for (trigger = 0; trigger <= 3; trigger++) {
    for (offer = 0; offer <= 3; offer++) {
      int valid = trigger >= 1 && trigger <= 2 && offer >= 1 && offer <= 2;
      ck_assert_int_eq(upsell_pattern_of(trigger, offer, &pattern),
                       valid ? UPSELL_OK : UPSELL_BAD_VALUE);
      if (valid)
        ck_assert_str_eq(upsell_pattern_name(pattern), names[(trigger - 1) * 2 + offer - 1]);
    }
  }
  ck_assert_int_eq(upsell_pattern_of(1, 1, NULL), UPSELL_INVALID_ARGUMENT);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("order");
  TCase *order = tcase_create("order");
  TCase *cycle = tcase_create("cycle");

  tcase_add_loop_test(order, test_change, 0, COUNT_OF(changes));
  tcase_add_test(order, test_line_counts);
  tcase_add_test(order, test_wider_structs);
  tcase_add_loop_test(cycle, test_cycle_same, 0, COUNT_OF(cycles));
  tcase_add_test(cycle, test_all_intervals);
  tcase_add_test(cycle, test_patterns);
  suite_add_tcase(suite, order);
  suite_add_tcase(suite, cycle);
  return check_main(suite);
}
