/* SPDX-License-Identifier: MIT */
/*
 * A plan document in the form that running wants: names are numbers, roads are
 * checked, nothing is left to be refused later but what a platform answers
 * (RUN-1, RUN-2). Immutable once built; it knows no platform.
 */
#ifndef UPSELL_PLAN_PROGRAM_H
#define UPSELL_PLAN_PROGRAM_H

#include <upsell/runner.h>

#include "json/value.h"

enum {
  UPSELL__STEPS_MAX = 1000,
  UPSELL__ENTRIES_MAX = 1000,   /* in each list of a step */
  UPSELL__CONDITIONS_MAX = 100, /* in a `where` */
  UPSELL__NO_STEP = 1000000,
  UPSELL__ALWAYS = -1
};

typedef enum upsell__channel {
  UPSELL__CHANNEL_CHANGESET = 1, /* in the buyer's page */
  UPSELL__CHANNEL_ADMIN,         /* a call of the server */
  UPSELL__CHANNEL_WAIT           /* a call that is repeated until something holds */
} upsell__channel;

typedef enum upsell__verb {
  UPSELL__DO_NEXT = 1,
  UPSELL__DO_SKIP_TO,
  UPSELL__DO_RETRY,
  UPSELL__DO_RESTART_FROM,
  UPSELL__DO_COMPENSATE,
  UPSELL__DO_STOP
} upsell__verb;

typedef enum upsell__op {
  UPSELL__OP_EQ = 1,
  UPSELL__OP_NE,
  UPSELL__OP_NULL,
  UPSELL__OP_PRESENT,
  UPSELL__OP_GE,
  UPSELL__OP_LT,
  UPSELL__OP_CONTAINS
} upsell__op;

/* A row of `on`. */
typedef struct upsell__row {
  upsell_str when;
  upsell__verb verb;
  uint32_t step;        /* number of the target, or UPSELL__NO_STEP */
  int64_t max;          /* how often it may match; UPSELL__ALWAYS: without end */
  int64_t wait_seconds; /* before a retry */
  int32_t state;        /* enum upsell_state, or 0 */
} upsell__row;

/* An entry of `checks` or `until`. Values may hold bindings. */
typedef struct upsell__test {
  upsell_str name;
  upsell_str at; /* pointer */
  upsell__op op;
  const upsell__value *value; /* or NULL */
  const upsell__value *where; /* object, or NULL */
} upsell__test;

typedef struct upsell__output {
  upsell_str name;
  upsell_str at;              /* pointer */
  const upsell__value *where; /* object: exactly one element of the list at `at`; or NULL */
  upsell_str take;            /* pointer into the element; "" the element itself */
  int all;                    /* with `where`: the list of all that match */
} upsell__output;

typedef struct upsell__webhook {
  upsell_str topic;
  const upsell__value *where; /* object, or NULL: any body */
} upsell__webhook;

typedef struct upsell__step {
  upsell_str id;
  upsell__channel channel;
  int compensation; /* it is in that lane */
  int compensates;  /* one of its rows starts that lane */
  int irreversible;
  int32_t if_stopped;    /* enum upsell_state */
  const uint32_t *needs; /* numbers of the steps in its `depends_on` */
  size_t need_count;
  const uint8_t *after; /* [number of steps]: 1 for all it depends on, directly or not */
  upsell_str key;       /* idempotency_key; absent: none */
  upsell_str operation; /* absent for a changeset; of the poll for a wait */
  upsell_str document;
  const upsell__value *variables; /* object, or NULL; of a changeset: its `changes` */
  const upsell__value *expect;    /* changeset: for the host */
  int buyer_consent;
  int64_t expires_after_seconds; /* changeset */
  int64_t every_seconds;         /* wait */
  int64_t timeout_seconds;       /* wait */
  upsell_str errors;             /* pointer to userErrors; absent: none */
  const upsell__output *outputs;
  size_t output_count;
  const upsell__test *checks;
  size_t check_count;
  const upsell__test *until; /* wait */
  size_t until_count;
  const upsell__webhook *webhooks; /* wait */
  size_t webhook_count;
  const upsell__row *rows;
  size_t row_count;
} upsell__step;

typedef struct upsell__program {
  upsell__arena arena; /* all that follows */
  upsell_str plan_id;
  const upsell__step *steps; /* in their order, which is one of dependence */
  uint32_t step_count;
} upsell__program;

/* Reads and checks a plan document; what is wrong is reported and its status returned.
 * The text is copied. */
upsell_status upsell__program_read(const char *text, size_t len, upsell__program *program,
                                   upsell__sink *sink);

void upsell__program_free(upsell__program *program);

#endif
