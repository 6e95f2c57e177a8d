/* SPDX-License-Identifier: MIT */
/*
 * Random plans against a random platform and a host that dies at every point: what must
 * not happen twice never does, and every run comes to an end (RUN-5 ... RUN-9).
 */
#include "../support/check_main.h"
#include "base/report.h"
#include "plan/journal.h"
#include "random_plan.h"

enum { PLANS = 250, WORLDS = 4, EVENTS_MAX = 600, JOURNAL_MAX = 16384, FROZEN_MAX = 256 };

static upsell__program program; /* the same as the runner's, to look into */
static upsell_runner *runner;
static upsell_progress *progress;
static const char *plan_text;
static int longest; /* of all runs */

/* A host and its platform. It can be copied, and go on in two ways. */
typedef struct world {
  uint64_t state;
  int64_t now;
  char journal[JOURNAL_MAX];
  int executed[DRAFT_STEPS]; /* how often it may have been, as the worst case */
  char frozen[DRAFT_STEPS][FROZEN_MAX];
  int charged; /* the buyer was charged */
} world;

static void broken(const world *w, const char *what)
{
  ck_abort_msg("%s: %s, journal %s", what, plan_text, w->journal);
}

/* ---- what must hold after each event ---- */

/* Reading a journal and writing it again gives the same bytes. */
static void check_round_trip(const world *w)
{
  upsell__arena arena = {0};
  upsell__buffer text = {0};
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__run run;

  ck_assert(upsell__run_begin(&run, &program, &arena));
  if (upsell__journal_read(upsell_str_of(w->journal), &run, &sink))
    broken(w, "the journal is refused");
  upsell__journal_write(&text, &run);
  if (text.len != strlen(w->journal) || memcmp(text.data, w->journal, text.len) != 0)
    broken(w, "the journal comes back as another");
  upsell__buffer_free(&text);
  upsell__arena_free(&arena);
}

static void check_stops(const world *w, const upsell_progress_view *view)
{
  static const char *const refusals[] = {"expired", "busy", "not_sent", "unprocessed",
                                         "unprocessed/full"};
  size_t i;
  size_t k;

  for (i = 0; i < view->stop_count; i++) {
    if (upsell__str_equal(view->stops[i].result, upsell_str_of("missing_output")) &&
        w->executed[view->stops[i].step.data[1] - '0'] == 0)
      broken(w, "a binding was not there");
    if (!w->charged || !upsell__str_equal(view->stops[i].step, upsell_str_of("s0")))
      continue;
    for (k = 0; k < sizeof(refusals) / sizeof(refusals[0]); k++) {
      if (upsell__str_equal(view->stops[i].result, upsell_str_of(refusals[k])))
        broken(w, "the buyer was charged, and the run says otherwise");
    }
  }
}

static void check_view(const world *w, const upsell_progress_view *view)
{
  check_round_trip(w);
  check_stops(w, view);
  if (view->kind == UPSELL_ACTION_WAIT && view->wait_until <= w->now)
    broken(w, "waiting for a time that has come");
  if ((view->kind == UPSELL_ACTION_FINISHED) != (view->outcome != UPSELL_RUN_OPEN))
    broken(w, "the outcome does not go with the action");
  if ((view->outcome == UPSELL_RUN_COMPLETED) != (view->stop_count == 0) &&
      view->outcome != UPSELL_RUN_OPEN)
    broken(w, "a stop does not go with the outcome");
}

/* ---- host and platform ---- */

static uint32_t step_of(const upsell_progress_view *view)
{
  return (uint32_t)(view->step.data[1] - '0');
}

static void take_in(world *w, upsell_event *event)
{
  const upsell_progress_view *view = upsell_progress_get(progress);
  upsell_error error = UPSELL_ERROR_INIT;

  event->size = sizeof(*event);
  event->now = w->now;
  if (upsell_runner_step(runner, w->journal, strlen(w->journal), event, progress, &error))
    ck_abort_msg("%s: %s: %s", plan_text, error.pointer, error.message);
  ck_assert_uint_lt(view->journal.len, sizeof(w->journal));
  memcpy(w->journal, view->journal.data, view->journal.len + 1);
  check_view(w, view);
}

static void resume(world *w)
{
  upsell_event event = {.kind = UPSELL_EVENT_RESUME};

  take_in(w, &event);
}

