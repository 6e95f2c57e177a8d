/* SPDX-License-Identifier: MIT */
/* The reducer: every cell of its table, every deadline, and sessions that are none (SES). */
#include "../support/check_main.h"
#include "sessions.h"

#define SHOWN UPSELL_EFFECT_COUNT_SHOWN
#define CLICKED UPSELL_EFFECT_COUNT_CLICKED
#define ORDERED UPSELL_EFFECT_COUNT_ORDERED
#define CHARGE UPSELL_EFFECT_CHARGE
#define OFFER UPSELL_EFFECT_SHOW_OFFER
#define PROGRESS UPSELL_EFFECT_SHOW_PROGRESS
#define THANKS UPSELL_EFFECT_THANK_YOU

/* The state after an event and its effects; one row per state, as SES-5 and SES-6 have it. */
typedef struct cell {
  int32_t state;
  uint32_t effects;
} cell;

static const cell expected[STATE_MAX + 1][EVENT_MAX + 1] = {
    /* offered */
    [1] = {[UPSELL_ON_SHOWN] = {2, SHOWN | OFFER},
           [UPSELL_ON_CLICKED] = {3, SHOWN | CLICKED | CHARGE | PROGRESS},
           [UPSELL_ON_PROCESSING] = {4, SHOWN | CLICKED | PROGRESS},
           [UPSELL_ON_ORDERED] = {5, SHOWN | CLICKED | ORDERED | THANKS},
           [UPSELL_ON_FAILED] = {6, SHOWN | CLICKED | THANKS},
           [UPSELL_ON_DECLINED] = {7, SHOWN | THANKS},
           [UPSELL_ON_LEFT] = {1, 0},
           [UPSELL_ON_TICK] = {1, 0}},
    /* shown */
    [2] = {[UPSELL_ON_SHOWN] = {2, OFFER},
           [UPSELL_ON_CLICKED] = {3, CLICKED | CHARGE | PROGRESS},
           [UPSELL_ON_PROCESSING] = {4, CLICKED | PROGRESS},
           [UPSELL_ON_ORDERED] = {5, CLICKED | ORDERED | THANKS},
           [UPSELL_ON_FAILED] = {6, CLICKED | THANKS},
           [UPSELL_ON_DECLINED] = {7, THANKS},
           [UPSELL_ON_LEFT] = {2, 0},
           [UPSELL_ON_TICK] = {2, 0}},
    /* clicked */
    [3] = {[UPSELL_ON_SHOWN] = {3, PROGRESS},
           [UPSELL_ON_CLICKED] = {3, PROGRESS},
           [UPSELL_ON_PROCESSING] = {4, PROGRESS},
           [UPSELL_ON_ORDERED] = {5, ORDERED | THANKS},
           [UPSELL_ON_FAILED] = {6, THANKS},
           [UPSELL_ON_DECLINED] = {3, PROGRESS},
           [UPSELL_ON_LEFT] = {3, 0},
           [UPSELL_ON_TICK] = {3, 0}},
    /* processing */
    [4] = {[UPSELL_ON_SHOWN] = {4, PROGRESS},
           [UPSELL_ON_CLICKED] = {4, PROGRESS},
           [UPSELL_ON_PROCESSING] = {4, PROGRESS},
           [UPSELL_ON_ORDERED] = {5, ORDERED | THANKS},
           [UPSELL_ON_FAILED] = {6, THANKS},
           [UPSELL_ON_DECLINED] = {4, PROGRESS},
           [UPSELL_ON_LEFT] = {4, 0},
           [UPSELL_ON_TICK] = {4, 0}},
    /* ordered */
    [5] = {[UPSELL_ON_SHOWN] = {5, THANKS},
           [UPSELL_ON_CLICKED] = {5, THANKS},
           [UPSELL_ON_PROCESSING] = {5, THANKS},
           [UPSELL_ON_ORDERED] = {5, THANKS},
           [UPSELL_ON_FAILED] = {5, THANKS},
           [UPSELL_ON_DECLINED] = {5, THANKS},
           [UPSELL_ON_LEFT] = {5, 0},
           [UPSELL_ON_TICK] = {5, THANKS}},
    /* failed */
    [6] = {[UPSELL_ON_SHOWN] = {6, THANKS},
           [UPSELL_ON_CLICKED] = {6, THANKS},
           [UPSELL_ON_PROCESSING] = {6, THANKS},
           [UPSELL_ON_ORDERED] = {5, ORDERED | THANKS},
           [UPSELL_ON_FAILED] = {6, THANKS},
           [UPSELL_ON_DECLINED] = {6, THANKS},
           [UPSELL_ON_LEFT] = {6, 0},
           [UPSELL_ON_TICK] = {6, THANKS}},
    /* declined */
    [7] = {[UPSELL_ON_SHOWN] = {7, THANKS},
           [UPSELL_ON_CLICKED] = {7, THANKS},
           [UPSELL_ON_PROCESSING] = {7, THANKS},
           [UPSELL_ON_ORDERED] = {5, CLICKED | ORDERED | THANKS},
           [UPSELL_ON_FAILED] = {7, THANKS},
           [UPSELL_ON_DECLINED] = {7, THANKS},
           [UPSELL_ON_LEFT] = {7, 0},
           [UPSELL_ON_TICK] = {7, THANKS}},
    /* expired, after it was shown */
    [8] = {[UPSELL_ON_SHOWN] = {8, THANKS},
           [UPSELL_ON_CLICKED] = {8, THANKS},
           [UPSELL_ON_PROCESSING] = {8, THANKS},
           [UPSELL_ON_ORDERED] = {5, CLICKED | ORDERED | THANKS},
           [UPSELL_ON_FAILED] = {8, THANKS},
           [UPSELL_ON_DECLINED] = {8, THANKS},
           [UPSELL_ON_LEFT] = {8, 0},
           [UPSELL_ON_TICK] = {8, THANKS}},
};

