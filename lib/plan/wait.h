/* SPDX-License-Identifier: MIT */
/* Steps that poll until something holds (RUN-8). */
#ifndef UPSELL_PLAN_WAIT_H
#define UPSELL_PLAN_WAIT_H

#include "plan/result.h"
#include "plan/run.h"

/* Takes in what came of a poll: it is the wait's result, or the wait polls again. */
void upsell__wait_polled(upsell__run *run, uint32_t number, const upsell__result *result);

/* Makes the next poll due of every wait that a webhook is about. `body` is NULL where
 * there was none. */
void upsell__wait_wake(upsell__run *run, upsell_str topic, const upsell__value *body);

#endif
