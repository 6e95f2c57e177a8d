/* SPDX-License-Identifier: MIT */
/* Days of the Gregorian calendar, and intervals from a day on (PAG-3, PAG-6). */
#ifndef UPSELL_OFFER_DATE_H
#define UPSELL_OFFER_DATE_H

#include <upsell/page.h>

#include "base/buffer.h"

/* Whether a day exists, from 0001-01-01 to 9999-12-31. */
int upsell__date_exists(const upsell_date *date);

/* All zeros is no day. */
static inline int upsell__date_is_none(const upsell_date *date)
{
  return !date->year && !date->month && !date->day;
}

/*
 * The day `times` intervals after a day that exists, `times` being from 0 to 100,000.
 * Months and years are counted from the day itself, and a month without such a day takes
 * its last one. None where that would be after 9999-12-31.
 */
upsell_date upsell__date_after(const upsell_date *from, const upsell_interval *interval,
                               int32_t times);

/* How many days of a row, the first one `from` itself and each next one an interval later,
 * are before `from` plus 12 months; at least 1. */
int32_t upsell__dates_in_year(const upsell_date *from, const upsell_interval *interval);

/* How often a shorter interval is in a longer one, where that is a whole number of times
 * in every calendar, else 0: a month is never days (TGT-1). */
int32_t upsell__intervals_in(const upsell_interval *longer, const upsell_interval *shorter);

/* "2026-11-22". */
void upsell__date_write(upsell__buffer *buffer, const upsell_date *date);

#endif
