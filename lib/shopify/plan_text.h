/* SPDX-License-Identifier: MIT */
/* The document "upsell.plan/1" (PLN-5). */
#ifndef UPSELL_SHOPIFY_PLAN_TEXT_H
#define UPSELL_SHOPIFY_PLAN_TEXT_H

#include "base/buffer.h"
#include "shopify/terms.h"

/* The steps of a plan. */
typedef struct upsell__plan_steps {
  upsell__buffer text; /* with commas between them */
  size_t count;
  uint32_t scopes; /* what they need, as bits */
} upsell__plan_steps;

void upsell__plan_write_steps(const upsell__terms *terms, upsell__plan_steps *steps);

/* Writes the document around the steps. */
void upsell__plan_write(const upsell__terms *terms, const upsell__plan_steps *steps,
                        upsell__buffer *text);

#endif
