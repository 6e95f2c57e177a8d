/* SPDX-License-Identifier: MIT */
/* What holds for a session whatever happens (SES-3 ... SES-8). */
#include "../support/check_main.h"
#include "random.h"
#include "sessions.h"

enum { RUNS = 4000, STEPS = 24 };

static int is_ended(int32_t state)
{
  return state >= UPSELL_SESSION_ORDERED;
}

static int bits(uint32_t value)
{
  int count = 0;

  for (; value; value &= value - 1)
    count++;
  return count;
}

/* What may differ from one run to the next: near the deadlines things are most lively. */
static int64_t random_time(uint64_t *seed, int64_t now)
{
  switch (random_below(seed, 12)) {
  case 0:
    return random_between(seed, 0, 2000); /* also before it was offered */
  case 1:
    return 1600 - random_below(seed, 3);
  case 2:
    return now + 300 - random_below(seed, 3);
  default:
    return now + random_below(seed, 40);
  }
}

typedef struct history {
  uint32_t counted; /* effects that may come once only */
  int32_t seconds_left;
} history;

static void check_step(const upsell_session *before, const upsell_session *after, int32_t event,
                       const upsell_session_outcome *outcome, history *seen)
{
  uint32_t once = outcome->effects & 15; /* the counts and the charge */

  ck_assert_uint_eq(seen->counted & once, 0);
  seen->counted |= once;
  /* ordered <= clicked <= shown, and a charge takes a click. */
  ck_assert(!(seen->counted & UPSELL_EFFECT_COUNT_ORDERED) ||
            (seen->counted & UPSELL_EFFECT_COUNT_CLICKED));
  ck_assert(!(seen->counted & UPSELL_EFFECT_COUNT_CLICKED) ||
            (seen->counted & UPSELL_EFFECT_COUNT_SHOWN));
  ck_assert(!(once & UPSELL_EFFECT_CHARGE) ||
            ((once & UPSELL_EFFECT_COUNT_CLICKED) && event == UPSELL_ON_CLICKED));
  /* The page shows one thing. */
  ck_assert_int_le(bits(outcome->effects >> 4), 1);
  if (is_ended(before->state) && event != UPSELL_ON_ORDERED)
    ck_assert_int_eq(after->state, before->state);
  if (before->state == UPSELL_SESSION_ORDERED) {
    ck_assert_int_eq(after->state, UPSELL_SESSION_ORDERED);
    ck_assert_int_eq(after->ended_at, before->ended_at);
  }
  ck_assert_int_eq(outcome->changed, memcmp(before, after, sizeof(*before)) != 0);
  ck_assert_int_ge(after->last_at, before->last_at);
  /* A reload never gains time: the countdown of a page only goes down. */
  if (before->state == UPSELL_SESSION_SHOWN && after->state == UPSELL_SESSION_SHOWN)
    ck_assert_int_le(outcome->seconds_left, seen->seconds_left);
  if (outcome->effects & UPSELL_EFFECT_SHOW_OFFER)
    ck_assert_int_ge(outcome->seconds_left, 1);
  ck_assert_int_eq(outcome->seconds_left > 0, outcome->wake_at > 0);
  ck_assert_int_eq(outcome->wake_at > 0, after->state <= UPSELL_SESSION_SHOWN);
  seen->seconds_left = outcome->seconds_left;
}

/* The document says all: read again, it is the same session to the byte. */
static void check_round_trip(const upsell_session *session)
{
  char text[UPSELL_SESSION_JSON_SIZE];
  upsell_session again;

  session_text(session, text);
  ck_assert_int_eq(upsell_session_from_json(text, strlen(text), &again, NULL), UPSELL_OK);
  ck_assert_mem_eq(&again, session, sizeof(again));
}

START_TEST(test_random_events)
{
  uint64_t seed = 11;
  int run;
  int step;
  int states[STATE_MAX + 1] = {0};

  for (run = 0; run < RUNS; run++) {
    upsell_session session = session_open();
    history seen = {0, 0};
    int64_t now = 1000;
    for (step = 0; step < STEPS; step++) {
      upsell_session before = session;
      int32_t event = (int32_t)random_between(&seed, EVENT_MIN, EVENT_MAX);
      upsell_session_outcome outcome;
      now = random_time(&seed, now);
      outcome = session_take(&session, event, now);
      check_step(&before, &session, event, &outcome, &seen);
      check_round_trip(&session);
      states[session.state]++;
    }
  }
  for (step = STATE_MIN; step <= STATE_MAX; step++)
    ck_assert_int_gt(states[step], 500);
}
END_TEST

/* An event that comes again at once changes nothing more, and counts and charges
 * nothing. */
START_TEST(test_duplicates_are_harmless)
{
  uint64_t seed = 12;
  int run;

  for (run = 0; run < RUNS; run++) {
    upsell_session session = session_open();
    int64_t now = 1000;
    int step;
    for (step = 0; step < STEPS; step++) {
      int32_t event = (int32_t)random_between(&seed, EVENT_MIN, EVENT_MAX);
      upsell_session after;
      upsell_session_outcome outcome;
      now = random_time(&seed, now);
      session_take(&session, event, now);
      after = session;
      outcome = session_take(&session, event, now);
      ck_assert_mem_eq(&session, &after, sizeof(session));
      ck_assert_int_eq(outcome.changed, 0);
      ck_assert_uint_eq(outcome.effects & 15, 0);
    }
  }
}
END_TEST

