/* SPDX-License-Identifier: MIT */
/*
 * Failing memory while a page is made: every allocation fails once, alone and with all
 * that follow. The answer is then the right page or UPSELL_NO_MEMORY, `*page` stays what it
 * was, and nothing leaks.
 */
#include "../support/check_main.h"
#include "failing_heap.h"
#include "plan_sale.h"

static upsell_catalog *shop;
static upsell_decision *decision;
static upsell_text *const untouched = (upsell_text *)(uintptr_t)&shop;

/* A page: for the order of a pattern, as is or with a second plan that has no name, so that
 * there are sentences for each. */
typedef struct job {
  const char *name;
  int pattern;
  int32_t locale;
  int two_plans;
} job;

static const job jobs[] = {
    {"pattern 1", P1, UPSELL_LOCALE_JA, 0}, {"pattern 1, two plans", P1, UPSELL_LOCALE_EN, 1},
    {"pattern 2", P2, UPSELL_LOCALE_JA, 0}, {"pattern 3, choices", P3, UPSELL_LOCALE_EN, 0},
    {"pattern 4", P4, UPSELL_LOCALE_EN, 0},
};

static void decide(const job *j)
{
  sale s;

  sale_init(&s, j->pattern);
  if (j->two_plans) {
    s.lines[0].selling_plan_id = upsell_str_of("300");
    s.lines[1] = s.lines[0];
    s.lines[1].id = upsell_str_of("another");
    s.lines[1].selling_plan_id = upsell_str_of("gid://shopify/SellingPlan/301");
    s.lines[1].contract_id = upsell_str_of("another");
    s.order.line_count = 2;
  }
  ck_assert_int_eq(upsell_decide(shop, &s.order, 0, decision, NULL), UPSELL_OK);
  ck_assert_uint_eq(upsell_decision_get(decision)->target_count, j->two_plans ? 2u : 1u);
}

static upsell_status run(const job *j, long at, upsell_text **page, upsell_error *error)
{
  upsell_page_request request = {0};
  upsell_status status;

  request.size = sizeof(request);
  request.locale = j->locale;
  heap_arm(at);
  status = upsell_page_make(decision, &request, page, error);
  heap.armed = 0;
  return status;
}

/* Fails request `at`; returns whether there was one. */
static int fail_at(const job *j, long at, const char *expected)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *page = untouched;
  long before = heap.live;
  upsell_status status = run(j, at, &page, &error);
  int failed = heap.failures > 0;

  if (status == UPSELL_OK) {
    ck_assert_str_eq(upsell_text_data(page, NULL), expected);
    upsell_text_free(page);
  } else {
    if (status != UPSELL_NO_MEMORY || !failed)
      ck_abort_msg("%s, request %ld: %s", j->name, at, upsell_status_name(status));
    ck_assert_ptr_eq(page, untouched);
    ck_assert_int_eq(error.code, UPSELL_NO_MEMORY);
  }
  if (heap.live != before)
    ck_abort_msg("%s, request %ld: %ld blocks leaked", j->name, at, heap.live - before);
  return failed;
}

static void fail_all(const job *j)
{
  upsell_text *page = untouched;
  char *expected;
  long at = 1;

  decide(j);
  ck_assert_int_eq(run(j, 0, &page, NULL), UPSELL_OK);
  expected = strdup(upsell_text_data(page, NULL));
  upsell_text_free(page);
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
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
}

static void tear_down(void)
{
  upsell_decision_free(decision);
  upsell_catalog_free(shop);
}

int main(void)
{
  Suite *suite = suite_create("page_memory");
  TCase *tests = tcase_create("page_memory");
  int count = (int)(sizeof(jobs) / sizeof(jobs[0]));

  tcase_add_unchecked_fixture(tests, set_up, tear_down);
  tcase_add_loop_test(tests, test_one_request_fails, 0, count);
  tcase_add_loop_test(tests, test_all_further_requests_fail, 0, count);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
