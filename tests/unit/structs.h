/* SPDX-License-Identifier: MIT */
/* Documents turned into input structs by hand, past the library's own tables. */
#ifndef UPSELL_TESTS_STRUCTS_H
#define UPSELL_TESTS_STRUCTS_H

#include <check.h>

#include <upsell/upsell.h>

#include "../support/tree.h"
#include "base/arena.h"

static struct json_object *tree_of(upsell_str text)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  struct json_object *tree = NULL;

  ck_assert_int_eq(upsell__tree_read(text.data, text.len, &tree, &sink), UPSELL_OK);
  return tree;
}

static struct json_object *member(struct json_object *object, const char *key)
{
  struct json_object *value = NULL;

  if (object)
    json_object_object_get_ex(object, key, &value);
  return value;
}

static upsell_str text_at(struct json_object *object, const char *key)
{
  struct json_object *value = member(object, key);

  return upsell_str_of(value ? json_object_get_string(value) : NULL);
}

static int64_t int_at(struct json_object *object, const char *key)
{
  return json_object_get_int64(member(object, key)); /* 0 where there is none */
}

static int32_t choice_at(struct json_object *object, const char *key)
{
  struct json_object *value = member(object, key);

  return !value ? UPSELL_DEFAULT : json_object_get_boolean(value) ? UPSELL_YES : UPSELL_NO;
}

/* The place of a name among `names`, from 1; 0 where there is none. */
static int32_t name_at(struct json_object *object, const char *key, const char *const *names)
{
  upsell_str name = text_at(object, key);
  int32_t i;

  for (i = 0; name.data && names[i]; i++) {
    if (strcmp(names[i], name.data) == 0)
      return i + 1;
  }
  return 0;
}

static int64_t amount_at(struct json_object *object, const char *key, int is_percentage,
                         const upsell_currency *currency)
{
  upsell_str text = text_at(object, key);
  int64_t amount = 0;

  if (text.data)
    ck_assert_int_eq(is_percentage ? upsell_percentage_parse(text, &amount)
                                   : upsell_money_parse(text, currency, &amount),
                     UPSELL_OK);
  return amount;
}

/* The items of an array as new structs, and their number. */
static size_t items_of(struct json_object *object, const char *key, upsell__arena *arena,
                       size_t size, void **items)
{
  struct json_object *array = member(object, key);
  size_t count = array ? json_object_array_length(array) : 0;

  *items = count ? upsell__arena_alloc(arena, count, size) : NULL;
  return count;
}

static size_t ids_of(struct json_object *object, const char *key, upsell__arena *arena,
                     const upsell_str **ids)
{
  void *made;
  size_t count = items_of(object, key, arena, sizeof(upsell_str), &made);
  upsell_str *list = made;
  size_t i;

  for (i = 0; i < count; i++)
    list[i] =
        upsell_str_of(json_object_get_string(json_object_array_get_idx(member(object, key), i)));
  *ids = list;
  return count;
}

