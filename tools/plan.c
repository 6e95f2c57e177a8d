/* SPDX-License-Identifier: MIT */
/* upsell plan: what carries out an accepted offer, as a document (CLI-7). */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { SCOPES_MAX = 100 };

typedef struct plan_job {
  const char *catalog;
  const char *order;
  const char *acceptance;
  const char *scopes; /* NULL: not compared */
  upsell_plan_options options;
} plan_job;

/* Splits "a, b,c" in place of its text; 0 when there are too many. */
static int split_scopes(const char *text, upsell_str scopes[SCOPES_MAX], size_t *count)
{
  *count = 0;
  while (*text) {
    size_t len = strcspn(text, ", ");
    if (len && *count == SCOPES_MAX)
      return 0;
    if (len) {
      scopes[*count].data = text;
      scopes[(*count)++].len = len;
    }
    text += len + (text[len] != '\0');
  }
  return 1;
}

/* The file that a problem is in, and where in it; the rest is about options. */
static void print_problem(const plan_job *job, const upsell_error *error)
{
  static const char *const inputs[] = {"/catalog", "/order", "/acceptance"};
  const char *const files[] = {job->catalog, job->order, job->acceptance};
  const char *place = error->pointer;
  const char *file = "options";
  size_t i;

  for (i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
    size_t len = strlen(inputs[i]);
    if (strncmp(place, inputs[i], len) == 0 && (place[len] == '/' || place[len] == '\0')) {
      file = files[i];
      place += len;
      break;
    }
  }
  if (i == sizeof(inputs) / sizeof(inputs[0]) && strncmp(place, "/options", 8) == 0)
    place += 8;
  print_problem_line(stderr, file, place, "", error);
}

static int make_plan(const plan_job *job, const upsell_catalog *catalog, const file_text *order,
                     const file_text *acceptance)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;
  const char *text;
  size_t len;

  if (upsell_plan_make_json(catalog, order->data, order->len, acceptance->data, acceptance->len,
                            &job->options, &plan, &error)) {
    print_problem(job, &error);
    return EXIT_BAD_INPUT;
  }
  text = upsell_plan_json(plan, &len);
  fwrite(text, 1, len, stdout);
  putchar('\n');
  upsell_plan_free(plan);
  return EXIT_WELL;
}

static int read_inputs(plan_job *job)
{
  upsell_catalog *catalog = catalog_load(job->catalog, stderr);
  file_text order = {NULL, 0};
  file_text acceptance = {NULL, 0};
  int status = EXIT_BAD_INPUT;

  if (catalog && file_read(job->order, &order) && file_read(job->acceptance, &acceptance))
    status = make_plan(job, catalog, &order, &acceptance);
  free(order.data);
  free(acceptance.data);
  upsell_catalog_free(catalog);
  return status;
}

/* The place of a name in a list that starts at 1; 0: unknown. */
static int32_t version_named(const char *name)
{
  int32_t version;

  for (version = 1; upsell_api_version_name(version); version++) {
    if (strcmp(name, upsell_api_version_name(version)) == 0)
      return version;
  }
  return 0;
}

static int32_t dialect_named(const char *name)
{
  if (strcmp(name, "draft") == 0)
    return UPSELL_DIALECT_DRAFT;
  return strcmp(name, "calculation") == 0 ? UPSELL_DIALECT_CALCULATION : 0;
}

static int run(plan_job *job, const char *version, const char *dialect)
{
  upsell_str scopes[SCOPES_MAX];
  int from_input = 0;

  if (!job->catalog || !job->order || !job->acceptance)
    return usage_error("plan", "--catalog, --order and --accept are required", NULL);
  from_input += strcmp(job->catalog, "-") == 0;
  from_input += strcmp(job->order, "-") == 0;
  from_input += strcmp(job->acceptance, "-") == 0;
  if (from_input > 1)
    return usage_error("plan", "only one of the files can be standard input", NULL);
  if (version && !(job->options.api_version = version_named(version)))
    return usage_error("plan", "not an API version from 2025-10 to 2026-10", version);
  if (dialect && !(job->options.dialect = dialect_named(dialect)))
    return usage_error("plan", "not a dialect, draft or calculation", dialect);
  if (job->scopes) {
    if (!split_scopes(job->scopes, scopes, &job->options.granted_scope_count))
      return usage_error("plan", "too many scopes", NULL);
    job->options.granted_scopes = scopes;
  }
  return read_inputs(job);
}

int command_plan(int argc, char **argv)
{
  static const struct option options[] = {
      {"catalog", required_argument, NULL, 'c'},
      {"order", required_argument, NULL, 'o'},
      {"accept", required_argument, NULL, 'a'},
      {"api-version", required_argument, NULL, 'v'},
      {"dialect", required_argument, NULL, 'd'},
      {"shop", required_argument, NULL, 's'},
      {"reference-id", required_argument, NULL, 'r'},
      {"granted-scopes", required_argument, NULL, 'g'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  plan_job job;
  const char *version = NULL;
  const char *dialect = NULL;
  int option;

  memset(&job, 0, sizeof(job));
  job.options.size = sizeof(job.options);
  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    switch (option) {
    case 'c':
      job.catalog = optarg;
      break;
    case 'o':
      job.order = optarg;
      break;
    case 'a':
      job.acceptance = optarg;
      break;
    case 'v':
      version = optarg;
      break;
    case 'd':
      dialect = optarg;
      break;
    case 's':
      job.options.shop = upsell_str_of(optarg);
      break;
    case 'r':
      job.options.reference_id = upsell_str_of(optarg);
      break;
    case 'g':
      job.scopes = optarg;
      break;
    case 'h':
      print_help("plan");
      return EXIT_WELL;
    default:
      return usage_error("plan", NULL, NULL);
    }
  }
  if (optind != argc)
    return usage_error("plan", "unexpected argument", argv[optind]);
  return run(&job, version, dialect);
}
