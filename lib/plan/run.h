/* SPDX-License-Identifier: MIT */
/*
 * A run in memory: what its journal says, between reading it and writing the next
 * one. All of it lives in the arena of one call.
 */
#ifndef UPSELL_PLAN_RUN_H
#define UPSELL_PLAN_RUN_H

#include "plan/program.h"

enum { UPSELL__NO_TIME = -1, UPSELL__NO_ROW = -1 };

/* The last second of the year 9999. A clock in milliseconds is far beyond it; and what a
 * plan adds to a time, a year at most, is far from the end of 64 bits. */
#define UPSELL__TIME_MAX INT64_C(253402300799)

typedef enum upsell__phase {
  UPSELL__PHASE_NONE, /* not begun, or undone */
  UPSELL__PHASE_DUE,  /* to be sent, now or later */
  UPSELL__PHASE_SENT, /* in flight: it may have been executed, nobody knows yet */
  UPSELL__PHASE_DONE,
  UPSELL__PHASE_SKIPPED, /* counts as done */
  UPSELL__PHASE_STOPPED
} upsell__phase;

/* How a step stands. */
typedef struct upsell__standing {
  upsell__phase phase;
  int64_t due_at;   /* DUE: not before this; SENT: when it was sent; else UPSELL__NO_TIME */
  int64_t deadline; /* of a changeset or a wait that has begun; else UPSELL__NO_TIME */
  int64_t sends;
  int unanswered;               /* changeset: it was sent once without an answer */
  upsell_str result;            /* the last one; may be absent */
  int64_t *counts;              /* of each row with `max`: how often it was taken */
  int64_t compensated;          /* STOPPED: the row that starts the lane, or UPSELL__NO_ROW */
  const upsell__value *outputs; /* object, or NULL */
  upsell_str frozen;            /* variables of a keyed step as first sent; may be absent */
} upsell__standing;

typedef struct upsell__run {
  const upsell__program *program;
  upsell__arena *arena;
  upsell_str run_id;
  int64_t revision;
  int64_t started_at;
  int64_t now;
  upsell__standing *steps; /* as the program's */
  upsell_run_stop *stops;  /* in the order they came; room for every step */
  uint32_t *stopped;       /* the numbers of their steps */
  size_t stop_count;
  uint32_t filled; /* values that were filled in so far; see render.h */
  int changed;     /* the journal must say something new */
  int failed;      /* memory ran out: what follows is thrown away */
} upsell__run;

/* Names in documents; each list ends with NULL. */
extern const char *const upsell__phase_names[];   /* from UPSELL__PHASE_DUE on */
extern const char *const upsell__outcome_names[]; /* from UPSELL_RUN_OPEN on */

/* A run in which nothing has happened; 0 when memory ran out. */
int upsell__run_begin(upsell__run *run, const upsell__program *program, upsell__arena *arena);

/* The number of a step, or UPSELL__NO_STEP. */
uint32_t upsell__step_number(const upsell__program *program, upsell_str id);

/* The step in flight, or UPSELL__NO_STEP. */
uint32_t upsell__run_in_flight(const upsell__run *run);

/* Whether a step counts as done. */
int upsell__run_is_over(const upsell__run *run, uint32_t number);

/* Whether all that a step depends on counts as done. */
int upsell__run_is_ready(const upsell__run *run, uint32_t number);

/* enum upsell_run_outcome. */
int32_t upsell__run_outcome(const upsell__run *run);

/* The row by which a step started the lane, or NULL. */
const upsell__row *upsell__run_compensation(const upsell__run *run, uint32_t number);

/* How the buyer stands by a stop. The row that compensates says how, once the lane has
 * run through. What the lane may fail to do is not promised: as long as it runs, that is
 * unknown, and where a step of the lane stops, that one knows better. */
int32_t upsell__run_state(const upsell__run *run, size_t stop);

/* Whether a text is a run's id: 8 to 64 of A-Z a-z 0-9 - _, with a letter, so that no
 * store takes it for a number. */
int upsell__is_run_id(upsell_str text);

#endif
