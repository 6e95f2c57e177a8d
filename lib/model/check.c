/* SPDX-License-Identifier: MIT */
/*
 * The rules of a catalogue (CAT-1 ... CAT-17). Everything is looked at, and
 * every problem reported; a rule that cannot be judged because of an earlier
 * problem is passed over, so that one mistake gives one report.
 */
#include <inttypes.h>

#include "base/alloc.h"
#include "base/sized.h"
#include "model/catalog.h"
#include "model/choice.h"
#include "model/cycle.h"
#include "model/limits.h"
#include "model/values.h"
#include "money/currency.h"
#include "money/rounding.h"

typedef struct catalog_check {
  upsell__check base;
  const upsell_catalog_input *input;
  upsell__catalog_ids *ids;
  uint32_t *plan_cycles; /* by number of the plan; 0: not known */
  int plans_known;       /* every plan has an id: unknown ones can be told */
  int products_known;
  int variants_known;
} catalog_check;

void upsell__catalog_ids_free(upsell__catalog_ids *ids)
{
  upsell__idmap_free(&ids->plans);
  upsell__idmap_free(&ids->products);
  upsell__idmap_free(&ids->variants);
}

/* Numbers an id; reports one that is there already (CAT-15). Returns its
 * number, or UPSELL__NO_INDEX. */
static uint32_t number_id(catalog_check *check, upsell__idmap *map, uint32_t scope, upsell_str id,
                          const upsell__path *parent)
{
  upsell__path path = upsell__at_key(parent, "id");
  char quoted[UPSELL__QUOTE_SIZE];
  uint32_t index;
  int added;

  if (!upsell__idmap_add(map, scope, id, &index, &added)) {
    upsell__report_no_memory(check->base.sink);
    return UPSELL__NO_INDEX;
  }
  if (!added) {
    upsell__report(check->base.sink, UPSELL_DUPLICATE_ID, &path,
                   "The id %s stands twice in this list; each must be unique.",
                   upsell__quote(id, quoted));
    return UPSELL__NO_INDEX;
  }
  return index;
}

/* ---- selling plans (CAT-4, CAT-5) ---- */

static void check_interval(const catalog_check *check, const upsell__path *parent, const char *key,
                           const upsell_interval *interval)
{
  upsell__path path = upsell__at_key(parent, key);

  if (upsell__interval_is_default(interval)) {
    upsell__report_missing(check->base.sink, parent, key);
    return;
  }
  upsell__check_enum(&check->base, &path, "interval", interval->unit, UPSELL_INTERVAL_YEAR, 1);
  upsell__check_range(&check->base, &path, "count", interval->count, 1, UPSELL__INTERVAL_MAX);
}

static void check_adjustment(const catalog_check *check, const upsell__path *path, int32_t type,
                             int64_t value)
{
  upsell__check_range(&check->base, path, "value", value, 0,
                      type == UPSELL_ADJUST_PERCENTAGE ? UPSELL_PERCENTAGE_MAX : UPSELL_MONEY_MAX);
}

static void check_price_entry(const catalog_check *check, const upsell__path *path,
                              const upsell_plan_price_entry *entry)
{
  upsell__path type = upsell__at_key(path, "type");

  upsell__check_range(&check->base, path, "after_cycle", entry->after_cycle, 0,
                      UPSELL__AFTER_CYCLE_MAX);
  if (!upsell__check_enum(&check->base, path, "type", entry->type, UPSELL_ADJUST_PRICE, 1))
    return;
  if (entry->type == UPSELL_ADJUST_NONE)
    upsell__report(check->base.sink, UPSELL_BAD_VALUE, &type,
                   "A plan's price is a percentage, a fixed_amount or a price, not none.");
  else
    check_adjustment(check, path, entry->type, entry->value);
}

static void check_pricing(const catalog_check *check, const upsell__path *parent,
                          const upsell_selling_plan_input *plan)
{
  upsell__path list = upsell__at_key(parent, "pricing");
  uint8_t seen[UPSELL__AFTER_CYCLE_MAX + 1] = {0};
  size_t i;

  if (plan->pricing_count && !plan->pricing) {
    upsell__report(check->base.sink, UPSELL_INVALID_ARGUMENT, &list,
                   "The list is NULL but its count is %zu.", plan->pricing_count);
    return;
  }
  for (i = 0; i < plan->pricing_count; i++) {
    const upsell_plan_price_entry *entry = &plan->pricing[i];
    upsell__path path = upsell__at_index(&list, i);
    check_price_entry(check, &path, entry);
    if (entry->after_cycle < 0 || entry->after_cycle > UPSELL__AFTER_CYCLE_MAX)
      continue;
    if (seen[entry->after_cycle]++) {
      upsell__path key = upsell__at_key(&path, "after_cycle");
      upsell__report(check->base.sink, UPSELL_DUPLICATE_CYCLE, &key,
                     "Another price of this plan starts after cycle %" PRId32 " already.",
                     entry->after_cycle);
    }
  }
}

