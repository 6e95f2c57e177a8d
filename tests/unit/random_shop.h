/* SPDX-License-Identifier: MIT */
/* Random valid catalogues and orders in structs, small enough to meet often. */
#ifndef UPSELL_TESTS_RANDOM_SHOP_H
#define UPSELL_TESTS_RANDOM_SHOP_H

#include <upsell/upsell.h>

#include "random.h"

enum { SHOP_PLANS = 5, SHOP_PRODUCTS = 3, SHOP_VARIANTS = 2, SHOP_SCENARIOS = 6, SHOP_LINES = 6 };

static const upsell_str shop_plan_ids[] = {UPSELL_STR("sp-0"), UPSELL_STR("sp-1"),
                                           UPSELL_STR("sp-2"), UPSELL_STR("sp-3"),
                                           UPSELL_STR("sp-4"), UPSELL_STR("sp-x")};
static const upsell_str shop_contract_ids[] = {UPSELL_STR("c-0"), UPSELL_STR("c-1"),
                                               UPSELL_STR("c-2"), UPSELL_STR("c-3"),
                                               UPSELL_STR("c-4"), UPSELL_STR("c-x")};
static const upsell_str shop_product_ids[] = {
    UPSELL_STR("p-0"), UPSELL_STR("p-1"), UPSELL_STR("p-2"), UPSELL_STR("p-x"), UPSELL_STR("p-y")};
static const upsell_str shop_variant_ids[] = {UPSELL_STR("v-0"), UPSELL_STR("v-1"),
                                              UPSELL_STR("v-x")};
/* What triggers name: not in the order of the catalogue, and a plan that it lacks. */
static const upsell_str shop_trigger_plan_ids[] = {UPSELL_STR("sp-3"), UPSELL_STR("sp-1"),
                                                   UPSELL_STR("sp-x"), UPSELL_STR("sp-0"),
                                                   UPSELL_STR("sp-4"), UPSELL_STR("sp-2")};
static const upsell_str shop_trigger_variant_ids[] = {UPSELL_STR("v-1"), UPSELL_STR("v-0")};
static const upsell_str shop_scenario_ids[] = {UPSELL_STR("S0"), UPSELL_STR("S1"),
                                               UPSELL_STR("S2"), UPSELL_STR("S3"),
                                               UPSELL_STR("S4"), UPSELL_STR("S5")};
static const upsell_str shop_line_ids[] = {UPSELL_STR("l-0"), UPSELL_STR("l-1"), UPSELL_STR("l-2"),
                                           UPSELL_STR("l-3"), UPSELL_STR("l-4"), UPSELL_STR("l-5")};
static const upsell_str shop_text = UPSELL_STR("text");

typedef struct shop {
  upsell_plan_price_entry pricing[SHOP_PLANS][3];
  upsell_selling_plan_input plans[SHOP_PLANS];
  upsell_variant_input variants[SHOP_PRODUCTS][SHOP_VARIANTS];
  upsell_product_input products[SHOP_PRODUCTS];
  upsell_trigger_input triggers[SHOP_SCENARIOS][2];
  upsell_str offer_plans[SHOP_SCENARIOS][SHOP_PLANS];
  upsell_scenario_input scenarios[SHOP_SCENARIOS];
  upsell_catalog_input catalog;
  upsell_order_line lines[SHOP_LINES];
  upsell_order order;
} shop;

static int64_t shop_price(uint64_t *state)
{
  static const int64_t prices[] = {0, 1, 9, 10, 356, 1000, 1999, UPSELL_MONEY_MAX};

  return random_below(state, 2) ? prices[random_below(state, 8)] : random_between(state, 0, 100000);
}

static int64_t shop_percentage(uint64_t *state)
{
  return random_below(state, 2) ? random_below(state, 21) * 50000
                                : random_between(state, 0, UPSELL_PERCENTAGE_MAX);
}

