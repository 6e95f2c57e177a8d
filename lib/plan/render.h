/* SPDX-License-Identifier: MIT */
/*
 * Templates of a plan filled in: {"$bind"}, {"$host"}, {"$map"} and {"$item"} become
 * what they stand for (RUN-2).
 */
#ifndef UPSELL_PLAN_RENDER_H
#define UPSELL_PLAN_RENDER_H

#include "plan/run.h"

/* Values nest at most so deep, so that a journal or an action around one is still a
 * document that can be read (DOC-7). */
enum { UPSELL__VALUE_DEPTH_MAX = 58 };

/* A $map in a $map multiplies, and so does an output that is bound many times. So there
 * is an end to it: */
enum {
  UPSELL__FILL_MAX = 100000,        /* values that are filled in for what one step sends, or
                                       for one look at its answer */
  UPSELL__FILL_EVENT_MAX = 1000000, /* the same, for all that one event sets going */
  UPSELL__TEXT_MAX = 1 << 24        /* bytes of text that a step sends */
};

/* Filling in, and what it met. The first trouble is kept, so that callers may check
 * once: UPSELL_UNBOUND where an output is not there, not of use, or more than there
 * may be (the step's result is then "missing_output"), or UPSELL_NO_MEMORY. */
typedef struct upsell__filling {
  upsell__run *run;
  upsell_status status;
  uint32_t filled; /* values so far */
} upsell__filling;

/* What a template stands for. NULL: nothing is left of it, or there was trouble. What
 * has nothing to fill in is handed back as it is. */
const upsell__value *upsell__render(upsell__filling *filling, const upsell__value *template);

/* Whether a value nests deeper than UPSELL__VALUE_DEPTH_MAX, or has more values in it than
 * could be sent: each takes a byte at least. */
int upsell__value_too_much(const upsell__value *value);

#endif
