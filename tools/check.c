/* SPDX-License-Identifier: MIT */
/* upsell check: every problem of a catalogue (CLI-2). */
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>

#include "cli.h"

/* Says in a line what a valid catalogue holds. */
static void print_summary(const char *path, const file_text *text)
{
  upsell_catalog_info info = {0};
  upsell_catalog *catalog = NULL;

  info.size = sizeof(info);
  if (upsell_catalog_new_from_json(text->data, text->len, &catalog, NULL) == UPSELL_OK &&
      upsell_catalog_describe(catalog, &info) == UPSELL_OK)
    fprintf(stderr,
            "%s: no problems (%s, %" PRIu64 " scenarios of which %" PRIu64 " published, %" PRIu64
            " products, %" PRIu64 " selling plans)\n",
            path, info.currency.code, info.scenarios, info.published, info.products,
            info.selling_plans);
  upsell_catalog_free(catalog);
}

static int check_file(const char *path, int quiet)
{
  upsell_problems *problems = NULL;
  upsell_status status;
  file_text text;
  int bad;

  if (!file_read(path, &text))
    return EXIT_BAD_INPUT;
  status = upsell_catalog_check_json(text.data, text.len, &problems);
  if (status)
    fprintf(stderr, "upsell check: %s: %s\n", path, upsell_status_message(status));
  print_problems(stdout, path, problems);
  bad = status || upsell_problems_count(problems) > 0;
  if (!bad && !quiet)
    print_summary(path, &text);
  upsell_problems_free(problems);
  free(text.data);
  return bad ? EXIT_BAD_INPUT : EXIT_WELL;
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
