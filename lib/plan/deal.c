/* SPDX-License-Identifier: MIT */
#include "plan/deal.h"

#include <inttypes.h>

#include "model/values.h"
#include "money/decimal.h"

upsell_status upsell__acceptance_check(const upsell_acceptance *acceptance, int clean_text,
                                       upsell__sink *sink)
{
  upsell__check check = {sink, clean_text};
  upsell__path plan = upsell__at_key(NULL, "selling_plan_id");

  if (!upsell__check_sized(&check, NULL, acceptance, UPSELL__SHAPE(upsell_acceptance)))
    return sink->status;
  upsell__check_reserved(&check, NULL, (uint32_t)acceptance->reserved);
  upsell__check_id(&check, NULL, "scenario_id", acceptance->scenario_id);
  upsell__check_range(&check, NULL, "quantity", acceptance->quantity, 1, UPSELL_QUANTITY_MAX);
  if (acceptance->selling_plan_id.data)
    upsell__check_id_at(&check, &plan, acceptance->selling_plan_id);
  if (acceptance->has_total < 0 || acceptance->has_total > 1)
    upsell__report(sink, UPSELL_BAD_VALUE, NULL, "has_total must be 1 or 0, found %" PRId32 ".",
                   acceptance->has_total);
  else if (acceptance->has_total)
    upsell__check_range(&check, NULL, "total", acceptance->total, 0, INT64_MAX);
  return sink->status;
}

/* What an acceptance is compared with. */
typedef struct comparison {
  const upsell_acceptance *acceptance;
  const upsell_decision_view *view;
  upsell__arena *arena;
  upsell__deal *deal;
  upsell__sink *sink;
} comparison;

/* The scenario must be the one that wins now. */
static int same_offer(const comparison *c)
{
  char accepted[UPSELL__QUOTE_SIZE];
  char wins[UPSELL__QUOTE_SIZE];
  upsell__path path = upsell__at_key(NULL, "scenario_id");

  if (upsell__str_equal(c->view->scenario_id, c->acceptance->scenario_id))
    return 1;
  upsell__quote(c->acceptance->scenario_id, accepted);
  if (c->view->outcome == UPSELL_OUTCOME_OFFER)
    upsell__report(c->sink, UPSELL_OFFER_CHANGED, &path,
                   "The scenario %s was accepted, and the one that wins now is %s. Charge "
                   "nothing; show the buyer the offer of now, or none.",
                   accepted, upsell__quote(c->view->scenario_id, wins));
  else
    upsell__report(c->sink, UPSELL_OFFER_CHANGED, &path,
                   "The scenario %s was accepted, and the order gets no offer now, with reason "
                   "%s. Charge nothing.",
                   accepted, upsell_reason_name(c->view->reason));
  return 0;
}

static int allowed_quantity(const comparison *c)
{
  const upsell_quantity *quantity = &c->view->quantity;
  int32_t least = quantity->adjustable == UPSELL_YES ? 1 : quantity->initial;
  upsell__path path = upsell__at_key(NULL, "quantity");

  if (c->acceptance->quantity >= least && c->acceptance->quantity <= quantity->max)
    return 1;
  upsell__report(c->sink, UPSELL_QUANTITY_OUT_OF_RANGE, &path,
                 "The offer allows a quantity from %" PRId32 " to %" PRId32 ", found %" PRId32
                 ". Ask the buyer again.",
                 least, quantity->max, c->acceptance->quantity);
  return 0;
}

/* The selling plan with this id among the scenario's, or NULL. */
static const upsell__plan *plan_named(const upsell__deal *deal, upsell_str id)
{
  uint32_t i;

  for (i = 0; i < deal->scenario->plan_count; i++) {
    const upsell__plan *plan = &deal->catalog->plans[deal->scenario->plans[i]];
    if (upsell__str_equal(plan->id, id))
      return plan;
  }
  return NULL;
}

/* The plan of a target: the accepted one in pattern 3, else its own. */
static const upsell__plan *plan_of(const comparison *c, const upsell_target *target)
{
  upsell_str id = target->selling_plan_id;

  if (!id.data)
    return NULL;
  if (c->deal->pattern == UPSELL_ONE_TIME_TO_SUBSCRIPTION && c->acceptance->selling_plan_id.data)
    id = c->acceptance->selling_plan_id;
  return plan_named(c->deal, id);
}

/* An accepted plan is that of every target. */
static int offered_plan(const comparison *c)
{
  upsell_str id = c->acceptance->selling_plan_id;
  upsell__path path = upsell__at_key(NULL, "selling_plan_id");
  char quoted[UPSELL__QUOTE_SIZE];
  size_t i;

  for (i = 0; id.data && i < c->view->target_count; i++) {
    const upsell__plan *plan = plan_of(c, &c->view->targets[i]);
    if (plan && upsell__str_equal(plan->id, id))
      continue;
    upsell__report(c->sink, UPSELL_PLAN_NOT_OFFERED, &path,
                   "The selling plan %s is not offered here. Take one of the decision's choices, "
                   "or null for the target's own.",
                   upsell__quote(id, quoted));
    return 0;
  }
  return 1;
}

