/* SPDX-License-Identifier: MIT */
/* Results of charging in the buyer's page (RUN-6). */
#ifndef UPSELL_PLAN_CHANGESET_H
#define UPSELL_PLAN_CHANGESET_H

#include "plan/result.h"
#include "plan/run.h"

/* The result of an answer: {"status":...,"errors":[{"code":...}]}. Its names are
 * "status/code" of each error, the status, and each code. */
upsell__result upsell__changeset_read(upsell__run *run, const upsell__value *body);

/* What a result proves. Once a changeset was sent without an answer, that sending may
 * have charged the buyer: a refusal of another one is no answer to it. */
upsell__result upsell__changeset_proven(const upsell__standing *standing,
                                        const upsell__result *result);

#endif
