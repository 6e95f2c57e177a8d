/* SPDX-License-Identifier: MIT */
/* One catalogue, several threads: each gets the bytes that one thread alone gets. */
#include <pthread.h>

#include "../support/check_main.h"
#include "files.h"

#include <upsell/upsell.h>

enum { THREADS = 4, ROUNDS = 60, ORDERS = 41 };

static upsell_catalog *catalog;
static upsell_str orders[ORDERS];
static char *expected[ORDERS];

/* Counts what went wrong: assertions are for the main thread. */
typedef struct worker {
  pthread_t thread;
  unsigned number;
  unsigned decided;
  unsigned wrong;
} worker;

static void work_once(worker *self, upsell_decision *decision, unsigned order)
{
  const char *text = "";
  size_t len = 0;

  if (upsell_decide_json(catalog, orders[order].data, orders[order].len, UPSELL_DECIDE_EXPLAIN,
                         decision, NULL) ||
      upsell_decision_to_json(decision, &text, &len) || strcmp(text, expected[order]) != 0)
    self->wrong++;
  self->decided++;
}

/* Each thread takes the orders in a sequence of its own. */
static void *work(void *context)
{
  worker *self = context;
  upsell_decision *decision = NULL;
  unsigned i;

  if (upsell_decision_new(&decision))
    return NULL;
  for (i = 0; i < ROUNDS * ORDERS; i++)
    work_once(self, decision, (i * (2 * self->number + 1) + self->number * 7) % ORDERS);
  upsell_decision_free(decision);
  return NULL;
}

static void expect_order(upsell_decision *decision, unsigned order)
{
  const char *text;
  size_t len;

  ck_assert_int_eq(upsell_decide_json(catalog, orders[order].data, orders[order].len,
                                      UPSELL_DECIDE_EXPLAIN, decision, NULL),
                   UPSELL_OK);
  ck_assert_int_eq(upsell_decision_to_json(decision, &text, &len), UPSELL_OK);
  expected[order] = malloc(len + 1);
  memcpy(expected[order], text, len + 1);
}

START_TEST(test_shared_catalog)
{
  upsell_str catalog_text = read_file(TEA_STORE "/catalog.json");
  upsell_str order_text = read_file(TEA_STORE "/orders.ndjson");
  worker workers[THREADS] = {{0}};
  upsell_decision *decision = NULL;
  size_t at = 0;
  unsigned i;

  ck_assert_int_eq(
      upsell_catalog_new_from_json(catalog_text.data, catalog_text.len, &catalog, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  for (i = 0; i < ORDERS; i++) {
    orders[i] = next_line(order_text, &at);
    expect_order(decision, i);
  }
  for (i = 0; i < THREADS; i++) {
    workers[i].number = i;
    ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
  }
  for (i = 0; i < THREADS; i++) {
    ck_assert_int_eq(pthread_join(workers[i].thread, NULL), 0);
    ck_assert_uint_eq(workers[i].decided, ROUNDS * ORDERS);
    ck_assert_uint_eq(workers[i].wrong, 0);
  }
  for (i = 0; i < ORDERS; i++)
    free(expected[i]);
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
  free((char *)catalog_text.data);
  free((char *)order_text.data);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("threads");
  TCase *threads = tcase_create("threads");

  tcase_set_timeout(threads, 60);
  tcase_add_test(threads, test_shared_catalog);
  suite_add_tcase(suite, threads);
  return check_main(suite);
}
