/* SPDX-License-Identifier: MIT */
/* Vectors on sessions: opened or read, then step by step (SES). */
#include <check.h>
#include <stdlib.h>

#include <upsell/session.h>

#include "vectors.h"

static const char *const event_names[] = {"shown",    "clicked", "processing", "ordered", "failed",
                                          "declined", "left",    "tick",       NULL};
static const char *const effect_names[] = {
    "count_shown", "count_clicked", "count_ordered", "charge",
    "show_offer",  "show_progress", "thank_you",     NULL};

static upsell_status open_session(const vector *v, upsell_session *session, upsell_error *error)
{
  struct json_object *given = vector_get(v, v->given, "open");
  int32_t seconds = 0;

  vector_keys(v, given, "id scenario_id timer_seconds now");
  if (vector_get(v, given, "timer_seconds"))
    seconds = vector_int32(v, given, "timer_seconds");
  return upsell_session_open(vector_str(v, given, "id"), vector_str(v, given, "scenario_id"),
                             seconds, vector_int(v, given, "now"), session, error);
}

static upsell_status begin(const vector *v, upsell_session *session, upsell_error *error)
{
  vector_bytes text;
  upsell_status status;

  vector_keys(v, v->given, "open session session_text steps");
  if (vector_find(v->given, "open"))
    return open_session(v, session, error);
  text = vector_document(v, "session", "session_text");
  status = upsell_session_from_json(text.data, text.len, session, error);
  free(text.data);
  return status;
}

static struct json_object *error_of(upsell_status status, const upsell_error *error)
{
  struct json_object *object = json_object_new_object();

  ck_assert_int_eq(error->code, status);
  ck_assert_int_ne(error->message[0], '\0');
  vector_add_text(object, "code", upsell_status_name(status));
  vector_add_text(object, "pointer", error->pointer);
  return object;
}

/* The document must be `expected`, and what is read from it the same session. */
static void check_document(const vector *v, const upsell_session *session, const char *expected)
{
  char text[UPSELL_SESSION_JSON_SIZE];
  upsell_session again;
  size_t len;

  ck_assert_int_eq(upsell_session_to_json(session, text, sizeof(text), &len), UPSELL_OK);
  ck_assert_uint_eq(strlen(text), len);
  vector_same(v, "session", expected, text);
  ck_assert_int_eq(upsell_session_from_json(text, len, &again, NULL), UPSELL_OK);
  ck_assert_mem_eq(&again, session, sizeof(again));
}

static struct json_object *effects_of(uint32_t effects)
{
  struct json_object *list = json_object_new_array();
  size_t i;

  for (i = 0; effect_names[i]; i++) {
    if (effects >> i & 1)
      json_object_array_add(list, json_object_new_string(effect_names[i]));
  }
  ck_assert_uint_eq(effects >> i, 0);
  return list;
}

static void check_outcome(const vector *v, struct json_object *turn,
                          const upsell_session_outcome *outcome)
{
  struct json_object *actual = json_object_new_object();

  json_object_object_add(actual, "effects", effects_of(outcome->effects));
  json_object_object_add(actual, "changed", json_object_new_boolean(outcome->changed));
  vector_add_int(actual, "seconds_left", outcome->seconds_left);
  vector_add_int(actual, "wake_at", outcome->wake_at);
  json_object_object_add(actual, "session", json_object_get(vector_get(v, turn, "session")));
  vector_same(v, "turn", vector_json(turn), vector_json(actual));
  ck_assert_int_eq(outcome->reserved, 0);
  json_object_put(actual);
}

/* An event that is refused changes neither the session nor the outcome. */
static void check_refused(const vector *v, struct json_object *expected, upsell_status status,
                          const upsell_error *error)
{
  struct json_object *actual = error_of(status, error);

  vector_same(v, "error", vector_json(expected), vector_json(actual));
  json_object_put(actual);
}

/* Takes a step; `*document` is the text before, and then the text after. */
static void take_turn(const vector *v, upsell_session *session, struct json_object *step,
                      struct json_object *turn, const char **document)
{
  static const upsell_session_outcome untouched = {.reserved = 77};
  upsell_session_outcome outcome = untouched;
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status;

  vector_keys(v, step, "event now");
  status = upsell_session_step(session, vector_name(v, step, "event", event_names),
                               vector_int(v, step, "now"), &outcome, &error);
  if (vector_find(turn, "error")) {
    vector_keys(v, turn, "error");
    check_refused(v, vector_find(turn, "error"), status, &error);
    ck_assert_mem_eq(&outcome, &untouched, sizeof(outcome));
  } else {
    if (status)
      ck_abort_msg("%s: %s: %s: %s", v->name, vector_json(step), error.pointer, error.message);
    check_outcome(v, turn, &outcome);
    if (vector_get(v, turn, "session"))
      *document = vector_json(vector_get(v, turn, "session"));
  }
  check_document(v, session, *document);
}

static void take_turns(const vector *v, upsell_session *session, const char *document)
{
  struct json_object *steps = vector_get(v, v->given, "steps");
  struct json_object *turns = vector_get(v, v->expect, "turns");
  size_t i;

  ck_assert_uint_gt(json_object_array_length(steps), 0);
  ck_assert_uint_eq(json_object_array_length(steps), json_object_array_length(turns));
  for (i = 0; i < json_object_array_length(steps); i++)
    take_turn(v, session, json_object_array_get_idx(steps, i), json_object_array_get_idx(turns, i),
              &document);
}

static void run_session(const vector *v)
{
  upsell_session session;
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status = begin(v, &session, &error);
  const char *document;

  if (status) {
    vector_expect(v, error_of(status, &error));
    return;
  }
  vector_keys(v, v->expect, "session turns");
  document = vector_json(vector_get(v, v->expect, "session"));
  check_document(v, &session, document);
  if (vector_find(v->given, "steps"))
    take_turns(v, &session, document);
  else
    vector_keys(v, v->expect, "session");
}

const vector_function vector_session[] = {
    {"session", run_session},
    {NULL, NULL},
};
