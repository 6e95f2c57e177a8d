/* SPDX-License-Identifier: MIT */
/* Measures libupsell on shops of many sizes; see README.md. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counted.h"
#include "result.h"
#include "tallies.h"

enum { SIZES_MAX = 5, SHAPES = 2, TARGETS_MAX = 8, ORDERS = 1024 };

static const size_t sizes[SIZES_MAX] = {10, 100, 1000, 10000, 100000};

typedef struct options {
  int quick;
  int json;
  size_t orders;
  size_t counted;   /* number of scenarios for counted_run(), or 0 */
  const char *path; /* for counted_run() */
  int strict;       /* for counted_run() */
  size_t sessions;  /* for tallies_run(), or 0 */
} options;

static const char usage[] =
    "usage: upsell-bench [--quick] [--json] [--orders N]\n"
    "       upsell-bench --callgrind N [--shape sparse|strict] [--path structs|explain|documents|"
    "json-c|\n"
    "                    packed|packed-batch|document|lines|\n"
    "                    plan|plan-documents|plan-json-c|runner|runner-step]\n"
    "       upsell-bench --tally N\n"
    "\n"
    "--quick      a smoke run: small shops, no target but that deciding allocates nothing\n"
    "--orders     how many different orders; 1024 unless told\n"
    "--json       figures and targets as one JSON document\n"
    "--callgrind  decisions or plans alone, on N scenarios; instructions.sh uses it\n"
    "--tally      what counting the events of N sessions costs\n";

static _Noreturn void wrong_usage(void)
{
  fputs(usage, stderr);
  exit(2);
}

static size_t read_number(const char *given, size_t least, size_t most)
{
  char *end;
  unsigned long size = strtoul(given, &end, 10);

  if (*end || size < least || size > most)
    wrong_usage();
  return size;
}

static int read_shape(const char *given)
{
  if (strcmp(given, "sparse") != 0 && strcmp(given, "strict") != 0)
    wrong_usage();
  return strcmp(given, "strict") == 0;
}

static options read_options(int argc, char **argv)
{
  static const struct option known[] = {
      {"quick", no_argument, NULL, 'q'},
      {"json", no_argument, NULL, 'j'},
      {"orders", required_argument, NULL, 'o'},
      {"callgrind", required_argument, NULL, 'c'},
      {"shape", required_argument, NULL, 's'},
      {"path", required_argument, NULL, 'p'},
      {"tally", required_argument, NULL, 't'},
      {"help", no_argument, NULL, 'h'},
      {NULL, 0, NULL, 0},
  };
  options o = {.orders = ORDERS, .path = "structs"};
  int option;

  while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
    if (option == 'q')
      o.quick = 1;
    else if (option == 'j')
      o.json = 1;
    else if (option == 'c')
      o.counted = read_number(optarg, 10, 1000000);
    else if (option == 'o')
      o.orders = read_number(optarg, 1, 100000);
    else if (option == 't')
      o.sessions = read_number(optarg, 1, 100000000);
    else if (option == 's')
      o.strict = read_shape(optarg);
    else if (option == 'p')
      o.path = optarg;
    else if (option == 'h')
      exit(fputs(usage, stdout) < 0);
    else
      wrong_usage();
  }
  if (optind != argc)
    wrong_usage();
  return o;
}

/* Each shape's shops in turn, from the smallest on. Returns how many. */
static size_t measure_all(const options *o, result *results)
{
  static const effort full = {7, 25e6, 150e6};
  static const effort short_run = {1, 1e6, 1e6};
  size_t per_shape = o->quick ? 2 : SIZES_MAX;
  size_t i;

  for (i = 0; i < SHAPES * per_shape; i++) {
    workload shop = {sizes[i % per_shape], i >= per_shape};
    if (isatty(STDERR_FILENO))
      fprintf(stderr, "%s %zu ...\n", shape_name(&shop), shop.scenarios);
    results[i] = result_measure(&shop, o->orders, o->quick ? &short_run : &full);
    results[i].growth = results[i].struct_ns / results[i - i % per_shape].struct_ns;
  }
  return i;
}

