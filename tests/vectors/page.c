/* SPDX-License-Identifier: MIT */
/* Vectors on the offer page: a decision and a request to the bytes of the page (PAG). */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "vectors.h"

/* ---- the request ---- */

static upsell_date date_of(const vector *v, struct json_object *object, const char *key)
{
  upsell_str text = vector_str(v, object, key);
  upsell_date date = {0, 0, 0, 0};
  char end;

  if (sscanf(text.data, "%4d-%2d-%2d%c", &date.year, &date.month, &date.day, &end) != 3)
    ck_abort_msg("%s: %s must be YYYY-MM-DD", v->name, key);
  return date;
}

static upsell_page_request request_of(const vector *v)
{
  static const char *const locales[] = {"ja", "en", NULL};
  static const char *const styles[] = {"iso", "yen_sign", "yen_word", NULL};
  struct json_object *given = vector_find(v->given, "request");
  upsell_page_request request = {0};

  request.size = sizeof(request);
  if (!given)
    return request;
  vector_keys(v, given, "quantity selling_plan_id locale money anchor later_charges");
  if (vector_find(given, "quantity"))
    request.quantity = vector_int32(v, given, "quantity");
  if (vector_find(given, "selling_plan_id"))
    request.selling_plan_id = vector_str(v, given, "selling_plan_id");
  if (vector_find(given, "locale"))
    request.locale = vector_name(v, given, "locale", locales);
  if (vector_find(given, "money"))
    request.money_style = vector_name(v, given, "money", styles);
  if (vector_find(given, "anchor"))
    request.anchor = date_of(v, given, "anchor");
  if (vector_find(given, "later_charges"))
    request.later_charges = vector_int32(v, given, "later_charges");
  return request;
}

/* ---- running ---- */

/* Makes the page twice: a decision is only read. */
static void check_page(const vector *v, const upsell_decision *decision)
{
  upsell_page_request request = request_of(v);
  struct json_object *refusal;
  int i;

  for (i = 0; i < 2; i++) {
    upsell_error error = UPSELL_ERROR_INIT;
    upsell_text *page = NULL;
    size_t len = 0;
    upsell_status status = upsell_page_make(decision, &request, &page, &error);
    if (!status) {
      vector_same(v, "page", vector_json(v->expect), upsell_text_data(page, &len));
      ck_assert_uint_eq(len, strlen(upsell_text_data(page, NULL)));
      upsell_text_free(page);
      continue;
    }
    ck_assert_ptr_null(page);
    ck_assert_int_eq(error.code, status);
    refusal = json_object_new_object();
    vector_add_text(refusal, "code", upsell_status_name(status));
    vector_add_text(refusal, "pointer", error.pointer);
    vector_expect(v, refusal);
  }
}

static void page_of_order(const vector *v, const upsell_catalog *catalog)
{
  vector_bytes order = vector_document(v, "order", "");
  upsell_decision *decision = NULL;
  upsell_batch *batch = NULL;

  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  ck_assert_int_eq(upsell_batch_new(&batch), UPSELL_OK);
  ck_assert_int_eq(upsell_decide_json(catalog, order.data, order.len, 0, decision, NULL),
                   UPSELL_OK);
  ck_assert_int_eq(
      upsell_batch_decide(batch, catalog, UPSELL_ORDERS_JSON, order.data, order.len, 0, NULL),
      UPSELL_OK);
  free(order.data);
  check_page(v, decision);
  check_page(v, upsell_batch_decision(batch));
  upsell_batch_free(batch);
  upsell_decision_free(decision);
}

static void page_of_preview(const vector *v, const upsell_catalog *catalog)
{
  upsell_decision *decision = NULL;

  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  ck_assert_int_eq(
      upsell_preview(catalog, (size_t)vector_int(v, v->given, "preview"), decision, NULL),
      UPSELL_OK);
  check_page(v, decision);
  upsell_decision_free(decision);
}

static void run_page(const vector *v)
{
  upsell_catalog *catalog = vector_catalog(v);

  vector_keys(v, v->given, "catalog order preview request");
  if (vector_find(v->given, "preview"))
    page_of_preview(v, catalog);
  else
    page_of_order(v, catalog);
  upsell_catalog_free(catalog);
}

const vector_function vector_page[] = {
    {"page", run_page},
    {NULL, NULL},
};
