/* SPDX-License-Identifier: MIT */
/* upsell round: a discounted price on both surfaces (CLI-3). */
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

typedef struct rounding_job {
  const char *price;
  const char *percent;
  const char *quantity;
  const char *currency;
  const char *checkout;
  const char *offer_page;
} rounding_job;

/* The place of a part of a policy among `names`, from 1; 0: unknown. */
static int32_t place_of(const char *part, size_t len, const char *const *names)
{
  int32_t i;

  for (i = 0; names[i]; i++) {
    if (strlen(names[i]) == len && memcmp(names[i], part, len) == 0)
      return i + 1;
  }
  return 0;
}

/* Reads "half_up,price,unit". */
static int read_policy(const char *text, upsell_rounding *policy)
{
  static const char *const modes[] = {"floor", "ceil", "half_up", "half_down", "half_even", NULL};
  static const char *const targets[] = {"price", "discount", NULL};
  static const char *const bases[] = {"unit", "line", NULL};
  const char *target = strchr(text, ',');
  const char *basis = target ? strchr(target + 1, ',') : NULL;

  if (!basis)
    return 0;
  policy->mode = place_of(text, (size_t)(target - text), modes);
  policy->target = place_of(target + 1, (size_t)(basis - target - 1), targets);
  policy->basis = place_of(basis + 1, strlen(basis + 1), bases);
  return policy->mode && policy->target && policy->basis;
}

/* Digits only, as in a document; 0: not a quantity. */
static int32_t read_quantity(const char *text)
{
  size_t len = strlen(text);

  if (len < 1 || len > 4 || strspn(text, "0123456789") != len)
    return 0;
  return (int32_t)strtol(text, NULL, 10);
}

static void print_surface(const char *name, const upsell_currency *currency,
                          const upsell_amounts *price)
{
  char unit[32];
  char line[32];

  if (upsell_money_format(price->unit, currency, unit, sizeof(unit), NULL) == UPSELL_OK &&
      upsell_money_format(price->line, currency, line, sizeof(line), NULL) == UPSELL_OK)
    printf("%s unit %s line %s\n", name, unit, line);
}

static int round_price(const rounding_job *job)
{
  upsell_rounding_pair policies;
  upsell_currency currency;
  upsell_amounts checkout;
  upsell_amounts offer_page;
  int32_t quantity = read_quantity(job->quantity);
  int64_t price;
  int64_t percent;

  upsell_rounding_defaults(&policies);
  if (upsell_currency_find(upsell_str_of(job->currency), &currency))
    return usage_error("round", "not a current ISO 4217 code", job->currency);
  if (upsell_money_parse(upsell_str_of(job->price), &currency, &price))
    return usage_error("round", "not a price of that currency", job->price);
  if (upsell_percentage_parse(upsell_str_of(job->percent), &percent))
    return usage_error("round", "not a percentage from 0 to 100 with at most 4 decimals",
                       job->percent);
  if (quantity < 1)
    return usage_error("round", "not a quantity from 1 to 9999", job->quantity);
  if (job->checkout && !read_policy(job->checkout, &policies.checkout))
    return usage_error("round", "not a policy MODE,TARGET,BASIS", job->checkout);
  if (job->offer_page && !read_policy(job->offer_page, &policies.offer_page))
    return usage_error("round", "not a policy MODE,TARGET,BASIS", job->offer_page);
  if (upsell_percentage_price(price, percent, quantity, &policies.checkout, &checkout) ||
      upsell_percentage_price(price, percent, quantity, &policies.offer_page, &offer_page))
    return usage_error("round", "out of range", job->price);
  print_surface("checkout", &currency, &checkout);
  print_surface("offer_page", &currency, &offer_page);
  return EXIT_WELL;
}

int command_round(int argc, char **argv)
{
  static const struct option options[] = {
      {"price", required_argument, NULL, 'p'},    {"percent", required_argument, NULL, 'd'},
      {"quantity", required_argument, NULL, 'n'}, {"currency", required_argument, NULL, 'c'},
      {"checkout", required_argument, NULL, 'k'}, {"offer-page", required_argument, NULL, 'o'},
      {"help", no_argument, NULL, 'h'},           {NULL, 0, NULL, 0},
  };
  rounding_job job = {NULL, NULL, "1", "JPY", NULL, NULL};
  int option;

  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    switch (option) {
    case 'p':
      job.price = optarg;
      break;
    case 'd':
      job.percent = optarg;
      break;
    case 'n':
      job.quantity = optarg;
      break;
    case 'c':
      job.currency = optarg;
      break;
    case 'k':
      job.checkout = optarg;
      break;
    case 'o':
      job.offer_page = optarg;
      break;
    case 'h':
      print_help("round");
      return EXIT_WELL;
    default:
      return usage_error("round", NULL, NULL);
    }
  }
  if (optind != argc)
    return usage_error("round", "unexpected argument", argv[optind]);
  if (!job.price || !job.percent)
    return usage_error("round", "--price and --percent are required", NULL);
  return round_price(&job);
}
