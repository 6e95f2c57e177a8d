/* SPDX-License-Identifier: MIT */
/* Plan prices, segments and first prices: the worked figures and the edges (PRC-1 ... PRC-10). */
#include "../support/check_main.h"
#include "decide/price.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum {
  PERCENT = UPSELL_ADJUST_PERCENTAGE,
  FIXED = UPSELL_ADJUST_FIXED_AMOUNT,
  PRICE = UPSELL_ADJUST_PRICE,
  NONE = UPSELL_ADJUST_NONE
};

/* The plan of "Segments of recurring prices" in the specification. */
static const upsell_plan_price_entry segments_plan[] = {
    {0, PERCENT, 100000}, {2, PERCENT, 150000}, {4, PRICE, 850}, {6, FIXED, 100}};
static const upsell_plan_price_entry ten_percent[] = {{0, PERCENT, 100000}};

/* ---- the price of a cycle ---- */

START_TEST(test_plan_price)
{
  static const int64_t expected[] = {0, 900, 900, 850, 850, 850, 850, 900, 900};
  const upsell_plan_price_entry *p = segments_plan;
  const upsell_plan_price_entry reversed[] = {p[3], p[2], p[1], p[0]};
  int64_t unit = -1;
  int32_t cycle;

  for (cycle = 1; cycle <= 8; cycle++) {
    ck_assert_int_eq(upsell_plan_price(1000, p, 4, cycle, NULL, &unit), UPSELL_OK);
    ck_assert_int_eq(unit, expected[cycle]);
    ck_assert_int_eq(upsell_plan_price(1000, reversed, 4, cycle, NULL, &unit), UPSELL_OK);
    ck_assert_int_eq(unit, expected[cycle]);
  }
  ck_assert_int_eq(upsell_plan_price(1000, p, 4, INT32_MAX, NULL, &unit), UPSELL_OK);
  ck_assert_int_eq(unit, 900);
  ck_assert_int_eq(upsell_plan_price(1000, NULL, 0, 1, NULL, &unit), UPSELL_OK);
  ck_assert_int_eq(unit, 1000);
}
END_TEST

typedef struct entry_case {
  int64_t list_unit;
  upsell_plan_price_entry entry;
  upsell_rounding policy;
  upsell_status status;
  int64_t unit; /* in cycle 2 */
} entry_case;

static const entry_case entries[] = {
    {10, {0, PERCENT, 50000}, {UPSELL_ROUND_FLOOR, UPSELL_ROUND_PRICE, 0}, UPSELL_OK, 9},
    {10, {0, PERCENT, 50000}, {UPSELL_ROUND_FLOOR, UPSELL_ROUND_DISCOUNT, 0}, UPSELL_OK, 10},
    {10, {0, PERCENT, 50000}, {UPSELL_ROUND_HALF_EVEN, 0, UPSELL_ROUND_LINE}, UPSELL_OK, 10},
    {10, {0, PERCENT, 50000}, {0, UPSELL_ROUND_DISCOUNT, 0}, UPSELL_OK, 9},
    {1000, {0, PERCENT, 1000000}, {0, 0, 0}, UPSELL_OK, 0},
    {1000, {0, FIXED, 1000}, {0, 0, 0}, UPSELL_OK, 0},
    {1000, {0, FIXED, 1001}, {0, 0, 0}, UPSELL_OK, 0},
    {1000, {0, FIXED, 999}, {0, 0, 0}, UPSELL_OK, 1},
    {1000, {0, PRICE, 2000}, {0, 0, 0}, UPSELL_OK, 2000},
    {1000, {1, PRICE, 5}, {0, 0, 0}, UPSELL_OK, 5},
    {1000, {2, PRICE, 5}, {0, 0, 0}, UPSELL_OK, 1000},
    {UPSELL_MONEY_MAX, {0, PERCENT, 1}, {0, 0, 0}, UPSELL_OK, UPSELL_MONEY_MAX - 100000},
    {UPSELL_MONEY_MAX + 1, {0, PERCENT, 1}, {0, 0, 0}, UPSELL_OUT_OF_RANGE, 0},
    {-1, {0, PERCENT, 1}, {0, 0, 0}, UPSELL_OUT_OF_RANGE, 0},
    {1, {0, PERCENT, 1000001}, {0, 0, 0}, UPSELL_OUT_OF_RANGE, 0},
    {1, {0, PRICE, UPSELL_MONEY_MAX + 1}, {0, 0, 0}, UPSELL_OUT_OF_RANGE, 0},
    {1, {0, FIXED, -1}, {0, 0, 0}, UPSELL_OUT_OF_RANGE, 0},
    {1, {-1, FIXED, 1}, {0, 0, 0}, UPSELL_OUT_OF_RANGE, 0},
    {1, {1000, FIXED, 1}, {0, 0, 0}, UPSELL_OUT_OF_RANGE, 0},
    {1, {0, NONE, 1}, {0, 0, 0}, UPSELL_BAD_VALUE, 0},
    {1, {0, 5, 1}, {0, 0, 0}, UPSELL_BAD_VALUE, 0},
    {1, {0, FIXED, 1}, {6, 0, 0}, UPSELL_BAD_VALUE, 0},
    {1, {0, FIXED, 1}, {0, -1, 0}, UPSELL_BAD_VALUE, 0},
    {1, {0, FIXED, 1}, {0, 0, 3}, UPSELL_BAD_VALUE, 0},
};

