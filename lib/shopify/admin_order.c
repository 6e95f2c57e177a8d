/* SPDX-License-Identifier: MIT */
#include "shopify/admin_order.h"

#include <upsell/shopify.h>

#include "model/values.h"

/* No personal data but the country of the address: that there is one is what counts. */
static const char query[] =
    "query UpsellOrder($id: ID!) {\n"
    "  order(id: $id) {\n"
    "    id\n"
    "    currencyCode\n"
    "    presentmentCurrencyCode\n"
    "    shippingAddress { countryCodeV2 }\n"
    "    lineItems(first: 250) {\n"
    "      pageInfo { hasNextPage }\n"
    "      nodes {\n"
    "        id\n"
    "        quantity\n"
    "        currentQuantity\n"
    "        product { id }\n"
    "        variant { id }\n"
    "        discountedTotalSet { shopMoney { amount currencyCode } }\n"
    "        sellingPlan { sellingPlanId }\n"
    "        contract { id }\n"
    "      }\n"
    "    }\n"
    "  }\n"
    "}\n";

const char *upsell_shopify_order_query(void)
{
  return query;
}

/* ---- a line ---- */

/* The digits of an object's id at `key`; absent where the object is null. */
static int read_object_id(const upsell__payload *payload, const upsell__spot *node, const char *key,
                          const char *type, upsell_str *digits)
{
  upsell__spot object = upsell__spot_key(node, key);
  upsell__spot id = upsell__spot_key(&object, "id");
  int is_null;

  if (!upsell__payload_object_or_null(payload, &object, &is_null))
    return 0;
  return is_null || upsell__payload_shopify_id(payload, &id, type, digits);
}

static int read_contract(const upsell__payload *payload, const upsell__spot *node,
                         upsell_order_line *line)
{
  upsell__spot contract = upsell__spot_key(node, "contract");
  upsell__spot id = upsell__spot_key(&contract, "id");
  int is_null;

  if (!upsell__payload_object_or_null(payload, &contract, &is_null))
    return 0;
  return is_null || upsell__payload_gid(payload, &id, "SubscriptionContract", &line->contract_id);
}

/* A plan that is not known any more leaves a subscription line all the same, and so
 * does a contract (ADA-7). */
static int read_plan(const upsell__payload *payload, const upsell__spot *node,
                     upsell_order_line *line)
{
  upsell__spot plan = upsell__spot_key(node, "sellingPlan");
  upsell__spot id = upsell__spot_key(&plan, "sellingPlanId");
  int is_null;

  if (!upsell__payload_object_or_null(payload, &plan, &is_null))
    return 0;
  if (!is_null && upsell__value_present(id.value))
    return upsell__payload_shopify_id(payload, &id, "SellingPlan", &line->selling_plan_id);
  if (!is_null || line->contract_id.data)
    line->selling_plan_id = line->id;
  return 1;
}

static int read_paid(const upsell__payload *payload, const upsell__spot *node,
                     upsell_order_line *line)
{
  upsell__spot ordered = upsell__spot_key(node, "quantity");
  upsell__spot bag = upsell__spot_key(node, "discountedTotalSet");
  upsell__spot shop = upsell__spot_key(&bag, "shopMoney");
  int64_t units;
  int64_t total;

  if (!upsell__payload_integer(payload, &ordered, line->quantity, INT32_MAX, &units) ||
      !upsell__payload_kind(payload, &bag, UPSELL__JSON_OBJECT, "An object") ||
      !upsell__payload_money(payload, &shop, &total))
    return 0;
  upsell__line_set_paid(line, total, units);
  return 1;
}

static int read_line(const upsell__payload *payload, const upsell__spot *node,
                     upsell_order_line *line)
{
  upsell__spot id = upsell__spot_key(node, "id");

  line->size = sizeof(*line);
  if (!upsell__payload_gid(payload, &id, "LineItem", &line->id) ||
      !read_object_id(payload, node, "product", "Product", &line->product_id) ||
      !read_object_id(payload, node, "variant", "ProductVariant", &line->variant_id) ||
      !read_paid(payload, node, line) || !read_contract(payload, node, line) ||
      !read_plan(payload, node, line))
    return 0;
  if (!line->product_id.data)
    line->product_id = line->id;
  return 1;
}

/* ---- the lines ---- */

/* With at most 1000 lines, pairs are compared faster than any table is filled. */
static int is_new(const upsell__payload *payload, const upsell__spot *node,
                  const upsell_order_line *lines, size_t count)
{
  upsell__spot id = upsell__spot_key(node, "id");
  size_t i;

  for (i = 0; i < count; i++) {
    if (upsell__str_equal(lines[i].id, lines[count].id)) {
      upsell__report(payload->sink, UPSELL_DUPLICATE_ID, upsell__spot_path(&id),
                     "This line item stands twice in the order.");
      return 0;
    }
  }
  return 1;
}

static int bad_count(const upsell__payload *payload, const upsell__spot *nodes, const char *found)
{
  upsell__report(payload->sink, UPSELL_BAD_COUNT, upsell__spot_path(nodes),
                 "An order with 1 to %d lines that were not removed was expected, found %s.",
                 UPSELL_ORDER_LINES_MAX, found);
  return 0;
}

/* Reads the lines that are left of the order into `lines`, of which there is room for
 * the most an order may have, or for all there are. */