START_TEST(test_every_cell)
{
  int32_t event;

  for (event = EVENT_MIN; event <= EVENT_MAX; event++) {
    upsell_session session = session_in(_i);
    const cell *after = &expected[_i][event];
    int64_t now = _i == UPSELL_SESSION_EXPIRED ? 1400 : 1100;
    upsell_session_outcome outcome = session_take(&session, event, now);
    if (session.state != after->state || outcome.effects != after->effects)
      ck_abort_msg("event %d in %s: state %d, effects %u", event, upsell_session_state_name(_i),
                   session.state, outcome.effects);
    ck_assert_int_eq(outcome.changed, 1); /* the time went on */
    ck_assert_int_eq(session.last_at, now);
  }
}
END_TEST

/* ---- deadlines (SES-2, SES-5) ---- */

START_TEST(test_before_the_deadline)
{
  upsell_session shown = session_in(UPSELL_SESSION_SHOWN);
  upsell_session offered = session_in(UPSELL_SESSION_OFFERED);
  upsell_session_outcome outcome = session_take(&shown, _i, 1309);

  ck_assert_int_eq(shown.state, expected[UPSELL_SESSION_SHOWN][_i].state);
  ck_assert_int_eq(outcome.seconds_left, shown.state == UPSELL_SESSION_SHOWN ? 1 : 0);
  ck_assert_int_eq(outcome.wake_at, shown.state == UPSELL_SESSION_SHOWN ? 1310 : 0);
  session_take(&offered, _i, 1599);
  ck_assert_int_eq(offered.state, expected[UPSELL_SESSION_OFFERED][_i].state);
}
END_TEST

static void check_expired(upsell_session session, int32_t event, int64_t now, int64_t deadline)
{
  upsell_session_outcome outcome = session_take(&session, event, now);

  ck_assert_int_eq(outcome.seconds_left, 0);
  ck_assert_int_eq(outcome.wake_at, 0);
  ck_assert_int_eq(session.last_at, now);
  if (event == UPSELL_ON_ORDERED) {
    ck_assert_int_eq(session.state, UPSELL_SESSION_ORDERED);
    ck_assert_int_eq(session.ended_at, now);
    return;
  }
  ck_assert_int_eq(session.state, UPSELL_SESSION_EXPIRED);
  ck_assert_int_eq(session.ended_at, deadline);
  ck_assert_int_eq(session.clicked_at, -1);
  ck_assert_uint_eq(outcome.effects, event == UPSELL_ON_LEFT ? 0 : THANKS);
}

START_TEST(test_at_the_deadline_and_after_it)
{
  static const int64_t late[] = {0, 1, 1000000, UPSELL_SESSION_TIME_MAX - 1600};
  size_t i;

  for (i = 0; i < sizeof(late) / sizeof(late[0]); i++) {
    check_expired(session_in(UPSELL_SESSION_SHOWN), _i, 1310 + late[i], 1310);
    check_expired(session_in(UPSELL_SESSION_OFFERED), _i, 1600 + late[i], 1600);
  }
}
END_TEST

