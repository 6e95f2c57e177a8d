/* SPDX-License-Identifier: MIT */
/*
 * Failing memory: every allocation of every call fails once, alone and with all
 * that follow. The answer is then the right one or UPSELL_NO_MEMORY, never half
 * of one, and nothing leaks.
 */
#include <stdio.h>

#include "../support/check_main.h"
#include "base/buffer.h"
#include "failing_heap.h"
#include "files.h"
#include "payloads.h"
#include "random.h"
#include "store.h"
#include "json/value.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the calls ---- */

static store shop;
static upsell_str tea_catalog;
static upsell_str tea_orders;
static upsell_catalog *shared; /* the tea store, built in peace */
static char bad_catalog[4096];
static char long_order[8192];
static upsell__buffer payloads[2]; /* with so many lines that each part needs memory of its own */

/* What a call made; its result as text is written without failures. */
static upsell_catalog *made_catalog;
static upsell_problems *made_problems;
static upsell_decision *made_decision;
static upsell__arena values;
static const upsell__value *made_value;
static upsell_text *made_order;
static upsell_str made_text; /* of the decision */
static char made_error[UPSELL_ERROR_JSON_SIZE];

static upsell_status run_catalog_json(void)
{
  return upsell_catalog_new_from_json(tea_catalog.data, tea_catalog.len, &made_catalog, NULL);
}

static upsell_status run_catalog_structs(void)
{
  return upsell_catalog_new(&shop.catalog, &made_catalog, NULL);
}

static upsell_status run_check_good(void)
{
  return upsell_catalog_check_json(tea_catalog.data, tea_catalog.len, &made_problems);
}

static upsell_status run_check_bad(void)
{
  return upsell_catalog_check_json(bad_catalog, strlen(bad_catalog), &made_problems);
}

static upsell_status run_check_structs(void)
{
  return upsell_catalog_check(&shop.catalog, &made_problems);
}

static upsell_status run_decide(void)
{
  upsell_status status = upsell_decision_new(&made_decision);

  return status
             ? status
             : upsell_decide(made_catalog, &shop.order, UPSELL_DECIDE_EXPLAIN, made_decision, NULL);
}

static upsell_status run_decide_json(void)
{
  upsell_status status = upsell_decision_new(&made_decision);

  return status ? status
                : upsell_decide_json(shared, long_order, strlen(long_order), UPSELL_DECIDE_EXPLAIN,
                                     made_decision, NULL);
}

static upsell_status run_decide_json_quick(void)
{
  upsell_status status = upsell_decision_new(&made_decision);

  return status
             ? status
             : upsell_decide_json(shared, long_order, strlen(long_order), 0, made_decision, NULL);
}

static upsell_status run_preview(void)
{
  upsell_status status = upsell_decision_new(&made_decision);

  return status ? status : upsell_preview(made_catalog, 0, made_decision, NULL);
}

static upsell_status run_warnings(void)
{
  return upsell_catalog_warnings(made_catalog, &made_problems);
}

static upsell_status run_to_json(void)
{
  return upsell_decision_to_json(made_decision, &made_text.data, &made_text.len);
}

/* Reads a tree, with an object whose keys do not fit into the reader, and adds to it. */
static upsell_status run_value(void)
{
  static const char text[] =
      "{\"a\":[1,\"x\\n\",true,null,{\"b\":{\"\\u0063\":[[],{}]}}],\"d\":\"\\ud83c\\udf75\",\"e\":-"
      "1,"
      "\"f\":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,"
      "31,"
      "32,33,34,35,36,37,38,39,40],\"g\":\"a text that does not fit into an object's own few "
      "bytes\",\"h\":{\"00\":0,\"01\":0,\"02\":0,\"03\":0,\"04\":0,\"05\":0,\"06\":0,\"07\":0,"
      "\"08\":0,\"09\":0,\"10\":0,\"11\":0,\"12\":0,\"13\":0,\"14\":0,\"15\":0,\"16\":0,\"17\":0,"
      "\"18\":0,\"19\":0,\"20\":0,\"21\":0,\"22\":0,\"23\":0,\"24\":0,\"25\":0,\"26\":0,\"27\":0,"
      "\"28\":0,\"29\":0,\"30\":0,\"31\":0,\"32\":0,\"33\":0}}";
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  const upsell__value *read = NULL;
  upsell__value *whole;
  upsell_status status = upsell__value_read(text, sizeof(text) - 1, &values, &read, &sink);

  if (status)
    return status;
  whole = upsell__value_new(&values, UPSELL__JSON_ARRAY);
  if (!whole || !upsell__value_append(&values, whole, upsell_str_of(NULL), read) ||
      !upsell__value_append(&values, whole, upsell_str_of(NULL),
                            upsell__value_string(&values, upsell_str_of("x"))) ||
      !upsell__value_append(&values, whole, upsell_str_of(NULL),
                            upsell__value_new(&values, UPSELL__JSON_TRUE)))
    return UPSELL_NO_MEMORY;
  made_value = whole;
  return UPSELL_OK;
}

