/* SPDX-License-Identifier: MIT */
/* What a valid catalogue allows and what will hurt (CAT-20). */
#include "base/report.h"
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
  upsell__price_terms terms = {&pricing,           &scenario->discount,
                               &catalog->rounding, catalog->variants[scenario->variant].price,
                               scenario->pattern,  1};
  upsell_price price;

  upsell__first_price(&terms, &price);
  return price;
}

static void report_dearer(const upsell_catalog *catalog, upsell__sink *sink,
                          const upsell__path *path, const upsell__plan *plan,
                          const upsell_price *price)
{
  const upsell_currency *currency = &catalog->currency;
  char first[AMOUNT_SIZE];
  char alone[AMOUNT_SIZE];
  char quoted[UPSELL__QUOTE_SIZE];

  upsell_money_format(price->checkout.unit, currency, first, sizeof(first), NULL);
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
    if (price.checkout.unit <= price.plan_unit)
      continue;
    report_dearer(catalog, sink, &path, &catalog->plans[scenario->plans[i]], &price);
    return;
  }
}

static void check_discounts(const upsell_catalog *catalog, upsell__sink *sink)
{
  upsell__path list = upsell__at_key(NULL, "scenarios");
  uint32_t i;

  for (i = 0; i < catalog->scenario_count && upsell__sink_goes_on(sink); i++) {
    const upsell__scenario *scenario = &catalog->scenarios[i];
    upsell__path path = upsell__at_index(&list, i);
    if (scenario->pattern == UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION)
      check_discount(catalog, sink, &path, scenario);
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
  check_discounts(catalog, &sink);
  return upsell__problems_finish(&sink, warnings);
}
