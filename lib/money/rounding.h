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

/* Comments with an at sign are contracts (ACSL) that proof/prove.sh proves. */

/*@ predicate known_mode(integer mode) = UPSELL_ROUND_FLOOR <= mode <= UPSELL_ROUND_HALF_EVEN; */

/* `n` is `x` / UPSELL__WHOLE, rounded (PRC-9); no other number is. */
/*@ predicate rounds(integer x, integer mode, integer n) =
      \let rest = x - n * UPSELL__WHOLE;
      \let half = UPSELL__WHOLE / 2;
      (mode == UPSELL_ROUND_FLOOR ==> 0 <= rest < UPSELL__WHOLE) &&
      (mode == UPSELL_ROUND_CEIL ==> -UPSELL__WHOLE < rest <= 0) &&
      (mode == UPSELL_ROUND_HALF_UP ==> -half <= rest < half) &&
      (mode == UPSELL_ROUND_HALF_DOWN ==> -half < rest <= half) &&
      (mode == UPSELL_ROUND_HALF_EVEN ==>
         -half < rest < half || (-half <= rest <= half && n % 2 == 0));

    lemma rounds_to_one: \forall integer x, mode, m, n;
      known_mode(mode) && rounds(x, mode, m) && rounds(x, mode, n) ==> m == n;
*/

/*@ predicate policy_set{L}(upsell_rounding *policy) =
      known_mode(policy->mode) &&
      UPSELL_ROUND_PRICE <= policy->target <= UPSELL_ROUND_DISCOUNT &&
      UPSELL_ROUND_UNIT <= policy->basis <= UPSELL_ROUND_LINE;

    predicate in_range(integer base, integer percentage, integer quantity) =
      0 <= base <= UPSELL_MONEY_MAX &&
      0 <= percentage <= UPSELL_PERCENTAGE_MAX &&
      1 <= quantity <= UPSELL_QUANTITY_MAX;
*/

/* The table of PRC-8: one cell, and one row. */
/*@ predicate lowered{L}(integer amount, integer percentage, upsell_rounding *policy, integer n) =
      0 <= n <= amount &&
      (policy->target == UPSELL_ROUND_PRICE ==>
         rounds(amount * (UPSELL__WHOLE - percentage), policy->mode, n)) &&
      (policy->target == UPSELL_ROUND_DISCOUNT ==>
         rounds(amount * percentage, policy->mode, amount - n));

    predicate priced{L}(integer base, integer percentage, integer quantity,
                        upsell_rounding *policy, integer unit, integer line) =
      lowered(base, percentage, policy, unit) &&
      0 <= line <= base * quantity &&
      (policy->basis == UPSELL_ROUND_UNIT ==> line == unit * quantity) &&
      (policy->basis == UPSELL_ROUND_LINE ==> lowered(base * quantity, percentage, policy, line));
*/

/*
 * `millionths` of `amount`, rounded: the one place where money is rounded.
 */
/*@ requires 0 <= amount <= UPSELL__LINE_MAX;
    requires 0 <= millionths <= UPSELL__WHOLE;
    requires known_mode(mode);
    assigns \nothing;
    ensures 0 <= \result <= amount;
    ensures rounds(amount * millionths, mode, \result);
*/
int64_t upsell__share(int64_t amount, int64_t millionths, int32_t mode);

/* A price less a percentage; arguments as upsell_percentage_price(), checked. */
/*@ requires in_range(base, percentage, quantity);
    requires \valid_read(policy) && policy_set(policy);
    assigns \nothing;
    ensures priced(base, percentage, quantity, policy, \result.unit, \result.line);
*/
upsell_amounts upsell__percentage_price(int64_t base, int64_t percentage, int32_t quantity,
                                        const upsell_rounding *policy);

/* Whether all three fields are values that exist. */
/*@ requires \valid_read(policy);
    assigns \nothing;
    ensures \result != 0 <==> policy_set(policy);
*/
int upsell__rounding_valid(const upsell_rounding *policy);

/* The policy with zero fields replaced by those of `defaults`. */
/*@ requires \valid_read(policy) && \valid_read(defaults);
    assigns \nothing;
    ensures \result.mode == (policy->mode ? policy->mode : defaults->mode);
    ensures \result.target == (policy->target ? policy->target : defaults->target);
    ensures \result.basis == (policy->basis ? policy->basis : defaults->basis);
*/
upsell_rounding upsell__rounding_complete(const upsell_rounding *policy,
                                          const upsell_rounding *defaults);

#endif
