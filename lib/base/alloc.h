/* SPDX-License-Identifier: MIT */
/*
 * The only door to the heap. Every allocation of the library goes through
 * these three functions, so that tests can make the n-th one fail.
 */
#ifndef UPSELL_BASE_ALLOC_H
#define UPSELL_BASE_ALLOC_H

#include <stddef.h>

/* `count` items of `size` bytes, zeroed; NULL when memory ran out or the
 * product does not fit. A count of 0 gives room for one item. */
void *upsell__alloc(size_t count, size_t size);

/* Resizes to `count` items of `size` bytes; NULL leaves `memory` as it was. */
void *upsell__realloc(void *memory, size_t count, size_t size);

/* Frees what the two above gave; NULL does nothing. */
void upsell__free(void *memory);

/*
 * Makes room in a growing array: when `*capacity` is below `needed`, the array
 * is resized to twice its size or to `needed`, whichever is more. Returns 0
 * and changes nothing when memory ran out.
 */
int upsell__grow(void **items, size_t *capacity, size_t needed, size_t size);

#endif
