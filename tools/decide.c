/* SPDX-License-Identifier: MIT */
/* upsell decide: a stream of orders to a stream of decisions (CLI-1, CLI-4). */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "lines.h"
#include "progress.h"
#include "text.h"

/* Turns a line into an order document (ADA-1). */
typedef upsell_status adapter(const char *text, size_t len, int32_t ids, upsell_text **order,
                              upsell_error *error);

typedef struct decide_job {
  const char *catalog_path;
  const char *orders_path; /* "-": standard input */
  adapter *from;           /* NULL: lines are order documents */
  int32_t ids;             /* enum upsell_id_form, for payloads */
  uint32_t flags;
  const text_language *language; /* NULL: JSON */
  int quiet;
} decide_job;

typedef struct decide_run {
  const upsell_catalog *catalog;
  upsell_decision *decision;
  const decide_job *job;
  uint64_t orders;
  uint64_t errors;
} decide_run;

static void print_error(decide_run *run, const upsell_error *error, uint64_t number)
{
  char text[UPSELL_ERROR_JSON_SIZE];

  run->errors++;
  if (run->job->language)
    text_print_error(stdout, run->job->language, error, number);
  else if (upsell_error_to_json(error, number, text, sizeof(text), NULL) == UPSELL_OK)
    printf("%s\n", text);
  else
    printf(
        "{\"error\":{\"code\":\"no_memory\",\"path\":\"\",\"message\":\"Memory ran out.\","
        "\"line\":%" PRIu64 "}}\n",
        number);
}

static void print_too_long(decide_run *run, uint64_t number)
{
  upsell_error error = UPSELL_ERROR_INIT;

  error.code = UPSELL_LINE_TOO_LONG;
  snprintf(error.message, sizeof(error.message),
           "A line of at most %d bytes was expected; write one order per line.",
           UPSELL_LINE_MAX_BYTES);
  print_error(run, &error, number);
}

/* Decides for a line, which is turned into an order first where it is a payload. */
static upsell_status decide(decide_run *run, const char *line, size_t len, upsell_error *error)
{
  const decide_job *job = run->job;
  upsell_text *order = NULL;
  upsell_status status = job->from ? job->from(line, len, job->ids, &order, error) : UPSELL_OK;

  if (order)
    line = upsell_text_data(order, &len);
  if (!status)
    status = upsell_decide_json(run->catalog, line, len, job->flags, run->decision, error);
  upsell_text_free(order);
  return status;
}

static void decide_line(decide_run *run, const char *line, size_t len, uint64_t number)
{
  upsell_error error = UPSELL_ERROR_INIT;
  const char *text = NULL;
  size_t text_len = 0;
  upsell_status status = decide(run, line, len, &error);

  if (!status && !run->job->language)
    status = upsell_decision_to_json(run->decision, &text, &text_len);
  if (status && !error.code) {
    error.code = status;
    snprintf(error.message, sizeof(error.message), "%s", upsell_status_message(status));
  }
  run->orders++;
  if (status) {
    print_error(run, &error, number);
  } else if (run->job->language) {
    text_print_decision(stdout, run->job->language, upsell_decision_get(run->decision));
  } else {
    fwrite(text, 1, text_len, stdout);
    putchar('\n');
  }
}

static int take_line(void *deciding, const char *line, size_t len, uint64_t number)
{
  if (line)
    decide_line(deciding, line, len, number);
  else
    print_too_long(deciding, number);
  return output_ok();
}

/* What was decided is written before more is waited for, so that a reader at
 * the other end of a pipe is never kept waiting. */
static int decide_stream(decide_run *run, line_reader *reader)
{
  progress bar;
  int more = 1;
  int written = 1;

  progress_begin(&bar, reader->fd, run->job->quiet);
  while (more && written) {
    line_fill(reader);
    more = line_each(reader, take_line, run);
    written = output_flush();
    progress_show(&bar, run->orders, run->errors, reader->bytes);
  }
  progress_end(&bar, run->orders, run->errors, reader->bytes);
  if (reader->error)
    fprintf(stderr, "upsell decide: %s: %s\n", run->job->orders_path, strerror(reader->error));
  return written && !reader->error;
}

