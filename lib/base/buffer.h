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

/* Makes room for `count` more bytes; 0 when memory ran out, now or before. */
int upsell__buffer_grow(upsell__buffer *buffer, size_t count);

/* Room for `count` more bytes; returns where they go, or NULL. Hot path, as the
 * next two: a decision is written in about a hundred short pieces. */
static inline char *upsell__buffer_reserve(upsell__buffer *buffer, size_t count)
{
  if (buffer->capacity - buffer->len < count && !upsell__buffer_grow(buffer, count))
    return NULL;
  return buffer->data + buffer->len;
}

static inline void upsell__buffer_append(upsell__buffer *buffer, const char *data, size_t len)
{
  char *room = upsell__buffer_reserve(buffer, len);

  if (!room || !len)
    return;
  memcpy(room, data, len);
  buffer->len += len;
}

static inline void upsell__buffer_append_char(upsell__buffer *buffer, char c)
{
  upsell__buffer_append(buffer, &c, 1);
}

void upsell__buffer_append_int(upsell__buffer *buffer, int64_t value);
void upsell__buffer_append_uint(upsell__buffer *buffer, uint64_t value);
void upsell__buffer_free(upsell__buffer *buffer);

/* Appends a string literal. */
#define UPSELL__APPEND(buffer, literal)                                                            \
  upsell__buffer_append((buffer), (literal), sizeof(literal) - 1)

#endif
