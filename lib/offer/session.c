/* SPDX-License-Identifier: MIT */
/* The reducer: reads like the table of SES-5. */
#include "offer/session.h"

#include <inttypes.h>

#include "model/limits.h"
#include "model/values.h"

enum { EVENTS = UPSELL_ON_TICK + 1 };

/* Columns of the table: states in which the same happens. */
enum { OFFERED, SHOWN, UNDER_WAY, ENDED, ORDERED, COLUMNS };

typedef struct cell {
  uint8_t next; /* enum upsell_session_state; 0: as it is */
  uint8_t effects;
} cell;

#define C_SHOWN UPSELL_EFFECT_COUNT_SHOWN
#define C_CLICKED UPSELL_EFFECT_COUNT_CLICKED
#define C_ORDERED UPSELL_EFFECT_COUNT_ORDERED
#define CHARGE UPSELL_EFFECT_CHARGE
#define OFFER UPSELL_EFFECT_SHOW_OFFER
#define PROGRESS UPSELL_EFFECT_SHOW_PROGRESS
#define THANKS UPSELL_EFFECT_THANK_YOU
#define TO(state) UPSELL_SESSION_##state

/* An event in a state; what has been counted before is not counted again (SES-4). */
static const cell table[EVENTS][COLUMNS] = {
    [UPSELL_ON_SHOWN] = {[OFFERED] = {TO(SHOWN), C_SHOWN | OFFER},
                         [SHOWN] = {0, OFFER},
                         [UNDER_WAY] = {0, PROGRESS},
                         [ENDED] = {0, THANKS},
                         [ORDERED] = {0, THANKS}},
    [UPSELL_ON_CLICKED] = {[OFFERED] = {TO(CLICKED), C_SHOWN | C_CLICKED | CHARGE | PROGRESS},
                           [SHOWN] = {TO(CLICKED), C_CLICKED | CHARGE | PROGRESS},
                           [UNDER_WAY] = {0, PROGRESS},
                           [ENDED] = {0, THANKS},
                           [ORDERED] = {0, THANKS}},
    [UPSELL_ON_PROCESSING] = {[OFFERED] = {TO(PROCESSING), C_SHOWN | C_CLICKED | PROGRESS},
                              [SHOWN] = {TO(PROCESSING), C_CLICKED | PROGRESS},
                              [UNDER_WAY] = {TO(PROCESSING), PROGRESS},
                              [ENDED] = {0, THANKS},
                              [ORDERED] = {0, THANKS}},
    /* SES-6: proof, taken whatever came before. */
    [UPSELL_ON_ORDERED] = {[OFFERED] = {TO(ORDERED), C_SHOWN | C_CLICKED | C_ORDERED | THANKS},
                           [SHOWN] = {TO(ORDERED), C_CLICKED | C_ORDERED | THANKS},
                           [UNDER_WAY] = {TO(ORDERED), C_ORDERED | THANKS},
                           [ENDED] = {TO(ORDERED), C_SHOWN | C_CLICKED | C_ORDERED | THANKS},
                           [ORDERED] = {0, THANKS}},
    [UPSELL_ON_FAILED] = {[OFFERED] = {TO(FAILED), C_SHOWN | C_CLICKED | THANKS},
                          [SHOWN] = {TO(FAILED), C_CLICKED | THANKS},
                          [UNDER_WAY] = {TO(FAILED), THANKS},
                          [ENDED] = {0, THANKS},
                          [ORDERED] = {0, THANKS}},
    [UPSELL_ON_DECLINED] = {[OFFERED] = {TO(DECLINED), C_SHOWN | THANKS},
                            [SHOWN] = {TO(DECLINED), THANKS},
                            [UNDER_WAY] = {0, PROGRESS},
                            [ENDED] = {0, THANKS},
                            [ORDERED] = {0, THANKS}},
    [UPSELL_ON_LEFT] = {[OFFERED] = {0, 0}},
    [UPSELL_ON_TICK] = {[ENDED] = {0, THANKS}, [ORDERED] = {0, THANKS}},
};

const char *const upsell__session_states[] = {
    "offered", "shown", "clicked", "processing", "ordered", "failed", "declined", "expired", NULL};

const char *upsell_session_state_name(int32_t state)
{
  if (state < UPSELL_SESSION_OFFERED || state > UPSELL_SESSION_EXPIRED)
    return NULL;
  return upsell__session_states[state - UPSELL_SESSION_OFFERED];
}

int64_t upsell__session_deadline(const upsell_session *session)
{
  switch (session->state) {
  case UPSELL_SESSION_OFFERED:
    return session->offered_at + UPSELL_SESSION_SECONDS;
  case UPSELL_SESSION_SHOWN:
    return session->shown_at + session->seconds;
  default:
    return 0;
  }
}

