/* SPDX-License-Identifier: MIT */
/* The runner's public functions: thin. */
#include "base/alloc.h"
#include "plan/action.h"
#include "plan/advance.h"
#include "plan/due.h"
#include "plan/journal.h"
#include "plan/loading.h"
#include "plan/react.h"

struct upsell_runner {
  upsell__program program;
};

upsell_status upsell_runner_new(const char *plan, size_t len, upsell_runner **runner,
                                upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  upsell_runner *made;

  if (!plan || !runner) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL, "plan and runner must not be NULL.");
    return sink.status;
  }
  made = upsell__alloc(1, sizeof(*made));
  if (!made)
    return upsell__report_no_memory(&sink);
  if (upsell__program_read(plan, len, &made->program, &sink)) {
    upsell_runner_free(made);
    return sink.status;
  }
  *runner = made;
  return UPSELL_OK;
}

void upsell_runner_free(upsell_runner *runner)
{
  if (!runner)
    return;
  upsell__program_free(&runner->program);
  upsell__free(runner);
}

/* ---- one event ---- */

/* The inputs of a step, and where its results go. */
typedef struct turn {
  const upsell__program *program;
  upsell_str journal;
  upsell_progress *progress;
  upsell__side *side;
  upsell__sink sink;
} turn;

static int begin_turn(turn *t, const upsell_runner *runner, const void *event)
{
  if (t->progress)
    t->side = upsell__progress_begin(t->progress);
  if (runner && event && t->progress && (t->journal.data || !t->journal.len)) {
    t->program = &runner->program;
    return 1;
  }
  upsell__report(&t->sink, UPSELL_INVALID_ARGUMENT, NULL,
                 "A runner, an event and a progress object were expected, and a journal or "
                 "length 0.");
  return 0;
}

/* A new run, with nothing done. */
static void start(const upsell__event *event, upsell__run *run)
{
  run->run_id = event->run_id;
  run->started_at = event->now;
  run->now = event->now;
  run->changed = 1;
}

/* The run that the event is about: a new one, or the one in the journal. */
static int open_run(turn *t, const upsell__event *event, upsell__run *run)
{
  int starts = event->kind == UPSELL_EVENT_START;

  if (!upsell__run_begin(run, t->program, &t->side->arena))
    upsell__report_no_memory(&t->sink);
  else if (starts && t->journal.len)
    upsell__report(&t->sink, UPSELL_JOURNAL_MISMATCH, &upsell__journal_root,
                   "A new run has no journal yet, but here is one; send \"resume\" with it, or "
                   "\"start\" without.");
  else if (!starts && !t->journal.len)
    upsell__report(&t->sink, UPSELL_JOURNAL_MISMATCH, &upsell__journal_root,
                   "Only \"start\" comes without a journal; send it first, and store the journal "
                   "that it gives.");
  else if (starts)
    start(event, run);
  else
    upsell__journal_read(t->journal, run, &t->sink);
  return t->sink.status == UPSELL_OK;
}

/* The clock may go back: what was seen stays seen. */
static int64_t latest(int64_t a, int64_t b)
{
  return a > b ? a : b;
}

static int write_journal(const upsell__run *run, upsell__buffer *buffer, upsell_str *journal)
{
  upsell__journal_write(buffer, run);
  upsell__buffer_append_char(buffer, '\0');
  journal->data = buffer->data;
  journal->len = buffer->len - 1;
  return !buffer->failed;
}

/* Moves the run on. Where nothing changes, the journal stays the same to the byte:
 * then not even the time counts. */
static int move(const turn *t, const upsell__event *event, upsell__run *run)
{
  upsell_progress_view *view = &t->progress->view;
  int64_t before = run->now;
  upsell_str variables = {NULL, 0};
  uint32_t sending;

  run->now = latest(before, event->now);
  upsell__react(run, event);
  sending = upsell__due_next(run, &t->side->variables, &variables);
  upsell__advance_settle(run);
  if (run->changed)
    run->revision++;
  else
    run->now = before;
  return !run->failed && write_journal(run, &t->side->journal, &view->journal) &&
         upsell__action_make(run, sending, variables, t->side, view);
}

static upsell_status take_turn(turn *t, const upsell__event *event)
{
  upsell__run run;

  if (open_run(t, event, &run) && !move(t, event, &run))
    upsell__report_no_memory(&t->sink);
  if (t->sink.status == UPSELL_OK)
    upsell__progress_keep(t->progress);
  else
    upsell__progress_clear(t->progress);
  return t->sink.status;
}

upsell_status upsell_runner_step(const upsell_runner *runner, const char *journal,
                                 size_t journal_len, const upsell_event *event,
                                 upsell_progress *progress, upsell_error *error)
{
  turn t = {NULL, {journal, journal_len}, progress, NULL, {UPSELL_OK, error, NULL, 0}};
  upsell__event taken;

  if (!begin_turn(&t, runner, event) ||
      upsell__event_take(t.program, event, &t.side->arena, &taken, &t.sink))
    return t.sink.status;
  return take_turn(&t, &taken);
}

upsell_status upsell_runner_step_json(const upsell_runner *runner, const char *journal,
                                      size_t journal_len, const char *event, size_t event_len,
                                      upsell_progress *progress, upsell_error *error)
{
  turn t = {NULL, {journal, journal_len}, progress, NULL, {UPSELL_OK, error, NULL, 0}};
  upsell_str text = {event, event_len};
  upsell__event taken;

  if (!begin_turn(&t, runner, event) ||
      upsell__event_read(t.program, text, &t.side->arena, &taken, &t.sink))
    return t.sink.status;
  return take_turn(&t, &taken);
}

/* ---- states ---- */

const char *upsell_state_name(int32_t state)
{
  return state >= 1 && state <= UPSELL_STATE_UNKNOWN ? upsell__state_names[state - 1] : NULL;
}

const char *upsell_state_message(int32_t state)
{
  switch (state) {
#define CASE(symbol, number, name, meaning)                                                        \
  case number:                                                                                     \
    return meaning;
    UPSELL_STATE_LIST(CASE)
#undef CASE
  default:
    return NULL;
  }
}
