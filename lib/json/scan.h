/* SPDX-License-Identifier: MIT */
/* The tokens of JSON: white space, strings, numbers. Pure scanning: no state. */
#ifndef UPSELL_JSON_SCAN_H
#define UPSELL_JSON_SCAN_H

#include "json/reader.h"

/* What is wrong with a token. */
typedef struct upsell__scan_fault {
  upsell_status status;
  const char *at;
  const char *message; /* static */
} upsell__scan_fault;

/* The first byte at or behind `p` that is not white space, or `end`. */
static inline const char *upsell__scan_space(const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  return p;
}

/* Scans a string from behind its opening quote. Returns where its closing quote
 * is, or NULL with `*fault` set. */
const char *upsell__scan_string(const char *p, const char *end, int *escaped,
                                upsell__scan_fault *fault);

/* Scans a number. Returns the end of it, or NULL with `*fault` set. */
const char *upsell__scan_number(const char *p, const char *end, upsell__json_number *number,
                                upsell__scan_fault *fault);

/* Decodes one character of a string without faults: moves `*p` on and writes 1
 * to 4 bytes. */
size_t upsell__scan_decode(const char **p, const char *end, char out[4]);

#endif
