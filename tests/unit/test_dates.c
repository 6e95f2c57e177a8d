/* SPDX-License-Identifier: MIT */
/*
 * Days and intervals (PAG-3, PAG-6, PAG-8), against a calendar that is counted day by day
 * here: every day from 1583, the first whole year of the Gregorian calendar, to 2500.
 */
#include <stdio.h>

#include "../support/check_main.h"
#include "offer/date.h"
#include "random.h"

enum { FIRST_YEAR = 1583, LAST_YEAR = 2500, DAYS_MAX = (LAST_YEAR - FIRST_YEAR + 1) * 366 };

static upsell_date days[DAYS_MAX];
static int32_t day_count;

static int32_t month_length(int32_t year, int32_t month)
{
  switch (month) {
  case 4:
  case 6:
  case 9:
  case 11:
    return 30;
  case 2:
    if (year % 400 == 0)
      return 29;
    return year % 100 == 0 ? 28 : year % 4 == 0 ? 29 : 28;
  default:
    return 31;
  }
}

static void count_days(void)
{
  upsell_date day = {FIRST_YEAR, 1, 1, 0};

  day_count = 0;
  while (day.year <= LAST_YEAR) {
    days[day_count++] = day;
    if (++day.day <= month_length(day.year, day.month))
      continue;
    day.day = 1;
    if (++day.month <= 12)
      continue;
    day.month = 1;
    day.year++;
  }
}

static void assert_day(const upsell_date *expected, upsell_date actual, const char *what)
{
  if (memcmp(expected, &actual, sizeof(actual)) != 0)
    ck_abort_msg("%s: expected %d-%d-%d, actual %d-%d-%d", what, expected->year, expected->month,
                 expected->day, actual.year, actual.month, actual.day);
}

static upsell_date after(const upsell_date *from, int32_t unit, int32_t count, int32_t times)
{
  upsell_interval interval = {unit, count};

  return upsell__date_after(from, &interval, times);
}

/* ---- which days exist ---- */

START_TEST(test_exists)
{
  static const int32_t years[] = {-1, 0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999, 10000};
  size_t i;

  for (i = 0; i < sizeof(years) / sizeof(years[0]); i++) {
    upsell_date day = {years[i], 0, 0, 0};
    for (day.month = -1; day.month <= 13; day.month++) {
      for (day.day = -1; day.day <= 33; day.day++) {
        int exists = day.year >= 1 && day.year <= 9999 && day.month >= 1 && day.month <= 12 &&
                     day.day >= 1 && day.day <= month_length(day.year, day.month);
        ck_assert_int_eq(upsell__date_exists(&day), exists);
      }
    }
  }
}
END_TEST

/* ---- intervals of days ---- */

START_TEST(test_every_day)
{
  int32_t i;

  ck_assert_int_eq(day_count, 335293); /* 918 * 365, and 223 leap days */
  for (i = 0; i + 1 < day_count; i++) {
    ck_assert(upsell__date_exists(&days[i]));
    assert_day(&days[i], after(&days[i], UPSELL_INTERVAL_DAY, 1, 0), "the day itself");
    assert_day(&days[i + 1], after(&days[i], UPSELL_INTERVAL_DAY, 1, 1), "the next day");
  }
}
END_TEST

START_TEST(test_days_and_weeks)
{
  uint64_t state = 1;
  int i;

  for (i = 0; i < 200000; i++) {
    int32_t from = (int32_t)random_below(&state, (uint32_t)day_count);
    int32_t weeks = (int32_t)random_below(&state, 2);
    int32_t length = (int32_t)random_between(&state, 1, 999);
    int32_t times = (int32_t)random_below(&state, 1001);
    int64_t to = from + (int64_t)length * (weeks ? 7 : 1) * times;
    if (to >= day_count)
      continue;
    assert_day(
        &days[to],
        after(&days[from], weeks ? UPSELL_INTERVAL_WEEK : UPSELL_INTERVAL_DAY, length, times),
        weeks ? "weeks" : "days");
  }
}
END_TEST

