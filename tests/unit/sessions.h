/* SPDX-License-Identifier: MIT */
/* Sessions for tests: one in each state, and their texts. */
#ifndef UPSELL_TESTS_SESSIONS_H
#define UPSELL_TESTS_SESSIONS_H

#include <check.h>

#include <upsell/session.h>

enum { EVENT_MIN = UPSELL_ON_SHOWN, EVENT_MAX = UPSELL_ON_TICK };
enum { STATE_MIN = UPSELL_SESSION_OFFERED, STATE_MAX = UPSELL_SESSION_EXPIRED };

/* Opened at 1000; seconds 300. */
static inline upsell_session session_open(void)
{
  upsell_session session;

  ck_assert_int_eq(
      upsell_session_open(upsell_str_of("s-1"), upsell_str_of("S1"), 300, 1000, &session, NULL),
      UPSELL_OK);
  return session;
}

/* Takes an event that must be taken. */
static inline upsell_session_outcome session_take(upsell_session *session, int32_t event,
                                                  int64_t now)
{
  upsell_session_outcome outcome;

  ck_assert_int_eq(upsell_session_step(session, event, now, &outcome, NULL), UPSELL_OK);
  return outcome;
}

/* A session in a state: shown at 1010, clicked at 1020, ended at 1040 or by time. */
static inline upsell_session session_in(int32_t state)
{
  upsell_session session = session_open();

  if (state == UPSELL_SESSION_OFFERED)
    return session;
  session_take(&session, UPSELL_ON_SHOWN, 1010);
  if (state == UPSELL_SESSION_DECLINED)
    session_take(&session, UPSELL_ON_DECLINED, 1040);
  if (state == UPSELL_SESSION_EXPIRED)
    session_take(&session, UPSELL_ON_TICK, 1320);
  if (state >= UPSELL_SESSION_CLICKED && state <= UPSELL_SESSION_FAILED)
    session_take(&session, UPSELL_ON_CLICKED, 1020);
  if (state == UPSELL_SESSION_PROCESSING)
    session_take(&session, UPSELL_ON_PROCESSING, 1030);
  if (state == UPSELL_SESSION_ORDERED)
    session_take(&session, UPSELL_ON_ORDERED, 1040);
  if (state == UPSELL_SESSION_FAILED)
    session_take(&session, UPSELL_ON_FAILED, 1040);
  ck_assert_int_eq(session.state, state);
  return session;
}

/* Writes a session that must be good; returns `text`. */
static inline const char *session_text(const upsell_session *session,
                                       char text[UPSELL_SESSION_JSON_SIZE])
{
  ck_assert_int_eq(upsell_session_to_json(session, text, UPSELL_SESSION_JSON_SIZE, NULL),
                   UPSELL_OK);
  return text;
}

#endif
