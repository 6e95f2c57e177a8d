/* SPDX-License-Identifier: MIT */
/*
 * What a buyer must be told before a subscription (PAG-9): the items of article 12-6 of
 * Japan's Act on Specified Commercial Transactions, in the order of the page.
 */
#ifndef UPSELL_OFFER_DISCLOSURE_H
#define UPSELL_OFFER_DISCLOSURE_H

#include "offer/page.h"
#include "offer/wording.h"

/* X(SYMBOL, "item") */
#define UPSELL__DISCLOSURE_LIST(X)                                                                 \
  X(QUANTITY, "quantity")                                                                          \
  X(PRICE, "price")                                                                                \
  X(CHARGES, "charges")                                                                            \
  X(DELIVERIES, "deliveries")                                                                      \
  X(PERIOD, "period")                                                                              \
  X(WITHDRAWAL, "withdrawal")                                                                      \
  X(CANCELLATION, "cancellation")

#define UPSELL__DISCLOSURE_ENUMERATOR(symbol, name) UPSELL__DISCLOSE_##symbol,
enum upsell__disclosure_item {
  UPSELL__DISCLOSURE_LIST(UPSELL__DISCLOSURE_ENUMERATOR) UPSELL__DISCLOSURES
};
#undef UPSELL__DISCLOSURE_ENUMERATOR

/* How many items a page has: all, or none for one-time offers. */
int32_t upsell__disclosure_count(const upsell__offer_page *page);

/* The name of an item in documents. */
const char *upsell__disclosure_name(int32_t item);

/* Says the text of an item; nothing where the merchant's text, which is all of it, is
 * missing. The voice speaks into an empty buffer; `scratch` is empty, and so it is
 * afterwards. */
void upsell__disclose(const upsell__offer_page *page, int32_t item, const upsell__voice *voice,
                      upsell__buffer *scratch);

/* Says what the item is called. */
void upsell__disclosure_label(int32_t item, const upsell__voice *voice);

/* Says a plan's billing, and its delivery where that is another one (PAG-7). */
void upsell__say_cycle(const upsell__plan *plan, const upsell__voice *voice);

/* Says what the buyer of a subscription agrees to (PAG-10). `scratch` as above. */
void upsell__say_consent(const upsell__offer_page *page, const upsell__voice *voice,
                         upsell__buffer *scratch);

#endif
