/* SPDX-License-Identifier: MIT */
/* One catalogue, several threads with a batch each: all get what one thread alone gets. */
#include <pthread.h>

#include "../support/check_main.h"
#include "batches.h"
#include "codec/order_json.h"
#include "files.h"

enum { THREADS = 4, ROUNDS = 150, FORMS = 3 };

/* A text of orders, and what it comes to. */
typedef struct job {
  int32_t form;
  uint32_t flags;
  upsell_str text;
  upsell_status status;
  upsell_batch *expected;
} job;

static upsell_catalog *catalog;
static job jobs[FORMS];

/* Counts what went wrong: assertions are for the main thread. */
typedef struct worker {
  pthread_t thread;
  unsigned number;
  unsigned decided;
  unsigned wrong;
} worker;

static int is_expected(const upsell_batch_view *view, const upsell_batch_view *expected)
{
  return view->result_count == expected->result_count && view->text_len == expected->text_len &&
         memcmp(view->results, expected->results, view->result_count * sizeof(*view->results)) ==
             0 &&
         (!view->text_len || memcmp(view->text, expected->text, view->text_len) == 0);
}

static void work_once(worker *self, upsell_batch *batch, const job *j)
{
  if (upsell_batch_decide(batch, catalog, j->form, j->text.data, j->text.len, j->flags, NULL) !=
          j->status ||
      !is_expected(upsell_batch_get(batch), upsell_batch_get(j->expected)))
    self->wrong++;
  self->decided++;
}

/* Each thread takes the texts in a sequence of its own. */
static void *work(void *context)
{
  worker *self = context;
  upsell_batch *batch = NULL;
  unsigned i;

  if (upsell_batch_new(&batch))
    return NULL;
  for (i = 0; i < ROUNDS * FORMS; i++)
    work_once(self, batch, &jobs[(i * (self->number % 2 + 1) + self->number) % FORMS]);
  upsell_batch_free(batch);
  return NULL;
}

static void expect(job *j)
{
  j->expected = new_batch();
  j->status =
      upsell_batch_decide(j->expected, catalog, j->form, j->text.data, j->text.len, j->flags, NULL);
}

/* The orders of a stream, packed, with a bad one at the end. */
static void pack(upsell_str stream, upsell__buffer *out)
{
  upsell__arena arena = {0};
  upsell_str line;
  size_t at = 0;

  while ((line = next_line(stream, &at)).data) {
    upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
    upsell_order order;
    ck_assert_int_eq(upsell__order_read(line.data, line.len, &sink, &arena, &order), UPSELL_OK);
    add_packed(out, &order);
  }
  add_written(out, "0|o|JPY||");
  upsell__arena_free(&arena);
}

START_TEST(test_shared_catalog)
{
  upsell_str catalog_text = read_file(TEA_STORE "/catalog.json");
  upsell_str stream = read_file(TEA_STORE "/orders.ndjson");
  upsell__buffer packed = {0};
  worker workers[THREADS] = {{0}};
  size_t at = 0;
  unsigned i;

  ck_assert_int_eq(
      upsell_catalog_new_from_json(catalog_text.data, catalog_text.len, &catalog, NULL), UPSELL_OK);
  pack(stream, &packed);
  jobs[0] = (job){.form = UPSELL_ORDERS_LINES, .flags = UPSELL_DECIDE_EXPLAIN, .text = stream};
  jobs[1] = (job){.form = UPSELL_ORDERS_PACKED, .text = text_of(&packed)};
  jobs[2] = (job){.form = UPSELL_ORDERS_JSON, .text = next_line(stream, &at)};
  for (i = 0; i < FORMS; i++)
    expect(&jobs[i]);
  ck_assert_int_eq(jobs[0].status, UPSELL_OK);
  ck_assert_int_eq(jobs[1].status, UPSELL_BAD_COUNT);
  ck_assert_uint_gt(upsell_batch_get(jobs[1].expected)->result_count, 41);
  for (i = 0; i < THREADS; i++) {
    workers[i].number = i;
    ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
  }
  for (i = 0; i < THREADS; i++) {
    ck_assert_int_eq(pthread_join(workers[i].thread, NULL), 0);
    ck_assert_uint_eq(workers[i].decided, ROUNDS * FORMS);
    ck_assert_uint_eq(workers[i].wrong, 0);
  }
  for (i = 0; i < FORMS; i++)
    upsell_batch_free(jobs[i].expected);
  upsell_catalog_free(catalog);
  upsell__buffer_free(&packed);
  free((char *)catalog_text.data);
  free((char *)stream.data);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("batch_threads");
  TCase *threads = tcase_create("threads");

  tcase_set_timeout(threads, 60);
  tcase_add_test(threads, test_shared_catalog);
  suite_add_tcase(suite, threads);
  return check_main(suite);
}
