/* SPDX-License-Identifier: MIT */
/* Vectors on runs: a plan and events, to actions and journals (RUN). */
#include <check.h>
#include <stdlib.h>

#include <upsell/runner.h>

#include "vectors.h"

typedef struct run_case {
  const vector *v;
  upsell_runner *runner;
  upsell_progress *progress;
  char *journal; /* as stored; NULL: none yet */
} run_case;

static upsell_runner *runner_of(const vector *v)
{
  vector_bytes text = vector_document(v, "plan", "plan_text");
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_runner *runner = NULL;

  if (upsell_runner_new(text.data, text.len, &runner, &error))
    ck_abort_msg("%s: the plan is refused: %s: %s", v->name, error.pointer, error.message);
  free(text.data);
  return runner;
}

static upsell_status step(const run_case *c, struct json_object *event, upsell_progress *progress,
                          upsell_error *error)
{
  const char *text = vector_json(event);

  return upsell_runner_step_json(c->runner, c->journal, c->journal ? strlen(c->journal) : 0, text,
                                 strlen(text), progress, error);
}

/* A refused event leaves everything as it was. */
static void check_refused(const run_case *c, struct json_object *expected, upsell_status status,
                          const upsell_error *error)
{
  struct json_object *actual = json_object_new_object();

  ck_assert_int_eq(error->code, status);
  ck_assert_int_eq(upsell_progress_get(c->progress)->kind, 0);
  vector_add_text(actual, "code", upsell_status_name(status));
  vector_add_text(actual, "pointer", error->pointer);
  vector_same(c->v, "error", vector_json(expected), vector_json(actual));
  json_object_put(actual);
}

/* The expected journal: one of its own, or null for the one before. */
static const char *expected_journal(const run_case *c, struct json_object *turn)
{
  struct json_object *journal = vector_get(c->v, turn, "journal");

  return journal ? vector_json(journal) : c->journal;
}

static void check_taken(run_case *c, struct json_object *turn)
{
  const upsell_progress_view *view = upsell_progress_get(c->progress);

  vector_keys(c->v, turn, "action journal");
  vector_same(c->v, "action", vector_json(vector_get(c->v, turn, "action")), view->action.data);
  vector_same(c->v, "journal", expected_journal(c, turn), view->journal.data);
  ck_assert_uint_eq(strlen(view->action.data), view->action.len);
  ck_assert_uint_eq(strlen(view->journal.data), view->journal.len);
}

/* A fresh progress object must come to the same. */
static void check_fresh(const run_case *c, struct json_object *event)
{
  upsell_progress *fresh;

  ck_assert_int_eq(upsell_progress_new(&fresh), UPSELL_OK);
  ck_assert_int_eq(step(c, event, fresh, NULL), UPSELL_OK);
  vector_same(c->v, "fresh journal", upsell_progress_get(c->progress)->journal.data,
              upsell_progress_get(fresh)->journal.data);
  upsell_progress_free(fresh);
}

static void take_turn(run_case *c, struct json_object *event, struct json_object *turn)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status = step(c, event, c->progress, &error);

  if (vector_find(turn, "error")) {
    check_refused(c, vector_find(turn, "error"), status, &error);
    return;
  }
  if (status)
    ck_abort_msg("%s: %s: %s: %s", c->v->name, vector_json(event), error.pointer, error.message);
  check_taken(c, turn);
  check_fresh(c, event);
  free(c->journal);
  c->journal = strdup(upsell_progress_get(c->progress)->journal.data);
}

static void run_runner(const vector *v)
{
  struct json_object *events = vector_get(v, v->given, "events");
  struct json_object *turns = vector_get(v, v->expect, "turns");
  run_case c = {v, runner_of(v), NULL, NULL};
  size_t count = json_object_array_length(events);
  size_t i;

  vector_keys(v, v->given, "plan plan_text journal events");
  vector_keys(v, v->expect, "turns");
  ck_assert_uint_eq(json_object_array_length(turns), count);
  ck_assert_int_eq(upsell_progress_new(&c.progress), UPSELL_OK);
  if (vector_find(v->given, "journal"))
    c.journal = strdup(vector_str(v, v->given, "journal").data);
  for (i = 0; i < count; i++)
    take_turn(&c, json_object_array_get_idx(events, i), json_object_array_get_idx(turns, i));
  free(c.journal);
  upsell_progress_free(c.progress);
  upsell_runner_free(c.runner);
}

const vector_function vector_runner[] = {
    {"runner", run_runner},
    {NULL, NULL},
};
