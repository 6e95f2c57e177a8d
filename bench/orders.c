/* SPDX-License-Identifier: MIT */
/* Orders as documents, and the same orders as structs. */
#include <stdio.h>
#include <stdlib.h>

#include "workload.h"

enum { LINES_MAX = 5, ID_MAX = 64, DOCUMENT_MAX = 256 + LINES_MAX * 384 };

/* What the lines of an order are. */
typedef enum mixture { ALL_ONE_TIME, ALL_SUBSCRIPTION, MIXED } mixture;

/* Adds `"key":"id",` and gives where the id stands: structs and documents share
 * their ids' bytes. */
static void add_id(text *out, const char *key, const char *id, upsell_str *at)
{
  text_add(out, "\"%s\":\"", key);
  at->data = out->data + out->len;
  text_add(out, "%s", id);
  at->len = (size_t)(out->data + out->len - at->data);
  text_add(out, "\",");
}

static void add_plan(text *out, rng *r, size_t number, upsell_order_line *line)
{
  char id[ID_MAX];

  snprintf(id, sizeof(id), PLAN_ID, rng_below(r, PLAN_COUNT));
  add_id(out, "selling_plan_id", id, &line->selling_plan_id);
  if (rng_chance(r, 50)) {
    snprintf(id, sizeof(id), "gid://shopify/SubscriptionContract/2731%07zu", number);
    add_id(out, "contract_id", id, &line->contract_id);
  }
}

static void add_product(text *out, rng *r, size_t product, upsell_order_line *line)
{
  char id[ID_MAX];

  snprintf(id, sizeof(id), PRODUCT_ID, product);
  add_id(out, "product_id", id, &line->product_id);
  snprintf(id, sizeof(id), VARIANT_ID, product, rng_below(r, workload_variants(product)));
  add_id(out, "variant_id", id, &line->variant_id);
}

static void add_line(const workload *shop, text *out, rng *r, size_t number, int subscription,
                     upsell_order_line *line)
{
  char id[ID_MAX];

  line->size = sizeof(*line);
  text_add(out, "%s{", number % 10 ? "," : "");
  snprintf(id, sizeof(id), "gid://shopify/LineItem/1409%09zu", number);
  add_id(out, "id", id, &line->id);
  add_product(out, r, workload_draw(shop, r, subscription), line);
  if (subscription)
    add_plan(out, r, number, line);
  if (rng_chance(r, 25)) {
    line->has_unit_price = 1;
    line->unit_price = (int64_t)(300 + rng_below(r, 5000));
    text_add(out, "\"unit_price\":\"%d\",", (int)line->unit_price);
  }
  line->quantity = (int32_t)(1 + rng_below(r, 3));
  text_add(out, "\"quantity\":%d}", (int)line->quantity);
}

/* Most orders are small. */
static size_t draw_line_count(rng *r)
{
  static const size_t percent[LINES_MAX] = {60, 84, 93, 97, 100};
  size_t drawn = rng_below(r, 100);
  size_t count = 1;

  while (drawn >= percent[count - 1])
    count++;
  return count;
}

static mixture draw_mixture(rng *r)
{
  size_t drawn = rng_below(r, 100);

  return drawn < 50 ? ALL_ONE_TIME : drawn < 88 ? ALL_SUBSCRIPTION : MIXED;
}

static void add_order(const workload *shop, text *out, rng *r, size_t number, upsell_order *order,
                      upsell_order_line *lines)
{
  mixture lines_are = draw_mixture(r);
  char id[ID_MAX];
  size_t i;

  order->size = sizeof(*order);
  order->lines = lines;
  order->line_count = draw_line_count(r);
  memcpy(order->currency, "JPY", 4);
  text_add(out, "{\"format\":\"upsell.order/1\",");
  snprintf(id, sizeof(id), "gid://shopify/Order/5601%09zu", number);
  add_id(out, "id", id, &order->id);
  text_add(out, "\"currency\":\"JPY\",\"lines\":[");
  for (i = 0; i < order->line_count; i++) {
    int subscription = lines_are == MIXED ? rng_chance(r, 50) : lines_are == ALL_SUBSCRIPTION;
    add_line(shop, out, r, number * 10 + i, subscription, &lines[i]);
  }
  text_add(out, "]}");
}

orders workload_orders(const workload *shop, size_t count)
{
  rng r = {SEED + 1};
  orders all = {0};
  size_t i;

  all.count = count;
  all.begins = need(count + 1, sizeof(*all.begins));
  all.structs = need(count, sizeof(*all.structs));
  all.lines = need(count * LINES_MAX, sizeof(*all.lines));
  text_reserve(&all.documents, count * DOCUMENT_MAX);
  for (i = 0; i < count; i++) {
    all.begins[i] = all.documents.len;
    add_order(shop, &all.documents, &r, i, &all.structs[i], &all.lines[i * LINES_MAX]);
  }
  all.begins[count] = all.documents.len;
  if (all.documents.len > count * DOCUMENT_MAX)
    give_up("orders are longer than was thought");
  return all;
}

void orders_free(orders *all)
{
  text_free(&all->documents);
  free(all->begins);
  free(all->structs);
  free(all->lines);
}