static int decide_orders(const decide_job *job, const upsell_catalog *catalog)
{
  decide_run run = {catalog, NULL, job, 0, 0};
  int from_stdin = strcmp(job->orders_path, "-") == 0;
  int fd = from_stdin ? STDIN_FILENO : open(job->orders_path, O_RDONLY | O_CLOEXEC);
  line_reader reader;
  int done;

  if (fd < 0) {
    fprintf(stderr, "upsell decide: %s: %s\n", job->orders_path, strerror(errno));
    return EXIT_BAD_INPUT;
  }
  if (upsell_decision_new(&run.decision)) {
    fprintf(stderr, "upsell decide: memory ran out\n");
    return EXIT_BAD_INPUT;
  }
  line_begin(&reader, fd);
  done = decide_stream(&run, &reader);
  line_done(&reader);
  if (!from_stdin)
    close(fd);
  upsell_decision_free(run.decision);
  return done && !run.errors ? EXIT_WELL : EXIT_BAD_INPUT;
}

static int run_job(const decide_job *job)
{
  upsell_catalog *catalog;
  int status;

  catalog = catalog_load(job->catalog_path, stderr);
  if (!catalog)
    return EXIT_BAD_INPUT;
  status = decide_orders(job, catalog);
  upsell_catalog_free(catalog);
  return status;
}

/* Sets what the lines are; 0 for a name that is not known. */
static int read_from(const char *name, decide_job *job)
{
  if (strcmp(name, "order") == 0)
    job->from = NULL;
  else if (strcmp(name, "shopify-input-data") == 0)
    job->from = upsell_order_from_input_data;
  else if (strcmp(name, "shopify-order") == 0)
    job->from = upsell_order_from_shopify_order;
  else
    return 0;
  return 1;
}

/* Sets how the catalogue writes Shopify's ids; 0 for a name that is not known. */
static int read_ids(const char *name, decide_job *job)
{
  if (strcmp(name, "numbers") == 0)
    job->ids = UPSELL_IDS_NUMBERS;
  else if (strcmp(name, "gids") == 0)
    job->ids = UPSELL_IDS_GIDS;
  return job->ids != 0;
}

/* Reads the options into `job`. Returns -1 to go on, else the exit status. */
static int read_options(int argc, char **argv, decide_job *job)
{
  static const struct option options[] = {
      {"catalog", required_argument, NULL, 'c'}, {"from", required_argument, NULL, 'r'},
      {"ids", required_argument, NULL, 'i'},     {"explain", no_argument, NULL, 'e'},
      {"no-explain", no_argument, NULL, 'n'},    {"format", required_argument, NULL, 'f'},
      {"lang", required_argument, NULL, 'l'},    {"quiet", no_argument, NULL, 'q'},
      {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0},
  };
  const text_language *language = text_language_of("en");
  int option;

  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    switch (option) {
    case 'c':
      job->catalog_path = optarg;
      break;
    case 'r':
      if (!read_from(optarg, job))
        return usage_error("decide", "lines are order, shopify-input-data or shopify-order",
                           optarg);
      break;
    case 'i':
      if (!read_ids(optarg, job))
        return usage_error("decide", "ids are numbers or gids", optarg);
      break;
    case 'e':
      job->flags = UPSELL_DECIDE_EXPLAIN;
      break;
    case 'n':
      job->flags = 0;
      break;
    case 'f':
      if (strcmp(optarg, "text") != 0 && strcmp(optarg, "json") != 0)
        return usage_error("decide", "the format is json or text", optarg);
      job->language = optarg[0] == 't' ? language : NULL;
      break;
    case 'l':
      language = text_language_of(optarg);
      if (!language)
        return usage_error("decide", "the language is en or ja", optarg);
      break;
    case 'q':
      job->quiet = 1;
      break;
    case 'h':
      print_help("decide");
      return EXIT_WELL;
    default:
      return usage_error("decide", NULL, NULL);
    }
  }
  if (job->language)
    job->language = language;
  return -1;
}

int command_decide(int argc, char **argv)
{
  decide_job job = {NULL, "-", NULL, 0, UPSELL_DECIDE_EXPLAIN, NULL, 0};
  int status = read_options(argc, argv, &job);

  if (status >= 0)
    return status;
  if (!job.catalog_path)
    return usage_error("decide", "--catalog is required", NULL);
  if (argc - optind > 1)
    return usage_error("decide", "one file of orders was expected, found more", argv[optind + 1]);
  if (optind < argc)
    job.orders_path = argv[optind];
  if (strcmp(job.catalog_path, "-") == 0 && strcmp(job.orders_path, "-") == 0)
    return usage_error("decide", "catalogue and orders cannot both come from standard input", NULL);
  return run_job(&job);
}
