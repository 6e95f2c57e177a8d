/* SPDX-License-Identifier: MIT */
/* Whether the parts of a journal go together. */
#include "plan/journal.h"
#include "plan/part.h"

/* Reports a step that cannot stand as it does. */
static void impossible(const upsell__run *run, uint32_t number, upsell__sink *sink, const char *why)
{
  upsell__path list = upsell__at_key(&upsell__journal_root, "steps");
  upsell__path path = upsell__at_member(&list, run->program->steps[number].id);

  upsell__report(sink, UPSELL_JOURNAL_MISMATCH, &path,
                 "No run comes to this: %s. Restore the journal as the runner wrote it.", why);
}

static int is_under_way(const upsell__standing *standing)
{
  return standing->phase == UPSELL__PHASE_DUE || standing->phase == UPSELL__PHASE_SENT;
}

/* What is wrong with the times of a step, or NULL. */
static const char *check_times(const upsell__step *step, const upsell__standing *standing,
                               int64_t now)
{
  int has_deadline = standing->deadline != UPSELL__NO_TIME;

  if ((standing->due_at != UPSELL__NO_TIME) != is_under_way(standing))
    return "due_at goes with a step that is due or sent, and with no other";
  if (standing->phase == UPSELL__PHASE_SENT && standing->due_at > now)
    return "it was sent after the last time that was seen";
  if (step->channel == UPSELL__CHANNEL_ADMIN && has_deadline)
    return "this step has no deadline";
  if (step->channel == UPSELL__CHANNEL_WAIT && has_deadline != is_under_way(standing))
    return "a wait has a deadline while it is under way";
  if (step->channel == UPSELL__CHANNEL_CHANGESET && !has_deadline &&
      standing->phase != UPSELL__PHASE_NONE && standing->phase != UPSELL__PHASE_SKIPPED)
    return "a changeset that has begun has a deadline";
  return NULL;
}

/* Whether a step can be done without ever having been sent: a changeset whose row
 * lets an expired offer pass. */
static int can_be_unsent(const upsell__step *step, const upsell__standing *standing)
{
  return standing->phase != UPSELL__PHASE_SENT &&
         (standing->phase != UPSELL__PHASE_DONE || step->channel == UPSELL__CHANNEL_CHANGESET);
}

/* What is wrong with what was sent and what came of it, or NULL. */
static const char *check_sending(const upsell__step *step, const upsell__standing *standing)
{
  int keyed_and_sent = step->key.data && standing->sends;
  int has_ended = standing->phase == UPSELL__PHASE_DONE || standing->phase == UPSELL__PHASE_STOPPED;

  if (!standing->sends && !can_be_unsent(step, standing))
    return "it was never sent";
  if (!standing->sends && (standing->outputs || standing->unanswered))
    return "nothing can have come of a step that was never sent";
  if (standing->unanswered && step->channel != UPSELL__CHANNEL_CHANGESET)
    return "unanswered is said of changesets only";
  if (keyed_and_sent != (standing->frozen.data != NULL))
    return "what was sent under a key is frozen, and nothing else is";
  if (has_ended && !standing->result.data)
    return "a step that has ended has a result";
  if ((standing->phase == UPSELL__PHASE_NONE || standing->phase == UPSELL__PHASE_SKIPPED) &&
      (standing->result.data || standing->outputs))
    return "a step that was not done has no result";
  if (standing->compensated != UPSELL__NO_ROW && standing->phase != UPSELL__PHASE_STOPPED)
    return "only a step that stopped is compensated";
  if (standing->phase == UPSELL__PHASE_DONE && step->output_count && !standing->outputs &&
      upsell__str_equal(standing->result, upsell_str_of("ok")))
    return "its outputs are missing";
  return NULL;
}

