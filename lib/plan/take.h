/* SPDX-License-Identifier: MIT */
/* Taking a step's outputs out of an answer (RUN-2, RUN-6). */
#ifndef UPSELL_PLAN_TAKE_H
#define UPSELL_PLAN_TAKE_H

#include "plan/match.h"

/* Takes all outputs of a step out of the data of an answer. Returns the result that
 * the first which cannot be taken gives, "missing_output", "no_match" or "ambiguous",
 * and NULL where all are in `*outputs` (NULL for a step without any). */
const char *upsell__take_outputs(upsell__filling *filling, const upsell__step *step,
                                 const upsell__value *data, const upsell__value **outputs);

#endif
