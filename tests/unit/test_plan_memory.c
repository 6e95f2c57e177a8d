/* SPDX-License-Identifier: MIT */
/*
 * Failing memory while a plan is made: every allocation fails once, alone and with all
 * that follow. The answer is then the right plan or UPSELL_NO_MEMORY, `*plan` stays what it
 * was, and nothing leaks. An input that is refused stays refused, or memory ran out.
 */
#include "../support/check_main.h"
#include "failing_heap.h"
#include "plan_sale.h"

static upsell_catalog *shop;
static upsell_plan *const untouched = (upsell_plan *)(uintptr_t)&shop;

/* A way to make a plan. */
typedef struct job {
  const char *name;
  int pattern;
  int forget; /* ids of lines */
  int calculates;
  int text;         /* 1: from text, with escapes */
  const char *bare; /* scopes that are granted; NULL: not compared */
  const char *last; /* id of the last line; NULL: its own */
  upsell_status status;
} job;

static const job jobs[] = {
    {"pattern 1", P1, 0, 0, 0, NULL, NULL, UPSELL_OK},
    {"pattern 1, lines unknown", P1, 1, 0, 0, NULL, NULL, UPSELL_OK},
    {"pattern 1, calculation", P1, 0, 1, 0, NULL, NULL, UPSELL_OK},
    {"pattern 2", P2, 0, 0, 0, NULL, NULL, UPSELL_OK},
    {"pattern 3", P3, 0, 0, 0, NULL, NULL, UPSELL_OK},
    {"pattern 3, lines unknown", P3, 1, 0, 0, NULL, NULL, UPSELL_OK},
    {"pattern 4", P4, 0, 0, 0, NULL, NULL, UPSELL_OK},
    {"from text", P1, 0, 0, 1, NULL, NULL, UPSELL_OK},
    {"scopes that are missing", P1, 0, 0, 0, "read_products", NULL, UPSELL_MISSING_SCOPE},
    {"ids of some lines", P1, 0, 0, 0, NULL, "3", UPSELL_ID_NOT_SHOPIFY},
};

static const char order_text[] =
    "{'format':'upsell.order/1','id':'gid:\\/\\/shopify\\/Order\\/77','currency':'JPY','lines':["
    "{'id':'gid:\\/\\/shopify\\/LineItem\\/"
    "1','product_id':100,'variant_id':'\\u0032\\u0030\\u0030',"
    "'quantity':1,'unit_price':'900','selling_plan_id':'\\u0033\\u0030\\u0030'}]}";
static const char acceptance_text[] = "{'scenario_id':'\\u00531','quantity':1,'total':'800'}";

static char *order;
static char *acceptance;

static upsell_status run(const job *j, long at, upsell_plan **plan, upsell_error *error)
{
  upsell_str scope = upsell_str_of(j->bare);
  upsell_status status;
  sale s;

  sale_init(&s, j->pattern);
  if (j->forget)
    sale_forget_lines(&s);
  if (j->last)
    s.lines[2].id = upsell_str_of(j->last);
  if (j->calculates) {
    s.options.api_version = UPSELL_API_2026_10;
    s.options.dialect = UPSELL_DIALECT_CALCULATION;
  }
  if (j->bare) {
    s.options.granted_scopes = &scope;
    s.options.granted_scope_count = 1;
  }
  heap_arm(at);
  status = j->text ? upsell_plan_make_json(shop, order, strlen(order), acceptance,
                                           strlen(acceptance), &s.options, plan, error)
                   : upsell_plan_make(shop, &s.order, &s.acceptance, &s.options, plan, error);
  heap.armed = 0;
  return status;
}

/* Fails request `at`; returns whether there was one. */
static int fail_at(const job *j, long at, const char *expected)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = untouched;
  long before = heap.live;
  upsell_status status = run(j, at, &plan, &error);
  int failed = heap.failures > 0;

  if (status == UPSELL_OK) {
    ck_assert_str_eq(upsell_plan_json(plan, NULL), expected);
    upsell_plan_free(plan);
  } else {
    if (status != j->status && !(failed && status == UPSELL_NO_MEMORY))
      ck_abort_msg("%s, request %ld: %s", j->name, at, upsell_status_name(status));
    ck_assert_ptr_eq(plan, untouched);
    ck_assert_int_eq(error.code, status);
    ck_assert_int_ne(error.message[0], '\0');
  }
  if (heap.live != before)
    ck_abort_msg("%s, request %ld: %ld blocks leaked", j->name, at, heap.live - before);
  return failed;
}

static void fail_all(const job *j)
{
  upsell_plan *plan = untouched;
  char *expected = NULL;
  long at = 1;

  ck_assert_int_eq(run(j, 0, &plan, NULL), j->status);
  if (j->status == UPSELL_OK) {
    expected = strdup(upsell_plan_json(plan, NULL));
    upsell_plan_free(plan);
  }
  while (fail_at(j, at, expected))
    at++;
  ck_assert_int_gt(at, 1); /* it does allocate */
  free(expected);
}

START_TEST(test_one_request_fails)
{
  heap.persistent = 0;
  fail_all(&jobs[_i]);
}
END_TEST

START_TEST(test_all_further_requests_fail)
{
  heap.persistent = 1;
  fail_all(&jobs[_i]);
}
END_TEST

static void set_up(void)
{
  shop = sale_shop(NULL, NULL);
  order = sale_text(order_text, NULL, NULL);
  acceptance = sale_text(acceptance_text, NULL, NULL);
}

static void tear_down(void)
{
  upsell_catalog_free(shop);
  free(order);
  free(acceptance);
}

int main(void)
{
  Suite *suite = suite_create("plan_memory");
  TCase *tests = tcase_create("plan_memory");
  int count = (int)(sizeof(jobs) / sizeof(jobs[0]));

  tcase_add_unchecked_fixture(tests, set_up, tear_down);
  tcase_set_timeout(tests, 60);
  tcase_add_loop_test(tests, test_one_request_fails, 0, count);
  tcase_add_loop_test(tests, test_all_further_requests_fail, 0, count);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