static upsell_status run_input_data(void)
{
  return upsell_order_from_input_data(payloads[0].data, payloads[0].len, 2, &made_order, NULL);
}

static upsell_status run_shopify_order(void)
{
  return upsell_order_from_shopify_order(payloads[1].data, payloads[1].len, 2, &made_order, NULL);
}

static upsell_status run_error(void)
{
  upsell_error error = UPSELL_ERROR_INIT;

  error.code = UPSELL_BAD_ID;
  memset(error.message, '\n', sizeof(error.message) - 1);
  return upsell_error_to_json(&error, 7, made_error, sizeof(made_error), NULL);
}

static void peacefully_build_store(void)
{
  ck_assert_int_eq(upsell_catalog_new(&shop.catalog, &made_catalog, NULL), UPSELL_OK);
}

/* With a warning of each kind. */
static void peacefully_build_bad_offers(void)
{
  store bad = shop;

  bad.catalog.disclosure = NULL;
  bad.scenarios[0].discount.value = 0;
  bad.catalog.scenarios = bad.scenarios;
  ck_assert_int_eq(upsell_catalog_new(&bad.catalog, &made_catalog, NULL), UPSELL_OK);
}

static void peacefully_decide(void)
{
  ck_assert_int_eq(run_decide_json(), UPSELL_OK);
}

/* ---- results as text ---- */

static void write_decision(upsell__buffer *out)
{
  upsell_str text;

  ck_assert_int_eq(upsell_decision_to_json(made_decision, &text.data, &text.len), UPSELL_OK);
  upsell__buffer_append(out, text.data, text.len);
}

/* The text that was made, or what the decision still holds where none was. */
static void write_text(upsell__buffer *out)
{
  if (made_text.data)
    upsell__buffer_append(out, made_text.data, made_text.len);
  else
    write_decision(out);
}

/* A catalogue is what it decides. */
static void write_catalog(upsell__buffer *out)
{
  upsell_str line;
  size_t at = 0;

  ck_assert_int_eq(upsell_decision_new(&made_decision), UPSELL_OK);
  ck_assert_int_eq(upsell_decide(made_catalog, &shop.order, 1, made_decision, NULL), UPSELL_OK);
  write_decision(out);
  while ((line = next_line(tea_orders, &at)).data) {
    ck_assert_int_eq(upsell_decide_json(made_catalog, line.data, line.len, 1, made_decision, NULL),
                     UPSELL_OK);
    write_decision(out);
  }
}

static void write_problems(upsell__buffer *out)
{
  size_t i;

  for (i = 0; i < upsell_problems_count(made_problems); i++) {
    upsell_error error = UPSELL_ERROR_INIT;
    ck_assert_int_eq(upsell_problems_get(made_problems, i, &error), UPSELL_OK);
    upsell__buffer_append(out, upsell_status_name(error.code),
                          strlen(upsell_status_name(error.code)));
    upsell__buffer_append_int(out, error.offset);
    upsell__buffer_append(out, error.pointer, strlen(error.pointer));
    upsell__buffer_append(out, error.message, strlen(error.message));
    UPSELL__APPEND(out, " | ");
  }
}

static void write_value(upsell__buffer *out)
{
  upsell__value_write(out, made_value);
}

static void write_order(upsell__buffer *out)
{
  size_t len;
  const char *text = upsell_text_data(made_order, &len);

  upsell__buffer_append(out, text, len);
}

static void write_error(upsell__buffer *out)
{
  upsell__buffer_append(out, made_error, strlen(made_error));
}

typedef struct job {
  const char *name;
  void (*prepare)(void);
  upsell_status (*run)(void);
  void (*write)(upsell__buffer *out);
} job;

