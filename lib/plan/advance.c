/* SPDX-License-Identifier: MIT */
#include "plan/advance.h"

static const upsell__step *step_at(const upsell__run *run, uint32_t number)
{
  return &run->program->steps[number];
}

int upsell__is_expired(const upsell__run *run, uint32_t number)
{
  return step_at(run, number)->channel == UPSELL__CHANNEL_CHANGESET &&
         run->now >= run->steps[number].deadline;
}

static void set_due(upsell__run *run, uint32_t number, int64_t due_at)
{
  run->steps[number].phase = UPSELL__PHASE_DUE;
  run->steps[number].due_at = due_at;
  run->changed = 1;
}

void upsell__advance_begin(upsell__run *run, uint32_t number)
{
  const upsell__step *step = step_at(run, number);
  upsell__standing *standing = &run->steps[number];

  set_due(run, number, run->now);
  if (standing->deadline != UPSELL__NO_TIME)
    return;
  if (step->channel == UPSELL__CHANNEL_CHANGESET)
    standing->deadline = run->now + step->expires_after_seconds;
  if (step->channel == UPSELL__CHANNEL_WAIT)
    standing->deadline = run->now + step->timeout_seconds;
}

/* The deadline of an offer is that of the run: it is kept whatever comes. */
static void leave(upsell__run *run, uint32_t number, upsell__phase phase)
{
  upsell__standing *standing = &run->steps[number];

  standing->phase = phase;
  standing->due_at = UPSELL__NO_TIME;
  if (step_at(run, number)->channel != UPSELL__CHANNEL_CHANGESET)
    standing->deadline = UPSELL__NO_TIME;
  run->changed = 1;
}

/* Lets the first step of the lane begin that stands at `from` or behind it and is not
 * over. One that has stopped, or is under way already, ends the search. */
static void enter_lane(upsell__run *run, uint32_t from)
{
  uint32_t i;

  for (i = from; i < run->program->step_count; i++) {
    if (!step_at(run, i)->compensation || upsell__run_is_over(run, i))
      continue;
    if (run->steps[i].phase == UPSELL__PHASE_NONE)
      upsell__advance_begin(run, i);
    return;
  }
}

static void finish(upsell__run *run, uint32_t number)
{
  leave(run, number, UPSELL__PHASE_DONE);
  if (step_at(run, number)->compensation)
    enter_lane(run, number + 1);
}

/* The steps before `target` that depend on this one count as done. */
static void skip_to(upsell__run *run, uint32_t number, uint32_t target)
{
  uint32_t i;

  for (i = number + 1; i < target; i++) {
    if (step_at(run, i)->after[number] && run->steps[i].phase == UPSELL__PHASE_NONE)
      leave(run, i, UPSELL__PHASE_SKIPPED);
  }
  finish(run, number);
}

/* What was sent, counted and frozen stays on record. A changeset that was done may
 * have charged the buyer: whatever comes now is no answer to that. */
static void undo(upsell__run *run, uint32_t number)
{
  upsell__standing *standing = &run->steps[number];

  if (step_at(run, number)->channel == UPSELL__CHANNEL_CHANGESET && standing->sends &&
      standing->phase == UPSELL__PHASE_DONE)
    standing->unanswered = 1;
  leave(run, number, UPSELL__PHASE_NONE);
  standing->result.data = NULL;
  standing->result.len = 0;
  standing->outputs = NULL;
}

/* Undoes a step and all that depends on it; what has stopped stays stopped. */
static void restart_from(upsell__run *run, uint32_t target)
{
  uint32_t i;

  for (i = target; i < run->program->step_count; i++) {
    if ((i == target || step_at(run, i)->after[target]) &&
        run->steps[i].phase != UPSELL__PHASE_STOPPED)
      undo(run, i);
  }
  if (step_at(run, target)->compensation)
    enter_lane(run, target);
}

void upsell__advance_stop(upsell__run *run, uint32_t number, upsell_str result, int32_t state)
{
  upsell_run_stop *stop = &run->stops[run->stop_count++];

  run->stopped[run->stop_count - 1] = number;
  leave(run, number, UPSELL__PHASE_STOPPED);
  run->steps[number].result = result;
  stop->step = step_at(run, number)->id;
  stop->result = result;
  stop->state = state;
}

void upsell__advance_settle(upsell__run *run)
{
  size_t i;

  for (i = 0; i < run->stop_count; i++)
    run->stops[i].state = upsell__run_state(run, i);
}

/* Whether a changeset was answered in a way that leads to sending it again: with an error
 * that proves nothing, or though it was applied. A later refusal proves nothing then. */
static int leaves_doubt(const upsell__step *step, const upsell__result *result)
{
  return step->channel == UPSELL__CHANNEL_CHANGESET && result->kind != UPSELL__RESULT_NOT_SENT;
}

/* A row that would send something again. */
static int repeats(const upsell__row *row)
{
  return row->verb == UPSELL__DO_RETRY || row->verb == UPSELL__DO_RESTART_FROM;
}

/* The first row about a result whose `max` is not spent, or NULL. */
static const upsell__row *find_first(upsell__run *run, uint32_t number,
                                     const upsell__result *result)
{
  const upsell__step *step = step_at(run, number);
  int64_t *counts = run->steps[number].counts;
  size_t i;

  for (i = 0; i < step->row_count; i++) {
    const upsell__row *row = &step->rows[i];
    if (!upsell__result_is(result, row->when) || (row->max >= 0 && counts[i] >= row->max) ||
        (repeats(row) && upsell__is_expired(run, number)))
      continue;
    if (row->max >= 0)
      counts[i]++;
    return row;
  }
  return NULL;
}

/* What was not sent was not sent, also for a reason that no row names. */
static const upsell__row *find_row(upsell__run *run, uint32_t number, const upsell__result *result)
{
  const upsell__result not_sent = upsell__result_other("not_sent");
  const upsell__row *row = find_first(run, number, result);

  if (!row && result->kind == UPSELL__RESULT_NOT_SENT)
    row = find_first(run, number, &not_sent);
  return row;
}

static void carry_out(upsell__run *run, uint32_t number, const upsell__row *row,
                      const upsell__result *result)
{
  switch (row->verb) {
  case UPSELL__DO_NEXT:
    finish(run, number);
    break;
  case UPSELL__DO_SKIP_TO:
    skip_to(run, number, row->step);
    break;
  case UPSELL__DO_RETRY:
    set_due(run, number, run->now + row->wait_seconds);
    break;
  case UPSELL__DO_RESTART_FROM:
    restart_from(run, row->step);
    break;
  case UPSELL__DO_COMPENSATE:
    upsell__advance_stop(run, number, result->name, UPSELL_STATE_UNKNOWN);
    run->steps[number].compensated = row - step_at(run, number)->rows;
    enter_lane(run, row->step);
    break;
  default: /* UPSELL__DO_STOP */
    upsell__advance_stop(run, number, result->name, row->state);
    break;
  }
}

void upsell__advance(upsell__run *run, uint32_t number, const upsell__result *result)
{
  upsell__standing *standing = &run->steps[number];
  const upsell__row *row = find_row(run, number, result);

  if (row && repeats(row) && leaves_doubt(step_at(run, number), result))
    standing->unanswered = 1;
  standing->result = result->name;
  standing->outputs = result->outputs;
  if (row)
    carry_out(run, number, row, result);
  else if (result->kind == UPSELL__RESULT_OK)
    finish(run, number);
  else
    upsell__advance_stop(run, number, result->name, step_at(run, number)->if_stopped);
}
