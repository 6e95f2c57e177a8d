/* SPDX-License-Identifier: MIT */
/* The figures of one shop, and how they are shown. */
#ifndef UPSELL_BENCH_RESULT_H
#define UPSELL_BENCH_RESULT_H

#include "measure.h"
#include "workload.h"

typedef struct result {
  workload shop;
  size_t orders;
  /* the catalogue */
  size_t json_bytes;
  double build_ms;
  size_t held; /* upsell_catalog_info.bytes */
  size_t live; /* bytes that the heap has for it */
  size_t peak; /* the same at most, while it was built */
  /* deciding */
  double offers; /* share of orders */
  double struct_ns;
  double struct_allocations;
  double explain_ns;
  double explain_allocations;
  double order_bytes;    /* on average */
  double decision_bytes; /* on average */
  double document_ns;
  double document_allocations;
  /* json-c */
  double json_c_ns;
  double json_c_parse_ns;
  double json_c_allocations;
  /* batches; a packed order and a line of a stream each beside the call for one alone */
  double packed_bytes; /* of an order, on average */
  comparison packed;   /* to a struct: one packed order per call */
  comparison packed_batch;
  comparison lines;         /* to upsell_decide_json() */
  double batch_allocations; /* of all these */
  /* accepting: plans and the first step of running them */
  size_t sales;      /* orders that get an offer, of which so many are measured */
  double plan_bytes; /* on average */
  double plan_ns;    /* from structs */
  double plan_allocations;
  double plan_document_ns; /* from the texts of order and acceptance to the plan's text */
  double plan_document_allocations;
  double plan_json_c_ns; /* json-c parses and writes the same three */
  double plan_json_c_allocations;
  double runner_new_ns;
  double runner_new_allocations;
  double runner_step_ns; /* a new runner, and the first step */
  double runner_step_allocations;
  double growth; /* struct_ns against that of the smallest shop of this shape */
} result;

/* A goal, and what was reached. */
typedef struct target {
  const char *name;
  const char *unit;
  double limit;
  double found;
} target;

static inline int target_met(const target *t)
{
  return t->found <= t->limit;
}

static inline double json_ratio(const result *r)
{
  return r->document_ns / r->json_c_ns;
}

static inline double plan_ratio(const result *r)
{
  return r->plan_document_ns / r->plan_json_c_ns;
}

static inline const char *shape_name(const workload *shop)
{
  return shop->strict ? "strict" : "sparse";
}

/* All figures of one shop. */
result result_measure(const workload *shop, size_t orders, const effort *spend);

void print_tables(const result *results, size_t count);

void print_targets(const target *targets, size_t count);

/* All of it as one JSON document. */
void print_json(const result *results, size_t count, const target *targets, size_t target_count);

#endif
