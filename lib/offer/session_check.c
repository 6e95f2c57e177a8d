/* SPDX-License-Identifier: MIT */
/*
 * Whether some events lead to a session (SES-1): a state that was stored wrongly, or
 * changed by hand, must not become a second charge.
 */
#include "offer/session.h"

#include <inttypes.h>

#include "model/limits.h"
#include "model/values.h"

typedef enum presence { ABSENT, PRESENT, EITHER } presence;

/* Which times a state has. */
typedef struct times_of_state {
  presence shown;
  presence clicked;
  presence ended;
} times_of_state;

static const times_of_state times_of[] = {
    [UPSELL_SESSION_OFFERED] = {ABSENT, ABSENT, ABSENT},
    [UPSELL_SESSION_SHOWN] = {PRESENT, ABSENT, ABSENT},
    [UPSELL_SESSION_CLICKED] = {PRESENT, PRESENT, ABSENT},
    [UPSELL_SESSION_PROCESSING] = {PRESENT, PRESENT, ABSENT},
    [UPSELL_SESSION_ORDERED] = {PRESENT, PRESENT, PRESENT},
    [UPSELL_SESSION_FAILED] = {PRESENT, PRESENT, PRESENT},
    [UPSELL_SESSION_DECLINED] = {PRESENT, ABSENT, PRESENT},
    [UPSELL_SESSION_EXPIRED] = {EITHER, ABSENT, PRESENT},
};

/* From when to when something can have happened. */
typedef struct window {
  int64_t from;
  int64_t to;
} window;

upsell_str upsell__session_id_of(const char id[UPSELL_SESSION_ID_SIZE])
{
  upsell_str text = {id, 0};

  while (text.len < UPSELL_SESSION_ID_SIZE && id[text.len])
    text.len++;
  return text;
}

static void check_state(upsell__sink *sink, int32_t state)
{
  upsell__path path = upsell__at_key(NULL, "state");

  if (!upsell_session_state_name(state))
    upsell__report(sink, UPSELL_BAD_VALUE, &path,
                   "A constant from %d to %d was expected, found %" PRId32 ".",
                   UPSELL_SESSION_OFFERED, UPSELL_SESSION_EXPIRED, state);
}

/* A time that may be -1: it has not happened. */
static void check_nullable(const upsell__check *check, const char *key, int64_t time)
{
  if (time != -1)
    upsell__check_range(check, NULL, key, time, 0, UPSELL_SESSION_TIME_MAX);
}

static void check_values(const upsell_session *session, const upsell__check *check)
{
  upsell__check_own_id(check, "id", upsell__session_id_of(session->id));
  upsell__check_own_id(check, "scenario_id", upsell__session_id_of(session->scenario_id));
  check_state(check->sink, session->state);
  upsell__check_range(check, NULL, "seconds", session->seconds, 1, UPSELL__TIMER_MAX);
  upsell__check_range(check, NULL, "offered_at", session->offered_at, 0, UPSELL_SESSION_TIME_MAX);
  check_nullable(check, "shown_at", session->shown_at);
  check_nullable(check, "clicked_at", session->clicked_at);
  check_nullable(check, "ended_at", session->ended_at);
  upsell__check_range(check, NULL, "last_at", session->last_at, 0, UPSELL_SESSION_TIME_MAX);
}

/* A time that is there or not, and in its window; moves the beginning of the next
 * window to it. */
static void check_time(upsell__sink *sink, const char *key, const upsell_session *session,
                       int64_t time, presence expected, window *allowed)
{
  upsell__path path = upsell__at_key(NULL, key);
  const char *state = upsell_session_state_name(session->state);

  if (time == -1) {
    if (expected == PRESENT)
      upsell__report(sink, UPSELL_BAD_VALUE, &path,
                     "A session that is \"%s\" has a time here, found none.", state);
    return;
  }
  if (expected == ABSENT)
    upsell__report(sink, UPSELL_BAD_VALUE, &path,
                   "A session that is \"%s\" has no time here yet, found %" PRId64 ".", state,
                   time);
  else if (time < allowed->from || time > allowed->to)
    upsell__report(sink, UPSELL_BAD_VALUE, &path,
                   "In a session that is \"%s\", this time is from %" PRId64 " to %" PRId64
                   ", found %" PRId64 ".",
                   state, allowed->from, allowed->to, time);
  allowed->from = time;
}

/* Whether a time is that of the proof: it was set when the buyer was found to have
 * bought, perhaps long after the deadline (SES-6). */
static int is_of_proof(const upsell_session *session, int64_t time)
{
  return session->state == UPSELL_SESSION_ORDERED && time == session->ended_at;
}

/* Until when the page was first shown: before the deadline of an offer not yet shown. */
static int64_t shown_until(const upsell_session *session)
{
  return is_of_proof(session, session->shown_at) ? UPSELL_SESSION_TIME_MAX
                                                 : session->offered_at + UPSELL_SESSION_SECONDS - 1;
}

/* Until when an answer was taken: before the deadline of the page. */
static int64_t answered_until(const upsell_session *session)
{
  return session->shown_at + session->seconds - 1;
}

static int64_t clicked_until(const upsell_session *session)
{
  return is_of_proof(session, session->clicked_at) ? UPSELL_SESSION_TIME_MAX
                                                   : answered_until(session);
}

/* When it ended: at its deadline, with an answer, or any time after the click. */
static window ended_within(const upsell_session *session, int64_t from)
{
  window allowed = {from, UPSELL_SESSION_TIME_MAX};

  if (session->state == UPSELL_SESSION_DECLINED)
    allowed.to = answered_until(session);
  if (session->state == UPSELL_SESSION_EXPIRED) {
    allowed.to = session->shown_at == -1 ? session->offered_at + UPSELL_SESSION_SECONDS
                                         : session->shown_at + session->seconds;
    allowed.from = allowed.to;
  }
  return allowed;
}

static void check_times(const upsell_session *session, upsell__sink *sink)
{
  const times_of_state *times = &times_of[session->state];
  int64_t deadline = upsell__session_deadline(session);
  window allowed = {session->offered_at, 0};

  allowed.to = shown_until(session);
  check_time(sink, "shown_at", session, session->shown_at, times->shown, &allowed);
  allowed.to = clicked_until(session);
  check_time(sink, "clicked_at", session, session->clicked_at, times->clicked, &allowed);
  allowed = ended_within(session, allowed.from);
  check_time(sink, "ended_at", session, session->ended_at, times->ended, &allowed);
  /* While an offer stands, its deadline has not been reached. */
  allowed.to = deadline ? deadline - 1 : UPSELL_SESSION_TIME_MAX;
  check_time(sink, "last_at", session, session->last_at, PRESENT, &allowed);
}

void upsell__session_check(const upsell_session *session, upsell__sink *sink)
{
  upsell__check check = {sink, 0};

  check_values(session, &check);
  if (sink->status == UPSELL_OK)
    check_times(session, sink);
}