static const job jobs[] = {
    {"catalog from JSON", NULL, run_catalog_json, write_catalog},
    {"catalog from structs", NULL, run_catalog_structs, write_catalog},
    {"check a valid text", NULL, run_check_good, write_problems},
    {"check a text with problems", NULL, run_check_bad, write_problems},
    {"check structs", NULL, run_check_structs, write_problems},
    {"decide", peacefully_build_store, run_decide, write_decision},
    {"decide for a text", NULL, run_decide_json, write_decision},
    {"decide without explaining", NULL, run_decide_json_quick, write_decision},
    {"preview", peacefully_build_store, run_preview, write_decision},
    {"warnings", peacefully_build_bad_offers, run_warnings, write_problems},
    {"decision to JSON", peacefully_decide, run_to_json, write_text},
    {"value", NULL, run_value, write_value},
    {"order from InputData", NULL, run_input_data, write_order},
    {"order from Shopify's order", NULL, run_shopify_order, write_order},
    {"error to JSON", NULL, run_error, write_error},
};

static void release(void)
{
  upsell_catalog_free(made_catalog);
  upsell_problems_free(made_problems);
  upsell_decision_free(made_decision);
  upsell__arena_free(&values);
  upsell_text_free(made_order);
  made_catalog = NULL;
  made_problems = NULL;
  made_decision = NULL;
  made_value = NULL;
  made_order = NULL;
  made_text.data = NULL;
  made_error[0] = '\0';
}

/* ---- failing them ---- */

static upsell_status run_armed(const job *j, long at)
{
  upsell_status status;

  heap_arm(at);
  status = j->run();
  heap.armed = 0;
  return status;
}

/* Nothing may be left of a call that failed. */
static void check_nothing_made(const job *j, long at)
{
  if ((made_catalog && !j->prepare) || made_text.data || made_problems || made_value ||
      made_order || made_error[0])
    ck_abort_msg("%s, request %ld: a result all the same", j->name, at);
  if (made_decision && j->run != run_to_json &&
      upsell_decision_get(made_decision)->outcome != UPSELL_OUTCOME_NONE)
    ck_abort_msg("%s, request %ld: a decision all the same", j->name, at);
}

/* Fails request `at`; returns whether there was one. */
static int fail_at(const job *j, long at, const upsell__buffer *expected)
{
  upsell__buffer got = {0};
  long before = heap.live;
  upsell_status status;
  int failed;

  if (j->prepare)
    j->prepare();
  status = run_armed(j, at);
  failed = heap.failures > 0;
  if (status == UPSELL_NO_MEMORY && failed) {
    check_nothing_made(j, at);
    if (j->run == run_to_json) /* the decision is still there */
      j->write(&got);
  } else if (status == UPSELL_OK) {
    j->write(&got);
  } else {
    ck_abort_msg("%s, request %ld: %s", j->name, at, upsell_status_name(status));
  }
  upsell__buffer_append_char(&got, '\0');
  if (got.len > 1 && (got.len != expected->len || memcmp(got.data, expected->data, got.len) != 0))
    ck_abort_msg("%s, request %ld: %.300s", j->name, at, got.data);
  upsell__buffer_free(&got);
  release();
  if (heap.live != before)
    ck_abort_msg("%s, request %ld: %ld blocks leaked", j->name, at, heap.live - before);
  return failed;
}

