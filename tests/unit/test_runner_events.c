/* SPDX-License-Identifier: MIT */
/* Events that are refused, at their pointers; duplicates and late ones; the rules of
 * calling (RUN-3). */
#include "../support/check_main.h"
#include "run_script.h"

static upsell_runner *runner;
static upsell_progress *progress;
static char *journal; /* of a run with a step in flight */

static void set_up(void)
{
  script s;

  script_begin(&s, PLAN2(CALL("a", "", ""), CALL("b", "'a'", "")));
  script_do(&s, "start 100");
  runner = s.runner;
  progress = s.progress;
  journal = s.journal;
}

static void tear_down(void)
{
  upsell_runner_free(runner);
  upsell_progress_free(progress);
  free(journal);
}

/* Nothing of an earlier step is left. */
static void expect_empty(void)
{
  const upsell_progress_view *view = upsell_progress_get(progress);

  ck_assert_uint_eq(view->size, sizeof(*view));
  ck_assert_int_eq(view->kind, 0);
  ck_assert_ptr_null(view->journal.data);
  ck_assert_uint_eq(view->journal.len, 0);
  ck_assert_ptr_null(view->action.data);
  ck_assert_ptr_null(view->step.data);
  ck_assert_ptr_null(view->stops);
  ck_assert_uint_eq(view->stop_count, 0);
}

/* ---- documents ---- */

typedef struct bad_event {
  const char *text;
  upsell_status code;
  const char *pointer;
} bad_event;

#define NOW "'now':101"

static const bad_event bad_events[] = {
    {"", UPSELL_JSON_SYNTAX, "/event"},
    {"{", UPSELL_JSON_SYNTAX, "/event"},
    {"{'type':'tick','now':}", UPSELL_JSON_SYNTAX, "/event/now"},
    {"{'type':'tick'," NOW "} x", UPSELL_JSON_TRAILING, "/event"},
    {"{'type':'tick'," NOW "," NOW "}", UPSELL_DUPLICATE_KEY, "/event/now"},
    {"[]", UPSELL_WRONG_TYPE, "/event"},
    {"{" NOW "}", UPSELL_MISSING_KEY, "/event/type"},
    {"{'type':7," NOW "}", UPSELL_WRONG_TYPE, "/event/type"},
    {"{'type':'tock'," NOW "}", UPSELL_BAD_VALUE, "/event/type"},
    {"{'type':'tick'}", UPSELL_MISSING_KEY, "/event/now"},
    {"{'type':'tick','now':'101'}", UPSELL_WRONG_TYPE, "/event/now"},
    {"{'type':'tick','now':101.5}", UPSELL_WRONG_TYPE, "/event/now"},
    {"{'type':'tick','now':-1}", UPSELL_OUT_OF_RANGE, "/event/now"},
    {"{'type':'tick','now':1760000000000}", UPSELL_OUT_OF_RANGE, "/event/now"},
    {"{'type':'tick'," NOW ",'step':'a'}", UPSELL_UNKNOWN_KEY, "/event/step"},
    {"{'type':'start'," NOW "}", UPSELL_MISSING_KEY, "/event/run_id"},
    {"{'type':'start'," NOW ",'run_id':7}", UPSELL_WRONG_TYPE, "/event/run_id"},
    {"{'type':'start'," NOW ",'run_id':''}", UPSELL_BAD_VALUE, "/event/run_id"},
    {"{'type':'start'," NOW ",'run_id':'short-1'}", UPSELL_BAD_VALUE, "/event/run_id"},
    {"{'type':'start'," NOW ",'run_id':'12345678'}", UPSELL_BAD_VALUE, "/event/run_id"},
    {"{'type':'start'," NOW ",'run_id':'run 00001'}", UPSELL_BAD_VALUE, "/event/run_id"},
    {"{'type':'start'," NOW ",'run_id':'run-\u00e900001'}", UPSELL_BAD_VALUE, "/event/run_id"},
    {"{'type':'answer'," NOW ",'body':{}}", UPSELL_MISSING_KEY, "/event/step"},
    {"{'type':'answer'," NOW ",'step':'c','body':{}}", UPSELL_BAD_VALUE, "/event/step"},
    {"{'type':'answer'," NOW ",'step':'','body':{}}", UPSELL_BAD_VALUE, "/event/step"},
    {"{'type':'answer'," NOW ",'step':'a','body':{},'http_status':99}", UPSELL_OUT_OF_RANGE,
     "/event/http_status"},
    {"{'type':'answer'," NOW ",'step':'a','body':{},'http_status':600}", UPSELL_OUT_OF_RANGE,
     "/event/http_status"},
    {"{'type':'answer'," NOW ",'step':'a','body':{},'http_status':'200'}", UPSELL_WRONG_TYPE,
     "/event/http_status"},
    {"{'type':'no_answer'," NOW ",'step':'c'}", UPSELL_BAD_VALUE, "/event/step"},
    {"{'type':'no_answer'," NOW ",'step':'a','body':{}}", UPSELL_UNKNOWN_KEY, "/event/body"},
    {"{'type':'not_sent'," NOW "}", UPSELL_MISSING_KEY, "/event/step"},
    {"{'type':'not_sent'," NOW ",'step':'a','reason':'a b'}", UPSELL_BAD_VALUE, "/event/reason"},
    {"{'type':'not_sent'," NOW ",'step':'a','reason':'a/b'}", UPSELL_BAD_VALUE, "/event/reason"},
    {"{'type':'not_sent'," NOW ",'step':'a','reason':null}", UPSELL_WRONG_TYPE, "/event/reason"},
    {"{'type':'not_sent'," NOW ",'step':'a','reason':'processed'}", UPSELL_BAD_VALUE,
     "/event/reason"},
    {"{'type':'not_sent'," NOW ",'step':'a','reason':'changeset_already_applied'}",
     UPSELL_BAD_VALUE, "/event/reason"},
    {"{'type':'webhook'," NOW ",'body':{}}", UPSELL_MISSING_KEY, "/event/topic"},
    {"{'type':'webhook'," NOW ",'topic':''}", UPSELL_BAD_VALUE, "/event/topic"},
    {"{'type':'webhook'," NOW ",'topic':'t','reason':'r'}", UPSELL_UNKNOWN_KEY, "/event/reason"},
};