/* The events of a sale in any order, in time: it is ordered, each count came once, and
 * the charge at most once. */
START_TEST(test_any_order_of_a_sale)
{
  uint64_t seed = 13;
  int run;
  int charges = 0;

  for (run = 0; run < RUNS; run++) {
    int32_t events[] = {UPSELL_ON_SHOWN,      UPSELL_ON_CLICKED, UPSELL_ON_CLICKED,
                        UPSELL_ON_PROCESSING, UPSELL_ON_ORDERED, UPSELL_ON_LEFT};
    uint32_t all = 0;
    upsell_session session = session_open();
    uint32_t i;
    for (i = 6; i > 1; i--) {
      uint32_t other = random_below(&seed, i);
      int32_t swapped = events[i - 1];
      events[i - 1] = events[other];
      events[other] = swapped;
    }
    for (i = 0; i < 6; i++) {
      uint32_t effects = session_take(&session, events[i], 1000 + i).effects;
      ck_assert_uint_eq(all & effects & 15, 0);
      all |= effects;
    }
    ck_assert_int_eq(session.state, UPSELL_SESSION_ORDERED);
    ck_assert_uint_eq(all & 7, 7);
    charges += (all & UPSELL_EFFECT_CHARGE) != 0;
  }
  /* A click charges unless something that means it came first: two in four of the rest. */
  ck_assert_int_gt(charges, RUNS / 3);
  ck_assert_int_lt(charges, RUNS * 2 / 3);
}
END_TEST

/* ---- what is accepted is what events lead to, and nothing else (SES-1) ---- */

/* Leads a fresh session along the times of another one. */
static upsell_session replay(const upsell_session *given)
{
  int is_sold = given->state == UPSELL_SESSION_ORDERED;
  upsell_session session;

  ck_assert_int_eq(upsell_session_open(upsell_str_of(given->id), upsell_str_of(given->scenario_id),
                                       given->seconds, given->offered_at, &session, NULL),
                   UPSELL_OK);
  if (given->shown_at >= 0 && !(is_sold && given->shown_at == given->ended_at))
    session_take(&session, UPSELL_ON_SHOWN, given->shown_at);
  if (given->clicked_at >= 0 && !(is_sold && given->clicked_at == given->ended_at))
    session_take(&session, UPSELL_ON_CLICKED, given->clicked_at);
  switch (given->state) {
  case UPSELL_SESSION_PROCESSING:
    session_take(&session, UPSELL_ON_PROCESSING, given->clicked_at);
    break;
  case UPSELL_SESSION_ORDERED:
    session_take(&session, UPSELL_ON_ORDERED, given->ended_at);
    break;
  case UPSELL_SESSION_FAILED:
    session_take(&session, UPSELL_ON_FAILED, given->ended_at);
    break;
  case UPSELL_SESSION_DECLINED:
    session_take(&session, UPSELL_ON_DECLINED, given->ended_at);
    break;
  default:
    break;
  }
  session_take(&session, UPSELL_ON_TICK, given->last_at);
  return session;
}

/* Whether a time is there: mostly as the state has it. */
static int64_t random_stamp(uint64_t *seed, int is_there, int64_t from)
{
  static const int64_t ahead[] = {0, 0, 1, 2, 3, 598, 599, 600, 601};

  if (random_below(seed, 16) == 0)
    is_there = !is_there;
  return is_there ? from + ahead[random_below(seed, 9)] - (random_below(seed, 16) == 0) : -1;
}

/* A session of times near its deadlines, possible or not. */
static upsell_session random_session(uint64_t *seed)
{
  upsell_session session = session_open();
  int32_t state = (int32_t)random_between(seed, STATE_MIN, STATE_MAX);
  int64_t last = 1000;

  session.state = state;
  session.seconds = (int32_t)random_between(seed, 1, 3);
  session.shown_at =
      random_stamp(seed, state != UPSELL_SESSION_OFFERED && random_below(seed, 4), last);
  last = session.shown_at < 0 ? last : session.shown_at;
  session.clicked_at =
      random_stamp(seed, state >= UPSELL_SESSION_CLICKED && state <= UPSELL_SESSION_FAILED, last);
  last = session.clicked_at < 0 ? last : session.clicked_at;
  session.ended_at = random_stamp(seed, is_ended(state), last);
  last = session.ended_at < 0 ? last : session.ended_at;
  session.last_at = last + random_below(seed, 3);
  return session;
}

START_TEST(test_accepted_is_reachable)
{
  uint64_t seed = 14;
  int accepted[STATE_MAX + 1] = {0};
  int run;
  int state;

  for (run = 0; run < RUNS * 15; run++) {
    upsell_session session = random_session(&seed);
    upsell_session reached;
    if (upsell_session_to_json(&session, NULL, 0, NULL) != UPSELL_BUFFER_TOO_SMALL)
      continue;
    accepted[session.state]++;
    reached = replay(&session);
    if (memcmp(&reached, &session, sizeof(session)) != 0) {
      char text[UPSELL_SESSION_JSON_SIZE];
      ck_abort_msg("no events lead to %s", session_text(&session, text));
    }
  }
  for (state = STATE_MIN; state <= STATE_MAX; state++)
    ck_assert_int_gt(accepted[state], 100);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("session_properties");
  TCase *tests = tcase_create("session_properties");

  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, test_random_events);
  tcase_add_test(tests, test_duplicates_are_harmless);
  tcase_add_test(tests, test_any_order_of_a_sale);
  tcase_add_test(tests, test_accepted_is_reachable);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
