/* SPDX-License-Identifier: MIT */
#include "plan/roads.h"

#include "base/idmap.h"
#include "plan/result.h"

/*
 * ways[s][s] tells whether step s may be done so that the next ones go on, and
 * ways[s][t] whether it may be done so that step t goes on and the steps between
 * them that depend on s are passed over; for a t up to s, whether it may restart there.
 */
enum { KEEPS = 1 /* with its outputs */, LOSES = 2 /* without them */, RESTARTS = 4 };

/* An entry of a table with a row and a column for each step. */
static size_t at(const upsell__roads *roads, uint32_t row, uint32_t column)
{
  return (size_t)row * roads->count + column;
}

/* ---- what a step may come to ---- */

/* Scopes of the texts of a step. */
enum { CHECK_NAMES = 1, SETTLED = 2 };

static int is_one_of(upsell_str text, const char *const *names)
{
  for (; *names; names++) {
    if (upsell__str_equal(text, upsell_str_of(*names)))
      return 1;
  }
  return 0;
}

/* Whether a step can have a result; where in doubt, it can. */
static int is_possible(const upsell__step *step, upsell_str result, int is_check)
{
  static const char *const of_calls[] = {"ok",         "no_answer",     "throttled",
                                         "user_error", "graphql_error", "missing_output",
                                         "no_match",   "ambiguous",     NULL};
  static const char *const of_waits[] = {"ok",        "timeout",        "graphql_error",
                                         "ambiguous", "missing_output", NULL};

  switch (step->channel) {
  case UPSELL__CHANNEL_CHANGESET:
    return !upsell__str_equal(result, upsell_str_of("ok"));
  case UPSELL__CHANNEL_ADMIN:
    return is_check || is_one_of(result, of_calls) ||
           (step->errors.data && upsell__result_is_code(result));
  default:
    return is_check || is_one_of(result, of_waits);
  }
}

/* Whether the outputs are there with a result. A call's are taken before its checks,
 * a wait's after them. */
static int keeps_outputs(const upsell__step *step, upsell_str result, int is_check)
{
  return upsell__str_equal(result, upsell_str_of("ok")) ||
         (is_check && step->channel == UPSELL__CHANNEL_ADMIN);
}

/* What a row does when its result comes. */
static void follow_row(upsell__roads *roads, uint32_t from, const upsell__row *row, uint8_t outputs)
{
  if (row->verb == UPSELL__DO_NEXT)
    roads->ways[at(roads, from, from)] |= outputs;
  else if (row->verb == UPSELL__DO_SKIP_TO)
    roads->ways[at(roads, from, row->step)] |= outputs;
  else if (row->verb == UPSELL__DO_COMPENSATE && row->step < roads->entry[from])
    roads->entry[from] = row->step;
}

/* Follows the rows that a result can come to: the first one that decides, and all that
 * repeat something before it, each of which is spent some day. */
static int follow_rows(upsell__roads *roads, uint32_t from, upsell__idmap *texts)
{
  const upsell__step *step = &roads->steps[from];
  uint32_t index;
  size_t i;
  int added;

  for (i = 0; i < step->row_count; i++) {
    const upsell__row *row = &step->rows[i];
    int is_check = upsell__idmap_find(texts, CHECK_NAMES, row->when) != UPSELL__NO_INDEX;
    if (row->verb == UPSELL__DO_RESTART_FROM) {
      roads->ways[at(roads, from, row->step)] |= RESTARTS;
      roads->restarts[from] = 1;
    }
    if (row->max != UPSELL__ALWAYS || !is_possible(step, row->when, is_check))
      continue;
    if (!upsell__idmap_add(texts, SETTLED, row->when, &index, &added))
      return 0;
    if (added)
      follow_row(roads, from, row, keeps_outputs(step, row->when, is_check) ? KEEPS : LOSES);
  }
  return 1;
}

/* Fills the ways of a step. Without a row, "ok" goes on and everything else stops. */
static int find_ways(upsell__roads *roads, uint32_t from)
{
  const upsell__step *step = &roads->steps[from];
  upsell__idmap texts = {0};
  uint32_t index;
  size_t i;
  int done = 1;
  int added;

  for (i = 0; done && i < step->check_count; i++)
    done = upsell__idmap_add(&texts, CHECK_NAMES, step->checks[i].name, &index, &added);
  done = done && follow_rows(roads, from, &texts);
  if (done && step->channel != UPSELL__CHANNEL_CHANGESET &&
      upsell__idmap_find(&texts, SETTLED, upsell_str_of("ok")) == UPSELL__NO_INDEX)
    roads->ways[at(roads, from, from)] |= KEEPS;
  upsell__idmap_free(&texts);
  return done;
}

