/* SPDX-License-Identifier: MIT */
/* Calls with batches: nothing of one is left in the next, and what is forbidden empties
 * (BAT-5). */
#include "../support/check_main.h"
#include "batches.h"
#include "decide/decision.h"
#include "random.h"
#include "store.h"

static store shelf;
static upsell_catalog *catalog; /* of `shelf` */
static upsell_batch *batch;
static upsell_decision *alone;

static void set_up(void)
{
  store_init(&shelf);
  ck_assert_int_eq(upsell_catalog_new(&shelf.catalog, &catalog, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&alone), UPSELL_OK);
  batch = new_batch();
}

static void tear_down(void)
{
  upsell_batch_free(batch);
  upsell_decision_free(alone);
  upsell_catalog_free(catalog);
}

/* The order of the store, packed. */
static upsell_status decide_good(upsell_batch *into, uint32_t flags)
{
  upsell__buffer text = {0};
  upsell_status status;

  add_packed(&text, &shelf.order);
  status = decide_copy(into, catalog, UPSELL_ORDERS_PACKED, text_of(&text), flags, NULL);
  upsell__buffer_free(&text);
  return status;
}

/* ---- one call and the next ---- */

START_TEST(test_view_stays)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  int i;

  check_empty(batch);
  for (i = 0; i < 3; i++) {
    ck_assert_int_eq(decide_good(batch, 0), UPSELL_OK);
    ck_assert_ptr_eq(upsell_batch_get(batch), view);
    ck_assert_uint_eq(view->size, sizeof(*view));
    ck_assert_uint_eq(view->result_count, 1);
    ck_assert_int_eq(upsell_batch_decide(batch, catalog, UPSELL_ORDERS_PACKED, "1", 1, 0, NULL),
                     UPSELL_INVALID_ARGUMENT);
    ck_assert_ptr_eq(upsell_batch_get(batch), view);
    check_empty(batch);
  }
}
END_TEST

/* What the last call came to, whatever was before: an order, more of them, a bad one, a
 * text that is no order. */
START_TEST(test_reuse)
{
  static const char *const texts[] = {"", "0|o|JPY||", "x|", "1|o|JPY||l|p||||1|||", "1|o|"};
  static const upsell_status statuses[] = {UPSELL_OK, UPSELL_BAD_COUNT, UPSELL_INVALID_ARGUMENT,
                                           UPSELL_OK, UPSELL_INVALID_ARGUMENT};
  static const size_t counts[] = {0, 1, 0, 1, 0};
  uint64_t state = 6;
  int i;

  ck_assert_int_eq(upsell_decide(catalog, &shelf.order, 0, alone, NULL), UPSELL_OK);
  for (i = 0; i < 500; i++) {
    uint32_t drawn = random_below(&state, 5);
    upsell__buffer text = {0};
    add_written(&text, texts[drawn]);
    ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_PACKED, text_of(&text), 0, NULL),
                     statuses[drawn]);
    ck_assert_uint_eq(upsell_batch_get(batch)->result_count, counts[drawn]);
    upsell__buffer_free(&text);
    if (random_below(&state, 2)) {
      ck_assert_int_eq(decide_good(batch, 0), UPSELL_OK);
      ck_assert_uint_eq(upsell_batch_get(batch)->result_count, 1);
      check_result(batch, 0, alone);
    }
  }
}
END_TEST

/* Results of one batch stay as they are while another one decides. */
START_TEST(test_batches_are_apart)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_batch *other = new_batch();
  upsell_result kept;
  char text[256];

  ck_assert_int_eq(decide_good(batch, 0), UPSELL_OK);
  ck_assert_uint_le(view->text_len, sizeof(text));
  kept = view->results[0];
  memcpy(text, view->text, view->text_len);
  shelf.order.id = upsell_str_of("another");
  shelf.order.line_count = 1;
  ck_assert_int_eq(decide_good(other, UPSELL_DECIDE_EXPLAIN), UPSELL_OK);
  ck_assert_int_eq(upsell_batch_decide(other, catalog, UPSELL_ORDERS_JSON, "{}", 2, 0, NULL),
                   UPSELL_MISSING_KEY);
  upsell_batch_free(other);
  ck_assert_uint_eq(view->result_count, 1);
  ck_assert_int_eq(memcmp(&view->results[0], &kept, sizeof(kept)), 0);
  ck_assert_int_eq(memcmp(view->text, text, view->text_len), 0);
}
END_TEST

