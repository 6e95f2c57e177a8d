/* SPDX-License-Identifier: MIT */
/* The selling plans of a catalogue (CAT-4, CAT-5, CAT-18). */
#include <inttypes.h>

#include "base/alloc.h"
#include "base/sized.h"
#include "model/check.h"
#include "model/cycle.h"
#include "model/limits.h"

static void check_interval(const upsell__checking *check, const upsell__path *parent,
                           const char *key, const upsell_interval *interval)
{
  upsell__path path = upsell__at_key(parent, key);

  if (upsell__interval_is_default(interval)) {
    upsell__report_missing(check->base.sink, parent, key);
    return;
  }
  upsell__check_enum(&check->base, &path, "interval", interval->unit, UPSELL_INTERVAL_YEAR, 1);
  upsell__check_range(&check->base, &path, "count", interval->count, 1, UPSELL__INTERVAL_MAX);
}

static void check_price_entry(const upsell__checking *check, const upsell__path *path,
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
    upsell__check_adjustment(check, path, entry->type, entry->value);
}

static void check_pricing(const upsell__checking *check, const upsell__path *parent,
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
    if (entry->type == 0 || entry->after_cycle < 0 || entry->after_cycle > UPSELL__AFTER_CYCLE_MAX)
      continue; /* reported above: no entry to compare with */
    if (seen[entry->after_cycle]++) {
      upsell__path key = upsell__at_key(&path, "after_cycle");
      upsell__report(check->base.sink, UPSELL_DUPLICATE_CYCLE, &key,
                     "Another price of this plan starts after cycle %" PRId32 " already.",
                     entry->after_cycle);
    }
  }
}

/* A number of cycles, where there is one; 1 when it can be compared. */
static int check_cycles(const upsell__checking *check, const upsell__path *path, const char *key,
                        int32_t cycles)
{
  return cycles && upsell__check_range(&check->base, path, key, cycles, 1, UPSELL__CYCLES_MAX);
}

static void check_length(const upsell__checking *check, const upsell__path *path,
                         const upsell_selling_plan_input *plan)
{
  upsell__path key = upsell__at_key(path, "min_cycles");
  int has_min = check_cycles(check, path, "min_cycles", plan->min_cycles);
  int has_max = check_cycles(check, path, "max_cycles", plan->max_cycles);

  if (has_min && has_max && plan->min_cycles > plan->max_cycles)
    upsell__report(check->base.sink, UPSELL_OUT_OF_RANGE, &key,
                   "min_cycles must not be more than max_cycles, %" PRId32 "; found %" PRId32 ".",
                   plan->max_cycles, plan->min_cycles);
}

static void check_plan(upsell__checking *check, const upsell__path *path,
                       const upsell_selling_plan_input *plan)
{
  uint32_t number = UPSELL__NO_INDEX;

  upsell__check_reserved(&check->base, path, plan->reserved);
  if (upsell__check_id(&check->base, path, "id", plan->id))
    number = upsell__number_id(check, &check->ids->plans, 0, plan->id, path);
  upsell__check_text(&check->base, path, "name", plan->name, 1);
  check_interval(check, path, "billing", &plan->cycle.billing);
  if (!upsell__interval_is_default(&plan->cycle.delivery))
    check_interval(check, path, "delivery", &plan->cycle.delivery);
  check_pricing(check, path, plan);
  check_length(check, path, plan);
  if (number != UPSELL__NO_INDEX && !upsell__interval_check(&plan->cycle.billing) &&
      (upsell__interval_is_default(&plan->cycle.delivery) ||
       !upsell__interval_check(&plan->cycle.delivery)))
    check->plan_cycles[number] = upsell__cycle_code(&plan->cycle);
}

void upsell__check_plans(upsell__checking *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path list = upsell__at_key(NULL, "selling_plans");
  size_t count =
      upsell__check_list(&check->base, NULL, "selling_plans", input->selling_plans,
                         input->selling_plan_count, UPSELL__SHAPE(upsell_selling_plan_input));
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
