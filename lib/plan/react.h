/* SPDX-License-Identifier: MIT */
/* What an event does to a run (RUN-3). */
#ifndef UPSELL_PLAN_REACT_H
#define UPSELL_PLAN_REACT_H

#include "plan/event.h"
#include "plan/run.h"

/* Takes in an event. One that is about a step which is not in flight does nothing: it
 * came twice, or too late. */
void upsell__react(upsell__run *run, const upsell__event *event);

#endif