static void check_plan(catalog_check *check, const upsell__path *path,
                       const upsell_selling_plan_input *plan)
{
  uint32_t number = UPSELL__NO_INDEX;

  upsell__check_reserved(&check->base, path, plan->reserved);
  if (upsell__check_id(&check->base, path, "id", plan->id))
    number = number_id(check, &check->ids->plans, 0, plan->id, path);
  upsell__check_text(&check->base, path, "name", plan->name, 1);
  check_interval(check, path, "billing", &plan->cycle.billing);
  if (!upsell__interval_is_default(&plan->cycle.delivery))
    check_interval(check, path, "delivery", &plan->cycle.delivery);
  check_pricing(check, path, plan);
  if (number != UPSELL__NO_INDEX && !upsell__interval_check(&plan->cycle.billing) &&
      (upsell__interval_is_default(&plan->cycle.delivery) ||
       !upsell__interval_check(&plan->cycle.delivery)))
    check->plan_cycles[number] = upsell__cycle_code(&plan->cycle);
}

static void check_plans(catalog_check *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path list = upsell__at_key(NULL, "selling_plans");
  size_t count = upsell__check_list(&check->base, NULL, "selling_plans", input->selling_plans,
                                    input->selling_plan_count, sizeof(upsell_selling_plan_input));
  size_t i;

  check->plan_cycles = upsell__alloc(count, sizeof(*check->plan_cycles));
  if (!check->plan_cycles) {
    upsell__report_no_memory(check->base.sink);
    return;
  }
  for (i = 0; i < count && upsell__sink_goes_on(check->base.sink); i++) {
    upsell__path path = upsell__at_index(&list, i);
    check_plan(check, &path, upsell__sized_item(input->selling_plans, i));
  }
}

/* ---- products (CAT-6, CAT-7) ---- */

static void check_variant(catalog_check *check, const upsell__path *path, uint32_t product,
                          const upsell_variant_input *variant)
{
  if (upsell__check_id(&check->base, path, "id", variant->id) && product != UPSELL__NO_INDEX)
    number_id(check, &check->ids->variants, product, variant->id, path);
  upsell__check_text(&check->base, path, "title", variant->title, 1);
  upsell__check_range(&check->base, path, "price", variant->price, 0, UPSELL_MONEY_MAX);
  if (upsell__check_enum(&check->base, path, "available", variant->stock_tracked, UPSELL_NO, 1) &&
      variant->stock_tracked == UPSELL_YES)
    upsell__check_range(&check->base, path, "available", variant->available, 0, UPSELL__STOCK_MAX);
}

static void check_product(catalog_check *check, const upsell__path *path,
                          const upsell_product_input *product)
{
  upsell__path list = upsell__at_key(path, "variants");
  uint32_t number = UPSELL__NO_INDEX;
  size_t count;
  size_t i;

  upsell__check_reserved(&check->base, path, (uint32_t)product->reserved);
  if (upsell__check_id(&check->base, path, "id", product->id))
    number = number_id(check, &check->ids->products, 0, product->id, path);
  upsell__check_text(&check->base, path, "title", product->title, 1);
  upsell__check_choice(&check->base, path, "requires_shipping", product->requires_shipping);
  upsell__check_choice(&check->base, path, "requires_selling_plan",
                       product->requires_selling_plan);
  count = upsell__check_list(&check->base, path, "variants", product->variants,
                             product->variant_count, sizeof(upsell_variant_input));
  for (i = 0; i < count; i++) {
    upsell__path item = upsell__at_index(&list, i);
    check_variant(check, &item, number, upsell__sized_item(product->variants, i));
  }
}

static void check_products(catalog_check *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path list = upsell__at_key(NULL, "products");
  size_t count = upsell__check_list(&check->base, NULL, "products", input->products,
                                    input->product_count, sizeof(upsell_product_input));
  size_t i;

  for (i = 0; i < count && upsell__sink_goes_on(check->base.sink); i++) {
    upsell__path path = upsell__at_index(&list, i);
    check_product(check, &path, upsell__sized_item(input->products, i));
  }
}

