/* SPDX-License-Identifier: MIT */
/* Vectors on what a catalogue says without an order: its scenarios, its warnings and
 * what each scenario would show (CAT-8, CAT-20, DEC-17). */
#include <check.h>

#include "vectors.h"

/* ---- scenarios ---- */

static void add_str(struct json_object *object, const char *key, upsell_str text)
{
  json_object_object_add(object, key, json_object_new_string_len(text.data, (int)text.len));
}

static struct json_object *scenario_facts(const upsell_catalog *catalog, size_t index)
{
  struct json_object *facts = json_object_new_object();
  upsell_scenario_info info = {0};

  info.size = sizeof(info);
  ck_assert_int_eq(upsell_catalog_scenario(catalog, index, &info), UPSELL_OK);
  add_str(facts, "id", info.id);
  add_str(facts, "name", info.name);
  vector_add_text(facts, "status",
                  info.status == UPSELL_SCENARIO_PUBLISHED ? "published" : "draft");
  vector_add_int(facts, "priority", info.priority);
  vector_add_text(facts, "pattern", upsell_pattern_name(info.pattern));
  add_str(facts, "product_id", info.product_id);
  add_str(facts, "product_title", info.product_title);
  add_str(facts, "variant_id", info.variant_id);
  add_str(facts, "variant_title", info.variant_title);
  return facts;
}

static void run_scenarios(const vector *v)
{
  upsell_catalog *catalog = vector_catalog(v);
  struct json_object *actual = json_object_new_object();
  struct json_object *list = json_object_new_array();
  upsell_catalog_info info = {0};
  size_t i;

  vector_keys(v, v->given, "catalog");
  info.size = sizeof(info);
  ck_assert_int_eq(upsell_catalog_describe(catalog, &info), UPSELL_OK);
  for (i = 0; i < info.scenarios; i++)
    json_object_array_add(list, scenario_facts(catalog, i));
  json_object_object_add(actual, "scenarios", list);
  vector_expect(v, actual);
  upsell_catalog_free(catalog);
}

/* ---- warnings ---- */

static struct json_object *warning_at(const upsell_problems *warnings, size_t index)
{
  struct json_object *object = json_object_new_object();
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(upsell_problems_get(warnings, index, &error), UPSELL_OK);
  ck_assert_int_eq(error.offset, -1);
  ck_assert_int_ne(error.message[0], '\0');
  vector_add_text(object, "code", upsell_status_name(error.code));
  vector_add_text(object, "pointer", error.pointer);
  return object;
}

static void run_warnings(const vector *v)
{
  upsell_catalog *catalog = vector_catalog(v);
  struct json_object *actual = json_object_new_object();
  struct json_object *list = json_object_new_array();
  upsell_problems *warnings = NULL;
  size_t i;

  vector_keys(v, v->given, "catalog");
  ck_assert_int_eq(upsell_catalog_warnings(catalog, &warnings), UPSELL_OK);
  for (i = 0; i < upsell_problems_count(warnings); i++)
    json_object_array_add(list, warning_at(warnings, i));
  json_object_object_add(actual, "warnings", list);
  vector_expect(v, actual);
  upsell_problems_free(warnings);
  upsell_catalog_free(catalog);
}

/* ---- previews ---- */

static void run_preview(const vector *v)
{
  upsell_catalog *catalog = vector_catalog(v);
  upsell_decision *decision;
  upsell_status status;
  const char *text;
  size_t len;

  vector_keys(v, v->given, "catalog index");
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  status = upsell_preview(catalog, (size_t)vector_int(v, v->given, "index"), decision, NULL);
  if (status) {
    vector_expect_status(v, status);
  } else {
    ck_assert_int_eq(upsell_decision_to_json(decision, &text, &len), UPSELL_OK);
    ck_assert_uint_eq(len, strlen(text));
    vector_same(v, "preview", vector_json(v->expect), text);
  }
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
}

const vector_function vector_catalog_facts[] = {
    {"preview", run_preview},
    {"scenarios", run_scenarios},
    {"warnings", run_warnings},
    {NULL, NULL},
};
