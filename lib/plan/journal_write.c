/* SPDX-License-Identifier: MIT */
/* Writing a journal: steps in the order of the plan, members only where they say
 * something. */
#include "plan/journal.h"
#include "plan/write.h"

static size_t count_rows(const upsell__standing *standing, const upsell__step *step)
{
  size_t counted = 0;
  size_t i;

  for (i = 0; i < step->row_count; i++)
    counted += standing->counts[i] != 0;
  return counted;
}

/* How often each row was taken, by its place in the plan. */
static void write_counts(upsell__buffer *buffer, const upsell__standing *standing,
                         const upsell__step *step)
{
  size_t i;

  if (!count_rows(standing, step))
    return;
  upsell__write_key(buffer, upsell_str_of("counts"));
  upsell__buffer_append_char(buffer, '{');
  for (i = 0; i < step->row_count; i++) {
    if (!standing->counts[i])
      continue;
    upsell__write_comma(buffer);
    upsell__buffer_append_char(buffer, '"');
    upsell__buffer_append_uint(buffer, i);
    UPSELL__APPEND(buffer, "\":");
    upsell__buffer_append_int(buffer, standing->counts[i]);
  }
  upsell__buffer_append_char(buffer, '}');
}

static void write_step(upsell__buffer *buffer, const upsell__standing *standing,
                       const upsell__step *step)
{
  upsell__write_key(buffer, step->id);
  upsell__buffer_append_char(buffer, '{');
  if (standing->phase != UPSELL__PHASE_NONE)
    upsell__write_text(buffer, "status", upsell_str_of(upsell__phase_names[standing->phase - 1]));
  if (standing->due_at != UPSELL__NO_TIME)
    upsell__write_number(buffer, "due_at", standing->due_at);
  if (standing->deadline != UPSELL__NO_TIME)
    upsell__write_number(buffer, "deadline", standing->deadline);
  upsell__write_number(buffer, "sends", standing->sends);
  if (standing->unanswered)
    upsell__write_flag(buffer, "unanswered", 1);
  upsell__write_text(buffer, "result", standing->result);
  if (standing->compensated != UPSELL__NO_ROW)
    upsell__write_number(buffer, "compensated", standing->compensated);
  write_counts(buffer, standing, step);
  if (standing->outputs)
    upsell__write_value(buffer, "outputs", standing->outputs);
  upsell__write_text(buffer, "frozen", standing->frozen);
  upsell__buffer_append_char(buffer, '}');
}

/* Of a step that was undone, what it leaves behind. */
static int is_touched(const upsell__standing *standing, const upsell__step *step)
{
  return standing->phase != UPSELL__PHASE_NONE || standing->sends ||
         standing->deadline != UPSELL__NO_TIME || count_rows(standing, step);
}

static void write_steps(upsell__buffer *buffer, const upsell__run *run)
{
  const upsell__step *steps = run->program->steps;
  uint32_t i;

  upsell__write_key(buffer, upsell_str_of("steps"));
  upsell__buffer_append_char(buffer, '{');
  for (i = 0; i < run->program->step_count; i++) {
    if (is_touched(&run->steps[i], &steps[i]))
      write_step(buffer, &run->steps[i], &steps[i]);
  }
  upsell__buffer_append_char(buffer, '}');
}

void upsell__journal_write(upsell__buffer *buffer, const upsell__run *run)
{
  const char *state = upsell__outcome_names[upsell__run_outcome(run)];

  upsell__buffer_append_char(buffer, '{');
  upsell__write_text(buffer, "format", upsell_str_of("upsell.journal/1"));
  upsell__write_text(buffer, "plan_id", run->program->plan_id);
  upsell__write_text(buffer, "run_id", run->run_id);
  upsell__write_number(buffer, "revision", run->revision);
  upsell__write_number(buffer, "started_at", run->started_at);
  upsell__write_number(buffer, "now", run->now);
  upsell__write_text(buffer, "state", upsell_str_of(state));
  write_steps(buffer, run);
  upsell__write_stops(buffer, run);
  upsell__buffer_append_char(buffer, '}');
}
