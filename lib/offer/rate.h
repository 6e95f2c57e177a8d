/* SPDX-License-Identifier: MIT */
/* Rates of counts, exactly (CNT-5). */
#ifndef UPSELL_OFFER_RATE_H
#define UPSELL_OFFER_RATE_H

#include <stdint.h>

typedef struct upsell__rate {
  uint64_t part; /* in lowest terms */
  uint64_t whole;
  uint32_t hundredths; /* of a percent, half up: 0 ... 10000 */
} upsell__rate;

/* What part of `whole` is `part`, at most all of it. Returns 0 where there is nothing to
 * divide by. */
int upsell__rate_of(uint64_t part, uint64_t whole, upsell__rate *rate);

#endif