#define EACH(object, key, arena, type, list, count)                                                \
  void *made_##list;                                                                               \
  size_t count = items_of(object, key, arena, sizeof(type), &made_##list);                         \
  type *list = made_##list;                                                                        \
  size_t i

static const char *const kind_names[] = {"subscription", "one_time", NULL};
static const char *const adjust_names[] = {"none", "percentage", "fixed_amount", "price", NULL};
static const char *const unit_names[] = {"day", "week", "month", "year", NULL};

static upsell_interval interval_at(struct json_object *plan, const char *key)
{
  upsell_interval interval = {name_at(member(plan, key), "interval", unit_names),
                              (int32_t)int_at(member(plan, key), "count")};
  return interval;
}

static void fill_plan(struct json_object *tree, upsell__arena *arena, const upsell_currency *money,
                      upsell_selling_plan_input *plan)
{
  EACH(tree, "pricing", arena, upsell_plan_price_entry, prices, count);

  plan->size = sizeof(*plan);
  plan->id = text_at(tree, "id");
  plan->name = text_at(tree, "name");
  plan->min_cycles = (int32_t)int_at(tree, "min_cycles");
  plan->max_cycles = (int32_t)int_at(tree, "max_cycles");
  plan->cycle.billing = interval_at(tree, "billing");
  plan->cycle.delivery = interval_at(tree, "delivery");
  plan->pricing = prices;
  plan->pricing_count = count;
  for (i = 0; i < count; i++) {
    struct json_object *entry = json_object_array_get_idx(member(tree, "pricing"), i);
    prices[i].after_cycle = (int32_t)int_at(entry, "after_cycle");
    prices[i].type = name_at(entry, "type", adjust_names);
    prices[i].value = amount_at(entry, "value", prices[i].type == UPSELL_ADJUST_PERCENTAGE, money);
  }
}

static void fill_product(struct json_object *tree, upsell__arena *arena,
                         const upsell_currency *money, upsell_product_input *product)
{
  EACH(tree, "variants", arena, upsell_variant_input, variants, count);

  product->size = sizeof(*product);
  product->id = text_at(tree, "id");
  product->title = text_at(tree, "title");
  product->requires_shipping = choice_at(tree, "requires_shipping");
  product->requires_selling_plan = choice_at(tree, "requires_selling_plan");
  product->variants = variants;
  product->variant_count = count;
  for (i = 0; i < count; i++) {
    struct json_object *variant = json_object_array_get_idx(member(tree, "variants"), i);
    variants[i].size = sizeof(*variants);
    variants[i].id = text_at(variant, "id");
    variants[i].title = text_at(variant, "title");
    variants[i].price = amount_at(variant, "price", 0, money);
    variants[i].stock_tracked = member(variant, "available") ? UPSELL_YES : UPSELL_NO;
    variants[i].available = int_at(variant, "available");
  }
}

static void fill_triggers(struct json_object *tree, upsell__arena *arena,
                          upsell_scenario_input *scenario)
{
  static const char *const other_items[] = {"allow", "deny", NULL};
  EACH(tree, "products", arena, upsell_trigger_input, triggers, count);

  scenario->trigger_kind = name_at(tree, "kind", kind_names);
  scenario->other_items = name_at(tree, "other_items", other_items);
  scenario->triggers = triggers;
  scenario->trigger_count = count;
  for (i = 0; i < count; i++) {
    struct json_object *entry = json_object_array_get_idx(member(tree, "products"), i);
    triggers[i].size = sizeof(*triggers);
    triggers[i].product_id = text_at(entry, "product_id");
    triggers[i].variant_count = ids_of(entry, "variant_ids", arena, &triggers[i].variant_ids);
    triggers[i].selling_plan_count =
        ids_of(entry, "selling_plan_ids", arena, &triggers[i].selling_plan_ids);
  }
}

static void fill_offer(struct json_object *tree, upsell__arena *arena, const upsell_currency *money,
                       upsell_scenario_input *scenario)
{
  struct json_object *discount = member(tree, "discount");
  struct json_object *quantity = member(tree, "quantity");

  scenario->offer_kind = name_at(tree, "kind", kind_names);
  scenario->product_id = text_at(tree, "product_id");
  scenario->variant_id = text_at(tree, "variant_id");
  scenario->selling_plan_count =
      ids_of(tree, "selling_plan_ids", arena, &scenario->selling_plan_ids);
  scenario->discount.type = name_at(discount, "type", adjust_names);
  scenario->discount.value =
      amount_at(discount, "value", scenario->discount.type == UPSELL_ADJUST_PERCENTAGE, money);
  scenario->quantity.initial = (int32_t)int_at(quantity, "default");
  scenario->quantity.max = (int32_t)int_at(quantity, "max");
  scenario->quantity.adjustable = choice_at(quantity, "adjustable");
}

static const upsell_disclosure_input *disclosure_of(struct json_object *tree, upsell__arena *arena)
{
  upsell_disclosure_input *texts = tree ? upsell__arena_alloc(arena, 1, sizeof(*texts)) : NULL;

  if (!texts)
    return NULL;
  texts->size = sizeof(*texts);
  texts->price = text_at(tree, "price");
  texts->payment = text_at(tree, "payment");
  texts->delivery = text_at(tree, "delivery");
  texts->period = text_at(tree, "period");
  texts->withdrawal = text_at(tree, "withdrawal");
  texts->cancellation = text_at(tree, "cancellation");
  return texts;
}

static const upsell_page_input *page_of(struct json_object *tree, upsell__arena *arena)
{
  upsell_page_input *page = tree ? upsell__arena_alloc(arena, 1, sizeof(*page)) : NULL;

  if (!page)
    return NULL;
  page->size = sizeof(*page);
  page->title = text_at(tree, "title");
  page->timer_enabled = choice_at(member(tree, "timer"), "enabled");
  page->timer_seconds = (int32_t)int_at(member(tree, "timer"), "seconds");
  page->timer_text = text_at(member(tree, "timer"), "text");
  page->description_visible = choice_at(member(tree, "description"), "visible");
  page->description = text_at(member(tree, "description"), "text");
  page->buy_button = text_at(tree, "buy_button");
  page->close_visible = choice_at(member(tree, "close_button"), "visible");
  page->close_label = text_at(member(tree, "close_button"), "label");
  page->disclosure = disclosure_of(member(tree, "disclosure"), arena);
  return page;
}

static void fill_scenario(struct json_object *tree, upsell__arena *arena,
                          const upsell_currency *money, upsell_scenario_input *scenario)
{
  static const char *const statuses[] = {"published", "draft", NULL};

  scenario->size = sizeof(*scenario);
  scenario->id = text_at(tree, "id");
  scenario->name = text_at(tree, "name");
  scenario->status = name_at(tree, "status", statuses);
  scenario->priority = (int32_t)int_at(tree, "priority");
  fill_triggers(member(tree, "trigger"), arena, scenario);
  fill_offer(member(tree, "offer"), arena, money, scenario);
  scenario->page = page_of(member(tree, "page"), arena);
}

static upsell_rounding policy_at(struct json_object *tree, const char *key)
{
  static const char *const modes[] = {"floor", "ceil", "half_up", "half_down", "half_even", NULL};
  static const char *const targets[] = {"price", "discount", NULL};
  static const char *const bases[] = {"unit", "line", NULL};
  struct json_object *policy = member(tree, key);
  upsell_rounding rounding = {name_at(policy, "mode", modes), name_at(policy, "target", targets),
                              name_at(policy, "basis", bases)};
  return rounding;
}

static void fill_catalog_head(struct json_object *tree, upsell_catalog_input *catalog)
{
  static const char *const plans[] = {"free", "standard", "enterprise", NULL};
  struct json_object *shop = member(tree, "store");

  catalog->size = sizeof(*catalog);
  catalog->store_plan = name_at(shop, "plan", plans);
  catalog->post_purchase_app = choice_at(shop, "post_purchase_app");
  catalog->one_time_to_one_time = choice_at(shop, "one_time_to_one_time");
  memcpy(catalog->currency, text_at(tree, "currency").data, 4);
  catalog->rounding.checkout = policy_at(member(tree, "rounding"), "checkout");
  catalog->rounding.offer_page = policy_at(member(tree, "rounding"), "offer_page");
}

/* A catalogue; its texts belong to the tree, its lists to the arena. */
static upsell_catalog_input catalog_of(struct json_object *tree, upsell__arena *arena)
{
  upsell_catalog_input catalog = {0};
  upsell_currency money;
  EACH(tree, "selling_plans", arena, upsell_selling_plan_input, plans, plan_count);
  void *made;
  upsell_product_input *products;
  upsell_scenario_input *scenarios;

  fill_catalog_head(tree, &catalog);
  upsell_currency_find(text_at(tree, "currency"), &money);
  for (i = 0; i < plan_count; i++)
    fill_plan(json_object_array_get_idx(member(tree, "selling_plans"), i), arena, &money,
              &plans[i]);
  catalog.selling_plans = plans;
  catalog.selling_plan_count = plan_count;
  catalog.product_count = items_of(tree, "products", arena, sizeof(*products), &made);
  catalog.products = products = made;
  for (i = 0; i < catalog.product_count; i++)
    fill_product(json_object_array_get_idx(member(tree, "products"), i), arena, &money,
                 &products[i]);
  catalog.scenario_count = items_of(tree, "scenarios", arena, sizeof(*scenarios), &made);
  catalog.scenarios = scenarios = made;
  for (i = 0; i < catalog.scenario_count; i++)
    fill_scenario(json_object_array_get_idx(member(tree, "scenarios"), i), arena, &money,
                  &scenarios[i]);
  catalog.disclosure = disclosure_of(member(tree, "disclosure"), arena);
  return catalog;
}

static upsell_order order_of(struct json_object *tree, upsell__arena *arena)
{
  upsell_order order = {0};
  upsell_currency money;
  EACH(tree, "lines", arena, upsell_order_line, lines, count);

  order.size = sizeof(order);
  order.id = text_at(tree, "id");
  memcpy(order.currency, text_at(tree, "currency").data, 4);
  upsell_currency_find(text_at(tree, "currency"), &money);
  order.has_shipping_address = choice_at(tree, "has_shipping_address");
  order.lines = lines;
  order.line_count = count;
  for (i = 0; i < count; i++) {
    struct json_object *line = json_object_array_get_idx(member(tree, "lines"), i);
    lines[i].size = sizeof(*lines);
    lines[i].quantity = (int32_t)int_at(line, "quantity");
    lines[i].id = text_at(line, "id");
    lines[i].product_id = text_at(line, "product_id");
    lines[i].variant_id = text_at(line, "variant_id");
    lines[i].selling_plan_id = text_at(line, "selling_plan_id");
    lines[i].contract_id = text_at(line, "contract_id");
    lines[i].has_unit_price = member(line, "unit_price") != NULL;
    lines[i].unit_price = amount_at(line, "unit_price", 0, &money);
    lines[i].has_discounted_total = member(line, "discounted_total") != NULL;
    lines[i].discounted_total = amount_at(line, "discounted_total", 0, &money);
  }
  return order;
}

#endif
