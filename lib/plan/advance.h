/* SPDX-License-Identifier: MIT */
/* From the result of a step to how the run stands: its rows carried out (RUN-7). */
#ifndef UPSELL_PLAN_ADVANCE_H
#define UPSELL_PLAN_ADVANCE_H

#include "plan/result.h"
#include "plan/run.h"

/* Lets a step begin: it is due now, and its deadline is set. */
void upsell__advance_begin(upsell__run *run, uint32_t number);

/* Carries out the first row of a step that is about a result; where there is none,
 * "ok" goes on and everything else stops. */
void upsell__advance(upsell__run *run, uint32_t number, const upsell__result *result);

/* Stops a step: all that depends on it will never run. `state` is how the buyer
 * stands (enum upsell_state). */
void upsell__advance_stop(upsell__run *run, uint32_t number, upsell_str result, int32_t state);

/* Brings the states of the stops that are compensated up to date with the lane. */
void upsell__advance_settle(upsell__run *run);

/* Whether a changeset must not be sent any more: the offer has expired. */
int upsell__is_expired(const upsell__run *run, uint32_t number);

#endif
