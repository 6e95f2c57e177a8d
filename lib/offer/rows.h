/* SPDX-License-Identifier: MIT */
/* Which scenarios a report lists, and in which order (CNT-5). */
#ifndef UPSELL_OFFER_ROWS_H
#define UPSELL_OFFER_ROWS_H

#include "model/catalog.h"
#include "offer/tally.h"

typedef struct upsell__row {
  const upsell__scenario *scenario; /* of the catalogue; NULL: it lacks it */
  upsell_counts counts;
} upsell__row;

typedef struct upsell__rows {
  upsell__row *items;
  size_t count;
  upsell_counts total; /* of those listed; without an id */
} upsell__rows;

/* Lists all scenarios, or `only` one where that is not absent. `catalog` may be NULL.
 * Returns 0 when memory ran out. */
int upsell__rows_list(const upsell_tally *tally, const upsell_catalog *catalog, upsell_str only,
                      upsell__rows *rows);

void upsell__rows_free(upsell__rows *rows);

#endif
