/* SPDX-License-Identifier: MIT */
/* How long an operation takes, in CPU time of this process. */
#ifndef UPSELL_BENCH_MEASURE_H
#define UPSELL_BENCH_MEASURE_H

#include <stddef.h>

/* How much work goes into one figure. */
typedef struct effort {
  size_t rounds;   /* the figure is their median; odd */
  double least_ns; /* a round takes at least so long ... */
  double most_ns;  /* ... and ends at this at the latest, even within a pass */
} effort;

/* Does the work for the inputs from `from` to `to` - 1. */
typedef void operation(void *context, size_t from, size_t to);

/* An operation and what it works on. */
typedef struct task {
  operation *work;
  void *context;
} task;

double cpu_ns(void);

double median(double *figures, size_t count);

/* Nanoseconds for one input, over whole passes through all `count` of them. */
double measure_ns(const effort *spend, operation *work, void *context, size_t count);

/* Nanoseconds of two operations on the same inputs. Their rounds take turns, so that what
 * else the machine does meets both; `ratio` is the median of the rounds' ratios. */
typedef struct comparison {
  double first_ns;
  double second_ns;
  double ratio; /* second to first */
} comparison;

comparison measure_both(const effort *spend, const task *first, const task *second, size_t count);

/* Heap allocations for one input, over one pass. */
double measure_allocations(operation *work, void *context, size_t count);

#endif
