/* SPDX-License-Identifier: MIT */
/* Batches: packed orders beside structs, and streams beside documents one by one. */
#ifndef UPSELL_BENCH_BATCHES_H
#define UPSELL_BENCH_BATCHES_H

#include "workload.h"

/* The same orders as one text in each form. */
typedef struct batches {
  const upsell_catalog *catalog;
  const orders *all;
  text packed;
  size_t *packed_at; /* where each packed order begins, and where the last one ends */
  text lines;
  size_t *line_at;
  upsell_batch *batch;
  upsell_decision *decision;
  size_t offers; /* decisions with an offer */
} batches;

/* Ends the program when an order in a batch comes to something else than alone. */
batches batches_of(const upsell_catalog *catalog, const orders *all);

void batches_free(batches *b);

/* Decides on packed orders, one call for each. */
void job_packed(void *context, size_t from, size_t to);

/* Decides on packed orders, one call for all of them. */
void job_packed_batch(void *context, size_t from, size_t to);

/* Decides on documents, one call for each; no decision is written. */
void job_document(void *context, size_t from, size_t to);

/* Decides on a stream of documents, one call for all lines. */
void job_lines(void *context, size_t from, size_t to);

#endif
