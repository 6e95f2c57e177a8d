/* SPDX-License-Identifier: MIT */
#include "offer/page.h"

#include <inttypes.h>

#include "base/alloc.h"
#include "base/sized.h"
#include "money/display.h"

enum { LATER_CHARGES_BY_DEFAULT = 3 };

const upsell__plan *upsell__offer_page_plan(const upsell__offer_page *page, size_t target)
{
  uint32_t plan = page->decision->judge.groups[target].plan;

  if (page->chosen)
    return page->chosen;
  return plan == UPSELL__NO_INDEX ? NULL : &page->catalog->plans[plan];
}

void upsell__offer_page_charges(const upsell__offer_page *page, const upsell__plan *plan,
                                upsell__charges *charges)
{
  upsell__charges_make(page->catalog, page->scenario, plan, page->quantity, page->segments,
                       charges);
}

upsell_date upsell__offer_page_day(const upsell__offer_page *page, const upsell__charges *charges,
                                   int32_t cycle)
{
  if (cycle == 1 || !upsell__offer_page_has_dates(page))
    return page->anchor;
  return upsell__date_after(&page->anchor, &charges->plan->interval.billing, cycle - 1);
}

int32_t upsell__offer_page_year(const upsell__offer_page *page, const upsell__charges *charges)
{
  int32_t count = upsell__dates_in_year(&page->anchor, &charges->plan->interval.billing);

  return charges->most && count > charges->most ? charges->most : count;
}

/* ---- the request ---- */

static int arguments_ok(const upsell_decision *decision, const upsell_page_request *request)
{
  return decision && (!request || (upsell__sized_ok(request, UPSELL__SHAPE(upsell_page_request)) &&
                                   !request->reserved && !request->anchor.reserved));
}

static int has_offer(const upsell_decision *decision, upsell__sink *sink)
{
  const upsell_decision_view *view = &decision->view;

  if (view->outcome == UPSELL_OUTCOME_OFFER)
    return 1;
  if (view->outcome == UPSELL_OUTCOME_NO_OFFER)
    upsell__report(sink, UPSELL_NOT_APPLICABLE, NULL,
                   "A decision with an offer was expected; this one has none, by reason of %s. "
                   "Show no page.",
                   upsell_reason_name(view->reason));
  else
    upsell__report(sink, UPSELL_NOT_APPLICABLE, NULL,
                   "A decision with an offer was expected; nothing was decided, or deciding "
                   "failed. Decide first.");
  return 0;
}

static int take_quantity(upsell__offer_page *page, int32_t asked, upsell__sink *sink)
{
  const upsell_quantity *offered = &page->view->quantity;
  upsell__path path = upsell__at_key(NULL, "quantity");

  page->least_quantity = offered->adjustable == UPSELL_YES ? 1 : offered->initial;
  page->quantity = asked ? asked : offered->initial;
  if (page->quantity >= page->least_quantity && page->quantity <= offered->max)
    return 1;
  upsell__report(sink, UPSELL_QUANTITY_OUT_OF_RANGE, &path,
                 "The offer allows a quantity from %" PRId32 " to %" PRId32 ", found %" PRId32
                 ". Ask for one of those, or for 0, the default.",
                 page->least_quantity, offered->max, asked);
  return 0;
}

/* Pattern 3: one of the scenario's plans. Else the plan of every target. */
static int is_offered(upsell__offer_page *page, upsell_str id)
{
  size_t i;

  if (page->view->pattern == UPSELL_ONE_TIME_TO_SUBSCRIPTION) {
    for (i = 0; i < page->scenario->plan_count && !page->chosen; i++) {
      const upsell__plan *plan = &page->catalog->plans[page->scenario->plans[i]];
      if (upsell__str_equal(plan->id, id))
        page->chosen = plan;
    }
    return page->chosen != NULL;
  }
  for (i = 0; i < page->view->target_count; i++) {
    const upsell__plan *plan = upsell__offer_page_plan(page, i);
    if (!plan || !upsell__str_equal(plan->id, id))
      return 0;
  }
  return 1;
}

static int take_plan(upsell__offer_page *page, upsell_str asked, upsell__sink *sink)
{
  upsell__path path = upsell__at_key(NULL, "selling_plan_id");
  char quoted[UPSELL__QUOTE_SIZE];

  if (!asked.data || is_offered(page, asked))
    return 1;
  upsell__report(sink, UPSELL_PLAN_NOT_OFFERED, &path,
                 "The selling plan %s is not offered here. Take one of the decision's choices, or "
                 "none for the target's own.",
                 upsell__quote(asked, quoted));
  return 0;
}