/* The platform carries a step out. */
static void execute(world *w, uint32_t number)
{
  const upsell__step *step = &program.steps[number];

  w->executed[number]++;
  if (step->irreversible && !step->key.data && w->executed[number] > 1)
    broken(w, "something happened twice");
}

/* What is sent under a key is always the same. */
static void check_frozen(world *w, const upsell_progress_view *view)
{
  char *first = w->frozen[step_of(view)];

  ck_assert_uint_lt(view->variables.len, FROZEN_MAX);
  if (view->idempotency_key.data && *first && strcmp(first, view->variables.data) != 0)
    broken(w, "other variables under the same key");
  memcpy(first, view->variables.data, view->variables.len + 1);
}

/* Fills in what becomes of a charge. */
static void charge(world *w, upsell_event *event)
{
  static const char *const refusals[] = {
      "{\"status\":\"unprocessed\",\"errors\":[{\"code\":\"full\"}]}",
      "{\"status\":\"unprocessed\",\"errors\":[]}",
  };
  uint32_t fate = random_below(&w->state, 8);

  event->kind = UPSELL_EVENT_ANSWER;
  if (w->charged && fate < 6) {
    /* it applies once; another host's browser may even refuse it for its own reason */
    event->body = upsell_str_of(fate < 3 ? "{\"status\":\"unprocessed\",\"errors\":[{\"code\":"
                                           "\"changeset_already_applied\"}]}"
                                         : refusals[fate % 2]);
  } else if (fate < 2) {
    event->body = upsell_str_of(refusals[fate]);
  } else if (fate < 4) {
    event->kind = UPSELL_EVENT_NOT_SENT;
    event->reason = fate == 2 ? upsell_str_of("busy") : upsell_str_of(NULL);
  } else {
    w->charged = 1;
    event->body = upsell_str_of(fate < 6 ? "{\"status\":\"processed\",\"errors\":[]}"
                                         : "{\"status\":\"partially_processed\"}");
    if (fate == 7)
      event->kind = UPSELL_EVENT_NO_ANSWER;
  }
}

/* Fills in what becomes of a call; what is not known to have failed was executed. */
static void call(world *w, uint32_t number, upsell_event *event)
{
  static const char *const bodies[] = {
      "{\"data\":{\"v\":1,\"e\":[],\"u\":1}}",
      "{\"data\":{\"v\":[2],\"e\":[],\"u\":1}}",
      "{\"data\":{\"v\":\"3\",\"e\":[],\"u\":null}}",
      "{\"data\":{\"v\":4,\"e\":[],\"c\":1}}",
      "{\"data\":{\"v\":null,\"e\":[],\"u\":1}}",
      "{\"data\":{\"v\":5,\"e\":[{\"code\":\"E1\"}]}}",
      "{\"errors\":[{\"message\":\"?\"}]}",
      "{\"errors\":[{\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]}",
      "{\"errors\":[{\"extensions\":{\"code\":\"THROTTLED\"}}]}",
  };
  uint32_t fate = random_below(&w->state, 40);

  event->kind = UPSELL_EVENT_ANSWER;
  event->body = upsell_str_of(bodies[fate < 9 ? fate : fate % 2]);
  if (fate == 38)
    event->kind = UPSELL_EVENT_NO_ANSWER;
  if (fate == 39)
    event->kind = UPSELL_EVENT_NOT_SENT;
  if (fate != 8 && fate != 39)
    execute(w, number);
}

/* Something comes in that nobody waits for. */
static void disturb(world *w)
{
  upsell_event event = {.kind = UPSELL_EVENT_TICK};
  uint32_t what = random_below(&w->state, 3);

  if (what == 1) {
    event.kind = UPSELL_EVENT_WEBHOOK;
    event.topic = upsell_str_of("t");
  }
  if (what == 2) {
    event.kind = UPSELL_EVENT_ANSWER;
    event.step = program.steps[random_below(&w->state, program.step_count)].id;
    event.body = upsell_str_of("{\"data\":{}}");
    if (upsell__str_equal(event.step, upsell_progress_get(progress)->step))
      return; /* somebody does wait for it */
  }
  take_in(w, &event);
}

