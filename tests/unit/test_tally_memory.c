/* SPDX-License-Identifier: MIT */
/*
 * Failing memory while sessions are read and written, and events are counted: every
 * allocation fails once, alone and with all that follow. A tally is then as it was, and
 * counts on; nothing leaks.
 */
#include <stdio.h>

#include "../support/check_main.h"
#include "colliding.h"
#include "failing_heap.h"
#include "offer/tally.h"
#include "sessions.h"
#include "tallies.h"

/* Enough that maps grow more than once. */
enum { FIRST = 40, SECOND = 90, SCENARIOS = 24 };

static void fill(upsell_tally *tally, int from, int to)
{
  int i;

  for (i = from; i < to; i++) {
    char session[32];
    char scenario[32];
    snprintf(session, sizeof(session), "session-of-a-buyer-%d", i);
    snprintf(scenario, sizeof(scenario), "S%d", i % SCENARIOS);
    tally_add(tally, session, scenario, 1 + i % 3);
  }
}

static const char event_text[] =
    "{\"format\":\"upsell.event/1\",\"session_id\":\"a\\u0062c\",\"scenario_id\":\"n\\u0065w\","
    "\"event\":\"clicked\"}";

/* What is done with a tally while memory fails. */
typedef upsell_status job(upsell_tally *tally, upsell_error *error);

static upsell_tally *other; /* to merge */

static upsell_status job_add(upsell_tally *tally, upsell_error *error)
{
  return upsell_tally_add(tally, upsell_str_of("abc"), upsell_str_of("new"), 2, error);
}

static upsell_status job_add_json(upsell_tally *tally, upsell_error *error)
{
  return upsell_tally_add_json(tally, event_text, sizeof(event_text) - 1, error);
}

static upsell_status job_merge(upsell_tally *tally, upsell_error *error)
{
  upsell_status status = upsell_tally_merge(tally, other);

  error->code = status; /* merging has no details */
  error->message[0] = '-';
  return status;
}

/* Check allocates too: nothing is asserted while memory fails. */
static upsell_status report(upsell_tally *tally, int32_t form, upsell_error *error)
{
  upsell_report_options options = tally_options(form);
  upsell_text *text = NULL;
  upsell_status status = upsell_tally_report(tally, NULL, &options, &text, error);

  if (!text && !status)
    abort();
  upsell_text_free(text);
  return status;
}

static upsell_status job_json(upsell_tally *tally, upsell_error *error)
{
  return report(tally, UPSELL_REPORT_JSON, error);
}

static upsell_status job_csv(upsell_tally *tally, upsell_error *error)
{
  return report(tally, UPSELL_REPORT_CSV, error);
}

static job *const jobs[] = {job_add, job_add_json, job_merge, job_json, job_csv};

/* A tally of so many sessions: at some numbers the next one makes a map or an array grow. */
static upsell_tally *tally_of(int count)
{
  upsell_tally *tally = tally_new();

  fill(tally, 0, count);
  return tally;
}

/* Nothing is left of what failed, not even where no count shows it. */
static void check_untouched(const upsell_tally *tally, int count, const char *untouched)
{
  upsell_tally *merged = tally_new();
  char *found = tally_report(tally, NULL, NULL);

  ck_assert_str_eq(found, untouched);
  ck_assert_uint_eq(tally->sessions.count, (size_t)count);
  ck_assert_uint_eq(tally->scenarios.count, (size_t)(count < SCENARIOS ? count : SCENARIOS));
  free(found);
  ck_assert_int_eq(upsell_tally_merge(merged, tally), UPSELL_OK);
  found = tally_report(merged, NULL, NULL);
  ck_assert_str_eq(found, untouched);
  free(found);
  upsell_tally_free(merged);
}

/* Fails request `at`; returns whether there was one. What comes of it afterwards must be
 * `expected`. */
