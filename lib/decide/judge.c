/* SPDX-License-Identifier: MIT */
#include "decide/judge.h"

#include "base/alloc.h"

/* A line that is part of no target; as a slot, one whose lines are part of none. */
#define NO_GROUP (UPSELL__NO_INDEX - 1)

int upsell__judge_begin(upsell__judge *judge, const upsell_catalog *catalog,
                        const upsell_order *order)
{
  void *groups = judge->groups;

  if (!upsell__grow(&groups, &judge->group_capacity, order->line_count, sizeof(*judge->groups)))
    return 0;
  judge->groups = groups;
  return upsell__facts_gather(&judge->facts, catalog, order);
}

void upsell__judge_free(upsell__judge *judge)
{
  upsell__facts_free(&judge->facts);
  upsell__free(judge->groups);
  judge->groups = NULL;
  judge->group_capacity = 0;
}

/* ---- trigger lines ---- */

/* Whether a number is in an ascending list. */
static int contains(const uint32_t *numbers, uint32_t count, uint32_t number)
{
  uint32_t low = 0;
  uint32_t high = count;

  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (numbers[middle] < number)
      low = middle + 1;
    else
      high = middle;
  }
  return low < count && numbers[low] == number;
}

/* The first of a scenario's triggers for a product, or behind it. Triggers
 * ascend by product. */