static void shop_make_plan(shop *s, uint64_t *state, uint32_t number)
{
  static const upsell_interval intervals[] = {
      {UPSELL_INTERVAL_MONTH, 1}, {UPSELL_INTERVAL_WEEK, 2},   {UPSELL_INTERVAL_DAY, 14},
      {UPSELL_INTERVAL_YEAR, 1},  {UPSELL_INTERVAL_MONTH, 12}, {UPSELL_INTERVAL_DAY, 30}};
  upsell_selling_plan_input *plan = &s->plans[number];
  uint32_t i;

  plan->size = sizeof(*plan);
  plan->id = shop_plan_ids[number];
  plan->name = shop_text;
  plan->cycle.billing = intervals[random_below(state, 6)];
  if (!random_below(state, 4))
    plan->cycle.delivery = intervals[random_below(state, 6)];
  if (random_below(state, 3) == 0)
    plan->max_cycles = (int32_t)(1 + random_below(state, 5));
  plan->pricing = s->pricing[number];
  plan->pricing_count = random_below(state, 4);
  for (i = 0; i < plan->pricing_count; i++) {
    upsell_plan_price_entry *entry = &s->pricing[number][i];
    entry->after_cycle = (int32_t)(i * 2 + random_below(state, 2));
    entry->type = (int32_t)(UPSELL_ADJUST_PERCENTAGE + random_below(state, 3));
    entry->value =
        entry->type == UPSELL_ADJUST_PERCENTAGE ? shop_percentage(state) : shop_price(state);
  }
}

static void shop_make_product(shop *s, uint64_t *state, uint32_t number)
{
  upsell_product_input *product = &s->products[number];
  uint32_t i;

  product->size = sizeof(*product);
  product->id = shop_product_ids[number];
  product->title = shop_text;
  product->requires_shipping = random_below(state, 12) ? UPSELL_YES : UPSELL_NO;
  product->requires_selling_plan = random_below(state, 12) ? UPSELL_NO : UPSELL_YES;
  product->variants = s->variants[number];
  product->variant_count = SHOP_VARIANTS;
  for (i = 0; i < SHOP_VARIANTS; i++) {
    upsell_variant_input *variant = &s->variants[number][i];
    variant->size = sizeof(*variant);
    variant->id = shop_variant_ids[i];
    variant->title = shop_text;
    variant->price = shop_price(state);
    variant->stock_tracked = random_below(state, 3) ? UPSELL_NO : UPSELL_YES;
    variant->available = random_below(state, 12);
  }
}

static void shop_make_triggers(shop *s, uint64_t *state, uint32_t number)
{
  upsell_scenario_input *scenario = &s->scenarios[number];
  uint32_t i;

  scenario->triggers = s->triggers[number];
  scenario->trigger_count = 1 + random_below(state, 2);
  for (i = 0; i < scenario->trigger_count; i++) {
    upsell_trigger_input *trigger = &s->triggers[number][i];
    trigger->size = sizeof(*trigger);
    trigger->product_id = shop_product_ids[random_below(state, 4)];
    trigger->variant_ids = shop_trigger_variant_ids + random_below(state, SHOP_VARIANTS);
    trigger->variant_count = random_below(state, 4) == 0;
    trigger->selling_plan_ids = &shop_trigger_plan_ids[random_below(state, 5)];
    trigger->selling_plan_count = scenario->trigger_kind == UPSELL_KIND_SUBSCRIPTION
                                      ? (size_t)(random_below(state, 4) == 0) * 2
                                      : 0;
  }
}

/* Plans for an offer, no two of the same cycle. */
static void shop_make_offer_plans(shop *s, uint64_t *state, uint32_t number)
{
  upsell_scenario_input *scenario = &s->scenarios[number];
  uint32_t first = random_below(state, SHOP_PLANS);
  uint32_t i;
  uint32_t j;

  scenario->selling_plan_ids = s->offer_plans[number];
  for (i = 0; i < SHOP_PLANS; i++) {
    uint32_t plan = (first + i) % SHOP_PLANS;
    int32_t same = 0;
    for (j = 0; j < i && !same; j++)
      upsell_cycle_same(&s->plans[plan].cycle, &s->plans[(first + j) % SHOP_PLANS].cycle, &same);
    if (!same && (i == 0 || random_below(state, 2)))
      s->offer_plans[number][scenario->selling_plan_count++] = shop_plan_ids[plan];
  }
}

