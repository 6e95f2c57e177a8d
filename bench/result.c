/* SPDX-License-Identifier: MIT */
#include "result.h"

#include <stdlib.h>

#include "batches.h"
#include "heap.h"
#include "jobs.h"
#include "plans.h"

enum { BUILDS_MAX = 64, BUILDS_LEAST = 3, SALES_MAX = 128 };

static upsell_catalog *build(const text *document)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;

  if (upsell_catalog_new_from_json(document->data, document->len, &catalog, &error))
    give_up(error.message);
  return catalog;
}

/* Builds the catalogue over and over; the last one stays. */
static upsell_catalog *time_builds(const text *document, const effort *spend, double *build_ms)
{
  double figures[BUILDS_MAX];
  upsell_catalog *catalog = NULL;
  double sum = 0;
  size_t count = 0;

  do {
    double begin;
    upsell_catalog_free(catalog);
    begin = cpu_ns();
    catalog = build(document);
    figures[count] = cpu_ns() - begin;
    sum += figures[count++];
  } while (count < BUILDS_MAX &&
           (count < BUILDS_LEAST || sum < spend->least_ns * (double)spend->rounds));
  *build_ms = median(figures, count) / 1e6;
  return catalog;
}

static void measure_heap(const text *document, result *r)
{
  upsell_catalog_info info = {0};
  upsell_catalog *catalog;

  heap_watch(1);
  catalog = build(document);
  r->live = heap_now().live;
  r->peak = heap_now().peak;
  info.size = sizeof(info);
  if (upsell_catalog_describe(catalog, &info))
    give_up("a catalogue was not described");
  r->held = (size_t)info.bytes;
  upsell_catalog_free(catalog);
  if (heap_now().live != 0)
    give_up("a catalogue was not freed");
  heap_watch(0);
}

static upsell_catalog *measure_catalog(const workload *shop, const effort *spend, result *r)
{
  text document = {0};
  upsell_catalog *catalog;

  workload_catalog(shop, &document);
  r->json_bytes = document.len;
  measure_heap(&document, r);
  catalog = time_builds(&document, spend, &r->build_ms);
  text_free(&document);
  return catalog;
}

static double timed_of(const effort *spend, operation *work, void *context, size_t count,
                       double *allocations)
{
  work(context, 0, count); /* memory grows to what these inputs need */
  *allocations = measure_allocations(work, context, count);
  return measure_ns(spend, work, context, count);
}

static double timed(const effort *spend, operation *work, job *j, double *allocations)
{
  return timed_of(spend, work, j, j->all->count, allocations);
}

static void measure_decisions(const effort *spend, job *j, result *r)
{
  j->offers = 0;
  job_structs(j, 0, j->all->count);
  r->offers = (double)j->offers / (double)j->all->count;
  r->struct_ns = timed(spend, job_structs, j, &r->struct_allocations);
  r->document_ns = timed(spend, job_documents, j, &r->document_allocations);
  r->json_c_ns = timed(spend, job_json_c, j, &r->json_c_allocations);
  r->json_c_parse_ns = measure_ns(spend, job_json_c_parse, j, j->all->count);
  j->flags = UPSELL_DECIDE_EXPLAIN;
  r->explain_ns = timed(spend, job_structs, j, &r->explain_allocations);
}

/* A job in batches beside the one that decides for the same orders alone. */
static comparison beside(const effort *spend, const task *alone, operation *work, batches *b,
                         double *allocations)
{
  task batch = {work, b};

  alone->work(alone->context, 0, b->all->count); /* memory grows to what these inputs need */
  work(b, 0, b->all->count);
  *allocations += measure_allocations(work, b, b->all->count);
  return measure_both(spend, alone, &batch, b->all->count);
}

static void measure_batches(const effort *spend, job *j, result *r)
{
  batches b = batches_of(j->catalog, j->all);
  task structs = {job_structs, j};
  task documents = {job_document, &b};

  j->flags = 0;
  r->packed_bytes = (double)b.packed.len / (double)j->all->count;
  r->packed = beside(spend, &structs, job_packed, &b, &r->batch_allocations);
  r->packed_batch = beside(spend, &structs, job_packed_batch, &b, &r->batch_allocations);
  r->lines = beside(spend, &documents, job_lines, &b, &r->batch_allocations);
  batches_free(&b);
}

/* Plans take long enough that fewer of them give the same figures. */
static void measure_plans(const effort *spend, const job *j, result *r)
{
  sales s = sales_of(j->catalog, j->all, SALES_MAX);

  r->sales = s.count;
  if (s.count) {
    r->plan_bytes = (double)s.plan_bytes / (double)s.count;
    r->plan_ns = timed_of(spend, job_plan_structs, &s, s.count, &r->plan_allocations);
    r->plan_document_ns =
        timed_of(spend, job_plan_documents, &s, s.count, &r->plan_document_allocations);
    r->plan_json_c_ns = timed_of(spend, job_plan_json_c, &s, s.count, &r->plan_json_c_allocations);
    r->runner_new_ns = timed_of(spend, job_runner_new, &s, s.count, &r->runner_new_allocations);
    r->runner_step_ns = timed_of(spend, job_runner_step, &s, s.count, &r->runner_step_allocations);
  }
  sales_free(&s);
}

result result_measure(const workload *shop, size_t count, const effort *spend)
{
  result r = {.shop = *shop, .orders = count, .growth = 1};
  upsell_catalog *catalog = measure_catalog(shop, spend, &r);
  orders all = workload_orders(shop, count);
  size_t *begins = need(count + 1, sizeof(*begins));
  text decisions = {0};
  job j = {.catalog = catalog, .all = &all, .decisions = &decisions, .begins = begins};

  j.tokener = json_tokener_new();
  if (!j.tokener || upsell_decision_new(&j.decision))
    give_up("memory ran out");
  job_write_decisions(&j, &decisions, begins);
  r.order_bytes = (double)all.documents.len / (double)count;
  r.decision_bytes = (double)decisions.len / (double)count;
  measure_decisions(spend, &j, &r);
  measure_batches(spend, &j, &r);
  measure_plans(spend, &j, &r);
  upsell_decision_free(j.decision);
  json_tokener_free(j.tokener);
  text_free(&decisions);
  free(begins);
  orders_free(&all);
  upsell_catalog_free(catalog);
  return r;
}