static int take_locale(upsell__offer_page *page, int32_t asked, upsell__sink *sink)
{
  upsell__path path = upsell__at_key(NULL, "locale");

  page->locale = asked ? asked : UPSELL_LOCALE_JA;
  if (page->locale == UPSELL_LOCALE_JA || page->locale == UPSELL_LOCALE_EN)
    return 1;
  upsell__report(sink, UPSELL_BAD_VALUE, &path,
                 "A locale was expected: %d (ja) or %d (en), found %" PRId32 ".", UPSELL_LOCALE_JA,
                 UPSELL_LOCALE_EN, asked);
  return 0;
}

static int take_money_style(upsell__offer_page *page, int32_t asked, upsell__sink *sink)
{
  upsell__path path = upsell__at_key(NULL, "money");
  int32_t own = page->locale == UPSELL_LOCALE_EN ? UPSELL_MONEY_ISO : UPSELL_MONEY_YEN_WORD;

  page->money_style = asked ? asked : own;
  if (upsell__money_style_exists(page->money_style))
    return 1;
  upsell__report(sink, UPSELL_BAD_VALUE, &path,
                 "A style of money was expected: %d (iso), %d (yen_sign) or %d (yen_word), found "
                 "%" PRId32 ".",
                 UPSELL_MONEY_ISO, UPSELL_MONEY_YEN_SIGN, UPSELL_MONEY_YEN_WORD, asked);
  return 0;
}

static int take_anchor(upsell__offer_page *page, const upsell_date *asked, upsell__sink *sink)
{
  upsell__path path = upsell__at_key(NULL, "anchor");

  page->anchor = *asked;
  if (upsell__date_is_none(asked) || upsell__date_exists(asked))
    return 1;
  upsell__report(
      sink, UPSELL_BAD_VALUE, &path,
      "A day that exists was expected, from 0001-01-01 to 9999-12-31, found year %" PRId32
      ", month %" PRId32 ", day %" PRId32 ".",
      asked->year, asked->month, asked->day);
  return 0;
}

static int take_later_charges(upsell__offer_page *page, int32_t asked, upsell__sink *sink)
{
  upsell__path path = upsell__at_key(NULL, "later_charges");

  page->later_charges = asked ? asked : LATER_CHARGES_BY_DEFAULT;
  if (page->later_charges >= 1 && page->later_charges <= UPSELL_LATER_CHARGES_MAX)
    return 1;
  upsell__report(sink, UPSELL_OUT_OF_RANGE, &path,
                 "A number of later charges from 1 to %d was expected, found %" PRId32 ".",
                 UPSELL_LATER_CHARGES_MAX, asked);
  return 0;
}

static int take_request(upsell__offer_page *page, const upsell_page_request *request,
                        upsell__sink *sink)
{
  static const upsell_page_request defaults = {0};
  const upsell_page_request *asked = request ? request : &defaults;

  return take_quantity(page, asked->quantity, sink) &&
         take_plan(page, asked->selling_plan_id, sink) && take_locale(page, asked->locale, sink) &&
         take_money_style(page, asked->money_style, sink) &&
         take_anchor(page, &asked->anchor, sink) &&
         take_later_charges(page, asked->later_charges, sink);
}

/* ---- the page ---- */

/* The most prices that one of the offer's plans has. */
static size_t most_prices(const upsell__offer_page *page)
{
  size_t most = 0;
  uint32_t i;

  for (i = 0; i < page->scenario->plan_count; i++) {
    const upsell__plan *plan = &page->catalog->plans[page->scenario->plans[i]];
    if (plan->pricing_count > most)
      most = plan->pricing_count;
  }
  return most;
}

static void add_up(upsell__offer_page *page)
{
  upsell__charges charges;
  size_t i;

  page->charge_now = 0;
  page->checkout = 0;
  for (i = 0; i < page->view->target_count; i++) {
    upsell__offer_page_charges(page, upsell__offer_page_plan(page, i), &charges);
    page->charge_now += charges.price.offer_page.line;
    page->checkout += charges.price.checkout.line;
  }
}

upsell_status upsell__offer_page_make(const upsell_decision *decision,
                                      const upsell_page_request *request, upsell__offer_page *page,
                                      upsell__sink *sink)
{
  if (!arguments_ok(decision, request)) {
    upsell__report(sink, UPSELL_INVALID_ARGUMENT, NULL,
                   "A decision, and a request with its size and reserved fields of zero or NULL, "
                   "were expected.");
    return sink->status;
  }
  if (!has_offer(decision, sink))
    return sink->status;
  page->decision = decision;
  page->view = &decision->view;
  page->catalog = decision->judge.facts.catalog;
  page->scenario = &page->catalog->scenarios[page->view->scenario_index];
  page->chosen = NULL;
  if (!take_request(page, request, sink))
    return sink->status;
  page->segments = upsell__alloc(most_prices(page) + 1, sizeof(*page->segments));
  if (!page->segments)
    return upsell__report_no_memory(sink);
  add_up(page);
  return UPSELL_OK;
}

void upsell__offer_page_free(upsell__offer_page *page)
{
  upsell__free(page->segments);
  page->segments = NULL;
}
