/* SPDX-License-Identifier: MIT */
#include "shopify/input_data.h"

#include <stdio.h>

/* Whether the buyer paid in the order's currency (ADA-3). */
static int paid_in_currency(const upsell__payload *payload, const upsell__spot *bag)
{
  upsell__spot presentment = upsell__spot_key(bag, "presentmentMoney");
  upsell__spot currency = upsell__spot_key(&presentment, "currencyCode");

  return upsell__payload_kind(payload, &presentment, UPSELL__JSON_OBJECT, "An object") &&
         upsell__payload_same_currency(payload, &currency);
}

static int read_bag(const upsell__payload *payload, const upsell__spot *bag, int64_t *amount)
{
  upsell__spot shop = upsell__spot_key(bag, "shopMoney");

  return upsell__payload_kind(payload, bag, UPSELL__JSON_OBJECT, "An object") &&
         upsell__payload_money(payload, &shop, amount) && paid_in_currency(payload, bag);
}

/* A product that the shop does not have gets the line's own id, which no catalogue
 * knows: the line must still count as another item (ADA-7). */
static int read_product(const upsell__payload *payload, const upsell__spot *item,
                        upsell_order_line *line)
{
  upsell__spot product = upsell__spot_key(item, "product");
  upsell__spot id = upsell__spot_key(&product, "id");
  upsell__spot variant = upsell__spot_key(&product, "variant");
  upsell__spot variant_id = upsell__spot_key(&variant, "id");
  int is_null;

  if (!upsell__payload_object_or_null(payload, &product, &is_null))
    return 0;
  if (is_null) {
    line->product_id = line->id;
    return 1;
  }
  if (!upsell__payload_shopify_id(payload, &id, "Product", &line->product_id))
    return 0;
  if (!upsell__value_present(variant.value))
    return 1;
  return upsell__payload_kind(payload, &variant, UPSELL__JSON_OBJECT, "An object or null") &&
         upsell__payload_shopify_id(payload, &variant_id, "ProductVariant", &line->variant_id);
}

/* InputData has no ids of lines; they get their numbers, from 1. */
static int name_line(const upsell__payload *payload, size_t index, upsell_order_line *line)
{
  char text[32];
  upsell_str id = {text, (size_t)snprintf(text, sizeof(text), "input-%zu", index + 1)};

  if (upsell__arena_copy(payload->arena, id, &line->id))
    return 1;
  upsell__report_no_memory(payload->sink);
  return 0;
}

static int read_line(const upsell__payload *payload, const upsell__spot *item, size_t index,
                     upsell_order_line *line)
{
  upsell__spot quantity = upsell__spot_key(item, "quantity");
  upsell__spot bag = upsell__spot_key(item, "totalPriceSet");
  upsell__spot plan = upsell__spot_key(item, "sellingPlanId");
  int64_t units;
  int64_t total;

  line->size = sizeof(*line);
  if (!upsell__payload_kind(payload, item, UPSELL__JSON_OBJECT, "An object") ||
      !name_line(payload, index, line) || !read_product(payload, item, line) ||
      !upsell__payload_integer(payload, &quantity, 1, UPSELL_QUANTITY_MAX, &units) ||
      !read_bag(payload, &bag, &total))
    return 0;
  line->quantity = (int32_t)units;
  upsell__line_set_paid(line, total, units);
  return !upsell__value_present(plan.value) ||
         upsell__payload_shopify_id(payload, &plan, "SellingPlan", &line->selling_plan_id);
}

static int read_lines(const upsell__payload *payload, const upsell__spot *items,
                      upsell_order *order)
{
  const upsell__value *item;
  upsell_order_line *lines;
  size_t index = 0;

  if (!upsell__payload_kind(payload, items, UPSELL__JSON_ARRAY, "An array"))
    return 0;
  if (items->value->count < 1 || items->value->count > UPSELL_ORDER_LINES_MAX) {
    upsell__report(payload->sink, UPSELL_BAD_COUNT, upsell__spot_path(items),
                   "A purchase of 1 to %d lines was expected, found %u.", UPSELL_ORDER_LINES_MAX,
                   (unsigned)items->value->count);
    return 0;
  }
  lines = upsell__arena_alloc(payload->arena, items->value->count, sizeof(*lines));
  if (!lines) {
    upsell__report_no_memory(payload->sink);
    return 0;
  }
  for (item = items->value->first; item; item = item->next, index++) {
    upsell__spot spot = upsell__spot_item(items, index, item);
    if (!read_line(payload, &spot, index, &lines[index]))
      return 0;
  }
  order->lines = lines;
  order->line_count = index;
  return 1;
}

/* Without a country nothing is known of a destination: an offer that needs one must
 * not be made (ADA-5). */
static int read_destination(const upsell__payload *payload, const upsell__spot *purchase,
                            upsell_order *order)
{
  upsell__spot country = upsell__spot_key(purchase, "destinationCountryCode");

  order->has_shipping_address = UPSELL_NO;
  if (!upsell__value_present(country.value))
    return 1;
  if (!upsell__payload_kind(payload, &country, UPSELL__JSON_STRING, "A country's code or null"))
    return 0;
  if (country.value->text.len)
    order->has_shipping_address = UPSELL_YES;
  return 1;
}

static int read_purchase(upsell__payload *payload, const upsell__spot *purchase,
                         upsell_order *order)
{
  upsell__spot id = upsell__spot_key(purchase, "referenceId");
  upsell__spot bag = upsell__spot_key(purchase, "totalPriceSet");
  upsell__spot shop = upsell__spot_key(&bag, "shopMoney");
  upsell__spot currency = upsell__spot_key(&shop, "currencyCode");
  upsell__spot items = upsell__spot_key(purchase, "lineItems");

  order->size = sizeof(*order);
  return upsell__payload_id(payload, &id, &order->id) &&
         upsell__payload_kind(payload, &bag, UPSELL__JSON_OBJECT, "An object") &&
         upsell__payload_kind(payload, &shop, UPSELL__JSON_OBJECT, "An object") &&
         upsell__payload_currency(payload, &currency, order) && paid_in_currency(payload, &bag) &&
         read_destination(payload, purchase, order) && read_lines(payload, &items, order);
}

int upsell__input_data_read(upsell__payload *payload, const upsell__value *root,
                            upsell_order *order)
{
  upsell__spot document = upsell__spot_document(root);
  upsell__spot purchase = upsell__spot_key(&document, "initialPurchase");

  if (!upsell__payload_kind(payload, &document, UPSELL__JSON_OBJECT, "An object"))
    return 0;
  if (!purchase.value && upsell__value_member(root, "referenceId"))
    return read_purchase(payload, &document, order);
  return upsell__payload_kind(payload, &purchase, UPSELL__JSON_OBJECT, "An object") &&
         read_purchase(payload, &purchase, order);
}