/* ---- what scenarios refer to (CAT-14) ---- */

/* A list of ids of a scenario: each valid and none twice (CAT-15). Returns how
 * many can be read. `numbers` receives a number for each id, equal for equal
 * ids, which the caller's own list does not share. */
static size_t check_id_list(catalog_check *check, const upsell__path *parent, const char *key,
                            const upsell_str *ids, size_t count)
{
  upsell__path list = upsell__at_key(parent, key);
  upsell__idmap seen = {0};
  size_t i;

  if (count && !ids) {
    upsell__report(check->base.sink, UPSELL_INVALID_ARGUMENT, &list,
                   "The list is NULL but its count is %zu.", count);
    return 0;
  }
  for (i = 0; i < count; i++) {
    upsell__path path = upsell__at_index(&list, i);
    char quoted[UPSELL__QUOTE_SIZE];
    uint32_t number;
    int added;
    if (!upsell__check_id_at(&check->base, &path, ids[i]) || count == 1)
      continue;
    if (!upsell__idmap_add(&seen, 0, ids[i], &number, &added)) {
      upsell__report_no_memory(check->base.sink);
      break;
    }
    if (!added)
      upsell__report(check->base.sink, UPSELL_DUPLICATE_ID, &path,
                     "The id %s stands twice in this list; name it once.",
                     upsell__quote(ids[i], quoted));
  }
  upsell__idmap_free(&seen);
  return count;
}

static void report_unknown(const catalog_check *check, const upsell__path *path, const char *what,
                           upsell_str id)
{
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__report(check->base.sink, UPSELL_UNKNOWN_ID, path,
                 "No %s with the id %s; add it to the catalogue or correct the id.", what,
                 upsell__quote(id, quoted));
}

static int is_id(upsell_str id)
{
  return id.data && id.len >= 1 && id.len <= UPSELL__ID_MAX;
}

/* The variants a trigger names, where its product is known. */
static void check_trigger_variants(catalog_check *check, const upsell__path *path,
                                   const upsell_trigger_input *trigger, size_t count)
{
  upsell__path list = upsell__at_key(path, "variant_ids");
  uint32_t product = is_id(trigger->product_id)
                         ? upsell__idmap_find(&check->ids->products, 0, trigger->product_id)
                         : UPSELL__NO_INDEX;
  size_t i;

  if (product == UPSELL__NO_INDEX || !check->variants_known)
    return;
  for (i = 0; i < count; i++) {
    upsell__path item = upsell__at_index(&list, i);
    if (is_id(trigger->variant_ids[i]) &&
        upsell__idmap_find(&check->ids->variants, product, trigger->variant_ids[i]) ==
            UPSELL__NO_INDEX)
      report_unknown(check, &item, "variant of this product", trigger->variant_ids[i]);
  }
}

static void check_trigger(catalog_check *check, const upsell__path *path, int32_t kind,
                          const upsell_trigger_input *trigger)
{
  upsell__path plans = upsell__at_key(path, "selling_plan_ids");
  size_t count;

  upsell__check_reserved(&check->base, path, trigger->reserved);
  upsell__check_id(&check->base, path, "product_id", trigger->product_id);
  count = check_id_list(check, path, "variant_ids", trigger->variant_ids, trigger->variant_count);
  check_trigger_variants(check, path, trigger, count);
  count = check_id_list(check, path, "selling_plan_ids", trigger->selling_plan_ids,
                        trigger->selling_plan_count);
  if (count && kind == UPSELL_KIND_ONE_TIME)
    upsell__report(check->base.sink, UPSELL_NOT_APPLICABLE, &plans,
                   "Only a trigger of kind subscription may name selling plans; leave them out.");
}

static void check_triggers(catalog_check *check, const upsell__path *path,
                           const upsell_scenario_input *scenario)
{
  upsell__path trigger = upsell__at_key(path, "trigger");
  upsell__path list = upsell__at_key(&trigger, "products");
  size_t count;
  size_t i;

  upsell__check_enum(&check->base, &trigger, "kind", scenario->trigger_kind, UPSELL_KIND_ONE_TIME,
                     1);
  upsell__check_enum(&check->base, &trigger, "other_items", scenario->other_items,
                     UPSELL_OTHER_ITEMS_DENY, 0);
  count = upsell__check_list(&check->base, &trigger, "products", scenario->triggers,
                             scenario->trigger_count, sizeof(upsell_trigger_input));
  if (scenario->trigger_count == 0)
    upsell__report(check->base.sink, UPSELL_BAD_COUNT, &list,
                   "At least one product must set a scenario off; add one.");
  for (i = 0; i < count; i++) {
    upsell__path item = upsell__at_index(&list, i);
    check_trigger(check, &item, scenario->trigger_kind,
                  upsell__sized_item(scenario->triggers, i));
  }
}