/* Price now and later, for the accepted quantity. */
static int price_target(const comparison *c, upsell__deal_target *target)
{
  const upsell__deal *deal = c->deal;
  upsell__pricing pricing;
  upsell__price_terms terms = upsell__terms_of(deal->catalog, deal->scenario, NULL, deal->quantity);
  upsell_price_segment *segments;

  if (target->plan) {
    pricing = upsell__pricing_of(target->plan);
    terms.plan = &pricing;
  }
  upsell__first_price(&terms, &target->price);
  if (!target->plan)
    return 1;
  segments = upsell__arena_alloc(c->arena, pricing.count + 1, sizeof(*segments));
  if (!segments)
    return 0;
  target->price.recurring = segments;
  target->price.recurring_count = upsell__recurring(&terms, segments);
  /* Also of a plan that ends before: the platform wants a price for its lines. */
  target->next_unit =
      upsell__plan_price(terms.list_unit, &pricing, 2, &deal->catalog->rounding.checkout);
  return 1;
}

static size_t line_index(const upsell_order *order, upsell_str id)
{
  size_t i = 0;

  while (i + 1 < order->line_count && !upsell__str_equal(upsell__order_line_at(order, i)->id, id))
    i++;
  return i;
}

static int fill_targets(const comparison *c)
{
  upsell__deal *deal = c->deal;
  upsell__deal_target *targets =
      upsell__arena_alloc(c->arena, c->view->target_count, sizeof(*targets));
  size_t i;

  for (i = 0; targets && i < c->view->target_count; i++) {
    targets[i].offered = &c->view->targets[i];
    targets[i].plan = plan_of(c, targets[i].offered);
    targets[i].first_index = line_index(deal->order, targets[i].offered->line_ids[0]);
    targets[i].first = upsell__order_line_at(deal->order, targets[i].first_index);
    if (!price_target(c, &targets[i]))
      return 0;
    deal->now += targets[i].price.offer_page.line;
  }
  deal->targets = targets;
  deal->target_count = c->view->target_count;
  return targets != NULL;
}

static int fill_cancelled(const comparison *c)
{
  size_t count = c->view->cancel_line_count;
  uint32_t *lines = upsell__arena_alloc(c->arena, count, sizeof(*lines));
  size_t i;

  for (i = 0; lines && i < count; i++)
    lines[i] = (uint32_t)line_index(c->deal->order, c->view->cancel_line_ids[i]);
  c->deal->cancelled = lines;
  c->deal->cancelled_count = count;
  return lines != NULL;
}

static void money_text(const comparison *c, int64_t amount, char out[UPSELL__MONEY_TEXT_MAX + 1])
{
  out[upsell__money_write(amount, c->view->currency.decimals, out)] = '\0';
}

static int same_total(const comparison *c)
{
  upsell__path path = upsell__at_key(NULL, "total");
  char accepted[UPSELL__MONEY_TEXT_MAX + 1];
  char now[UPSELL__MONEY_TEXT_MAX + 1];

  if (!c->acceptance->has_total || c->acceptance->total == c->deal->now)
    return 1;
  money_text(c, c->acceptance->total, accepted);
  money_text(c, c->deal->now, now);
  upsell__report(c->sink, UPSELL_PRICE_CHANGED, &path,
                 "A total of %s %s was accepted, and the offer page's is %s now. Charge nothing; "
                 "show the buyer the new price.",
                 accepted, c->view->currency.code, now);
  return 0;
}

upsell_status upsell__deal_make(const upsell_catalog *catalog, const upsell_order *order,
                                const upsell_acceptance *acceptance,
                                const upsell_decision *decision, upsell__arena *arena,
                                upsell__deal *deal, upsell__sink *sink)
{
  comparison c = {acceptance, &decision->view, arena, deal, sink};

  if (!same_offer(&c))
    return sink->status;
  memset(deal, 0, sizeof(*deal));
  deal->catalog = catalog;
  deal->order = order;
  deal->view = c.view;
  deal->scenario = &catalog->scenarios[c.view->scenario_index];
  deal->variant = &catalog->variants[deal->scenario->variant];
  deal->pattern = c.view->pattern;
  deal->quantity = acceptance->quantity;
  if (!allowed_quantity(&c) || !offered_plan(&c))
    return sink->status;
  if (!fill_targets(&c) || !fill_cancelled(&c))
    return upsell__report_no_memory(sink);
  same_total(&c);
  return sink->status;
}

int upsell__paid_for(const upsell_order_line *line, int64_t *total)
{
  *total = 0;
  if (line->has_discounted_total)
    *total = line->discounted_total;
  else if (line->has_unit_price)
    *total = line->unit_price * line->quantity;
  return line->has_discounted_total || line->has_unit_price;
}
