/* SPDX-License-Identifier: MIT */
#include "plan/run.h"

enum { RUN_ID_MIN = 8, RUN_ID_MAX = 64 };

const char *const upsell__phase_names[] = {"due", "sent", "done", "skipped", "stopped", NULL};

const char *const upsell__outcome_names[] = {"open", "completed", "stopped", NULL};

static int begin_step(upsell__run *run, uint32_t number)
{
  upsell__standing *standing = &run->steps[number];

  standing->due_at = UPSELL__NO_TIME;
  standing->deadline = UPSELL__NO_TIME;
  standing->compensated = UPSELL__NO_ROW;
  standing->counts = upsell__arena_alloc(run->arena, run->program->steps[number].row_count,
                                         sizeof(*standing->counts));
  return standing->counts != NULL;
}

int upsell__run_begin(upsell__run *run, const upsell__program *program, upsell__arena *arena)
{
  uint32_t i;

  memset(run, 0, sizeof(*run));
  run->program = program;
  run->arena = arena;
  run->steps = upsell__arena_alloc(arena, program->step_count, sizeof(*run->steps));
  run->stops = upsell__arena_alloc(arena, program->step_count, sizeof(*run->stops));
  run->stopped = upsell__arena_alloc(arena, program->step_count, sizeof(*run->stopped));
  if (!run->steps || !run->stops || !run->stopped)
    return 0;
  for (i = 0; i < program->step_count; i++) {
    if (!begin_step(run, i))
      return 0;
  }
  return 1;
}

uint32_t upsell__step_number(const upsell__program *program, upsell_str id)
{
  uint32_t i;

  for (i = 0; i < program->step_count; i++) {
    if (upsell__str_equal(program->steps[i].id, id))
      return i;
  }
  return UPSELL__NO_STEP;
}

uint32_t upsell__run_in_flight(const upsell__run *run)
{
  uint32_t i;

  for (i = 0; i < run->program->step_count; i++) {
    if (run->steps[i].phase == UPSELL__PHASE_SENT)
      return i;
  }
  return UPSELL__NO_STEP;
}

int upsell__run_is_over(const upsell__run *run, uint32_t number)
{
  upsell__phase phase = run->steps[number].phase;

  return phase == UPSELL__PHASE_DONE || phase == UPSELL__PHASE_SKIPPED;
}

int upsell__run_is_ready(const upsell__run *run, uint32_t number)
{
  const uint8_t *after = run->program->steps[number].after;
  uint32_t i;

  for (i = 0; i < number; i++) {
    if (after[i] && !upsell__run_is_over(run, i))
      return 0;
  }
  return 1;
}

int32_t upsell__run_outcome(const upsell__run *run)
{
  uint32_t i;

  for (i = 0; i < run->program->step_count; i++) {
    upsell__phase phase = run->steps[i].phase;
    if (phase == UPSELL__PHASE_DUE || phase == UPSELL__PHASE_SENT)
      return UPSELL_RUN_OPEN;
  }
  return run->stop_count ? UPSELL_RUN_STOPPED : UPSELL_RUN_COMPLETED;
}

const upsell__row *upsell__run_compensation(const upsell__run *run, uint32_t number)
{
  int64_t row = run->steps[number].compensated;

  return row == UPSELL__NO_ROW ? NULL : &run->program->steps[number].rows[row];
}

/* Whether a step of the lane, at `entry` or behind it, is due or in flight. */
static int lane_runs(const upsell__run *run, uint32_t entry)
{
  uint32_t i;

  for (i = entry; i < run->program->step_count; i++) {
    upsell__phase phase = run->steps[i].phase;
    if (run->program->steps[i].compensation &&
        (phase == UPSELL__PHASE_DUE || phase == UPSELL__PHASE_SENT))
      return 1;
  }
  return 0;
}

int32_t upsell__run_state(const upsell__run *run, size_t stop)
{
  const upsell__row *row = upsell__run_compensation(run, run->stopped[stop]);
  size_t i;

  if (!row)
    return run->stops[stop].state;
  if (lane_runs(run, row->step))
    return UPSELL_STATE_UNKNOWN;
  for (i = run->stop_count; i-- > 0;) {
    if (run->program->steps[run->stopped[i]].compensation && run->stopped[i] >= row->step)
      return run->stops[i].state;
  }
  return row->state;
}

int upsell__is_run_id(upsell_str text)
{
  int has_letter = 0;
  size_t i;

  if (text.len < RUN_ID_MIN || text.len > RUN_ID_MAX)
    return 0;
  for (i = 0; i < text.len; i++) {
    char c = text.data[i];
    int is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!is_letter && !(c >= '0' && c <= '9') && c != '-' && c != '_')
      return 0;
    has_letter |= is_letter;
  }
  return has_letter;
}
