/* SPDX-License-Identifier: MIT */
/* What a scenario would show: a decision for an order that sets it off (DEC-17). */
#include "base/report.h"
#include "decide/decision.h"

/* The id of a plan that no catalogue knows: no valid id holds a NUL (VAL-1). */
static const upsell_str unknown_plan = UPSELL_STR("\0");

/* The entry of the trigger that the made-up line is of, and its plan. */
typedef struct sample {
  const upsell__trigger *entry;
  uint32_t plan; /* number, or UPSELL__NO_INDEX: none that helps, or a one-time line */
} sample;

/* Whether a subscription with this plan can set the scenario off and lead to an offer. */
static int plan_suits(const upsell_catalog *catalog, const upsell__scenario *scenario,
                      uint32_t plan)
{
  if (plan >= catalog->plan_count)
    return 0;
  return scenario->pattern != UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION ||
         upsell__judge_plan(catalog, scenario, catalog->plans[plan].cycle) != UPSELL__NO_INDEX;
}

/* The first plan of an entry that suits, or of all plans where it names none. */
static uint32_t suitable_plan(const upsell_catalog *catalog, const upsell__scenario *scenario,
                              const upsell__trigger *entry)
{
  uint32_t count = entry->plan_count ? entry->plan_count : catalog->plan_count;
  uint32_t i;

  for (i = 0; i < count; i++) {
    uint32_t plan = entry->plan_count ? entry->plans[count + i] : i;
    if (plan_suits(catalog, scenario, plan))
      return plan;
  }
  return UPSELL__NO_INDEX;
}

/* A suitable plan counts for more than standing earlier in the document. */
static int is_better(const sample *one, const sample *other)
{
  int has_plan = one->plan != UPSELL__NO_INDEX;

  if (has_plan != (other->plan != UPSELL__NO_INDEX))
    return has_plan;
  return one->entry->place < other->entry->place;
}

static sample choose_sample(const upsell_catalog *catalog, const upsell__scenario *scenario)
{
  sample chosen = {NULL, UPSELL__NO_INDEX};
  uint32_t i;

  for (i = 0; i < scenario->trigger_count; i++) {
    sample one = {&scenario->triggers[i], UPSELL__NO_INDEX};
    if (scenario->trigger_kind == UPSELL_KIND_SUBSCRIPTION)
      one.plan = suitable_plan(catalog, scenario, one.entry);
    if (!chosen.entry || is_better(&one, &chosen))
      chosen = one;
  }
  return chosen;
}

/* A plan that makes the line a trigger line even where none leads to an offer. */
static upsell_str plan_id(const upsell_catalog *catalog, const sample *chosen)
{
  const upsell__trigger *entry = chosen->entry;

  if (chosen->plan != UPSELL__NO_INDEX)
    return catalog->plan_ids.entries[chosen->plan].text;
  if (entry->plan_count)
    return catalog->plan_ids.entries[entry->plans[entry->plan_count]].text;
  return unknown_plan;
}

static upsell_order_line make_line(const upsell_catalog *catalog, const upsell__scenario *scenario)
{
  sample chosen = choose_sample(catalog, scenario);
  const upsell__trigger *entry = chosen.entry;
  upsell_order_line line = {0};

  line.size = sizeof(line);
  line.quantity = 1;
  line.id = upsell_str_of("preview-1");
  line.product_id = catalog->product_ids.entries[entry->product].text;
  if (entry->variant_count)
    line.variant_id = catalog->variant_ids.entries[entry->variants[entry->variant_count]].text;
  if (scenario->trigger_kind == UPSELL_KIND_SUBSCRIPTION)
    line.selling_plan_id = plan_id(catalog, &chosen);
  return line;
}

static int preview(const upsell_catalog *catalog, uint32_t index, upsell_decision *decision)
{
  upsell_order_line line = make_line(catalog, &catalog->scenarios[index]);
  upsell_order order = {0};

  order.size = sizeof(order);
  order.id = upsell_str_of("preview");
  order.has_shipping_address = UPSELL_YES;
  order.lines = &line;
  order.line_count = 1;
  decision->view.currency = catalog->currency;
  decision->view.order_id = order.id;
  return upsell__judge_begin(&decision->judge, catalog, &order) &&
         upsell__select_only(&decision->judge, &decision->selection, index) &&
         upsell__decision_explain(decision, catalog) &&
         upsell__decision_conclude(decision, catalog);
}

upsell_status upsell_preview(const upsell_catalog *catalog, size_t index, upsell_decision *decision,
                             upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};

  if (decision)
    upsell__decision_clear(decision);
  if (!catalog || !decision)
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL,
                   "A catalogue and a decision object were expected, not NULL.");
  else if (index >= catalog->scenario_count)
    upsell__report(&sink, UPSELL_OUT_OF_RANGE, NULL,
                   "The catalogue has %zu scenarios, counted from 0; found the number %zu.",
                   (size_t)catalog->scenario_count, index);
  else if (!preview(catalog, (uint32_t)index, decision)) {
    upsell__decision_clear(decision);
    upsell__report_no_memory(&sink);
  }
  return sink.status;
}
