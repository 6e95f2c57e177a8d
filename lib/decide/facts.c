/* SPDX-License-Identifier: MIT */
#include "decide/facts.h"

#include "base/alloc.h"
#include "model/choice.h"
#include "model/cycle.h"

/* The first line up to `index` with the same contract. */
static uint32_t first_with_contract(const upsell__facts *facts, size_t index)
{
  upsell_str contract = upsell__order_line_at(facts->order, index)->contract_id;
  size_t i;

  for (i = 0; i < index; i++) {
    upsell_str other = upsell__order_line_at(facts->order, i)->contract_id;
    if (other.data && upsell__str_equal(other, contract))
      return (uint32_t)i;
  }
  return (uint32_t)index;
}

static uint32_t first_with_cycle(const upsell__facts *facts, size_t index)
{
  size_t i = 0;

  while (facts->lines[i].cycle != facts->lines[index].cycle)
    i++;
  return (uint32_t)i;
}

/* What concerns the plan of a subscription line. */
static void gather_plan(upsell__facts *facts, size_t index, const upsell_order_line *given)
{
  const upsell_catalog *catalog = facts->catalog;
  upsell__line *line = &facts->lines[index];

  line->plan = upsell__idmap_find(&catalog->plan_ids, 0, given->selling_plan_id);
  if (line->plan < catalog->plan_count) {
    line->cycle = catalog->plans[line->plan].cycle;
    line->like = first_with_cycle(facts, index);
    facts->cycles |= upsell__cycle_bit(line->cycle);
  }
  if (given->contract_id.data)
    line->contract = first_with_contract(facts, index);
}

static void gather_line(upsell__facts *facts, size_t index)
{
  const upsell_order_line *given = upsell__order_line_at(facts->order, index);
  upsell__line *line = &facts->lines[index];
  size_t i;

  line->product = upsell__idmap_find(&facts->catalog->product_ids, 0, given->product_id);
  line->plan = UPSELL__NO_INDEX;
  line->variant = given->variant_id.data ? UPSELL__NOT_LOOKED_UP : UPSELL__NO_INDEX;
  line->cycle = 0;
  line->contract = UPSELL__NO_INDEX;
  line->like = UPSELL__NO_INDEX;
  line->kind = given->selling_plan_id.data ? UPSELL_KIND_SUBSCRIPTION : UPSELL_KIND_ONE_TIME;
  if (line->kind == UPSELL_KIND_SUBSCRIPTION) {
    facts->has_subscription = 1;
    gather_plan(facts, index, given);
  } else {
    facts->has_one_time = 1;
  }
  line->repeats = 0;
  for (i = 0; i < index && !line->repeats; i++)
    line->repeats = facts->lines[i].product == line->product && facts->lines[i].kind == line->kind;
  if (line->product == UPSELL__NO_INDEX)
    facts->has_unknown_product = 1;
  else
    facts->products |= upsell__product_bit(line->product);
}

int upsell__facts_gather(upsell__facts *facts, const upsell_catalog *catalog,
                         const upsell_order *order)
{
  void *lines = facts->lines;
  size_t i;

  if (!upsell__grow(&lines, &facts->capacity, order->line_count, sizeof(*facts->lines)))
    return 0;
  facts->lines = lines;
  facts->catalog = catalog;
  facts->order = order;
  facts->count = order->line_count;
  facts->cycles = 0;
  facts->products = 0;
  facts->has_subscription = 0;
  facts->has_one_time = 0;
  facts->has_unknown_product = 0;
  facts->has_address = upsell__choice(order->has_shipping_address, 1);
  for (i = 0; i < facts->count; i++)
    gather_line(facts, i);
  return 1;
}

uint32_t upsell__facts_variant(upsell__facts *facts, size_t index)
{
  upsell__line *line = &facts->lines[index];

  if (line->variant == UPSELL__NOT_LOOKED_UP)
    line->variant = upsell__idmap_find(&facts->catalog->variant_ids, line->product,
                                       upsell__order_line_at(facts->order, index)->variant_id);
  return line->variant;
}

void upsell__facts_free(upsell__facts *facts)
{
  upsell__free(facts->lines);
  facts->lines = NULL;
  facts->capacity = 0;
}
