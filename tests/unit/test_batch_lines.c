/* SPDX-License-Identifier: MIT */
/* Streams of order documents in one text: which lines there are, and where (BAT-3, CLI-4). */
#include "../support/check_main.h"
#include "batches.h"
#include "files.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define ORDER                                                                                      \
  "{\"format\":\"upsell.order/1\",\"id\":\"o\",\"currency\":\"JPY\",\"lines\":[{\"id\":\"l\","     \
  "\"product_id\":\"p\",\"quantity\":1}]}"

static upsell_str tea_orders;
static upsell_catalog *catalog;
static upsell_batch *batch;
static upsell_decision *alone;

static void set_up(void)
{
  upsell_str tea_catalog = read_file(TEA_STORE "/catalog.json");

  tea_orders = read_file(TEA_STORE "/orders.ndjson");
  ck_assert_int_eq(upsell_catalog_new_from_json(tea_catalog.data, tea_catalog.len, &catalog, NULL),
                   UPSELL_OK);
  free((char *)tea_catalog.data);
  ck_assert_int_eq(upsell_decision_new(&alone), UPSELL_OK);
  batch = new_batch();
}

static void tear_down(void)
{
  upsell_batch_free(batch);
  upsell_decision_free(alone);
  upsell_catalog_free(catalog);
  free((char *)tea_orders.data);
}

/* ---- which lines there are ---- */

enum { RESULTS_MAX = 4 };

typedef struct stream {
  upsell_str text;
  uint32_t lines[RESULTS_MAX]; /* that have results */
  upsell_status statuses[RESULTS_MAX];
} stream;

static const stream streams[] = {
    {UPSELL_STR(""), {0}, {0}},
    {UPSELL_STR("\n"), {0}, {0}},
    {UPSELL_STR("\n\n\n"), {0}, {0}},
    {UPSELL_STR(" "), {0}, {0}},
    {UPSELL_STR(" \t\r\n\r\n\t"), {0}, {0}},
    {UPSELL_STR(ORDER), {1}, {0}},
    {UPSELL_STR(ORDER "\n"), {1}, {0}},
    {UPSELL_STR(ORDER "\n\n"), {1}, {0}},
    {UPSELL_STR("\n" ORDER), {2}, {0}},
    {UPSELL_STR(ORDER "\n" ORDER), {1, 2}, {0}},
    {UPSELL_STR(ORDER "\n" ORDER "\n"), {1, 2}, {0}},
    {UPSELL_STR(ORDER "\r\n" ORDER "\r\n"), {1, 2}, {0}},
    {UPSELL_STR(" " ORDER "\t\r\n\r\n" ORDER), {1, 3}, {0}},
    {UPSELL_STR("\n \n" ORDER "\n\t\n\r\n" ORDER), {3, 6}, {0}},
    {UPSELL_STR("x\n" ORDER), {1, 2}, {UPSELL_JSON_SYNTAX}},
    {UPSELL_STR(ORDER "\nx"), {1, 2}, {0, UPSELL_JSON_SYNTAX}},
    {UPSELL_STR("x\n{}\n[]\n" ORDER),
     {1, 2, 3, 4},
     {UPSELL_JSON_SYNTAX, UPSELL_MISSING_KEY, UPSELL_WRONG_TYPE, 0}},
    {UPSELL_STR(ORDER ORDER "\n" ORDER), {1, 2}, {UPSELL_JSON_TRAILING}},
    {UPSELL_STR("\xEF\xBB\xBF" ORDER "\n" ORDER), {1, 2}, {UPSELL_JSON_ENCODING}},
    /* one document over two lines is two lines */
    {UPSELL_STR("{\n}"), {1, 2}, {UPSELL_JSON_SYNTAX, UPSELL_JSON_SYNTAX}},
    /* neither white space of JSON nor a line end */
    {UPSELL_STR("\f\n" ORDER), {1, 2}, {UPSELL_JSON_SYNTAX}},
    {UPSELL_STR("\v\n"), {1}, {UPSELL_JSON_SYNTAX}},
    {UPSELL_STR("\0\n" ORDER), {1, 2}, {UPSELL_JSON_SYNTAX}},
    {UPSELL_STR("\xC2\xA0\n"), {1}, {UPSELL_JSON_SYNTAX}},
    {UPSELL_STR(ORDER "\r" ORDER), {1}, {UPSELL_JSON_TRAILING}},
    {UPSELL_STR(ORDER "\xE2\x80\xA8" ORDER), {1}, {UPSELL_JSON_TRAILING}},
};

/* The line with this number, without its end. */
static upsell_str line_of(upsell_str text, uint32_t number)
{
  upsell_str line = {NULL, 0};
  size_t at = 0;

  while (number--)
    line = next_line(text, &at);
  return line;
}

