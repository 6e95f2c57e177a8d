/* SPDX-License-Identifier: MIT */
/* Reading a journal, value by value. */
#include "plan/document.h"
#include "plan/journal.h"
#include "plan/loading.h"
#include "plan/part.h"

const upsell__path upsell__journal_root = {NULL, "journal", 7, 0};

static int has(const upsell__part *part, const char *key)
{
  return upsell__value_member(part->value, key) != NULL;
}

static void mismatch(upsell__sink *sink, const upsell__path *path, const char *message,
                     upsell_str found)
{
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__report(sink, UPSELL_JOURNAL_MISMATCH, path, message, upsell__quote(found, quoted));
}

/* ---- a step ---- */

/* "result", or "status/code". */
static void read_result(const upsell__part *part, upsell_str *result)
{
  upsell__path path = upsell__at_key(part->path, "result");
  upsell_str first;
  upsell_str rest;

  if (!upsell__part_text(part, "result", UPSELL__MAY_BE_ABSENT, result))
    return;
  first = *result;
  first.len = 0;
  while (first.len < result->len && result->data[first.len] != '/')
    first.len++;
  if (!upsell__must_be_name(part->sink, &path, first) || first.len == result->len)
    return;
  rest.data = result->data + first.len + 1;
  rest.len = result->len - first.len - 1;
  upsell__must_be_name(part->sink, &path, rest);
}

/* The number of the row that a key of `counts` names, or `row_count`. */
static size_t row_of(upsell_str key, size_t row_count)
{
  size_t number = 0;
  size_t i;

  if (key.len == 0 || key.len > 6 || (key.data[0] == '0' && key.len > 1))
    return row_count;
  for (i = 0; i < key.len; i++) {
    if (key.data[i] < '0' || key.data[i] > '9')
      return row_count;
    number = number * 10 + (size_t)(key.data[i] - '0');
  }
  return number < row_count ? number : row_count;
}

static void read_counts(const upsell__part *step_part, const upsell__step *step, int64_t *counts)
{
  upsell__path path = upsell__at_key(step_part->path, "counts");
  upsell__part part = {step_part->sink, NULL, &path};
  const upsell__value *member;

  part.value = upsell__part_object(step_part, "counts", UPSELL__MAY_BE_ABSENT);
  member = part.value ? part.value->first : NULL;
  for (; member && upsell__sink_goes_on(part.sink); member = member->next) {
    upsell__path at = upsell__at_member(&path, member->key);
    size_t row = row_of(member->key, step->row_count);
    if (row == step->row_count || step->rows[row].max < 0)
      mismatch(part.sink, &at, "The number of a row with \"max\" was expected, found %s.",
               member->key);
    else if (!upsell__value_as_integer(member, &counts[row]) || counts[row] < 1 ||
             counts[row] > step->rows[row].max)
      mismatch(part.sink, &at, "The row %s cannot have been taken so often.", member->key);
  }
}

/* The number of a row that compensates. */
static void read_compensated(const upsell__part *part, const upsell__step *step, int64_t *row)
{
  upsell__path path = upsell__at_key(part->path, "compensated");
  int64_t number;

  if (!upsell__part_number(part, "compensated", UPSELL__MAY_BE_ABSENT, 0, INT64_MAX, &number))
    return;
  if ((uint64_t)number < step->row_count && step->rows[number].verb == UPSELL__DO_COMPENSATE)
    *row = number;
  else
    mismatch(part->sink, &path, "The number of a row of %s that compensates was expected.",
             step->id);
}

static int is_output(const upsell__step *step, const upsell__value *member)
{
  size_t i;

  for (i = 0; i < step->output_count; i++) {
    if (upsell__str_equal(step->outputs[i].name, member->key))
      return upsell__value_present(member);
  }
  return 0;
}