/* ---- intervals of months ---- */

/* Month by month, and then the day, or the month's last one. */
static upsell_date count_months(const upsell_date *from, int32_t months)
{
  upsell_date to = *from;

  while (months-- > 0) {
    if (++to.month > 12) {
      to.month = 1;
      to.year++;
    }
  }
  if (to.day > month_length(to.year, to.month))
    to.day = month_length(to.year, to.month);
  return to;
}

START_TEST(test_months_and_years)
{
  uint64_t state = 2;
  int i;

  for (i = 0; i < 20000; i++) {
    const upsell_date *from = &days[random_below(&state, (uint32_t)day_count)];
    int32_t length = (int32_t)random_between(&state, 1, 30);
    int32_t times = (int32_t)random_below(&state, 40);
    upsell_date months = count_months(from, length * times);
    upsell_date years = count_months(from, length * times * 12);
    assert_day(&months, after(from, UPSELL_INTERVAL_MONTH, length, times), "months");
    assert_day(&years, after(from, UPSELL_INTERVAL_YEAR, length, times), "years");
  }
}
END_TEST

START_TEST(test_ends_of_months)
{
  static const struct {
    upsell_date from;
    int32_t months;
    upsell_date to;
  } cases[] = {
      {{2026, 1, 31, 0}, 1, {2026, 2, 28, 0}},    {{2026, 1, 31, 0}, 2, {2026, 3, 31, 0}},
      {{2028, 1, 31, 0}, 1, {2028, 2, 29, 0}},    {{2024, 2, 29, 0}, 12, {2025, 2, 28, 0}},
      {{2024, 2, 29, 0}, 48, {2028, 2, 29, 0}},   {{2096, 2, 29, 0}, 48, {2100, 2, 28, 0}},
      {{2026, 12, 31, 0}, 2, {2027, 2, 28, 0}},   {{2026, 8, 30, 0}, 6, {2027, 2, 28, 0}},
      {{9998, 12, 31, 0}, 12, {9999, 12, 31, 0}}, {{1, 1, 31, 0}, 1, {1, 2, 28, 0}},
  };
  size_t i;

  for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    assert_day(&cases[i].to, after(&cases[i].from, UPSELL_INTERVAL_MONTH, cases[i].months, 1),
               "the end of a month");
}
END_TEST

/* ---- the ends of the calendar ---- */

START_TEST(test_no_day_after_the_last)
{
  static const upsell_date none = {0, 0, 0, 0};
  static const upsell_date last = {9999, 12, 31, 0};
  static const upsell_date eve = {9999, 12, 30, 0};
  static const upsell_date first = {1, 1, 1, 0};
  int32_t unit;

  assert_day(&last, after(&eve, UPSELL_INTERVAL_DAY, 1, 1), "the last day");
  for (unit = UPSELL_INTERVAL_DAY; unit <= UPSELL_INTERVAL_YEAR; unit++) {
    assert_day(&last, after(&last, unit, 1, 0), "the last day itself");
    assert_day(&none, after(&last, unit, 1, 1), "after the last day");
    assert_day(&none, after(&last, unit, 999, 100000), "long after the last day");
  }
  /* 3,652,058 days lie between the first day and the last. */
  assert_day(&last, after(&first, UPSELL_INTERVAL_DAY, 491, 7438), "all days");
}
END_TEST

START_TEST(test_text)
{
  static const upsell_date cases[] = {{1, 1, 1, 0}, {2026, 11, 22, 0}, {9999, 12, 31, 0}};
  upsell__buffer buffer = {NULL, 0, 0, 0};
  char expected[16];
  size_t i;

  for (i = 0; i < 3; i++) {
    buffer.len = 0;
    upsell__date_write(&buffer, &cases[i]);
    sprintf(expected, "%04d-%02d-%02d", cases[i].year, cases[i].month, cases[i].day);
    ck_assert_uint_eq(buffer.len, 10);
    ck_assert_mem_eq(buffer.data, expected, 10);
  }
  upsell__buffer_free(&buffer);
}
END_TEST

