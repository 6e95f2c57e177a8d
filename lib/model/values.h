/* SPDX-License-Identifier: MIT */
/* Checks of single values, shared by catalogue and order. */
#ifndef UPSELL_MODEL_VALUES_H
#define UPSELL_MODEL_VALUES_H

#include "base/report.h"
#include "base/sized.h"

/* What every check of an input carries along. */
typedef struct upsell__check {
  upsell__sink *sink;
  int clean_text; /* texts are known to be UTF-8 without NUL */
} upsell__check;

/* A required id: 1 when it is valid, else reported (VAL-1). */
int upsell__check_id(const upsell__check *check, const upsell__path *parent, const char *key,
                     upsell_str id);

/* An id in a list, or at a path that is known. */
int upsell__check_id_at(const upsell__check *check, const upsell__path *path, upsell_str id);

/* The same for an id beside the document: one that is absent is no id. */
void upsell__check_own_id(const upsell__check *check, const char *key, upsell_str id);

/* A text: required, or left to its default when absent. */
void upsell__check_text(const upsell__check *check, const upsell__path *parent, const char *key,
                        upsell_str text, int required);

/* An integer from `min` to `max`. */
int upsell__check_range(const upsell__check *check, const upsell__path *parent, const char *key,
                        int64_t value, int64_t min, int64_t max);

/* An enumerator from 1 to `last`; 0 is reported as missing when required. */
int upsell__check_enum(const upsell__check *check, const upsell__path *parent, const char *key,
                       int32_t value, int32_t last, int required);

/* A three-valued choice. */
void upsell__check_choice(const upsell__check *check, const upsell__path *parent, const char *key,
                          int32_t value);

/* The currency of a document, in a struct's field (VAL-6). */
void upsell__check_currency(const upsell__check *check, const char code[4]);

/* Reports a code that is no currency's. */
void upsell__report_currency(upsell__sink *sink, upsell_str code);

/* The reserved field of a struct, which is no key of any document. */
void upsell__check_reserved(const upsell__check *check, const upsell__path *parent, uint32_t value);

/*
 * A list of sized structs. Returns how many items can be read: all, or 0 after a
 * report.
 */
size_t upsell__check_list(const upsell__check *check, const upsell__path *parent, const char *key,
                          const void *items, size_t count, upsell__shape shape);

/* A sized struct; 0 after a report. */
int upsell__check_sized(const upsell__check *check, const upsell__path *path, const void *sized,
                        upsell__shape shape);

/* Reports a missing key at its own pointer (DOC-4). */
void upsell__report_missing(upsell__sink *sink, const upsell__path *parent, const char *key);

#endif
