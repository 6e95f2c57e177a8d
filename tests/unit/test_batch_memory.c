/* SPDX-License-Identifier: MIT */
/*
 * Batches and failing memory: every allocation fails once, alone and with all that
 * follow. Then there are no results, and the same batch decides as ever afterwards. A
 * batch that has seen its orders needs no more memory.
 */
#include "../support/check_main.h"
#include "batches.h"
#include "codec/order_json.h"
#include "failing_heap.h"
#include "files.h"
#include "random.h"

enum { ORDERS_MAX = 64, TEXTS = 3 };

/* The orders of the tea store; the first two are bad, so that details could be mixed up. */
typedef struct orders {
  const char *name;
  int32_t form;
  size_t count;
  size_t at[ORDERS_MAX + 1]; /* where each begins, and where the last one ends */
  upsell__buffer text;
} orders;

static upsell_catalog *catalog;
static orders texts[TEXTS] = {{.name = "packed", .form = UPSELL_ORDERS_PACKED},
                              {.name = "lines", .form = UPSELL_ORDERS_LINES},
                              {.name = "document", .form = UPSELL_ORDERS_JSON}};

static upsell_batch *batch;
static upsell_error error;

static upsell_status decide(const orders *o, size_t from, size_t to, uint32_t flags)
{
  return upsell_batch_decide(batch, catalog, o->form, o->text.data + o->at[from],
                             o->at[to] - o->at[from], flags, &error);
}

static upsell_status decide_all(const orders *o)
{
  static const upsell_error fresh = UPSELL_ERROR_INIT;

  error = fresh;
  return decide(o, 0, o->count, UPSELL_DECIDE_EXPLAIN);
}

/* ---- failing ---- */

/* What a call is to come to. */
static upsell_status expected_status;
static upsell_error expected_error;
static upsell__buffer expected; /* results, texts and the last decision */

static void write_all(upsell__buffer *out)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_decision *decision = upsell_batch_decision(batch);
  upsell_str json = {NULL, 0};

  upsell__buffer_append(out, (const char *)view->results,
                        view->result_count * sizeof(*view->results));
  upsell__buffer_append(out, view->text, view->text_len);
  ck_assert_int_eq(upsell_decision_to_json(decision, &json.data, &json.len), UPSELL_OK);
  upsell__buffer_append(out, json.data, json.len);
}

static void expect(const orders *o)
{
  ck_assert_int_eq(upsell_batch_new(&batch), UPSELL_OK);
  expected_status = decide_all(o);
  expected_error = error;
  expected.len = 0;
  write_all(&expected);
  upsell_batch_free(batch);
}

static void check_expected(const orders *o, upsell_status status, long at)
{
  upsell__buffer got = {0};

  write_all(&got);
  if (status != expected_status || got.len != expected.len ||
      memcmp(got.data, expected.data, got.len) != 0)
    ck_abort_msg("%s, request %ld: other results", o->name, at);
  check_same_error(&error, &expected_error);
  upsell__buffer_free(&got);
}

static void check_no_memory(void)
{
  check_empty(batch);
  ck_assert_int_eq(error.code, UPSELL_NO_MEMORY);
  ck_assert_str_eq(error.pointer, "");
  ck_assert_int_eq(error.offset, -1);
  ck_assert_str_ne(error.message, "");
}

/* Fails request `at` of making a batch and deciding; returns whether there was one. */
static int fail_at(const orders *o, long at)
{
  long before = heap.live;
  upsell_status status;
  int failed;

  batch = NULL;
  heap_arm(at);
  status = upsell_batch_new(&batch);
  if (!status)
    status = decide_all(o);
  heap.armed = 0;
  failed = heap.failures > 0;
  if (status == UPSELL_NO_MEMORY && failed && batch)
    check_no_memory();
  else if (batch)
    check_expected(o, status, at);
  else
    ck_assert_int_eq(status, UPSELL_NO_MEMORY);
  if (batch)
    check_expected(o, decide_all(o), at);
  upsell_batch_free(batch);
  if (heap.live != before)
    ck_abort_msg("%s, request %ld: %ld blocks leaked", o->name, at, heap.live - before);
  return failed;
}

static void fail_all(const orders *o)
{
  long at = 1;

  expect(o);
  while (fail_at(o, at))
    at++;
  ck_assert_int_gt(at, 5); /* batch, decision, results, texts, scratch */
  upsell__buffer_free(&expected);
}

START_TEST(test_one_request_fails)
{
  heap.persistent = 0;
  fail_all(&texts[_i]);
}
END_TEST

START_TEST(test_all_further_requests_fail)
{
  heap.persistent = 1;
  fail_all(&texts[_i]);
}
END_TEST

/* ---- no allocation at all ---- */

