/* SPDX-License-Identifier: MIT */
/* The catalogue's public functions on structs. */
#include "model/catalog.h"

#include "base/alloc.h"
#include "base/sized.h"

upsell_status upsell__catalog_build(const upsell_catalog_input *input, int clean_text,
                                    upsell__sink *sink, upsell_catalog **catalog)
{
  upsell__catalog_ids ids = {{0}, {0}, {0}};
  upsell_catalog *built = NULL;

  upsell__catalog_check(input, clean_text, sink, &ids);
  if (sink->status == UPSELL_OK) {
    built = upsell__catalog_freeze(input, &ids);
    if (!built)
      upsell__report_no_memory(sink);
  }
  upsell__catalog_ids_free(&ids);
  if (sink->status == UPSELL_OK)
    *catalog = built;
  return sink->status;
}

upsell_status upsell_catalog_new(const upsell_catalog_input *input, upsell_catalog **catalog,
                                 upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};

  if (!input || !catalog) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL, "input and catalog must not be NULL.");
    return sink.status;
  }
  return upsell__catalog_build(input, 0, &sink, catalog);
}

upsell_status upsell_catalog_check(const upsell_catalog_input *input, upsell_problems **problems)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__catalog_ids ids = {{0}, {0}, {0}};

  if (!input || !problems)
    return UPSELL_INVALID_ARGUMENT;
  sink.problems = upsell__problems_new();
  if (!sink.problems)
    return UPSELL_NO_MEMORY;
  upsell__catalog_check(input, 0, &sink, &ids);
  upsell__catalog_ids_free(&ids);
  return upsell__problems_finish(&sink, problems);
}

static uint64_t heap_bytes(const upsell_catalog *catalog)
{
  return sizeof(*catalog) + catalog->arena.bytes + upsell__idmap_bytes(&catalog->plan_ids) +
         upsell__idmap_bytes(&catalog->product_ids) + upsell__idmap_bytes(&catalog->variant_ids);
}

upsell_status upsell_catalog_describe(const upsell_catalog *catalog, upsell_catalog_info *info)
{
  uint32_t i;

  if (!catalog || !info || info->size < sizeof(*info))
    return UPSELL_INVALID_ARGUMENT;
  info->currency = catalog->currency;
  info->selling_plans = catalog->plan_count;
  info->products = catalog->product_count;
  info->variants = catalog->variant_count;
  info->scenarios = catalog->scenario_count;
  info->published = 0;
  for (i = 0; i < catalog->scenario_count; i++)
    info->published += catalog->scenarios[i].published;
  info->bytes = heap_bytes(catalog);
  return UPSELL_OK;
}
