/* SPDX-License-Identifier: MIT */
/* The public functions from Shopify's payloads to orders (ADA-1). */
#include <upsell/shopify.h>

#include "shopify/admin_order.h"
#include "shopify/input_data.h"
#include "base/text.h"
#include "shopify/order_text.h"

typedef int payload_reader(upsell__payload *payload, const upsell__value *root,
                           upsell_order *order);

static upsell_text *write_order(const upsell_order *order, int32_t decimals, upsell__sink *sink)
{
  upsell__buffer buffer = {0};
  upsell_text *text;

  upsell__order_write(&buffer, order, decimals);
  text = upsell__text_new(&buffer);
  if (!text)
    upsell__report_no_memory(sink);
  return text;
}

static upsell_status adapt(const char *payload_text, size_t len, int32_t ids, payload_reader *read,
                           upsell_text **text, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  upsell__arena arena = {0};
  upsell__payload payload = {&arena, &sink, NULL, ids == UPSELL_IDS_GIDS};
  const upsell__value *root;
  upsell_text *made = NULL;
  upsell_order order = {0};

  if (!payload_text || !text || ids < 0 || ids > UPSELL_IDS_GIDS) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL,
                   "The text and `order` must not be NULL, and `ids` must be 0 or one of enum "
                   "upsell_id_form.");
    return sink.status;
  }
  if (!upsell__value_read(payload_text, len, &arena, &root, &sink) && read(&payload, root, &order))
    made = write_order(&order, payload.currency->decimals, &sink);
  upsell__arena_free(&arena);
  if (made)
    *text = made;
  return sink.status;
}

upsell_status upsell_order_from_input_data(const char *input, size_t len, int32_t ids,
                                           upsell_text **order, upsell_error *error)
{
  return adapt(input, len, ids, upsell__input_data_read, order, error);
}

upsell_status upsell_order_from_shopify_order(const char *answer, size_t len, int32_t ids,
                                              upsell_text **order, upsell_error *error)
{
  return adapt(answer, len, ids, upsell__admin_order_read, order, error);
}
