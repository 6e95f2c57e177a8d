/* SPDX-License-Identifier: MIT */
/* Sessions as documents: buffers, the longest text, and texts that are refused (SES-1). */
#include <stdio.h>

#include "../support/check_main.h"
#include "sessions.h"

static const char shown[] =
    "{\"format\":\"upsell.session/1\",\"id\":\"s-1\",\"scenario_id\":\"S1\",\"state\":\"shown\","
    "\"seconds\":300,\"offered_at\":1000,\"shown_at\":1010,\"clicked_at\":null,\"ended_at\":null,"
    "\"last_at\":1010}";

START_TEST(test_text)
{
  upsell_session session = session_in(UPSELL_SESSION_SHOWN);
  char text[UPSELL_SESSION_JSON_SIZE];

  ck_assert_str_eq(session_text(&session, text), shown);
}
END_TEST

START_TEST(test_buffers)
{
  upsell_session session = session_in(UPSELL_SESSION_SHOWN);
  char text[sizeof(shown) + 1];
  size_t needed = 7;
  size_t size;

  for (size = 0; size < sizeof(shown); size++) {
    memset(text, '!', sizeof(text));
    ck_assert_int_eq(upsell_session_to_json(&session, text, size, &needed),
                     UPSELL_BUFFER_TOO_SMALL);
    ck_assert_uint_eq(needed, sizeof(shown) - 1);
    ck_assert_int_eq(text[0], '!');
  }
  ck_assert_int_eq(upsell_session_to_json(&session, text, sizeof(shown), NULL), UPSELL_OK);
  ck_assert_str_eq(text, shown);
  ck_assert_int_eq(text[sizeof(shown)], '!');
  ck_assert_int_eq(upsell_session_to_json(&session, NULL, 0, &needed), UPSELL_BUFFER_TOO_SMALL);
  ck_assert_int_eq(upsell_session_to_json(&session, NULL, 1, &needed), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_session_to_json(NULL, text, sizeof(text), &needed),
                   UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* Ids of control characters take six bytes for one. */
START_TEST(test_the_longest_text_fits)
{
  char id[255];
  upsell_str str = {id, sizeof(id)};
  upsell_session session;
  upsell_session again;
  char text[UPSELL_SESSION_JSON_SIZE];
  size_t len;

  memset(id, 1, sizeof(id));
  ck_assert_int_eq(upsell_session_open(str, str, 3600, UPSELL_SESSION_TIME_MAX, &session, NULL),
                   UPSELL_OK);
  session_take(&session, UPSELL_ON_PROCESSING, UPSELL_SESSION_TIME_MAX);
  session_take(&session, UPSELL_ON_ORDERED, UPSELL_SESSION_TIME_MAX);
  ck_assert_int_eq(upsell_session_to_json(&session, text, sizeof(text), &len), UPSELL_OK);
  ck_assert_uint_gt(len, 3000);
  ck_assert_int_eq(upsell_session_from_json(text, len, &again, NULL), UPSELL_OK);
  ck_assert_mem_eq(&again, &session, sizeof(session));
}
END_TEST

/* The text as it is, with one piece replaced; it must be refused with nothing written. */
static void check_refused(const char *from, const char *to, upsell_status status,
                          const char *pointer)
{
  const char *found = strstr(shown, from);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_session session;
  upsell_session before;
  char text[1024];

  ck_assert_ptr_nonnull(found);
  snprintf(text, sizeof(text), "%.*s%s%s", (int)(found - shown), shown, to, found + strlen(from));
  memset(&session, 7, sizeof(session));
  before = session;
  if (upsell_session_from_json(text, strlen(text), &session, &error) != status ||
      strcmp(error.pointer, pointer) != 0)
    ck_abort_msg("%s: %s at %s", to, upsell_status_name(error.code), error.pointer);
  ck_assert_int_ne(error.message[0], '\0');
  ck_assert_mem_eq(&session, &before, sizeof(session));
  ck_assert_int_eq(upsell_session_from_json(text, strlen(text), &session, NULL), status);
}

START_TEST(test_refused)
{
  check_refused("session/1", "session/2", UPSELL_UNKNOWN_FORMAT, "/format");
  check_refused("\"seconds\":300,", "", UPSELL_MISSING_KEY, "/seconds");
  check_refused("\"seconds\":300", "\"seconds\":300,\"second\":1", UPSELL_UNKNOWN_KEY, "/second");
  check_refused("300", "300,\"seconds\":300", UPSELL_DUPLICATE_KEY, "/seconds");
  check_refused("300", "3e2", UPSELL_WRONG_TYPE, "/seconds");
  check_refused("\"offered_at\":1000", "\"offered_at\":null", UPSELL_WRONG_TYPE, "/offered_at");
  check_refused("\"last_at\":1010", "\"last_at\":null", UPSELL_WRONG_TYPE, "/last_at");
  check_refused("\"shown_at\":1010", "\"shown_at\":null", UPSELL_BAD_VALUE, "/shown_at");
  check_refused("\"shown_at\":1010", "\"shown_at\":-1", UPSELL_OUT_OF_RANGE, "/shown_at");
  check_refused("\"clicked_at\":null", "\"clicked_at\":false", UPSELL_WRONG_TYPE, "/clicked_at");
  check_refused("\"clicked_at\":null", "\"clicked_at\":1010", UPSELL_BAD_VALUE, "/clicked_at");
  check_refused("\"shown\"", "\"Shown\"", UPSELL_BAD_VALUE, "/state");
  check_refused("s-1", "", UPSELL_BAD_ID, "/id");
  check_refused("s-1", "\\u0000", UPSELL_JSON_STRING, "/id");
  check_refused("}", "", UPSELL_JSON_SYNTAX, "");
  check_refused("}", "} {}", UPSELL_JSON_TRAILING, "");
}
END_TEST

START_TEST(test_invalid_arguments)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_session session;

  ck_assert_int_eq(upsell_session_from_json(NULL, 0, &session, &error), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(error.code, UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_session_from_json(shown, sizeof(shown) - 1, NULL, NULL),
                   UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* Room behind the ids is zeros, whatever was there: sessions compare as bytes. */
START_TEST(test_read_over_another_session)
{
  upsell_session session;
  upsell_session expected = session_in(UPSELL_SESSION_SHOWN);

  memset(&session, 'x', sizeof(session));
  ck_assert_int_eq(upsell_session_from_json(shown, sizeof(shown) - 1, &session, NULL), UPSELL_OK);
  ck_assert_mem_eq(&session, &expected, sizeof(session));
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("session_json");
  TCase *tests = tcase_create("session_json");

  tcase_add_test(tests, test_text);
  tcase_add_test(tests, test_buffers);
  tcase_add_test(tests, test_the_longest_text_fits);
  tcase_add_test(tests, test_refused);
  tcase_add_test(tests, test_invalid_arguments);
  tcase_add_test(tests, test_read_over_another_session);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