/* Decides for so many times one order; returns the memory that reading them took. */
static size_t decide_copies(int32_t form, upsell_str order, size_t count)
{
  upsell__buffer text = {0};
  size_t i;

  for (i = 0; i < count; i++)
    upsell__buffer_append(&text, order.data, order.len);
  ck_assert_int_eq(decide_copy(batch, catalog, form, text_of(&text), 0, NULL), UPSELL_OK);
  ck_assert_uint_eq(upsell_batch_get(batch)->result_count, count);
  upsell__buffer_free(&text);
  return upsell_batch_decision(batch)->input.bytes + upsell_batch_decision(batch)->results.bytes;
}

/* Orders are read and decided in the same memory, however many there are. */
START_TEST(test_memory_of_many)
{
  static const upsell_str line = UPSELL_STR(
      "{\"format\":\"upsell.order/1\",\"id\":\"\\u006f\",\"currency\":\"JPY\",\"lines\":["
      "{\"id\":\"l\",\"product_id\":\"p-tea\",\"quantity\":1}]}\n");
  upsell__buffer order = {0};
  size_t one;

  add_packed(&order, &shelf.order);
  one = decide_copies(UPSELL_ORDERS_PACKED, text_of(&order), 1);
  ck_assert_uint_gt(one, 0);
  ck_assert_uint_eq(decide_copies(UPSELL_ORDERS_PACKED, text_of(&order), 3000), one);
  one = decide_copies(UPSELL_ORDERS_LINES, line, 1);
  ck_assert_uint_eq(decide_copies(UPSELL_ORDERS_LINES, line, 3000), one);
  upsell__buffer_free(&order);
}
END_TEST

START_TEST(test_error_of_success)
{
  upsell_error error;
  upsell_error before;
  upsell__buffer text = {0};

  memset(&error, 0xA5, sizeof(error));
  error.size = sizeof(error);
  before = error;
  add_packed(&text, &shelf.order);
  ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_PACKED, text_of(&text), 0, &error),
                   UPSELL_OK);
  ck_assert_int_eq(memcmp(&error, &before, sizeof(error)), 0);
  upsell__buffer_free(&text);
}
END_TEST

/* Details are for those who have room for them. */
START_TEST(test_error_without_size)
{
  upsell_error error;
  upsell_error before;

  memset(&error, 0xA5, sizeof(error));
  error.size = sizeof(error) - 8;
  before = error;
  ck_assert_int_eq(upsell_batch_decide(batch, catalog, UPSELL_ORDERS_LINES, "{}\nx", 4, 0, &error),
                   UPSELL_MISSING_KEY);
  ck_assert_int_eq(memcmp(&error, &before, sizeof(error)), 0);
  ck_assert_int_eq(upsell_batch_decide(batch, catalog, UPSELL_ORDERS_LINES, "{}\nx", 4, 0, NULL),
                   UPSELL_MISSING_KEY);
  ck_assert_uint_eq(upsell_batch_get(batch)->result_count, 2);
}
END_TEST

/* ---- arguments ---- */

typedef struct call {
  int batch;   /* 0: NULL */
  int catalog; /* 0: NULL */
  int32_t form;
  const char *orders;
  size_t len;
  uint32_t flags;
} call;

