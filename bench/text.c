/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void give_up(const char *message)
{
  fprintf(stderr, "upsell-bench: %s\n", message);
  exit(2);
}

void *need(size_t count, size_t size)
{
  void *memory = calloc(count ? count : 1, size);

  if (!memory)
    give_up("memory ran out");
  return memory;
}

/* Room for any one piece of a document. */
enum { PIECE_MAX = 1024 };

void text_reserve(text *out, size_t room)
{
  char *data;

  room += PIECE_MAX;
  if (out->capacity - out->len >= room)
    return;
  while (out->capacity - out->len < room)
    out->capacity = out->capacity ? out->capacity * 2 : 4096;
  data = realloc(out->data, out->capacity);
  if (!data)
    give_up("memory ran out");
  out->data = data;
}

void text_add(text *out, const char *format, ...)
{
  va_list args;
  int len;

  text_reserve(out, 0);
  va_start(args, format);
  len = vsnprintf(out->data + out->len, out->capacity - out->len, format, args);
  va_end(args);
  if (len < 0 || (size_t)len >= out->capacity - out->len)
    give_up("a piece of text is too long");
  out->len += (size_t)len;
}

void text_free(text *out)
{
  free(out->data);
  out->data = NULL;
  out->len = 0;
  out->capacity = 0;
}