START_TEST(test_plan_price_entry)
{
  const entry_case *c = &entries[_i];
  int64_t unit = -7;

  ck_assert_int_eq(upsell_plan_price(c->list_unit, &c->entry, 1, 2, &c->policy, &unit), c->status);
  ck_assert_int_eq(unit, c->status ? -7 : c->unit);
}
END_TEST

START_TEST(test_plan_price_arguments)
{
  const upsell_plan_price_entry twice[] = {{3, FIXED, 1}, {3, FIXED, 2}};
  int64_t unit;

  ck_assert_int_eq(upsell_plan_price(1, twice, 2, 1, NULL, &unit), UPSELL_DUPLICATE_CYCLE);
  ck_assert_int_eq(upsell_plan_price(1, NULL, 1, 1, NULL, &unit), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_price(1, twice, 1, 1, NULL, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_price(1, twice, 1, 0, NULL, &unit), UPSELL_OUT_OF_RANGE);
}
END_TEST

/* ---- segments ---- */

typedef struct recurring_case {
  upsell_plan_price_entry pricing[5];
  size_t count;
  int64_t segments[6][2]; /* from_cycle, unit; 0 ends */
  int32_t max_cycles;     /* CAT-18 */
} recurring_case;

static const recurring_case recurrings[] = {
    {{{0, 0, 0}}, 0, {{2, 1000}}, 0},
    {{{0, PERCENT, 100000}}, 1, {{2, 900}}, 0},
    {{{0, PERCENT, 100000}, {2, PERCENT, 150000}, {4, PRICE, 850}, {6, FIXED, 100}},
     4,
     {{2, 900}, {3, 850}, {7, 900}}, 0},
    {{{1, PRICE, 500}}, 1, {{2, 500}}, 0},
    {{{2, PRICE, 500}}, 1, {{2, 1000}, {3, 500}}, 0},
    {{{0, PRICE, 500}, {1, PRICE, 600}}, 2, {{2, 600}}, 0},
    {{{0, PRICE, 1}, {1, PRICE, 2}, {2, PRICE, 3}, {3, PRICE, 4}, {999, PRICE, 5}},
     5,
     {{2, 2}, {3, 3}, {4, 4}, {1000, 5}}, 0},
    {{{0, PRICE, 7}, {5, PRICE, 7}, {9, PRICE, 7}}, 3, {{2, 7}}, 0},
    /* What would begin after the last cycle does not exist. */
    {{{0, PERCENT, 100000}}, 1, {{0, 0}}, 1},
    {{{0, 0, 0}}, 0, {{0, 0}}, 1},
    {{{1, PRICE, 500}}, 1, {{2, 500}}, 2},
    {{{2, PRICE, 500}}, 1, {{2, 1000}}, 2},
    {{{2, PRICE, 500}}, 1, {{2, 1000}, {3, 500}}, 3},
    {{{0, PRICE, 1}, {2, PRICE, 3}, {3, PRICE, 4}, {998, PRICE, 5}, {999, PRICE, 6}},
     5,
     {{2, 1}, {3, 3}, {4, 4}, {999, 5}},
     999},
};

START_TEST(test_recurring)
{
  const recurring_case *c = &recurrings[_i];
  upsell__pricing plan = {c->pricing, c->count, c->max_cycles};
  upsell_discount discount = {PERCENT, 0, 500000};
  upsell_price_segment segments[6];
  upsell_rounding_pair policies;
  upsell__price_terms terms = {&plan, &discount, &policies, 1000, 1, 3};
  size_t count;
  size_t i;

  upsell_rounding_defaults(&policies);
  count = upsell__recurring(&terms, segments);
  ck_assert_uint_le(count, c->count + 1);
  for (i = 0; i < count; i++) {
    ck_assert_int_eq(segments[i].from_cycle, c->segments[i][0]);
    ck_assert_int_eq(segments[i].unit, c->segments[i][1]);
    ck_assert_int_eq(segments[i].line, c->segments[i][1] * 3);
    ck_assert_int_eq(segments[i].reserved, 0);
  }
  ck_assert_int_eq(c->segments[count][0], 0);
}
END_TEST

/* ---- first prices, as the specification works them out ---- */

typedef struct first_case {
  int32_t pattern;
  int64_t list_unit;
  upsell_discount discount;
  int32_t quantity;
  int64_t amounts[4]; /* checkout unit, line; offer page unit, line */
} first_case;

static const first_case firsts[] = {
    {3, 1000, {PERCENT, 0, 200000}, 1, {720, 720, 720, 720}},
    {1, 1000, {PERCENT, 0, 200000}, 1, {800, 800, 800, 800}},
    {1, 1000, {NONE, 0, 0}, 1, {900, 900, 900, 900}},
    {1, 1000, {0, 0, 0}, 2, {900, 1800, 900, 1800}},
    {1, 1000, {PERCENT, 0, 0}, 1, {1000, 1000, 1000, 1000}},
    {3, 1000, {NONE, 0, 0}, 1, {900, 900, 900, 900}},
    {2, 1000, {PERCENT, 0, 200000}, 1, {800, 800, 800, 800}},
    {4, 1000, {PERCENT, 0, 200000}, 1, {800, 800, 800, 800}},
    {4, 1000, {NONE, 0, 0}, 3, {1000, 3000, 1000, 3000}},
    {2, 356, {PERCENT, 0, 100000}, 1, {320, 320, 321, 321}},
    {2, 356, {PERCENT, 0, 100000}, 3, {320, 960, 321, 962}},
    {2, 1999, {PERCENT, 0, 125000}, 3, {1749, 5247, 1750, 5248}},
    {1, 1000, {FIXED, 0, 300}, 2, {700, 1400, 700, 1400}},
    {3, 1000, {FIXED, 0, 300}, 2, {600, 1200, 600, 1200}},
    {2, 1000, {FIXED, 0, 5000}, 9999, {0, 0, 0, 0}},
    {2,
     UPSELL_MONEY_MAX,
     {NONE, 0, 0},
     9999,
     {UPSELL_MONEY_MAX, UPSELL_MONEY_MAX * 9999, UPSELL_MONEY_MAX, UPSELL_MONEY_MAX * 9999}},
    {2,
     UPSELL_MONEY_MAX,
     {PERCENT, 0, 1},
     9999,
     {99999900000, 999899000100000, 99999900000, 999899000100000}},
};

START_TEST(test_first_price)
{
  const first_case *c = &firsts[_i];
  int sells_plan = c->pattern == 1 || c->pattern == 3;
  upsell_price price;

  memset(&price, 0xAA, sizeof(price));
  ck_assert_int_eq(upsell_first_price(c->pattern, c->list_unit, ten_percent, 1, &c->discount,
                                      c->quantity, NULL, &price),
                   UPSELL_OK);
  ck_assert_int_eq(price.checkout.unit, c->amounts[0]);
  ck_assert_int_eq(price.checkout.line, c->amounts[1]);
  ck_assert_int_eq(price.offer_page.unit, c->amounts[2]);
  ck_assert_int_eq(price.offer_page.line, c->amounts[3]);
  ck_assert_int_eq(price.list_unit, c->list_unit);
  ck_assert_int_eq(price.has_plan, sells_plan);
  ck_assert_int_eq(price.plan_unit, sells_plan ? c->list_unit * 9 / 10 : 0);
  ck_assert_ptr_null(price.recurring);
  ck_assert_uint_eq(price.recurring_count, 0);
}
END_TEST

START_TEST(test_first_price_refusals)
{
  const upsell_discount bad_type = {PRICE, 0, 1};
  const upsell_discount none_with_value = {NONE, 0, 1};
  const upsell_discount too_much = {PERCENT, 0, 1000001};
  const upsell_rounding_pair bad_policy = {{0, 0, 0}, {0, 9, 0}};
  const upsell_plan_price_entry bad_entry = {0, NONE, 0};
  upsell_price price;

  ck_assert_int_eq(upsell_first_price(0, 1, NULL, 0, NULL, 1, NULL, &price), UPSELL_BAD_VALUE);
  ck_assert_int_eq(upsell_first_price(5, 1, NULL, 0, NULL, 1, NULL, &price), UPSELL_BAD_VALUE);
  ck_assert_int_eq(upsell_first_price(1, -1, NULL, 0, NULL, 1, NULL, &price), UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_first_price(1, 1, NULL, 0, NULL, 0, NULL, &price), UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_first_price(1, 1, NULL, 0, NULL, 10000, NULL, &price),
                   UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_first_price(1, 1, NULL, 0, &bad_type, 1, NULL, &price), UPSELL_BAD_VALUE);
  ck_assert_int_eq(upsell_first_price(1, 1, NULL, 0, &none_with_value, 1, NULL, &price),
                   UPSELL_NOT_APPLICABLE);
  ck_assert_int_eq(upsell_first_price(1, 1, NULL, 0, &too_much, 1, NULL, &price),
                   UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_first_price(1, 1, NULL, 0, NULL, 1, &bad_policy, &price),
                   UPSELL_BAD_VALUE);
  ck_assert_int_eq(upsell_first_price(1, 1, NULL, 2, NULL, 1, NULL, &price),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_first_price(1, 1, &bad_entry, 1, NULL, 1, NULL, &price),
                   UPSELL_BAD_VALUE);
  ck_assert_int_eq(upsell_first_price(2, 1, &bad_entry, 1, NULL, 1, NULL, &price), UPSELL_OK);
  ck_assert_int_eq(upsell_first_price(1, 1, NULL, 0, NULL, 1, NULL, NULL), UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* ---- priority ---- */

START_TEST(test_priority)
{
  static const int32_t priorities[] = {7, 3, 3, 1000000, 2, 2, 0, 1000001, -1};
  size_t winner = 99;

  ck_assert_int_eq(upsell_priority_resolve(priorities, 1, &winner), UPSELL_OK);
  ck_assert_uint_eq(winner, 0);
  ck_assert_int_eq(upsell_priority_resolve(priorities, 4, &winner), UPSELL_OK);
  ck_assert_uint_eq(winner, 1);
  ck_assert_int_eq(upsell_priority_resolve(priorities, 7, &winner), UPSELL_OK);
  ck_assert_uint_eq(winner, 6);
  ck_assert_int_eq(upsell_priority_resolve(priorities, 8, &winner), UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_priority_resolve(priorities + 8, 1, &winner), UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_priority_resolve(priorities, 0, &winner), UPSELL_BAD_COUNT);
  ck_assert_int_eq(upsell_priority_resolve(NULL, 1, &winner), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_priority_resolve(priorities, 1, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_uint_eq(winner, 6);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("pricing");
  TCase *plan = tcase_create("plan");
  TCase *first = tcase_create("first");

  tcase_add_test(plan, test_plan_price);
  tcase_add_loop_test(plan, test_plan_price_entry, 0, COUNT_OF(entries));
  tcase_add_test(plan, test_plan_price_arguments);
  tcase_add_loop_test(plan, test_recurring, 0, COUNT_OF(recurrings));
  tcase_add_loop_test(first, test_first_price, 0, COUNT_OF(firsts));
  tcase_add_test(first, test_first_price_refusals);
  tcase_add_test(first, test_priority);
  suite_add_tcase(suite, plan);
  suite_add_tcase(suite, first);
  return check_main(suite);
}
