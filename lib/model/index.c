/* SPDX-License-Identifier: MIT */
/*
 * The lists that make deciding independent of the catalogue's size: for every
 * product and kind of line, the published scenarios it can set off, best first.
 * They are split by what an order can exclude as a whole (see the lists in
 * catalog.h), so that scenarios which cannot win are not even looked at.
 */
#include "base/alloc.h"
#include "base/sort.h"
#include "model/catalog.h"
#include "model/cycle.h"

static int scenario_after(uint32_t a, uint32_t b, const void *context)
{
  const upsell__scenario *scenarios = context;

  if (scenarios[a].priority != scenarios[b].priority)
    return scenarios[a].priority > scenarios[b].priority;
  return a > b;
}

static int list_of(const upsell__scenario *scenario)
{
  if (scenario->pattern_not_enabled || scenario->offer_not_shippable ||
      scenario->offer_subscription_only)
    return UPSELL__LIST_NEVER;
  return (scenario->plan_count ? UPSELL__LIST_TO_SUBSCRIPTION_ALLOW
                               : UPSELL__LIST_TO_ONE_TIME_ALLOW) +
         scenario->denies_other_items;
}

static uint32_t list_number(const upsell__scenario *scenario, uint32_t product)
{
  return (product * 2 + (uint32_t)(scenario->trigger_kind - 1)) * UPSELL__LISTS +
         (uint32_t)list_of(scenario);
}

static uint64_t cycles_of(const upsell_catalog *catalog, const upsell__scenario *scenario)
{
  uint64_t cycles = 0;
  uint32_t i;

  for (i = 0; i < scenario->plan_count; i++)
    cycles |= upsell__cycle_bit(catalog->plans[scenario->plans[i]].cycle);
  return cycles;
}

static uint64_t products_of(const upsell__scenario *scenario)
{
  uint64_t products = 0;
  uint32_t i;

  for (i = 0; i < scenario->trigger_count; i++)
    products |= upsell__product_bit(scenario->triggers[i].product);
  return products;
}

/* Adds a scenario to the list of each of its trigger products; `next` is where
 * each list ends so far. */
static void add_postings(upsell_catalog *catalog, uint32_t number, uint32_t rank, uint32_t *next)
{
  const upsell__scenario *scenario = &catalog->scenarios[number];
  uint64_t cycles = cycles_of(catalog, scenario);
  uint64_t products = products_of(scenario);
  upsell__posting *posting = NULL;
  uint32_t i;

  for (i = 0; i < scenario->trigger_count; i++) {
    const upsell__trigger *trigger = &scenario->triggers[i];
    if (i == 0 || trigger->product != scenario->triggers[i - 1].product) {
      posting = &catalog->postings[next[list_number(scenario, trigger->product)]++];
      posting->cycles = cycles;
      posting->rank = rank;
      posting->scenario = number;
      posting->products = products;
    }
    if (!trigger->variant_count && !trigger->plan_count)
      posting->any = 1;
  }
}

/* Counts each list's postings at the number behind its own, and sums up: then
 * lists[n] is where list n starts. Returns the sum. */
static uint32_t measure_lists(const upsell_catalog *catalog, uint32_t *lists, size_t count)
{
  uint32_t i;
  uint32_t j;
  size_t n;

  for (i = 0; i < catalog->scenario_count; i++) {
    const upsell__scenario *scenario = &catalog->scenarios[i];
    for (j = 0; scenario->published && j < scenario->trigger_count; j++) {
      if (j == 0 || scenario->triggers[j].product != scenario->triggers[j - 1].product)
        lists[list_number(scenario, scenario->triggers[j].product) + 1]++;
    }
  }
  for (n = 1; n <= count; n++)
    lists[n] += lists[n - 1];
  return lists[count];
}

static void fill_lists(upsell_catalog *catalog, uint32_t *order, uint32_t *next, size_t count)
{
  uint32_t published = 0;
  uint32_t i;

  for (i = 0; i < catalog->scenario_count; i++) {
    if (catalog->scenarios[i].published)
      order[published++] = i;
  }
  upsell__sort(order, published, scenario_after, catalog->scenarios);
  memcpy(next, catalog->lists, count * sizeof(*next));
  for (i = 0; i < published; i++)
    add_postings(catalog, order[i], i, next);
}

int upsell__catalog_index(upsell_catalog *catalog)
{
  size_t count = catalog->product_ids.count * 2 * UPSELL__LISTS;
  uint32_t *order = upsell__alloc(catalog->scenario_count, sizeof(*order));
  uint32_t *next = upsell__alloc(count + 1, sizeof(*next));

  if (count < UPSELL__NO_INDEX)
    catalog->lists = upsell__arena_alloc(&catalog->arena, count + 1, sizeof(*catalog->lists));
  if (catalog->lists)
    catalog->postings = upsell__arena_alloc(
        &catalog->arena, measure_lists(catalog, catalog->lists, count), sizeof(*catalog->postings));
  if (catalog->postings && order && next)
    fill_lists(catalog, order, next, count);
  upsell__free(next);
  upsell__free(order);
  return catalog->postings && order && next;
}