/* ---- the offer (CAT-10 ... CAT-13) ---- */

static void check_offered_item(catalog_check *check, const upsell__path *offer,
                               const upsell_scenario_input *scenario)
{
  upsell__path product = upsell__at_key(offer, "product_id");
  upsell__path variant = upsell__at_key(offer, "variant_id");
  int has_product = upsell__check_id(&check->base, offer, "product_id", scenario->product_id);
  int has_variant = upsell__check_id(&check->base, offer, "variant_id", scenario->variant_id);
  uint32_t number;

  if (!has_product)
    return;
  number = upsell__idmap_find(&check->ids->products, 0, scenario->product_id);
  if (number == UPSELL__NO_INDEX) {
    if (check->products_known)
      report_unknown(check, &product, "product", scenario->product_id);
    return;
  }
  if (has_variant && check->variants_known &&
      upsell__idmap_find(&check->ids->variants, number, scenario->variant_id) == UPSELL__NO_INDEX)
    report_unknown(check, &variant, "variant of the offered product", scenario->variant_id);
}

/* The cycle of a plan that exists, or 0. Reports an unknown plan. */
static uint32_t cycle_of_plan(catalog_check *check, const upsell__path *path, upsell_str id)
{
  uint32_t number = is_id(id) ? upsell__idmap_find(&check->ids->plans, 0, id) : UPSELL__NO_INDEX;

  if (number != UPSELL__NO_INDEX)
    return check->plan_cycles[number];
  if (is_id(id) && check->plans_known)
    report_unknown(check, path, "selling plan", id);
  return 0;
}

/* No two plans of an offer have the same cycle (CAT-13). */
static void check_plan_cycles(catalog_check *check, const upsell__path *list, const upsell_str *ids,
                              size_t count)
{
  upsell__idmap cycles = {0};
  uint32_t *codes = upsell__alloc(count, sizeof(*codes));
  size_t i;

  if (!codes)
    upsell__report_no_memory(check->base.sink);
  for (i = 0; codes && i < count; i++) {
    upsell__path path = upsell__at_index(list, i);
    upsell_str code = {(const char *)&codes[i], sizeof(codes[i])};
    uint32_t number;
    int added;
    codes[i] = cycle_of_plan(check, &path, ids[i]);
    if (!codes[i] || count == 1)
      continue;
    if (!upsell__idmap_add(&cycles, 0, code, &number, &added)) {
      upsell__report_no_memory(check->base.sink);
      break;
    }
    if (!added)
      upsell__report(check->base.sink, UPSELL_SAME_CYCLE, &path,
                     "Another plan of this offer has the same cycle (1 week is 7 days, 1 year is "
                     "12 months); keep one of them.");
  }
  upsell__idmap_free(&cycles);
  upsell__free(codes);
}

static void check_offer_plans(catalog_check *check, const upsell__path *offer,
                              const upsell_scenario_input *scenario)
{
  upsell__path list = upsell__at_key(offer, "selling_plan_ids");
  size_t count = check_id_list(check, offer, "selling_plan_ids", scenario->selling_plan_ids,
                               scenario->selling_plan_count);

  if (scenario->offer_kind == UPSELL_KIND_SUBSCRIPTION && scenario->selling_plan_count == 0)
    upsell__report(check->base.sink, UPSELL_BAD_COUNT, &list,
                   "An offer of kind subscription needs at least one selling plan; add it.");
  if (scenario->offer_kind == UPSELL_KIND_ONE_TIME && count)
    upsell__report(check->base.sink, UPSELL_NOT_APPLICABLE, &list,
                   "An offer of kind one_time has no selling plans; leave them out.");
  else if (count)
    check_plan_cycles(check, &list, scenario->selling_plan_ids, count);
}

static void check_discount(const catalog_check *check, const upsell__path *offer,
                           const upsell_discount *discount)
{
  upsell__path path = upsell__at_key(offer, "discount");
  upsell__path value = upsell__at_key(&path, "value");

  upsell__check_reserved(&check->base, &path, (uint32_t)discount->reserved);
  if (discount->type == 0 || discount->type == UPSELL_ADJUST_NONE) {
    if (discount->value)
      upsell__report(check->base.sink, UPSELL_NOT_APPLICABLE, &value,
                     "A discount of type none has no value; leave it out.");
    return;
  }
  if (upsell__check_enum(&check->base, &path, "type", discount->type, UPSELL_ADJUST_FIXED_AMOUNT,
                         0))
    check_adjustment(check, &path, discount->type, discount->value);
}

