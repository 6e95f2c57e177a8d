/* SPDX-License-Identifier: MIT */
/* Choosing the winner among all scenarios (DEC-3, DEC-14 ... DEC-16). */
#ifndef UPSELL_DECIDE_SELECT_H
#define UPSELL_DECIDE_SELECT_H

#include "decide/judge.h"

/* A candidate and what became of it. */
typedef struct upsell__candidate {
  uint32_t scenario; /* place in the catalogue */
  int32_t reason;    /* 0: it survived */
} upsell__candidate;

typedef struct upsell__selection {
  uint32_t *found; /* scratch: scenarios of all lists */
  size_t found_capacity;
  upsell__candidate *candidates; /* when explaining: all, in catalogue order */
  size_t candidate_capacity;
  size_t candidate_count;
  uint32_t winner; /* place in the catalogue, or UPSELL__NO_INDEX */
  int32_t reason;  /* without a winner: no_candidate or all_rejected */
} upsell__selection;

/* Finds the winner without looking at more scenarios than it must. */
void upsell__select_winner(upsell__judge *judge, upsell__selection *selection);

/* Finds the winner and judges every candidate; 0 when memory ran out. */
int upsell__select_explained(upsell__judge *judge, upsell__selection *selection);

/* Judges one scenario, published or not, as if there were no other; 0 when memory
 * ran out. */
int upsell__select_only(upsell__judge *judge, upsell__selection *selection, uint32_t scenario);

void upsell__selection_free(upsell__selection *selection);

#endif
