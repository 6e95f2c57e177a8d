/* SPDX-License-Identifier: MIT */
#include "plan/due.h"

#include "plan/advance.h"
#include "plan/render.h"

/* Lets all steps begin whose dependencies are over. Those of the compensation lane
 * begin when a row says so. */
static void begin_ready(upsell__run *run)
{
  uint32_t i;

  for (i = 0; i < run->program->step_count; i++) {
    if (run->steps[i].phase == UPSELL__PHASE_NONE && !run->program->steps[i].compensation &&
        upsell__run_is_ready(run, i))
      upsell__advance_begin(run, i);
  }
}

/* When a step that is due needs attention: a changeset at its deadline at the latest. */
static int64_t wake_time(const upsell__run *run, uint32_t number)
{
  const upsell__standing *standing = &run->steps[number];

  if (run->program->steps[number].channel == UPSELL__CHANNEL_CHANGESET &&
      standing->deadline < standing->due_at)
    return standing->deadline;
  return standing->due_at;
}

static uint32_t first_due(const upsell__run *run)
{
  uint32_t i;

  for (i = 0; i < run->program->step_count; i++) {
    if (run->steps[i].phase == UPSELL__PHASE_DUE && wake_time(run, i) <= run->now)
      return i;
  }
  return UPSELL__NO_STEP;
}

int64_t upsell__due_at(const upsell__run *run)
{
  int64_t soonest = INT64_MAX;
  uint32_t i;

  for (i = 0; i < run->program->step_count; i++) {
    if (run->steps[i].phase == UPSELL__PHASE_DUE && wake_time(run, i) < soonest)
      soonest = wake_time(run, i);
  }
  return soonest;
}

/* A changeset past its deadline: nothing happened, unless an earlier sending was never
 * answered. */
static void expire(upsell__run *run, uint32_t number)
{
  upsell__result result = upsell__result_other("expired");

  if (run->steps[number].unanswered)
    result = upsell__result_no_answer();
  upsell__advance(run, number, &result);
}

/* What stands for nothing where a list or an object must be sent. */
static const char *empty_text(const upsell__step *step)
{
  return step->channel == UPSELL__CHANNEL_CHANGESET ? "[]" : "{}";
}

/* Writes what is to be sent; 0 where an output that it needs is not there, or where it
 * is too much. */
static int write_variables(upsell__run *run, const upsell__step *step, upsell__buffer *text)
{
  upsell__filling filling = {run, UPSELL_OK, 0};
  const upsell__value *value = NULL;

  if (step->variables)
    value = upsell__render(&filling, step->variables);
  if (value && !upsell__value_write_within(text, value, UPSELL__TEXT_MAX))
    filling.status = UPSELL_UNBOUND;
  else if (!value)
    upsell__buffer_append(text, empty_text(step), 2);
  if (filling.status == UPSELL_NO_MEMORY || text->failed)
    run->failed = 1;
  return filling.status == UPSELL_OK;
}

/* A keyed step is sent with the same bytes every time. */
static int prepare(upsell__run *run, uint32_t number, upsell__buffer *text, upsell_str *variables)
{
  const upsell__step *step = &run->program->steps[number];
  upsell__standing *standing = &run->steps[number];

  *variables = standing->frozen;
  if (standing->frozen.data)
    return 1;
  if (!write_variables(run, step, text))
    return 0;
  variables->data = text->data;
  variables->len = text->len;
  if (step->key.data)
    standing->frozen = *variables;
  return 1;
}

static void mark_sent(upsell__run *run, uint32_t number)
{
  upsell__standing *standing = &run->steps[number];

  standing->phase = UPSELL__PHASE_SENT;
  standing->due_at = run->now;
  standing->sends++;
  run->changed = 1;
}

uint32_t upsell__due_next(upsell__run *run, upsell__buffer *text, upsell_str *variables)
{
  uint32_t number;

  begin_ready(run);
  if (upsell__run_in_flight(run) != UPSELL__NO_STEP)
    return UPSELL__NO_STEP;
  while ((number = first_due(run)) != UPSELL__NO_STEP) {
    text->len = 0;
    if (upsell__is_expired(run, number)) {
      expire(run, number);
    } else if (prepare(run, number, text, variables)) {
      mark_sent(run, number);
      return number;
    } else {
      upsell__advance_stop(run, number, upsell_str_of("missing_output"),
                           run->program->steps[number].if_stopped);
    }
    begin_ready(run);
  }
  return UPSELL__NO_STEP;
}
