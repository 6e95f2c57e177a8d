/* SPDX-License-Identifier: MIT */
#include "counted.h"

#include <stdio.h>
#include <stdlib.h>

#include "batches.h"
#include "jobs.h"
#include "measure.h"
#include "plans.h"

static const struct {
  const char *path;
  operation *work;
  uint32_t flags;
} paths[] = {
    {"structs", job_structs, 0},
    {"explain", job_structs, UPSELL_DECIDE_EXPLAIN},
    {"documents", job_documents, 0},
    {"json-c", job_json_c, 0},
};

/* The same in batches. */
static const struct {
  const char *path;
  operation *work;
} batch_paths[] = {
    {"packed", job_packed},
    {"packed-batch", job_packed_batch},
    {"document", job_document},
    {"lines", job_lines},
};

/* The same for plans; there are fewer of them. */
static const struct {
  const char *path;
  operation *work;
} plan_paths[] = {
    {"plan", job_plan_structs},       {"plan-documents", job_plan_documents},
    {"plan-json-c", job_plan_json_c}, {"runner", job_runner_new},
    {"runner-step", job_runner_step},
};

enum { SALES_MAX = 32 };

/* What is counted is what happens in here: instructions.sh knows the name. */
__attribute__((noinline)) void upsell_bench_counted(operation *work, void *context, size_t count);

void upsell_bench_counted(operation *work, void *context, size_t count)
{
  work(context, 0, count);
}

static upsell_catalog *build(const workload *shop)
{
  text document = {0};
  upsell_catalog *catalog = NULL;

  workload_catalog(shop, &document);
  if (upsell_catalog_new_from_json(document.data, document.len, &catalog, NULL))
    give_up("a catalogue was refused");
  text_free(&document);
  return catalog;
}

static void run(job *j, operation *work, uint32_t flags)
{
  text decisions = {0};
  size_t *begins = need(j->all->count + 1, sizeof(*begins));

  j->decisions = &decisions;
  j->begins = begins;
  job_write_decisions(j, &decisions, begins);
  j->flags = flags;
  work(j, 0, j->all->count); /* warm: memory has grown */
  upsell_bench_counted(work, j, j->all->count);
  text_free(&decisions);
  free(begins);
}

/* Returns 0 when there is no such path. */
static int run_batches(const workload *shop, size_t count, const char *path)
{
  size_t i = 0;
  upsell_catalog *catalog;
  orders all;
  batches b;

  while (i < sizeof(batch_paths) / sizeof(batch_paths[0]) && strcmp(batch_paths[i].path, path) != 0)
    i++;
  if (i == sizeof(batch_paths) / sizeof(batch_paths[0]))
    return 0;
  all = workload_orders(shop, count);
  catalog = build(shop);
  b = batches_of(catalog, &all);
  batch_paths[i].work(&b, 0, count); /* warm */
  upsell_bench_counted(batch_paths[i].work, &b, count);
  printf("%zu decisions\n", count);
  batches_free(&b);
  upsell_catalog_free(catalog);
  orders_free(&all);
  return 1;
}

/* Returns 0 when there is no such path. */
static int run_plans(const workload *shop, size_t count, const char *path)
{
  size_t i = 0;
  upsell_catalog *catalog;
  orders all;
  sales s;

  while (i < sizeof(plan_paths) / sizeof(plan_paths[0]) && strcmp(plan_paths[i].path, path) != 0)
    i++;
  if (i == sizeof(plan_paths) / sizeof(plan_paths[0]))
    return 0;
  all = workload_orders(shop, count);
  catalog = build(shop);
  s = sales_of(catalog, &all, SALES_MAX);
  plan_paths[i].work(&s, 0, s.count); /* warm */
  upsell_bench_counted(plan_paths[i].work, &s, s.count);
  printf("%zu plans\n", s.count);
  sales_free(&s);
  upsell_catalog_free(catalog);
  orders_free(&all);
  return 1;
}

int counted_run(const workload *shop, size_t count, const char *path)
{
  size_t i = 0;
  orders all;
  job j = {0};

  while (i < sizeof(paths) / sizeof(paths[0]) && strcmp(paths[i].path, path) != 0)
    i++;
  if (i == sizeof(paths) / sizeof(paths[0]))
    return run_batches(shop, count, path) || run_plans(shop, count, path);
  all = workload_orders(shop, count);
  j.all = &all;
  j.catalog = build(shop);
  j.tokener = json_tokener_new();
  if (!j.tokener || upsell_decision_new(&j.decision))
    give_up("memory ran out");
  run(&j, paths[i].work, paths[i].flags);
  printf("%zu decisions\n", count);
  upsell_decision_free(j.decision);
  json_tokener_free(j.tokener);
  upsell_catalog_free((upsell_catalog *)j.catalog);
  orders_free(&all);
  return 1;
}
