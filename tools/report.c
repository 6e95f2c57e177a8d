/* SPDX-License-Identifier: MIT */
/* upsell report: streams of events to counts per scenario (CLI-9). */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "lines.h"
#include "table.h"

typedef enum report_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV } report_format;

typedef struct report_job {
  const char *catalog_path; /* NULL: none */
  char **paths;             /* "-": standard input */
  int path_count;
  report_format format;
  int byte_order_mark;
  int32_t locale; /* enum upsell_locale; 0: that of the format */
  upsell_str scenario_id;
} report_job;

/* Counting a stream. */
typedef struct report_run {
  upsell_tally *tally;
  const char *path;
  uint64_t errors;
  int failed; /* the counts are not complete: there must be no report */
} report_run;

static void print_error(report_run *run, const upsell_error *error, uint64_t number)
{
  char where[PATH_MAX + 32];

  run->errors++;
  snprintf(where, sizeof(where), "%s:%" PRIu64, run->path, number);
  print_problem_line(stderr, where, error->pointer, "", error);
}

static void print_too_long(report_run *run, uint64_t number)
{
  upsell_error error = UPSELL_ERROR_INIT;

  error.code = UPSELL_LINE_TOO_LONG;
  snprintf(error.message, sizeof(error.message),
           "A line of at most %d bytes was expected; write one event per line.",
           UPSELL_LINE_MAX_BYTES);
  print_error(run, &error, number);
}

static int count_line(void *counting, const char *line, size_t len, uint64_t number)
{
  report_run *run = counting;
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status = UPSELL_OK;

  if (!line)
    print_too_long(run, number);
  else
    status = upsell_tally_add_json(run->tally, line, len, &error);
  if (status)
    print_error(run, &error, number);
  run->failed = status == UPSELL_NO_MEMORY;
  return !run->failed;
}

static void count_file(report_run *run)
{
  int from_stdin = strcmp(run->path, "-") == 0;
  int fd = from_stdin ? STDIN_FILENO : open(run->path, O_RDONLY | O_CLOEXEC);
  int error = fd < 0 ? errno : 0;
  line_reader reader;

  if (!error) {
    line_begin(&reader, fd);
    do {
      line_fill(&reader);
    } while (line_each(&reader, count_line, run));
    error = reader.error;
    line_done(&reader);
    if (!from_stdin)
      close(fd);
  }
  if (!error)
    return;
  fprintf(stderr, "upsell report: %s: %s\n", run->path, strerror(error));
  run->failed = 1;
}

static void count_files(report_run *run, const report_job *job)
{
  int i;

  for (i = 0; i < job->path_count && !run->failed; i++) {
    run->path = job->paths[i];
    count_file(run);
  }
}

/* ---- writing ---- */

/* Makes the report, which for people only tells whether there can be one. NULL after a
 * message. */
static upsell_text *make_report(const report_job *job, const upsell_tally *tally,
                                const upsell_catalog *catalog)
{
  upsell_report_options options = {.size = sizeof(options)};
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *report = NULL;

  options.form = job->format == FORMAT_CSV ? UPSELL_REPORT_CSV : UPSELL_REPORT_JSON;
  options.locale = job->locale;
  options.byte_order_mark = job->byte_order_mark ? UPSELL_YES : UPSELL_NO;
  options.scenario_id = job->scenario_id;
  if (upsell_tally_report(tally, catalog, &options, &report, &error))
    print_problem_line(stderr, "options", error.pointer, "", &error);
  return report;
}

static int write_report(const report_job *job, const upsell_tally *tally,
                        const upsell_catalog *catalog)
{
  upsell_text *report = make_report(job, tally, catalog);
  size_t len;
  const char *text = upsell_text_data(report, &len);

  if (!report)
    return 0;
  if (job->format != FORMAT_TEXT)
    fwrite(text, 1, len, stdout);
  if (job->format == FORMAT_JSON)
    putchar('\n');
  upsell_text_free(report);
  if (job->format != FORMAT_TEXT ||
      table_print(stdout, tally, catalog, job->scenario_id, job->locale))
    return 1;
  fprintf(stderr, "upsell report: memory ran out\n");
  return 0;
}

static int run_with(const report_job *job, const upsell_catalog *catalog)
{
  report_run run = {NULL, NULL, 0, 0};
  int written;

  if (upsell_tally_new(&run.tally)) {
    fprintf(stderr, "upsell report: memory ran out\n");
    return EXIT_BAD_INPUT;
  }
  count_files(&run, job);
  written = !run.failed && write_report(job, run.tally, catalog);
  upsell_tally_free(run.tally);
  return written && !run.errors ? EXIT_WELL : EXIT_BAD_INPUT;
}

static int run_job(const report_job *job)
{
  upsell_catalog *catalog = NULL;
  int status;

  if (job->catalog_path) {
    catalog = catalog_load(job->catalog_path, stderr);
    if (!catalog)
      return EXIT_BAD_INPUT;
  }
  status = run_with(job, catalog);
  upsell_catalog_free(catalog);
  return status;
}

/* ---- options ---- */

static int read_format(const char *name, report_job *job)
{
  static const char *const names[] = {"text", "json", "csv"};
  size_t i;

  for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (strcmp(name, names[i]) == 0) {
      job->format = (report_format)i;
      return 1;
    }
  }
  return 0;
}

static int read_language(const char *name, report_job *job)
{
  if (strcmp(name, "ja") == 0)
    job->locale = UPSELL_LOCALE_JA;
  else if (strcmp(name, "en") == 0)
    job->locale = UPSELL_LOCALE_EN;
  else
    return 0;
  return 1;
}

/* Reads the options into `job`. Returns -1 to go on, else the exit status. */
static int read_options(int argc, char **argv, report_job *job)
{
  static const struct option options[] = {
      {"catalog", required_argument, NULL, 'c'},
      {"format", required_argument, NULL, 'f'},
      {"bom", no_argument, NULL, 'b'},
      {"lang", required_argument, NULL, 'l'},
      {"scenario", required_argument, NULL, 's'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  int option;

  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    switch (option) {
    case 'c':
      job->catalog_path = optarg;
      break;
    case 'f':
      if (!read_format(optarg, job))
        return usage_error("report", "the format is text, json or csv", optarg);
      break;
    case 'b':
      job->byte_order_mark = 1;
      break;
    case 'l':
      if (!read_language(optarg, job))
        return usage_error("report", "the language is en or ja", optarg);
      break;
    case 's':
      job->scenario_id = upsell_str_of(optarg);
      break;
    case 'h':
      print_help("report");
      return EXIT_WELL;
    default:
      return usage_error("report", NULL, NULL);
    }
  }
  return -1;
}

/* How often standard input would be read. */
static int reads_of_stdin(const report_job *job)
{
  int count = job->catalog_path && strcmp(job->catalog_path, "-") == 0;
  int i;

  for (i = 0; i < job->path_count; i++)
    count += strcmp(job->paths[i], "-") == 0;
  return count;
}

int command_report(int argc, char **argv)
{
  static char standard_input[] = "-";
  char *alone[] = {standard_input};
  report_job job = {NULL, alone, 1, FORMAT_TEXT, 0, 0, {NULL, 0}};
  int status = read_options(argc, argv, &job);

  if (status >= 0)
    return status;
  if (job.byte_order_mark && job.format != FORMAT_CSV)
    return usage_error("report", "--bom is for --format csv", NULL);
  if (optind < argc) {
    job.paths = argv + optind;
    job.path_count = argc - optind;
  }
  if (reads_of_stdin(&job) > 1)
    return usage_error("report", "standard input can be read only once", NULL);
  return run_job(&job);
}