static uint32_t first_trigger(const upsell__scenario *scenario, uint32_t product)
{
  uint32_t low = 0;
  uint32_t high = scenario->trigger_count;

  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (scenario->triggers[middle].product < product)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A line must match within one entry. One that names variants never matches a
 * line without a variant: that has no number. */
static int matches(upsell__facts *facts, size_t index, const upsell__trigger *trigger)
{
  if (trigger->variant_count &&
      !contains(trigger->variants, trigger->variant_count, upsell__facts_variant(facts, index)))
    return 0;
  return !trigger->plan_count ||
         contains(trigger->plans, trigger->plan_count, facts->lines[index].plan);
}

static int is_trigger_line(upsell__facts *facts, size_t index, const upsell__scenario *scenario)
{
  const upsell__line *line = &facts->lines[index];
  uint32_t i;

  if (line->kind != scenario->trigger_kind || line->product == UPSELL__NO_INDEX)
    return 0;
  for (i = first_trigger(scenario, line->product);
       i < scenario->trigger_count && scenario->triggers[i].product == line->product; i++) {
    if (matches(facts, index, &scenario->triggers[i]))
      return 1;
  }
  return 0;
}

size_t upsell__judge_match(upsell__judge *judge, const upsell__scenario *scenario)
{
  upsell__facts *facts = &judge->facts;
  size_t i;

  judge->trigger_count = 0;
  for (i = 0; i < facts->count; i++) {
    facts->lines[i].triggers = (uint8_t)is_trigger_line(facts, i, scenario);
    judge->trigger_count += facts->lines[i].triggers;
  }
  return judge->trigger_count;
}

/* ---- targets ---- */

/* A trigger line that can be part of a target of pattern 1. */
static int counts(const upsell__line *line)
{
  return line->triggers && line->cycle;
}

uint32_t upsell__judge_plan(const upsell_catalog *catalog, const upsell__scenario *scenario,
                            uint32_t cycle)
{
  uint32_t i;

  for (i = 0; i < scenario->plan_count; i++) {
    if (catalog->plans[scenario->plans[i]].cycle == cycle)
      return scenario->plans[i];
  }
  return UPSELL__NO_INDEX;
}

/* A group for lines like this first one, unless no plan has its cycle. */
static uint32_t open_group(upsell__judge *judge, const upsell__scenario *scenario, size_t index)
{
  uint32_t plan =
      upsell__judge_plan(judge->facts.catalog, scenario, judge->facts.lines[index].cycle);
  upsell__group group = {UPSELL__NO_INDEX, plan};

  if (plan == UPSELL__NO_INDEX)
    return NO_GROUP;
  judge->groups[judge->group_count] = group;
  return (uint32_t)judge->group_count++;
}

/* Puts a line into the group of its contract or cycle. */
static void join_group(upsell__judge *judge, const upsell__scenario *scenario, size_t index,
                       int by_contract)
{
  upsell__line *line = &judge->facts.lines[index];
  upsell__line *first = &judge->facts.lines[by_contract ? line->contract : line->like];
  upsell__group *group;

  if (first->slot == UPSELL__NO_INDEX)
    first->slot = open_group(judge, scenario, index);
  line->group = first->slot;
  if (line->group == NO_GROUP)
    return;
  group = &judge->groups[line->group];
  if (group->contract_line == UPSELL__NO_INDEX && line->contract != UPSELL__NO_INDEX)
    group->contract_line = (uint32_t)index;
}

/* Pattern 1: by contract if every line has one, else by cycle (TGT-2). */
static void group_subscriptions(upsell__judge *judge, const upsell__scenario *scenario)
{
  upsell__facts *facts = &judge->facts;
  int by_contract = 1;
  size_t i;

  for (i = 0; i < facts->count; i++) {
    facts->lines[i].slot = UPSELL__NO_INDEX;
    facts->lines[i].group = NO_GROUP;
    if (counts(&facts->lines[i]) && facts->lines[i].contract == UPSELL__NO_INDEX)
      by_contract = 0;
  }
  judge->group_count = 0;
  for (i = 0; i < facts->count; i++) {
    if (counts(&facts->lines[i]))
      join_group(judge, scenario, i, by_contract);
  }
}

/* Patterns 2, 3 and 4: one target with all trigger lines (TGT-4, TGT-5). */
static void group_all(upsell__judge *judge, const upsell__scenario *scenario)
{
  upsell__facts *facts = &judge->facts;
  upsell__group *group = &judge->groups[0];
  size_t i;

  group->contract_line = UPSELL__NO_INDEX;
  group->plan = scenario->plan_count ? scenario->plans[0] : UPSELL__NO_INDEX;
  judge->group_count = 1;
  for (i = 0; i < facts->count; i++)
    facts->lines[i].group = facts->lines[i].triggers ? 0 : NO_GROUP;
}

/* ---- reasons ---- */

static int lacks_stock(const upsell__judge *judge, const upsell__scenario *scenario)
{
  int64_t available = judge->facts.catalog->variants[scenario->variant].available;

  return available >= 0 && available < scenario->quantity.initial * (int64_t)judge->group_count;
}

int32_t upsell__judge_reject(upsell__judge *judge, const upsell__scenario *scenario)
{
  const upsell__facts *facts = &judge->facts;
  int replaces = scenario->pattern == UPSELL_ONE_TIME_TO_SUBSCRIPTION;

  if (scenario->pattern_not_enabled)
    return UPSELL_REASON_PATTERN_NOT_ENABLED;
  if (scenario->denies_other_items && judge->trigger_count < facts->count)
    return UPSELL_REASON_OTHER_ITEMS;
  if (scenario->offer_not_shippable)
    return UPSELL_REASON_OFFER_NOT_SHIPPABLE;
  if (scenario->offer_subscription_only)
    return UPSELL_REASON_OFFER_SUBSCRIPTION_ONLY;
  if (replaces && facts->has_subscription)
    return UPSELL_REASON_ORDER_HAS_SUBSCRIPTION;
  if (replaces && !facts->has_address)
    return UPSELL_REASON_NO_SHIPPING_ADDRESS;
  if (scenario->pattern == UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION)
    group_subscriptions(judge, scenario);
  else
    group_all(judge, scenario);
  if (judge->group_count == 0)
    return UPSELL_REASON_NO_MATCHING_CYCLE;
  if (lacks_stock(judge, scenario))
    return UPSELL_REASON_OFFER_OUT_OF_STOCK;
  return 0;
}
