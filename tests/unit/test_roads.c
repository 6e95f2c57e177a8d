/* SPDX-License-Identifier: MIT */
/*
 * Roads through random small plans, against a walk through every state that a run of
 * them can be in (RUN-2). No output that is called certain may be missing in any state
 * where its binder runs. Where steps form a chain, the judgement is exact.
 */
#include <stdarg.h>
#include <stdio.h>

#include "../support/check_main.h"
#include "plan/roads.h"
#include "random.h"

enum { STEPS = 6, TEXT_SIZE = 16384 };

/* ---- random plans ---- */

typedef struct shape {
  uint32_t steps;
  uint32_t lane; /* number of the first step of the compensation lane */
  int chain;     /* each step depends on the one before */
  int restarts;
} shape;

typedef struct draft {
  char text[TEXT_SIZE];
  size_t len;
  uint64_t state;
  shape shape;
} draft;

static void add(draft *d, const char *format, ...)
{
  va_list args;

  va_start(args, format);
  d->len += (size_t)vsnprintf(d->text + d->len, sizeof(d->text) - d->len, format, args);
  va_end(args);
  ck_assert_uint_lt(d->len, sizeof(d->text));
}

static uint32_t below(draft *d, uint32_t count)
{
  return random_below(&d->state, count);
}

static int in_lane(const draft *d, uint32_t step)
{
  return step >= d->shape.lane;
}

static void add_needs(draft *d, uint32_t step)
{
  uint32_t first = in_lane(d, step) ? d->shape.lane : 0;
  const char *comma = "";
  uint32_t i;

  add(d, "\"depends_on\":[");
  for (i = first; i < step; i++) {
    if (d->shape.chain ? i + 1 == step : below(d, 3) > 0) {
      add(d, "%s\"s%u\"", comma, i);
      comma = ",";
    }
  }
  add(d, "],");
}

static void add_row(draft *d, uint32_t step, const char *comma)
{
  static const char *const results[] = {"ok",      "c",         "ok",           "c",
                                        "timeout", "no_answer", "graphql_error"};
  static const char *const verbs[] = {"skip_to", "skip_to",    "next",
                                      "stop",    "compensate", "restart_from"};
  uint32_t end = in_lane(d, step) ? d->shape.steps : d->shape.lane;
  uint32_t verb = below(d, d->shape.restarts ? 6 : 5);

  if ((verb < 2 && step + 1 >= end) ||
      (verb == 4 && (in_lane(d, step) || d->shape.lane == d->shape.steps)))
    verb = 2;
  add(d, "%s{\"when\":\"%s\",\"do\":\"%s\"", comma, results[below(d, 7)], verbs[verb]);
  if (verb < 2)
    add(d, ",\"step\":\"s%u\"", step + 1 + below(d, end - step - 1));
  if (verb == 4)
    add(d, ",\"step\":\"s%u\"", d->shape.lane + below(d, d->shape.steps - d->shape.lane));
  if (verb == 5)
    add(d, ",\"step\":\"s%u\",\"max\":2",
        in_lane(d, step) ? d->shape.lane + below(d, step - d->shape.lane + 1) : below(d, step + 1));
  if (verb == 3 || verb == 4)
    add(d, ",\"state\":\"unknown\"");
  add(d, "}");
}

static void add_step(draft *d, uint32_t step)
{
  uint32_t rows = below(d, 4);
  uint32_t i;

  add(d, "%s{\"id\":\"s%u\",\"irreversible\":false,\"if_stopped\":\"unknown\",", step ? "," : "",
      step);
  if (in_lane(d, step))
    add(d, "\"lane\":\"compensation\",");
  add_needs(d, step);
  add(d, "\"output\":{\"o\":\"/o\"},");
  if (below(d, 2))
    add(d, "\"checks\":[{\"name\":\"c\",\"at\":\"/c\",\"op\":\"present\"}],");
  add(d, "\"on\":[");
  for (i = 0; i < rows; i++)
    add_row(d, step, i ? "," : "");
  if (below(d, 3))
    add(d, "],\"channel\":\"admin_graphql\",\"operation\":\"q\",\"document\":\"d\"}");
  else
    add(d,
        "],\"channel\":\"wait\",\"poll\":{\"operation\":\"q\",\"document\":\"d\","
        "\"every_seconds\":5},\"until\":[],\"timeout_seconds\":60}");
}

