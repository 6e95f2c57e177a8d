/* SPDX-License-Identifier: MIT */
/* The offer page as a whole: a decision, and what it was asked for (PAG-1, PAG-5). */
#ifndef UPSELL_OFFER_PAGE_H
#define UPSELL_OFFER_PAGE_H

#include <upsell/page.h>

#include "decide/decision.h"
#include "offer/charges.h"
#include "offer/date.h"

typedef struct upsell__offer_page {
  const upsell_decision *decision; /* has an offer */
  const upsell_decision_view *view;
  const upsell_catalog *catalog;
  const upsell__scenario *scenario;
  const upsell__plan *chosen; /* pattern 3: the plan that was asked for; else NULL */
  int32_t locale;
  int32_t money_style;
  int32_t quantity;
  int32_t least_quantity;
  int32_t later_charges;
  upsell_date anchor;             /* none: no dates */
  int64_t charge_now;             /* what all targets cost now, as the page shows it */
  int64_t checkout;               /* what the cart would make of it */
  upsell_price_segment *segments; /* room for the prices of one target at a time */
} upsell__offer_page;

/* Fills `page` from a decision and a request, NULL being all defaults; both outlive it.
 * After a report the status is its code, and nothing is to be freed. */
upsell_status upsell__offer_page_make(const upsell_decision *decision,
                                      const upsell_page_request *request, upsell__offer_page *page,
                                      upsell__sink *sink);

void upsell__offer_page_free(upsell__offer_page *page);

/* The plan of a target, or NULL for none. */
const upsell__plan *upsell__offer_page_plan(const upsell__offer_page *page, size_t target);

/* What the offer costs with a plan, or NULL for none; good until the next call. */
void upsell__offer_page_charges(const upsell__offer_page *page, const upsell__plan *plan,
                                upsell__charges *charges);

/* Whether an anchor was given, so that there are dates. */
static inline int upsell__offer_page_has_dates(const upsell__offer_page *page)
{
  return !upsell__date_is_none(&page->anchor);
}

/* The day of charge `cycle`, from 1 on; none without an anchor or beyond the calendar. */
upsell_date upsell__offer_page_day(const upsell__offer_page *page, const upsell__charges *charges,
                                   int32_t cycle);

/* How many charges are before the anchor plus 12 months. There are an anchor and a plan. */
int32_t upsell__offer_page_year(const upsell__offer_page *page, const upsell__charges *charges);

#endif
