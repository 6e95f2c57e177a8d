/* SPDX-License-Identifier: MIT */
/*
 * Collecting what is wrong with an input. A sink keeps the first problem for a
 * caller's upsell_error, or all of them in a list.
 */
#ifndef UPSELL_BASE_REPORT_H
#define UPSELL_BASE_REPORT_H

#include <upsell/status.h>

#include "base/path.h"

typedef struct upsell__sink {
  upsell_status status;      /* the first problem's code, or UPSELL_OK */
  upsell_error *first;       /* filled by the first problem; may be NULL */
  upsell_problems *problems; /* collects all; NULL: only the first counts */
  int full;                  /* the list takes no more */
} upsell__sink;

/* Whether to go on after a problem: only when all are wanted and memory is there. */
static inline int upsell__sink_goes_on(const upsell__sink *sink)
{
  return sink->status == UPSELL_OK ||
         (sink->problems && sink->status != UPSELL_NO_MEMORY && !sink->full);
}

/*
 * Reports a problem. `message` is a printf format for one sentence. A second
 * problem at the same pointer, or below it, is left out: it would only repeat
 * the first.
 * Running out of memory has a function of its own.
 */
void upsell__report(upsell__sink *sink, upsell_status code, const upsell__path *path,
                    const char *message, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 4, 5)))
#endif
    ;

/* Where a problem is, as text. */
typedef struct upsell__place {
  char pointer[UPSELL_POINTER_SIZE];
  int whole;      /* 0: the pointer was cut to that of an ancestor */
  int64_t offset; /* byte position, or -1 */
} upsell__place;

/* The same for a place that is text already. */
void upsell__report_at(upsell__sink *sink, upsell_status code, const upsell__place *place,
                       const char *message);

/* Reports that memory ran out and returns that status. */
upsell_status upsell__report_no_memory(upsell__sink *sink);

/* Fills a caller's upsell_error; does nothing for NULL or one without a size. */
void upsell__error_set(upsell_error *error, upsell_status code, const char *pointer, int64_t offset,
                       const char *message);

/* A new, empty list of problems, or NULL. */
upsell_problems *upsell__problems_new(void);

/* Hands over the sink's list after a check; when memory ran out, frees it instead.
 * Returns UPSELL_OK or UPSELL_NO_MEMORY. */
upsell_status upsell__problems_finish(const upsell__sink *sink, upsell_problems **problems);

/* Pointer and code of a problem in a list. */
const char *upsell__problems_pointer(const upsell_problems *problems, size_t index);
upsell_status upsell__problems_code(const upsell_problems *problems, size_t index);

/* Room for a quoted value in a message. */
#define UPSELL__QUOTE_SIZE 64

/* Writes a text in double quotes for a message, shortened and made printable;
 * returns `out`. */
const char *upsell__quote(upsell_str text, char out[UPSELL__QUOTE_SIZE]);

#endif
