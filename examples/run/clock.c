/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <time.h>

#include "run.h"

/* For a clock that runs faster: the moment at which it was right, the same in every
 * process that carries a run on. The first second of 2025. */
static const int64_t EPOCH = 1735689600;

enum { SECOND = 1000000000, LONGEST_NAP = 10 };

/* SIGINT and SIGTERM stay blocked: they wait until they are asked for, between two
 * steps, and interrupt no call and no write. One that is ignored stays so. */
void clock_start(run_clock *clock, int64_t scale)
{
  static const int signals[] = {SIGINT, SIGTERM};
  struct sigaction before;
  size_t i;

  clock->scale = scale;
  clock->caught = 0;
  sigemptyset(&clock->signals);
  for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
    if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
      sigaddset(&clock->signals, signals[i]);
  }
  sigprocmask(SIG_BLOCK, &clock->signals, NULL);
}

static struct timespec real_time(void)
{
  struct timespec now = {0, 0};

  clock_gettime(CLOCK_REALTIME, &now);
  return now;
}

int64_t clock_now(const run_clock *clock)
{
  struct timespec now = real_time();
  int64_t seconds = ((int64_t)now.tv_sec - EPOCH) * clock->scale;

  return EPOCH + seconds + (int64_t)now.tv_nsec * clock->scale / SECOND;
}

/* How long to sleep until the clock shows a time, but no longer than a nap: the
 * computer's clock may be set meanwhile. */
static struct timespec nap_before(const run_clock *clock, int64_t until)
{
  struct timespec now = real_time();
  struct timespec nap = {LONGEST_NAP, 0};
  int64_t seconds = EPOCH + (until - EPOCH) / clock->scale - (int64_t)now.tv_sec;
  int64_t part = (until - EPOCH) % clock->scale * SECOND / clock->scale + 1;

  part -= (int64_t)now.tv_nsec;
  if (part < 0) {
    part += SECOND;
    seconds--;
  }
  if (seconds < LONGEST_NAP) {
    nap.tv_sec = seconds < 0 ? 0 : (time_t)seconds;
    nap.tv_nsec = seconds < 0 ? 0 : (long)part;
  }
  return nap;
}

/* Takes in a signal that came, or comes within a time. */
static int catch_signal(run_clock *clock, struct timespec patience)
{
  int caught;

  if (clock->caught)
    return 1;
  caught = sigtimedwait(&clock->signals, NULL, &patience);
  if (caught > 0)
    clock->caught = caught;
  return clock->caught != 0;
}

int clock_interrupted(run_clock *clock)
{
  struct timespec at_once = {0, 0};

  return catch_signal(clock, at_once);
}

int clock_sleep_until(run_clock *clock, int64_t until)
{
  while (clock_now(clock) < until) {
    if (catch_signal(clock, nap_before(clock, until)))
      return 0;
  }
  return !clock_interrupted(clock);
}

void clock_end_by_signal(const run_clock *clock)
{
  raise(clock->caught);
  sigprocmask(SIG_UNBLOCK, &clock->signals, NULL);
}