static const result *find(const result *results, size_t scenarios, int strict)
{
  while (results->shop.scenarios != scenarios || results->shop.strict != strict)
    results++;
  return results;
}

static double most(const result *results, size_t count, double (*figure)(const result *))
{
  double found = 0;
  size_t i;

  for (i = 0; i < count; i++)
    found = figure(&results[i]) > found ? figure(&results[i]) : found;
  return found;
}

static double middle(const result *results, size_t count, double (*figure)(const result *))
{
  double figures[SHAPES * SIZES_MAX];
  size_t i;

  for (i = 0; i < count; i++)
    figures[i] = figure(&results[i]);
  return median(figures, count);
}

static double allocations_of(const result *r)
{
  return r->struct_allocations + r->batch_allocations;
}

static double packed_ratio_of(const result *r)
{
  return r->packed.ratio;
}

static double lines_ratio_of(const result *r)
{
  return r->lines.ratio;
}

static double plan_ratio_of(const result *r)
{
  return r->sales ? plan_ratio(r) : 0;
}

/* Returns the number of targets. */
static size_t set_targets(const result *results, size_t count, int quick, target *targets)
{
  target allocations = {"heap allocations of a decision, alone or in a batch", "", 0, 0};
  target growth = {"sparse: cost at 100,000 scenarios / at 10", "", 4, 0};
  target build = {"building 10,000 scenarios, the slower shape", " ms", 200, 0};
  target sparse = {"sparse: documents, libupsell / json-c, worst", "", 0.5, 0};
  target strict = {"strict: documents, libupsell / json-c, worst", "", 0.5, 0};
  target packed = {"packed orders / structs, median of the shops", "", 1.6, 0};
  target lines = {"lines of a batch / documents alone, median", "", 1.15, 0};
  target plans = {"plans: documents, libupsell / json-c, worst", "", 0.5, 0};

  allocations.found = most(results, count, allocations_of);
  targets[0] = allocations;
  if (quick)
    return 1;
  growth.found = find(results, 100000, 0)->growth;
  build.found = find(results, 10000, 0)->build_ms;
  if (find(results, 10000, 1)->build_ms > build.found)
    build.found = find(results, 10000, 1)->build_ms;
  sparse.found = most(results, count / SHAPES, json_ratio);
  strict.found = most(results + count / SHAPES, count / SHAPES, json_ratio);
  targets[1] = growth;
  targets[2] = build;
  targets[3] = sparse;
  targets[4] = strict;
  plans.found = most(results, count, plan_ratio_of);
  targets[5] = plans;
  packed.found = middle(results, count, packed_ratio_of);
  lines.found = middle(results, count, lines_ratio_of);
  targets[6] = packed;
  targets[7] = lines;
  return TARGETS_MAX;
}

/* Returns the exit status. */
static int measure_and_print(const options *o)
{
  result results[SHAPES * SIZES_MAX];
  target targets[TARGETS_MAX];
  size_t count = measure_all(o, results);
  size_t target_count = set_targets(results, count, o->quick, targets);
  int missed = 0;
  size_t i;

  for (i = 0; i < target_count; i++)
    missed |= !target_met(&targets[i]);
  if (o->json) {
    print_json(results, count, targets, target_count);
  } else {
    print_tables(results, count);
    print_targets(targets, target_count);
  }
  return fflush(stdout) != 0 || missed;
}

int main(int argc, char **argv)
{
  options o = read_options(argc, argv);
  workload shop = {o.counted, o.strict};

  if (o.sessions)
    return tallies_run(o.sessions);
  if (!o.counted)
    return measure_and_print(&o);
  if (!counted_run(&shop, o.orders, o.path))
    wrong_usage();
  return 0;
}
