/* SPDX-License-Identifier: MIT */
/* Reporting: first problems, lists of problems, quoted values (DOC-6, CAT-17). */
#include <stdio.h>

#include "../support/check_main.h"
#include "base/report.h"
#include "base/utf8.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- lists ---- */

typedef struct report {
  upsell_status code;
  const char *pointer;
} report;

/* What is reported, and which of it stays in the list. */
typedef struct list_case {
  report given[5];
  report kept[5];
} list_case;

/* Reports at a pointer that is text already, and whole. */
static void report_text(upsell__sink *sink, upsell_status code, const char *pointer,
                        int64_t offset, const char *message)
{
  upsell__place place = {{0}, 1, offset};

  snprintf(place.pointer, sizeof(place.pointer), "%s", pointer);
  upsell__report_at(sink, code, &place, message);
}

static const list_case lists[] = {
    {{{0}}, {{0}}},
    {{{UPSELL_BAD_ID, "/a"}}, {{UPSELL_BAD_ID, "/a"}}},
    /* the same pointer again */
    {{{UPSELL_BAD_ID, "/a"}, {UPSELL_DUPLICATE_ID, "/a"}}, {{UPSELL_BAD_ID, "/a"}}},
    /* below one that was reported, at any distance */
    {{{UPSELL_BAD_ID, "/a"}, {UPSELL_BAD_ID, "/a/b"}, {UPSELL_BAD_ID, "/a/b/0"}},
     {{UPSELL_BAD_ID, "/a"}}},
    {{{UPSELL_WRONG_TYPE, ""}, {UPSELL_BAD_ID, "/a"}, {UPSELL_BAD_ID, "/b/0"}},
     {{UPSELL_WRONG_TYPE, ""}}},
    /* above one that was reported, and beside it */
    {{{UPSELL_BAD_ID, "/a/b"}, {UPSELL_BAD_COUNT, "/a"}, {UPSELL_BAD_ID, "/a/c"}},
     {{UPSELL_BAD_ID, "/a/b"}, {UPSELL_BAD_COUNT, "/a"}}},
    {{{UPSELL_BAD_ID, "/a/0"}, {UPSELL_BAD_ID, "/a/1"}, {UPSELL_BAD_ID, "/a/10"}},
     {{UPSELL_BAD_ID, "/a/0"}, {UPSELL_BAD_ID, "/a/1"}, {UPSELL_BAD_ID, "/a/10"}}},
    /* a key that only begins like another, an empty key, an escaped slash */
    {{{UPSELL_BAD_ID, "/a"}, {UPSELL_BAD_ID, "/ab"}, {UPSELL_BAD_ID, "/a~1b"}},
     {{UPSELL_BAD_ID, "/a"}, {UPSELL_BAD_ID, "/ab"}, {UPSELL_BAD_ID, "/a~1b"}}},
    {{{UPSELL_BAD_ID, "/"}, {UPSELL_BAD_ID, "/x"}, {UPSELL_BAD_ID, "//x"}},
     {{UPSELL_BAD_ID, "/"}, {UPSELL_BAD_ID, "/x"}}},
    /* what is wrong with the text itself is always kept */
    {{{UPSELL_BAD_ID, "/a"}, {UPSELL_JSON_SYNTAX, "/a/b"}},
     {{UPSELL_BAD_ID, "/a"}, {UPSELL_JSON_SYNTAX, "/a/b"}}},
    {{{UPSELL_BAD_ID, "/a"}, {UPSELL_DUPLICATE_KEY, "/a"}},
     {{UPSELL_BAD_ID, "/a"}, {UPSELL_DUPLICATE_KEY, "/a"}}},
    /* codes with small numbers say nothing about the text */
    {{{UPSELL_BAD_DECIMAL, "/a"}, {UPSELL_OUT_OF_RANGE, "/a"}}, {{UPSELL_BAD_DECIMAL, "/a"}}},
    {{{UPSELL_OUT_OF_RANGE, "/a"}, {UPSELL_OUT_OF_RANGE, "/a/b"}}, {{UPSELL_OUT_OF_RANGE, "/a"}}},
    {{{UPSELL_INVALID_ARGUMENT, "/a"}, {UPSELL_INVALID_ARGUMENT, "/a"}, {UPSELL_BAD_ID, "/a"}},
     {{UPSELL_INVALID_ARGUMENT, "/a"}}},
};