static void send(world *w)
{
  const upsell_progress_view *view = upsell_progress_get(progress);
  uint32_t number = step_of(view);
  upsell_event event = {0};

  check_frozen(w, view);
  if (number == 0)
    charge(w, &event);
  else
    call(w, number, &event);
  w->now += random_below(&w->state, 4);
  if (random_below(&w->state, 6) == 0)
    disturb(w);
  event.step = program.steps[number].id;
  take_in(w, &event);
}

/* Does what the last action says; 0 at the end of the run. */
static int act(world *w)
{
  const upsell_progress_view *view = upsell_progress_get(progress);
  upsell_event event = {.kind = UPSELL_EVENT_TICK};

  switch (view->kind) {
  case UPSELL_ACTION_SEND:
    send(w);
    return 1;
  case UPSELL_ACTION_WAIT:
    w->now = random_below(&w->state, 3) ? view->wait_until : w->now + 1;
    take_in(w, &event);
    return 1;
  case UPSELL_ACTION_PENDING:
    resume(w); /* its answer was lost in a disturbance */
    return 1;
  default:
    return 0;
  }
}

static void run_to_end(world *w)
{
  int events = 0;

  while (act(w)) {
    if (++events > EVENTS_MAX)
      broken(w, "this run does not end");
  }
}

/* ---- crashes ---- */

/* The host dies with this world's journal stored, before it has sent what the last
 * action says, or behind it; then it starts again, and the run goes on to its end. */
static void die_here(const world *w, int sent)
{
  world other = *w;

  if (sent && upsell_progress_get(progress)->kind == UPSELL_ACTION_SEND) {
    uint32_t number = step_of(upsell_progress_get(progress));
    if (number == 0)
      other.charged = 1;
    else
      execute(&other, number);
  }
  other.state ^= UINT64_C(0x9E3779B97F4A7C15);
  other.now += random_below(&other.state, 30);
  resume(&other);
  run_to_end(&other);
}

static void start(world *w, uint64_t seed)
{
  upsell_event event = {.kind = UPSELL_EVENT_START, .run_id = UPSELL_STR("run-0001")};

  memset(w, 0, sizeof(*w));
  w->state = seed;
  w->now = 1000;
  take_in(w, &event);
}

/* One run; `dies` is the number of the event after which its host dies, or -1. Returns how
 * many events there were. */
static int run_once(uint64_t seed, int dies, int sent)
{
  world w;
  int events = 0;

  start(&w, seed);
  do {
    if (events == dies) {
      die_here(&w, sent);
      return events;
    }
    if (++events > EVENTS_MAX)
      broken(&w, "this run does not end");
  } while (act(&w));
  return events;
}

static void try_plan(uint64_t seed)
{
  int events = run_once(seed, -1, 0);
  int i;

  longest = events > longest ? events : longest;

  for (i = 0; i < events; i++) {
    run_once(seed, i, 0);
    run_once(seed, i, 1);
  }
}

/* Makes the runner of a random plan; 0 where the plan is refused. */
static int make_runner(draft *d, uint64_t *state)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};

  draft_plan(d, state);
  ck_assert_uint_lt(d->len, sizeof(d->text));
  plan_text = d->text;
  if (upsell__program_read(d->text, d->len, &program, &sink)) {
    ck_assert(sink.status == UPSELL_UNKNOWN_STEP || sink.status == UPSELL_UNBOUND ||
              sink.status == UPSELL_UNSAFE_REPEAT);
    return 0;
  }
  ck_assert_int_eq(upsell_runner_new(d->text, d->len, &runner, NULL), UPSELL_OK);
  return 1;
}

START_TEST(test_crashes)
{
  uint64_t state = (uint64_t)_i + 2026;
  draft d;
  int i;
  int k;

  ck_assert_int_eq(upsell_progress_new(&progress), UPSELL_OK);
  for (i = 0; i < PLANS;) {
    if (!make_runner(&d, &state))
      continue;
    for (k = 0; k < WORLDS; k++)
      try_plan(random_next(&state));
    upsell_runner_free(runner);
    upsell__program_free(&program);
    i++;
  }
  ck_assert_int_gt(longest, 25); /* it was tried on something */
  upsell_progress_free(progress);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_random");
  TCase *crashes = tcase_create("crashes");

  tcase_set_timeout(crashes, 120);
  tcase_add_loop_test(crashes, test_crashes, 0, 4);
  suite_add_tcase(suite, crashes);
  return check_main(suite);
}
