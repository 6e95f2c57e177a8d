/* SPDX-License-Identifier: MIT */
/* What a valid catalogue allows and what will hurt (CAT-20). */
#include <inttypes.h>

#include "base/report.h"
#include "decide/judge.h"
#include "decide/price.h"

/* Room for any amount, of which 32 bytes are enough. */
enum { AMOUNT_SIZE = 32 };

/* ---- texts that the buyer of a subscription must be told ---- */

/* A text of a scenario that has its own, or the catalogue's. */
static void check_text(upsell__sink *sink, const upsell__path *scenario, const char *key,
                       upsell_str text, upsell_str of_catalog, const char *what)
{
  int is_own = text.data != of_catalog.data;
  upsell__path page = upsell__at_key(scenario, "page");
  upsell__path parent = upsell__at_key(is_own ? &page : NULL, "disclosure");
  upsell__path path = upsell__at_key(&parent, key);
  char pointer[UPSELL_POINTER_SIZE];

  if (text.len)
    return;
  upsell__path_write(scenario, pointer, sizeof(pointer));
  upsell__report(sink, UPSELL_MISSING_TEXT, &path,
                 "The offer of %s is a subscription, but no text tells its buyer %s. Article 12-6 "
                 "of Japan's Act on Specified Commercial Transactions wants it on the last screen "
                 "before the purchase; add it%s.",
                 pointer, what,
                 is_own ? ", or leave the key out to take the catalogue's" : " for all scenarios");
}

static void check_texts(const upsell_catalog *catalog, upsell__sink *sink)
{
  upsell__path list = upsell__at_key(NULL, "scenarios");
  const upsell__disclosure *common = &catalog->disclosure;
  uint32_t i;

  for (i = 0; i < catalog->scenario_count && upsell__sink_goes_on(sink); i++) {
    const upsell__disclosure *texts = catalog->scenarios[i].disclosure;
    upsell__path path = upsell__at_index(&list, i);
    if (!catalog->scenarios[i].plan_count)
      continue; /* a one-time offer */
    check_text(sink, &path, "withdrawal", texts->withdrawal, common->withdrawal,
               "about returns and how to withdraw from the purchase");
    check_text(sink, &path, "cancellation", texts->cancellation, common->cancellation,
               "how and until when to cancel the subscription");
  }
}

/* ---- discounts that make an offer dearer ---- */

/* The first price with a plan, for one unit. */
static upsell_price first_price(const upsell_catalog *catalog, const upsell__scenario *scenario,
                                uint32_t plan)
{
  upsell__pricing pricing = upsell__pricing_of(&catalog->plans[plan]);
  upsell__price_terms terms = upsell__terms_of(catalog, scenario, &pricing, 1);
  upsell_price price;

  upsell__first_price(&terms, &price);
  return price;
}

/* On both surfaces: the offer page's price is charged (PRC-7), the plan's is rounded as at the
 * checkout, and a difference that comes of rounding in two ways is not the merchant's. */
static int is_dearer(const upsell_price *price)
{
  return price->offer_page.unit > price->plan_unit && price->checkout.unit > price->plan_unit;
}

static void report_dearer(const upsell_catalog *catalog, upsell__sink *sink,
                          const upsell__path *path, const upsell__plan *plan,
                          const upsell_price *price)
{
  const upsell_currency *currency = &catalog->currency;
  char first[AMOUNT_SIZE];
  char alone[AMOUNT_SIZE];
  char quoted[UPSELL__QUOTE_SIZE];

  upsell_money_format(price->offer_page.unit, currency, first, sizeof(first), NULL);
  upsell_money_format(price->plan_unit, currency, alone, sizeof(alone), NULL);
  upsell__report(sink, UPSELL_DEARER_THAN_PLAN, path,
                 "The offer costs %s %s at first and its plan %s alone %s %s, since an offer that "
                 "joins a subscription has this discount instead of the plan's first price; "
                 "raise it, or leave it out to take the plan's.",
                 first, currency->code, upsell__quote(plan->id, quoted), alone, currency->code);
}

/* The first plan that is cheaper without the offer. With discount none, the first price is
 * the plan's own. */