static upsell_error problem_at(const upsell_problems *problems, size_t index)
{
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(upsell_problems_get(problems, index, &error), UPSELL_OK);
  return error;
}

START_TEST(test_list)
{
  const list_case *c = &lists[_i];
  upsell__sink sink = {UPSELL_OK, NULL, upsell__problems_new(), 0};
  size_t i;

  for (i = 0; c->given[i].code; i++)
    report_text(&sink, c->given[i].code, c->given[i].pointer, (int64_t)i, "A sentence.");
  for (i = 0; c->kept[i].code; i++) {
    upsell_error error = problem_at(sink.problems, i);
    ck_assert_int_eq(error.code, c->kept[i].code);
    ck_assert_str_eq(error.pointer, c->kept[i].pointer);
    ck_assert_str_eq(error.message, "A sentence.");
    ck_assert_str_eq(upsell__problems_pointer(sink.problems, i), c->kept[i].pointer);
  }
  ck_assert_uint_eq(upsell_problems_count(sink.problems), i);
  ck_assert_int_eq(sink.status, c->given[0].code);
  upsell_problems_free(sink.problems);
}
END_TEST

START_TEST(test_list_of_many)
{
  enum { MANY = 5000 };
  upsell__sink sink = {UPSELL_OK, NULL, upsell__problems_new(), 0};
  upsell__path list = upsell__at_key(NULL, "scenarios");
  size_t i;

  for (i = 0; i < MANY; i++) {
    upsell__path item = upsell__at_index(&list, i);
    upsell__report(&sink, UPSELL_BAD_ID, &item, "Number %zu.", i);
    upsell__report(&sink, UPSELL_BAD_ID, &item, "Again.");
  }
  ck_assert_uint_eq(upsell_problems_count(sink.problems), MANY);
  for (i = 0; i < MANY; i++) {
    char expected[64];
    upsell_error error = problem_at(sink.problems, i);
    snprintf(expected, sizeof(expected), "/scenarios/%zu", i);
    ck_assert_str_eq(error.pointer, expected);
    ck_assert_int_eq(error.offset, -1);
  }
  upsell_problems_free(sink.problems);
}
END_TEST

/* A pointer that was cut says less than it should; it must not silence others. */
START_TEST(test_cut_pointer_hides_nothing)
{
  static char key[600];
  upsell__sink sink = {UPSELL_OK, NULL, upsell__problems_new(), 0};
  upsell__path unknown = {NULL, key, sizeof(key), 0};
  upsell__path other = upsell__at_key(NULL, "currency");

  memset(key, 'k', sizeof(key));
  upsell__report(&sink, UPSELL_UNKNOWN_KEY, &unknown, "Unknown.");
  upsell__report(&sink, UPSELL_MISSING_KEY, &other, "Missing.");
  ck_assert_uint_eq(upsell_problems_count(sink.problems), 2);
  upsell_problems_free(sink.problems);
}
END_TEST

