/* SPDX-License-Identifier: MIT */
/*
 * Memory that is given out piece by piece and taken back all at once. Resetting
 * keeps the blocks, so that an arena in use again and again stops allocating.
 */
#ifndef UPSELL_BASE_ARENA_H
#define UPSELL_BASE_ARENA_H

#include "base/str.h"

typedef struct upsell__arena_block upsell__arena_block;

typedef struct upsell__arena {
  upsell__arena_block *first;   /* all blocks, in the order they are filled */
  upsell__arena_block *current; /* the one that is being filled, or NULL */
  size_t used;                  /* bytes given out of `current` */
  size_t bytes;                 /* heap memory held in all */
} upsell__arena;

/* An arena is all zeros to begin with. */

/* `count` items of `size` bytes, zeroed and aligned for any type; NULL when
 * memory ran out. */
void *upsell__arena_alloc(upsell__arena *arena, size_t count, size_t size);

/* A copy of a slice, with a NUL behind it; absent stays absent. Returns 0 when
 * memory ran out. */
int upsell__arena_copy(upsell__arena *arena, upsell_str text, upsell_str *copy);

/* `used` items of `size` bytes at `items`, with room for one more: the array is
 * moved within the arena when `used` is a power of two it has filled. */
void *upsell__arena_append(upsell__arena *arena, void *items, size_t used, size_t size);

/* Takes everything back and keeps the blocks. */
void upsell__arena_reset(upsell__arena *arena);

/* Frees the blocks; the arena is empty and usable again. */
void upsell__arena_free(upsell__arena *arena);

#endif
