/* SPDX-License-Identifier: MIT */
/* What holds for counts whatever was counted: merging is commutative, associative and
 * idempotent, the order of events plays no part (CNT-3, CNT-4), and a CSV can be read by
 * anyone who knows RFC 4180 (CNT-6, CNT-7). */
#include <stdio.h>

#include "../support/check_main.h"
#include "random.h"
#include "tallies.h"

enum { RUNS = 300, EVENTS = 60, SESSIONS = 12, SCENARIOS = 4 };

/* An event as three small numbers; ids are made of them. */
typedef struct event {
  uint32_t session;
  uint32_t scenario;
  int32_t count;
} event;

static event random_event(uint64_t *seed)
{
  event made = {random_below(seed, SESSIONS), random_below(seed, SCENARIOS),
                (int32_t)random_between(seed, UPSELL_COUNT_SHOWN, UPSELL_COUNT_ORDERED)};
  return made;
}

static void count_event(upsell_tally *tally, event e)
{
  char session[32];
  char scenario[32];

  /* The same texts stand for sessions and for scenarios. */
  snprintf(session, sizeof(session), "id-%u", e.session);
  snprintf(scenario, sizeof(scenario), "id-%u", e.scenario);
  tally_add(tally, session, scenario, e.count);
}

static upsell_tally *count_events(const event *events, size_t count)
{
  upsell_tally *tally = tally_new();
  size_t i;

  for (i = 0; i < count; i++)
    count_event(tally, events[i]);
  return tally;
}

/* What should come out, by brute force. */
static void check_against_sets(const upsell_tally *tally, const event *events, size_t count)
{
  int32_t levels[SCENARIOS][SESSIONS] = {{0}};
  upsell_counts counts;
  size_t i;
  size_t j;

  for (i = 0; i < count; i++) {
    int32_t *level = &levels[events[i].scenario][events[i].session];
    if (events[i].count > *level)
      *level = events[i].count;
  }
  for (i = 0; upsell_tally_get(tally, i, &counts) == UPSELL_OK; i++) {
    uint64_t expected[4] = {0};
    int scenario = counts.scenario_id.data[3] - '0';
    for (j = 0; j < SESSIONS; j++) {
      expected[1] += levels[scenario][j] >= 1;
      expected[2] += levels[scenario][j] >= 2;
      expected[3] += levels[scenario][j] >= 3;
    }
    ck_assert_uint_eq(counts.shown, expected[1]);
    ck_assert_uint_eq(counts.clicked, expected[2]);
    ck_assert_uint_eq(counts.ordered, expected[3]);
    ck_assert_uint_le(counts.clicked, counts.shown);
    ck_assert_uint_le(counts.ordered, counts.clicked);
  }
}

static void shuffle(uint64_t *seed, event *events, uint32_t count)
{
  uint32_t i;

  for (i = count; i > 1; i--) {
    uint32_t other = random_below(seed, i);
    event swapped = events[i - 1];
    events[i - 1] = events[other];
    events[other] = swapped;
  }
}

START_TEST(test_order_and_repetition_play_no_part)
{
  uint64_t seed = 21;
  int run;

  for (run = 0; run < RUNS; run++) {
    event events[EVENTS * 2];
    uint32_t count = random_below(&seed, EVENTS) + 1;
    upsell_tally *once;
    upsell_tally *twice;
    uint32_t i;
    for (i = 0; i < count; i++)
      events[i] = events[count + i] = random_event(&seed);
    once = count_events(events, count);
    shuffle(&seed, events, count * 2);
    twice = count_events(events, count * 2);
    tally_same(once, twice);
    check_against_sets(once, events, count * 2);
    upsell_tally_free(once);
    upsell_tally_free(twice);
  }
}
END_TEST

static upsell_tally *merged(const upsell_tally *a, const upsell_tally *b)
{
  upsell_tally *tally = tally_new();

  ck_assert_int_eq(upsell_tally_merge(tally, a), UPSELL_OK);
  ck_assert_int_eq(upsell_tally_merge(tally, b), UPSELL_OK);
  return tally;
}