static long count_requests(const orders *o, size_t from, size_t to, uint32_t flags)
{
  heap_arm(0);
  decide(o, from, to, flags);
  heap.armed = 0;
  return heap.requests;
}

/* Once a batch has seen its orders, one by one and all at once, it needs no more memory,
 * whichever of them come. */
START_TEST(test_no_allocation)
{
  const orders *o = &texts[_i / 2];
  uint32_t flags = _i % 2 ? UPSELL_DECIDE_EXPLAIN : 0;
  uint64_t state = 1;
  size_t i;

  ck_assert_int_eq(upsell_batch_new(&batch), UPSELL_OK);
  for (i = 0; i < 5 * o->count; i++)
    count_requests(o, i % o->count, i % o->count + 1, flags);
  for (i = 0; i < 5; i++)
    count_requests(o, 0, o->count, flags);
  for (i = 0; i < 1000; i++) {
    size_t from = random_below(&state, (uint32_t)o->count);
    size_t to = from + 1 + random_below(&state, (uint32_t)(o->count - from));
    ck_assert_int_eq(count_requests(o, from, to, flags), 0);
    ck_assert_uint_eq(upsell_batch_get(batch)->result_count, to - from);
  }
  upsell_batch_free(batch);
}
END_TEST

/* A wrong number of lines asks for no memory: it is looked at with the text's length. */
START_TEST(test_hostile_count)
{
  static const char text[] = "2305843009213693953\0o\0JPY\0";
  upsell_status status;

  ck_assert_int_eq(upsell_batch_new(&batch), UPSELL_OK);
  heap_arm(0);
  status = upsell_batch_decide(batch, catalog, UPSELL_ORDERS_PACKED, text, sizeof(text), 0, &error);
  heap.armed = 0;
  ck_assert_int_eq(status, UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(heap.requests, 0);
  upsell_batch_free(batch);
}
END_TEST

/* ---- the orders ---- */

static void begin_order(orders *o)
{
  ck_assert_uint_lt(o->count, ORDERS_MAX);
  o->at[o->count++] = o->text.len;
}

static void add_bad_orders(void)
{
  begin_order(&texts[0]);
  add_written(&texts[0].text, "0|o|JPY||");
  begin_order(&texts[0]);
  add_written(&texts[0].text, "1|o|JPYX||l|p||||1|||");
  begin_order(&texts[1]);
  UPSELL__APPEND(&texts[1].text, "{\"id\":\n");
  begin_order(&texts[1]);
  UPSELL__APPEND(&texts[1].text, "{\"id\":1}\n");
}

static void add_orders(upsell_str stream)
{
  upsell__arena arena = {0};
  upsell_str line;
  size_t at = 0;

  while ((line = next_line(stream, &at)).data) {
    upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
    upsell_order order;
    ck_assert_int_eq(upsell__order_read(line.data, line.len, &sink, &arena, &order), UPSELL_OK);
    begin_order(&texts[0]);
    add_packed(&texts[0].text, &order);
    begin_order(&texts[1]);
    upsell__buffer_append(&texts[1].text, line.data, line.len);
    upsell__buffer_append_char(&texts[1].text, '\n');
  }
  upsell__arena_free(&arena);
}

static void set_up(void)
{
  upsell_str catalog_text = read_file(TEA_STORE "/catalog.json");
  upsell_str stream = read_file(TEA_STORE "/orders.ndjson");
  size_t at = 0;
  upsell_str first = next_line(stream, &at);
  size_t i;

  ck_assert_int_eq(
      upsell_catalog_new_from_json(catalog_text.data, catalog_text.len, &catalog, NULL), UPSELL_OK);
  add_bad_orders();
  add_orders(stream);
  begin_order(&texts[2]);
  upsell__buffer_append(&texts[2].text, first.data, first.len);
  for (i = 0; i < TEXTS; i++)
    texts[i].at[texts[i].count] = texts[i].text.len;
  free((char *)catalog_text.data);
  free((char *)stream.data);
}

static void tear_down(void)
{
  size_t i;

  upsell_catalog_free(catalog);
  for (i = 0; i < TEXTS; i++)
    upsell__buffer_free(&texts[i].text);
}

int main(void)
{
  Suite *suite = suite_create("batch_memory");
  TCase *memory = tcase_create("memory");

  tcase_set_timeout(memory, 120);
  tcase_add_unchecked_fixture(memory, set_up, tear_down);
  tcase_add_loop_test(memory, test_one_request_fails, 0, TEXTS);
  tcase_add_loop_test(memory, test_all_further_requests_fail, 0, TEXTS);
  tcase_add_loop_test(memory, test_no_allocation, 0, 2 * TEXTS);
  tcase_add_test(memory, test_hostile_count);
  suite_add_tcase(suite, memory);
  return check_main(suite);
}