START_TEST(test_no_other_state_has_a_deadline)
{
  static const int32_t states[] = {UPSELL_SESSION_CLICKED, UPSELL_SESSION_PROCESSING,
                                   UPSELL_SESSION_FAILED, UPSELL_SESSION_DECLINED};
  size_t i;

  for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
    upsell_session session = session_in(states[i]);
    upsell_session_outcome outcome =
        session_take(&session, UPSELL_ON_TICK, UPSELL_SESSION_TIME_MAX);
    ck_assert_int_eq(session.state, states[i]);
    ck_assert_int_eq(outcome.wake_at, 0);
  }
}
END_TEST

START_TEST(test_clock_that_goes_back)
{
  upsell_session session = session_in(UPSELL_SESSION_SHOWN);
  upsell_session_outcome outcome = session_take(&session, UPSELL_ON_SHOWN, 1200);

  ck_assert_int_eq(outcome.seconds_left, 110);
  outcome = session_take(&session, UPSELL_ON_SHOWN, 0);
  ck_assert_int_eq(outcome.seconds_left, 110);
  ck_assert_int_eq(outcome.changed, 0);
  session_take(&session, UPSELL_ON_CLICKED, 5);
  ck_assert_int_eq(session.clicked_at, 1200);
}
END_TEST

START_TEST(test_latest_time)
{
  upsell_session session;
  upsell_session_outcome outcome;

  ck_assert_int_eq(upsell_session_open(upsell_str_of("a"), upsell_str_of("b"), 3600,
                                       UPSELL_SESSION_TIME_MAX, &session, NULL),
                   UPSELL_OK);
  outcome = session_take(&session, UPSELL_ON_SHOWN, UPSELL_SESSION_TIME_MAX);
  ck_assert_int_eq(outcome.seconds_left, 3600);
  ck_assert_int_eq(outcome.wake_at, UPSELL_SESSION_TIME_MAX + 3600);
  session_take(&session, UPSELL_ON_CLICKED, UPSELL_SESSION_TIME_MAX);
  ck_assert_int_eq(session.state, UPSELL_SESSION_CLICKED);
}
END_TEST

/* ---- opening ---- */

static void check_not_opened(upsell_str id, upsell_str scenario_id, int32_t seconds, int64_t now,
                             upsell_status status, const char *pointer)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_session session;
  upsell_session before;

  memset(&session, 7, sizeof(session));
  before = session;
  ck_assert_int_eq(upsell_session_open(id, scenario_id, seconds, now, &session, &error), status);
  ck_assert_int_eq(error.code, status);
  ck_assert_str_eq(error.pointer, pointer);
  ck_assert_int_ne(error.message[0], '\0');
  ck_assert_mem_eq(&session, &before, sizeof(session));
}

