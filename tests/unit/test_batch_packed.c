/* SPDX-License-Identifier: MIT */
/* Packed orders: what each text may be, and what is broken (BAT-2, BAT-5). */
#include <stdio.h>

#include "../support/check_main.h"
#include "batches.h"
#include "store.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The texts of an order of one line. */
enum {
  LINES,
  ORDER_ID,
  CURRENCY,
  ADDRESS,
  LINE_ID,
  PRODUCT,
  VARIANT,
  PLAN,
  CONTRACT,
  QUANTITY,
  UNIT_PRICE,
  TOTAL,
  TEXTS
};

static const char *const good[TEXTS] = {"1",     "o-1",   "JPY", "",  "l-1", "p-tea",
                                        "v-100", "sp-m1", "c-1", "1", "900", "900"};

static upsell_catalog *catalog;
static upsell_batch *batch;
static upsell__buffer text;

static void set_up(void)
{
  store shelf;

  store_init(&shelf);
  ck_assert_int_eq(upsell_catalog_new(&shelf.catalog, &catalog, NULL), UPSELL_OK);
  batch = new_batch();
}

static void tear_down(void)
{
  upsell_batch_free(batch);
  upsell_catalog_free(catalog);
  upsell__buffer_free(&text);
}

/* Adds the good order, with one of its texts replaced. */
static void add_order(int replaced, const char *by)
{
  int i;

  for (i = 0; i < TEXTS; i++) {
    const char *one = i == replaced ? by : good[i];
    upsell__buffer_append(&text, one, strlen(one) + 1);
  }
}

static upsell_status decide(upsell_error *error)
{
  return decide_copy(batch, catalog, UPSELL_ORDERS_PACKED, text_of(&text), 0, error);
}

/* Nothing can be understood: no results, and details of what is broken. */
static void check_broken(void)
{
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(decide(&error), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(error.code, UPSELL_INVALID_ARGUMENT);
  ck_assert_str_eq(error.pointer, "");
  ck_assert_int_ge(error.offset, 0);
  ck_assert_int_le(error.offset, (int64_t)text.len);
  ck_assert_ptr_nonnull(strstr(error.message, "acked orders"));
  check_empty(batch);
}

/* The first of two orders breaks a rule, the other one is good. */
static void check_refused(upsell_status expected, const char *pointer)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status = decide(&error);

  ck_assert_str_eq(upsell_status_name(status), upsell_status_name(expected));
  ck_assert_int_eq(error.code, expected);
  ck_assert_str_eq(error.pointer, pointer);
  ck_assert_int_eq(error.offset, -1); /* there is no JSON */
  ck_assert_str_ne(error.message, "");
  ck_assert_ptr_null(strstr(error.message, "found -")); /* no packed number is below 0 */
  ck_assert_uint_eq(view->result_count, 2);
  ck_assert_int_eq(view->results[0].status, expected);
  ck_assert(result_is_refusal(&view->results[0]));
  ck_assert_int_eq(view->results[1].outcome, UPSELL_OUTCOME_OFFER);
  ck_assert_uint_eq(view->results[1].order_at, view->results[0].order_len);
}

/* ---- numbers ---- */

static const char *const no_numbers[] = {
    "x",   "-1",  "+1", " 1",  "1 ",   "0x1",  "1.0",  "1e3",
    "1,0", "\n1", "１", "1\n", "12a4", "true", "null", "00000000000000000001"};

START_TEST(test_no_number)
{
  static const int numbers[] = {LINES, QUANTITY, UNIT_PRICE, TOTAL};
  size_t i;

  for (i = 0; i < COUNT_OF(numbers); i++) {
    text.len = 0;
    add_order(numbers[i], no_numbers[_i]);
    add_order(TEXTS, NULL);
    check_broken();
  }
}
END_TEST

/* Only the two amounts may be absent. */
START_TEST(test_empty_number)
{
  add_order(LINES, "");
  check_broken();
  text.len = 0;
  add_order(QUANTITY, "");
  check_broken();
  text.len = 0;
  add_order(UNIT_PRICE, "");
  add_order(TOTAL, "");
  ck_assert_int_eq(decide(NULL), UPSELL_OK);
}
END_TEST