static void draw(draft *d, uint64_t seed, const shape *s)
{
  uint32_t i;

  d->len = 0;
  d->state = seed;
  d->shape = *s;
  add(d, "{\"format\":\"upsell.plan/1\",\"plan_id\":\"p\",\"steps\":[");
  for (i = 0; i < s->steps; i++)
    add_step(d, i);
  add(d, "]}");
}

/* ---- every state of a run ---- */

typedef enum phase { NONE, DUE, KEPT, LOST, SKIPPED, STOPPED } phase;

enum { STATES = 1 << (3 * STEPS) };

typedef struct walk {
  const upsell__program *program;
  uint8_t seen[STATES];
  uint32_t queue[STATES];
  uint32_t queued;
  uint8_t missing[STEPS][STEPS]; /* [binder][source] */
} walk;

static phase phase_of(uint32_t state, uint32_t step)
{
  return (phase)(state >> (3 * step) & 7);
}

static uint32_t with(uint32_t state, uint32_t step, phase to)
{
  return (state & ~(UINT32_C(7) << (3 * step))) | (uint32_t)to << (3 * step);
}

static int is_over(uint32_t state, uint32_t step)
{
  phase p = phase_of(state, step);

  return p == KEPT || p == LOST || p == SKIPPED;
}

static int may_run(const walk *w, uint32_t state, uint32_t step)
{
  uint32_t i;

  if (w->program->steps[step].compensation)
    return phase_of(state, step) == DUE;
  for (i = 0; i < step; i++) {
    if (w->program->steps[step].after[i] && !is_over(state, i))
      return 0;
  }
  return phase_of(state, step) == NONE;
}

static uint32_t enter_lane(const walk *w, uint32_t state, uint32_t from)
{
  uint32_t i;

  for (i = from; i < w->program->step_count; i++) {
    if (!w->program->steps[i].compensation || is_over(state, i))
      continue;
    return phase_of(state, i) == NONE ? with(state, i, DUE) : state;
  }
  return state;
}

static void reach(walk *w, uint32_t state)
{
  if (w->seen[state])
    return;
  w->seen[state] = 1;
  w->queue[w->queued++] = state;
}

static uint32_t finished(const walk *w, uint32_t state, uint32_t step, phase how)
{
  state = with(state, step, how);
  return w->program->steps[step].compensation ? enter_lane(w, state, step + 1) : state;
}

static uint32_t skipped(const walk *w, uint32_t state, uint32_t step, uint32_t target, phase how)
{
  uint32_t i;

  for (i = step + 1; i < target; i++) {
    if (w->program->steps[i].after[step] && phase_of(state, i) == NONE)
      state = with(state, i, SKIPPED);
  }
  return finished(w, state, step, how);
}

static uint32_t restarted(const walk *w, uint32_t state, uint32_t target)
{
  uint32_t i;

  for (i = target; i < w->program->step_count; i++) {
    if ((i == target || w->program->steps[i].after[target]) && phase_of(state, i) != STOPPED)
      state = with(state, i, NONE);
  }
  return w->program->steps[target].compensation ? enter_lane(w, state, target) : state;
}

static void carry_out(walk *w, uint32_t state, uint32_t step, const upsell__row *row, phase how)
{
  switch (row->verb) {
  case UPSELL__DO_NEXT:
    reach(w, finished(w, state, step, how));
    break;
  case UPSELL__DO_SKIP_TO:
    reach(w, skipped(w, state, step, row->step, how));
    break;
  case UPSELL__DO_RESTART_FROM:
    reach(w, restarted(w, state, row->step));
    break;
  case UPSELL__DO_COMPENSATE:
    reach(w, enter_lane(w, with(state, step, STOPPED), row->step));
    break;
  default:
    reach(w, with(state, step, STOPPED));
    break;
  }
}

/* Takes every row that may be the first one about a result: any with `max` may be spent. */
static void take_result(walk *w, uint32_t state, uint32_t step, const char *result, phase how)
{
  const upsell__step *s = &w->program->steps[step];
  size_t i;

  for (i = 0; i < s->row_count; i++) {
    if (!upsell__str_equal(s->rows[i].when, upsell_str_of(result)))
      continue;
    carry_out(w, state, step, &s->rows[i], how);
    if (s->rows[i].max == UPSELL__ALWAYS)
      return;
  }
  reach(w, strcmp(result, "ok") == 0 ? finished(w, state, step, how) : with(state, step, STOPPED));
}

