/* SPDX-License-Identifier: MIT */
/* A small store in structs, valid and without defaults, for tests to change. */
#ifndef UPSELL_TESTS_STORE_H
#define UPSELL_TESTS_STORE_H

#include <upsell/upsell.h>

typedef struct store {
  upsell_plan_price_entry pricing[2];
  upsell_selling_plan_input plans[2]; /* every month, every 2 weeks */
  upsell_variant_input tea[2];
  upsell_variant_input cup[1];
  upsell_product_input products[2];
  upsell_str trigger_variants[2];
  upsell_str trigger_plans[2];
  upsell_str offer_plans[2];
  upsell_trigger_input triggers[2];
  upsell_trigger_input cup_triggers[1];
  upsell_disclosure_input disclosures[2]; /* the catalogue's; the first scenario's */
  upsell_page_input page;
  upsell_scenario_input scenarios[2]; /* pattern 1; pattern 4 */
  upsell_catalog_input catalog;
  upsell_order_line lines[2];
  upsell_order order;
} store;

#define STORE_SIZED(type) (uint32_t)sizeof(type)
#define STORE_TEXT(literal)                                                                        \
  {                                                                                                \
    literal, sizeof(literal) - 1                                                                   \
  }

static inline void store_items(store *s)
{
  const upsell_plan_price_entry pricing[] = {{0, UPSELL_ADJUST_PERCENTAGE, 100000},
                                             {2, UPSELL_ADJUST_PRICE, 850}};
  const upsell_selling_plan_input plans[] = {
      {STORE_SIZED(upsell_selling_plan_input),
       3,
       12,
       0,
       STORE_TEXT("sp-m1"),
       STORE_TEXT("Monthly"),
       {{UPSELL_INTERVAL_MONTH, 1}, {UPSELL_INTERVAL_MONTH, 1}},
       s->pricing,
       2},
      {STORE_SIZED(upsell_selling_plan_input),
       0,
       0,
       0,
       STORE_TEXT("sp-w2"),
       STORE_TEXT("Fortnightly"),
       {{UPSELL_INTERVAL_WEEK, 2}, {UPSELL_INTERVAL_DAY, 14}},
       NULL,
       0}};
  const upsell_variant_input tea[] = {{STORE_SIZED(upsell_variant_input), UPSELL_NO,
                                       STORE_TEXT("v-100"), STORE_TEXT("100g"), 1000, 0},
                                      {STORE_SIZED(upsell_variant_input), UPSELL_YES,
                                       STORE_TEXT("v-200"), STORE_TEXT("200g"), 1900, 7}};
  const upsell_variant_input cup = {STORE_SIZED(upsell_variant_input),
                                    UPSELL_YES,
                                    STORE_TEXT("v-cup"),
                                    STORE_TEXT("White"),
                                    1800,
                                    12};
  const upsell_product_input products[] = {
      {STORE_SIZED(upsell_product_input), UPSELL_YES, UPSELL_NO, 0, STORE_TEXT("p-tea"),
       STORE_TEXT("Sencha"), s->tea, 2},
      {STORE_SIZED(upsell_product_input), UPSELL_YES, UPSELL_NO, 0, STORE_TEXT("p-cup"),
       STORE_TEXT("Cup"), s->cup, 1}};

  memcpy(s->pricing, pricing, sizeof(pricing));
  memcpy(s->plans, plans, sizeof(plans));
  memcpy(s->tea, tea, sizeof(tea));
  s->cup[0] = cup;
  memcpy(s->products, products, sizeof(products));
}

static inline void store_disclosures(store *s)
{
  const upsell_disclosure_input disclosures[] = {
      {STORE_SIZED(upsell_disclosure_input), 0, STORE_TEXT("With tax."), STORE_TEXT("By card."),
       STORE_TEXT("Sent the next day."), STORE_TEXT("Only on this page."),
       STORE_TEXT("No returns of food."), STORE_TEXT("Cancel on your page.")},
      {STORE_SIZED(upsell_disclosure_input),
       0,
       {NULL, 0},
       {NULL, 0},
       {NULL, 0},
       {NULL, 0},
       STORE_TEXT("Returns within 8 days."),
       {NULL, 0}}};

  memcpy(s->disclosures, disclosures, sizeof(disclosures));
}

