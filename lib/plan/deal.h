/* SPDX-License-Identifier: MIT */
/*
 * A deal: an offer that was made, accepted, and found to hold still, priced for the
 * quantity that the buyer chose. It knows no platform.
 */
#ifndef UPSELL_PLAN_DEAL_H
#define UPSELL_PLAN_DEAL_H

#include <upsell/plan.h>

#include "decide/decision.h"
#include "decide/price.h"

/* What the item joins: a contract in pattern 1, else the order. */
typedef struct upsell__deal_target {
  const upsell_target *offered;   /* its lines, as decided */
  const upsell__plan *plan;       /* NULL for one-time offers */
  const upsell_order_line *first; /* its first line, whose contract is the target's */
  size_t first_index;             /* of that line in the order */
  upsell_price price;             /* for the accepted quantity */
  int64_t next_unit;              /* price of cycle 2, with a plan */
} upsell__deal_target;

typedef struct upsell__deal {
  const upsell_catalog *catalog;
  const upsell_order *order;
  const upsell__scenario *scenario;
  const upsell__variant *variant;
  const upsell_decision_view *view;
  const upsell__deal_target *targets;
  const uint32_t *cancelled; /* pattern 3: the order's lines that the offer replaces */
  size_t target_count;
  size_t cancelled_count;
  int64_t now; /* what the buyer pays now */
  int32_t pattern;
  int32_t quantity;
} upsell__deal;

/* Reports what is wrong with an acceptance by itself (PLN-2); returns the sink's status. */
upsell_status upsell__acceptance_check(const upsell_acceptance *acceptance, int clean_text,
                                       upsell__sink *sink);

/*
 * Compares an acceptance that was checked with what is decided now, and prices it. The
 * deal borrows from `decision`, the order, the catalogue and the arena. What does not
 * hold any more is reported below "acceptance" (PLN-2).
 */
upsell_status upsell__deal_make(const upsell_catalog *catalog, const upsell_order *order,
                                const upsell_acceptance *acceptance,
                                const upsell_decision *decision, upsell__arena *arena,
                                upsell__deal *deal, upsell__sink *sink);

/* What was paid for a line of the order; 0, and no total, where the order does not tell. */
int upsell__paid_for(const upsell_order_line *line, int64_t *total);

#endif
