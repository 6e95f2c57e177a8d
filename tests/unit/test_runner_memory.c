/* SPDX-License-Identifier: MIT */
/*
 * Failing memory: every allocation of every event fails once, alone and with all that
 * follow. What comes is then the right thing or UPSELL_NO_MEMORY with an empty progress,
 * and nothing leaks. In the end no event allocates any more.
 */
#include "../support/check_main.h"
#include "failing_heap.h"
#include "run_script.h"
#include "json/value.h"

#define LINES "{'n':1,'p':{'c':[1,2,3]}},{'n':'\\u00e9','p':null},{'n':3}"

/* A plan in which something of everything is done. */
#define EVERYTHING                                                                                 \
  PLAN5(CHARGE(ON("{'when':'no_answer','do':'retry','max':1},{'when':'no_answer','do':'next'}")),  \
        WAIT("find", "'charge'",                                                                   \
             ",'webhooks':[{'topic':'t','where':{'/o':{'not_in':['x',{'$host':'run_id'}]}}}],"     \
             "'until':[{'name':'v','at':'/v','op':'ne','value':{'$host':'run_id'}}],"              \
             "'output':{'v':'/v','lines':{'at':'/lines','where':{},'all':true}}"),                 \
        WRITE("write", "'find'",                                                                   \
              ",'idempotency_key':'key-2','errors':'/e','variables':{'run':{'$host':'run_id'},"    \
              "'lines':{'$map':{'from':'find/lines','each':{'n':{'$item':'/n'},'c':{'$map':"       \
              "{'from':{'$item':'/p/c'},'each':[{'$item':''}]}}},'append':[{'$bind':'find/v'}]}}"  \
              "}" ON("{'when':'BAD','do':'compensate','step':'undo','state':'unpaid_line'}")),     \
        CALL("verify", "'write'", ""), CALL("undo", "", ",'lane':'compensation'"))

enum { PADS = 160, TEXT_SIZE = 2048 };

/* The events of one run; each of them fails everywhere. What stands for @ fills memory,
 * so that a block of it is full at every place once. */
static const turn events[] = {
    {"start 100", "send charge"},
    {"lost charge 101", "send charge"},
    {"answer charge 102 {'pad':[@],'status':'unprocessed','errors':[{'code':'a'},{'code':'b'},"
     "{'code':'c'},{'code':'d'},{'code':'e'}]}",
     "send find"},
    {"resume 103", "wait 112 t"},
    {"tick 113", "send find"},
    {"answer find 114 {'data':{'v':null}}", "wait 123 t"},
    {"hook t 115 {'pad':[@],'o':'y'}", "send find"},
    {"answer find 116 {'pad':[@],'data':{'v':'x','lines':[" LINES "]}}", "send write"},
    {"tick 117", "pending write"},
    {"answer write 118 {'pad':[@],'data':{'e':[{'code':'BAD'}]}}", "send undo"},
    {"answer undo 119 {'data':{}}", "stopped write:BAD:unpaid_line"},
    {"tick 120", "stopped write:BAD:unpaid_line"},
};

/* The step before and after, and what was said about it. */
static script run;
static char *before;
static script_event event;

static upsell_status step_armed(upsell_progress *progress, int as_text, long at)
{
  upsell_status status;
  size_t len = before ? strlen(before) : 0;

  heap_arm(at);
  if (as_text)
    status = upsell_runner_step_json(run.runner, before, len, event.json, strlen(event.json),
                                     progress, NULL);
  else
    status = upsell_runner_step(run.runner, before, len, &event.event, progress, NULL);
  heap.armed = 0;
  return status;
}

static void expect_right(const upsell_progress_view *view, long at)
{
  if (strcmp(view->journal.data, run.journal) != 0 ||
      strcmp(view->action.data, upsell_progress_get(run.progress)->action.data) != 0)
    ck_abort_msg("request %ld: %s", at, view->journal.data);
}

