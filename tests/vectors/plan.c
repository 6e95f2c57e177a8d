/* SPDX-License-Identifier: MIT */
/* Vectors on plans: catalogue, order, acceptance and options to what the plan says
 * (PLN-1 ... PLN-6). */
#include <check.h>
#include <json-c/json.h>
#include <stdlib.h>

#include "vectors.h"

enum { SCOPES_MAX = 16, MONEY_TEXT_SIZE = 32 };

typedef struct plan_case {
  const vector *v;
  upsell_catalog *catalog;
  vector_bytes order;
  vector_bytes acceptance;
  upsell_plan_options options;
  upsell_str scopes[SCOPES_MAX];
} plan_case;

/* ---- given ---- */

/* Absent where the key is missing. */
static upsell_str optional_str(const vector *v, struct json_object *object, const char *key)
{
  return vector_find(object, key) ? vector_str(v, object, key) : upsell_str_of(NULL);
}

static void scopes_of(plan_case *c, struct json_object *list)
{
  size_t i;

  if (!list)
    return;
  c->options.granted_scopes = c->scopes;
  c->options.granted_scope_count = json_object_array_length(list);
  ck_assert_uint_le(c->options.granted_scope_count, SCOPES_MAX);
  for (i = 0; i < c->options.granted_scope_count; i++)
    c->scopes[i] = upsell_str_of(json_object_get_string(json_object_array_get_idx(list, i)));
}

static void options_of(plan_case *c)
{
  static const char *const versions[] = {"2025-10", "2026-01", "2026-04",
                                         "2026-07", "2026-10", NULL};
  static const char *const dialects[] = {"draft", "calculation", NULL};
  struct json_object *given = vector_find(c->v->given, "options");

  c->options.size = (uint32_t)sizeof(c->options);
  if (!given)
    return;
  vector_keys(c->v, given, "api_version dialect shop reference_id granted_scopes");
  if (vector_find(given, "api_version"))
    c->options.api_version = vector_name(c->v, given, "api_version", versions);
  if (vector_find(given, "dialect"))
    c->options.dialect = vector_name(c->v, given, "dialect", dialects);
  c->options.shop = optional_str(c->v, given, "shop");
  c->options.reference_id = optional_str(c->v, given, "reference_id");
  scopes_of(c, vector_find(given, "granted_scopes"));
}

static upsell_status make(const plan_case *c, upsell_plan **plan, upsell_error *error)
{
  return upsell_plan_make_json(c->catalog, c->order.data, c->order.len, c->acceptance.data,
                               c->acceptance.len, &c->options, plan, error);
}

/* ---- what a plan says ---- */

static struct json_object *step_of(struct json_object *plan, const char *id)
{
  struct json_object *steps = vector_find(plan, "steps");
  size_t i;

  for (i = 0; i < json_object_array_length(steps); i++) {
    struct json_object *step = json_object_array_get_idx(steps, i);
    if (strcmp(json_object_get_string(vector_find(step, "id")), id) == 0)
      return step;
  }
  return NULL;
}

static struct json_object *id_list(struct json_object *plan)
{
  struct json_object *steps = vector_find(plan, "steps");
  struct json_object *ids = json_object_new_array();
  size_t i;

  for (i = 0; i < json_object_array_length(steps); i++)
    json_object_array_add(ids,
                          json_object_get(vector_find(json_object_array_get_idx(steps, i), "id")));
  return ids;
}

/* The changes without the last one, which is the evidence and must be what it must. */
static struct json_object *changes_of(const vector *v, struct json_object *plan)
{
  struct json_object *given = vector_find(step_of(plan, "charge"), "changes");
  struct json_object *changes = json_object_new_array();
  size_t last = json_object_array_length(given) - 1;
  struct json_object *evidence = json_object_array_get_idx(given, last);
  size_t i;

  vector_keys(v, evidence, "type namespace key value valueType");
  ck_assert_str_eq(json_object_get_string(vector_get(v, evidence, "type")), "set_metafield");
  ck_assert_str_eq(json_object_get_string(vector_get(v, evidence, "namespace")), "upsell");
  ck_assert_str_eq(json_object_get_string(vector_get(v, evidence, "valueType")), "string");
  ck_assert_str_eq(json_object_get_string(vector_get(v, evidence, "value")),
                   json_object_get_string(vector_get(v, plan, "plan_id")));
  for (i = 0; i < last; i++)
    json_object_array_add(changes, json_object_get(json_object_array_get_idx(given, i)));
  return changes;
}