static void check_merging(const event *events, size_t first, size_t second, size_t count)
{
  upsell_tally *a = count_events(events, first);
  upsell_tally *b = count_events(events + first, second - first);
  upsell_tally *c = count_events(events + second, count - second);
  upsell_tally *all = count_events(events, count);
  upsell_tally *ab = merged(a, b);
  upsell_tally *ba = merged(b, a);
  upsell_tally *ab_c = merged(ab, c);
  upsell_tally *bc = merged(b, c);
  upsell_tally *a_bc = merged(a, bc);

  tally_same(ab, ba);
  tally_same(ab_c, a_bc);
  tally_same(ab_c, all);
  ck_assert_int_eq(upsell_tally_merge(ab_c, b), UPSELL_OK);
  ck_assert_int_eq(upsell_tally_merge(ab_c, ab_c), UPSELL_OK);
  tally_same(ab_c, all);
  check_against_sets(ab_c, events, count);
  upsell_tally_free(a);
  upsell_tally_free(b);
  upsell_tally_free(c);
  upsell_tally_free(all);
  upsell_tally_free(ab);
  upsell_tally_free(ba);
  upsell_tally_free(ab_c);
  upsell_tally_free(bc);
  upsell_tally_free(a_bc);
}

START_TEST(test_merging_is_counting_both)
{
  uint64_t seed = 22;
  int run;

  for (run = 0; run < RUNS; run++) {
    event events[EVENTS];
    uint32_t count = random_below(&seed, EVENTS) + 1;
    uint32_t first = random_below(&seed, count + 1);
    uint32_t second = first + random_below(&seed, count - first + 1);
    uint32_t i;
    for (i = 0; i < count; i++)
      events[i] = random_event(&seed);
    check_merging(events, first, second, count);
  }
}
END_TEST

/* ---- CSV ---- */

/* Reads a field of RFC 4180 into `out`, moves on, and returns what ends it: a comma, or
 * the line feed of a CR LF. */
static char read_field(const char **at, char *out)
{
  const char *p = *at;
  char end;

  if (*p == '"') {
    for (p++; p[0] != '"' || p[1] == '"'; p++) {
      ck_assert_int_ne(*p, '\0');
      p += *p == '"';
      *out++ = *p;
    }
    p++;
  } else {
    for (; *p != ',' && *p != '\r'; p++) {
      ck_assert_int_ne(*p, '\0');
      ck_assert_ptr_null(strchr("\"\n", *p));
      *out++ = *p;
    }
  }
  *out = '\0';
  end = *p++;
  if (end == '\r')
    end = *p++;
  *at = p;
  return end;
}

/* A text of characters that matter to CSV and spreadsheets. */
static void random_id(uint64_t *seed, char out[32])
{
  static const char *const pieces[] = {"=", "+", "-", "@", "\t", "\r", "\n", "\r\n", ",",  "\"",
                                       "'", " ", "a", "1", "＝", "＋", "－", "＠",   "茶", "；"};
  int count = (int)random_between(seed, 1, 6);

  out[0] = '\0';
  while (count--)
    strcat(out, pieces[random_below(seed, sizeof(pieces) / sizeof(pieces[0]))]);
}

static int begins_a_formula(const char *text)
{
  static const char *const signs[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  size_t i;

  for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
    if (strncmp(text, signs[i], strlen(signs[i])) == 0)
      return 1;
  }
  return 0;
}

START_TEST(test_csv_reads_back)
{
  upsell_report_options options = tally_options(UPSELL_REPORT_CSV);
  uint64_t seed = 23;
  int formulas = 0;
  int run;

  for (run = 0; run < RUNS * 20; run++) {
    upsell_tally *tally = tally_new();
    char id[32];
    char field[64];
    char *report;
    const char *at;
    int i;
    random_id(&seed, id);
    tally_add(tally, "s", id, UPSELL_COUNT_CLICKED);
    report = tally_report(tally, NULL, &options);
    at = strstr(report, "\r\n") + 2; /* the titles hold no line end */
    ck_assert_int_eq(read_field(&at, field), ',');
    ck_assert(!begins_a_formula(field));
    ck_assert_str_eq(field + begins_a_formula(id), id);
    ck_assert(!begins_a_formula(id) || field[0] == '\'');
    formulas += begins_a_formula(id);
    for (i = 0; i < 3; i++) {
      ck_assert_int_eq(read_field(&at, field), ',');
      ck_assert_str_eq(field, "");
    }
    for (i = 0; i < 5; i++)
      ck_assert_int_eq(read_field(&at, field), ',');
    ck_assert_str_eq(field, "0.00");
    ck_assert_int_eq(read_field(&at, field), '\n');
    ck_assert_str_eq(field, "0.00");
    ck_assert_int_eq(*at, '\0');
    free(report);
    upsell_tally_free(tally);
  }
  ck_assert_int_gt(formulas, RUNS);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("tally_properties");
  TCase *tests = tcase_create("tally_properties");

  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, test_order_and_repetition_play_no_part);
  tcase_add_test(tests, test_merging_is_counting_both);
  tcase_add_test(tests, test_csv_reads_back);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
