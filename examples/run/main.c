/* SPDX-License-Identifier: MIT */
/* upsell-run: carries a plan out against an endpoint, with its journal on disk. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

enum { SCALE_MAX = 1000 };

static const char help[] =
    "Usage: upsell-run --plan P.json --endpoint URL [OPTION]...\n"
    "Carry a plan out. The journal on disk says how far it came: kill the program at\n"
    "any point, start it again, and it finishes.\n"
    "\n"
    "  --plan FILE      the plan, as `upsell plan` writes it (required)\n"
    "  --endpoint URL   where to send (required): URL/admin/api/VERSION/graphql.json,\n"
    "                   URL/calculate and URL/changeset\n"
    "  --journal FILE   where the journal is kept (default: the plan's name and\n"
    "                   \".journal\")\n"
    "  --allow-remote   the endpoint may be on another computer, by https\n"
    "  --quiet          no line per step on standard error\n"
    "  --time-scale N   for tests: time goes N times as fast, 1 to 1000\n"
    "  --help           show this text\n"
    "\n"
    "UPSELL_ACCESS_TOKEN in the environment is the Admin API's access token.\n"
    "\n"
    "Exit status: 0 completed, 3 stopped (standard output lists where, why, and how the\n"
    "buyer stands), 1 an error, 2 wrong usage.\n";

typedef struct order {
  const char *plan;
  const char *endpoint;
  const char *journal;
  int allow_remote;
  int quiet;
  int64_t scale;
} order;

static int wrong_usage(const char *what)
{
  if (what)
    fprintf(stderr, "upsell-run: %s\n", what);
  fputs("Try 'upsell-run --help'.\n", stderr);
  return EXIT_USAGE;
}

/* 0: not a number from 1 to SCALE_MAX. */
static int64_t scale_of(const char *words)
{
  char *end = NULL;
  long scale = words[0] >= '0' && words[0] <= '9' ? strtol(words, &end, 10) : 0;

  return end && !*end && scale <= SCALE_MAX ? scale : 0;
}

/* ---- making a host, and what it needs ---- */

static int set_up(host *h, const order *o, const plan_facts *plan, const char *journal)
{
  const char *token = getenv("UPSELL_ACCESS_TOKEN");

  h->quiet = o->quiet;
  h->currency = plan->currency;
  clock_start(&h->clock, o->scale);
  if (upsell_progress_new(&h->progress))
    end_without_memory();
  return endpoint_make(&h->endpoint, o->endpoint, plan->api_version, o->allow_remote) &&
         http_open(&h->http, token, h->endpoint.is_local) && journal_open(&h->journal, journal);
}

static void tear_down(host *h)
{
  journal_close(&h->journal);
  http_close(&h->http);
  endpoint_free(&h->endpoint);
  text_free(&h->step);
  upsell_progress_free(h->progress);
  upsell_runner_free(h->runner);
}

static int carry_out(const order *o)
{
  host h;
  plan_facts plan;
  text_buffer journal = {0};
  int status = EXIT_FAILED;

  memset(&h, 0, sizeof(h));
  text_add_words(&journal, o->journal ? o->journal : o->plan);
  if (!o->journal)
    text_add_words(&journal, ".journal");
  if (plan_read(&plan, o->plan, &h.runner) && set_up(&h, o, &plan, journal.data))
    status = drive(&h);
  tear_down(&h);
  plan_free(&plan);
  text_free(&journal);
  return status;
}

/* ---- options ---- */

static int check(const order *o)
{
  if (!o->plan || !o->endpoint)
    return wrong_usage("--plan and --endpoint are required");
  if (!o->scale)
    return wrong_usage("--time-scale: a whole number from 1 to 1000 was expected");
  if (o->scale > 1 && o->allow_remote)
    return wrong_usage("--time-scale is for tests, and not together with --allow-remote");
  return 0;
}

/* -1: go on; else the exit status. */
static int read_option(int option, order *o)
{
  switch (option) {
  case 'p':
    o->plan = optarg;
    return -1;
  case 'e':
    o->endpoint = optarg;
    return -1;
  case 'j':
    o->journal = optarg;
    return -1;
  case 'r':
    o->allow_remote = 1;
    return -1;
  case 'q':
    o->quiet = 1;
    return -1;
  case 't':
    o->scale = scale_of(optarg);
    return -1;
  case 'h':
    fputs(help, stdout);
    return fflush(stdout) ? EXIT_FAILED : EXIT_COMPLETED;
  default:
    return wrong_usage(NULL);
  }
}

int main(int argc, char **argv)
{
  static const struct option options[] = {
      {"plan", required_argument, NULL, 'p'},    {"endpoint", required_argument, NULL, 'e'},
      {"journal", required_argument, NULL, 'j'}, {"allow-remote", no_argument, NULL, 'r'},
      {"quiet", no_argument, NULL, 'q'},         {"time-scale", required_argument, NULL, 't'},
      {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0},
  };
  order o = {.scale = 1};
  int option;
  int ended = -1;

  signal(SIGPIPE, SIG_IGN);
  while (ended < 0 && (option = getopt_long(argc, argv, "", options, NULL)) != -1)
    ended = read_option(option, &o);
  if (ended >= 0)
    return ended;
  if (optind != argc)
    return wrong_usage("unexpected argument");
  ended = check(&o);
  return ended ? ended : carry_out(&o);
}
