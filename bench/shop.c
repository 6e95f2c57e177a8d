/* SPDX-License-Identifier: MIT */
/* A catalogue's document. */
#include "workload.h"

static const struct {
  const char *interval;
  int count;
  const char *pricing;
} plans[PLAN_COUNT] = {
    {"month", 1, "{\"after_cycle\":0,\"type\":\"percentage\",\"value\":\"10\"}"},
    {"month", 2, "{\"after_cycle\":0,\"type\":\"percentage\",\"value\":\"8\"}"},
    {"month", 3, "{\"after_cycle\":0,\"type\":\"percentage\",\"value\":\"12.5\"}"},
    {"week", 1, "{\"after_cycle\":0,\"type\":\"fixed_amount\",\"value\":\"100\"}"},
    {"week", 2,
     "{\"after_cycle\":0,\"type\":\"percentage\",\"value\":\"50\"},"
     "{\"after_cycle\":1,\"type\":\"percentage\",\"value\":\"10\"},"
     "{\"after_cycle\":6,\"type\":\"percentage\",\"value\":\"15\"}"},
    {"week", 4, "{\"after_cycle\":0,\"type\":\"percentage\",\"value\":\"9\"}"},
    {"day", 10, ""},
    {"day", 45, "{\"after_cycle\":2,\"type\":\"percentage\",\"value\":\"5\"}"},
};

static const char *const titles[] = {
    "ご注文ありがとうございます",
    "ご一緒にいかがですか",
    "いまだけの特別なご案内です",
    "定期便に追加できます",
};

static const char *const descriptions[] = {
    "定期便といっしょにお届けします。送料はかかりません。",
    "人気の茶葉を、はじめての方にもお求めやすい価格でご用意しました。",
    "茶葉の香りをそのままに。毎月の定期便なら、いつでも変更や解約ができます。",
    "ご注文の商品とよく合う、季節限定のお菓子です。",
};

static const char *comma(size_t index)
{
  return index ? "," : "";
}

static void add_plans(text *out)
{
  size_t i;

  text_add(out, "\"selling_plans\":[");
  for (i = 0; i < PLAN_COUNT; i++)
    text_add(out,
             "%s{\"id\":\"" PLAN_ID
             "\",\"name\":\"定期便\",\"billing\":{\"interval\":\"%s\","
             "\"count\":%d},\"pricing\":[%s]}",
             comma(i), i, plans[i].interval, plans[i].count, plans[i].pricing);
  text_add(out, "],");
}

static void add_variant(text *out, rng *r, size_t product, size_t variant)
{
  text_add(out, "%s{\"id\":\"" VARIANT_ID "\",\"title\":\"%zug\",\"price\":\"%zu\",\"available\":",
           comma(variant), product, variant, 50 * (variant + 1), 300 + rng_below(r, 5000));
  if (rng_chance(r, 30))
    text_add(out, "%zu}", rng_below(r, 100));
  else
    text_add(out, "null}");
}

static void add_product(text *out, rng *r, size_t product)
{
  size_t i;

  text_add(out, "%s{\"id\":\"" PRODUCT_ID "\",\"title\":\"煎茶 %zu\",", comma(product), product,
           product);
  if (rng_chance(r, 2))
    text_add(out, "\"requires_shipping\":false,");
  if (rng_chance(r, 2))
    text_add(out, "\"requires_selling_plan\":true,");
  text_add(out, "\"variants\":[");
  for (i = 0; i < workload_variants(product); i++)
    add_variant(out, r, product, i);
  text_add(out, "]}");
}

/* Products that the catalogue lists: those on offer. Triggers may name others. */
static size_t listed_products(const workload *shop)
{
  return shop->strict ? 50 : shop->scenarios / 4;
}

static void add_products(const workload *shop, text *out, rng *r)
{
  size_t i;

  text_add(out, "\"products\":[");
  for (i = 0; i < listed_products(shop); i++)
    add_product(out, r, i);
  text_add(out, "],");
}