static void check_quantity(const catalog_check *check, const upsell__path *offer,
                           const upsell_quantity *quantity)
{
  upsell__path path = upsell__at_key(offer, "quantity");
  upsell__path max = upsell__at_key(&path, "max");
  int32_t initial = quantity->initial ? quantity->initial : 1;
  int32_t most = quantity->max ? quantity->max : initial;

  upsell__check_reserved(&check->base, &path, (uint32_t)quantity->reserved);
  upsell__check_choice(&check->base, &path, "adjustable", quantity->adjustable);
  if (!upsell__check_range(&check->base, &path, "default", initial, 1, UPSELL_QUANTITY_MAX) ||
      !upsell__check_range(&check->base, &path, "max", most, 1, UPSELL_QUANTITY_MAX))
    return;
  if (most < initial)
    upsell__report(check->base.sink, UPSELL_OUT_OF_RANGE, &max,
                   "max must not be less than the default, %" PRId32 "; found %" PRId32 ".",
                   initial, most);
  else if (most != initial && !upsell__choice(quantity->adjustable, 0))
    upsell__report(check->base.sink, UPSELL_NOT_APPLICABLE, &max,
                   "max may differ from the default only when adjustable is true; set that, or "
                   "leave max out.");
}

/* ---- page (CAT-16) and scenario (CAT-8) ---- */

static void check_page(const catalog_check *check, const upsell__path *scenario,
                       const upsell_page_input *page)
{
  upsell__path path = upsell__at_key(scenario, "page");
  upsell__path timer = upsell__at_key(&path, "timer");
  upsell__path description = upsell__at_key(&path, "description");
  upsell__path button = upsell__at_key(&path, "close_button");

  if (!upsell__sized_ok(page, sizeof(*page))) {
    upsell__report(check->base.sink, UPSELL_INVALID_ARGUMENT, &path,
                   "The struct's size is %" PRIu32 "; set it to its sizeof, %zu.", page->size,
                   sizeof(*page));
    return;
  }
  upsell__check_reserved(&check->base, &path, (uint32_t)page->reserved);
  upsell__check_choice(&check->base, &timer, "enabled", page->timer_enabled);
  if (page->timer_seconds != 0)
    upsell__check_range(&check->base, &timer, "seconds", page->timer_seconds, 1, UPSELL__TIMER_MAX);
  else if (page->timer_enabled == UPSELL_YES)
    upsell__report_missing(check->base.sink, &timer, "seconds");
  upsell__check_choice(&check->base, &description, "visible", page->description_visible);
  upsell__check_choice(&check->base, &button, "visible", page->close_visible);
  upsell__check_text(&check->base, &path, "title", page->title, 0);
  upsell__check_text(&check->base, &timer, "text", page->timer_text, 0);
  upsell__check_text(&check->base, &description, "text", page->description, 0);
  upsell__check_text(&check->base, &path, "buy_button", page->buy_button, 0);
  upsell__check_text(&check->base, &button, "label", page->close_label, 0);
}

static void check_scenario(catalog_check *check, const upsell__path *path,
                           const upsell_scenario_input *scenario)
{
  upsell__path offer = upsell__at_key(path, "offer");

  upsell__check_text(&check->base, path, "name", scenario->name, 1);
  upsell__check_enum(&check->base, path, "status", scenario->status, UPSELL_SCENARIO_DRAFT, 1);
  upsell__check_range(&check->base, path, "priority", scenario->priority, 0, UPSELL__PRIORITY_MAX);
  check_triggers(check, path, scenario);
  upsell__check_enum(&check->base, &offer, "kind", scenario->offer_kind, UPSELL_KIND_ONE_TIME, 1);
  check_offered_item(check, &offer, scenario);
  check_offer_plans(check, &offer, scenario);
  check_discount(check, &offer, &scenario->discount);
  check_quantity(check, &offer, &scenario->quantity);
  if (scenario->page)
    check_page(check, path, scenario->page);
}

