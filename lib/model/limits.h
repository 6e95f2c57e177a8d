/* SPDX-License-Identifier: MIT */
/* Ranges of the specification, each with its rule. */
#ifndef UPSELL_MODEL_LIMITS_H
#define UPSELL_MODEL_LIMITS_H

#include <stdint.h>

enum {
  UPSELL__ID_MAX = 255,               /* VAL-1, bytes */
  UPSELL__INTERVAL_MAX = 999,         /* CAT-4 */
  UPSELL__AFTER_CYCLE_MAX = 999,      /* CAT-5 */
  UPSELL__CYCLES_MAX = 999,           /* CAT-18 */
  UPSELL__PRIORITY_MAX = 1000000,     /* CAT-8 */
  UPSELL__TIMER_MAX = 3600,           /* CAT-16, seconds */
  UPSELL__EXPIRES_WITHOUT_TIMER = 600 /* OUT-4, seconds */
};

/* CAT-7: 2^53 - 1, the largest integer that every JSON program keeps exact. */
#define UPSELL__STOCK_MAX INT64_C(9007199254740991)

#endif
