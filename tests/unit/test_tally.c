/* SPDX-License-Identifier: MIT */
/* Counting: each call, and what is refused (CNT). */
#include <stdio.h>

#include "../support/check_main.h"
#include "tallies.h"

static void check_counts(const upsell_tally *tally, size_t index, const char *scenario,
                         uint64_t shown, uint64_t clicked, uint64_t ordered)
{
  upsell_counts counts;

  ck_assert_int_eq(upsell_tally_get(tally, index, &counts), UPSELL_OK);
  ck_assert_uint_eq(counts.scenario_id.len, strlen(scenario));
  ck_assert_mem_eq(counts.scenario_id.data, scenario, counts.scenario_id.len);
  ck_assert_uint_eq(counts.shown, shown);
  ck_assert_uint_eq(counts.clicked, clicked);
  ck_assert_uint_eq(counts.ordered, ordered);
}

START_TEST(test_empty)
{
  upsell_tally *tally = tally_new();
  upsell_counts counts;
  char *report = tally_report(tally, NULL, NULL);

  ck_assert_uint_eq(upsell_tally_size(tally), 0);
  ck_assert_int_eq(upsell_tally_get(tally, 0, &counts), UPSELL_OUT_OF_RANGE);
  ck_assert_str_eq(report,
                   "{\"format\":\"upsell.report/1\",\"scenarios\":[],\"total\":{\"shown\":0,"
                   "\"clicked\":0,\"ordered\":0,\"click_rate\":null,\"order_rate\":null,"
                   "\"conversion_rate\":null}}");
  free(report);
  upsell_tally_free(tally);
  upsell_tally_free(NULL);
  ck_assert_uint_eq(upsell_tally_size(NULL), 0);
}
END_TEST

START_TEST(test_levels)
{
  upsell_tally *tally = tally_new();

  tally_add(tally, "a", "S", UPSELL_COUNT_SHOWN);
  check_counts(tally, 0, "S", 1, 0, 0);
  tally_add(tally, "a", "S", UPSELL_COUNT_SHOWN);
  check_counts(tally, 0, "S", 1, 0, 0);
  tally_add(tally, "a", "S", UPSELL_COUNT_CLICKED);
  check_counts(tally, 0, "S", 1, 1, 0);
  tally_add(tally, "a", "S", UPSELL_COUNT_SHOWN);
  check_counts(tally, 0, "S", 1, 1, 0);
  tally_add(tally, "a", "S", UPSELL_COUNT_ORDERED);
  check_counts(tally, 0, "S", 1, 1, 1);
  tally_add(tally, "b", "S", UPSELL_COUNT_ORDERED);
  check_counts(tally, 0, "S", 2, 2, 2);
  tally_add(tally, "c", "S", UPSELL_COUNT_CLICKED);
  check_counts(tally, 0, "S", 3, 3, 2);
  tally_add(tally, "a", "T", UPSELL_COUNT_SHOWN);
  check_counts(tally, 1, "T", 1, 0, 0);
  ck_assert_uint_eq(upsell_tally_size(tally), 2);
  upsell_tally_free(tally);
}
END_TEST

/* Ids are copied: what was given may change. */
START_TEST(test_ids_are_copied)
{
  upsell_tally *tally = tally_new();
  char session[] = "a";
  char scenario[] = "S";

  tally_add(tally, session, scenario, UPSELL_COUNT_SHOWN);
  session[0] = 'b';
  scenario[0] = 'T';
  tally_add(tally, "a", "S", UPSELL_COUNT_SHOWN);
  check_counts(tally, 0, "S", 1, 0, 0);
  ck_assert_uint_eq(upsell_tally_size(tally), 1);
  upsell_tally_free(tally);
}
END_TEST

static void check_refused(upsell_str session, upsell_str scenario, int32_t count,
                          upsell_status status, const char *pointer)
{
  upsell_tally *tally = tally_new();
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(upsell_tally_add(tally, session, scenario, count, &error), status);
  ck_assert_int_eq(error.code, status);
  ck_assert_str_eq(error.pointer, pointer);
  ck_assert_int_ne(error.message[0], '\0');
  ck_assert_uint_eq(upsell_tally_size(tally), 0);
  upsell_tally_free(tally);
}

START_TEST(test_refused)
{
  static const upsell_str good = UPSELL_STR("s");
  static const upsell_str none = {NULL, 0};
  static const upsell_str empty = {"", 0};
  static const upsell_str not_utf8 = {"\xC0\x80", 2};
  static const char text[256] = {'x'};
  upsell_str too_long = {text, sizeof(text)};

  check_refused(none, good, 1, UPSELL_BAD_ID, "/session_id");
  check_refused(empty, good, 1, UPSELL_BAD_ID, "/session_id");
  check_refused(too_long, good, 1, UPSELL_BAD_ID, "/session_id");
  check_refused(good, not_utf8, 1, UPSELL_BAD_ID, "/scenario_id");
  check_refused(good, none, 1, UPSELL_BAD_ID, "/scenario_id");
  check_refused(good, good, 0, UPSELL_BAD_VALUE, "/event");
  check_refused(good, good, 4, UPSELL_BAD_VALUE, "/event");
  check_refused(good, good, INT32_MIN, UPSELL_BAD_VALUE, "/event");
}
END_TEST