static int column_of(int32_t state)
{
  switch (state) {
  case UPSELL_SESSION_OFFERED:
    return OFFERED;
  case UPSELL_SESSION_SHOWN:
    return SHOWN;
  case UPSELL_SESSION_CLICKED:
  case UPSELL_SESSION_PROCESSING:
    return UNDER_WAY;
  case UPSELL_SESSION_ORDERED:
    return ORDERED;
  default:
    return ENDED;
  }
}

/* Takes the time in (SES-3); an offer whose deadline is reached ends there. */
static void take_time(upsell_session *session, int64_t now)
{
  int64_t deadline = upsell__session_deadline(session);

  if (now > session->last_at)
    session->last_at = now;
  if (deadline && session->last_at >= deadline) {
    session->state = UPSELL_SESSION_EXPIRED;
    session->ended_at = deadline;
  }
}

/* Counts that came before: with each, the time of what it counts was set (SES-7). */
static uint32_t counted(const upsell_session *session)
{
  uint32_t effects = 0;

  if (session->shown_at >= 0)
    effects |= C_SHOWN;
  if (session->clicked_at >= 0)
    effects |= C_CLICKED;
  return effects;
}

/* Takes an event in; returns its effects. */
static uint32_t take_event(upsell_session *session, int32_t event)
{
  const cell *found = &table[event][column_of(session->state)];
  uint32_t effects = found->effects & ~counted(session);

  if (effects & C_SHOWN)
    session->shown_at = session->last_at;
  if (effects & C_CLICKED)
    session->clicked_at = session->last_at;
  if (found->next)
    session->state = found->next;
  if (found->next && column_of(found->next) >= ENDED)
    session->ended_at = session->last_at;
  return effects;
}

/* Whether two documents would differ; the ids never do. */
static int differs(const upsell_session *a, const upsell_session *b)
{
  return a->state != b->state || a->shown_at != b->shown_at || a->clicked_at != b->clicked_at ||
         a->ended_at != b->ended_at || a->last_at != b->last_at;
}

static void report_null(upsell__sink *sink)
{
  upsell__report(sink, UPSELL_INVALID_ARGUMENT, NULL,
                 "A session, and a place for what comes of the call, were expected, found NULL.");
}

static void check_event(upsell__sink *sink, int32_t event)
{
  upsell__path path = upsell__at_key(NULL, "event");

  if (event < UPSELL_ON_SHOWN || event > UPSELL_ON_TICK)
    upsell__report(sink, UPSELL_BAD_VALUE, &path,
                   "A constant from %d to %d was expected, found %" PRId32 ".", UPSELL_ON_SHOWN,
                   UPSELL_ON_TICK, event);
}

static void check_now(const upsell__check *check, int64_t now)
{
  upsell__check_range(check, NULL, "now", now, 0, UPSELL_SESSION_TIME_MAX);
}

upsell_status upsell_session_step(upsell_session *session, int32_t event, int64_t now,
                                  upsell_session_outcome *outcome, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  upsell__check check = {&sink, 0};
  upsell_session_outcome made = {0};
  upsell_session before;
  int64_t deadline;

  if (!session || !outcome) {
    report_null(&sink);
    return sink.status;
  }
  upsell__session_check(session, &sink);
  check_event(&sink, event);
  check_now(&check, now);
  if (sink.status)
    return sink.status;
  before = *session;
  take_time(session, now);
  made.effects = take_event(session, event);
  made.changed = differs(session, &before);
  deadline = upsell__session_deadline(session);
  made.seconds_left = deadline ? (int32_t)(deadline - session->last_at) : 0;
  made.wake_at = deadline;
  *outcome = made;
  return UPSELL_OK;
}

static void copy_id(char out[UPSELL_SESSION_ID_SIZE], upsell_str id)
{
  memcpy(out, id.data, id.len);
  out[id.len] = '\0';
}

upsell_status upsell_session_open(upsell_str id, upsell_str scenario_id, int32_t timer_seconds,
                                  int64_t now, upsell_session *session, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  upsell__check check = {&sink, 0};
  upsell_session made = {0};

  if (!session) {
    report_null(&sink);
    return sink.status;
  }
  upsell__check_own_id(&check, "id", id);
  upsell__check_own_id(&check, "scenario_id", scenario_id);
  upsell__check_range(&check, NULL, "seconds", timer_seconds, 0, UPSELL__TIMER_MAX);
  check_now(&check, now);
  if (sink.status)
    return sink.status;
  made.state = UPSELL_SESSION_OFFERED;
  made.seconds = timer_seconds ? timer_seconds : UPSELL_SESSION_SECONDS;
  made.offered_at = made.last_at = now;
  made.shown_at = made.clicked_at = made.ended_at = -1;
  copy_id(made.id, id);
  copy_id(made.scenario_id, scenario_id);
  *session = made;
  return UPSELL_OK;
}
