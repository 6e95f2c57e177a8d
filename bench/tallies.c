/* SPDX-License-Identifier: MIT */
#include "tallies.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <upsell/upsell.h>

#include "heap.h"
#include "measure.h"
#include "rng.h"
#include "text.h"

enum { SCENARIOS = 200, ID_SIZE = 37, EVENT_ROOM = 200 };

/* A session as ids such as platforms give, and the text of its event. */
typedef struct visit {
  char session[ID_SIZE];
  char scenario[8];
  uint8_t event_len;
  char event[EVENT_ROOM];
} visit;

typedef struct tallies {
  visit *visits;
  size_t count;
  upsell_tally *tally;
  upsell_tally *other;
} tallies;

typedef void step(tallies *t);

static void make_visit(visit *made, rng *random)
{
  uint64_t high = rng_next(random);
  uint64_t low = rng_next(random);
  int len;

  snprintf(made->session, ID_SIZE, "%08x-%04x-4%03x-%04x-%012" PRIx64, (unsigned)(high >> 32),
           (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFF),
           (unsigned)(low >> 50 | 0x8000), low & UINT64_C(0xFFFFFFFFFFFF));
  snprintf(made->scenario, sizeof(made->scenario), "S%03u", (unsigned)(low >> 48) % SCENARIOS);
  len = snprintf(made->event, EVENT_ROOM,
                 "{\"format\":\"upsell.event/1\",\"session_id\":\"%s\",\"scenario_id\":\"%s\","
                 "\"event\":\"clicked\",\"at\":1795000000}",
                 made->session, made->scenario);
  made->event_len = (uint8_t)len;
}

static visit *make_visits(size_t count)
{
  rng random = {2026};
  visit *visits = need(count, sizeof(*visits));
  size_t i;

  for (i = 0; i < count; i++)
    make_visit(&visits[i], &random);
  return visits;
}

static upsell_tally *new_tally(void)
{
  upsell_tally *tally = NULL;

  if (upsell_tally_new(&tally))
    give_up("no tally");
  return tally;
}

static void add_all(upsell_tally *tally, const tallies *t, int32_t count)
{
  size_t i;

  for (i = 0; i < t->count; i++) {
    if (upsell_tally_add(tally, upsell_str_of(t->visits[i].session),
                         upsell_str_of(t->visits[i].scenario), count, NULL))
      give_up("an event was refused");
  }
}

static void add_shown(tallies *t)
{
  add_all(t->tally, t, UPSELL_COUNT_SHOWN);
}

static void add_ordered(tallies *t)
{
  add_all(t->tally, t, UPSELL_COUNT_ORDERED);
}

static void add_texts(tallies *t)
{
  size_t i;

  for (i = 0; i < t->count; i++) {
    if (upsell_tally_add_json(t->tally, t->visits[i].event, t->visits[i].event_len, NULL))
      give_up("the text of an event was refused");
  }
}

static void merge(tallies *t)
{
  if (upsell_tally_merge(t->other, t->tally))
    give_up("no merging");
}

/* ---- measuring ---- */

static void check(const upsell_tally *tally, size_t sessions)
{
  upsell_counts counts;
  uint64_t ordered = 0;
  size_t i;

  for (i = 0; upsell_tally_get(tally, i, &counts) == UPSELL_OK; i++)
    ordered += counts.ordered;
  if (ordered != sessions)
    give_up("a session was counted twice, or not at all");
}

/* Prints what a step costs per session. Returns how often it took memory. */
static uint64_t measure(const char *name, tallies *t, step *work)
{
  heap_count before = heap_now();
  double begin = cpu_ns();
  double spent;

  work(t);
  spent = cpu_ns() - begin;
  printf("%-32s %9.1f %9.3f\n", name, spent / (double)t->count,
         (double)(heap_now().calls - before.calls) / (double)t->count);
  return heap_now().calls - before.calls;
}

/* Counted once more, since counting bytes takes time. */
static void print_bytes(const tallies *t)
{
  upsell_tally *tally;

  heap_watch(1);
  tally = new_tally();
  add_all(tally, t, UPSELL_COUNT_ORDERED);
  printf("%-32s %9.1f %9.1f\n", "heap bytes, and at most",
         (double)heap_now().live / (double)t->count, (double)heap_now().peak / (double)t->count);
  upsell_tally_free(tally);
  heap_watch(0);
}

int tallies_run(size_t sessions)
{
  tallies t = {make_visits(sessions), sessions, new_tally(), new_tally()};
  uint64_t allocations;

  printf("libupsell %s, %zu sessions of %d scenarios, CPU time, per session\n\n", upsell_version(),
         sessions, SCENARIOS);
  printf("%-32s %9s %9s\n", "", "ns", "allocs");
  measure("a new session", &t, add_shown);
  allocations = measure("a session that is known", &t, add_ordered);
  allocations += measure("the same as text", &t, add_texts);
  measure("merged into an empty tally", &t, merge);
  measure("merged into the same", &t, merge);
  check(t.tally, sessions);
  check(t.other, sessions);
  print_bytes(&t);
  upsell_tally_free(t.tally);
  upsell_tally_free(t.other);
  free(t.visits);
  if (allocations)
    printf("\nMISS: counting sessions that are known took memory\n");
  return allocations != 0;
}
