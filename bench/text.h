/* SPDX-License-Identifier: MIT */
/* Growing text; the program ends when memory runs out. */
#ifndef UPSELL_BENCH_TEXT_H
#define UPSELL_BENCH_TEXT_H

#include <stddef.h>

typedef struct text {
  char *data;
  size_t len;
  size_t capacity;
} text;

/* Makes room: the text does not move until so many bytes were appended. */
void text_reserve(text *out, size_t room);

/* Appends, as printf() would print it. */
__attribute__((format(printf, 2, 3))) void text_add(text *out, const char *format, ...);

void text_free(text *out);

/* `count` items of `size` bytes, zeroed. */
void *need(size_t count, size_t size);

/* Ends the program with a message. */
_Noreturn void give_up(const char *message);

#endif