START_TEST(test_bad_documents)
{
  const bad_event *bad = &bad_events[_i];
  upsell_error error = UPSELL_ERROR_INIT;
  char *text = quoted(bad->text);
  const char *stored = strstr(text, "\"start\"") ? NULL : journal;
  upsell_status status = upsell_runner_step_json(runner, stored, stored ? strlen(stored) : 0, text,
                                                 strlen(text), progress, &error);

  if (status != bad->code || strcmp(error.pointer, bad->pointer) != 0)
    ck_abort_msg("%s: %s at %s: %s", text, upsell_status_name(status), error.pointer,
                 error.message);
  ck_assert_int_eq(error.code, status);
  ck_assert(error.message[0]);
  expect_empty();
  free(text);
}
END_TEST

/* ---- structs ---- */

typedef struct bad_struct {
  upsell_event event;
  upsell_status code;
  const char *pointer;
} bad_struct;

#define SIZE (uint32_t)sizeof(upsell_event)

static const bad_struct bad_structs[] = {
    {{.kind = UPSELL_EVENT_TICK}, UPSELL_INVALID_ARGUMENT, "/event"},
    {{.size = SIZE - 8, .kind = UPSELL_EVENT_TICK}, UPSELL_INVALID_ARGUMENT, "/event"},
    {{.size = SIZE, .kind = UPSELL_EVENT_TICK, .reserved = 1},
     UPSELL_INVALID_ARGUMENT,
     "/event/reserved"},
    {{.size = SIZE}, UPSELL_MISSING_KEY, "/event/type"},
    {{.size = SIZE, .kind = 8}, UPSELL_BAD_VALUE, "/event/type"},
    {{.size = SIZE, .kind = UPSELL_EVENT_TICK, .now = -1}, UPSELL_OUT_OF_RANGE, "/event/now"},
    {{.size = SIZE, .kind = UPSELL_EVENT_START}, UPSELL_MISSING_KEY, "/event/run_id"},
    {{.size = SIZE, .kind = UPSELL_EVENT_START, .run_id = UPSELL_STR("1234")},
     UPSELL_BAD_VALUE,
     "/event/run_id"},
    {{.size = SIZE, .kind = UPSELL_EVENT_ANSWER}, UPSELL_MISSING_KEY, "/event/step"},
    {{.size = SIZE, .kind = UPSELL_EVENT_ANSWER, .step = UPSELL_STR("\xff")},
     UPSELL_BAD_VALUE,
     "/event/step"},
    {{.size = SIZE, .kind = UPSELL_EVENT_ANSWER, .step = UPSELL_STR("a"), .http_status = 99},
     UPSELL_OUT_OF_RANGE,
     "/event/http_status"},
    {{.size = SIZE,
      .kind = UPSELL_EVENT_NOT_SENT,
      .step = UPSELL_STR("a"),
      .reason = UPSELL_STR("")},
     UPSELL_BAD_VALUE,
     "/event/reason"},
    {{.size = SIZE,
      .kind = UPSELL_EVENT_NOT_SENT,
      .step = UPSELL_STR("a"),
      .reason = UPSELL_STR("ok")},
     UPSELL_BAD_VALUE,
     "/event/reason"},
    {{.size = SIZE, .kind = UPSELL_EVENT_WEBHOOK}, UPSELL_MISSING_KEY, "/event/topic"},
    {{.size = SIZE, .kind = UPSELL_EVENT_WEBHOOK, .topic = UPSELL_STR("")},
     UPSELL_BAD_VALUE,
     "/event/topic"},
};

