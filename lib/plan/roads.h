/* SPDX-License-Identifier: MIT */
/*
 * The roads through a plan: which outputs are certainly there when a step runs.
 *
 * A road is what may come of a run: every step has some result, and the row of that
 * result says where the road leads. An output is lost where its step is passed over,
 * or done with a result that leaves none. The question for a binding is then whether
 * any road leads from a loss to the step that binds.
 *
 * Roads are followed by the results that a step can have, not by what its platform
 * would do: more roads are seen than there are, never fewer. So what is called certain
 * is certain, and a plan that is refused could at worst have been drawn more plainly.
 */
#ifndef UPSELL_PLAN_ROADS_H
#define UPSELL_PLAN_ROADS_H

#include "base/arena.h"
#include "plan/program.h"

typedef struct upsell__roads {
  upsell__arena arena;
  const upsell__step *steps;
  uint32_t count;
  uint8_t *ways;     /* [count][count]: how a step may be left; see roads.c */
  uint8_t *behind;   /* [count][count]: 1 where the second step depends on the first */
  uint16_t *again;   /* [count][count]: how restarts bring back steps; see roads.c */
  uint8_t *known;    /* [count]: 1 where that row of `again` was made */
  uint8_t *restarts; /* [count]: 1 for steps that may restart from somewhere */
  uint8_t **lossy;   /* [count]: for each source, the steps that may run without its outputs */
  uint32_t *over;    /* [count] scratch */
  uint32_t *nearest; /* [count] scratch */
  uint32_t *open;    /* [count + 1] scratch */
  uint32_t *entry;   /* [count]: the first step of the lane that a step compensates from */
} upsell__roads;

/* Whose targets were checked. 0 when memory ran out. */
int upsell__roads_init(upsell__roads *roads, const upsell__step *steps, uint32_t count);

/* Whether the outputs of `source` are there whenever `binder` runs: 1 or 0; -1 when
 * memory ran out. */
int upsell__roads_certain(upsell__roads *roads, uint32_t source, uint32_t binder);

void upsell__roads_free(upsell__roads *roads);

#endif
