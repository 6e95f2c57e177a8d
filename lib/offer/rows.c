/* SPDX-License-Identifier: MIT */
#include "offer/rows.h"

#include "base/alloc.h"
#include "base/sort.h"

static void add(upsell__rows *rows, const upsell__scenario *scenario, const upsell_counts *counts,
                upsell_str only)
{
  upsell__row *row = &rows->items[rows->count];

  if (only.data && !upsell__str_equal(only, counts->scenario_id))
    return;
  row->scenario = scenario;
  row->counts = *counts;
  rows->count++;
  rows->total.shown += counts->shown;
  rows->total.clicked += counts->clicked;
  rows->total.ordered += counts->ordered;
}

/* The scenarios of a catalogue; marks those that the tally has. */
static void add_known(upsell__rows *rows, const upsell_tally *tally, const upsell_catalog *catalog,
                      upsell_str only, uint8_t *is_known)
{
  uint32_t i;

  for (i = 0; i < catalog->scenario_count; i++) {
    const upsell__scenario *scenario = &catalog->scenarios[i];
    upsell_counts counts = {scenario->id, 0, 0, 0};
    uint32_t number = upsell__idmap_find(&tally->scenarios, 0, scenario->id);
    if (number != UPSELL__NO_INDEX) {
      counts = tally->counts[number];
      is_known[number] = 1;
    }
    add(rows, scenario, &counts, only);
  }
}

/* Whether the id of one scenario comes after that of another, byte by byte. */
static int comes_after(uint32_t a, uint32_t b, const void *context)
{
  const upsell_tally *tally = context;
  upsell_str x = tally->counts[a].scenario_id;
  upsell_str y = tally->counts[b].scenario_id;
  int order = memcmp(x.data, y.data, x.len < y.len ? x.len : y.len);

  return order ? order > 0 : x.len > y.len;
}

/* The other scenarios of the tally; `order` has room for all their numbers. */
static void add_unknown(upsell__rows *rows, const upsell_tally *tally, upsell_str only,
                        const uint8_t *is_known, uint32_t *order)
{
  size_t count = 0;
  uint32_t i;

  for (i = 0; i < tally->scenarios.count; i++) {
    if (!is_known[i])
      order[count++] = i;
  }
  upsell__sort(order, count, comes_after, tally);
  for (i = 0; i < count; i++)
    add(rows, NULL, &tally->counts[order[i]], only);
}

int upsell__rows_list(const upsell_tally *tally, const upsell_catalog *catalog, upsell_str only,
                      upsell__rows *rows)
{
  static const upsell__rows none = {0};
  size_t counted = tally->scenarios.count;
  size_t known = catalog ? catalog->scenario_count : 0;
  uint8_t *is_known = upsell__alloc(counted, sizeof(*is_known));
  uint32_t *order = upsell__alloc(counted, sizeof(*order));

  *rows = none;
  rows->items = upsell__alloc(known + counted, sizeof(*rows->items));
  if (is_known && order && rows->items) {
    if (catalog)
      add_known(rows, tally, catalog, only, is_known);
    add_unknown(rows, tally, only, is_known, order);
  }
  upsell__free(order);
  upsell__free(is_known);
  return is_known && order && rows->items;
}

void upsell__rows_free(upsell__rows *rows)
{
  upsell__free(rows->items);
}