typedef struct fault {
  int replaced;
  const char *by;
  upsell_status status;
  const char *pointer;
} fault;

static const fault faults[] = {
    {QUANTITY, "0", UPSELL_OUT_OF_RANGE, "/lines/0/quantity"},
    {QUANTITY, "10000", UPSELL_OUT_OF_RANGE, "/lines/0/quantity"},
    {QUANTITY, "2147483647", UPSELL_OUT_OF_RANGE, "/lines/0/quantity"},
    {QUANTITY, "2147483648", UPSELL_OUT_OF_RANGE, "/lines/0/quantity"},
    {QUANTITY, "4294967297", UPSELL_OUT_OF_RANGE, "/lines/0/quantity"}, /* 1 in 32 bits */
    {QUANTITY, "9223372036854775808", UPSELL_OUT_OF_RANGE, "/lines/0/quantity"},
    {QUANTITY, "9999999999999999999", UPSELL_OUT_OF_RANGE, "/lines/0/quantity"},
    {UNIT_PRICE, "100000000001", UPSELL_OUT_OF_RANGE, "/lines/0/unit_price"},
    {UNIT_PRICE, "9223372036854775807", UPSELL_OUT_OF_RANGE, "/lines/0/unit_price"},
    {UNIT_PRICE, "9223372036854775808", UPSELL_OUT_OF_RANGE, "/lines/0/unit_price"},
    {UNIT_PRICE, "9999999999999999999", UPSELL_OUT_OF_RANGE, "/lines/0/unit_price"},
    {TOTAL, "100000000001", UPSELL_OUT_OF_RANGE, "/lines/0/discounted_total"},
    {TOTAL, "9999999999999999999", UPSELL_OUT_OF_RANGE, "/lines/0/discounted_total"},
    {CURRENCY, "", UPSELL_MISSING_KEY, "/currency"},
    {CURRENCY, "J", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {CURRENCY, "JP", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {CURRENCY, "JPYX", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {CURRENCY, "JPYJPY", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {CURRENCY, "XXX", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {CURRENCY, "jpy", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {CURRENCY, "\xFF\xFF\xFF", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {CURRENCY, "\xFF\xFF", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {ORDER_ID, "", UPSELL_BAD_ID, "/id"},
    {LINE_ID, "", UPSELL_BAD_ID, "/lines/0/id"},
    {PRODUCT, "", UPSELL_BAD_ID, "/lines/0/product_id"},
};

START_TEST(test_fault)
{
  const fault *f = &faults[_i];

  add_order(f->replaced, f->by);
  add_order(TEXTS, NULL);
  check_refused(f->status, f->pointer);
}
END_TEST

static const fault allowed[] = {
    {LINES, "0000000000000000001", UPSELL_OK, ""},
    {QUANTITY, "9999", UPSELL_OK, ""},
    {QUANTITY, "0000000000000009999", UPSELL_OK, ""},
    {UNIT_PRICE, "0", UPSELL_OK, ""},
    {UNIT_PRICE, "100000000000", UPSELL_OK, ""},
    {UNIT_PRICE, "", UPSELL_OK, ""},
    {TOTAL, "100000000000", UPSELL_OK, ""},
    {TOTAL, "", UPSELL_OK, ""},
    {ADDRESS, "1", UPSELL_OK, ""},
    {ADDRESS, "0", UPSELL_OK, ""},
    {VARIANT, "", UPSELL_OK, ""},
    {PLAN, "", UPSELL_OK, ""},
    {CONTRACT, "", UPSELL_OK, ""},
    {ORDER_ID, " \n\t{|}煎茶", UPSELL_OK, ""},
};

START_TEST(test_allowed)
{
  add_order(allowed[_i].replaced, allowed[_i].by);
  add_order(TEXTS, NULL);
  ck_assert_int_eq(UPSELL_MONEY_MAX, INT64_C(100000000000));
  ck_assert_int_eq(decide(NULL), UPSELL_OK);
  ck_assert_uint_eq(upsell_batch_get(batch)->result_count, 2);
}
END_TEST

START_TEST(test_choice)
{
  static const char *const wrong[] = {"2", "10", "01", "11", "y", "true", " ", "-", "\xFF", "００"};
  size_t i;

  for (i = 0; i < COUNT_OF(wrong); i++) {
    text.len = 0;
    add_order(ADDRESS, wrong[i]);
    add_order(TEXTS, NULL);
    check_broken();
  }
}
END_TEST

/* ---- ids ---- */

typedef struct id_place {
  int text;
  const char *pointer;
} id_place;

static const id_place ids[] = {
    {ORDER_ID, "/id"},
    {LINE_ID, "/lines/0/id"},
    {PRODUCT, "/lines/0/product_id"},
    {VARIANT, "/lines/0/variant_id"},
    {PLAN, "/lines/0/selling_plan_id"},
    {CONTRACT, "/lines/0/contract_id"},
};

START_TEST(test_bad_ids)
{
  static const char *const wrong[] = {"a\xFF", "\xC0\x80", "\xED\xA0\x80", "\xE3\x81",
                                      "\xF4\x90\x80\x80"};
  size_t i;

  for (i = 0; i < COUNT_OF(wrong); i++) {
    text.len = 0;
    add_order(ids[_i].text, wrong[i]);
    add_order(TEXTS, NULL);
    check_refused(UPSELL_BAD_ID, ids[_i].pointer);
  }
}
END_TEST

START_TEST(test_long_ids)
{
  char id[257];

  memset(id, 'i', 256);
  id[256] = '\0';
  add_order(ids[_i].text, id);
  add_order(TEXTS, NULL);
  check_refused(UPSELL_BAD_ID, ids[_i].pointer);
  text.len = 0;
  add_order(ids[_i].text, id + 1);
  ck_assert_int_eq(decide(NULL), UPSELL_OK);
}
END_TEST

START_TEST(test_same_id_twice)
{
  add_written(&text, "2|o|JPY||l|p||||1|||l|p||||1|||");
  add_order(TEXTS, NULL);
  check_refused(UPSELL_DUPLICATE_ID, "/lines/1/id");
}
END_TEST

/* ---- how many lines ---- */

static void add_lines(size_t count)
{
  char one[64];
  size_t i;

  snprintf(one, sizeof(one), "%zu|o|JPY||", count);
  add_written(&text, one);
  for (i = 0; i < count; i++) {
    snprintf(one, sizeof(one), "l-%zu|p-tea|v-100|sp-m1||1|||", i);
    add_written(&text, one);
  }
}

/* However many there are, the order behind them is found. */
START_TEST(test_line_counts)
{
  static const size_t too_many[] = {0, 1001, 1002, 5000};
  size_t i;

  for (i = 0; i < COUNT_OF(too_many); i++) {
    text.len = 0;
    add_lines(too_many[i]);
    add_order(TEXTS, NULL);
    check_refused(UPSELL_BAD_COUNT, "/lines");
  }
  text.len = 0;
  add_lines(1000);
  add_order(TEXTS, NULL);
  ck_assert_int_eq(decide(NULL), UPSELL_OK);
  ck_assert_uint_eq(upsell_batch_get(batch)->result_count, 2);
  ck_assert_uint_eq(upsell_batch_get(batch)->results[0].target_count, 1);
}
END_TEST

/* The shortest order there is, with nothing behind it. */
START_TEST(test_shortest)
{
  upsell_error error = UPSELL_ERROR_INIT;

  add_written(&text, "0||||");
  ck_assert_int_eq(decide(&error), UPSELL_BAD_ID);
  ck_assert_str_eq(error.pointer, "/id");
  ck_assert_uint_eq(upsell_batch_get(batch)->results->order_len, 5);
}
END_TEST

/* More lines than there can be: no memory may be asked for them. */
START_TEST(test_count_without_lines)
{
  static const char *const counts[] = {"1",
                                       "3",
                                       "1000",
                                       "2147483648",
                                       "4294967297",
                                       "2305843009213693952", /* 0 in bytes of texts */
                                       "2305843009213693953",
                                       "9223372036854775807",
                                       "9223372036854775808",
                                       "9999999999999999999"};
  size_t i;

  for (i = 0; i < COUNT_OF(counts); i++) {
    text.len = 0;
    upsell__buffer_append(&text, counts[i], strlen(counts[i]) + 1);
    add_written(&text, "o|JPY||");
    if (i) /* two lines where there should be more */
      add_written(&text, "l-1|p||||1|||l-2|p||||1|||");
    check_broken();
  }
}
END_TEST

/* Fewer than there are: the next line is taken for an order, and is none. */
START_TEST(test_more_lines_than_counted)
{
  add_written(&text, "1|o|JPY||l-1|p||||1|||l-2|p||||1|||");
  check_broken();
}
END_TEST

/* ---- cut off ---- */

enum { ORDERS = 4 };

static const char *const cut_orders[ORDERS] = {
    "1|o-1|JPY||l-1|p-tea|v-100|sp-m1|c-1|1|900|900|",
    "2|o-2|JP|1|l-1|p||||0|||l-1|煎茶||||12|34||", "0|o-3|JPY|0|",
    "2|o-4|JPY|1|l-1|p-tea|v-100|sp-m1|c-1|1|||l-2|p-tea|v-200|sp-w2|c-2|2|||"};

static const upsell_status cut_statuses[ORDERS] = {UPSELL_OK, UPSELL_UNKNOWN_CURRENCY,
                                                   UPSELL_BAD_COUNT, UPSELL_OK};

/* The first `count` orders, whole. */
static void check_whole(size_t count)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_error error = UPSELL_ERROR_INIT;
  size_t at = 0;
  size_t i;

  ck_assert_int_eq(decide(&error), count < 2 ? UPSELL_OK : cut_statuses[1]);
  ck_assert_int_eq(error.code, count < 2 ? UPSELL_OK : cut_statuses[1]);
  ck_assert_uint_eq(view->result_count, count);
  for (i = 0; i < count; i++) {
    ck_assert_int_eq(view->results[i].status, cut_statuses[i]);
    ck_assert_uint_eq(view->results[i].order_at, at);
    at += strlen(cut_orders[i]);
    ck_assert_uint_eq(view->results[i].order_at + view->results[i].order_len, at);
  }
}

/* Cut at every byte: broken unless it is between two orders, and the details are of
 * the cut, not of the bad order that may stand before it. */
START_TEST(test_cut_off)
{
  size_t begins[ORDERS + 1];
  size_t order = 0;
  size_t i;

  for (i = 0; i < ORDERS; i++) {
    begins[i] = text.len;
    add_written(&text, cut_orders[i]);
  }
  begins[ORDERS] = text.len;
  for (i = 0; i <= begins[ORDERS]; i++) {
    text.len = i;
    if (i == begins[order])
      check_whole(order++);
    else
      check_broken();
  }
  ck_assert_uint_eq(order, ORDERS + 1);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("batch_packed");
  TCase *cases = tcase_create("packed");

  tcase_set_timeout(cases, 60);
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_add_loop_test(cases, test_no_number, 0, COUNT_OF(no_numbers));
  tcase_add_test(cases, test_empty_number);
  tcase_add_loop_test(cases, test_fault, 0, COUNT_OF(faults));
  tcase_add_loop_test(cases, test_allowed, 0, COUNT_OF(allowed));
  tcase_add_test(cases, test_choice);
  tcase_add_loop_test(cases, test_bad_ids, 0, COUNT_OF(ids));
  tcase_add_loop_test(cases, test_long_ids, 0, COUNT_OF(ids));
  tcase_add_test(cases, test_same_id_twice);
  tcase_add_test(cases, test_line_counts);
  tcase_add_test(cases, test_shortest);
  tcase_add_test(cases, test_count_without_lines);
  tcase_add_test(cases, test_more_lines_than_counted);
  tcase_add_test(cases, test_cut_off);
  suite_add_tcase(suite, cases);
  return check_main(suite);
}
