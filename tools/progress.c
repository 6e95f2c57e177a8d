/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t milliseconds(const struct timespec *from, const struct timespec *to)
{
  return (int64_t)(to->tv_sec - from->tv_sec) * 1000 + (to->tv_nsec - from->tv_nsec) / 1000000;
}

void progress_begin(progress *bar, int fd, int quiet)
{
  struct stat info;

  memset(bar, 0, sizeof(*bar));
  bar->shown = !quiet && isatty(STDERR_FILENO);
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0)
    bar->total = (uint64_t)info.st_size;
  clock_gettime(CLOCK_MONOTONIC, &bar->begin);
  bar->last = bar->begin;
}

static void draw(progress *bar, uint64_t orders, uint64_t errors, uint64_t bytes)
{
  int64_t spent = milliseconds(&bar->begin, &bar->last);

  fprintf(stderr, "\rupsell: %" PRIu64 " orders, %" PRIu64 " errors", orders, errors);
  if (bar->total)
    fprintf(stderr, ", %" PRIu64 " %%", bytes >= bar->total ? 100 : bytes * 100 / bar->total);
  if (spent > 0)
    fprintf(stderr, ", %" PRIu64 " orders/s", orders * 1000 / (uint64_t)spent);
  fputs("\033[K", stderr);
  fflush(stderr);
}

void progress_show(progress *bar, uint64_t orders, uint64_t errors, uint64_t bytes)
{
  struct timespec now;

  if (!bar->shown)
    return;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (milliseconds(&bar->last, &now) < 200)
    return;
  bar->last = now;
  draw(bar, orders, errors, bytes);
}

void progress_end(progress *bar, uint64_t orders, uint64_t errors, uint64_t bytes)
{
  if (!bar->shown)
    return;
  clock_gettime(CLOCK_MONOTONIC, &bar->last);
  draw(bar, orders, errors, bytes);
  fputc('\n', stderr);
}