static void shop_make_scenario(shop *s, uint64_t *state, uint32_t number)
{
  upsell_scenario_input *scenario = &s->scenarios[number];
  upsell_discount *discount = &scenario->discount;

  scenario->size = sizeof(*scenario);
  scenario->id = shop_scenario_ids[number];
  scenario->name = shop_text;
  scenario->status = random_below(state, 8) ? UPSELL_SCENARIO_PUBLISHED : UPSELL_SCENARIO_DRAFT;
  scenario->priority = (int32_t)random_below(state, 4);
  scenario->trigger_kind = (int32_t)(1 + random_below(state, 2));
  scenario->other_items = (int32_t)random_below(state, 3);
  scenario->offer_kind = (int32_t)(1 + random_below(state, 2));
  shop_make_triggers(s, state, number);
  scenario->product_id = shop_product_ids[random_below(state, SHOP_PRODUCTS)];
  scenario->variant_id = shop_variant_ids[random_below(state, SHOP_VARIANTS)];
  if (scenario->offer_kind == UPSELL_KIND_SUBSCRIPTION)
    shop_make_offer_plans(s, state, number);
  discount->type = (int32_t)(UPSELL_ADJUST_NONE + random_below(state, 3));
  if (discount->type == UPSELL_ADJUST_PERCENTAGE)
    discount->value = shop_percentage(state);
  else if (discount->type == UPSELL_ADJUST_FIXED_AMOUNT)
    discount->value = shop_price(state);
  scenario->quantity.initial = (int32_t)(1 + random_below(state, 3));
  scenario->quantity.adjustable = (int32_t)random_below(state, 3);
  if (scenario->quantity.adjustable == UPSELL_YES)
    scenario->quantity.max = scenario->quantity.initial + (int32_t)random_below(state, 4);
}

static void shop_make_catalog(shop *s, uint64_t *state)
{
  upsell_rounding *policies[] = {&s->catalog.rounding.checkout, &s->catalog.rounding.offer_page};
  uint32_t i;

  s->catalog.size = sizeof(s->catalog);
  s->catalog.store_plan = UPSELL_STORE_ENTERPRISE;
  s->catalog.post_purchase_app = UPSELL_YES;
  s->catalog.one_time_to_one_time = random_below(state, 4) ? UPSELL_YES : UPSELL_NO;
  memcpy(s->catalog.currency, "JPY", 4);
  for (i = 0; i < 2; i++) {
    policies[i]->mode = (int32_t)random_below(state, 6);
    policies[i]->target = (int32_t)random_below(state, 3);
    policies[i]->basis = (int32_t)random_below(state, 3);
  }
  s->catalog.selling_plans = s->plans;
  s->catalog.selling_plan_count = SHOP_PLANS;
  s->catalog.products = s->products;
  s->catalog.product_count = SHOP_PRODUCTS;
  s->catalog.scenarios = s->scenarios;
  s->catalog.scenario_count = SHOP_SCENARIOS;
}

/* Lines; the contract of a subscription line, if any, goes with its plan, so
 * that all lines of a contract have one cycle. */
static void shop_make_order(shop *s, uint64_t *state)
{
  uint32_t kinds = random_below(state, 3);
  uint32_t contracts = random_below(state, 3);
  uint32_t i;

  s->order.size = sizeof(s->order);
  s->order.id = shop_text;
  memcpy(s->order.currency, "JPY", 4);
  s->order.has_shipping_address = random_below(state, 5) ? UPSELL_DEFAULT : UPSELL_NO;
  s->order.lines = s->lines;
  s->order.line_count = 1 + random_below(state, SHOP_LINES);
  for (i = 0; i < SHOP_LINES; i++) {
    upsell_order_line *line = &s->lines[i];
    uint32_t plan = random_below(state, SHOP_PLANS + 1);
    memset(line, 0, sizeof(*line));
    line->size = sizeof(*line);
    line->id = shop_line_ids[i];
    line->quantity = 1;
    line->product_id = shop_product_ids[random_below(state, random_below(state, 3) ? 3 : 5)];
    if (random_below(state, 6))
      line->variant_id = shop_variant_ids[random_below(state, 3)];
    if (kinds == 0 || (kinds == 1 && random_below(state, 2)))
      line->selling_plan_id = shop_plan_ids[plan];
    if (line->selling_plan_id.data &&
        (contracts == 0 || (contracts == 1 && random_below(state, 3))))
      line->contract_id = shop_contract_ids[plan];
  }
}

static void shop_make(shop *s, uint64_t *state)
{
  uint32_t i;

  memset(s, 0, sizeof(*s));
  for (i = 0; i < SHOP_PLANS; i++)
    shop_make_plan(s, state, i);
  for (i = 0; i < SHOP_PRODUCTS; i++)
    shop_make_product(s, state, i);
  for (i = 0; i < SHOP_SCENARIOS; i++)
    shop_make_scenario(s, state, i);
  shop_make_catalog(s, state);
  shop_make_order(s, state);
}

#endif
