/* SPDX-License-Identifier: MIT */
/* A heap that fails when it is told to: it replaces the C library's malloc in the
 * one program that includes this file, json-c included. Blocks in use are counted. */
#ifndef UPSELL_TESTS_FAILING_HEAP_H
#define UPSELL_TESTS_FAILING_HEAP_H

#include <errno.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void __libc_free(void *memory);

static struct {
  int armed;      /* requests are counted and may fail */
  int persistent; /* all requests from the failing one on fail */
  long fails_at;  /* number of the failing request; 0: none */
  long requests;
  long failures;
  long live; /* blocks in use */
} heap;

/* From now on request `at` fails; 0 only counts. */
static void heap_arm(long at)
{
  heap.fails_at = at;
  heap.requests = 0;
  heap.failures = 0;
  heap.armed = 1;
}

static int heap_fails(void)
{
  if (!heap.armed)
    return 0;
  heap.requests++;
  if (!heap.fails_at ||
      (heap.persistent ? heap.requests < heap.fails_at : heap.requests != heap.fails_at))
    return 0;
  heap.failures++;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t size)
{
  void *memory = heap_fails() ? NULL : __libc_malloc(size);

  heap.live += memory != NULL;
  return memory;
}

void *calloc(size_t count, size_t size)
{
  void *memory = heap_fails() ? NULL : __libc_calloc(count, size);

  heap.live += memory != NULL;
  return memory;
}

void *realloc(void *memory, size_t size)
{
  void *moved = heap_fails() ? NULL : __libc_realloc(memory, size);

  heap.live += moved != NULL && memory == NULL;
  return moved;
}

void free(void *memory)
{
  heap.live -= memory != NULL;
  __libc_free(memory);
}

#endif