static void run_step(walk *w, uint32_t state, uint32_t step)
{
  const upsell__step *s = &w->program->steps[step];
  int is_wait = s->channel == UPSELL__CHANNEL_WAIT;
  uint32_t i;

  for (i = 0; i < w->program->step_count; i++)
    w->missing[step][i] |= phase_of(state, i) != KEPT;
  take_result(w, state, step, "ok", KEPT);
  take_result(w, state, step, "graphql_error", LOST);
  take_result(w, state, step, is_wait ? "timeout" : "no_answer", LOST);
  if (s->check_count)
    take_result(w, state, step, "c", is_wait ? LOST : KEPT);
}

static void walk_all(walk *w, const upsell__program *program)
{
  uint32_t next;
  uint32_t step;

  memset(w, 0, sizeof(*w));
  w->program = program;
  reach(w, 0);
  for (next = 0; next < w->queued; next++) {
    for (step = 0; step < program->step_count; step++) {
      if (may_run(w, w->queue[next], step))
        run_step(w, w->queue[next], step);
    }
  }
}

/* ---- the comparison ---- */

typedef struct tally {
  int plans;
  int certain;
  int missing;
  int doubtful; /* refused, though no state lacks the output */
} tally;

static void compare(const walk *w, upsell__roads *roads, const draft *d, tally *t)
{
  uint32_t binder;
  uint32_t source;

  for (binder = 0; binder < roads->count; binder++) {
    for (source = 0; source < roads->count; source++) {
      int certain = upsell__roads_certain(roads, source, binder);
      int missing = w->missing[binder][source];
      int related =
          roads->steps[binder].after[source] || (in_lane(d, binder) && !in_lane(d, source));
      if (certain && missing)
        ck_abort_msg("s%u/o is called certain at s%u: %s", source, binder, d->text);
      if (d->shape.chain && !d->shape.restarts && !in_lane(d, binder) && related &&
          certain == missing)
        ck_abort_msg("s%u/o is always there at s%u: %s", source, binder, d->text);
      t->certain += certain && related;
      t->missing += missing && related;
      t->doubtful += !certain && !missing && related;
    }
  }
}

static void try_plan(const draft *d, tally *t)
{
  static walk w;
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  upsell__program program;
  upsell__roads roads;

  if (upsell__program_read(d->text, d->len, &program, &sink) != UPSELL_OK) {
    /* a target that was drawn badly */
    ck_assert_msg(sink.status == UPSELL_UNKNOWN_STEP || sink.status == UPSELL_UNSAFE_REPEAT,
                  "%s at %s: %s", error.message, error.pointer, d->text);
    return;
  }
  ck_assert(upsell__roads_init(&roads, program.steps, program.step_count));
  walk_all(&w, &program);
  compare(&w, &roads, d, t);
  t->plans++;
  upsell__roads_free(&roads);
  upsell__program_free(&program);
}

static const shape shapes[] = {
    {5, 5, 1, 0}, {6, 6, 1, 0}, {5, 5, 1, 1}, {6, 4, 1, 0}, {6, 4, 1, 1},
    {4, 4, 0, 0}, {5, 5, 0, 0}, {5, 5, 0, 1}, {6, 4, 0, 0}, {6, 4, 0, 1},
};

START_TEST(test_shape)
{
  static draft d;
  tally t = {0, 0, 0, 0};
  uint64_t seed;

  for (seed = 0; t.plans < 1500; seed++) {
    draw(&d, seed * 64 + (uint64_t)_i, &shapes[_i]);
    try_plan(&d, &t);
  }
  printf("# shape %d: %d plans of %d, %d certain, %d missing, %d doubtful\n", _i, t.plans,
         (int)seed, t.certain, t.missing, t.doubtful);
  ck_assert_int_gt(t.certain, 500);
  ck_assert_int_gt(t.missing, 500);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("roads");
  TCase *roads = tcase_create("roads");

  tcase_set_timeout(roads, 120);
  tcase_add_loop_test(roads, test_shape, 0, sizeof(shapes) / sizeof(shapes[0]));
  suite_add_tcase(suite, roads);
  return check_main(suite);
}
