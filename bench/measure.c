/* SPDX-License-Identifier: MIT */
#include "measure.h"

#include <stdlib.h>
#include <time.h>

#include "heap.h"
#include "text.h"

enum { ROUNDS_MAX = 64, FIRST_STEP = 16 };

double cpu_ns(void)
{
  struct timespec now;

  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0)
    give_up("there is no clock for CPU time");
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int compare(const void *a, const void *b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

double median(double *figures, size_t count)
{
  qsort(figures, count, sizeof(*figures), compare);
  return figures[count / 2];
}

/* One round, from input `*at` on. The clock is asked ever more seldom. */
static double round_ns(const effort *spend, operation *work, void *context, size_t count,
                       size_t *at)
{
  double begin = cpu_ns();
  double elapsed = 0;
  size_t step = FIRST_STEP;
  size_t done = 0;

  while (elapsed < spend->least_ns || (*at != 0 && elapsed < spend->most_ns)) {
    size_t end = *at + step < count ? *at + step : count;
    work(context, *at, end);
    done += end - *at;
    *at = end % count;
    elapsed = cpu_ns() - begin;
    if (elapsed < spend->least_ns / 8)
      step *= 2;
  }
  return elapsed / (double)done;
}

double measure_ns(const effort *spend, operation *work, void *context, size_t count)
{
  double figures[ROUNDS_MAX];
  size_t at = 0;
  size_t i;

  for (i = 0; i < spend->rounds; i++)
    figures[i] = round_ns(spend, work, context, count, &at);
  return median(figures, spend->rounds);
}

comparison measure_both(const effort *spend, const task *first, const task *second, size_t count)
{
  double first_ns[ROUNDS_MAX];
  double second_ns[ROUNDS_MAX];
  double ratios[ROUNDS_MAX];
  comparison found;
  size_t first_at = 0;
  size_t second_at = 0;
  size_t i;

  for (i = 0; i < spend->rounds; i++) {
    first_ns[i] = round_ns(spend, first->work, first->context, count, &first_at);
    second_ns[i] = round_ns(spend, second->work, second->context, count, &second_at);
    ratios[i] = second_ns[i] / first_ns[i];
  }
  found.first_ns = median(first_ns, spend->rounds);
  found.second_ns = median(second_ns, spend->rounds);
  found.ratio = median(ratios, spend->rounds);
  return found;
}

double measure_allocations(operation *work, void *context, size_t count)
{
  uint64_t before = heap_now().calls;

  work(context, 0, count);
  return (double)(heap_now().calls - before) / (double)count;
}