/* ---- a year of charges ---- */

static int is_before(const upsell_date *a, const upsell_date *b)
{
  if (a->year != b->year)
    return a->year < b->year;
  return a->month != b->month ? a->month < b->month : a->day < b->day;
}

START_TEST(test_dates_in_year)
{
  uint64_t state = 3;
  int i;

  for (i = 0; i < 5000; i++) {
    const upsell_date *from = &days[random_below(&state, (uint32_t)day_count)];
    upsell_interval interval = {(int32_t)random_between(&state, 1, 4),
                                (int32_t)random_between(&state, 1, i % 2 ? 30 : 999)};
    upsell_date end = count_months(from, 12);
    upsell_date day = *from;
    int32_t count = 0;
    while (is_before(&day, &end))
      day = upsell__date_after(from, &interval, ++count);
    ck_assert_int_eq(upsell__dates_in_year(from, &interval), count);
  }
}
END_TEST

/* Months do not stop at the end of the calendar: money is counted where no day is shown. */
START_TEST(test_last_year)
{
  static const upsell_date from = {9999, 6, 15, 0};
  static const upsell_interval monthly = {UPSELL_INTERVAL_MONTH, 1};
  static const upsell_interval daily = {UPSELL_INTERVAL_DAY, 1};

  ck_assert_int_eq(upsell__dates_in_year(&from, &monthly), 12);
  ck_assert_int_eq(upsell__dates_in_year(&from, &daily), 366); /* 10000 is a leap year */
}
END_TEST

START_TEST(test_intervals_in)
{
  static const struct {
    upsell_interval longer;
    upsell_interval shorter;
    int32_t times;
  } cases[] = {
      {{UPSELL_INTERVAL_MONTH, 3}, {UPSELL_INTERVAL_MONTH, 1}, 3},
      {{UPSELL_INTERVAL_YEAR, 1}, {UPSELL_INTERVAL_MONTH, 12}, 1},
      {{UPSELL_INTERVAL_MONTH, 12}, {UPSELL_INTERVAL_YEAR, 1}, 1},
      {{UPSELL_INTERVAL_YEAR, 2}, {UPSELL_INTERVAL_MONTH, 5}, 0},
      {{UPSELL_INTERVAL_WEEK, 2}, {UPSELL_INTERVAL_DAY, 14}, 1},
      {{UPSELL_INTERVAL_DAY, 28}, {UPSELL_INTERVAL_WEEK, 2}, 2},
      {{UPSELL_INTERVAL_DAY, 10}, {UPSELL_INTERVAL_WEEK, 1}, 0},
      {{UPSELL_INTERVAL_MONTH, 1}, {UPSELL_INTERVAL_DAY, 1}, 0},
      {{UPSELL_INTERVAL_DAY, 365}, {UPSELL_INTERVAL_YEAR, 1}, 0},
      {{UPSELL_INTERVAL_MONTH, 1}, {UPSELL_INTERVAL_MONTH, 3}, 0},
      {{UPSELL_INTERVAL_YEAR, 999}, {UPSELL_INTERVAL_MONTH, 1}, 11988},
  };
  size_t i;

  for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    ck_assert_int_eq(upsell__intervals_in(&cases[i].longer, &cases[i].shorter), cases[i].times);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("dates");
  TCase *tests = tcase_create("dates");

  tcase_add_unchecked_fixture(tests, count_days, NULL);
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, test_exists);
  tcase_add_test(tests, test_every_day);
  tcase_add_test(tests, test_days_and_weeks);
  tcase_add_test(tests, test_months_and_years);
  tcase_add_test(tests, test_ends_of_months);
  tcase_add_test(tests, test_no_day_after_the_last);
  tcase_add_test(tests, test_text);
  tcase_add_test(tests, test_dates_in_year);
  tcase_add_test(tests, test_last_year);
  tcase_add_test(tests, test_intervals_in);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
