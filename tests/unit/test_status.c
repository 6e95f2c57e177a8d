/* SPDX-License-Identifier: MIT */
/* Statuses, reasons, patterns and versions; errors as JSON (DOC-6, CLI-4). */
#include <stdio.h>

#include <upsell/upsell.h>

#include "../support/check_main.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct named {
  int32_t number;
  const char *name;
  const char *message;
} named;

#define STATUS_ROW(symbol, number, name, message) {UPSELL_##symbol, name, message},
static const named statuses[] = {UPSELL_STATUS_LIST(STATUS_ROW)};

#define REASON_ROW(symbol, number, name) {UPSELL_REASON_##symbol, name, name},
static const named reasons[] = {UPSELL_REASON_LIST(REASON_ROW)};

static void check_unique(const named *rows, size_t count)
{
  size_t i;
  size_t j;

  for (i = 0; i < count; i++) {
    ck_assert_uint_gt(strlen(rows[i].name), 0);
    ck_assert_uint_gt(strlen(rows[i].message), 0);
    ck_assert_uint_eq(strspn(rows[i].name, "abcdefghijklmnopqrstuvwxyz_"), strlen(rows[i].name));
    for (j = 0; j < i; j++) {
      ck_assert_int_ne(rows[i].number, rows[j].number);
      ck_assert_str_ne(rows[i].name, rows[j].name);
    }
  }
}

/* Codes and names as first published: they keep their meaning for ever. */
START_TEST(test_published_numbers)
{
  static const named published[] = {
      {0, "ok", ""},
      {1, "no_memory", ""},
      {2, "invalid_argument", ""},
      {10, "json_syntax", ""},
      {15, "duplicate_key", ""},
      {20, "missing_key", ""},
      {30, "duplicate_id", ""},
      {35, "bad_text", ""},
      {50, "line_too_long", ""},
  };

  ck_assert_str_eq(upsell_status_name(published[_i].number), published[_i].name);
}
END_TEST

START_TEST(test_status_list)
{
  size_t i;

  check_unique(statuses, COUNT_OF(statuses));
  for (i = 0; i < COUNT_OF(statuses); i++) {
    ck_assert_str_eq(upsell_status_name(statuses[i].number), statuses[i].name);
    ck_assert_str_eq(upsell_status_message(statuses[i].number), statuses[i].message);
  }
}
END_TEST

START_TEST(test_unknown_values)
{
  static const int32_t values[] = {-1, 9, 19, 49, 99, 1000, INT32_MAX, INT32_MIN};
  int32_t value = values[_i];

  ck_assert_str_eq(upsell_status_name(value), "unknown_status");
  ck_assert_str_eq(upsell_status_message(value), "unknown status");
  ck_assert_ptr_null(upsell_reason_name(value));
  ck_assert_ptr_null(upsell_pattern_name(value));
}
END_TEST

START_TEST(test_reason_list)
{
  size_t i;

  check_unique(reasons, COUNT_OF(reasons));
  for (i = 0; i < COUNT_OF(reasons); i++)
    ck_assert_str_eq(upsell_reason_name(reasons[i].number), reasons[i].name);
  ck_assert_ptr_null(upsell_reason_name(0));
}
END_TEST

START_TEST(test_versions)
{
  char text[32];

  snprintf(text, sizeof(text), "%d.%d.%d", UPSELL_VERSION_MAJOR, UPSELL_VERSION_MINOR,
           UPSELL_VERSION_PATCH);
  ck_assert_str_eq(upsell_version(), text);
  ck_assert_int_eq(upsell_abi_version(), UPSELL_ABI_VERSION);
}
END_TEST

/* ---- errors as JSON ---- */

static const char sample_text[] =
    "{\"error\":{\"code\":\"bad_id\",\"path\":\"/lines/0/\\\"\",\"message\":\"a\\n\\\\b\","
    "\"line\":12}}";

static upsell_error sample(void)
{
  upsell_error error = UPSELL_ERROR_INIT;

  error.code = UPSELL_BAD_ID;
  strcpy(error.pointer, "/lines/0/\"");
  strcpy(error.message, "a\n\\b");
  return error;
}

