/* SPDX-License-Identifier: MIT */
#include "decide/price.h"

#include "model/limits.h"
#include "money/rounding.h"

static int64_t less_fixed(int64_t base, int64_t amount)
{
  return amount < base ? base - amount : 0;
}

/* The price that holds in a cycle, or NULL for the list price. */
static const upsell_plan_price_entry *entry_of(const upsell__pricing *plan, int32_t cycle)
{
  const upsell_plan_price_entry *found = NULL;
  size_t i;

  for (i = 0; i < plan->count; i++) {
    const upsell_plan_price_entry *entry = &plan->entries[i];
    if (entry->after_cycle < cycle && (!found || entry->after_cycle > found->after_cycle))
      found = entry;
  }
  return found;
}

/* The unit price that an entry gives; NULL: the list price. */
static int64_t entry_price(int64_t list_unit, const upsell_plan_price_entry *entry,
                           const upsell_rounding *checkout)
{
  upsell_rounding per_unit = *checkout;

  if (!entry)
    return list_unit;
  switch (entry->type) {
  case UPSELL_ADJUST_PERCENTAGE:
    per_unit.basis = UPSELL_ROUND_UNIT;
    return upsell__percentage_price(list_unit, entry->value, 1, &per_unit).unit;
  case UPSELL_ADJUST_FIXED_AMOUNT:
    return less_fixed(list_unit, entry->value);
  default:
    return entry->value; /* UPSELL_ADJUST_PRICE */
  }
}

int64_t upsell__plan_price(int64_t list_unit, const upsell__pricing *plan, int32_t cycle,
                           const upsell_rounding *checkout)
{
  return entry_price(list_unit, entry_of(plan, cycle), checkout);
}

/* A base price less the offer's discount on one surface (PRC-8, PRC-10). */
static upsell_amounts discounted(int64_t base, const upsell_discount *discount, int32_t quantity,
                                 const upsell_rounding *policy)
{
  upsell_amounts price;

  if (discount->type == UPSELL_ADJUST_PERCENTAGE)
    return upsell__percentage_price(base, discount->value, quantity, policy);
  price.unit =
      discount->type == UPSELL_ADJUST_FIXED_AMOUNT ? less_fixed(base, discount->value) : base;
  price.line = price.unit * quantity;
  return price;
}

void upsell__first_price(const upsell__price_terms *terms, upsell_price *price)
{
  static const upsell_price nothing = {0};
  int64_t base = terms->list_unit;

  *price = nothing;
  price->list_unit = terms->list_unit;
  if (terms->plan) {
    price->has_plan = 1;
    price->plan_unit =
        upsell__plan_price(terms->list_unit, terms->plan, 1, &terms->policies->checkout);
    /* Pattern 3: on top of the plan's price. Pattern 1: instead of it, so that
     * the plan's price counts only where there is no discount. */
    if (terms->pattern == UPSELL_ONE_TIME_TO_SUBSCRIPTION ||
        terms->discount->type == UPSELL_ADJUST_NONE)
      base = price->plan_unit;
  }
  price->checkout = discounted(base, terms->discount, terms->quantity, &terms->policies->checkout);
  price->offer_page =
      discounted(base, terms->discount, terms->quantity, &terms->policies->offer_page);
}

/* Adds a segment unless the price stays the same; returns how many there are. */
static size_t add_segment(upsell_price_segment *segments, size_t count, int32_t from, int64_t unit,
                          int32_t quantity)
{
  upsell_price_segment segment = {from, 0, unit, unit * quantity};

  if (count && segments[count - 1].unit == unit)
    return count;
  segments[count] = segment;
  return count + 1;
}

size_t upsell__recurring(const upsell__price_terms *terms, upsell_price_segment *segments)
{
  const upsell__pricing *plan = terms->plan;
  const upsell_rounding *checkout = &terms->policies->checkout;
  int32_t last = plan->max_cycles ? plan->max_cycles : UPSELL__AFTER_CYCLE_MAX + 1;
  int64_t unit = upsell__plan_price(terms->list_unit, plan, 2, checkout);
  size_t count;
  size_t i;

  if (last < 2)
    return 0;
  count = add_segment(segments, 0, 2, unit, terms->quantity);
  /* Entries ascend; those for cycle 2 or before are in the first segment. */
  for (i = 0; i < plan->count && plan->entries[i].after_cycle < last; i++) {
    const upsell_plan_price_entry *entry = &plan->entries[i];
    if (entry->after_cycle < 2)
      continue;
    unit = entry_price(terms->list_unit, entry, checkout);
    count = add_segment(segments, count, entry->after_cycle + 1, unit, terms->quantity);
  }
  return count;
}

/* ---- the public functions on single prices ---- */

