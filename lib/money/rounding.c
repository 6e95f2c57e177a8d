/* SPDX-License-Identifier: MIT */
#include "money/rounding.h"

/*
 * Settles a quotient `q` with remainder `r` out of UPSELL__WHOLE.
 */
/*@ requires 0 <= q <= UPSELL__LINE_MAX;
    requires 0 <= r < UPSELL__WHOLE;
    requires known_mode(mode);
    assigns \nothing;
    ensures q <= \result <= q + 1;
    ensures r == 0 ==> \result == q;
    ensures rounds(q * UPSELL__WHOLE + r, mode, \result);
*/
static int64_t settle(int64_t q, int64_t r, int32_t mode)
{
  const int64_t half = UPSELL__WHOLE / 2;

  switch (mode) {
  case UPSELL_ROUND_CEIL:
    return r > 0 ? q + 1 : q;
  case UPSELL_ROUND_HALF_UP:
    return r >= half ? q + 1 : q;
  case UPSELL_ROUND_HALF_DOWN:
    return r > half ? q + 1 : q;
  case UPSELL_ROUND_HALF_EVEN:
    return r > half ? q + 1 : r == half ? q + q % 2 : q;
  default:
    return q; /* UPSELL_ROUND_FLOOR */
  }
}

int64_t upsell__share(int64_t amount, int64_t millionths, int32_t mode)
{
  //@ assert bound: amount * millionths <= amount * UPSELL__WHOLE;

  /* amount * millionths may not fit in 64 bits. Split amount = a * 10^6 + b:
   * the share is a * millionths + b * millionths / 10^6, and both fit. */
  int64_t a = amount / UPSELL__WHOLE;
  int64_t b = amount % UPSELL__WHOLE;
  int64_t part = b * millionths;
  int64_t q = a * millionths + part / UPSELL__WHOLE;
  int64_t r = part % UPSELL__WHOLE;

  //@ assert rest: 0 <= part && 0 <= r < UPSELL__WHOLE;
  //@ assert exact: q * UPSELL__WHOLE + r == amount * millionths;
  return settle(q, r, mode);
}

/*@ requires 0 <= amount <= UPSELL__LINE_MAX;
    requires 0 <= percentage <= UPSELL__WHOLE;
    requires \valid_read(policy) && policy_set(policy);
    assigns \nothing;
    ensures lowered(amount, percentage, policy, \result);
*/
static int64_t rounded(int64_t amount, int64_t percentage, const upsell_rounding *policy)
{
  if (policy->target == UPSELL_ROUND_PRICE)
    return upsell__share(amount, UPSELL__WHOLE - percentage, policy->mode);
  return amount - upsell__share(amount, percentage, policy->mode);
}

upsell_amounts upsell__percentage_price(int64_t base, int64_t percentage, int32_t quantity,
                                        const upsell_rounding *policy)
{
  upsell_amounts price;

  price.unit = rounded(base, percentage, policy);
  //@ assert bound: 0 <= price.unit * quantity <= base * quantity;
  price.line = policy->basis == UPSELL_ROUND_UNIT ? price.unit * quantity
                                                  : rounded(base * quantity, percentage, policy);
  return price;
}

int upsell__rounding_valid(const upsell_rounding *policy)
{
  return policy->mode >= UPSELL_ROUND_FLOOR && policy->mode <= UPSELL_ROUND_HALF_EVEN &&
         policy->target >= UPSELL_ROUND_PRICE && policy->target <= UPSELL_ROUND_DISCOUNT &&
         policy->basis >= UPSELL_ROUND_UNIT && policy->basis <= UPSELL_ROUND_LINE;
}

upsell_rounding upsell__rounding_complete(const upsell_rounding *policy,
                                          const upsell_rounding *defaults)
{
  upsell_rounding complete = *policy;

  if (!complete.mode)
    complete.mode = defaults->mode;
  if (!complete.target)
    complete.target = defaults->target;
  if (!complete.basis)
    complete.basis = defaults->basis;
  return complete;
}

/*@ requires policies == \null || \valid(policies);
    assigns *policies;
*/
void upsell_rounding_defaults(upsell_rounding_pair *policies)
{
  static const upsell_rounding_pair defaults = {
      {UPSELL_ROUND_HALF_UP, UPSELL_ROUND_PRICE, UPSELL_ROUND_UNIT},
      {UPSELL_ROUND_FLOOR, UPSELL_ROUND_DISCOUNT, UPSELL_ROUND_LINE}};

  if (policies)
    *policies = defaults;
}

/*@ requires policy == \null || \valid_read(policy);
    requires price == \null || \valid(price);
    requires policy == \null || price == \null || \separated(policy, price);
    assigns *price;
    behavior invalid:
      assumes policy == \null || price == \null || !policy_set(policy);
      assigns \nothing;
      ensures \result == UPSELL_INVALID_ARGUMENT;
    behavior out_of_range:
      assumes policy != \null && price != \null && policy_set(policy);
      assumes !in_range(base, percentage, quantity);
      assigns \nothing;
      ensures \result == UPSELL_OUT_OF_RANGE;
    behavior ok:
      assumes policy != \null && price != \null && policy_set(policy);
      assumes in_range(base, percentage, quantity);
      ensures \result == UPSELL_OK;
      ensures priced(base, percentage, quantity, policy, price->unit, price->line);
    complete behaviors;
    disjoint behaviors;
*/
upsell_status upsell_percentage_price(int64_t base, int64_t percentage, int32_t quantity,
                                      const upsell_rounding *policy, upsell_amounts *price)
{
  if (!policy || !price || !upsell__rounding_valid(policy))
    return UPSELL_INVALID_ARGUMENT;
  if (base < 0 || base > UPSELL_MONEY_MAX || percentage < 0 || percentage > UPSELL_PERCENTAGE_MAX ||
      quantity < 1 || quantity > UPSELL_QUANTITY_MAX)
    return UPSELL_OUT_OF_RANGE;
  *price = upsell__percentage_price(base, percentage, quantity, policy);
  return UPSELL_OK;
}
