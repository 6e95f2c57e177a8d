/* SPDX-License-Identifier: MIT */
#include "money/rounding.h"

/*
 * Settles a quotient `q` with remainder `r` out of UPSELL__WHOLE.
 */
/*@ requires 0 <= r < 1000000;
    requires 0 <= q <= 1000000000000000;
    requires 1 <= mode <= 5;
    assigns \nothing;
    ensures floor: mode == 1 ==> \result == q;
    ensures ceil: mode == 2 ==> \result == (r > 0 ? q + 1 : q);
    ensures half_up: mode == 3 ==> \result == (2 * r >= 1000000 ? q + 1 : q);
    ensures half_down: mode == 4 ==> \result == (2 * r > 1000000 ? q + 1 : q);
    ensures half_even: mode == 5 ==>
      \result == (2 * r > 1000000 ? q + 1 : 2 * r == 1000000 ? q + q % 2 : q);
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
  /* amount * millionths may not fit in 64 bits. Split amount = a * 10^6 + b:
   * the share is a * millionths + b * millionths / 10^6, and both fit. */
  int64_t a = amount / UPSELL__WHOLE;
  int64_t b = amount % UPSELL__WHOLE;
  int64_t part = b * millionths;

  return settle(a * millionths + part / UPSELL__WHOLE, part % UPSELL__WHOLE, mode);
}

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

void upsell_rounding_defaults(upsell_rounding_pair *policies)
{
  static const upsell_rounding_pair defaults = {
      {UPSELL_ROUND_HALF_UP, UPSELL_ROUND_PRICE, UPSELL_ROUND_UNIT},
      {UPSELL_ROUND_FLOOR, UPSELL_ROUND_DISCOUNT, UPSELL_ROUND_LINE}};

  if (policies)
    *policies = defaults;
}

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
