/* SPDX-License-Identifier: MIT */
/* What the host must do next: as a document and as a view (RUN-4). */
#ifndef UPSELL_PLAN_ACTION_H
#define UPSELL_PLAN_ACTION_H

#include "plan/progress.h"
#include "plan/run.h"

/* Writes the action into the side's buffer and fills in all of the view but the journal.
 * `sending` is the step that was just marked as sent, or UPSELL__NO_STEP. Returns 0
 * when memory ran out. */
int upsell__action_make(const upsell__run *run, uint32_t sending, upsell_str variables,
                        upsell__side *side, upsell_progress_view *view);

#endif