/* Fails request `at`; returns whether there was one. */
static int fail_at(long at, int as_text)
{
  const upsell_progress_view *view;
  upsell_progress *progress = NULL;
  long live = heap.live;
  upsell_status status;

  ck_assert_int_eq(upsell_progress_new(&progress), UPSELL_OK);
  view = upsell_progress_get(progress);
  status = step_armed(progress, as_text, at);
  if (status == UPSELL_NO_MEMORY) {
    ck_assert_int_gt(heap.failures, 0);
    ck_assert_int_eq(view->kind, 0);
    ck_assert_ptr_null(view->journal.data);
    ck_assert_ptr_null(view->action.data);
    /* the object is as good as before */
    ck_assert_int_eq(step_armed(progress, as_text, 0), UPSELL_OK);
    heap.failures = 1;
  }
  ck_assert(status == UPSELL_OK || status == UPSELL_NO_MEMORY);
  expect_right(view, at);
  upsell_progress_free(progress);
  ck_assert_int_eq(heap.live, live);
  return heap.failures > 0;
}

/* An event with `pad` values for its @. */
static void padded(const char *text, int pad, char out[TEXT_SIZE])
{
  const char *at = strchr(text, '@');
  size_t len = at ? (size_t)(at - text) : strlen(text);
  int i;

  memcpy(out, text, len);
  for (i = 0; at && i < pad; i++)
    len += (size_t)sprintf(out + len, i ? ",0" : "0");
  strcpy(out + len, at ? at + 1 : "");
}

/* Takes the next event in, in peace, and keeps the journal before it. */
static void go_on(const turn *next, int pad)
{
  char full[TEXT_SIZE];

  padded(next->event, pad, full);
  free(before);
  before = run.journal ? strdup(run.journal) : NULL;
  ck_assert_str_eq(script_do(&run, full), next->expected);
  script_event_read(&event, full);
}

static void fail_everywhere(int as_text, int pad)
{
  size_t i;
  long at;

  for (i = 0; i < COUNT_OF(events); i++) {
    go_on(&events[i], pad);
    for (at = 1; fail_at(at, as_text); at++) {
    }
    ck_assert_int_gt(at, 3); /* it does allocate */
    free(event.words);
  }
}

static void set_up(void)
{
  before = NULL;
  script_begin(&run, EVERYTHING);
}

static void tear_down(void)
{
  script_end(&run);
  free(before);
}

START_TEST(test_one_request_fails)
{
  heap.persistent = 0;
  fail_everywhere(_i % 2, _i / 2);
}
END_TEST

START_TEST(test_all_further_requests_fail)
{
  heap.persistent = 1;
  fail_everywhere(_i % 2, _i / 2);
}
END_TEST

/* Once a progress object has seen its events, it needs no more memory. */
START_TEST(test_no_allocation)
{
  upsell_progress *progress = NULL;
  size_t i;
  int k;

  ck_assert_int_eq(upsell_progress_new(&progress), UPSELL_OK);
  for (i = 0; i < COUNT_OF(events); i++) {
    go_on(&events[i], 3);
    for (k = 0; k < 4; k++)
      ck_assert_int_eq(step_armed(progress, _i, 0), UPSELL_OK);
    ck_assert_int_eq(heap.requests, 0);
    free(event.words);
  }
  upsell_progress_free(progress);
}
END_TEST

/* Making things. */
START_TEST(test_making)
{
  char *plan = quoted(EVERYTHING);
  upsell_runner *runner = NULL;
  upsell_progress *progress = NULL;
  long live = heap.live;
  upsell_status status;
  long at = 0;

  heap_arm(1);
  status = upsell_progress_new(&progress);
  heap.armed = 0;
  ck_assert_int_eq(status, UPSELL_NO_MEMORY);
  ck_assert_ptr_null(progress);
  heap.persistent = _i;
  do {
    heap_arm(++at);
    status = upsell_runner_new(plan, strlen(plan), &runner, NULL);
    heap.armed = 0;
    ck_assert_int_eq(status, heap.failures ? UPSELL_NO_MEMORY : UPSELL_OK);
    ck_assert((status == UPSELL_OK) == (runner != NULL));
    upsell_runner_free(runner);
    runner = NULL;
    ck_assert_int_eq(heap.live, live);
  } while (status);
  free(plan);
}
END_TEST

