/* SPDX-License-Identifier: MIT */
/* Damaged documents: cut at every byte, with every byte replaced, dropped or
 * doubled. Nothing crashes or hangs, and every answer is a sensible one. */
#include "../support/check_main.h"
#include "base/utf8.h"
#include "payloads.h"
#include "random.h"
#include "verdict.h"
#include "json/value.h"

#include <upsell/shopify.h>
#include <upsell/upsell.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char catalog_text[] =
    "{\"format\":\"upsell.catalog/1\",\"currency\":\"USD\",\"store\":{\"plan\":\"enterprise\","
    "\"post_purchase_app\":true},\"rounding\":{\"checkout\":{\"mode\":\"floor\"}},"
    "\"selling_plans\":[{\"id\":\"m1\",\"name\":\"\\u6708\\n\",\"billing\":{\"interval\":\"month\","
    "\"count\":1},\"pricing\":[{\"after_cycle\":0,\"type\":\"percentage\",\"value\":\"12.5\"}]}],"
    "\"products\":[{\"id\":7,\"title\":\"\xE7\x85\x8E\xE8\x8C\xB6\",\"variants\":[{\"id\":\"v\","
    "\"title\":\"\",\"price\":\"19.99\",\"available\":12}]}],\"scenarios\":[{\"id\":\"S\","
    "\"name\":\"\",\"status\":\"published\",\"priority\":1,\"trigger\":{\"kind\":\"subscription\","
    "\"products\":[{\"product_id\":7}]},\"offer\":{\"kind\":\"subscription\",\"product_id\":7,"
    "\"variant_id\":\"v\",\"selling_plan_ids\":[\"m1\"],\"quantity\":{\"max\":3,"
    "\"adjustable\":true}},\"page\":{\"timer\":{\"enabled\":true,\"seconds\":60}}}]}";

static const char order_text[] =
    "{\"format\":\"upsell.order/"
    "1\",\"id\":\"o\\u002d1\",\"currency\":\"USD\",\"note\":[{\"a\":-1.5e3},"
    "null],\"lines\":[{\"id\":1,\"product_id\":\"7\",\"variant_id\":\"v\",\"quantity\":2,"
    "\"unit_price\":\"19.990\",\"discounted_total\":\"39.98\",\"selling_plan_id\":\"m1\","
    "\"contract_id\":null}]}";

static upsell_catalog *catalog;
static upsell_decision *decision;

static void set_up(void)
{
  ck_assert_int_eq(
      upsell_catalog_new_from_json(catalog_text, sizeof(catalog_text) - 1, &catalog, NULL),
      UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  ck_assert_int_eq(
      upsell_decide_json(catalog, order_text, sizeof(order_text) - 1, 0, decision, NULL),
      UPSELL_OK);
  ck_assert_int_eq(upsell_decision_get(decision)->outcome, UPSELL_OUTCOME_OFFER);
}

static void tear_down(void)
{
  upsell_catalog_free(catalog);
  upsell_decision_free(decision);
}

/* What every error must look like. */
static void check_error(const upsell_error *error, upsell_status status, size_t len)
{
  if (error->code != status || error->offset < -1 || error->offset > (int64_t)len ||
      (error->pointer[0] != '\0' && error->pointer[0] != '/') || error->message[0] == '\0' ||
      !upsell__utf8_clean(upsell_str_of(error->pointer)) ||
      !upsell__utf8_clean(upsell_str_of(error->message)))
    ck_abort_msg("%d: %s: %s", error->code, error->pointer, error->message);
}

static void try_order(const char *text, size_t len)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status =
      upsell_decide_json(catalog, text, len, UPSELL_DECIDE_EXPLAIN, decision, &error);
  int32_t outcome = upsell_decision_get(decision)->outcome;

  if ((status == UPSELL_OK) != (outcome != UPSELL_OUTCOME_NONE))
    ck_abort_msg("status %d, outcome %d", status, outcome);
  if (status)
    check_error(&error, status, len);
}

/* The checks by one problem and by all agree. */
static void try_catalog(const char *text, size_t len)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_problems *problems = NULL;
  upsell_catalog *made = NULL;
  upsell_status status = upsell_catalog_new_from_json(text, len, &made, &error);
  size_t count;

  ck_assert_int_eq(upsell_catalog_check_json(text, len, &problems), UPSELL_OK);
  count = upsell_problems_count(problems);
  if ((status == UPSELL_OK) != (made != NULL) || (status == UPSELL_OK) != (count == 0))
    ck_abort_msg("status %d, %zu problems", status, count);
  while (count-- > 0) {
    upsell_error problem = UPSELL_ERROR_INIT;
    upsell_problems_get(problems, count, &problem);
    check_error(&problem, problem.code, len);
    if (count == 0)
      ck_assert_str_eq(problem.pointer, error.pointer);
  }
  if (status)
    check_error(&error, status, len);
  upsell_problems_free(problems);
  upsell_catalog_free(made);
}

/* A tree holds whatever the reader takes, and is written as something that reads as
 * the same. */
static void try_value(const char *text, size_t len)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  upsell__arena arena = {0};
  upsell__buffer written = {0};
  const upsell__value *value = NULL;
  const upsell__value *again = NULL;
  upsell_status status = upsell__value_read(text, len, &arena, &value, &sink);

  ck_assert_int_eq(status, judge_text(text, len).status);
  if (status) {
    check_error(&error, status, len);
  } else {
    upsell__value_write(&written, value);
    ck_assert_int_eq(upsell__value_read(written.data, written.len, &arena, &again, &sink),
                     UPSELL_OK);
    ck_assert_int_eq(upsell__value_equal(value, again), 1);
  }
  upsell__buffer_free(&written);
  upsell__arena_free(&arena);
}

