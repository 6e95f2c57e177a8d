/* SPDX-License-Identifier: MIT */
/* The scenarios of a catalogue, one by one. */
#include "model/catalog.h"

upsell_status upsell_catalog_scenario(const upsell_catalog *catalog, size_t index,
                                      upsell_scenario_info *info)
{
  const upsell__scenario *scenario;

  if (!catalog || !info || info->size < sizeof(*info))
    return UPSELL_INVALID_ARGUMENT;
  if (index >= catalog->scenario_count)
    return UPSELL_OUT_OF_RANGE;
  scenario = &catalog->scenarios[index];
  info->status = scenario->published ? UPSELL_SCENARIO_PUBLISHED : UPSELL_SCENARIO_DRAFT;
  info->priority = scenario->priority;
  info->pattern = scenario->pattern;
  info->id = scenario->id;
  info->name = scenario->name;
  info->product_id = catalog->products[scenario->product].id;
  info->product_title = catalog->products[scenario->product].title;
  info->variant_id = catalog->variants[scenario->variant].id;
  info->variant_title = catalog->variants[scenario->variant].title;
  return UPSELL_OK;
}