/* Where there is no memory to look members up, objects are compared all the same. */
START_TEST(test_equal)
{
  upsell__arena arena = {0};
  upsell__value *objects[3];
  static char keys[100][8];
  int i;

  for (i = 0; i < 3; i++)
    objects[i] = upsell__value_new(&arena, UPSELL__JSON_OBJECT);
  for (i = 0; i < 100; i++)
    sprintf(keys[i], "k%d", i);
  for (i = 0; i < 100; i++) {
    const upsell__value *child = upsell__value_new(&arena, UPSELL__JSON_TRUE);
    upsell__value_append(&arena, objects[0], upsell_str_of(keys[i]), child);
    upsell__value_append(&arena, objects[1], upsell_str_of(keys[99 - i]), child);
    upsell__value_append(&arena, objects[2], upsell_str_of(i ? keys[99 - i] : "k"), child);
  }
  heap.persistent = _i;
  for (i = 0; i < 20; i++) {
    int same;
    int other;
    heap_arm(i);
    same = upsell__value_equal(objects[0], objects[1]);
    heap_arm(i);
    other = upsell__value_equal(objects[0], objects[2]);
    heap.armed = 0;
    ck_assert(same && !other);
  }
  upsell__arena_free(&arena);
}
END_TEST

/* So many topics that they are looked up. */
START_TEST(test_topics)
{
  enum { TOPICS = 80 };
  static char plan[4096] = "";
  static const char head[] =
      "{'format':'upsell.plan/1','plan_id':'p-1','steps':["
      "{'id':'find','channel':'wait','depends_on':[],'irreversible':false,"
      "'if_stopped':'unknown','poll':{'operation':'o','document':'d',"
      "'every_seconds':10},'timeout_seconds':60,'until':[],'webhooks':[";
  upsell_status status;
  long at = 0;
  script s;
  int i;

  strcpy(plan, head);
  for (i = 0; i < TOPICS; i++)
    sprintf(plan + strlen(plan), "%s't%d'", i ? "," : "", i);
  strcat(plan, "]}]}");
  script_begin(&s, plan);
  script_do(&s, "start 100");
  heap.persistent = _i;
  do {
    upsell_event lost = {.size = sizeof(lost), .kind = UPSELL_EVENT_NO_ANSWER, .now = 101};
    upsell_progress *progress;
    ck_assert_int_eq(upsell_progress_new(&progress), UPSELL_OK);
    lost.step = upsell_str_of("find");
    heap_arm(++at);
    status = upsell_runner_step(s.runner, s.journal, strlen(s.journal), &lost, progress, NULL);
    heap.armed = 0;
    ck_assert_int_eq(status, heap.failures ? UPSELL_NO_MEMORY : UPSELL_OK);
    ck_assert_uint_eq(upsell_progress_get(progress)->webhook_count, status ? 0 : TOPICS);
    upsell_progress_free(progress);
  } while (status);
  script_end(&s);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_memory");
  TCase *memory = tcase_create("memory");

  tcase_set_timeout(memory, 60);
  tcase_add_checked_fixture(memory, set_up, tear_down);
  tcase_add_loop_test(memory, test_one_request_fails, 0, 2 * PADS);
  tcase_add_loop_test(memory, test_all_further_requests_fail, 0, 2 * PADS);
  tcase_add_loop_test(memory, test_no_allocation, 0, 2);
  tcase_add_loop_test(memory, test_making, 0, 2);
  tcase_add_loop_test(memory, test_equal, 0, 2);
  tcase_add_loop_test(memory, test_topics, 0, 2);
  suite_add_tcase(suite, memory);
  return check_main(suite);
}
