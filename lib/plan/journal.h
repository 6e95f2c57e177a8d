/* SPDX-License-Identifier: MIT */
/*
 * The journal: all that a run knows, as the text of an "upsell.journal/1" document
 * (RUN-5). It is written by the runner alone and checked when it is read: what cannot
 * have been written is refused, not guessed at.
 */
#ifndef UPSELL_PLAN_JOURNAL_H
#define UPSELL_PLAN_JOURNAL_H

#include "base/buffer.h"
#include "base/report.h"
#include "plan/run.h"

/* Reads a journal into a run that was just begun. Reports what is wrong under
 * /journal. Texts are borrowed from `text` or in the run's arena. */
upsell_status upsell__journal_read(upsell_str text, upsell__run *run, upsell__sink *sink);

/* Appends the journal of a run. */
void upsell__journal_write(upsell__buffer *buffer, const upsell__run *run);

/* Refuses a run that no events can have led to, however good its parts are. */
void upsell__journal_check(const upsell__run *run, upsell__sink *sink);

/* Where a journal stands among the inputs of a call. */
extern const upsell__path upsell__journal_root;

#endif
