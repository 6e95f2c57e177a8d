/* SPDX-License-Identifier: MIT */
/*
 * What a discount comes to, to the yen: as the checkout rounds it, and on the offer page,
 * where it is what the buyer pays.
 *
 *   offer-price JPY 356 10      356 yen less 10 %
 */
#include <stdio.h>
#include <upsell/upsell.h>

static int is_fine(const char *what, const char *text, upsell_status status)
{
  if (status)
    fprintf(stderr, "%s %s: %s\n", what, text, upsell_status_message(status));
  return !status;
}

/* The price on one surface, as it is rounded there. */
static int print_price(const char *surface, const upsell_rounding *policy, int64_t base,
                       int64_t percentage, const upsell_currency *currency)
{
  upsell_amounts price;
  char amount[32];

  if (!is_fine("price on the", surface,
               upsell_percentage_price(base, percentage, 1, policy, &price)) ||
      !is_fine("price on the", surface,
               upsell_money_format(price.unit, currency, amount, sizeof(amount), NULL)))
    return 0;
  printf("%s: %s %s\n", surface, amount, currency->code);
  return 1;
}

int main(int argc, char **argv)
{
  upsell_rounding_pair policies;
  upsell_currency currency;
  int64_t base = 0;
  int64_t percentage = 0;

  if (argc != 4) {
    fprintf(stderr, "usage: %s CURRENCY PRICE PERCENT\n", argv[0]);
    return 2;
  }
  /* The library that is loaded may be another than the one whose headers were read. */
  if (upsell_abi_version() != UPSELL_ABI_VERSION) {
    fprintf(stderr, "libupsell %s does not fit this program\n", upsell_version());
    return 1;
  }
  if (!is_fine("currency", argv[1], upsell_currency_find(upsell_str_of(argv[1]), &currency)) ||
      !is_fine("price", argv[2], upsell_money_parse(upsell_str_of(argv[2]), &currency, &base)) ||
      !is_fine("percent", argv[3], upsell_percentage_parse(upsell_str_of(argv[3]), &percentage)))
    return 1;
  upsell_rounding_defaults(&policies);
  if (!print_price("checkout", &policies.checkout, base, percentage, &currency) ||
      !print_price("offer page", &policies.offer_page, base, percentage, &currency))
    return 1;
  return 0;
}