/* What is wrong with where a step stands among the others, or NULL. */
static const char *check_order(const upsell__run *run, uint32_t number)
{
  upsell__phase phase = run->steps[number].phase;
  int ready = upsell__run_is_ready(run, number);

  if (phase == UPSELL__PHASE_SENT && upsell__run_in_flight(run) != number)
    return "two steps are in flight";
  if (run->program->steps[number].compensation)
    return NULL;
  if (phase == UPSELL__PHASE_NONE && ready)
    return "all that it depends on is done, so it must have begun";
  if ((is_under_way(&run->steps[number]) || phase == UPSELL__PHASE_DONE) && !ready)
    return "something that it depends on is not done";
  return NULL;
}

static void check_step(const upsell__run *run, uint32_t number, upsell__sink *sink)
{
  const upsell__step *step = &run->program->steps[number];
  const upsell__standing *standing = &run->steps[number];
  const char *why = check_times(step, standing, run->now);

  if (!why)
    why = check_sending(step, standing);
  if (!why)
    why = check_order(run, number);
  if (why)
    impossible(run, number, sink, why);
}

/* ---- stops ---- */

/* How many stops name a step. */
static size_t count_stops(const upsell__run *run, uint32_t number)
{
  size_t count = 0;
  size_t i;

  for (i = 0; i < run->stop_count; i++)
    count += run->stopped[i] == number &&
             upsell__str_equal(run->stops[i].result, run->steps[number].result);
  return count;
}

/* Each step that stopped has one stop, and there is no other. */
static void count_all(const upsell__run *run, upsell__sink *sink)
{
  upsell__path list = upsell__at_key(&upsell__journal_root, "stops");
  size_t stopped = 0;
  uint32_t i;

  for (i = 0; i < run->program->step_count; i++) {
    size_t wanted = run->steps[i].phase == UPSELL__PHASE_STOPPED;
    stopped += wanted;
    if (wanted && count_stops(run, i) != 1)
      impossible(run, i, sink, "a step that stopped stands in stops once, with its result");
  }
  if (stopped != run->stop_count)
    upsell__report(sink, UPSELL_JOURNAL_MISMATCH, &list,
                   "One stop was expected for each step that stopped, found %zu for %zu.",
                   run->stop_count, stopped);
}

/* Whether the lane has begun at `entry`: what comes first there is done, or under way, or
 * has stopped. */
static int has_begun(const upsell__run *run, uint32_t entry)
{
  while (entry < run->program->step_count &&
         (!run->program->steps[entry].compensation || upsell__run_is_over(run, entry)))
    entry++;
  return entry == run->program->step_count || run->steps[entry].phase != UPSELL__PHASE_NONE;
}

/* What a step that was compensated says about the lane. */
static void check_states(const upsell__run *run, upsell__sink *sink)
{
  size_t i;

  for (i = 0; i < run->stop_count && upsell__sink_goes_on(sink); i++) {
    const upsell__row *row = upsell__run_compensation(run, run->stopped[i]);
    if (row && !has_begun(run, row->step))
      impossible(run, run->stopped[i], sink, "the lane that it started has not begun");
    else if (run->stops[i].state != upsell__run_state(run, i))
      impossible(run, run->stopped[i], sink,
                 "the state of its stop is not what the lane has come to");
  }
}

/* A step of the lane has begun, and no step that stopped started the lane there. */
static void check_lane(const upsell__run *run, upsell__sink *sink)
{
  uint32_t entry = UPSELL__NO_STEP;
  uint32_t i;

  for (i = 0; i < run->program->step_count; i++) {
    const upsell__row *row = upsell__run_compensation(run, i);
    if (row && row->step < entry)
      entry = row->step;
  }
  for (i = 0; i < run->program->step_count && i < entry; i++) {
    if (run->program->steps[i].compensation && run->steps[i].phase != UPSELL__PHASE_NONE)
      impossible(run, i, sink, "compensation begins where another step stops");
  }
}

void upsell__journal_check(const upsell__run *run, upsell__sink *sink)
{
  uint32_t i;

  for (i = 0; i < run->program->step_count && upsell__sink_goes_on(sink); i++)
    check_step(run, i, sink);
  if (upsell__sink_goes_on(sink))
    count_all(run, sink);
  if (upsell__sink_goes_on(sink))
    check_lane(run, sink);
  if (upsell__sink_goes_on(sink))
    check_states(run, sink);
}
