/* SPDX-License-Identifier: MIT */
/* Accepting: making plans for the orders that get an offer, and running their first step. */
#ifndef UPSELL_BENCH_PLANS_H
#define UPSELL_BENCH_PLANS_H

#include <json-c/json.h>

#include "workload.h"

/* An offer that a buyer takes as it is. */
typedef struct sale {
  const upsell_order *order;
  upsell_str order_text;
  upsell_str acceptance_text;
  upsell_acceptance acceptance;
  upsell_str plan; /* its document */
} sale;

typedef struct sales {
  sale *list;
  size_t count;
  size_t plan_bytes; /* of all plans */
  text acceptances;
  text plans;
  /* for the jobs */
  const upsell_catalog *catalog;
  json_tokener *tokener;
  upsell_progress *progress;
  size_t bytes; /* of text written */
} sales;

/* The sales of orders, at most `most` of them, with their plans. Ends the program when
 * structs and documents lead to different plans. */
sales sales_of(const upsell_catalog *catalog, const orders *all, size_t most);

void sales_free(sales *s);

/* Makes plans from structs. */
void job_plan_structs(void *context, size_t from, size_t to);

/* Makes plans from the texts of order and acceptance, to the text of the plan. */
void job_plan_documents(void *context, size_t from, size_t to);

/* json-c: parses and writes order, acceptance and plan. */
void job_plan_json_c(void *context, size_t from, size_t to);

/* Reads a plan and checks it for running, no more. */
void job_runner_new(void *context, size_t from, size_t to);

/* The same, and takes the first step. */
void job_runner_step(void *context, size_t from, size_t to);

#endif