static upsell_status check_amount(int32_t type, int64_t value)
{
  int64_t max = type == UPSELL_ADJUST_PERCENTAGE ? UPSELL_PERCENTAGE_MAX : UPSELL_MONEY_MAX;

  return value < 0 || value > max ? UPSELL_OUT_OF_RANGE : UPSELL_OK;
}

static upsell_status check_entry(const upsell_plan_price_entry *entry)
{
  if (entry->type < UPSELL_ADJUST_PERCENTAGE || entry->type > UPSELL_ADJUST_PRICE)
    return UPSELL_BAD_VALUE;
  if (entry->after_cycle < 0 || entry->after_cycle > UPSELL__AFTER_CYCLE_MAX)
    return UPSELL_OUT_OF_RANGE;
  return check_amount(entry->type, entry->value);
}

static upsell_status check_pricing(const upsell_plan_price_entry *pricing, size_t count)
{
  uint8_t seen[UPSELL__AFTER_CYCLE_MAX + 1] = {0};
  size_t i;

  if (count && !pricing)
    return UPSELL_INVALID_ARGUMENT;
  for (i = 0; i < count; i++) {
    upsell_status status = check_entry(&pricing[i]);
    if (status)
      return status;
    if (seen[pricing[i].after_cycle]++)
      return UPSELL_DUPLICATE_CYCLE;
  }
  return UPSELL_OK;
}

/* The policies with defaults for what the caller left open. */
static upsell_status complete_policies(const upsell_rounding_pair *given,
                                       upsell_rounding_pair *complete)
{
  upsell_rounding_defaults(complete);
  if (given) {
    complete->checkout = upsell__rounding_complete(&given->checkout, &complete->checkout);
    complete->offer_page = upsell__rounding_complete(&given->offer_page, &complete->offer_page);
  }
  return upsell__rounding_valid(&complete->checkout) &&
                 upsell__rounding_valid(&complete->offer_page)
             ? UPSELL_OK
             : UPSELL_BAD_VALUE;
}

upsell_status upsell_plan_price(int64_t list_unit, const upsell_plan_price_entry *pricing,
                                size_t count, int32_t cycle, const upsell_rounding *checkout,
                                int64_t *unit)
{
  upsell__pricing plan = {pricing, count, 0};
  upsell_rounding_pair given = {{0, 0, 0}, {0, 0, 0}};
  upsell_rounding_pair policies;
  upsell_status status;

  if (!unit)
    return UPSELL_INVALID_ARGUMENT;
  if (list_unit < 0 || list_unit > UPSELL_MONEY_MAX || cycle < 1)
    return UPSELL_OUT_OF_RANGE;
  if (checkout)
    given.checkout = *checkout;
  status = complete_policies(&given, &policies);
  if (!status)
    status = check_pricing(pricing, count);
  if (!status)
    *unit = upsell__plan_price(list_unit, &plan, cycle, &policies.checkout);
  return status;
}

static upsell_status check_discount(const upsell_discount *discount)
{
  if (discount->reserved)
    return UPSELL_INVALID_ARGUMENT;
  if (discount->type < UPSELL_ADJUST_NONE || discount->type > UPSELL_ADJUST_FIXED_AMOUNT)
    return UPSELL_BAD_VALUE;
  if (discount->type == UPSELL_ADJUST_NONE)
    return discount->value ? UPSELL_NOT_APPLICABLE : UPSELL_OK;
  return check_amount(discount->type, discount->value);
}

static int sells_plan(int32_t pattern)
{
  return pattern == UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION ||
         pattern == UPSELL_ONE_TIME_TO_SUBSCRIPTION;
}

upsell_status upsell_first_price(int32_t pattern, int64_t list_unit,
                                 const upsell_plan_price_entry *pricing, size_t count,
                                 const upsell_discount *discount, int32_t quantity,
                                 const upsell_rounding_pair *policies, upsell_price *price)
{
  upsell__pricing plan = {pricing, count, 0};
  upsell_discount complete = {UPSELL_ADJUST_NONE, 0, 0};
  upsell_rounding_pair rounding;
  upsell__price_terms terms = {NULL, &complete, &rounding, list_unit, pattern, quantity};
  upsell_status status;

  if (!price)
    return UPSELL_INVALID_ARGUMENT;
  if (!upsell_pattern_name(pattern))
    return UPSELL_BAD_VALUE;
  if (list_unit < 0 || list_unit > UPSELL_MONEY_MAX || quantity < 1 ||
      quantity > UPSELL_QUANTITY_MAX)
    return UPSELL_OUT_OF_RANGE;
  if (discount)
    complete = *discount;
  if (!complete.type)
    complete.type = UPSELL_ADJUST_NONE;
  if (sells_plan(pattern))
    terms.plan = &plan;
  status = complete_policies(policies, &rounding);
  if (!status && terms.plan)
    status = check_pricing(pricing, count);
  if (!status)
    status = check_discount(&complete);
  if (!status)
    upsell__first_price(&terms, price);
  return status;
}
