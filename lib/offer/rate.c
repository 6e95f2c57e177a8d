/* SPDX-License-Identifier: MIT */
#include "offer/rate.h"

enum { ALL = 10000 };

static uint64_t greatest_common_divisor(uint64_t a, uint64_t b)
{
  while (b) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/* The next decimal of rest / whole. Ten steps of addition: ten times the rest of a large
 * count would not fit in 64 bits. */
static uint32_t next_digit(uint64_t *rest, uint64_t whole)
{
  uint64_t sum = 0;
  uint32_t digit = 0;
  int i;

  for (i = 0; i < 10; i++) {
    if (sum >= whole - *rest) {
      sum -= whole - *rest;
      digit++;
    } else {
      sum += *rest;
    }
  }
  *rest = sum;
  return digit;
}

int upsell__rate_of(uint64_t part, uint64_t whole, upsell__rate *rate)
{
  uint64_t divisor;
  uint64_t rest = part;
  uint32_t hundredths = 0;
  int i;

  if (!whole)
    return 0;
  divisor = greatest_common_divisor(part, whole);
  rate->part = part / divisor;
  rate->whole = whole / divisor;
  if (part == whole) {
    rate->hundredths = ALL;
    return 1;
  }
  for (i = 0; i < 4; i++)
    hundredths = hundredths * 10 + next_digit(&rest, whole);
  rate->hundredths = hundredths + (rest >= whole - rest);
  return 1;
}
