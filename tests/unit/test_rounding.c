/* SPDX-License-Identifier: MIT */
/* Rounding: every mode on both sides of a tie and at it (PRC-8, PRC-9, PRC-12). */
#include "../support/check_main.h"
#include "money/rounding.h"

/* 1000000 minor units less 0.00005 %, 0.00015 % ...: what is left of 10^6 is the
 * remainder itself, so a share of `r` millionths of 1 is r / 10^6. */
typedef struct share_case {
  int64_t amount;
  int64_t millionths;
  int64_t expected[6]; /* by mode; [0] is not used */
} share_case;

static const share_case shares[] = {
    /* amount, millionths, {-, floor, ceil, half_up, half_down, half_even} */
    {0, 1000000, {0, 0, 0, 0, 0, 0}},
    {1, 0, {0, 0, 0, 0, 0, 0}},
    {1, 1, {0, 0, 1, 0, 0, 0}},
    {1, 499999, {0, 0, 1, 0, 0, 0}},
    {1, 500000, {0, 0, 1, 1, 0, 0}},
    {1, 500001, {0, 0, 1, 1, 1, 1}},
    {1, 999999, {0, 0, 1, 1, 1, 1}},
    {1, 1000000, {0, 1, 1, 1, 1, 1}},
    {3, 500000, {0, 1, 2, 2, 1, 2}},
    {5, 500000, {0, 2, 3, 3, 2, 2}},
    {7, 500000, {0, 3, 4, 4, 3, 4}},
    {356, 900000, {0, 320, 321, 320, 320, 320}},
    {356, 100000, {0, 35, 36, 36, 36, 36}},
    {1000000000000000, 999999, {0, 999999000000000, 999999000000000, 999999000000000,
                                999999000000000, 999999000000000}},
    {999900000000000, 1000000, {0, 999900000000000, 999900000000000, 999900000000000,
                                999900000000000, 999900000000000}},
    {999999999999999, 500000, {0, 499999999999999, 500000000000000, 500000000000000,
                               499999999999999, 500000000000000}},
};

START_TEST(test_share)
{
  const share_case *c = &shares[_i];
  int32_t mode;

  for (mode = UPSELL_ROUND_FLOOR; mode <= UPSELL_ROUND_HALF_EVEN; mode++)
    ck_assert_int_eq(upsell__share(c->amount, c->millionths, mode), c->expected[mode]);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("rounding");
  TCase *share = tcase_create("share");

  tcase_add_loop_test(share, test_share, 0, sizeof(shares) / sizeof(shares[0]));
  suite_add_tcase(suite, share);
  return check_main(suite);
}