/* Some plans, none twice; each has a cycle of its own. */
static void add_plan_ids(text *out, rng *r, size_t count)
{
  size_t first = rng_below(r, PLAN_COUNT);
  size_t i;

  text_add(out, ",\"selling_plan_ids\":[");
  for (i = 0; i < count; i++)
    text_add(out, "%s\"" PLAN_ID "\"", comma(i), (first + i) % PLAN_COUNT);
  text_add(out, "]");
}

static void add_trigger(const workload *shop, text *out, rng *r, int subscription)
{
  size_t count = 1 + rng_below(r, 4);
  size_t i;

  text_add(out, "\"trigger\":{\"kind\":\"%s\",%s\"products\":[",
           subscription ? "subscription" : "one_time",
           shop->strict || rng_chance(r, 20) ? "\"other_items\":\"deny\"," : "");
  for (i = 0; i < count; i++) {
    size_t product = workload_draw(shop, r, subscription);
    text_add(out, "%s{\"product_id\":\"" PRODUCT_ID "\"", comma(i), product);
    if (rng_chance(r, 10))
      text_add(out, ",\"variant_ids\":[\"" VARIANT_ID "\"]", product,
               rng_below(r, workload_variants(product)));
    if (subscription && rng_chance(r, 8))
      add_plan_ids(out, r, 3);
    text_add(out, "}");
  }
  text_add(out, "]},");
}

static void add_discount(text *out, rng *r)
{
  size_t way = rng_below(r, 100);

  if (way < 70)
    text_add(out, ",\"discount\":{\"type\":\"percentage\",\"value\":\"%zu\"}",
             5 + rng_below(r, 26));
  else if (way < 85)
    text_add(out, ",\"discount\":{\"type\":\"fixed_amount\",\"value\":\"%zu\"}",
             50 + rng_below(r, 200));
}

static void add_offer(const workload *shop, text *out, rng *r)
{
  size_t product = rng_below(r, listed_products(shop));
  int subscription = rng_chance(r, 45);

  text_add(out,
           "\"offer\":{\"kind\":\"%s\",\"product_id\":\"" PRODUCT_ID
           "\",\"variant_id\":\"" VARIANT_ID "\"",
           subscription ? "subscription" : "one_time", product, product,
           rng_below(r, workload_variants(product)));
  if (subscription)
    add_plan_ids(out, r, 2 + rng_below(r, 3));
  add_discount(out, r);
  if (rng_chance(r, 15))
    text_add(out, ",\"quantity\":{\"default\":1,\"max\":5,\"adjustable\":true}");
  text_add(out, "}");
}

static void add_page(text *out, rng *r)
{
  if (!rng_chance(r, 35))
    return;
  text_add(out, ",\"page\":{\"title\":\"%s\",\"description\":{\"text\":\"%s\"}",
           titles[rng_below(r, 4)], descriptions[rng_below(r, 4)]);
  if (rng_chance(r, 30))
    text_add(out, ",\"timer\":{\"enabled\":true,\"seconds\":%zu,\"text\":\"残り時間\"}",
             60 + rng_below(r, 540));
  text_add(out, "}");
}

static void add_scenario(const workload *shop, text *out, rng *r, size_t number)
{
  text_add(out, "%s{\"id\":\"s-%06zu\",\"name\":\"ご案内%zu\",\"status\":\"%s\",\"priority\":%zu,",
           comma(number), number, number, rng_chance(r, 3) ? "draft" : "published",
           rng_below(r, 1000));
  add_trigger(shop, out, r, rng_chance(r, 50));
  add_offer(shop, out, r);
  add_page(out, r);
  text_add(out, "}");
}

void workload_catalog(const workload *shop, text *out)
{
  rng r = {SEED};
  size_t i;

  text_add(out,
           "{\"format\":\"upsell.catalog/1\",\"currency\":\"JPY\",\"store\":{\"plan\":"
           "\"enterprise\",\"post_purchase_app\":true,\"one_time_to_one_time\":true},");
  add_plans(out);
  add_products(shop, out, &r);
  text_add(out, "\"scenarios\":[");
  for (i = 0; i < shop->scenarios; i++)
    add_scenario(shop, out, &r, i);
  text_add(out, "]}");
}