static int read_nodes(const upsell__payload *payload, const upsell__spot *nodes,
                      upsell_order_line *lines, size_t *count)
{
  const upsell__value *node;
  size_t index = 0;

  *count = 0;
  for (node = nodes->value->first; node; node = node->next, index++) {
    upsell__spot spot = upsell__spot_item(nodes, index, node);
    upsell__spot left = upsell__spot_key(&spot, "currentQuantity");
    int64_t quantity;
    if (!upsell__payload_kind(payload, &spot, UPSELL__JSON_OBJECT, "An object") ||
        !upsell__payload_integer(payload, &left, 0, UPSELL_QUANTITY_MAX, &quantity))
      return 0;
    if (quantity == 0)
      continue;
    if (*count == UPSELL_ORDER_LINES_MAX)
      return bad_count(payload, nodes, "more");
    lines[*count].quantity = (int32_t)quantity;
    if (!read_line(payload, &spot, &lines[*count]) || !is_new(payload, &spot, lines, *count))
      return 0;
    ++*count;
  }
  return *count || bad_count(payload, nodes, "none");
}

/* A page that is not the last would leave items unseen. */
static int is_complete(const upsell__payload *payload, const upsell__spot *items)
{
  upsell__spot page = upsell__spot_key(items, "pageInfo");
  upsell__spot more = upsell__spot_key(&page, "hasNextPage");

  if (!upsell__payload_kind(payload, &page, UPSELL__JSON_OBJECT, "An object"))
    return 0;
  if (!more.value || more.value->kind != UPSELL__JSON_TRUE)
    return upsell__payload_kind(payload, &more, UPSELL__JSON_FALSE, "true or false");
  upsell__report(payload->sink, UPSELL_BAD_COUNT, upsell__spot_path(&more),
                 "The order has more lines than were read; read all of them.");
  return 0;
}

static int read_lines(const upsell__payload *payload, const upsell__spot *items,
                      upsell_order *order)
{
  upsell__spot nodes = upsell__spot_key(items, "nodes");
  upsell_order_line *lines;
  size_t room;

  if (!upsell__payload_kind(payload, items, UPSELL__JSON_OBJECT, "An object") ||
      !is_complete(payload, items) ||
      !upsell__payload_kind(payload, &nodes, UPSELL__JSON_ARRAY, "An array"))
    return 0;
  room = nodes.value->count;
  if (room > UPSELL_ORDER_LINES_MAX)
    room = UPSELL_ORDER_LINES_MAX;
  lines = upsell__arena_alloc(payload->arena, room, sizeof(*lines));
  if (!lines) {
    upsell__report_no_memory(payload->sink);
    return 0;
  }
  order->lines = lines;
  return read_nodes(payload, &nodes, lines, &order->line_count);
}

/* ---- the order ---- */

static int read_order(upsell__payload *payload, const upsell__spot *object, upsell_order *order)
{
  upsell__spot id = upsell__spot_key(object, "id");
  upsell__spot currency = upsell__spot_key(object, "currencyCode");
  upsell__spot presentment = upsell__spot_key(object, "presentmentCurrencyCode");
  upsell__spot address = upsell__spot_key(object, "shippingAddress");
  upsell__spot items = upsell__spot_key(object, "lineItems");
  int no_address;

  order->size = sizeof(*order);
  if (!upsell__payload_gid(payload, &id, "Order", &order->id) ||
      !upsell__payload_currency(payload, &currency, order) ||
      !upsell__payload_same_currency(payload, &presentment) ||
      !upsell__payload_object_or_null(payload, &address, &no_address))
    return 0;
  order->has_shipping_address = no_address ? UPSELL_NO : UPSELL_YES;
  return read_lines(payload, &items, order);
}

/* An answer with errors may lack anything, however whole it looks. */
static int has_no_errors(const upsell__payload *payload, const upsell__spot *document)
{
  upsell__spot errors = upsell__spot_key(document, "errors");
  const upsell__value *message;
  char found[UPSELL__QUOTE_SIZE] = "no message";

  if (!upsell__value_present(errors.value) ||
      (errors.value->kind == UPSELL__JSON_ARRAY && errors.value->count == 0))
    return 1;
  message = upsell__value_at(errors.value, (upsell_str)UPSELL_STR("/0/message"));
  if (message && message->kind == UPSELL__JSON_STRING)
    upsell__quote(message->text, found);
  upsell__report(payload->sink, UPSELL_BAD_VALUE, upsell__spot_path(&errors),
                 "An answer without errors was expected, found %s.", found);
  return 0;
}

/* Reads the order at the key `order` of an answer's data. */
static int read_data(upsell__payload *payload, const upsell__spot *data, upsell_order *order)
{
  upsell__spot object = upsell__spot_key(data, "order");

  if (object.value && object.value->kind == UPSELL__JSON_NULL) {
    upsell__report(payload->sink, UPSELL_WRONG_TYPE, upsell__spot_path(&object),
                   "An order was expected, found null: there is none with this id, or the app may "
                   "not read it.");
    return 0;
  }
  return upsell__payload_kind(payload, &object, UPSELL__JSON_OBJECT, "An object") &&
         read_order(payload, &object, order);
}

int upsell__admin_order_read(upsell__payload *payload, const upsell__value *root,
                             upsell_order *order)
{
  upsell__spot document = upsell__spot_document(root);
  upsell__spot data = upsell__spot_key(&document, "data");

  if (!upsell__payload_kind(payload, &document, UPSELL__JSON_OBJECT, "An object") ||
      !has_no_errors(payload, &document))
    return 0;
  if (data.value)
    return upsell__payload_kind(payload, &data, UPSELL__JSON_OBJECT, "An object") &&
           read_data(payload, &data, order);
  if (upsell__value_member(root, "order") || !upsell__value_member(root, "lineItems"))
    return read_data(payload, &document, order);
  return read_order(payload, &document, order);
}