static void check_scenarios(catalog_check *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path list = upsell__at_key(NULL, "scenarios");
  size_t count = upsell__check_list(&check->base, NULL, "scenarios", input->scenarios,
                                    input->scenario_count, sizeof(upsell_scenario_input));
  upsell__idmap numbers = {0};
  size_t i;

  for (i = 0; i < count && upsell__sink_goes_on(check->base.sink); i++) {
    const upsell_scenario_input *scenario = upsell__sized_item(input->scenarios, i);
    upsell__path path = upsell__at_index(&list, i);
    if (upsell__check_id(&check->base, &path, "id", scenario->id))
      number_id(check, &numbers, 0, scenario->id, &path);
    check_scenario(check, &path, scenario);
  }
  upsell__idmap_free(&numbers);
}

/* ---- the catalogue itself (CAT-1 ... CAT-3) ---- */

static void check_rounding(const catalog_check *check, const char *surface,
                           const upsell_rounding *policy)
{
  upsell__path rounding = upsell__at_key(NULL, "rounding");
  upsell__path path = upsell__at_key(&rounding, surface);

  upsell__check_enum(&check->base, &path, "mode", policy->mode, UPSELL_ROUND_HALF_EVEN, 0);
  upsell__check_enum(&check->base, &path, "target", policy->target, UPSELL_ROUND_DISCOUNT, 0);
  upsell__check_enum(&check->base, &path, "basis", policy->basis, UPSELL_ROUND_LINE, 0);
}

static void check_head(const catalog_check *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path store = upsell__at_key(NULL, "store");
  upsell__path currency = upsell__at_key(NULL, "currency");
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__check_reserved(&check->base, NULL, input->reserved);
  if (input->currency[0] == '\0')
    upsell__report_missing(check->base.sink, NULL, "currency");
  else if (!upsell__currency_find(upsell__currency_text(input->currency)))
    upsell__report(check->base.sink, UPSELL_UNKNOWN_CURRENCY, &currency,
                   "A current ISO 4217 code such as \"JPY\" was expected, found %s.",
                   upsell__quote(upsell__currency_text(input->currency), quoted));
  upsell__check_enum(&check->base, &store, "plan", input->store_plan, UPSELL_STORE_ENTERPRISE, 0);
  upsell__check_choice(&check->base, &store, "post_purchase_app", input->post_purchase_app);
  upsell__check_choice(&check->base, &store, "one_time_to_one_time", input->one_time_to_one_time);
  check_rounding(check, "checkout", &input->rounding.checkout);
  check_rounding(check, "offer_page", &input->rounding.offer_page);
}

static int is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* Whether a pointer is one of a list, one of its items or an item's id: then an
 * id that is named elsewhere may be the one that could not be read. Digits in
 * `pattern` stand for any number. */
static int hides_ids(const char *pointer, const char *pattern)
{
  while (*pointer && *pattern) {
    if (*pattern == '0') {
      if (!is_digit(*pointer))
        return 0;
      while (is_digit(*pointer))
        pointer++;
      pattern++;
    } else if (*pointer++ != *pattern++) {
      return 0;
    }
  }
  return *pointer == '\0' && (*pattern == '\0' || *pattern == '/');
}

/* What was reported before, while the text was read, decides which unknown ids
 * can be told from ids that could not be read. */
static void find_known_lists(catalog_check *check)
{
  const upsell_problems *problems = check->base.sink->problems;
  size_t count = upsell_problems_count(problems);
  size_t i;

  check->plans_known = 1;
  check->products_known = 1;
  check->variants_known = 1;
  for (i = 0; i < count; i++) {
    const char *pointer = upsell__problems_pointer(problems, i);
    if (hides_ids(pointer, "/selling_plans/0/id"))
      check->plans_known = 0;
    if (hides_ids(pointer, "/products/0/id"))
      check->products_known = 0;
    if (hides_ids(pointer, "/products/0/id") || hides_ids(pointer, "/products/0/variants/0/id"))
      check->variants_known = 0;
  }
}

void upsell__catalog_check(const upsell_catalog_input *input, int clean_text, upsell__sink *sink,
                           upsell__catalog_ids *ids)
{
  catalog_check check = {{sink, clean_text}, input, ids, NULL, 0, 0, 0};

  if (!upsell__sized_ok(input, sizeof(*input))) {
    upsell__report(sink, UPSELL_INVALID_ARGUMENT, NULL,
                   "The struct's size is %" PRIu32 "; set it to its sizeof, %zu.", input->size,
                   sizeof(*input));
    return;
  }
  check_head(&check);
  check_plans(&check);
  check_products(&check);
  find_known_lists(&check);
  check_scenarios(&check);
  upsell__free(check.plan_cycles);
}
