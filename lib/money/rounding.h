/* SPDX-License-Identifier: MIT */
/* Exact percentages and their rounding (PRC-8, PRC-9, PRC-12). */
#ifndef UPSELL_MONEY_ROUNDING_H
#define UPSELL_MONEY_ROUNDING_H

#include <upsell/money.h>

/* 100 %, and the denominator of a share. */
#define UPSELL__WHOLE INT64_C(1000000)

/* The largest amount a share is taken of: the largest price times the largest
 * quantity is below it. */
#define UPSELL__LINE_MAX INT64_C(1000000000000000)

/*
 * `millionths` of `amount`, rounded: the one place where money is rounded.
 */
/*@ requires 0 <= amount <= 1000000000000000;
    requires 0 <= millionths <= 1000000;
    requires 1 <= mode <= 5;
    assigns \nothing;
    ensures 0 <= \result <= amount;
    ensures floor: mode == 1 ==>
      \result * 1000000 <= amount * millionths < (\result + 1) * 1000000;
    ensures ceil: mode == 2 ==>
      (\result - 1) * 1000000 < amount * millionths <= \result * 1000000;
    ensures half_up: mode == 3 ==>
      2 * \result * 1000000 <= 2 * amount * millionths + 1000000 < 2 * (\result + 1) * 1000000;
    ensures half_down: mode == 4 ==>
      2 * (\result - 1) * 1000000 < 2 * amount * millionths - 1000000 <= 2 * \result * 1000000;
    ensures half_even: mode == 5 ==>
      2 * \result * 1000000 - 1000000 <= 2 * amount * millionths <= 2 * \result * 1000000 + 1000000;
    ensures half_even_tie: mode == 5 &&
      (2 * amount * millionths == 2 * \result * 1000000 - 1000000 ||
       2 * amount * millionths == 2 * \result * 1000000 + 1000000) ==> \result % 2 == 0;
*/
int64_t upsell__share(int64_t amount, int64_t millionths, int32_t mode);

/* A price less a percentage; arguments as upsell_percentage_price(), checked. */
upsell_amounts upsell__percentage_price(int64_t base, int64_t percentage, int32_t quantity,
                                        const upsell_rounding *policy);

/* Whether all three fields are values that exist. */
int upsell__rounding_valid(const upsell_rounding *policy);

/* The policy with zero fields replaced by those of `defaults`. */
upsell_rounding upsell__rounding_complete(const upsell_rounding *policy,
                                          const upsell_rounding *defaults);

#endif