/* All of them, or none. */
static void read_outputs(const upsell__part *part, const upsell__step *step,
                         const upsell__value **outputs)
{
  upsell__path path = upsell__at_key(part->path, "outputs");
  const upsell__value *member;

  *outputs = upsell__part_object(part, "outputs", UPSELL__MAY_BE_ABSENT);
  member = *outputs ? (*outputs)->first : NULL;
  for (; member && upsell__sink_goes_on(part->sink); member = member->next) {
    upsell__path at = upsell__at_member(&path, member->key);
    if (!is_output(step, member))
      mismatch(part->sink, &at, "A value of an output of the step was expected at %s.",
               member->key);
  }
  if (*outputs && (*outputs)->count != step->output_count)
    mismatch(part->sink, &path, "All outputs of the step %s were expected.", step->id);
}

/* Text that goes into an action as it is must be JSON. */
static void read_frozen(const upsell__part *part, upsell__run *run, upsell_str *frozen)
{
  upsell__path path = upsell__at_key(part->path, "frozen");
  const upsell__value *value = NULL;

  if (upsell__part_text(part, "frozen", UPSELL__MAY_BE_ABSENT, frozen))
    upsell__document_value(*frozen, &path, run->arena, &value, part->sink);
}

static void read_step(const upsell__part *part, upsell__run *run, uint32_t number)
{
  static const char *const keys[] = {"status",      "due_at", "deadline", "sends",
                                     "unanswered",  "result", "counts",   "outputs",
                                     "compensated", "frozen", NULL};
  const upsell__step *step = &run->program->steps[number];
  upsell__standing *standing = &run->steps[number];
  int32_t phase = UPSELL__PHASE_NONE;

  if (!upsell__must_be_object(part->sink, part->path, part->value) ||
      !upsell__part_keys(part, "a step of a journal", keys))
    return;
  if (has(part, "status"))
    upsell__part_choice(part, "status", upsell__phase_names, &phase);
  standing->phase = (upsell__phase)phase;
  upsell__part_number(part, "due_at", UPSELL__MAY_BE_ABSENT, 0, INT64_MAX, &standing->due_at);
  upsell__part_number(part, "deadline", UPSELL__MAY_BE_ABSENT, 0, INT64_MAX, &standing->deadline);
  upsell__part_number(part, "sends", UPSELL__MUST_BE_THERE, 0, INT64_MAX - 1, &standing->sends);
  upsell__part_flag(part, "unanswered", UPSELL__MAY_BE_ABSENT, &standing->unanswered);
  read_result(part, &standing->result);
  read_compensated(part, step, &standing->compensated);
  read_counts(part, step, standing->counts);
  read_outputs(part, step, &standing->outputs);
  read_frozen(part, run, &standing->frozen);
}

static void read_steps(const upsell__part *document, upsell__run *run)
{
  upsell__path list = upsell__at_key(document->path, "steps");
  const upsell__value *steps = upsell__part_object(document, "steps", UPSELL__MUST_BE_THERE);
  const upsell__value *member;

  member = steps ? steps->first : NULL;
  for (; member && upsell__sink_goes_on(document->sink); member = member->next) {
    upsell__path path = upsell__at_member(&list, member->key);
    upsell__part part = {document->sink, member, &path};
    uint32_t number = upsell__step_number(run->program, member->key);
    if (number == UPSELL__NO_STEP)
      mismatch(document->sink, &path, "The plan has no step %s; use the plan the run began with.",
               member->key);
    else
      read_step(&part, run, number);
  }
}

/* ---- stops ---- */

/* A stop of a step that the plan does not have is one too many. */
static void read_stop(const upsell__part *part, const upsell__run *run, size_t number)
{
  static const char *const keys[] = {"step", "result", "state", NULL};
  upsell_run_stop *stop = &run->stops[number];

  if (!upsell__must_be_object(part->sink, part->path, part->value) ||
      !upsell__part_keys(part, "a stop", keys))
    return;
  upsell__part_text(part, "step", UPSELL__MUST_BE_THERE, &stop->step);
  upsell__part_text(part, "result", UPSELL__MUST_BE_THERE, &stop->result);
  upsell__part_choice(part, "state", upsell__state_names, &stop->state);
  run->stopped[number] = upsell__step_number(run->program, stop->step);
}

