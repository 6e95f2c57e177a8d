/* SPDX-License-Identifier: MIT */
/* What the reducer and the reader of sessions share. */
#ifndef UPSELL_OFFER_SESSION_H
#define UPSELL_OFFER_SESSION_H

#include <upsell/session.h>

#include "base/report.h"

/* Names of enum upsell_session_state from 1 on, then NULL. */
extern const char *const upsell__session_states[];

/* The deadline of an offer that stands, or 0 (SES-2). */
int64_t upsell__session_deadline(const upsell_session *session);

/* An id of a session as a slice; one without its NUL is too long to be an id. */
upsell_str upsell__session_id_of(const char id[UPSELL_SESSION_ID_SIZE]);

/* Reports the first thing that makes it a session that no events lead to (SES-1). */
void upsell__session_check(const upsell_session *session, upsell__sink *sink);

#endif
