/* SPDX-License-Identifier: MIT */
/* What the reader says about a text as a whole. */
#ifndef UPSELL_TESTS_VERDICT_H
#define UPSELL_TESTS_VERDICT_H

#include <stdlib.h>

#include "json/reader.h"

typedef struct verdict {
  upsell_status status;
  int64_t offset;
  char pointer[UPSELL_POINTER_SIZE];
} verdict;

/* Reads one document by skipping it. The text is put into memory of just its
 * size first, so that a sanitizer sees any byte read behind it. */
static inline verdict judge_text(const char *text, size_t len)
{
  upsell__reader reader;
  verdict result;
  char *copy = malloc(len ? len : 1);

  if (len)
    memcpy(copy, text, len);
  upsell__reader_init(&reader, copy, len);
  if (upsell__reader_skip(&reader))
    upsell__reader_end(&reader);
  result.status = reader.status;
  result.offset = upsell__reader_offset(&reader);
  upsell__reader_pointer(&reader, result.pointer, sizeof(result.pointer));
  upsell__reader_done(&reader);
  free(copy);
  return result;
}

#endif
