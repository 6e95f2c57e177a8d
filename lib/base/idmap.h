/* SPDX-License-Identifier: MIT */
/*
 * Texts numbered 0, 1, 2 ... in the order they were added. A scope tells equal
 * texts apart: variants, for example, are numbered within their product. The
 * texts themselves are borrowed.
 *
 * Texts come from outside. A map starts with a quick hash; where too many texts
 * collide, as only texts made for it do, it changes to a keyed one. No random
 * source is needed: one would have to collide under all keys at once.
 */
#ifndef UPSELL_BASE_IDMAP_H
#define UPSELL_BASE_IDMAP_H

#include "base/str.h"

#define UPSELL__NO_INDEX UINT32_MAX

typedef struct upsell__idmap_entry {
  upsell_str text;
  uint32_t scope;
  uint32_t hash;
} upsell__idmap_entry;

typedef struct upsell__idmap_slot {
  uint32_t hash;
  uint32_t index; /* UPSELL__NO_INDEX: free */
} upsell__idmap_slot;

typedef struct upsell__idmap {
  upsell__idmap_entry *entries; /* by number */
  upsell__idmap_slot *slots;    /* by hash; a power of two, at most half full */
  size_t count;
  size_t capacity;
  uint32_t mask;
  uint32_t key; /* 0: the quick hash; else the keyed one */
} upsell__idmap;

/* A map is all zeros to begin with. */

/* Adds a text unless it is there. Gives its number, and in `*added` whether it
 * is new. Returns 0 when memory ran out. */
int upsell__idmap_add(upsell__idmap *map, uint32_t scope, upsell_str text, uint32_t *index,
                      int *added);

/* Takes back the text that was added last, so that a caller can undo. There is one. */
void upsell__idmap_remove_last(upsell__idmap *map);

/* The number of a text, or UPSELL__NO_INDEX. */
uint32_t upsell__idmap_find(const upsell__idmap *map, uint32_t scope, upsell_str text);

/* Heap memory that the map holds. */
size_t upsell__idmap_bytes(const upsell__idmap *map);

void upsell__idmap_free(upsell__idmap *map);

#endif
