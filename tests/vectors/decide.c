/* SPDX-License-Identifier: MIT */
/* Vectors on whole decisions: catalogue and order to the bytes of the decision
 * (DEC, TGT, PRC, OUT). */
#include <check.h>
#include <stdlib.h>

#include "vectors.h"

typedef struct decide_case {
  const vector *v;
  vector_bytes order;
  upsell_catalog *catalog;
} decide_case;

/* The decision's text, owned by `decision`. */
static const char *decide(const decide_case *c, uint32_t flags, upsell_decision *decision)
{
  upsell_error error = UPSELL_ERROR_INIT;
  const char *text = NULL;
  size_t len = 0;

  if (upsell_decide_json(c->catalog, c->order.data, c->order.len, flags, decision, &error))
    ck_abort_msg("%s: the order is refused: %s: %s", c->v->name, error.pointer, error.message);
  ck_assert_int_eq(upsell_decision_to_json(decision, &text, &len), UPSELL_OK);
  ck_assert_uint_eq(len, strlen(text));
  return text;
}

/* A decision with an empty "considered", which is all that explaining adds. */
static struct json_object *unexplained(const vector *v, const char *text)
{
  struct json_object *tree = NULL;
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};

  if (upsell__tree_read(text, strlen(text), &tree, &sink))
    ck_abort_msg("%s: the decision is not JSON: %s", v->name, text);
  /* The key keeps its place. */
  json_object_object_add(tree, "considered", json_object_new_array());
  return tree;
}

/* Explaining or not, the decision is the same but for "considered" (CLI-1). */
static void check_other_way(const decide_case *c, const char *expected, uint32_t flags,
                            upsell_decision *decision)
{
  struct json_object *wanted = unexplained(c->v, expected);
  struct json_object *actual = unexplained(c->v, decide(c, flags, decision));

  vector_same(c->v, flags ? "explained" : "not explained", vector_json(wanted),
              vector_json(actual));
  json_object_put(wanted);
  json_object_put(actual);
}

static void run_decide(const vector *v)
{
  struct json_object *explain = vector_find(v->given, "explain");
  uint32_t flags = explain && !json_object_get_boolean(explain) ? 0 : UPSELL_DECIDE_EXPLAIN;
  const char *expected = vector_json(v->expect);
  decide_case c = {v, vector_document(v, "order", "order_text"), vector_catalog(v)};
  upsell_decision *reused;
  upsell_decision *fresh;

  vector_keys(v, v->given, "catalog catalog_text order order_text explain");
  ck_assert_int_eq(upsell_decision_new(&reused), UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&fresh), UPSELL_OK);
  vector_same(v, "first decision", expected, decide(&c, flags, reused));
  check_other_way(&c, expected, flags ^ UPSELL_DECIDE_EXPLAIN, reused);
  vector_same(v, "reused decision", expected, decide(&c, flags, reused));
  vector_same(v, "fresh decision", expected, decide(&c, flags, fresh));
  vector_batch(v, c.catalog, &c.order, flags);
  vector_batch(v, c.catalog, &c.order, flags ^ UPSELL_DECIDE_EXPLAIN);
  upsell_decision_free(reused);
  upsell_decision_free(fresh);
  upsell_catalog_free(c.catalog);
  free(c.order.data);
}

const vector_function vector_decide[] = {
    {"decide", run_decide},
    {NULL, NULL},
};
