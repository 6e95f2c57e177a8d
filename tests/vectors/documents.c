/* SPDX-License-Identifier: MIT */
/* Vectors on bad documents: every problem of a catalogue, the first of an order
 * (DOC, VAL, CAT, ORD). */
#include <check.h>
#include <stdlib.h>

#include "vectors.h"

/* An order is good or bad whatever the catalogue holds. */
static const char any_catalog[] =
    "{\"format\":\"upsell.catalog/1\",\"currency\":\"JPY\","
    "\"selling_plans\":[],\"products\":[],\"scenarios\":[]}";

/* {"code": …, "pointer": …}; the code of success stands alone. */
static struct json_object *outcome(upsell_status status, const upsell_error *error)
{
  struct json_object *object = json_object_new_object();

  vector_add_text(object, "code", upsell_status_name(status));
  if (status)
    vector_add_text(object, "pointer", error->pointer);
  return object;
}

/* Code and pointer must say the same as the status, with a sentence. */
static void check_error(const vector *v, upsell_status status, const upsell_error *error)
{
  if (status && (error->code != status || error->message[0] == '\0'))
    ck_abort_msg("%s: the details do not fit the status %s", v->name, upsell_status_name(status));
}

static void run_order_errors(const vector *v)
{
  vector_bytes text = vector_source(v);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog;
  upsell_decision *decision;
  upsell_status status;

  ck_assert_int_eq(
      upsell_catalog_new_from_json(any_catalog, sizeof(any_catalog) - 1, &catalog, NULL),
      UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  status = upsell_decide_json(catalog, text.data, text.len, 0, decision, &error);
  check_error(v, status, &error);
  if (status)
    ck_assert_int_eq(upsell_decision_get(decision)->outcome, UPSELL_OUTCOME_NONE);
  vector_expect(v, outcome(status, &error));
  vector_batch(v, catalog, &text, 0);
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
  free(text.data);
}

/* Building the catalogue must stop at the first problem of the list. */
static void check_first(const vector *v, const vector_bytes *text, const upsell_problems *problems)
{
  upsell_error listed = UPSELL_ERROR_INIT;
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;
  upsell_status status = upsell_catalog_new_from_json(text->data, text->len, &catalog, &error);
  struct json_object *expected;
  struct json_object *actual;

  check_error(v, status, &error);
  if (upsell_problems_count(problems))
    ck_assert_int_eq(upsell_problems_get(problems, 0, &listed), UPSELL_OK);
  expected = outcome(listed.code, &listed);
  actual = outcome(status, &error);
  vector_same(v, "building", vector_json(expected), vector_json(actual));
  json_object_put(expected);
  json_object_put(actual);
  upsell_catalog_free(catalog);
}

static void run_catalog_problems(const vector *v)
{
  vector_bytes text = vector_source(v);
  struct json_object *actual = json_object_new_object();
  struct json_object *list = json_object_new_array();
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_problems *problems;
  size_t i;

  ck_assert_int_eq(upsell_catalog_check_json(text.data, text.len, &problems), UPSELL_OK);
  for (i = 0; i < upsell_problems_count(problems); i++) {
    ck_assert_int_eq(upsell_problems_get(problems, i, &error), UPSELL_OK);
    check_error(v, error.code, &error);
    json_object_array_add(list, outcome(error.code, &error));
  }
  json_object_object_add(actual, "problems", list);
  vector_expect(v, actual);
  check_first(v, &text, problems);
  upsell_problems_free(problems);
  free(text.data);
}

const vector_function vector_documents[] = {
    {"catalog_problems", run_catalog_problems},
    {"order_errors", run_order_errors},
    {NULL, NULL},
};