START_TEST(test_bad_structs)
{
  const bad_struct *bad = &bad_structs[_i];
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status =
      upsell_runner_step(runner, journal, strlen(journal), &bad->event, progress, &error);

  if (status != bad->code || strcmp(error.pointer, bad->pointer) != 0)
    ck_abort_msg("%s at %s: %s", upsell_status_name(status), error.pointer, error.message);
  expect_empty();
}
END_TEST

/* What a kind does not ask for is not looked at. */
START_TEST(test_other_fields)
{
  upsell_event event = {.size = SIZE, .kind = UPSELL_EVENT_TICK, .now = 101};

  event.step = upsell_str_of("nobody");
  event.reason = upsell_str_of("a b");
  event.body = upsell_str_of("{");
  event.http_status = 7;
  ck_assert_int_eq(upsell_runner_step(runner, journal, strlen(journal), &event, progress, NULL),
                   UPSELL_OK);
  ck_assert_int_eq(upsell_progress_get(progress)->kind, UPSELL_ACTION_PENDING);
}
END_TEST

/* ---- journals where there should be none, and none where there should be one ---- */

START_TEST(test_start_once)
{
  static const char start[] = "{\"type\":\"start\",\"now\":101,\"run_id\":\"run-0002\"}";
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(upsell_runner_step_json(runner, journal, strlen(journal), start,
                                           sizeof(start) - 1, progress, &error),
                   UPSELL_JOURNAL_MISMATCH);
  ck_assert_str_eq(error.pointer, "/journal");
  expect_empty();
}
END_TEST

START_TEST(test_no_journal)
{
  static const char *const events[] = {
      "{\"type\":\"resume\",\"now\":101}",
      "{\"type\":\"tick\",\"now\":101}",
      "{\"type\":\"answer\",\"now\":101,\"step\":\"a\"}",
      "{\"type\":\"no_answer\",\"now\":101,\"step\":\"a\"}",
      "{\"type\":\"not_sent\",\"now\":101,\"step\":\"a\"}",
      "{\"type\":\"webhook\",\"now\":101,\"topic\":\"t\"}",
  };
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(
      upsell_runner_step_json(runner, NULL, 0, events[_i], strlen(events[_i]), progress, &error),
      UPSELL_JOURNAL_MISMATCH);
  ck_assert_str_eq(error.pointer, "/journal");
  ck_assert_ptr_nonnull(strstr(error.message, "start"));
  expect_empty();
}
END_TEST

/* ---- events that come twice, late, or for nothing ---- */

/* The journal stays the same to the byte, and the action is what is due. */
START_TEST(test_harmless)
{
  static const turn before[] = {{"start 100", "send a"},
                                {"answer a 101 {'data':{}}", "send b"},
                                {"lost b 102", "wait 162"},
                                {NULL, NULL}};
  static const turn harmless[] = {{"answer a 103 {'data':{}}", "wait 162"},
                                  {"answer a 103 {'errors':[{}]}", "wait 162"},
                                  {"lost a 104", "wait 162"},
                                  {"lost b 105", "wait 162"},
                                  {"answer b 105 {'data':{}}", "wait 162"},
                                  {"unsent b 106", "wait 162"},
                                  {"answer c 106 {'data':{}}", "wait 162"},
                                  {"tick 107", "wait 162"},
                                  {"resume 108", "wait 162"},
                                  {"hook orders/paid 109 {}", "wait 162"},
                                  {NULL, NULL}};
  script s;
  char *stored;

  script_begin(&s, PLAN3(CALL("a", "", ""),
                         CALL("b", "'a'",
                              ON("{'when':'no_answer','do':'retry','max':1,"
                                 "'wait_seconds':60}")),
                         CALL("c", "'b'", "")));
  play_on(&s, before);
  stored = strdup(s.journal);
  play_on(&s, harmless);
  ck_assert_str_eq(s.journal, stored);
  free(stored);
  /* time goes by: then even a late answer brings what is due */
  ck_assert_str_eq(script_do(&s, "answer a 170 {'data':{}}"), "send b");
  script_end(&s);
}
END_TEST

