/* SPDX-License-Identifier: MIT */
/* Rows against the whole plan: where they may lead, and what they may repeat. */
#include "plan/loading.h"

/* A row, the step it belongs to, and where it stands. */
typedef struct place {
  const upsell__loading *loading;
  const upsell__row *row;
  const upsell__step *step;
  uint32_t number; /* of the step */
  const upsell__path *path;
  const uint32_t *lowest; /* for each step: the first one that the lane from there on needs */
} place;

/* A step that must not be sent again once it may have been executed. */
static int happens_once(const upsell__step *step)
{
  return step->irreversible && !step->key.data;
}

static void bad_target(const place *at, const char *message)
{
  upsell__path path = upsell__at_key(at->path, "step");

  upsell__report(at->loading->sink, UPSELL_UNKNOWN_STEP, &path, "%s", message);
}

static void check_skip(const place *at)
{
  if (!at->loading->steps[at->row->step].after[at->number])
    bad_target(at,
               "A row skips to a step that depends on its own one, directly or not; name such "
               "a step, or list this one in its depends_on.");
}

static void check_retry(const place *at)
{
  upsell__path path = upsell__at_key(at->path, "do");

  if (happens_once(at->step) && !upsell__str_equal(at->row->when, upsell_str_of("throttled")))
    upsell__report(at->loading->sink, UPSELL_UNSAFE_REPEAT, &path,
                   "An irreversible step without an idempotency_key may only be tried again when "
                   "throttled; read what happened instead, or give it a key.");
}

/* Reports a step that is undone, though it must not run twice. */
static void unsafe_restart(const place *at, uint32_t undone, const char *why)
{
  upsell__path path = upsell__at_key(at->path, "step");
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__report(at->loading->sink, UPSELL_UNSAFE_REPEAT, &path,
                 "Restarting here would run %s again, which %s; restart behind it.",
                 upsell__quote(at->loading->steps[undone].id, quoted), why);
}

/* The target and all that depends on it are undone. Those of them that depend on the
 * row's step cannot have run yet; steps beside it can. */
static void check_restart(const place *at)
{
  const upsell__loading *loading = at->loading;
  uint32_t target = at->row->step;
  uint32_t i;

  if (target != at->number && !at->step->after[target]) {
    bad_target(at,
               "A row restarts from its own step or from one that it depends on, directly or "
               "not; name such a step.");
    return;
  }
  for (i = target; i < loading->step_count; i++) {
    const upsell__step *step = &loading->steps[i];
    int beside = i != at->number && !at->step->after[i];
    if ((i != target && !step->after[target]) || step->after[at->number])
      continue;
    if (happens_once(step))
      unsafe_restart(at, i, "is irreversible and has no idempotency_key");
    else if (beside && step->compensates)
      unsafe_restart(at, i, "may have been compensated by then");
  }
}

/* The first step of the lane, at or after `entry`, that depends on one before `entry`. */
static const upsell__step *stranded(const upsell__loading *loading, uint32_t entry)
{
  uint32_t i;
  size_t n;

  for (i = entry; i < loading->step_count; i++) {
    const upsell__step *step = &loading->steps[i];
    for (n = 0; step->compensation && n < step->need_count; n++) {
      if (step->needs[n] < entry)
        return step;
    }
  }
  return NULL;
}

/* The lane runs from its entry on: what a step of it depends on must run too. */
static void check_entry(const place *at)
{
  upsell__path path = upsell__at_key(at->path, "step");
  const upsell__step *step;
  char quoted[UPSELL__QUOTE_SIZE];

  if (at->lowest[at->row->step] >= at->row->step)
    return;
  step = stranded(at->loading, at->row->step);
  upsell__report(at->loading->sink, UPSELL_UNKNOWN_STEP, &path,
                 "The lane runs from here on, but %s depends on a step before; start earlier.",
                 upsell__quote(step->id, quoted));
}

static void check_compensation(const place *at)
{
  upsell__path verb = upsell__at_key(at->path, "do");

  if (at->step->compensation)
    upsell__report(at->loading->sink, UPSELL_BAD_VALUE, &verb,
                   "A step of the compensation lane cannot be compensated; stop here.");
  else if (!at->loading->steps[at->row->step].compensation)
    bad_target(at,
               "A row compensates from a step of the compensation lane on; name one, or give "
               "this one that lane.");
  else
    check_entry(at);
}

static void check_row(const place *at)
{
  switch (at->row->verb) {
  case UPSELL__DO_SKIP_TO:
    check_skip(at);
    break;
  case UPSELL__DO_RETRY:
    check_retry(at);
    break;
  case UPSELL__DO_RESTART_FROM:
    check_restart(at);
    break;
  case UPSELL__DO_COMPENSATE:
    check_compensation(at);
    break;
  default:
    break;
  }
}

static void check_rows(place *at, const upsell__path *parent)
{
  upsell__path list = upsell__at_key(parent, "on");
  size_t i;

  for (i = 0; i < at->step->row_count && upsell__sink_goes_on(at->loading->sink); i++) {
    upsell__path path = upsell__at_index(&list, i);
    at->row = &at->step->rows[i];
    at->path = &path;
    check_row(at);
  }
}

static uint32_t *find_lowest(upsell__loading *loading)
{
  uint32_t *lowest = upsell__load_array(loading, loading->step_count, sizeof(*lowest));
  uint32_t first = UPSELL__NO_STEP;
  uint32_t i;
  size_t n;

  for (i = loading->step_count; lowest && i-- > 0;) {
    const upsell__step *step = &loading->steps[i];
    for (n = 0; step->compensation && n < step->need_count; n++) {
      if (step->needs[n] < first)
        first = step->needs[n];
    }
    lowest[i] = first;
  }
  return lowest;
}

void upsell__check_rows(upsell__loading *loading)
{
  upsell__path list = upsell__at_key(NULL, "steps");
  const uint32_t *lowest = find_lowest(loading);
  uint32_t i;

  for (i = 0; i < loading->step_count && upsell__sink_goes_on(loading->sink); i++) {
    upsell__path path = upsell__at_index(&list, i);
    place at = {loading, NULL, &loading->steps[i], i, NULL, lowest};
    check_rows(&at, &path);
  }
}