static void check_adapted(upsell_status status, const upsell_error *error, size_t len,
                          upsell_text *order)
{
  size_t order_len = 0;
  const char *text = upsell_text_data(order, &order_len);

  if (status)
    check_error(error, status, len);
  else /* whatever is adapted is an order */
    ck_assert_int_eq(upsell_decide_json(catalog, text, order_len, 0, decision, NULL), UPSELL_OK);
  upsell_text_free(order);
}

static void try_input_data(const char *text, size_t len)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *order = NULL;
  upsell_status status = upsell_order_from_input_data(text, len, 0, &order, &error);

  check_adapted(status, &error, len, order);
}

static void try_shopify_order(const char *text, size_t len)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *order = NULL;
  upsell_status status = upsell_order_from_shopify_order(text, len, 0, &order, &error);

  check_adapted(status, &error, len, order);
}

typedef void (*attempt)(const char *text, size_t len);

/* Runs an attempt on a copy in memory of just the right size. */
static void try_copy(attempt run, const char *text, size_t len)
{
  char *copy = malloc(len ? len : 1);

  memcpy(copy, text, len);
  run(copy, len);
  free(copy);
}

typedef struct subject {
  attempt run;
  const char *text;
  size_t len;
} subject;

static const subject subjects[] = {
    {try_order, order_text, sizeof(order_text) - 1},
    {try_catalog, catalog_text, sizeof(catalog_text) - 1},
    {try_value, order_text, sizeof(order_text) - 1},
    {try_input_data, input_data_text, sizeof(input_data_text) - 1},
    {try_shopify_order, shopify_order_text, sizeof(shopify_order_text) - 1},
};

START_TEST(test_whole)
{
  try_copy(subjects[_i].run, subjects[_i].text, subjects[_i].len);
}
END_TEST

START_TEST(test_prefixes)
{
  const subject *s = &subjects[_i];
  size_t len;

  for (len = 0; len < s->len; len++)
    try_copy(s->run, s->text, len);
}
END_TEST

/* Bytes that mean something in JSON or UTF-8, and their neighbours. */
static const char bytes[] =
    "\0\x01\t\n\x1F !\"+,-./0179:[\\]abeflnrtu{|}~\x7F\x80\xBF\xC0\xC3"
    "\xE0\xE7\xED\xF0\xF4\xFF";

START_TEST(test_replaced)
{
  const subject *s = &subjects[_i];
  char *text = malloc(s->len);
  size_t at;
  size_t i;

  memcpy(text, s->text, s->len);
  for (at = 0; at < s->len; at++) {
    for (i = 0; i < sizeof(bytes) - 1; i++) {
      text[at] = bytes[i];
      s->run(text, s->len);
    }
    text[at] = s->text[at];
  }
  free(text);
}
END_TEST

/* All 256 bytes at every place of the order, by the reader alone. */
START_TEST(test_all_bytes)
{
  char text[sizeof(order_text)];
  size_t at;
  int byte;

  memcpy(text, order_text, sizeof(order_text));
  for (at = 0; at + 1 < sizeof(order_text); at++) {
    for (byte = 0; byte < 256; byte++) {
      verdict got;
      text[at] = (char)byte;
      got = judge_text(text, sizeof(order_text) - 1);
      if (got.offset < 0 || got.offset > (int64_t)sizeof(order_text) - 1)
        ck_abort_msg("byte %02X at %zu", byte, at);
    }
    text[at] = order_text[at];
  }
}
END_TEST

/* One byte dropped, one byte doubled, two bytes swapped. */
START_TEST(test_dropped_and_doubled)
{
  const subject *s = &subjects[_i];
  char *text = malloc(s->len + 1);
  size_t at;

  for (at = 0; at < s->len; at++) {
    memcpy(text, s->text, at);
    memcpy(text + at, s->text + at + 1, s->len - at - 1);
    try_copy(s->run, text, s->len - 1);
    memcpy(text, s->text, at + 1);
    memcpy(text + at + 1, s->text + at, s->len - at);
    try_copy(s->run, text, s->len + 1);
    memcpy(text, s->text, s->len);
    text[at] = s->text[(at + 1) % s->len];
    text[(at + 1) % s->len] = s->text[at];
    try_copy(s->run, text, s->len);
  }
  free(text);
}
END_TEST

/* Parts of the text copied to other places. */
START_TEST(test_spliced)
{
  const subject *s = &subjects[_i];
  char *text = malloc(s->len);
  uint64_t state = 99;
  int round;

  for (round = 0; round < 4000; round++) {
    uint32_t len = 1 + random_below(&state, 60);
    memcpy(text, s->text, s->len);
    memcpy(text + random_below(&state, (uint32_t)(s->len - len)),
           s->text + random_below(&state, (uint32_t)(s->len - len)), len);
    try_copy(s->run, text, s->len);
  }
  free(text);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("mutation");
  TCase *mutation = tcase_create("mutation");

  tcase_set_timeout(mutation, 120);
  tcase_add_checked_fixture(mutation, set_up, tear_down);
  tcase_add_loop_test(mutation, test_whole, 0, COUNT_OF(subjects));
  tcase_add_loop_test(mutation, test_prefixes, 0, COUNT_OF(subjects));
  tcase_add_loop_test(mutation, test_replaced, 0, COUNT_OF(subjects));
  tcase_add_test(mutation, test_all_bytes);
  tcase_add_loop_test(mutation, test_dropped_and_doubled, 0, COUNT_OF(subjects));
  tcase_add_loop_test(mutation, test_spliced, 0, COUNT_OF(subjects));
  suite_add_tcase(suite, mutation);
  return check_main(suite);
}