START_TEST(test_pending)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"tick 101", "pending a"},
                               {"hook t 102 {}", "pending a"},
                               {"answer b 103 {'data':{}}", "pending a"},
                               {"answer a 104 {'data':{}}", "send b"},
                               {"answer a 105 {'data':{}}", "pending b"},
                               {NULL, NULL}};

  play(PLAN2(CALL("a", "", ""), CALL("b", "'a'", "")), turns);
}
END_TEST

/* ---- calling ---- */

START_TEST(test_arguments)
{
  static const char tick[] = "{\"type\":\"tick\",\"now\":101}";
  upsell_event event = {.size = SIZE, .kind = UPSELL_EVENT_TICK, .now = 101};
  upsell_error error = UPSELL_ERROR_INIT;
  size_t len = strlen(journal);

  ck_assert_int_eq(upsell_runner_step(runner, journal, len, &event, progress, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_runner_step(NULL, journal, len, &event, progress, &error),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(error.code, UPSELL_INVALID_ARGUMENT);
  expect_empty();
  ck_assert_int_eq(upsell_runner_step(runner, NULL, len, &event, progress, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_runner_step(runner, journal, len, NULL, progress, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_runner_step(runner, journal, len, &event, NULL, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_runner_step_json(runner, journal, len, NULL, 0, progress, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_runner_step_json(NULL, journal, len, tick, 4, progress, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_progress_new(NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_runner_new(NULL, 0, &runner, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_runner_new("{}", 2, NULL, &error), UPSELL_INVALID_ARGUMENT);
  ck_assert_ptr_null(upsell_progress_get(NULL));
  upsell_progress_free(NULL);
  upsell_runner_free(NULL);
}
END_TEST

START_TEST(test_bad_plan)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_runner *none = NULL;

  ck_assert_int_eq(upsell_runner_new("{", 1, &none, &error), UPSELL_JSON_SYNTAX);
  ck_assert_int_eq(error.code, UPSELL_JSON_SYNTAX);
  ck_assert_ptr_null(none);
}
END_TEST

/* A host may hand back what it was shown last: that is still there while the next event
 * is taken in. */
START_TEST(test_hand_back)
{
  const upsell_progress_view *view;
  upsell_event event = {.size = SIZE, .kind = UPSELL_EVENT_NO_ANSWER, .now = 100};
  script s;
  int i;

  script_begin(&s, PLAN2(CALL("z", "", ",'errors':'/e'" ON("{'when':'TAKEN','do':'next'}")),
                         CALL("a", "'z'",
                              ",'variables':{'v':'1'},'idempotency_key':'k'" ON(
                                  "{'when':'no_answer','do':'retry','max':9}"))));
  script_do(&s, "start 100");
  script_do(&s, "answer z 100 {'data':{'e':[{'code':'TAKEN'}]}}");
  view = upsell_progress_get(s.progress);
  for (i = 1; i <= 10; i++) {
    event.now = 100 + i;
    event.step = view->step;
    ck_assert_int_eq(upsell_runner_step(s.runner, view->journal.data, view->journal.len, &event,
                                        s.progress, NULL),
                     UPSELL_OK);
    free(s.journal);
    s.journal = strdup(view->journal.data);
  }
  ck_assert_int_eq(view->kind, UPSELL_ACTION_FINISHED);
  expect_in_journal(&s, "'revision':12,'started_at':100,'now':110,'state':'stopped'");
  expect_in_journal(&s,
                    "'steps':{'z':{'status':'done','sends':1,'result':'TAKEN'},'a':{'status':'"
                    "stopped','sends':10,'result':'no_answer','counts':"
                    "{'0':9},'frozen':'{\\'v\\':\\'1\\'}'}}");
  script_end(&s);
}
END_TEST

/* A refused event takes nothing away: the journal that was shown before it is still there,
 * and good for the next event. */
START_TEST(test_refused_in_between)
{
  static const char *const refused[] = {
      "{'type':'answer','now':103,'step':'nobody','body':{}}",
      "{'type':'start','now':103,'run_id':'run-0002'}",
      "{'type':",
  };
  const upsell_progress_view *view;
  upsell_event event = {.size = SIZE, .kind = UPSELL_EVENT_NO_ANSWER, .now = 102};
  upsell_str shown;
  char *stored;
  script s;
  int i;

  script_begin(&s, PLAN2(CALL("a", "",
                              ON("{'when':'no_answer','do':'retry','max':3,"
                                 "'wait_seconds':5}")),
                         CALL("b", "'a'", "")));
  script_do(&s, "start 100");
  view = upsell_progress_get(s.progress);
  event.step = view->step;
  ck_assert_int_eq(
      upsell_runner_step(s.runner, view->journal.data, view->journal.len, &event, s.progress, NULL),
      UPSELL_OK);
  shown = view->journal;
  stored = strdup(shown.data);
  for (i = 0; i < (int)COUNT_OF(refused); i++) {
    char *text = quoted(refused[i]);
    ck_assert_int_ne(upsell_runner_step_json(s.runner, shown.data, shown.len, text, strlen(text),
                                             s.progress, NULL),
                     UPSELL_OK);
    ck_assert_ptr_null(view->journal.data);
    ck_assert_str_eq(shown.data, stored);
    free(text);
  }
  event.kind = UPSELL_EVENT_TICK;
  event.now = 107;
  ck_assert_int_eq(upsell_runner_step(s.runner, shown.data, shown.len, &event, s.progress, NULL),
                   UPSELL_OK);
  free(s.journal);
  s.journal = stored;
  shown = view->journal;
  stored = strdup(shown.data);
  script_do(&s, "tick 107"); /* what was stored, with the same and with a fresh object */
  ck_assert_str_eq(s.journal, stored);
  free(stored);
  script_end(&s);
}
END_TEST

/* What the view shows stays when the runner is gone. */
START_TEST(test_view_stands_alone)
{
  const upsell_progress_view *view;
  script s;

  script_begin(&s, PLAN1(WRITE("a", "", ",'idempotency_key':'k'")));
  script_do(&s, "start 100");
  upsell_runner_free(s.runner);
  free(s.journal);
  view = upsell_progress_get(s.progress);
  ck_assert_str_eq(view->step.data, "a");
  ck_assert_str_eq(view->operation.data, "a");
  ck_assert_str_eq(view->document.data, "mutation a");
  ck_assert_str_eq(view->idempotency_key.data, "k");
  ck_assert_str_eq(view->variables.data, "{}");
  upsell_progress_free(s.progress);
}
END_TEST

START_TEST(test_states)
{
  ck_assert_str_eq(upsell_state_name(UPSELL_STATE_NOT_CHARGED), "not_charged");
  ck_assert_str_eq(upsell_state_name(UPSELL_STATE_UNKNOWN), "unknown");
  ck_assert_ptr_nonnull(strstr(upsell_state_message(UPSELL_STATE_UNKNOWN), "person"));
  ck_assert_ptr_null(upsell_state_name(0));
  ck_assert_ptr_null(upsell_state_name(9));
  ck_assert_ptr_null(upsell_state_message(0));
  ck_assert_ptr_null(upsell_state_message(9));
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_events");
  TCase *bad = tcase_create("bad");
  TCase *good = tcase_create("good");

  tcase_add_checked_fixture(bad, set_up, tear_down);
  tcase_add_loop_test(bad, test_bad_documents, 0, COUNT_OF(bad_events));
  tcase_add_loop_test(bad, test_bad_structs, 0, COUNT_OF(bad_structs));
  tcase_add_test(bad, test_other_fields);
  tcase_add_test(bad, test_start_once);
  tcase_add_loop_test(bad, test_no_journal, 0, 6);
  tcase_add_test(bad, test_arguments);
  tcase_add_test(bad, test_bad_plan);
  tcase_add_test(bad, test_hand_back);
  tcase_add_test(bad, test_refused_in_between);
  tcase_add_test(bad, test_view_stands_alone);
  suite_add_tcase(suite, bad);
  tcase_add_test(good, test_harmless);
  tcase_add_test(good, test_pending);
  tcase_add_test(good, test_states);
  suite_add_tcase(suite, good);
  return check_main(suite);
}