static int fail_at(job *run, int count, long at, const char *expected)
{
  long before = heap.live;
  upsell_tally *tally = tally_of(count);
  char *untouched = tally_report(tally, NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status;
  char *found;
  int failed;

  heap_arm(at);
  status = run(tally, &error);
  heap.armed = 0;
  failed = heap.failures > 0;
  ck_assert_int_eq(status, failed ? UPSELL_NO_MEMORY : UPSELL_OK);
  if (failed) {
    ck_assert_int_eq(error.code, UPSELL_NO_MEMORY);
    ck_assert_int_ne(error.message[0], '\0');
    check_untouched(tally, count, untouched);
    ck_assert_int_eq(run(tally, &error), UPSELL_OK);
  }
  found = tally_report(tally, NULL, NULL);
  ck_assert_str_eq(found, expected);
  free(found);
  free(untouched);
  upsell_tally_free(tally);
  if (heap.live != before)
    ck_abort_msg("request %ld: %ld blocks leaked", at, heap.live - before);
  return failed;
}

static void fail_all(job *run, int count)
{
  upsell_tally *tally = tally_of(count);
  upsell_error error = UPSELL_ERROR_INIT;
  char *expected;
  long at = 1;

  ck_assert_int_eq(run(tally, &error), UPSELL_OK);
  expected = tally_report(tally, NULL, NULL);
  upsell_tally_free(tally);
  while (fail_at(run, count, at, expected))
    at++;
  ck_assert(count || at > 1); /* with nothing yet, all of them allocate */
  free(expected);
}

START_TEST(test_one_request_fails)
{
  int count;

  heap.persistent = _i % 2;
  for (count = 0; count < FIRST; count++)
    fail_all(jobs[_i / 2], count);
}
END_TEST

/* Ids made to collide make a map change its hash, which takes memory, too. */
enum { COLLIDING = 300 };

static upsell_status count_collider(upsell_tally *tally, char text[16])
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell_str session = {text, 16};

  return upsell__tally_count(tally, session, upsell_str_of("S1"), UPSELL_COUNT_SHOWN, &sink);
}

START_TEST(test_change_of_hash)
{
  static char texts[COLLIDING][16];
  upsell_tally *tally = tally_new();
  int i;

  make_colliding(texts, COLLIDING);
  heap.persistent = _i;
  for (i = 0; i < COLLIDING; i++) {
    upsell_status status;
    long at = 1;
    do {
      heap_arm(at++);
      status = count_collider(tally, texts[i]);
      heap.armed = 0;
      ck_assert_int_eq(status, heap.failures ? UPSELL_NO_MEMORY : UPSELL_OK);
      ck_assert_int_eq(count_collider(tally, texts[i / 2]), UPSELL_OK);
    } while (status);
    ck_assert_uint_eq(tally->sessions.count, (size_t)i + 1);
    ck_assert_uint_eq(tally->counts[0].shown, (uint64_t)i + 1);
  }
  ck_assert_uint_gt(tally->sessions.key, 0);
  upsell_tally_free(tally);
}
END_TEST

/* ---- sessions ---- */

/* Reads and writes a session; `out` stays as it was when it is not written. */
static upsell_status read_and_write(const char *text, upsell_session *session,
                                    char out[UPSELL_SESSION_JSON_SIZE])
{
  upsell_status status = upsell_session_from_json(text, strlen(text), session, NULL);

  return status ? status : upsell_session_to_json(session, out, UPSELL_SESSION_JSON_SIZE, NULL);
}

/* Ids with escapes take memory to be read. */
START_TEST(test_sessions)
{
  upsell_session given;
  char text[UPSELL_SESSION_JSON_SIZE];
  long at = 1;

  ck_assert_int_eq(
      upsell_session_open(upsell_str_of("\"a\""), upsell_str_of("\\"), 0, 5, &given, NULL),
      UPSELL_OK);
  session_text(&given, text);
  heap.persistent = _i;
  do {
    char out[UPSELL_SESSION_JSON_SIZE] = "-";
    const upsell_session before = session_in(UPSELL_SESSION_OFFERED);
    upsell_session session = before;
    long live = heap.live;
    upsell_status status;
    heap_arm(at++);
    status = read_and_write(text, &session, out);
    heap.armed = 0;
    ck_assert_int_eq(heap.live, live);
    ck_assert_int_eq(status, heap.failures ? UPSELL_NO_MEMORY : UPSELL_OK);
    ck_assert_str_eq(out, status ? "-" : text);
    ck_assert(memcmp(&session, &before, sizeof(session)) == 0 ||
              memcmp(&session, &given, sizeof(session)) == 0);
  } while (heap.failures);
  ck_assert_int_gt(at, 3); /* it does allocate */
}
END_TEST

START_TEST(test_no_memory_for_a_tally)
{
  upsell_tally *tally = NULL;
  upsell_status status;

  heap_arm(1);
  status = upsell_tally_new(&tally);
  heap.armed = 0;
  ck_assert_int_eq(status, UPSELL_NO_MEMORY);
  ck_assert_ptr_null(tally);
}
END_TEST

static void set_up(void)
{
  other = tally_new();
  fill(other, FIRST / 2, SECOND);
}

static void tear_down(void)
{
  upsell_tally_free(other);
}

int main(void)
{
  Suite *suite = suite_create("tally_memory");
  TCase *tests = tcase_create("tally_memory");

  tcase_add_unchecked_fixture(tests, set_up, tear_down);
  tcase_set_timeout(tests, 60);
  tcase_add_loop_test(tests, test_one_request_fails, 0, 2 * sizeof(jobs) / sizeof(jobs[0]));
  tcase_add_loop_test(tests, test_change_of_hash, 0, 2);
  tcase_add_loop_test(tests, test_sessions, 0, 2);
  tcase_add_test(tests, test_no_memory_for_a_tally);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
