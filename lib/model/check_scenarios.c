/* SPDX-License-Identifier: MIT */
/* The scenarios of a catalogue (CAT-8 ... CAT-16). */
#include <inttypes.h>

#include "base/alloc.h"
#include "base/sized.h"
#include "model/check.h"
#include "model/choice.h"
#include "model/limits.h"

/* ---- what scenarios refer to (CAT-14) ---- */

/* A list of ids of a scenario: each valid and none twice (CAT-15). Returns how
 * many can be read. `numbers` receives a number for each id, equal for equal
 * ids, which the caller's own list does not share. */
static size_t check_id_list(upsell__checking *check, const upsell__path *parent, const char *key,
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

static void report_unknown(const upsell__checking *check, const upsell__path *path,
                           const char *what, upsell_str id)
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
static void check_trigger_variants(upsell__checking *check, const upsell__path *path,
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

static void check_trigger(upsell__checking *check, const upsell__path *path, int32_t kind,
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

static void check_triggers(upsell__checking *check, const upsell__path *path,
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
                             scenario->trigger_count, UPSELL__SHAPE(upsell_trigger_input));
  if (scenario->trigger_count == 0)
    upsell__report(check->base.sink, UPSELL_BAD_COUNT, &list,
                   "At least one product must set a scenario off; add one.");
  for (i = 0; i < count; i++) {
    upsell__path item = upsell__at_index(&list, i);
    check_trigger(check, &item, scenario->trigger_kind, upsell__sized_item(scenario->triggers, i));
  }
}

/* ---- the offer (CAT-10 ... CAT-13) ---- */

static void check_offered_item(upsell__checking *check, const upsell__path *offer,
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
static uint32_t cycle_of_plan(upsell__checking *check, const upsell__path *path, upsell_str id)
{
  uint32_t number = is_id(id) ? upsell__idmap_find(&check->ids->plans, 0, id) : UPSELL__NO_INDEX;

  if (number != UPSELL__NO_INDEX)
    return check->plan_cycles[number];
  if (is_id(id) && check->plans_known)
    report_unknown(check, path, "selling plan", id);
  return 0;
}

/* No two plans of an offer have the same cycle (CAT-13). */
static void check_plan_cycles(upsell__checking *check, const upsell__path *list,
                              const upsell_str *ids, size_t count)
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

static void check_offer_plans(upsell__checking *check, const upsell__path *offer,
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

static void check_discount(const upsell__checking *check, const upsell__path *offer,
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
    upsell__check_adjustment(check, &path, discount->type, discount->value);
}

static void check_quantity(const upsell__checking *check, const upsell__path *offer,
                           const upsell_quantity *quantity)
{
  upsell__path path = upsell__at_key(offer, "quantity");
  upsell__path max = upsell__at_key(&path, "max");
  int32_t initial = quantity->initial ? quantity->initial : 1;
  int32_t most = quantity->max ? quantity->max : initial;

  upsell__check_reserved(&check->base, &path, (uint32_t)quantity->reserved);
  upsell__check_choice(&check->base, &path, "adjustable", quantity->adjustable);
  if (!upsell__choice_valid(quantity->adjustable) ||
      !upsell__check_range(&check->base, &path, "default", initial, 1, UPSELL_QUANTITY_MAX) ||
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

static void check_page(const upsell__checking *check, const upsell__path *scenario,
                       const upsell_page_input *page)
{
  upsell__path path = upsell__at_key(scenario, "page");
  upsell__path timer = upsell__at_key(&path, "timer");
  upsell__path description = upsell__at_key(&path, "description");
  upsell__path button = upsell__at_key(&path, "close_button");

  if (!upsell__check_sized(&check->base, &path, page, UPSELL__SHAPE(upsell_page_input)))
    return;
  upsell__check_reserved(&check->base, &path, page->reserved || page->reserved_size);
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
  upsell__check_disclosure(check, &path, page->disclosure);
}

static void check_scenario(upsell__checking *check, const upsell__path *path,
                           const upsell_scenario_input *scenario)
{
  upsell__path offer = upsell__at_key(path, "offer");

  upsell__check_reserved(&check->base, path, scenario->reserved != 0);
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

void upsell__check_scenarios(upsell__checking *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path list = upsell__at_key(NULL, "scenarios");
  size_t count = upsell__check_list(&check->base, NULL, "scenarios", input->scenarios,
                                    input->scenario_count, UPSELL__SHAPE(upsell_scenario_input));
  upsell__idmap numbers = {0};
  size_t i;

  for (i = 0; i < count && upsell__sink_goes_on(check->base.sink); i++) {
    const upsell_scenario_input *scenario = upsell__sized_item(input->scenarios, i);
    upsell__path path = upsell__at_index(&list, i);
    if (upsell__check_id(&check->base, &path, "id", scenario->id))
      upsell__number_id(check, &numbers, 0, scenario->id, &path);
    check_scenario(check, &path, scenario);
  }
  upsell__idmap_free(&numbers);
}
