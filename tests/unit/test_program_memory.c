/* SPDX-License-Identifier: MIT */
/* Failing memory while a plan is read: every allocation fails once, alone and with all
 * that follow; nothing is left and nothing leaks. */
#include "../support/check_main.h"
#include "failing_heap.h"
#include "plan/program.h"
#include "plan_text.h"

/* Reads a text while request `at` fails. Returns whether there was one. */
static int fail_at(upsell_str text, long at, upsell_status expected)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  upsell__program program;
  long before = heap.live;
  upsell_status status;

  heap_arm(at);
  status = upsell__program_read(text.data, text.len, &program, &sink);
  heap.armed = 0;
  ck_assert_int_eq(status, heap.failures ? UPSELL_NO_MEMORY : expected);
  ck_assert_int_eq(error.code, status);
  ck_assert_int_eq(program.steps != NULL, status == UPSELL_OK);
  upsell__program_free(&program);
  ck_assert_int_eq(heap.live, before);
  return heap.failures > 0;
}

static void fail_all(upsell_str text, upsell_status expected, int persistent)
{
  long at = 1;

  heap.persistent = persistent;
  while (fail_at(text, at, expected))
    at++;
  ck_assert_int_gt(at, 10); /* it does allocate */
  free((char *)text.data);
}

START_TEST(test_good_plan)
{
  fail_all(plan_text(good_plan), UPSELL_OK, _i);
}
END_TEST

/* Bad in its last binding, which is found when all else is done. */
START_TEST(test_bad_plan)
{
  fail_all(changed_plan(good_plan, "'id':{'$bind':'find/order_id'}},'idempotency_key'",
                        "'id':{'$bind':'read/line_id'}},'idempotency_key'"),
           UPSELL_UNBOUND, _i);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("program memory");
  TCase *memory = tcase_create("memory");

  tcase_add_loop_test(memory, test_good_plan, 0, 2);
  tcase_add_loop_test(memory, test_bad_plan, 0, 2);
  suite_add_tcase(suite, memory);
  return check_main(suite);
}