START_TEST(test_opening_refused)
{
  static const upsell_str good = UPSELL_STR("s");
  static const upsell_str none = {NULL, 0};
  static const upsell_str empty = {"", 0};
  static const upsell_str with_nul = {"a\0b", 3};
  static const upsell_str not_utf8 = {"\xFF", 1};
  char text[257];
  upsell_str longest = {text, 255};
  upsell_str too_long = {text, 256};
  upsell_session session;

  memset(text, 'x', sizeof(text));
  check_not_opened(none, good, 0, 0, UPSELL_BAD_ID, "/id");
  check_not_opened(empty, good, 0, 0, UPSELL_BAD_ID, "/id");
  check_not_opened(with_nul, good, 0, 0, UPSELL_BAD_ID, "/id");
  check_not_opened(not_utf8, good, 0, 0, UPSELL_BAD_ID, "/id");
  check_not_opened(too_long, good, 0, 0, UPSELL_BAD_ID, "/id");
  check_not_opened(good, none, 0, 0, UPSELL_BAD_ID, "/scenario_id");
  check_not_opened(good, too_long, 0, 0, UPSELL_BAD_ID, "/scenario_id");
  check_not_opened(good, good, -1, 0, UPSELL_OUT_OF_RANGE, "/seconds");
  check_not_opened(good, good, 3601, 0, UPSELL_OUT_OF_RANGE, "/seconds");
  check_not_opened(good, good, 0, -1, UPSELL_OUT_OF_RANGE, "/now");
  check_not_opened(good, good, 0, UPSELL_SESSION_TIME_MAX + 1, UPSELL_OUT_OF_RANGE, "/now");
  check_not_opened(good, good, 0, INT64_MIN, UPSELL_OUT_OF_RANGE, "/now");
  ck_assert_int_eq(upsell_session_open(longest, longest, 0, 0, &session, NULL), UPSELL_OK);
  ck_assert_uint_eq(strlen(session.id), 255);
  ck_assert_uint_eq(strlen(session.scenario_id), 255);
  ck_assert_int_eq(session.seconds, UPSELL_SESSION_SECONDS);
  ck_assert_int_eq(upsell_session_open(good, good, 0, 0, NULL, NULL), UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* ---- stepping refused ---- */

/* Neither the session nor the outcome changes. */
static void check_not_stepped(const upsell_session *given, int32_t event, int64_t now,
                              upsell_status status, const char *pointer)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_session session = *given;
  upsell_session_outcome outcome = {9, 9, 9, 9, 9};
  const upsell_session_outcome before = outcome;

  if (upsell_session_step(&session, event, now, &outcome, &error) != status ||
      strcmp(error.pointer, pointer) != 0)
    ck_abort_msg("%s expected at %s: %s at %s", upsell_status_name(status), pointer,
                 upsell_status_name(error.code), error.pointer);
  ck_assert_int_ne(error.message[0], '\0');
  ck_assert_mem_eq(&session, given, sizeof(session));
  ck_assert_mem_eq(&outcome, &before, sizeof(outcome));
}

START_TEST(test_bad_events_and_times)
{
  static const int32_t events[] = {0, -1, EVENT_MAX + 1, INT32_MAX, INT32_MIN};
  upsell_session session = session_open();
  upsell_session_outcome outcome;
  size_t i;

  for (i = 0; i < sizeof(events) / sizeof(events[0]); i++)
    check_not_stepped(&session, events[i], 1001, UPSELL_BAD_VALUE, "/event");
  check_not_stepped(&session, 1, -1, UPSELL_OUT_OF_RANGE, "/now");
  check_not_stepped(&session, 1, INT64_MIN, UPSELL_OUT_OF_RANGE, "/now");
  check_not_stepped(&session, 1, INT64_MAX, UPSELL_OUT_OF_RANGE, "/now");
  check_not_stepped(&session, 1, UPSELL_SESSION_TIME_MAX + 1, UPSELL_OUT_OF_RANGE, "/now");
  ck_assert_int_eq(upsell_session_step(NULL, 1, 0, &outcome, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_session_step(&session, 1, 0, NULL, NULL), UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* A session with one member wrong. */
#define CHECK_BROKEN(in_state, member, value, status, pointer)                                     \
  do {                                                                                             \
    upsell_session broken = session_in(in_state);                                                  \
    broken.member = (value);                                                                       \
    check_not_stepped(&broken, UPSELL_ON_TICK, 2000, status, pointer);                             \
    ck_assert_int_eq(upsell_session_to_json(&broken, NULL, 0, NULL), status);                      \
  } while (0)

START_TEST(test_broken_structs)
{
  upsell_session full = session_open();
  int64_t beyond = UPSELL_SESSION_TIME_MAX + 1;

  CHECK_BROKEN(1, state, 0, UPSELL_BAD_VALUE, "/state");
  CHECK_BROKEN(1, state, 9, UPSELL_BAD_VALUE, "/state");
  CHECK_BROKEN(1, state, INT32_MIN, UPSELL_BAD_VALUE, "/state");
  CHECK_BROKEN(1, seconds, 0, UPSELL_OUT_OF_RANGE, "/seconds");
  CHECK_BROKEN(1, seconds, 3601, UPSELL_OUT_OF_RANGE, "/seconds");
  CHECK_BROKEN(1, offered_at, -1, UPSELL_OUT_OF_RANGE, "/offered_at");
  CHECK_BROKEN(1, offered_at, beyond, UPSELL_OUT_OF_RANGE, "/offered_at");
  CHECK_BROKEN(2, shown_at, -2, UPSELL_OUT_OF_RANGE, "/shown_at");
  CHECK_BROKEN(2, shown_at, INT64_MAX, UPSELL_OUT_OF_RANGE, "/shown_at");
  CHECK_BROKEN(3, clicked_at, -2, UPSELL_OUT_OF_RANGE, "/clicked_at");
  CHECK_BROKEN(3, clicked_at, beyond, UPSELL_OUT_OF_RANGE, "/clicked_at");
  CHECK_BROKEN(5, ended_at, INT64_MIN, UPSELL_OUT_OF_RANGE, "/ended_at");
  CHECK_BROKEN(5, ended_at, beyond, UPSELL_OUT_OF_RANGE, "/ended_at");
  CHECK_BROKEN(1, last_at, -1, UPSELL_OUT_OF_RANGE, "/last_at");
  CHECK_BROKEN(1, last_at, beyond, UPSELL_OUT_OF_RANGE, "/last_at");
  CHECK_BROKEN(1, id[0], '\0', UPSELL_BAD_ID, "/id");
  CHECK_BROKEN(1, id[0], '\xFF', UPSELL_BAD_ID, "/id");
  CHECK_BROKEN(1, scenario_id[0], '\0', UPSELL_BAD_ID, "/scenario_id");
  memset(full.id, 'x', sizeof(full.id)); /* no NUL */
  check_not_stepped(&full, UPSELL_ON_TICK, 2000, UPSELL_BAD_ID, "/id");
}
END_TEST

/* A state that no events lead to: one that was changed by hand must not charge again. */
START_TEST(test_impossible_structs)
{
  int32_t state;

  for (state = STATE_MIN; state <= STATE_MAX; state++) {
    upsell_session good = session_in(state);
    upsell_session_outcome outcome;
    CHECK_BROKEN(state, last_at, 999, UPSELL_BAD_VALUE, "/last_at");
    CHECK_BROKEN(state, clicked_at, good.clicked_at < 0 ? 1020 : -1, UPSELL_BAD_VALUE,
                 "/clicked_at");
    CHECK_BROKEN(state, ended_at, good.ended_at < 0 ? 1020 : -1, UPSELL_BAD_VALUE, "/ended_at");
    if (state != UPSELL_SESSION_EXPIRED)
      CHECK_BROKEN(state, shown_at, good.shown_at < 0 ? 1000 : -1, UPSELL_BAD_VALUE, "/shown_at");
    ck_assert_int_eq(upsell_session_step(&good, UPSELL_ON_TICK, 0, &outcome, NULL), UPSELL_OK);
  }
  /* The deadline moved by hand, and an answer that came too late for it. */
  CHECK_BROKEN(UPSELL_SESSION_EXPIRED, seconds, 301, UPSELL_BAD_VALUE, "/ended_at");
  CHECK_BROKEN(UPSELL_SESSION_EXPIRED, shown_at, -1, UPSELL_BAD_VALUE, "/ended_at");
  CHECK_BROKEN(UPSELL_SESSION_CLICKED, seconds, 10, UPSELL_BAD_VALUE, "/clicked_at");
  CHECK_BROKEN(UPSELL_SESSION_DECLINED, seconds, 30, UPSELL_BAD_VALUE, "/ended_at");
  CHECK_BROKEN(UPSELL_SESSION_SHOWN, last_at, 1310, UPSELL_BAD_VALUE, "/last_at");
  CHECK_BROKEN(UPSELL_SESSION_SHOWN, offered_at, 410, UPSELL_BAD_VALUE, "/shown_at");
  CHECK_BROKEN(UPSELL_SESSION_OFFERED, last_at, 1600, UPSELL_BAD_VALUE, "/last_at");
}
END_TEST

START_TEST(test_names_of_states)
{
  ck_assert_str_eq(upsell_session_state_name(UPSELL_SESSION_OFFERED), "offered");
  ck_assert_str_eq(upsell_session_state_name(UPSELL_SESSION_EXPIRED), "expired");
  ck_assert_ptr_null(upsell_session_state_name(0));
  ck_assert_ptr_null(upsell_session_state_name(STATE_MAX + 1));
  ck_assert_ptr_null(upsell_session_state_name(INT32_MIN));
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("session");
  TCase *tests = tcase_create("session");

  tcase_add_loop_test(tests, test_every_cell, STATE_MIN, STATE_MAX + 1);
  tcase_add_loop_test(tests, test_before_the_deadline, EVENT_MIN, EVENT_MAX + 1);
  tcase_add_loop_test(tests, test_at_the_deadline_and_after_it, EVENT_MIN, EVENT_MAX + 1);
  tcase_add_test(tests, test_no_other_state_has_a_deadline);
  tcase_add_test(tests, test_clock_that_goes_back);
  tcase_add_test(tests, test_latest_time);
  tcase_add_test(tests, test_opening_refused);
  tcase_add_test(tests, test_bad_events_and_times);
  tcase_add_test(tests, test_broken_structs);
  tcase_add_test(tests, test_impossible_structs);
  tcase_add_test(tests, test_names_of_states);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
