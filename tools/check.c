/* SPDX-License-Identifier: MIT */
/* upsell check: every problem of a catalogue, or its warnings (CLI-2). */
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

/* Tells what is allowed but will hurt (CAT-20); 0 when memory ran out. */
static int print_warnings(const char *path, const upsell_catalog *catalog)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_problems *warnings = NULL;
  upsell_status status = upsell_catalog_warnings(catalog, &warnings);
  size_t i;

  if (status)
    fprintf(stderr, "upsell: %s: %s\n", path, upsell_status_message(status));
  for (i = 0; upsell_problems_get(warnings, i, &error) == UPSELL_OK; i++)
    print_problem_line(stdout, path, error.pointer, "warning: ", &error);
  upsell_problems_free(warnings);
  return status == UPSELL_OK;
}

static int check_file(const char *path, int quiet)
{
  upsell_catalog *catalog = catalog_load(path, stdout);
  int done;

  if (!catalog)
    return EXIT_BAD_INPUT;
  if (!quiet)
    print_summary(path, catalog);
  done = print_warnings(path, catalog);
  upsell_catalog_free(catalog);
  return done ? EXIT_WELL : EXIT_BAD_INPUT;
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
