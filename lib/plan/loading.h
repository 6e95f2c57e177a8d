/* SPDX-License-Identifier: MIT */
/*
 * Making a program of a plan document, in two rounds: `program.c` and `load_*.c` read it
 * into structs; then `check_*.c` check what needs all steps at once, with what `roads.c` finds
 * out about the ways through them.
 */
#ifndef UPSELL_PLAN_LOADING_H
#define UPSELL_PLAN_LOADING_H

#include "base/idmap.h"
#include "plan/part.h"
#include "plan/program.h"

typedef struct upsell__loading {
  upsell__sink *sink;
  upsell__arena *arena; /* the program's */
  upsell__idmap ids;    /* of all steps: their numbers */
  upsell__step *steps;
  uint32_t step_count;
  uint32_t *named; /* by number of a step: 1 + the last one that names it in `depends_on` */
} upsell__loading;

/* The names of `enum upsell_state`, from 1 on; the end is NULL. */
extern const char *const upsell__state_names[];

/* Reads all of a step but its id and `depends_on`. */
void upsell__load_step(upsell__loading *loading, const upsell__part *part, upsell__step *step);

/* Reads the list `checks`, whose names are results. */
void upsell__load_checks(upsell__loading *loading, const upsell__part *part, upsell__step *step);

/* Reads the list `until`. */
void upsell__load_until(upsell__loading *loading, const upsell__part *part, upsell__step *step);

/* Reads the member `output`. */
void upsell__load_outputs(upsell__loading *loading, const upsell__part *part, upsell__step *step);

/* Reads the list `on`. */
void upsell__load_rows(upsell__loading *loading, const upsell__part *part, upsell__step *step);

/* A list of a step. */
static inline const upsell__value *upsell__load_list(const upsell__part *part, const char *key,
                                                     upsell__need need)
{
  return upsell__part_few(part, key, need, UPSELL__JSON_ARRAY, UPSELL__ENTRIES_MAX);
}

/* The member `where`. */
static inline const upsell__value *upsell__load_where(const upsell__part *part, upsell__need need)
{
  return upsell__part_few(part, "where", need, UPSELL__JSON_OBJECT, UPSELL__CONDITIONS_MAX);
}

/* The step with an id, anywhere in the plan; one that is not there is reported. */
int upsell__find_step(const upsell__loading *loading, const upsell__path *path, upsell_str id,
                      uint32_t *number);

/* The second round: rows that lead where they must not, or repeat what must not be. */
void upsell__check_rows(upsell__loading *loading);

/* Values that are not well formed, or bound to what is not there on every road. The
 * rows must have been found good. */
void upsell__check_bindings(const upsell__loading *loading);

/* `count` zeroed structs of the program; NULL, and a report, when memory ran out. */
void *upsell__load_array(upsell__loading *loading, size_t count, size_t size);

#endif