/* Every size: the whole text, or an untouched buffer and the needed length. */
START_TEST(test_error_sizes)
{
  upsell_error error = sample();
  size_t len = sizeof(sample_text) - 1;
  size_t size;

  for (size = 0; size <= len + 2; size++) {
    char *buffer = malloc(size + 1);
    size_t needed = 0;
    memset(buffer, '#', size + 1);
    if (size <= len) {
      ck_assert_int_eq(upsell_error_to_json(&error, 12, buffer, size, &needed),
                       UPSELL_BUFFER_TOO_SMALL);
      ck_assert_int_eq(buffer[0], '#');
    } else {
      ck_assert_int_eq(upsell_error_to_json(&error, 12, buffer, size, &needed), UPSELL_OK);
      ck_assert_str_eq(buffer, sample_text);
    }
    ck_assert_int_eq(buffer[size], '#');
    ck_assert_uint_eq(needed, len);
    free(buffer);
  }
}
END_TEST

START_TEST(test_error_arguments)
{
  upsell_error error = sample();
  upsell_error unsized = {0};
  char buffer[UPSELL_ERROR_JSON_SIZE];
  size_t needed;

  ck_assert_int_eq(upsell_error_to_json(&error, 12, buffer, sizeof(buffer), NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_error_to_json(&error, 1, NULL, 0, &needed), UPSELL_BUFFER_TOO_SMALL);
  ck_assert_uint_eq(needed, sizeof(sample_text) - 2);
  ck_assert_int_eq(upsell_error_to_json(&error, 1, NULL, 5, &needed), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_error_to_json(NULL, 1, buffer, 5, &needed), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_error_to_json(&unsized, 1, buffer, 5, &needed), UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* The largest error of all, of characters that take six bytes each. */
START_TEST(test_error_largest)
{
  upsell_error error = UPSELL_ERROR_INIT;
  char buffer[UPSELL_ERROR_JSON_SIZE];
  size_t needed;

  error.code = UPSELL_INVALID_ARGUMENT;
  memset(error.pointer, 1, sizeof(error.pointer));
  memset(error.message, 1, sizeof(error.message));
  ck_assert_int_eq(upsell_error_to_json(&error, INT64_MAX, buffer, sizeof(buffer), &needed),
                   UPSELL_OK);
  ck_assert_uint_gt(needed, 6 * (UPSELL_POINTER_SIZE + UPSELL_MESSAGE_SIZE));
  ck_assert_uint_eq(strlen(buffer), needed);
}
END_TEST

START_TEST(test_error_line_numbers)
{
  static const uint64_t lines[] = {0, 1, INT64_MAX, UINT64_MAX};
  static const char *const ends[] = {"\"line\":0}}", "\"line\":1}}",
                                     "\"line\":9223372036854775807}}",
                                     "\"line\":18446744073709551615}}"};
  upsell_error error = sample();
  char buffer[UPSELL_ERROR_JSON_SIZE];

  ck_assert_int_eq(upsell_error_to_json(&error, lines[_i], buffer, sizeof(buffer), NULL),
                   UPSELL_OK);
  ck_assert_str_eq(strstr(buffer, "\"line\":"), ends[_i]);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("status");
  TCase *names = tcase_create("names");
  TCase *errors = tcase_create("errors");

  tcase_add_loop_test(names, test_published_numbers, 0, 9);
  tcase_add_test(names, test_status_list);
  tcase_add_loop_test(names, test_unknown_values, 0, 8);
  tcase_add_test(names, test_reason_list);
  tcase_add_test(names, test_versions);
  tcase_add_test(errors, test_error_sizes);
  tcase_add_test(errors, test_error_arguments);
  tcase_add_test(errors, test_error_largest);
  tcase_add_loop_test(errors, test_error_line_numbers, 0, 4);
  suite_add_tcase(suite, names);
  suite_add_tcase(suite, errors);
  return check_main(suite);
}