START_TEST(test_problem_arguments)
{
  upsell__sink sink = {UPSELL_OK, NULL, upsell__problems_new(), 0};
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_error unsized = {0};

  upsell__report(&sink, UPSELL_BAD_ID, NULL, "x");
  ck_assert_int_eq(upsell_problems_get(NULL, 0, &error), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_problems_get(sink.problems, 0, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_problems_get(sink.problems, 1, &error), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_problems_get(sink.problems, 0, &unsized), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(error.code, UPSELL_OK);
  ck_assert_int_eq(upsell_problems_get(sink.problems, 0, &error), UPSELL_OK);
  ck_assert_int_eq(error.code, UPSELL_BAD_ID);
  ck_assert_uint_eq(upsell_problems_count(NULL), 0);
  upsell_problems_free(sink.problems);
  upsell_problems_free(NULL);
}
END_TEST

/* ---- the first problem ---- */

START_TEST(test_first_only)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  upsell__path path = upsell__at_key(NULL, "b");

  ck_assert_int_eq(upsell__sink_goes_on(&sink), 1);
  report_text(&sink, UPSELL_BAD_ID, "/a", 17, "First.");
  upsell__report(&sink, UPSELL_BAD_COUNT, &path, "Second.");
  ck_assert_int_eq(upsell__sink_goes_on(&sink), 0);
  ck_assert_int_eq(sink.status, UPSELL_BAD_ID);
  ck_assert_int_eq(error.code, UPSELL_BAD_ID);
  ck_assert_int_eq(error.offset, 17);
  ck_assert_str_eq(error.pointer, "/a");
  ck_assert_str_eq(error.message, "First.");
}
END_TEST

START_TEST(test_no_memory_wins)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, upsell__problems_new(), 0};

  report_text(&sink, UPSELL_BAD_ID, "/a", 17, "First.");
  ck_assert_int_eq(upsell__sink_goes_on(&sink), 1);
  ck_assert_int_eq(upsell__report_no_memory(&sink), UPSELL_NO_MEMORY);
  ck_assert_int_eq(upsell__sink_goes_on(&sink), 0);
  ck_assert_int_eq(sink.status, UPSELL_NO_MEMORY);
  ck_assert_int_eq(error.code, UPSELL_NO_MEMORY);
  ck_assert_str_eq(error.pointer, "");
  ck_assert_int_eq(error.offset, -1);
  report_text(&sink, UPSELL_BAD_COUNT, "/b", 1, "Later.");
  ck_assert_int_eq(sink.status, UPSELL_NO_MEMORY);
  ck_assert_int_eq(error.code, UPSELL_NO_MEMORY);
  ck_assert_uint_eq(upsell_problems_count(sink.problems), 1);
  upsell_problems_free(sink.problems);
}
END_TEST

/* Texts that do not fit are cut between characters and always terminated. */
START_TEST(test_error_set_cuts)
{
  static char text[UPSELL_MESSAGE_SIZE * 2];
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_error unsized = {0};
  size_t lead;
  size_t i;

  for (lead = 0; lead < 3; lead++) {
    memset(text, 'x', lead);
    for (i = lead; i + 4 < sizeof(text); i += 3)
      memcpy(text + i, "\xE7\x85\x8E", 4);
    upsell__error_set(&error, UPSELL_BAD_ID, text, 1, text);
    ck_assert_int_eq(upsell__utf8_clean(upsell_str_of(error.message)), 1);
    ck_assert_uint_eq(strlen(error.message), UPSELL_MESSAGE_SIZE - 1 - (511 - lead) % 3);
    ck_assert_str_eq(error.pointer, error.message);
  }
  upsell__error_set(&unsized, UPSELL_BAD_ID, "/a", 1, "m");
  ck_assert_int_eq(unsized.code, UPSELL_OK);
  upsell__error_set(NULL, UPSELL_BAD_ID, "/a", 1, "m");
}
END_TEST

/* ---- quoting ---- */

typedef struct quote_case {
  upsell_str text;
  const char *quoted;
} quote_case;

