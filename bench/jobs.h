/* SPDX-License-Identifier: MIT */
/* The operations that are measured. */
#ifndef UPSELL_BENCH_JOBS_H
#define UPSELL_BENCH_JOBS_H

#include <json-c/json.h>

#include "workload.h"

typedef struct job {
  const upsell_catalog *catalog;
  const orders *all;
  upsell_decision *decision;
  uint32_t flags;        /* of upsell_decide() */
  const text *decisions; /* documents, for json-c */
  const size_t *begins;  /* of the decisions */
  json_tokener *tokener;
  size_t offers; /* decisions with an offer */
  size_t bytes;  /* of text written */
} job;

/* Decides on structs. */
void job_structs(void *context, size_t from, size_t to);

/* Decides from an order's text to a decision's text. */
void job_documents(void *context, size_t from, size_t to);

/* json-c: parses an order. */
void job_json_c_parse(void *context, size_t from, size_t to);

/* json-c: parses and writes both an order and its decision. */
void job_json_c(void *context, size_t from, size_t to);

/* Writes the decisions of all orders, and where each begins. Ends the program
 * when structs and documents lead to different decisions. */
void job_write_decisions(job *j, text *decisions, size_t *begins);

#endif