/* ---- restarts ---- */

/*
 * A restart brings back steps that were passed over, and then nobody asks again the row
 * that passed over them, if its own step stays done. again[y][x] is the furthest step
 * that step y, or one before it, may have jumped to when a restart brings step x back and
 * leaves y as it is; `count` where that does not matter, 0 where there is no such restart.
 */

/* Whether a restart from `target` undoes a step. */
static int is_undone(const upsell__roads *roads, uint32_t target, uint32_t step)
{
  return step == target || roads->behind[at(roads, target, step)];
}

/* Brings back what a restart from `target` undoes, after a jump as far as `reach`. Returns
 * the new number of open steps. */
static uint32_t bring_back(upsell__roads *roads, uint32_t need, uint32_t target, uint32_t reach,
                           uint32_t open)
{
  uint16_t *again = &roads->again[at(roads, need, 0)];
  uint32_t i;

  for (i = target; i < roads->count; i++) {
    if (!again[i] && is_undone(roads, target, i)) {
      again[i] = (uint16_t)reach;
      roads->open[open++] = i;
    }
  }
  return open;
}

/* Step `from` may run after a jump as far as `reach`: so may all that it restarts, and
 * all that those restart. */
static void follow_restarts(upsell__roads *roads, uint32_t need, uint32_t from, uint32_t reach)
{
  const uint16_t *again = &roads->again[at(roads, need, 0)];
  uint32_t open = 0;
  uint32_t target;

  roads->open[open++] = from;
  while (open) {
    from = roads->open[--open];
    for (target = 0; target <= from && roads->restarts[from]; target++) {
      /* what is back already brought back all that depends on it */
      if ((roads->ways[at(roads, from, target)] & RESTARTS) && !again[target] &&
          !is_undone(roads, target, need))
        open = bring_back(roads, need, target, reach, open);
    }
  }
}

/* A step that does not depend on `need` runs whatever was jumped over there; one that
 * does runs after jumps up to itself. The furthest come first. */
static void find_again(upsell__roads *roads, uint32_t need)
{
  const uint8_t *behind = &roads->behind[at(roads, need, 0)];
  const uint16_t *again = &roads->again[at(roads, need, 0)];
  uint32_t i;

  for (i = 0; i < roads->count; i++) {
    if (!behind[i] && !again[i])
      follow_restarts(roads, need, i, roads->count);
  }
  for (i = roads->count; i-- > 0;) {
    if (behind[i] && !again[i])
      follow_restarts(roads, need, i, i);
  }
}

/* ---- following ---- */

/* Step `from` runs: notes for each step that depends on it the nearest target of a jump
 * over it, and for itself the nearest target at all. */
static void follow_jumps(upsell__roads *roads, uint32_t from, uint8_t kinds)
{
  const uint8_t *behind = &roads->behind[at(roads, from, 0)];
  const uint8_t *ways = &roads->ways[at(roads, from, 0)];
  uint32_t target = UPSELL__NO_STEP;
  uint32_t i;

  for (i = roads->count - 1; i > from; i--) {
    if (behind[i] && target < roads->over[i])
      roads->over[i] = target;
    if (ways[i] & kinds)
      target = i;
  }
  roads->nearest[from] = target;
}

/* again[need][step], made when it is asked for first: most plans bind to few steps. */
static uint32_t furthest_jump(upsell__roads *roads, uint32_t need, uint32_t step)
{
  if (!roads->known[need])
    find_again(roads, need);
  roads->known[need] = 1;
  return roads->again[at(roads, need, step)];
}

/* Whether `need` may be done, or passed over, in a way that lets `step` run. */
static int lets_run(upsell__roads *roads, const uint8_t *runs, uint32_t need, uint32_t step,
                    uint8_t kinds)
{
  uint32_t furthest = furthest_jump(roads, need, step);

  if (furthest < step)
    furthest = step;
  return roads->over[need] <= furthest ||
         (runs[need] &&
          ((roads->ways[at(roads, need, need)] & kinds) || roads->nearest[need] <= furthest));
}