/* Whether an id is `word`, or that with a number behind. */
static int is_numbered(const char *id, const char *word)
{
  size_t len = strlen(word);

  return strncmp(id, word, len) == 0 && (id[len] == '\0' || id[len] == '_');
}

/* The line that a step adds to a contract; NULL when it adds none. */
static struct json_object *added_line(struct json_object *step)
{
  const char *id = json_object_get_string(vector_find(step, "id"));
  struct json_object *line = NULL;

  if (is_numbered(id, "add_line"))
    line = vector_find(vector_find(step, "variables"), "input");
  else if (is_numbered(id, "calculate"))
    ck_assert_int_eq(
        json_pointer_get(step, "/variables/input/lines/$map/append/0/productVariantLine", &line),
        0);
  return line;
}

/* The lines that contracts get, each without its marker, which must name the plan. */
static struct json_object *lines_of(struct json_object *plan)
{
  struct json_object *steps = vector_find(plan, "steps");
  struct json_object *lines = json_object_new_array();
  size_t i;

  for (i = 0; i < json_object_array_length(steps); i++) {
    struct json_object *line = added_line(json_object_array_get_idx(steps, i));
    struct json_object *marker = NULL;
    if (!line)
      continue;
    ck_assert_int_eq(json_pointer_get(line, "/customAttributes/0/value", &marker), 0);
    ck_assert_str_eq(json_object_get_string(marker),
                     json_object_get_string(vector_find(plan, "plan_id")));
    ck_assert_uint_eq(json_object_array_length(vector_find(line, "customAttributes")), 1);
    json_object_object_del(line, "customAttributes");
    json_object_array_add(lines, json_object_get(line));
  }
  return lines;
}

/* "STEP/pointer": what is there; without a step of this name, what is in the plan. */
static struct json_object *value_at(const vector *v, struct json_object *plan, const char *place)
{
  size_t len = strcspn(place, "/");
  struct json_object *found = NULL;
  char step[80];

  ck_assert_uint_lt(len, sizeof(step));
  memcpy(step, place, len);
  step[len] = '\0';
  if (json_pointer_get(len ? step_of(plan, step) : plan, place + len, &found))
    ck_abort_msg("%s: the plan has no %s", v->name, place);
  return json_object_get(found);
}

static struct json_object *values_of(const vector *v, struct json_object *plan,
                                     struct json_object *expected)
{
  struct json_object *values = json_object_new_object();

  json_object_object_foreach (expected, place, value) {
    (void)value;
    json_object_object_add(values, place, value_at(v, plan, place));
  }
  return values;
}

/* The names of the checks of each step that is named. */
static struct json_object *checks_of(struct json_object *plan, struct json_object *expected)
{
  struct json_object *checks = json_object_new_object();

  json_object_object_foreach (expected, id, value) {
    struct json_object *list = vector_find(step_of(plan, id), "checks");
    struct json_object *list_of_names = json_object_new_array();
    size_t i;
    (void)value;
    for (i = 0; list && i < json_object_array_length(list); i++)
      json_object_array_add(
          list_of_names, json_object_get(vector_find(json_object_array_get_idx(list, i), "name")));
    json_object_object_add(checks, id, list_of_names);
  }
  return checks;
}

static struct json_object *fact(const vector *v, struct json_object *plan, const char *name,
                                struct json_object *expected)
{
  if (strcmp(name, "steps") == 0)
    return id_list(plan);
  if (strcmp(name, "changes") == 0)
    return changes_of(v, plan);
  if (strcmp(name, "lines") == 0)
    return lines_of(plan);
  if (strcmp(name, "values") == 0)
    return values_of(v, plan, expected);
  if (strcmp(name, "checks") == 0)
    return checks_of(plan, expected);
  if (strcmp(name, "expect") == 0)
    return value_at(v, plan, "charge/expect/lines");
  if (strcmp(name, "charge_key") == 0)
    return value_at(v, plan, "charge/idempotency_key");
  return json_object_get(vector_get(v, plan, name));
}

/* A string stands for the text of a value that no vector can hold. */
static void check_fact(const vector *v, struct json_object *plan, const char *name,
                       struct json_object *expected)
{
  struct json_object *actual = fact(v, plan, name, expected);
  int as_text = json_object_is_type(expected, json_type_string) &&
                !json_object_is_type(actual, json_type_string);

