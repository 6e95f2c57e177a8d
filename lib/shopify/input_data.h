/* SPDX-License-Identifier: MIT */
/* The post-purchase InputData (ADA-5). */
#ifndef UPSELL_SHOPIFY_INPUT_DATA_H
#define UPSELL_SHOPIFY_INPUT_DATA_H

#include "shopify/payload.h"

/* Reads the whole InputData, or its `initialPurchase` alone; 0 after a report. What
 * `order` points to is in the payload's tree and arena. */
int upsell__input_data_read(upsell__payload *payload, const upsell__value *root,
                            upsell_order *order);

#endif
