/* SPDX-License-Identifier: MIT */
/* The result of a step: what its rows are about (RUN-6). */
#ifndef UPSELL_PLAN_RESULT_H
#define UPSELL_PLAN_RESULT_H

#include "json/value.h"

/* What a result means to the runner itself; rows only see its names. */
typedef enum upsell__result_kind {
  UPSELL__RESULT_NO_ANSWER = 1, /* it may have been executed */
  UPSELL__RESULT_THROTTLED,     /* it was not executed: not now */
  UPSELL__RESULT_NOT_YET,       /* wait: what it waits for is not there */
  UPSELL__RESULT_OK,            /* goes on where no row says otherwise */
  UPSELL__RESULT_CHARGED,       /* changeset: it was applied, now or before */
  UPSELL__RESULT_NOT_SENT,      /* changeset: this time it was certainly not sent */
  UPSELL__RESULT_OTHER
} upsell__result_kind;

typedef struct upsell__result {
  upsell__result_kind kind;
  upsell_str name;          /* the one that the journal keeps */
  const upsell_str *others; /* further names that a row may have */
  size_t other_count;
  const upsell__value *outputs; /* object; NULL: none were taken */
} upsell__result;

/* A result with one name, which is borrowed. */
upsell__result upsell__result_of(upsell__result_kind kind, upsell_str name);

static inline upsell__result upsell__result_no_answer(void)
{
  return upsell__result_of(UPSELL__RESULT_NO_ANSWER, upsell_str_of("no_answer"));
}

static inline upsell__result upsell__result_throttled(void)
{
  return upsell__result_of(UPSELL__RESULT_THROTTLED, upsell_str_of("throttled"));
}

static inline upsell__result upsell__result_other(const char *name)
{
  return upsell__result_of(UPSELL__RESULT_OTHER, upsell_str_of(name));
}

/* Whether a row with this `when` is about the result. */
int upsell__result_is(const upsell__result *result, upsell_str when);

/* Whether a text is a result that only the runner itself gives. */
int upsell__result_is_ours(upsell_str name);

/* Whether a text may be a code of the platform, or a host's reason: a name, and none
 * that could pass for a result of our own. */
int upsell__result_is_code(upsell_str text);

#endif
