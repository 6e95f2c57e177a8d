/* SPDX-License-Identifier: MIT */
/* upsell check: every problem of a catalogue (CLI-2). */
#include <getopt.h>
#include <inttypes.h>

#include "cli.h"

/* Says in a line what a valid catalogue holds. */
static void print_summary(const char *path, const upsell_catalog *catalog)
{
  upsell_catalog_info info = {0};

  info.size = sizeof(info);
  if (upsell_catalog_describe(catalog, &info) == UPSELL_OK)
    fprintf(stderr,
            "%s: no problems (%s, %" PRIu64 " scenarios of which %" PRIu64 " published, %" PRIu64
            " products, %" PRIu64 " selling plans)\n",
            path, info.currency.code, info.scenarios, info.published, info.products,
            info.selling_plans);
}

static int check_file(const char *path, int quiet)
{
  upsell_catalog *catalog = catalog_load(path, stdout);

  if (!catalog)
    return EXIT_BAD_INPUT;
  if (!quiet)
    print_summary(path, catalog);
  upsell_catalog_free(catalog);
  return EXIT_WELL;
}

int command_check(int argc, char **argv)
{
  static const struct option options[] = {
      {"quiet", no_argument, NULL, 'q'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  int quiet = 0;
  int option;

  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    if (option == 'h') {
      print_help("check");
      return EXIT_WELL;
    }
    if (option != 'q')
      return usage_error("check", NULL, NULL);
    quiet = 1;
  }
  if (argc - optind != 1)
    return usage_error("check", "exactly one catalogue file was expected", NULL);
  return check_file(argv[optind], quiet);
}
