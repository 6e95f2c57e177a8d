/* SPDX-License-Identifier: MIT */
/* Whether what a platform answered is what a plan asks for: `where` and tests (RUN-2). */
#ifndef UPSELL_PLAN_MATCH_H
#define UPSELL_PLAN_MATCH_H

#include "plan/render.h"

/* What an element must have at a pointer. */
typedef struct upsell__condition {
  upsell_str at;
  enum { UPSELL__WANTS_EQUAL, UPSELL__WANTS_NOT_IN, UPSELL__WANTS_CONTAINS } wants;
  const upsell__value *value; /* NULL: nothing is left of it */
} upsell__condition;

/* A `where`, filled in: once for all elements of a list. */
typedef struct upsell__conditions {
  const upsell__condition *list;
  size_t count;
} upsell__conditions;

/* Fills in a `where`; on trouble, which `filling` keeps, it returns 0. */
int upsell__where_fill(upsell__filling *filling, const upsell__value *where,
                       upsell__conditions *conditions);

/* Whether an element is as all conditions want it. */
int upsell__where_matches(const upsell__conditions *conditions, const upsell__value *element);

/* Whether an entry of `checks` or `until` holds for the data of an answer. */
int upsell__test_holds(upsell__filling *filling, const upsell__test *test,
                       const upsell__value *data);

#endif
