/* SPDX-License-Identifier: MIT */
/* Words for what is charged now, and for the line that a contract gets (PLN-5). */
#ifndef UPSELL_SHOPIFY_CHANGES_H
#define UPSELL_SHOPIFY_CHANGES_H

#include "shopify/wording.h"

void upsell__word_changes(upsell__wording *wording);
void upsell__word_expected_lines(upsell__wording *wording);
void upsell__word_draft_line(upsell__wording *wording);
void upsell__word_calculated_line(upsell__wording *wording);
void upsell__word_kept_line(upsell__wording *wording);
void upsell__word_marked_line(upsell__wording *wording);
void upsell__word_calculated_marked_line(upsell__wording *wording);

#endif
