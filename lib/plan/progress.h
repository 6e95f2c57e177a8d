/* SPDX-License-Identifier: MIT */
/* The progress object: what came of the last event. */
#ifndef UPSELL_PLAN_PROGRESS_H
#define UPSELL_PLAN_PROGRESS_H

#include "base/arena.h"
#include "base/buffer.h"

#include <upsell/runner.h>

/* All memory that one event needs. */
typedef struct upsell__side {
  upsell__arena arena;
  upsell__buffer journal;
  upsell__buffer action;
  upsell__buffer variables;
} upsell__side;

/* Events take turns between two sides, so that a host may hand back what it was shown
 * last: the journal, and the step's id in an event. An event that is refused takes no
 * turn: what was shown last stays in place, though the view is empty. */
struct upsell_progress {
  upsell_progress_view view;
  upsell__side sides[2];
  int turn; /* the side that was shown last */
};

/* Empties the view and returns the side for the next event, the one not shown last. */
upsell__side *upsell__progress_begin(upsell_progress *progress);

/* The event was taken in: what its side holds is shown from now on. */
void upsell__progress_keep(upsell_progress *progress);

/* Empties the view after an error. */
void upsell__progress_clear(upsell_progress *progress);

#endif
