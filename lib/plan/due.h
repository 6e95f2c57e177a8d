/* SPDX-License-Identifier: MIT */
/* What is due: which step goes next, and with what (RUN-5). */
#ifndef UPSELL_PLAN_DUE_H
#define UPSELL_PLAN_DUE_H

#include "base/buffer.h"
#include "plan/run.h"

/* Brings the run to where it waits for something outside: for an answer, for time, or
 * for nothing more. Returns the step that is to be sent now and is marked as sent, or
 * UPSELL__NO_STEP. `*variables` receives the JSON text to send with it, which stands in
 * `text` or in the run. */
uint32_t upsell__due_next(upsell__run *run, upsell__buffer *text, upsell_str *variables);

/* When something will be due next, of a run that is open with nothing in flight. */
int64_t upsell__due_at(const upsell__run *run);

#endif
