/* SPDX-License-Identifier: MIT */
/* Vectors on Shopify's payloads as order documents (ADA). */
#include <check.h>
#include <stdlib.h>

#include <upsell/shopify.h>

#include "vectors.h"

/* An order that an adapter made must be one, whatever the catalogue holds. */
static void check_order(const vector *v, const char *text, size_t len)
{
  static const char any_catalog[] =
      "{\"format\":\"upsell.catalog/1\",\"currency\":\"JPY\","
      "\"selling_plans\":[],\"products\":[],\"scenarios\":[]}";
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog;
  upsell_decision *decision;

  ck_assert_int_eq(
      upsell_catalog_new_from_json(any_catalog, sizeof(any_catalog) - 1, &catalog, NULL),
      UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  if (upsell_decide_json(catalog, text, len, 0, decision, &error))
    ck_abort_msg("%s: the order is refused: %s: %s", v->name, error.pointer, error.message);
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
}

/* How ids are written: the default where the case does not say. */
static int32_t ids_of(const vector *v)
{
  static const char *const forms[] = {"numbers", "gids", NULL};

  return vector_find(v->given, "ids") ? vector_name(v, v->given, "ids", forms)
                                                          : 0;
}

static upsell_status adapt(const vector *v, const vector_bytes *text, upsell_text **order,
                           upsell_error *error)
{
  static const char *const payloads[] = {"input_data", "shopify_order", NULL};

  if (vector_name(v, v->given, "from", payloads) == 1)
    return upsell_order_from_input_data(text->data, text->len, ids_of(v), order, error);
  return upsell_order_from_shopify_order(text->data, text->len, ids_of(v), order, error);
}

static void check_made(const vector *v, const upsell_text *order)
{
  size_t len;
  const char *text = upsell_text_data(order, &len);

  vector_keys(v, v->expect, "order");
  vector_same(v, "order", vector_json(vector_get(v, v->expect, "order")), text);
  ck_assert_uint_eq(strlen(text), len);
  check_order(v, text, len);
}

static void check_refused(const vector *v, upsell_status status, const upsell_error *error)
{
  struct json_object *actual = json_object_new_object();

  if (error->code != status || error->message[0] == '\0')
    ck_abort_msg("%s: the details do not fit the status %s", v->name, upsell_status_name(status));
  vector_add_text(actual, "code", upsell_status_name(status));
  vector_add_text(actual, "pointer", error->pointer);
  vector_expect(v, actual);
}

static void run_adapters(const vector *v)
{
  vector source = {v->name, vector_get(v, v->given, "payload"), v->expect};
  vector_bytes text = vector_source(&source);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *order = NULL;
  upsell_status status = adapt(v, &text, &order, &error);

  vector_keys(v, v->given, "from ids payload");
  if (status == UPSELL_OK)
    check_made(v, order);
  else
    check_refused(v, status, &error);
  upsell_text_free(order);
  free(text.data);
}

const vector_function vector_adapters[] = {
    {"adapters", run_adapters},
    {NULL, NULL},
};