static void read_stops(const upsell__part *document, upsell__run *run)
{
  upsell__path list = upsell__at_key(document->path, "stops");
  const upsell__value *stops = upsell__part_list(document, "stops", UPSELL__MUST_BE_THERE);
  const upsell__value *item;

  if (stops && stops->count > run->program->step_count) {
    upsell__report(document->sink, UPSELL_JOURNAL_MISMATCH, &list,
                   "No more stops than steps were expected.");
    return;
  }
  item = stops ? stops->first : NULL;
  for (; item && upsell__sink_goes_on(document->sink); item = item->next) {
    upsell__path path = upsell__at_index(&list, run->stop_count);
    upsell__part part = {document->sink, item, &path};
    read_stop(&part, run, run->stop_count++);
  }
}

/* ---- the document ---- */

/* The plan comes first: nothing else of another plan's journal makes sense. */
static int read_identity(const upsell__part *part, upsell__run *run)
{
  upsell__path at_format = upsell__at_key(part->path, "format");
  upsell__path at_plan = upsell__at_key(part->path, "plan_id");
  upsell__path at_run = upsell__at_key(part->path, "run_id");
  upsell_str format = {NULL, 0};
  upsell_str plan_id = {NULL, 0};
  char quoted[UPSELL__QUOTE_SIZE];

  if (!upsell__part_text(part, "format", UPSELL__MUST_BE_THERE, &format))
    return 0;
  if (!upsell__str_equal(format, upsell_str_of("upsell.journal/1")))
    upsell__report(part->sink, UPSELL_UNKNOWN_FORMAT, &at_format,
                   "The format \"upsell.journal/1\" was expected, found %s.",
                   upsell__quote(format, quoted));
  else if (!upsell__part_text(part, "plan_id", UPSELL__MUST_BE_THERE, &plan_id))
    return 0;
  else if (!upsell__str_equal(plan_id, run->program->plan_id))
    mismatch(part->sink, &at_plan,
             "This journal is of the plan %s; use the plan the run began with.", plan_id);
  else if (upsell__part_text(part, "run_id", UPSELL__MUST_BE_THERE, &run->run_id) &&
           !upsell__is_run_id(run->run_id))
    upsell__report(part->sink, UPSELL_BAD_VALUE, &at_run, "A run id was expected, found %s.",
                   upsell__quote(run->run_id, quoted));
  return part->sink->status == UPSELL_OK;
}

static void read_run(const upsell__part *part, upsell__run *run)
{
  upsell__path at_state = upsell__at_key(part->path, "state");
  int32_t state = 0;

  upsell__part_number(part, "revision", UPSELL__MUST_BE_THERE, 1, INT64_MAX - 1, &run->revision);
  upsell__part_number(part, "started_at", UPSELL__MUST_BE_THERE, 0, UPSELL__TIME_MAX,
                      &run->started_at);
  upsell__part_number(part, "now", UPSELL__MUST_BE_THERE, run->started_at, UPSELL__TIME_MAX,
                      &run->now);
  upsell__part_choice(part, "state", upsell__outcome_names, &state);
  read_steps(part, run);
  read_stops(part, run);
  if (part->sink->status != UPSELL_OK)
    return;
  upsell__journal_check(run, part->sink);
  if (state - 1 != upsell__run_outcome(run))
    mismatch(part->sink, &at_state, "The steps say that the run is %s.",
             upsell_str_of(upsell__outcome_names[upsell__run_outcome(run)]));
}

upsell_status upsell__journal_read(upsell_str text, upsell__run *run, upsell__sink *sink)
{
  static const char *const keys[] = {"format", "plan_id", "run_id", "revision", "started_at",
                                     "now",    "state",   "steps",  "stops",    NULL};
  upsell__part part = {sink, NULL, &upsell__journal_root};

  if (upsell__document_value(text, part.path, run->arena, &part.value, sink) ||
      !upsell__must_be_object(sink, part.path, part.value))
    return sink->status;
  /* The format first: another version's keys are no typing mistakes. */
  if (read_identity(&part, run) && upsell__part_keys(&part, "a journal", keys))
    read_run(&part, run);
  return sink->status;
}
