/* SPDX-License-Identifier: MIT */
/* One runner, several threads: each comes to the journal that one thread alone comes to. */
#include <pthread.h>

#include "../support/check_main.h"
#include "run_script.h"

enum { THREADS = 4, ROUNDS = 200 };

static const char *const events[] = {
    "start 100",
    "answer a 101 {'data':{'v':'x','lines':[{'n':1},{'n':null}]}}",
    "lost b 102",
    "tick 110",
    "answer b 111 {'data':{'e':[]}}",
};

static upsell_runner *runner;
static script_event read_events[COUNT_OF(events)];
static char expected[4096];

/* Counts what went wrong: assertions are for the main thread. */
typedef struct worker {
  pthread_t thread;
  unsigned wrong;
} worker;

/* Plays the events and leaves the last journal; 0 when one was refused. */
static int play_once(upsell_progress *progress, char journal[4096])
{
  const upsell_progress_view *view = upsell_progress_get(progress);
  size_t i;

  journal[0] = '\0';
  for (i = 0; i < COUNT_OF(events); i++) {
    if (upsell_runner_step(runner, journal, strlen(journal), &read_events[i].event, progress, NULL))
      return 0;
    memcpy(journal, view->journal.data, view->journal.len + 1);
  }
  return view->kind == UPSELL_ACTION_FINISHED;
}

static void *work(void *context)
{
  worker *self = context;
  upsell_progress *progress = NULL;
  char journal[4096];
  int i;

  self->wrong = upsell_progress_new(&progress) != UPSELL_OK;
  for (i = 0; i < ROUNDS && !self->wrong; i++)
    self->wrong += !play_once(progress, journal) || strcmp(journal, expected) != 0;
  upsell_progress_free(progress);
  return NULL;
}

START_TEST(test_shared_runner)
{
  worker workers[THREADS] = {{0}};
  upsell_progress *progress;
  size_t i;

  runner = script_runner(
      PLAN2(CALL("a", "", ",'output':{'v':'/v','lines':'/lines'}"),
            CALL("b", "'a'",
                 ",'variables':{'v':{'$bind':'a/v'},'l':{'$map':{'from':'a/lines','each':"
                 "{'n':{'$item':'/n'}}}}},'idempotency_key':'k','errors':'/e'" ON(
                     "{'when':'no_answer','do':'retry','max':1,'wait_seconds':8}"))));
  for (i = 0; i < COUNT_OF(events); i++)
    script_event_read(&read_events[i], events[i]);
  ck_assert_int_eq(upsell_progress_new(&progress), UPSELL_OK);
  ck_assert(play_once(progress, expected));
  upsell_progress_free(progress);
  for (i = 0; i < THREADS; i++)
    ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
  for (i = 0; i < THREADS; i++) {
    ck_assert_int_eq(pthread_join(workers[i].thread, NULL), 0);
    ck_assert_uint_eq(workers[i].wrong, 0);
  }
  for (i = 0; i < COUNT_OF(events); i++)
    free(read_events[i].words);
  upsell_runner_free(runner);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_threads");
  TCase *threads = tcase_create("threads");

  tcase_set_timeout(threads, 60);
  tcase_add_test(threads, test_shared_runner);
  suite_add_tcase(suite, threads);
  return check_main(suite);
}
