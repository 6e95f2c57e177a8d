/* SPDX-License-Identifier: MIT */
/* Rates: exact for any counts of 64 bits (CNT-5). */
#include "../support/check_main.h"
#include "offer/rate.h"
#include "random.h"

static void check(uint64_t part, uint64_t whole, uint64_t low_part, uint64_t low_whole,
                  uint32_t hundredths)
{
  upsell__rate rate = {9, 9, 9};

  ck_assert_int_eq(upsell__rate_of(part, whole, &rate), 1);
  ck_assert_uint_eq(rate.part, low_part);
  ck_assert_uint_eq(rate.whole, low_whole);
  if (rate.hundredths != hundredths)
    ck_abort_msg("%llu/%llu: %u", (unsigned long long)part, (unsigned long long)whole,
                 rate.hundredths);
}

START_TEST(test_small)
{
  upsell__rate rate = {9, 9, 9};

  ck_assert_int_eq(upsell__rate_of(0, 0, &rate), 0);
  check(0, 5, 0, 1, 0);
  check(5, 5, 1, 1, 10000);
  check(2, 6, 1, 3, 3333);
  check(4, 6, 2, 3, 6667);
  check(3, 32, 3, 32, 938);     /* 9.375 */
  check(1, 32, 1, 32, 313);     /* 3.125: half up, not to even */
  check(1, 20000, 1, 20000, 1); /* 0.005 */
  check(1, 20001, 1, 20001, 0);
  check(19999, 20000, 19999, 20000, 10000); /* 99.995 */
  check(19998, 20000, 9999, 10000, 9999);
}
END_TEST

START_TEST(test_largest)
{
  const uint64_t max = UINT64_MAX; /* 3 * 5 * 17 * 257 * 641 * 65537 * 6700417 */

  check(max, max, 1, 1, 10000);
  check(max - 1, max, max - 1, max, 10000);
  check(1, max, 1, max, 0);
  check(0, max, 0, 1, 0);
  check(max / 3, max, 1, 3, 3333);
  check(max / 3 * 2, max, 2, 3, 6667);
  check(max / 5, max, 1, 5, 2000);
  check(max / 2, max, max / 2, max, 5000); /* a little less than a half */
  check(max / 2 + 1, max, max / 2 + 1, max, 5000);
  check(UINT64_C(1) << 63, (UINT64_C(1) << 63) + 1, UINT64_C(1) << 63, (UINT64_C(1) << 63) + 1,
        10000);
  /* 2^63 / 32 and the next one below: exactly between two hundredths, and just not. */
  check(UINT64_C(1) << 58, UINT64_C(1) << 63, 1, 32, 313);
  check((UINT64_C(1) << 58) - 1, UINT64_C(1) << 63, (UINT64_C(1) << 58) - 1, UINT64_C(1) << 63,
        312);
}
END_TEST

/* Multiplying both by the same number changes nothing. */
START_TEST(test_random)
{
  uint64_t seed = 7;
  int i;

  for (i = 0; i < 20000; i++) {
    uint64_t whole = (uint64_t)random_between(&seed, 1, 1000000);
    uint64_t part = (uint64_t)random_between(&seed, 0, (int64_t)whole);
    uint64_t factor = random_next(&seed) % (UINT64_MAX / whole) + 1;
    upsell__rate small;
    upsell__rate large;
    ck_assert_int_eq(upsell__rate_of(part, whole, &small), 1);
    ck_assert_int_eq(upsell__rate_of(part * factor, whole * factor, &large), 1);
    ck_assert_uint_eq(small.part, large.part);
    ck_assert_uint_eq(small.whole, large.whole);
    ck_assert_uint_eq(small.hundredths, large.hundredths);
    ck_assert_uint_eq(small.hundredths, (part * 20000 + whole) / (2 * whole));
    ck_assert_uint_eq(small.part * whole, part * small.whole);
  }
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("rate");
  TCase *tests = tcase_create("rate");

  tcase_add_test(tests, test_small);
  tcase_add_test(tests, test_largest);
  tcase_add_test(tests, test_random);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
