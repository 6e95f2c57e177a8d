/* SPDX-License-Identifier: MIT */
/* The smallest use: a shop and an order in structs, one decision. No JSON. */
#include <stdio.h>
#include <upsell/upsell.h>

static const upsell_plan_price_entry ten_percent_off[] = {
    {.after_cycle = 0, .type = UPSELL_ADJUST_PERCENTAGE, .value = 100000}}; /* millionths */

static const upsell_selling_plan_input plans[] = {
    {.size = sizeof(plans[0]), .id = UPSELL_STR("monthly"), .name = UPSELL_STR("毎月お届け"),
     .cycle = {.billing = {UPSELL_INTERVAL_MONTH, 1}},
     .pricing = ten_percent_off, .pricing_count = 1}};

static const upsell_variant_input variants[] = {
    {.size = sizeof(variants[0]), .stock_tracked = UPSELL_NO, .id = UPSELL_STR("100g"),
     .title = UPSELL_STR("100g"), .price = 1000}};

static const upsell_product_input products[] = {
    {.size = sizeof(products[0]), .id = UPSELL_STR("sencha"), .title = UPSELL_STR("煎茶"),
     .variants = variants, .variant_count = 1}};

static const upsell_trigger_input triggers[] = {
    {.size = sizeof(triggers[0]), .product_id = UPSELL_STR("sencha")}};

static const upsell_str offered_plans[] = {UPSELL_STR("monthly")};

/* Whoever bought sencha once is offered it every month, 20 % off the first time. */
static const upsell_scenario_input scenarios[] = {
    {.size = sizeof(scenarios[0]), .id = UPSELL_STR("S1"), .name = UPSELL_STR("煎茶を定期便に"),
     .status = UPSELL_SCENARIO_PUBLISHED, .priority = 1,
     .trigger_kind = UPSELL_KIND_ONE_TIME, .triggers = triggers, .trigger_count = 1,
     .offer_kind = UPSELL_KIND_SUBSCRIPTION,
     .product_id = UPSELL_STR("sencha"), .variant_id = UPSELL_STR("100g"),
     .selling_plan_ids = offered_plans, .selling_plan_count = 1,
     .discount = {.type = UPSELL_ADJUST_PERCENTAGE, .value = 200000}}};

static const upsell_catalog_input shop = {
    .size = sizeof(shop), .currency = "JPY",
    .store_plan = UPSELL_STORE_ENTERPRISE, .post_purchase_app = UPSELL_YES,
    .selling_plans = plans, .selling_plan_count = 1,
    .products = products, .product_count = 1,
    .scenarios = scenarios, .scenario_count = 1};

static const upsell_order_line lines[] = {
    {.size = sizeof(lines[0]), .quantity = 1, .id = UPSELL_STR("line-1"),
     .product_id = UPSELL_STR("sencha"), .variant_id = UPSELL_STR("100g")}};

static const upsell_order order = {
    .size = sizeof(order), .currency = "JPY", .id = UPSELL_STR("order-1"),
    .lines = lines, .line_count = 1};

int main(void)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;
  upsell_decision *decision = NULL;
  upsell_status status = upsell_catalog_new(&shop, &catalog, &error);

  if (!status)
    status = upsell_decision_new(&decision);
  if (!status)
    status = upsell_decide(catalog, &order, 0, decision, &error);
  if (status) {
    fprintf(stderr, "%s: %s: %s\n", error.pointer, upsell_status_name(status), error.message);
  } else {
    const upsell_decision_view *view = upsell_decision_get(decision);
    if (view->outcome == UPSELL_OUTCOME_OFFER)
      printf("%.*s: %lld yen now, %lld yen later\n", (int)view->scenario_id.len,
             view->scenario_id.data, (long long)view->total_offer_page,
             (long long)view->targets[0].price.recurring[0].line);
    else
      printf("no offer: %s\n", upsell_reason_name(view->reason));
  }
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
  return status ? 1 : 0;
}
