/* SPDX-License-Identifier: MIT */
/* Tables of changes to a sale of plan_sale.h, each with what becomes of the plan. */
#ifndef UPSELL_TESTS_PLAN_DRIFT_H
#define UPSELL_TESTS_PLAN_DRIFT_H

#include "plan_sale.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A change of the sale. */
typedef struct edit {
  size_t at;   /* place in the sale; 0: no more of them (the first line's size) */
  size_t size; /* bytes to overwrite; 0: a text */
  int64_t value;
  upsell_str text;
} edit;

enum { EDITS_MAX = 7 };

/* Changes, and the one problem that they make. */
typedef struct drift {
  const char *name;
  int pattern;
  int forget;       /* 1: without ids of lines */
  const char *from; /* a change of the catalogue */
  const char *to;
  edit edits[EDITS_MAX];
  upsell_status code;
  const char *pointer;
} drift;

#define SIZE_OF(member) sizeof(((sale *)NULL)->member)
#define SET(member, value)                                                                         \
  {                                                                                                \
    offsetof(sale, member), SIZE_OF(member), (value),                                              \
    {                                                                                              \
      NULL, 0                                                                                      \
    }                                                                                              \
  }
#define TEXT(member, literal)                                                                      \
  {                                                                                                \
    offsetof(sale, member), 0, 0, UPSELL_STR(literal)                                              \
  }
#define GONE(member)                                                                               \
  {                                                                                                \
    offsetof(sale, member), 0, 0,                                                                  \
    {                                                                                              \
      NULL, 0                                                                                      \
    }                                                                                              \
  }
#define END                                                                                        \
  {                                                                                                \
    0, 0, 0,                                                                                       \
    {                                                                                              \
      NULL, 0                                                                                      \
    }                                                                                              \
  }

/* What becomes of the plan, as an argument of the following. */
#define RESULT(...) __VA_ARGS__
#define FINE UPSELL_OK, ""

/* Entries of tables: changes of the sale; the same without ids of lines; changes of the
 * catalogue besides. */
#define CASE(name, pattern, result, ...)                                                           \
  {                                                                                                \
    name, pattern, 0, NULL, NULL, {__VA_ARGS__, END}, result                                       \
  }
#define FORGOT(name, pattern, result, ...)                                                         \
  {                                                                                                \
    name, pattern, 1, NULL, NULL, {__VA_ARGS__, END}, result                                       \
  }
#define IN_SHOP(name, pattern, from, to, result, ...)                                              \
  {                                                                                                \
    name, pattern, 0, from, to, {__VA_ARGS__, END}, result                                         \
  }

static inline void apply(sale *s, const edit *e)
{
  char *place = (char *)s + e->at;
  int32_t narrow = (int32_t)e->value;

  if (e->size == 0)
    memcpy(place, &e->text, sizeof(e->text));
  else if (e->size == 1)
    *place = (char)e->value;
  else if (e->size == sizeof(narrow))
    memcpy(place, &narrow, sizeof(narrow));
  else
    memcpy(place, &e->value, sizeof(e->value));
}

static inline void sale_of(sale *s, const drift *d)
{
  size_t i;

  sale_init(s, d->pattern);
  if (d->forget)
    sale_forget_lines(s);
  for (i = 0; i < EDITS_MAX && d->edits[i].at; i++)
    apply(s, &d->edits[i]);
}

/* A plan that nobody made: it must stay where it is. */
static upsell_plan *const untouched = (upsell_plan *)(uintptr_t)&untouched;

static inline void check_drift(const drift *d)
{
  upsell_catalog *catalog = sale_shop(d->from, d->to);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = untouched;
  upsell_status status;
  sale s;

  sale_of(&s, d);
  status = upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error);
  if (status != d->code || strcmp(error.pointer, d->pointer) != 0)
    ck_abort_msg("%s: %s at \"%s\": %s", d->name, upsell_status_name(status), error.pointer,
                 error.message);
  ck_assert_int_eq(error.code, d->code);
  ck_assert_int_eq((plan == untouched), (status != UPSELL_OK));
  ck_assert_int_eq((error.message[0] == '\0'), (status == UPSELL_OK));
  if (status == UPSELL_OK)
    upsell_plan_free(plan);
  /* The details are optional. */
  plan = untouched;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, NULL),
                   d->code);
  ck_assert_int_eq((plan == untouched), (status != UPSELL_OK));
  if (status == UPSELL_OK)
    upsell_plan_free(plan);
  upsell_catalog_free(catalog);
}

#endif
