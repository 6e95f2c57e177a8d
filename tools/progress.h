/* SPDX-License-Identifier: MIT */
/* A progress line on standard error, where that is a terminal. */
#ifndef UPSELL_TOOLS_PROGRESS_H
#define UPSELL_TOOLS_PROGRESS_H

#include <stdint.h>
#include <time.h>

typedef struct progress {
  int shown;      /* whether to show anything at all */
  uint64_t total; /* bytes to read; 0: not known */
  struct timespec begin;
  struct timespec last; /* when the line was drawn last */
} progress;

void progress_begin(progress *bar, int fd, int quiet);

/* Draws the line, at most a few times a second. */
void progress_show(progress *bar, uint64_t orders, uint64_t errors, uint64_t bytes);

/* Draws it for the last time and ends it. */
void progress_end(progress *bar, uint64_t orders, uint64_t errors, uint64_t bytes);

#endif
