/* SPDX-License-Identifier: MIT */
#include "offer/charges.h"

void upsell__charges_make(const upsell_catalog *catalog, const upsell__scenario *scenario,
                          const upsell__plan *plan, int32_t quantity,
                          upsell_price_segment *segments, upsell__charges *charges)
{
  upsell__pricing pricing;
  upsell__price_terms terms = upsell__terms_of(catalog, scenario, NULL, quantity);

  charges->plan = plan;
  charges->least = 0;
  charges->most = 1;
  if (!plan) {
    upsell__first_price(&terms, &charges->price);
    return;
  }
  pricing = upsell__pricing_of(plan);
  terms.plan = &pricing;
  charges->least = plan->min_cycles;
  charges->most = plan->max_cycles;
  upsell__first_price(&terms, &charges->price);
  charges->price.recurring = segments;
  charges->price.recurring_count = upsell__recurring(&terms, segments);
}

int32_t upsell__charges_last_cycle(const upsell__charges *charges, size_t price)
{
  if (price == 0)
    return 1;
  return price < charges->price.recurring_count ? charges->price.recurring[price].from_cycle - 1
                                                : charges->most;
}

int64_t upsell__charges_line(const upsell__charges *charges, int32_t cycle)
{
  const upsell_price *price = &charges->price;
  size_t i = price->recurring_count;

  while (i > 0 && price->recurring[i - 1].from_cycle > cycle)
    i--;
  return i ? price->recurring[i - 1].line : price->offer_page.line;
}

int64_t upsell__charges_sum(const upsell__charges *charges, int32_t count)
{
  const upsell_price *price = &charges->price;
  int64_t sum = price->offer_page.line;
  size_t i;

  for (i = 0; i < price->recurring_count && price->recurring[i].from_cycle <= count; i++) {
    int32_t last = upsell__charges_last_cycle(charges, i + 1);
    if (!last || last > count)
      last = count;
    sum += price->recurring[i].line * (last - price->recurring[i].from_cycle + 1);
  }
  return sum;
}
