/* SPDX-License-Identifier: MIT */
/* Checking a catalogue: what its parts share. */
#ifndef UPSELL_MODEL_CHECK_H
#define UPSELL_MODEL_CHECK_H

#include "model/catalog.h"
#include "model/values.h"

typedef struct upsell__checking {
  upsell__check base;
  const upsell_catalog_input *input;
  upsell__catalog_ids *ids;
  uint32_t *plan_cycles; /* by number of the plan; 0: not known */
  int plans_known;       /* every plan has an id: unknown ones can be told */
  int products_known;
  int variants_known;
} upsell__checking;

/* Numbers an id; reports one that is there already (CAT-15). Returns its
 * number, or UPSELL__NO_INDEX. */
uint32_t upsell__number_id(upsell__checking *check, upsell__idmap *map, uint32_t scope,
                           upsell_str id, const upsell__path *parent);

/* The value of a price or discount of this type (CAT-5, CAT-11). */
void upsell__check_adjustment(const upsell__checking *check, const upsell__path *path, int32_t type,
                              int64_t value);

/* The texts that a buyer is told before a subscription (CAT-19); NULL: none. */
void upsell__check_disclosure(const upsell__checking *check, const upsell__path *parent,
                              const upsell_disclosure_input *disclosure);

/* The parts, each of which numbers the ids that the next ones refer to. */
void upsell__check_plans(upsell__checking *check);
void upsell__check_products(upsell__checking *check);
void upsell__check_scenarios(upsell__checking *check);

#endif