static void check_discount(const upsell_catalog *catalog, upsell__sink *sink,
                           const upsell__path *scenario_path, const upsell__scenario *scenario)
{
  upsell__path offer = upsell__at_key(scenario_path, "offer");
  upsell__path path = upsell__at_key(&offer, "discount");
  uint32_t i;

  for (i = 0; i < scenario->plan_count; i++) {
    upsell_price price = first_price(catalog, scenario, scenario->plans[i]);
    if (!is_dearer(&price))
      continue;
    report_dearer(catalog, sink, &path, &catalog->plans[scenario->plans[i]], &price);
    return;
  }
}

/* ---- plans that end otherwise than the contract that the item joins ---- */

static void report_length(upsell__sink *sink, const upsell__path *path, const upsell__plan *bought,
                          const upsell__plan *offered)
{
  char bought_id[UPSELL__QUOTE_SIZE];
  char offered_id[UPSELL__QUOTE_SIZE];

  upsell__report(sink, UPSELL_NOT_APPLICABLE, path,
                 "The buyer is told what the offer's plan %s says, min_cycles %" PRId32
                 " and max_cycles %" PRId32
                 " (0: none); but the item joins the contract that was bought, perhaps of plan %s "
                 "with %" PRId32 " and %" PRId32
                 ", and ends with that. Give both plans the same, or name in trigger.products only "
                 "plans that have them.",
                 upsell__quote(offered->id, offered_id), offered->min_cycles, offered->max_cycles,
                 upsell__quote(bought->id, bought_id), bought->min_cycles, bought->max_cycles);
}

/* Looks at what a line with plan `number` leads to; returns 0 after a report. */
static int check_bought(const upsell_catalog *catalog, upsell__sink *sink, const upsell__path *path,
                        const upsell__scenario *scenario, uint32_t number)
{
  const upsell__plan *bought;
  const upsell__plan *offered;
  uint32_t target;

  if (number >= catalog->plan_count)
    return 1; /* skipped by TGT-2 */
  bought = &catalog->plans[number];
  target = upsell__judge_plan(catalog, scenario, bought->cycle);
  if (target == UPSELL__NO_INDEX)
    return 1;
  offered = &catalog->plans[target];
  if (offered->min_cycles == bought->min_cycles && offered->max_cycles == bought->max_cycles)
    return 1;
  report_length(sink, path, bought, offered);
  return 0;
}

static void check_length(const upsell_catalog *catalog, upsell__sink *sink,
                         const upsell__path *scenario_path, const upsell__scenario *scenario)
{
  upsell__path offer = upsell__at_key(scenario_path, "offer");
  upsell__path path = upsell__at_key(&offer, "selling_plan_ids");
  int any_plan = 0;
  uint32_t i;
  uint32_t j;

  for (i = 0; i < scenario->trigger_count; i++) {
    const upsell__trigger *entry = &scenario->triggers[i];
    any_plan |= !entry->plan_count;
    for (j = 0; j < entry->plan_count; j++) {
      if (!check_bought(catalog, sink, &path, scenario, entry->plans[j]))
        return;
    }
  }
  for (j = 0; any_plan && j < catalog->plan_count; j++) {
    if (!check_bought(catalog, sink, &path, scenario, j))
      return;
  }
}

/* Calls `check` for each scenario of pattern 1. */
static void check_joining(const upsell_catalog *catalog, upsell__sink *sink,
                          void (*check)(const upsell_catalog *, upsell__sink *,
                                        const upsell__path *, const upsell__scenario *))
{
  upsell__path list = upsell__at_key(NULL, "scenarios");
  uint32_t i;

  for (i = 0; i < catalog->scenario_count && upsell__sink_goes_on(sink); i++) {
    const upsell__scenario *scenario = &catalog->scenarios[i];
    upsell__path path = upsell__at_index(&list, i);
    if (scenario->pattern == UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION)
      check(catalog, sink, &path, scenario);
  }
}

upsell_status upsell_catalog_warnings(const upsell_catalog *catalog, upsell_problems **warnings)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};

  if (!catalog || !warnings)
    return UPSELL_INVALID_ARGUMENT;
  sink.problems = upsell__problems_new();
  if (!sink.problems)
    return UPSELL_NO_MEMORY;
  check_texts(catalog, &sink);
  check_joining(catalog, &sink, check_discount);
  check_joining(catalog, &sink, check_length);
  return upsell__problems_finish(&sink, warnings);
}