/* Finds the steps that may run without the outputs of `source`: those that may run at
 * all if `source` is only ever done without them. */
static void follow(upsell__roads *roads, uint32_t source, uint8_t *runs)
{
  uint32_t i;
  size_t n;

  for (i = 0; i < roads->count; i++) {
    roads->over[i] = UPSELL__NO_STEP;
    roads->nearest[i] = UPSELL__NO_STEP;
  }
  for (i = 0; i < roads->count; i++) {
    const upsell__step *step = &roads->steps[i];
    runs[i] = 1;
    for (n = 0; runs[i] && n < step->need_count; n++) {
      uint32_t need = step->needs[n];
      runs[i] = (uint8_t)lets_run(roads, runs, need, i, need == source ? LOSES : KEEPS | LOSES);
    }
    if (runs[i])
      follow_jumps(roads, i, i == source ? LOSES : KEEPS | LOSES);
  }
}

/* The same, found once. NULL when memory ran out. */
static const uint8_t *without(upsell__roads *roads, uint32_t source)
{
  if (!roads->lossy[source]) {
    roads->lossy[source] = upsell__arena_alloc(&roads->arena, roads->count, 1);
    if (roads->lossy[source])
      follow(roads, source, roads->lossy[source]);
  }
  return roads->lossy[source];
}

/* A step of the lane may run after every step that leads to it or to one before it; what
 * the platform said to that step counts for nothing, since it was not done. */
static int certain_in_lane(const upsell__roads *roads, const uint8_t *lossy, uint32_t source,
                           uint32_t binder)
{
  uint32_t i;

  for (i = 0; i < roads->count; i++) {
    if (roads->entry[i] <= binder && (!roads->steps[i].after[source] || lossy[i]))
      return 0;
  }
  return 1;
}

int upsell__roads_certain(upsell__roads *roads, uint32_t source, uint32_t binder)
{
  const uint8_t *lossy = without(roads, source);

  if (!lossy)
    return -1;
  if (roads->steps[binder].compensation && !roads->steps[source].compensation)
    return certain_in_lane(roads, lossy, source, binder);
  return roads->steps[binder].after[source] && !lossy[binder];
}

static int make_tables(upsell__roads *roads)
{
  size_t count = roads->count;

  roads->ways = upsell__arena_alloc(&roads->arena, count, count);
  roads->behind = upsell__arena_alloc(&roads->arena, count, count);
  roads->again = upsell__arena_alloc(&roads->arena, count, count * sizeof(*roads->again));
  roads->known = upsell__arena_alloc(&roads->arena, count, 1);
  roads->restarts = upsell__arena_alloc(&roads->arena, count, 1);
  roads->lossy = upsell__arena_alloc(&roads->arena, count, sizeof(*roads->lossy));
  roads->over = upsell__arena_alloc(&roads->arena, count, sizeof(*roads->over));
  roads->nearest = upsell__arena_alloc(&roads->arena, count, sizeof(*roads->nearest));
  roads->open = upsell__arena_alloc(&roads->arena, count + 1, sizeof(*roads->open));
  roads->entry = upsell__arena_alloc(&roads->arena, count, sizeof(*roads->entry));
  return roads->ways && roads->behind && roads->again && roads->known && roads->restarts &&
         roads->lossy && roads->over && roads->nearest && roads->open && roads->entry;
}

static void find_behind(upsell__roads *roads, uint32_t step)
{
  uint32_t i;

  for (i = 0; i < step; i++)
    roads->behind[at(roads, i, step)] = roads->steps[step].after[i];
}

int upsell__roads_init(upsell__roads *roads, const upsell__step *steps, uint32_t count)
{
  uint32_t i;

  memset(roads, 0, sizeof(*roads));
  roads->steps = steps;
  roads->count = count;
  if (!make_tables(roads))
    return 0;
  for (i = 0; i < count; i++) {
    roads->entry[i] = UPSELL__NO_STEP;
    find_behind(roads, i);
    if (!find_ways(roads, i))
      return 0;
  }
  return 1;
}

void upsell__roads_free(upsell__roads *roads)
{
  upsell__arena_free(&roads->arena);
}
