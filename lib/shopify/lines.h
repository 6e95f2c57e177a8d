/* SPDX-License-Identifier: MIT */
/* Words for lines of orders and contracts: how one is told from the others, and what must
 * hold of it (PLN-6). */
#ifndef UPSELL_SHOPIFY_LINES_H
#define UPSELL_SHOPIFY_LINES_H

#include "shopify/wording.h"

/* Whether some line of the order must be found on the platform, its id not being known. */
int upsell__finds_lines(const upsell__wording *wording);

void upsell__word_line(upsell__wording *wording); /* id of the target's trigger line */
void upsell__word_found_lines(upsell__wording *wording);
void upsell__word_new_line(upsell__wording *wording);
void upsell__word_some_left(upsell__wording *wording);
void upsell__word_accepted_quantity(upsell__wording *wording);
void upsell__word_quantity_wrong(upsell__wording *wording);
void upsell__word_paid_on_order(upsell__wording *wording);
void upsell__word_only_new_line(upsell__wording *wording);
void upsell__word_other_line_check(upsell__wording *wording);
void upsell__word_more_lines_check(upsell__wording *wording);
void upsell__word_new_line_output(upsell__wording *wording);
void upsell__word_delivered_to_contract(upsell__wording *wording);
void upsell__word_delivered_to_order(upsell__wording *wording);
void upsell__word_other_contract_check(upsell__wording *wording);
void upsell__word_to_refund_checks(upsell__wording *wording);
void upsell__word_to_refund_rows(upsell__wording *wording);
void upsell__word_not_refunded_rows(upsell__wording *wording);
void upsell__word_short_checks(upsell__wording *wording);
void upsell__word_nothing_suggested_check(upsell__wording *wording);
void upsell__word_refund_lines(upsell__wording *wording);
void upsell__word_refund_transaction(upsell__wording *wording);

#endif
