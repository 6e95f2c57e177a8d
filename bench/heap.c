/* SPDX-License-Identifier: MIT */
#include "heap.h"

#include <malloc.h>
#include <stdlib.h>

/* The allocator of glibc under its own names. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

static heap_count heap;
static int watched;

static void *taken(void *memory)
{
  heap.calls++;
  if (!watched)
    return memory;
  heap.live += malloc_usable_size(memory);
  if (heap.live > heap.peak)
    heap.peak = heap.live;
  return memory;
}

void *malloc(size_t size)
{
  return taken(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
  return taken(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
  size_t before = watched ? malloc_usable_size(memory) : 0;
  void *moved = __libc_realloc(memory, size);

  if (moved || size == 0)
    heap.live -= before;
  return taken(moved);
}

void free(void *memory)
{
  if (watched)
    heap.live -= malloc_usable_size(memory);
  __libc_free(memory);
}

heap_count heap_now(void)
{
  return heap;
}

void heap_watch(int on)
{
  watched = on;
  if (!on)
    return;
  heap.live = 0;
  heap.peak = 0;
}
