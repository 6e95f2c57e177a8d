/* SPDX-License-Identifier: MIT */
/* Plans from text: an order and an acceptance (PLN-2). */
#include "codec/amounts.h"
#include "codec/fields.h"
#include "codec/order_json.h"
#include "model/catalog.h"
#include "money/currency.h"
#include "shopify/plan.h"

#define REQ UPSELL__REQUIRED
#define OR_NULL UPSELL__NULLABLE
#define ACCEPTANCE upsell_acceptance

static const upsell__field acceptance_fields[] = {
    UPSELL__FIELD("scenario_id", UPSELL__FIELD_ID, REQ, ACCEPTANCE, scenario_id),
    UPSELL__FIELD_WITH("quantity", UPSELL__FIELD_INTEGER, REQ, ACCEPTANCE, quantity, 0, 1,
                       UPSELL_QUANTITY_MAX, NULL),
    UPSELL__FIELD("selling_plan_id", UPSELL__FIELD_ID, OR_NULL, ACCEPTANCE, selling_plan_id),
    UPSELL__FIELD_WITH("total", UPSELL__FIELD_AMOUNT, OR_NULL, ACCEPTANCE, total,
                       (uint16_t)offsetof(ACCEPTANCE, has_total), 0, 0, NULL),
};
static const upsell__object acceptance_object =
    UPSELL__OBJECT("an acceptance", acceptance_fields, 0, ACCEPTANCE, 1, NULL);

static upsell_status read_acceptance(const char *text, size_t len, const upsell_currency *currency,
                                     upsell__arena *arena, ACCEPTANCE *acceptance,
                                     upsell__sink *sink)
{
  if (upsell__document_read(text, len, &acceptance_object, acceptance, sink, arena) &&
      acceptance->has_total)
    upsell__amount_settle(sink, NULL, "total", currency, &acceptance->total);
  return sink->status;
}

static upsell_status make(const upsell_catalog *catalog, upsell_str order_text,
                          upsell_str acceptance_text, const upsell_plan_options *options,
                          upsell_plan **plan, upsell__arena *arena, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  upsell_order order;
  ACCEPTANCE acceptance;
  upsell__plan_inputs inputs = {catalog, &order, &acceptance, options, 1};

  memset(&acceptance, 0, sizeof(acceptance));
  if (upsell__order_read(order_text.data, order_text.len, &sink, arena, &order))
    upsell__plan_blame(error, "order");
  else if (read_acceptance(acceptance_text.data, acceptance_text.len, &catalog->currency, arena,
                           &acceptance, &sink))
    upsell__plan_blame(error, "acceptance");
  return sink.status ? sink.status : upsell__plan_make(&inputs, plan, error);
}

upsell_status upsell_plan_make_json(const upsell_catalog *catalog, const char *order,
                                    size_t order_len, const char *acceptance, size_t acceptance_len,
                                    const upsell_plan_options *options, upsell_plan **plan,
                                    upsell_error *error)
{
  upsell_str order_text = {order, order_len};
  upsell_str acceptance_text = {acceptance, acceptance_len};
  upsell__arena arena = {NULL, NULL, 0, 0};
  upsell_status status;

  if (!catalog || !order || !acceptance || !plan) {
    upsell__error_set(error, UPSELL_INVALID_ARGUMENT, "", -1,
                      "A catalogue, two texts and a place for the plan were expected; one of them "
                      "is NULL.");
    return UPSELL_INVALID_ARGUMENT;
  }
  status = make(catalog, order_text, acceptance_text, options, plan, &arena, error);
  upsell__arena_free(&arena);
  return status;
}
