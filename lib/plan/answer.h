/* SPDX-License-Identifier: MIT */
/* From what a platform answered to the result of a step, by precedence (RUN-6). */
#ifndef UPSELL_PLAN_ANSWER_H
#define UPSELL_PLAN_ANSWER_H

#include "plan/result.h"
#include "plan/run.h"

/* The result of an answer to a step. `body` is NULL where it was not JSON;
 * `http_status` is 0 where it is not known. Sets `failed` of the run when memory
 * ran out. */
upsell__result upsell__answer_read(upsell__run *run, const upsell__step *step,
                                   const upsell__value *body, int32_t http_status);

#endif