static inline void store_scenarios(store *s)
{
  const upsell_str variants[] = {STORE_TEXT("v-100"), STORE_TEXT("v-200")};
  const upsell_str plans[] = {STORE_TEXT("sp-m1"), STORE_TEXT("sp-w2")};
  const upsell_trigger_input triggers[] = {
      {STORE_SIZED(upsell_trigger_input), 0, STORE_TEXT("p-tea"), s->trigger_variants, 2,
       s->trigger_plans, 2},
      {STORE_SIZED(upsell_trigger_input), 0, STORE_TEXT("p-gone"), NULL, 0, NULL, 0}};
  const upsell_trigger_input cup = {
      STORE_SIZED(upsell_trigger_input), 0, STORE_TEXT("p-cup"), NULL, 0, NULL, 0};
  const upsell_page_input page = {STORE_SIZED(upsell_page_input),
                                  UPSELL_YES,
                                  300,
                                  UPSELL_YES,
                                  UPSELL_YES,
                                  0,
                                  STORE_TEXT("One more?"),
                                  STORE_TEXT("Left:"),
                                  STORE_TEXT("Fresh."),
                                  STORE_TEXT("Add"),
                                  STORE_TEXT("No"),
                                  &s->disclosures[1],
                                  0};
  const upsell_scenario_input scenarios[] = {{STORE_SIZED(upsell_scenario_input),
                                              UPSELL_SCENARIO_PUBLISHED,
                                              1,
                                              UPSELL_KIND_SUBSCRIPTION,
                                              UPSELL_OTHER_ITEMS_ALLOW,
                                              UPSELL_KIND_SUBSCRIPTION,
                                              STORE_TEXT("S1"),
                                              STORE_TEXT("More tea"),
                                              s->triggers,
                                              2,
                                              STORE_TEXT("p-tea"),
                                              STORE_TEXT("v-100"),
                                              s->offer_plans,
                                              2,
                                              {UPSELL_ADJUST_PERCENTAGE, 0, 200000},
                                              {1, 5, UPSELL_YES, 0},
                                              &s->page, 0},
                                             {STORE_SIZED(upsell_scenario_input),
                                              UPSELL_SCENARIO_PUBLISHED,
                                              2,
                                              UPSELL_KIND_ONE_TIME,
                                              UPSELL_OTHER_ITEMS_DENY,
                                              UPSELL_KIND_ONE_TIME,
                                              STORE_TEXT("S2"),
                                              STORE_TEXT("Another cup"),
                                              s->cup_triggers,
                                              1,
                                              STORE_TEXT("p-cup"),
                                              STORE_TEXT("v-cup"),
                                              NULL,
                                              0,
                                              {UPSELL_ADJUST_FIXED_AMOUNT, 0, 300},
                                              {1, 1, UPSELL_NO, 0},
                                              NULL, 0}};

  memcpy(s->trigger_variants, variants, sizeof(variants));
  memcpy(s->trigger_plans, plans, sizeof(plans));
  memcpy(s->offer_plans, plans, sizeof(plans));
  memcpy(s->triggers, triggers, sizeof(triggers));
  s->cup_triggers[0] = cup;
  s->page = page;
  memcpy(s->scenarios, scenarios, sizeof(scenarios));
}

/* Two subscription lines of tea, in two contracts of different cycles. */
static inline void store_order(store *s)
{
  const upsell_order_line lines[] = {
      {STORE_SIZED(upsell_order_line), 1, STORE_TEXT("l-1"), STORE_TEXT("p-tea"),
       STORE_TEXT("v-100"), STORE_TEXT("sp-m1"), STORE_TEXT("c-1"), 900, 900, 1, 1},
      {STORE_SIZED(upsell_order_line), 2, STORE_TEXT("l-2"), STORE_TEXT("p-tea"),
       STORE_TEXT("v-200"), STORE_TEXT("sp-w2"), STORE_TEXT("c-2"), 0, 0, 0, 0}};
  const upsell_order order = {STORE_SIZED(upsell_order), UPSELL_YES, "JPY", 0,
                              STORE_TEXT("o-1"),         s->lines,   2};

  memcpy(s->lines, lines, sizeof(lines));
  s->order = order;
}

static inline void store_init(store *s)
{
  const upsell_catalog_input catalog = {
      STORE_SIZED(upsell_catalog_input),
      UPSELL_STORE_ENTERPRISE,
      UPSELL_YES,
      UPSELL_YES,
      "JPY",
      0,
      {{UPSELL_ROUND_HALF_UP, UPSELL_ROUND_PRICE, UPSELL_ROUND_UNIT},
       {UPSELL_ROUND_FLOOR, UPSELL_ROUND_DISCOUNT, UPSELL_ROUND_LINE}},
      s->plans,
      2,
      s->products,
      2,
      s->scenarios,
      2,
      &s->disclosures[0],
      0};

  memset(s, 0, sizeof(*s));
  store_items(s);
  store_disclosures(s);
  store_scenarios(s);
  store_order(s);
  s->catalog = catalog;
}

#endif
