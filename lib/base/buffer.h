/* SPDX-License-Identifier: MIT */
/*
 * A growing text. Once an append failed for lack of memory, `failed` is set and
 * further appends do nothing, so that a writer checks once, at its end.
 */
#ifndef UPSELL_BASE_BUFFER_H
#define UPSELL_BASE_BUFFER_H

#include "base/str.h"

typedef struct upsell__buffer {
  char *data;
  size_t len;
  size_t capacity;
  int failed;
} upsell__buffer;

/* A buffer is all zeros to begin with. */

/* Room for `count` more bytes; returns where they go, or NULL. */
char *upsell__buffer_reserve(upsell__buffer *buffer, size_t count);
void upsell__buffer_append(upsell__buffer *buffer, const char *data, size_t len);
void upsell__buffer_append_str(upsell__buffer *buffer, upsell_str text);
void upsell__buffer_append_char(upsell__buffer *buffer, char c);
void upsell__buffer_append_int(upsell__buffer *buffer, int64_t value);
void upsell__buffer_free(upsell__buffer *buffer);

/* Appends a string literal. */
#define UPSELL__APPEND(buffer, literal) \
  upsell__buffer_append((buffer), (literal), sizeof(literal) - 1)

#endif
