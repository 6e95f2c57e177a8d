/* SPDX-License-Identifier: MIT */
/* The rows of a step: what follows from a result. */
#include "plan/loading.h"

enum { WAIT_MAX = 86400, REPEATS_MAX = 1000 };

static const char *const verbs[] = {"next",       "skip_to", "retry", "restart_from",
                                    "compensate", "stop",    NULL};

/* The keys of a row, by its verb. */
static const char *const row_keys[][6] = {
    [UPSELL__DO_NEXT] = {"when", "do"},
    [UPSELL__DO_SKIP_TO] = {"when", "do", "step"},
    [UPSELL__DO_RETRY] = {"when", "do", "max", "wait_seconds"},
    [UPSELL__DO_RESTART_FROM] = {"when", "do", "step", "max"},
    [UPSELL__DO_COMPENSATE] = {"when", "do", "step", "state"},
    [UPSELL__DO_STOP] = {"when", "do", "state"},
};

static const char *const row_titles[] = {
    [UPSELL__DO_NEXT] = "a row that goes on",
    [UPSELL__DO_SKIP_TO] = "a row that skips",
    [UPSELL__DO_RETRY] = "a row that tries again",
    [UPSELL__DO_RESTART_FROM] = "a row that restarts",
    [UPSELL__DO_COMPENSATE] = "a row that compensates",
    [UPSELL__DO_STOP] = "a row that stops",
};

static void read_target(const upsell__loading *loading, const upsell__part *part, uint32_t *target)
{
  upsell__path path = upsell__at_key(part->path, "step");
  upsell_str id;

  if (upsell__part_text(part, "step", UPSELL__MUST_BE_THERE, &id))
    upsell__find_step(loading, &path, id, target);
}

static void read_row(const upsell__loading *loading, const upsell__part *part, upsell__row *row)
{
  int32_t verb = 0;

  row->step = UPSELL__NO_STEP;
  row->max = UPSELL__ALWAYS;
  if (!upsell__part_choice(part, "do", verbs, &verb))
    return; /* its other keys mean nothing */
  row->verb = (upsell__verb)verb;
  upsell__part_keys(part, row_titles[verb], row_keys[verb]);
  upsell__part_text(part, "when", UPSELL__MUST_BE_THERE, &row->when);
  if (verb == UPSELL__DO_SKIP_TO || verb == UPSELL__DO_RESTART_FROM ||
      verb == UPSELL__DO_COMPENSATE)
    read_target(loading, part, &row->step);
  if (verb == UPSELL__DO_RETRY || verb == UPSELL__DO_RESTART_FROM)
    upsell__part_number(part, "max", UPSELL__MUST_BE_THERE, 1, REPEATS_MAX, &row->max);
  if (verb == UPSELL__DO_RETRY)
    upsell__part_number(part, "wait_seconds", UPSELL__MAY_BE_ABSENT, 0, WAIT_MAX,
                        &row->wait_seconds);
  if (verb == UPSELL__DO_COMPENSATE || verb == UPSELL__DO_STOP)
    upsell__part_choice(part, "state", upsell__state_names, &row->state);
}

void upsell__load_rows(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  upsell__path path = upsell__at_key(part->path, "on");
  const upsell__value *list = upsell__load_list(part, "on", UPSELL__MAY_BE_ABSENT);
  const upsell__value *item = list ? list->first : NULL;
  upsell__row *rows = list ? upsell__load_array(loading, list->count, sizeof(*rows)) : NULL;
  size_t i;

  if (!rows)
    return;
  for (i = 0; item && upsell__sink_goes_on(loading->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(&path, i);
    upsell__part row = {loading->sink, item, &at};
    if (upsell__must_be_object(loading->sink, &at, item))
      read_row(loading, &row, &rows[i]);
    step->compensates |= rows[i].verb == UPSELL__DO_COMPENSATE;
  }
  step->rows = rows;
  step->row_count = i;
}