#define X10 "xxxxxxxxxx"
static const quote_case quotes[] = {
    {UPSELL_STR(""), "\"\""},
    {UPSELL_STR("v-tea"), "\"v-tea\""},
    {UPSELL_STR("a\nb\x7F"), "\"a?b?\""},
    {UPSELL_STR("a\"b"), "\"a\"b\""},
    {UPSELL_STR("\xE7\x85\x8E"), "\"\xE7\x85\x8E\""},
    {UPSELL_STR("a\0b"), "(not text)"},
    {UPSELL_STR("\xFF"), "(not text)"},
    {{NULL, 0}, "(not text)"},
    {UPSELL_STR(X10 X10 X10 X10 X10 "12345678"), "\"" X10 X10 X10 X10 X10 "12345678\""},
    {UPSELL_STR(X10 X10 X10 X10 X10 "123456789"), "\"" X10 X10 X10 X10 X10 "12345678...\""},
    {UPSELL_STR(X10 X10 X10 X10 X10 "123456\xE7\x85\x8E"), "\"" X10 X10 X10 X10 X10 "123456...\""},
};

START_TEST(test_quote)
{
  char out[UPSELL__QUOTE_SIZE];

  ck_assert_ptr_eq(upsell__quote(quotes[_i].text, out), out);
  ck_assert_str_eq(out, quotes[_i].quoted);
}
END_TEST

/* Whatever the length, the result fits and is text. */
START_TEST(test_quote_lengths)
{
  static const char *const units[] = {"a", "\xC3\xA9", "\xE7\x85\x8E", "\xF0\x9F\x8D\xB5"};
  const char *unit = units[_i];
  char text[260] = {0};
  size_t len;

  for (len = 0; len + strlen(unit) < sizeof(text); len += strlen(unit)) {
    upsell_str given = {text, len};
    char *out = malloc(UPSELL__QUOTE_SIZE);
    upsell__quote(given, out);
    ck_assert_uint_lt(strlen(out), UPSELL__QUOTE_SIZE);
    ck_assert_int_eq(upsell__utf8_clean(upsell_str_of(out)), 1);
    ck_assert_int_eq(out[strlen(out) - 1], '"');
    free(out);
    memcpy(text + len, unit, strlen(unit));
  }
}
END_TEST

/* A list ends with one entry that says there is more. */
START_TEST(test_full_list)
{
  upsell__sink sink = {UPSELL_OK, NULL, upsell__problems_new(), 0};
  upsell_error last = UPSELL_ERROR_INIT;
  size_t i;

  for (i = 0; i < UPSELL_PROBLEMS_MAX; i++) {
    upsell__path path = upsell__at_index(NULL, i);
    upsell__report(&sink, UPSELL_BAD_ID, &path, "x");
  }
  upsell__report(&sink, UPSELL_BAD_ID, NULL, "x"); /* the document: one more */
  ck_assert_int_eq(upsell__sink_goes_on(&sink), 0);
  upsell__report(&sink, UPSELL_BAD_ID, NULL, "x");
  ck_assert_uint_eq(upsell_problems_count(sink.problems), UPSELL_PROBLEMS_MAX + 1);
  ck_assert_int_eq(upsell_problems_get(sink.problems, UPSELL_PROBLEMS_MAX, &last), UPSELL_OK);
  ck_assert_int_eq(last.code, UPSELL_BAD_COUNT);
  ck_assert_str_eq(last.pointer, "");
  upsell_problems_free(sink.problems);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("report");
  TCase *list = tcase_create("list");
  TCase *first = tcase_create("first");
  TCase *quote = tcase_create("quote");

  tcase_add_loop_test(list, test_list, 0, COUNT_OF(lists));
  tcase_add_test(list, test_list_of_many);
  tcase_add_test(list, test_cut_pointer_hides_nothing);
  tcase_add_test(list, test_full_list);
  tcase_add_test(list, test_problem_arguments);
  tcase_add_test(first, test_first_only);
  tcase_add_test(first, test_no_memory_wins);
  tcase_add_test(first, test_error_set_cuts);
  tcase_add_loop_test(quote, test_quote, 0, COUNT_OF(quotes));
  tcase_add_loop_test(quote, test_quote_lengths, 0, 4);
  suite_add_tcase(suite, list);
  suite_add_tcase(suite, first);
  suite_add_tcase(suite, quote);
  return check_main(suite);
}