static const call forbidden[] = {
    {0, 1, UPSELL_ORDERS_PACKED, "", 0, 0},
    {1, 0, UPSELL_ORDERS_PACKED, "", 0, 0},
    {1, 1, UPSELL_ORDERS_PACKED, NULL, 1, 0},
    {1, 1, UPSELL_ORDERS_JSON, NULL, 1, 0},
    {1, 1, UPSELL_ORDERS_LINES, NULL, 1, 0},
    {1, 1, 0, "", 0, 0},
    {1, 1, 4, "", 0, 0},
    {1, 1, -1, "", 0, 0},
    {1, 1, INT32_MAX, "", 0, 0},
    {1, 1, INT32_MIN, "", 0, 0},
    {1, 1, UPSELL_ORDERS_PACKED, "", 0, 2},
    {1, 1, UPSELL_ORDERS_LINES, "", 0, 3},
    {1, 1, UPSELL_ORDERS_JSON, "", 0, UINT32_C(0x80000001)},
};

START_TEST(test_forbidden)
{
  const call *c = &forbidden[_i];
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(decide_good(batch, 0), UPSELL_OK);
  ck_assert_int_eq(upsell_batch_decide(c->batch ? batch : NULL, c->catalog ? catalog : NULL,
                                       c->form, c->orders, c->len, c->flags, &error),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(error.code, UPSELL_INVALID_ARGUMENT);
  ck_assert_str_eq(error.pointer, "");
  ck_assert_int_eq(error.offset, -1);
  ck_assert_str_ne(error.message, "");
  if (c->batch)
    check_empty(batch);
}
END_TEST

START_TEST(test_no_text)
{
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(decide_good(batch, 0), UPSELL_OK);
  ck_assert_int_eq(upsell_batch_decide(batch, catalog, UPSELL_ORDERS_PACKED, NULL, 0, 0, &error),
                   UPSELL_OK);
  check_empty(batch);
  ck_assert_int_eq(decide_good(batch, 0), UPSELL_OK);
  ck_assert_int_eq(upsell_batch_decide(batch, catalog, UPSELL_ORDERS_LINES, NULL, 0, 0, &error),
                   UPSELL_OK);
  check_empty(batch);
  ck_assert_int_eq(error.code, 0);
  /* No document is no order. */
  ck_assert_int_eq(upsell_batch_decide(batch, catalog, UPSELL_ORDERS_JSON, NULL, 0, 0, &error),
                   UPSELL_JSON_SYNTAX);
  ck_assert_int_eq(error.code, UPSELL_JSON_SYNTAX);
  ck_assert_uint_eq(upsell_batch_get(batch)->result_count, 1);
  ck_assert(result_is_refusal(upsell_batch_get(batch)->results));
}
END_TEST

START_TEST(test_null)
{
  ck_assert_int_eq(upsell_batch_new(NULL), UPSELL_INVALID_ARGUMENT);
  upsell_batch_free(NULL);
  ck_assert_ptr_null(upsell_batch_get(NULL));
  ck_assert_ptr_null(upsell_batch_decision(NULL));
  check_empty(batch);
}
END_TEST

/* Bindings lay them out themselves. */
START_TEST(test_layout)
{
  ck_assert_uint_eq(sizeof(upsell_result), 80);
  ck_assert_uint_eq(offsetof(upsell_result, total_checkout), 32);
  ck_assert_int_eq(UPSELL_LINE_MAX_BYTES, 16 * 1024 * 1024);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("batch_calls");
  TCase *cases = tcase_create("batch_calls");

  tcase_set_timeout(cases, 60);
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_add_test(cases, test_view_stays);
  tcase_add_test(cases, test_reuse);
  tcase_add_test(cases, test_batches_are_apart);
  tcase_add_test(cases, test_memory_of_many);
  tcase_add_test(cases, test_error_of_success);
  tcase_add_test(cases, test_error_without_size);
  tcase_add_loop_test(cases, test_forbidden, 0, sizeof(forbidden) / sizeof(forbidden[0]));
  tcase_add_test(cases, test_no_text);
  tcase_add_test(cases, test_null);
  tcase_add_test(cases, test_layout);
  suite_add_tcase(suite, cases);
  return check_main(suite);
}