  vector_same(v, name, as_text ? json_object_get_string(expected) : vector_json(expected),
              vector_json(actual));
  json_object_put(actual);
}

/* ---- what holds of every plan ---- */

static void same_str(const vector *v, const char *what, struct json_object *expected,
                     upsell_str actual)
{
  const char *text = json_object_get_string(expected);

  if (strlen(text) != actual.len || memcmp(text, actual.data, actual.len) != 0)
    ck_abort_msg("%s: %s: expected %s, actual %.*s", v->name, what, text, (int)actual.len,
                 actual.data);
}

static void check_view(const vector *v, const upsell_plan *plan, struct json_object *tree)
{
  const upsell_plan_view *view = upsell_plan_get(plan);
  struct json_object *scopes = vector_get(v, tree, "scopes");
  struct json_object *now = value_at(v, tree, "/charge/now");
  char amount[MONEY_TEXT_SIZE];
  size_t i;

  same_str(v, "id in the view", vector_get(v, tree, "plan_id"), view->plan_id);
  same_str(v, "scenario in the view", vector_get(v, tree, "scenario_id"), view->scenario_id);
  same_str(v, "pattern in the view", vector_get(v, tree, "pattern"),
           upsell_str_of(upsell_pattern_name(view->pattern)));
  ck_assert_int_eq(
      upsell_money_format(view->charge_now, &view->currency, amount, sizeof(amount), NULL),
      UPSELL_OK);
  vector_same(v, "charge in the view", json_object_get_string(now), amount);
  ck_assert_uint_eq(view->scope_count, json_object_array_length(scopes));
  for (i = 0; i < view->scope_count; i++)
    same_str(v, "scope in the view", json_object_array_get_idx(scopes, i), view->scopes[i]);
  json_object_put(now);
}

/* The runner takes it; made again it is the same. */
static void check_again(const plan_case *c, const char *text, size_t len)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_runner *runner = NULL;
  upsell_plan *plan = NULL;

  if (upsell_runner_new(text, len, &runner, &error))
    ck_abort_msg("%s: the runner refuses the plan: %s: %s", c->v->name, error.pointer,
                 error.message);
  upsell_runner_free(runner);
  ck_assert_int_eq(make(c, &plan, NULL), UPSELL_OK);
  vector_same(c->v, "made again", text, upsell_plan_json(plan, NULL));
  upsell_plan_free(plan);
}

static void check_made(const plan_case *c, const upsell_plan *plan)
{
  struct json_object *tree;
  size_t len;
  const char *text = upsell_plan_json(plan, &len);

  ck_assert_uint_eq(strlen(text), len);
  check_again(c, text, len);
  tree = json_tokener_parse(text);
  ck_assert_ptr_nonnull(tree);
  check_view(c->v, plan, tree);
  json_object_object_foreach (c->v->expect, name, expected)
    check_fact(c->v, tree, name, expected);
  json_object_put(tree);
}

static void check_refused(const plan_case *c, upsell_status status, const upsell_error *error)
{
  struct json_object *actual = json_object_new_object();

  if (error->code != status || error->message[0] == '\0')
    ck_abort_msg("%s: the details do not fit the status %s", c->v->name,
                 upsell_status_name(status));
  vector_add_text(actual, "code", upsell_status_name(status));
  vector_add_text(actual, "pointer", error->pointer);
  vector_expect(c->v, actual);
}

static void run_plan(const vector *v)
{
  plan_case c = {v, vector_catalog(v), {NULL, 0}, {NULL, 0}, {0}, {{NULL, 0}}};
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;
  upsell_status status;

  vector_keys(v, v->given,
              "catalog catalog_text order order_text acceptance acceptance_text options");
  c.order = vector_document(v, "order", "order_text");
  c.acceptance = vector_document(v, "acceptance", "acceptance_text");
  options_of(&c);
  status = make(&c, &plan, &error);
  if (status) {
    ck_assert_ptr_null(plan);
    check_refused(&c, status, &error);
  } else {
    check_made(&c, plan);
  }
  upsell_plan_free(plan);
  upsell_catalog_free(c.catalog);
  free(c.order.data);
  free(c.acceptance.data);
}

const vector_function vector_plan[] = {
    {"plan", run_plan},
    {NULL, NULL},
};
