/* SPDX-License-Identifier: MIT */
/*
 * Reading the parts of a plan document: one object, and what stands under its keys.
 * Each function reports what is wrong, at its pointer, and returns 0; one that finds
 * an optional key left out returns 0 as well and leaves the target as it is.
 */
#ifndef UPSELL_PLAN_PART_H
#define UPSELL_PLAN_PART_H

#include "base/report.h"
#include "json/value.h"

/* An object of the document, and where it stands. */
typedef struct upsell__part {
  upsell__sink *sink;
  const upsell__value *value;
  const upsell__path *path; /* NULL: the document itself */
} upsell__part;

typedef enum upsell__need { UPSELL__MAY_BE_ABSENT, UPSELL__MUST_BE_THERE } upsell__need;

/* The path of a member, whose key need not end with a NUL. */
static inline upsell__path upsell__at_member(const upsell__path *parent, upsell_str key)
{
  upsell__path path = {parent, key.data, key.len, 0};
  return path;
}

/* Whether a value is an object, as `path` must be. */
int upsell__must_be_object(upsell__sink *sink, const upsell__path *path,
                           const upsell__value *value);

/* Whether it is a string. */
int upsell__must_be_string(upsell__sink *sink, const upsell__path *path,
                           const upsell__value *value);

/* Whether a text is not empty. */
int upsell__must_be_text(upsell__sink *sink, const upsell__path *path, upsell_str text);

/* Whether a text is an RFC 6901 pointer. */
int upsell__must_be_pointer(upsell__sink *sink, const upsell__path *path, upsell_str text);

/* Whether a text is the name of a step, an output or a check: 1 to 64 of A-Z a-z 0-9 _ . -. */
int upsell__must_be_name(upsell__sink *sink, const upsell__path *path, upsell_str text);

/* Reports the keys that are not in `keys`, whose end is NULL. `title` says what the
 * object is: "a step". */
int upsell__part_keys(const upsell__part *part, const char *title, const char *const *keys);

/* A member of any kind. */
const upsell__value *upsell__part_member(const upsell__part *part, const char *key,
                                         upsell__need need);

/* Members by their kind. Texts are not empty. */
const upsell__value *upsell__part_object(const upsell__part *part, const char *key,
                                         upsell__need need);
const upsell__value *upsell__part_list(const upsell__part *part, const char *key,
                                       upsell__need need);

/* The same, with at most `max` members or items. */
const upsell__value *upsell__part_few(const upsell__part *part, const char *key, upsell__need need,
                                      upsell__json_kind kind, uint32_t max);
int upsell__part_text(const upsell__part *part, const char *key, upsell__need need,
                      upsell_str *text);
int upsell__part_name(const upsell__part *part, const char *key, upsell_str *name);
int upsell__part_pointer(const upsell__part *part, const char *key, upsell__need need,
                         upsell_str *pointer);
int upsell__part_flag(const upsell__part *part, const char *key, upsell__need need, int *flag);
int upsell__part_number(const upsell__part *part, const char *key, upsell__need need, int64_t min,
                        int64_t max, int64_t *number);

/* One of `names`, whose end is NULL; they are numbered from 1. */
int upsell__part_choice(const upsell__part *part, const char *key, const char *const *names,
                        int32_t *choice);

#endif