static upsell_status first_bad(const stream *s)
{
  size_t i;

  for (i = 0; i < RESULTS_MAX; i++) {
    if (s->statuses[i])
      return s->statuses[i];
  }
  return UPSELL_OK;
}

START_TEST(test_stream)
{
  const stream *s = &streams[_i];
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_status status = decide_copy(batch, catalog, UPSELL_ORDERS_LINES, s->text, 0, NULL);
  size_t count = 0;
  size_t i;

  ck_assert_str_eq(upsell_status_name(status), upsell_status_name(first_bad(s)));
  while (count < RESULTS_MAX && s->lines[count])
    count++;
  ck_assert_uint_eq(view->result_count, count);
  for (i = 0; i < count; i++) {
    upsell_str line = line_of(s->text, s->lines[i]);
    ck_assert_uint_eq(view->results[i].line, s->lines[i]);
    ck_assert_uint_eq(view->results[i].order_at, (size_t)(line.data - s->text.data));
    ck_assert_uint_eq(view->results[i].order_len, line.len);
    ck_assert_str_eq(upsell_status_name(view->results[i].status),
                     upsell_status_name(s->statuses[i]));
    ck_assert(!s->statuses[i] || result_is_refusal(&view->results[i]));
  }
}
END_TEST

/* ---- real orders ---- */

static void check_tea_orders(uint32_t flags)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_str line;
  size_t count = 0;
  size_t at = 0;

  ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_LINES, tea_orders, flags, NULL),
                   UPSELL_OK);
  while ((line = next_line(tea_orders, &at)).data) {
    ck_assert_int_eq(upsell_decide_json(catalog, line.data, line.len, flags, alone, NULL),
                     UPSELL_OK);
    check_result(batch, count, alone);
    ck_assert_uint_eq(view->results[count].line, ++count);
  }
  ck_assert_uint_gt(count, 40);
  ck_assert_uint_eq(view->result_count, count);
}

START_TEST(test_tea_orders)
{
  check_tea_orders(0);
  check_tea_orders(UPSELL_DECIDE_EXPLAIN);
}
END_TEST

/* ---- what is told of a bad line ---- */

/* Each has another code or pointer; none has a line end. */
static const char *const bad_lines[] = {
    "x",
    "{\"format\":\"upsell.order/1\",}",
    "{\"format\":\"upsell.order/1\",\"id\":\"o\",\"currency\":\"JPY\",\"lines\":[{\"id\":1.5}]}",
    "{\"format\":\"upsell.order/1\",\"id\":\"o\",\"currency\":\"JPY\",\"lines\":[]}",
    "   {\"format\":\"upsell.order/2\",\"id\":\"o\",\"currency\":\"JPY\",\"lines\":[]}\r",
    "{\"id\":\"\xFF\"}",
};

/* The first bad line is told of, with places within that line. */
START_TEST(test_details)
{
  upsell_str bad = upsell_str_of(bad_lines[_i]);
  upsell_str worse = upsell_str_of(bad_lines[((size_t)_i + 1) % COUNT_OF(bad_lines)]);
  upsell_error expected = UPSELL_ERROR_INIT;
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__buffer text = {0};

  UPSELL__APPEND(&text, ORDER "\n\n" ORDER "\n");
  upsell__buffer_append(&text, bad.data, bad.len);
  UPSELL__APPEND(&text, "\n" ORDER "\n");
  upsell__buffer_append(&text, worse.data, worse.len);
  upsell_decide_json(catalog, bad.data, bad.len, 0, alone, &expected);
  ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_LINES, text_of(&text), 0, &error),
                   expected.code);
  check_same_error(&error, &expected);
  ck_assert_uint_eq(upsell_batch_get(batch)->result_count, 5);
  ck_assert_uint_eq(upsell_batch_get(batch)->results[2].line, 4);
  upsell_decide_json(catalog, ORDER, strlen(ORDER), 0, alone, NULL);
  check_result(batch, 3, alone);
  ck_assert_int_eq(upsell_decision_get(upsell_batch_decision(batch))->outcome, UPSELL_OUTCOME_NONE);
  upsell__buffer_free(&text);
}
END_TEST

/* ---- the longest line ---- */

/* A line of so many bytes that begins with `text` and goes on with spaces; then an order. */
static void decide_long(const char *text, size_t len, upsell_error *error)
{
  upsell__buffer out = {0};
  size_t begins = strlen(text);

  ck_assert_ptr_nonnull(upsell__buffer_reserve(&out, len + sizeof("\n" ORDER)));
  upsell__buffer_append(&out, text, begins);
  memset(out.data + begins, ' ', len - begins);
  out.len = len;
  UPSELL__APPEND(&out, "\n" ORDER);
  decide_copy(batch, catalog, UPSELL_ORDERS_LINES, text_of(&out), 0, error);
  upsell__buffer_free(&out);
}