START_TEST(test_invalid_arguments)
{
  upsell_tally *tally = tally_new();
  upsell_str id = UPSELL_STR("s");
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *report;

  ck_assert_int_eq(upsell_tally_new(NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_tally_add(NULL, id, id, 1, &error), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_tally_add_json(NULL, "{}", 2, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_tally_add_json(tally, NULL, 0, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_tally_merge(tally, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_tally_merge(NULL, tally), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_tally_get(tally, 0, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_tally_report(NULL, NULL, NULL, &report, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_tally_report(tally, NULL, NULL, NULL, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(error.code, UPSELL_INVALID_ARGUMENT);
  upsell_tally_free(tally);
}
END_TEST

/* ---- merging ---- */

START_TEST(test_merging)
{
  upsell_tally *a = tally_new();
  upsell_tally *b = tally_new();

  tally_add(a, "1", "S", UPSELL_COUNT_ORDERED);
  tally_add(a, "2", "S", UPSELL_COUNT_SHOWN);
  tally_add(b, "1", "T", UPSELL_COUNT_SHOWN);
  tally_add(b, "1", "S", UPSELL_COUNT_SHOWN);
  tally_add(b, "2", "S", UPSELL_COUNT_CLICKED);
  tally_add(b, "3", "S", UPSELL_COUNT_SHOWN);
  ck_assert_int_eq(upsell_tally_merge(a, b), UPSELL_OK);
  check_counts(a, 0, "S", 3, 2, 1);
  check_counts(a, 1, "T", 1, 0, 0);
  check_counts(b, 0, "T", 1, 0, 0);
  check_counts(b, 1, "S", 3, 1, 0);
  ck_assert_int_eq(upsell_tally_merge(a, a), UPSELL_OK);
  check_counts(a, 0, "S", 3, 2, 1);
  upsell_tally_free(b); /* `a` has copies */
  tally_add(a, "3", "S", UPSELL_COUNT_ORDERED);
  check_counts(a, 0, "S", 3, 3, 2);
  upsell_tally_free(a);
}
END_TEST

/* ---- events ---- */

START_TEST(test_events)
{
  static const char *const names[] = {"offered", "shown",    "clicked", "processing", "ordered",
                                      "failed",  "declined", "expired", "left"};
  size_t i;

  for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    upsell_tally *tally = tally_new();
    char text[256];
    int level = i == 1 ? 1 : i == 2 ? 2 : i == 4 ? 3 : 0;
    snprintf(text, sizeof(text),
             "{\"format\":\"upsell.event/1\",\"session_id\":1,\"scenario_id\":\"\\u0053\","
             "\"event\":\"%s\",\"more\":[{}]}",
             names[i]);
    ck_assert_int_eq(upsell_tally_add_json(tally, text, strlen(text), NULL), UPSELL_OK);
    ck_assert_uint_eq(upsell_tally_size(tally), level != 0);
    if (level)
      check_counts(tally, 0, "S", 1, level > 1, level > 2);
    upsell_tally_free(tally);
  }
}
END_TEST

/* ---- reports ---- */

static void check_no_report(const upsell_tally *tally, const upsell_report_options *options,
                            upsell_status status, const char *pointer)
{
  upsell_text *const untouched = (upsell_text *)(uintptr_t)tally;
  upsell_text *report = untouched;
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(upsell_tally_report(tally, NULL, options, &report, &error), status);
  ck_assert_int_eq(error.code, status);
  ck_assert_str_eq(error.pointer, pointer);
  ck_assert_ptr_eq(report, untouched);
}

START_TEST(test_bad_options)
{
  upsell_tally *tally = tally_new();
  upsell_report_options options = tally_options(3);

  tally_add(tally, "a", "S", UPSELL_COUNT_SHOWN);
  check_no_report(tally, &options, UPSELL_BAD_VALUE, "/form");
  options = tally_options(-1);
  check_no_report(tally, &options, UPSELL_BAD_VALUE, "/form");
  options = tally_options(UPSELL_REPORT_CSV);
  options.locale = 3;
  check_no_report(tally, &options, UPSELL_BAD_VALUE, "/locale");
  options = tally_options(UPSELL_REPORT_CSV);
  options.byte_order_mark = 3;
  check_no_report(tally, &options, UPSELL_BAD_VALUE, "/byte_order_mark");
  options = tally_options(0);
  options.size--;
  check_no_report(tally, &options, UPSELL_INVALID_ARGUMENT, "");
  options = tally_options(0);
  options.scenario_id = upsell_str_of("s");
  check_no_report(tally, &options, UPSELL_UNKNOWN_ID, "/scenario_id");
  options.scenario_id = upsell_str_of("");
  check_no_report(tally, &options, UPSELL_UNKNOWN_ID, "/scenario_id");
  options.scenario_id = upsell_str_of("S");
  free(tally_report(tally, NULL, &options));
  upsell_tally_free(tally);
}
END_TEST

START_TEST(test_mark_is_for_csv)
{
  upsell_tally *tally = tally_new();
  upsell_report_options options = tally_options(UPSELL_REPORT_CSV);
  char *report;

  options.byte_order_mark = UPSELL_YES;
  options.locale = UPSELL_LOCALE_EN;
  report = tally_report(tally, NULL, &options);
  ck_assert_str_eq(report,
                   "\xEF\xBB\xBFscenario_id,name,status,priority,shown,clicked,ordered,"
                   "click_rate,order_rate,conversion_rate\r\n");
  free(report);
  options.form = UPSELL_REPORT_JSON;
  report = tally_report(tally, NULL, &options);
  ck_assert_int_eq(report[0], '{');
  free(report);
  upsell_tally_free(tally);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("tally");
  TCase *tests = tcase_create("tally");

  tcase_add_test(tests, test_empty);
  tcase_add_test(tests, test_levels);
  tcase_add_test(tests, test_ids_are_copied);
  tcase_add_test(tests, test_refused);
  tcase_add_test(tests, test_invalid_arguments);
  tcase_add_test(tests, test_merging);
  tcase_add_test(tests, test_events);
  tcase_add_test(tests, test_bad_options);
  tcase_add_test(tests, test_mark_is_for_csv);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
