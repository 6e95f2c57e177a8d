/* SPDX-License-Identifier: MIT */
#include "offer/date.h"

enum { YEAR_MAX = 9999, DAYS_OF_400_YEARS = 146097 };

static int is_leap(int64_t year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_of_month(int64_t year, int64_t month)
{
  static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int upsell__date_exists(const upsell_date *date)
{
  return date->year >= 1 && date->year <= YEAR_MAX && date->month >= 1 && date->month <= 12 &&
         date->day >= 1 && date->day <= days_of_month(date->year, date->month);
}

/* ---- days as numbers ---- */

/* Years are taken to begin with March, so that a leap day is the last of its year:
 * then the months before month m have (153 * m + 2) / 5 days, and the years before
 * year y have as many leap days as the calendar's rule says. 0 is 1 March of year 0. */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
  int64_t m = (month + 9) % 12;
  int64_t y = month <= 2 ? year - 1 : year;

  return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
}

static upsell_date date_of_number(int64_t number)
{
  int64_t era = number / DAYS_OF_400_YEARS;
  int64_t rest = number % DAYS_OF_400_YEARS;
  /* Without its leap days, which end every 4th year, but for three that end a 100th. */
  int64_t y = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
  int64_t in_year = rest - (y * 365 + y / 4 - y / 100);
  int64_t m = (5 * in_year + 2) / 153;
  upsell_date date = {0, 0, 0, 0};

  date.month = (int32_t)(m < 10 ? m + 3 : m - 9);
  date.day = (int32_t)(in_year - (153 * m + 2) / 5 + 1);
  date.year = (int32_t)(era * 400 + y + (date.month <= 2));
  return date;
}

/* ---- intervals ---- */

/* An interval in months, or 0 where it is one of days. */
static int32_t months_of(const upsell_interval *interval)
{
  if (interval->unit == UPSELL_INTERVAL_YEAR)
    return interval->count * 12;
  return interval->unit == UPSELL_INTERVAL_MONTH ? interval->count : 0;
}

static int32_t days_of(const upsell_interval *interval)
{
  return interval->unit == UPSELL_INTERVAL_WEEK ? interval->count * 7 : interval->count;
}

/* The year may be beyond the last one. */
static upsell_date add_months(const upsell_date *from, int64_t months)
{
  int64_t all = (int64_t)from->year * 12 + from->month - 1 + months;
  upsell_date date = {(int32_t)(all / 12), (int32_t)(all % 12 + 1), from->day, 0};
  int32_t last = days_of_month(date.year, date.month);

  if (date.day > last)
    date.day = last;
  return date;
}

upsell_date upsell__date_after(const upsell_date *from, const upsell_interval *interval,
                               int32_t times)
{
  static const upsell_date none = {0, 0, 0, 0};
  int64_t months = (int64_t)months_of(interval) * times;
  upsell_date date;

  if (months_of(interval))
    date = add_months(from, months);
  else
    date = date_of_number(day_number(from->year, from->month, from->day) +
                          (int64_t)days_of(interval) * times);
  return date.year > YEAR_MAX ? none : date;
}

int32_t upsell__dates_in_year(const upsell_date *from, const upsell_interval *interval)
{
  upsell_date end = add_months(from, 12);
  int64_t length = 12;
  int64_t step = months_of(interval);

  if (!step) {
    step = days_of(interval);
    length =
        day_number(end.year, end.month, end.day) - day_number(from->year, from->month, from->day);
  }
  return (int32_t)((length + step - 1) / step);
}

int32_t upsell__intervals_in(const upsell_interval *longer, const upsell_interval *shorter)
{
  int32_t whole = months_of(longer);
  int32_t part = months_of(shorter);

  if (!whole != !part)
    return 0;
  if (!whole) {
    whole = days_of(longer);
    part = days_of(shorter);
  }
  return whole % part == 0 ? whole / part : 0;
}

/* ---- text ---- */

static void write_digits(upsell__buffer *buffer, int32_t number, int32_t count)
{
  if (count > 1)
    write_digits(buffer, number / 10, count - 1);
  upsell__buffer_append_char(buffer, (char)('0' + number % 10));
}

void upsell__date_write(upsell__buffer *buffer, const upsell_date *date)
{
  write_digits(buffer, date->year, 4);
  upsell__buffer_append_char(buffer, '-');
  write_digits(buffer, date->month, 2);
  upsell__buffer_append_char(buffer, '-');
  write_digits(buffer, date->day, 2);
}
