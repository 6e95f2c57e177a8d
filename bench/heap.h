/* SPDX-License-Identifier: MIT */
/*
 * Counts what the program takes from the heap: heap.c defines malloc() and its
 * kin for the whole process, the libraries included. For one thread.
 */
#ifndef UPSELL_BENCH_HEAP_H
#define UPSELL_BENCH_HEAP_H

#include <stddef.h>
#include <stdint.h>

typedef struct heap_count {
  uint64_t calls; /* of malloc, calloc and realloc */
  size_t live;    /* bytes taken since heap_watch() and still in use */
  size_t peak;    /* the most of them at a time */
} heap_count;

heap_count heap_now(void);

/*
 * Counts bytes from now on, from 0, as the allocator rounds them; or no longer.
 * Calls are always counted. Bytes take time to count, which would be charged to
 * whoever allocates much. While bytes are counted, nothing older may be freed.
 */
void heap_watch(int on);

#endif
