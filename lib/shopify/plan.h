/* SPDX-License-Identifier: MIT */
/* From checked inputs to a plan. */
#ifndef UPSELL_SHOPIFY_PLAN_H
#define UPSELL_SHOPIFY_PLAN_H

#include <upsell/plan.h>

#include "base/report.h"

/* The inputs of a plan. */
typedef struct upsell__plan_inputs {
  const upsell_catalog *catalog;
  const upsell_order *order;
  const upsell_acceptance *acceptance;
  const upsell_plan_options *options;
  int from_text; /* order and acceptance were read from text: the order is checked, and
                    texts are known to be UTF-8 without NUL */
} upsell__plan_inputs;

/* Checks order, acceptance and options, decides, compares and words. The error's pointer
 * begins with the name of the input. */
upsell_status upsell__plan_make(const upsell__plan_inputs *inputs, upsell_plan **plan,
                                upsell_error *error);

/* Puts the name of an input before the pointer of a problem that was found in it. */
void upsell__plan_blame(upsell_error *error, const char *input);

#endif
