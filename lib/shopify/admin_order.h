/* SPDX-License-Identifier: MIT */
/* An order read by Admin GraphQL (ADA-6, ADA-7). */
#ifndef UPSELL_SHOPIFY_ADMIN_ORDER_H
#define UPSELL_SHOPIFY_ADMIN_ORDER_H

#include "shopify/payload.h"

/* Reads an answer, its `data` or the order object alone; 0 after a report. What
 * `order` points to is in the payload's tree and arena. */
int upsell__admin_order_read(upsell__payload *payload, const upsell__value *root,
                             upsell_order *order);

#endif