static void fail_all(const job *j)
{
  upsell__buffer expected = {0};
  long at = 1;

  if (j->prepare)
    j->prepare();
  ck_assert_int_eq(run_armed(j, 0), UPSELL_OK);
  j->write(&expected);
  upsell__buffer_append_char(&expected, '\0');
  release();
  while (fail_at(j, at, &expected))
    at++;
  ck_assert_int_gt(at, 1); /* it does allocate */
  upsell__buffer_free(&expected);
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

/* ---- no allocation at all ---- */

/* Decides for the order with this number and counts the allocations. */
static long decide_counted(upsell_decision *decision, const upsell_str *lines, uint32_t number,
                           uint32_t flags)
{
  upsell_str text;
  upsell_status status;

  heap_arm(0);
  status = upsell_decide_json(shared, lines[number].data, lines[number].len, flags, decision, NULL);
  if (!status)
    status = upsell_decision_to_json(decision, &text.data, &text.len);
  if (!status)
    status = upsell_decide(shared, &shop.order, flags, decision, NULL);
  heap.armed = 0;
  ck_assert_int_eq(status, UPSELL_OK);
  return heap.requests;
}

/* Once a decision object has seen its orders, it needs no more memory, in
 * whatever sequence they come. */
START_TEST(test_no_allocation)
{
  upsell_str lines[64];
  upsell_decision *decision = NULL;
  uint32_t flags = _i ? UPSELL_DECIDE_EXPLAIN : 0;
  uint64_t state = 1;
  uint32_t count = 0;
  size_t at = 0;
  uint32_t i;

  while ((lines[count] = next_line(tea_orders, &at)).data)
    count++;
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  for (i = 0; i < 5 * count; i++)
    decide_counted(decision, lines, i % count, flags);
  for (i = 0; i < 2000; i++)
    ck_assert_int_eq(decide_counted(decision, lines, random_below(&state, count), flags), 0);
  upsell_decision_free(decision);
}
END_TEST

/* ---- the documents ---- */

/* A catalogue with a problem in every part, unknown keys among them. */
static void make_bad_catalog(void)
{
  strcpy(
      bad_catalog,
      "{\"format\":\"upsell.catalog/1\",\"currency\":\"JPY\",\"curency\":{\"a\":[1]},"
      "\"selling_plans\":[{\"id\":\"a\",\"name\":\"\\u0061\",\"billing\":{\"interval\":\"moon\","
      "\"count\":0},\"pricing\":[]},{\"id\":\"a\",\"name\":\"\",\"billing\":{\"interval\":\"day\","
      "\"count\":1},\"pricing\":[{\"after_cycle\":0,\"type\":\"price\",\"value\":\"1.5\"}]}],"
      "\"products\":[{\"id\":1,\"title\":2,\"variants\":[{\"id\":1,\"price\":-1}],\"kolor\":3}],"
      "\"scenarios\":[{\"id\":\"s\",\"name\":\"\",\"status\":\"?\",\"priority\":-1,\"trigger\":{"
      "\"kind\":\"one_time\",\"products\":[{\"product_id\":1,\"variant_ids\":[1,2,2]}]},\"offer\":{"
      "\"kind\":\"one_time\",\"product_id\":2,\"variant_id\":\"\",\"discount\":{\"type\":"
      "\"percentage\"}}}]}");
}

/* An order with escapes, with an object of 40 unknown keys, and with many lines. */
static void make_long_order(void)
{
  size_t at = 0;
  int i;

  at += (size_t)sprintf(long_order + at,
                        "{\"format\":\"upsell.order/1\",\"id\":\"\\u006f-1\","
                        "\"currency\":\"JPY\",\"extra\":{");
  for (i = 0; i < 40; i++)
    at += (size_t)sprintf(long_order + at, "%s\"k%d\":[%d]", i ? "," : "", i, i);
  at += (size_t)sprintf(long_order + at, "},\"lines\":[");
  for (i = 0; i < 20; i++)
    at += (size_t)sprintf(
        long_order + at,
        "%s{\"id\":\"l\\u002d%d\",\"product_id\":\"gid://shopify/Product/8401000000101\","
        "\"variant_id\":\"gid://shopify/ProductVariant/45120000010102\",\"quantity\":1,"
        "\"selling_plan_id\":\"gid://shopify/SellingPlan/"
        "6901000001\",\"contract_id\":\"\\u0063%d\"}",
        i ? "," : "", i, i);
  sprintf(long_order + at, "]}");
}

static void set_up(void)
{
  tea_catalog = read_file(TEA_STORE "/catalog.json");
  tea_orders = read_file(TEA_STORE "/orders.ndjson");
  ck_assert_int_eq(upsell_catalog_new_from_json(tea_catalog.data, tea_catalog.len, &shared, NULL),
                   UPSELL_OK);
  store_init(&shop);
  make_bad_catalog();
  make_long_order();
  payloads[0] = payload_with_lines(&payload_shapes[0], 500, 0);
  payloads[1] = payload_with_lines(&payload_shapes[1], 500, 0);
}

static void tear_down(void)
{
  upsell_catalog_free(shared);
  free((char *)tea_catalog.data);
  free((char *)tea_orders.data);
  upsell__buffer_free(&payloads[0]);
  upsell__buffer_free(&payloads[1]);
}

int main(void)
{
  Suite *suite = suite_create("memory");
  TCase *memory = tcase_create("memory");

  tcase_set_timeout(memory, 120);
  tcase_add_unchecked_fixture(memory, set_up, tear_down);
  tcase_add_loop_test(memory, test_one_request_fails, 0, COUNT_OF(jobs));
  tcase_add_loop_test(memory, test_all_further_requests_fail, 0, COUNT_OF(jobs));
  tcase_add_loop_test(memory, test_no_allocation, 0, 2);
  suite_add_tcase(suite, memory);
  return check_main(suite);
}
