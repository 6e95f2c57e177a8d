/* SPDX-License-Identifier: MIT */
/* From the winning scenario to the offer in the view (TGT, PRC-11, DEC-13). */
#include "decide/decision.h"
#include "decide/price.h"

/* The price of an offer with a plan (or none: UPSELL__NO_INDEX). */
static int price_offer(upsell_decision *decision, const upsell__scenario *scenario, uint32_t number,
                       upsell_price *price)
{
  const upsell_catalog *catalog = decision->judge.facts.catalog;
  upsell__pricing pricing;
  upsell__price_terms terms = upsell__terms_of(catalog, scenario, NULL, scenario->quantity.initial);
  upsell_price_segment *segments;

  if (number == UPSELL__NO_INDEX) {
    upsell__first_price(&terms, price);
    return 1;
  }
  pricing = upsell__pricing_of(&catalog->plans[number]);
  terms.plan = &pricing;
  segments = upsell__arena_alloc(&decision->results, pricing.count + 1, sizeof(*segments));
  if (!segments)
    return 0;
  upsell__first_price(&terms, price);
  price->recurring = segments;
  price->recurring_count = upsell__recurring(&terms, segments);
  return 1;
}

/* Copies of the ids of a target's lines. */
static int list_lines(upsell_decision *decision, uint32_t group, const upsell_str **ids,
                      size_t *count)
{
  const upsell__facts *facts = &decision->judge.facts;
  upsell_str *list = upsell__arena_alloc(&decision->results, facts->count, sizeof(*list));
  size_t i;

  *count = 0;
  for (i = 0; list && i < facts->count; i++) {
    if (facts->lines[i].group != group)
      continue;
    if (!upsell__arena_copy(&decision->results, upsell__order_line_at(facts->order, i)->id,
                            &list[*count]))
      return 0;
    ++*count;
  }
  *ids = list;
  return list != NULL;
}

/* A price depends on nothing but the plan: the target before mostly has it. */
static int price_target(upsell_decision *decision, const upsell__scenario *scenario,
                        uint32_t number, upsell_target *target)
{
  const upsell__group *groups = decision->judge.groups;

  if (number == 0 || groups[number].plan != groups[number - 1].plan)
    return price_offer(decision, scenario, groups[number].plan, &target->price);
  target->price = target[-1].price;
  return 1;
}

static int fill_target(upsell_decision *decision, const upsell__scenario *scenario, uint32_t number,
                       upsell_target *target)
{
  const upsell__facts *facts = &decision->judge.facts;
  const upsell__group *group = &decision->judge.groups[number];
  upsell_str contract = {NULL, 0};

  if (group->contract_line != UPSELL__NO_INDEX)
    contract = upsell__order_line_at(facts->order, group->contract_line)->contract_id;
  if (group->plan != UPSELL__NO_INDEX)
    target->selling_plan_id = facts->catalog->plans[group->plan].id;
  return list_lines(decision, number, &target->line_ids, &target->line_count) &&
         upsell__arena_copy(&decision->results, contract, &target->contract_id) &&
         price_target(decision, scenario, number, target);
}

static int fill_targets(upsell_decision *decision, const upsell__scenario *scenario)
{
  size_t count = decision->judge.group_count;
  upsell_target *targets = upsell__arena_alloc(&decision->results, count, sizeof(*targets));
  upsell_decision_view *view = &decision->view;
  size_t i;

  for (i = 0; targets && i < count; i++) {
    if (!fill_target(decision, scenario, (uint32_t)i, &targets[i]))
      return 0;
    view->total_checkout += targets[i].price.checkout.line;
    view->total_offer_page += targets[i].price.offer_page.line;
  }
  view->targets = targets;
  view->target_count = count;
  view->differs = view->total_checkout != view->total_offer_page;
  return targets != NULL;
}

/* Pattern 3: the lines it replaces, and the plans to choose from (TGT-5). */
static int fill_replacement(upsell_decision *decision, const upsell__scenario *scenario)
{
  upsell_decision_view *view = &decision->view;
  upsell_plan_choice *choices;
  uint32_t i;

  view->cancel_line_ids = view->targets[0].line_ids;
  view->cancel_line_count = view->targets[0].line_count;
  if (scenario->plan_count < 2)
    return 1;
  choices = upsell__arena_alloc(&decision->results, scenario->plan_count, sizeof(*choices));
  for (i = 0; choices && i < scenario->plan_count; i++) {
    choices[i].selling_plan_id = decision->judge.facts.catalog->plans[scenario->plans[i]].id;
    if (!price_offer(decision, scenario, scenario->plans[i], &choices[i].price))
      return 0;
  }
  view->choices = choices;
  view->choice_count = scenario->plan_count;
  return choices != NULL;
}

/* Where stock is tracked, each target can have its share at most (DEC-13). */
static upsell_quantity limited_quantity(const upsell_decision *decision,
                                        const upsell__scenario *scenario)
{
  int64_t available = decision->judge.facts.catalog->variants[scenario->variant].available;
  upsell_quantity quantity = scenario->quantity;
  int64_t share = available / (int64_t)decision->judge.group_count;

  if (available >= 0 && share < quantity.max)
    quantity.max = (int32_t)share;
  return quantity;
}

int upsell__decision_offer(upsell_decision *decision, uint32_t winner)
{
  const upsell_catalog *catalog = decision->judge.facts.catalog;
  const upsell__scenario *scenario = &catalog->scenarios[winner];
  upsell_decision_view *view = &decision->view;

  view->outcome = UPSELL_OUTCOME_OFFER;
  view->pattern = scenario->pattern;
  view->scenario_id = scenario->id;
  view->scenario_index = winner;
  view->priority = scenario->priority;
  view->scenario_name = scenario->name;
  view->product_id = catalog->products[scenario->product].id;
  view->product_title = catalog->products[scenario->product].title;
  view->variant_id = catalog->variants[scenario->variant].id;
  view->variant_title = catalog->variants[scenario->variant].title;
  view->quantity = limited_quantity(decision, scenario);
  view->page = scenario->page;
  return fill_targets(decision, scenario) &&
         (scenario->pattern != UPSELL_ONE_TIME_TO_SUBSCRIPTION ||
          fill_replacement(decision, scenario));
}

int upsell__decision_explain(upsell_decision *decision, const upsell_catalog *catalog)
{
  const upsell__selection *selection = &decision->selection;
  size_t count = selection->candidate_count;
  upsell_considered *considered =
      upsell__arena_alloc(&decision->results, count, sizeof(*considered));
  size_t kept = 0;
  size_t i;

  for (i = 0; considered && i < count; i++) {
    const upsell__candidate *candidate = &selection->candidates[i];
    if (candidate->scenario == selection->winner)
      continue;
    considered[kept].scenario_id = catalog->scenarios[candidate->scenario].id;
    considered[kept].scenario_index = candidate->scenario;
    considered[kept].reason = candidate->reason ? candidate->reason : UPSELL_REASON_LOWER_PRIORITY;
    kept++;
  }
  decision->view.considered = considered;
  decision->view.considered_count = kept;
  return considered != NULL;
}
