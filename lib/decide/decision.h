/* SPDX-License-Identifier: MIT */
/* The decision object: results, and the scratch memory of making them. */
#ifndef UPSELL_DECIDE_DECISION_H
#define UPSELL_DECIDE_DECISION_H

#include <upsell/decision.h>

#include "base/buffer.h"
#include "decide/select.h"

struct upsell_decision {
  upsell_decision_view view;
  upsell__arena results; /* all that the view points to and the catalogue lacks */
  upsell__arena input;   /* of reading an order from text */
  upsell__buffer text;   /* of writing the decision */
  upsell__judge judge;
  upsell__selection selection;
};

/* Empties the view, so that nothing of an earlier order can be read. */
void upsell__decision_clear(upsell_decision *decision);

/* Empties the decision and checks the arguments of a public function; `order`
 * is what it must not be NULL. Returns 0 after a report. */
int upsell__decide_begin(const upsell_catalog *catalog, const void *order, uint32_t flags,
                         upsell_decision *decision, upsell__sink *sink);

/* Decides for a checked order (DEC-1 ... DEC-16). Returns UPSELL_OK, or
 * UPSELL_NO_MEMORY after a report, with the decision empty. */
upsell_status upsell__decide_checked(const upsell_catalog *catalog, const upsell_order *order,
                                     uint32_t flags, upsell_decision *decision, upsell__sink *sink);

/* Fills the view with the offer of the winner, whose lines and targets the
 * judge holds; 0 when memory ran out. */
int upsell__decision_offer(upsell_decision *decision, uint32_t winner);

/* Fills the view with what was selected: the winner's offer, or the reason why there
 * is none; 0 when memory ran out. */
int upsell__decision_conclude(upsell_decision *decision, const upsell_catalog *catalog);

/* Fills in the losers; 0 when memory ran out. */
int upsell__decision_explain(upsell_decision *decision, const upsell_catalog *catalog);

#endif