/* The second line is decided, whatever the first one is. */
static void check_long(const char *text, size_t len, upsell_status expected)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_error error = UPSELL_ERROR_INIT;

  decide_long(text, len, &error);
  ck_assert_str_eq(upsell_status_name(error.code), upsell_status_name(expected));
  ck_assert_uint_eq(view->result_count, 2);
  ck_assert_int_eq(view->results[0].status, expected);
  ck_assert_uint_eq(view->results[0].line, 1);
  ck_assert_uint_eq(view->results[0].order_len, len);
  ck_assert_uint_eq(view->results[1].line, 2);
  ck_assert_int_eq(view->results[1].outcome, UPSELL_OUTCOME_NO_OFFER);
  if (!expected)
    return;
  ck_assert(result_is_refusal(&view->results[0]));
  ck_assert_str_eq(error.pointer, "");
  ck_assert_int_eq(error.offset, -1);
  ck_assert_ptr_nonnull(strstr(error.message, "16777216"));
}

START_TEST(test_longest_line)
{
  check_long(ORDER, UPSELL_LINE_MAX_BYTES, UPSELL_OK);
  check_long(ORDER, UPSELL_LINE_MAX_BYTES + 1, UPSELL_LINE_TOO_LONG);
  check_long(ORDER, 2 * UPSELL_LINE_MAX_BYTES + 7, UPSELL_LINE_TOO_LONG);
  check_long("x", UPSELL_LINE_MAX_BYTES + 1, UPSELL_LINE_TOO_LONG);
}
END_TEST

/* Nothing but white space is passed over, but not without limit. */
START_TEST(test_longest_blank)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_error error = UPSELL_ERROR_INIT;

  decide_long("", UPSELL_LINE_MAX_BYTES, &error);
  ck_assert_int_eq(error.code, UPSELL_OK);
  ck_assert_uint_eq(view->result_count, 1);
  ck_assert_uint_eq(view->results[0].line, 2);
  check_long("", UPSELL_LINE_MAX_BYTES + 1, UPSELL_LINE_TOO_LONG);
}
END_TEST

/* A line end within the limit does not count; the last line needs none. */
START_TEST(test_long_last_line)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell__buffer text = {0};

  UPSELL__APPEND(&text, ORDER "\n" ORDER);
  ck_assert_ptr_nonnull(upsell__buffer_reserve(&text, UPSELL_LINE_MAX_BYTES));
  memset(text.data + text.len, '\t', UPSELL_LINE_MAX_BYTES);
  text.len = strlen(ORDER "\n") + UPSELL_LINE_MAX_BYTES;
  ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_LINES, text_of(&text), 0, NULL),
                   UPSELL_OK);
  ck_assert_uint_eq(view->result_count, 2);
  text.len++;
  ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_LINES, text_of(&text), 0, NULL),
                   UPSELL_LINE_TOO_LONG);
  ck_assert_uint_eq(view->result_count, 2);
  ck_assert_uint_eq(view->results[1].line, 2);
  ck_assert_int_eq(upsell_decision_get(upsell_batch_decision(batch))->outcome, UPSELL_OUTCOME_NONE);
  upsell__buffer_free(&text);
}
END_TEST

/* One document has no limit, and may have line ends. */
START_TEST(test_document)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell__buffer text = {0};

  UPSELL__APPEND(&text, "\n" ORDER);
  ck_assert_ptr_nonnull(upsell__buffer_reserve(&text, UPSELL_LINE_MAX_BYTES));
  memset(text.data + text.len, '\n', UPSELL_LINE_MAX_BYTES);
  text.len += UPSELL_LINE_MAX_BYTES;
  ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_JSON, text_of(&text), 0, NULL),
                   UPSELL_OK);
  ck_assert_uint_eq(view->result_count, 1);
  ck_assert_uint_eq(view->results[0].line, 0);
  ck_assert_uint_eq(view->results[0].order_at, 0);
  ck_assert_uint_eq(view->results[0].order_len, text.len);
  upsell__buffer_free(&text);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("batch_lines");
  TCase *cases = tcase_create("lines");

  tcase_set_timeout(cases, 60);
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_add_loop_test(cases, test_stream, 0, COUNT_OF(streams));
  tcase_add_test(cases, test_tea_orders);
  tcase_add_loop_test(cases, test_details, 0, COUNT_OF(bad_lines));
  tcase_add_test(cases, test_longest_line);
  tcase_add_test(cases, test_longest_blank);
  tcase_add_test(cases, test_long_last_line);
  tcase_add_test(cases, test_document);
  suite_add_tcase(suite, cases);
  return check_main(suite);
}
