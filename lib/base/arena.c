/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

enum { ARENA_ALIGN = 16, ARENA_FIRST_BLOCK = 2048, ARENA_LARGEST_BLOCK = 1 << 20 };

struct upsell__arena_block {
  upsell__arena_block *next;
  size_t size; /* bytes of payload */
};

/* The payload starts behind the header, at the next multiple of ARENA_ALIGN. */
enum { HEADER = (sizeof(upsell__arena_block) + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN };

static char *payload(upsell__arena_block *block)
{
  return (char *)block + HEADER;
}

static upsell__arena_block *add_block(upsell__arena *arena, size_t wanted)
{
  size_t size = arena->bytes < ARENA_FIRST_BLOCK ? ARENA_FIRST_BLOCK : arena->bytes;
  upsell__arena_block *block;

  if (size > ARENA_LARGEST_BLOCK)
    size = ARENA_LARGEST_BLOCK;
  if (size < wanted)
    size = wanted;
  if (size > SIZE_MAX - HEADER)
    return NULL;
  block = upsell__realloc(NULL, HEADER + size, 1);
  if (!block)
    return NULL;
  block->size = size;
  arena->bytes += HEADER + size;
  block->next = NULL;
  return block;
}

/* Moves on to a block with `wanted` bytes: the next one that is large enough,
 * or a new one put in place behind the current. */
static int next_block(upsell__arena *arena, size_t wanted)
{
  upsell__arena_block *block = arena->current ? arena->current->next : arena->first;

  if (!block || block->size < wanted) {
    upsell__arena_block *added = add_block(arena, wanted);
    if (!added)
      return 0;
    added->next = block;
    if (arena->current)
      arena->current->next = added;
    else
      arena->first = added;
    block = added;
  }
  arena->current = block;
  arena->used = 0;
  return 1;
}

static void *take(upsell__arena *arena, size_t count, size_t size)
{
  size_t wanted;
  char *memory;

  if (size && count > (SIZE_MAX - ARENA_ALIGN) / size)
    return NULL;
  wanted = (count * size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
  if (!arena->current || arena->current->size - arena->used < wanted) {
    if (!next_block(arena, wanted))
      return NULL;
  }
  memory = payload(arena->current) + arena->used;
  arena->used += wanted;
  return memory;
}

void *upsell__arena_alloc(upsell__arena *arena, size_t count, size_t size)
{
  void *memory = take(arena, count, size);

  if (memory)
    memset(memory, 0, count * size);
  return memory;
}

int upsell__arena_copy(upsell__arena *arena, upsell_str text, upsell_str *copy)
{
  char *memory;

  if (!text.data) {
    *copy = text;
    return 1;
  }
  memory = text.len < SIZE_MAX ? take(arena, text.len + 1, 1) : NULL;
  if (!memory)
    return 0;
  memcpy(memory, text.data, text.len);
  memory[text.len] = '\0';
  copy->data = memory;
  copy->len = text.len;
  return 1;
}

void *upsell__arena_append(upsell__arena *arena, void *items, size_t used, size_t size)
{
  char *moved;

  /* Room grows 0, 4, 8, 16 ...: it is full exactly at those counts. */
  if (used != 0 && (used < 4 || (used & (used - 1)) != 0))
    return items;
  if (used > SIZE_MAX / 2)
    return NULL;
  moved = upsell__arena_alloc(arena, used ? used * 2 : 4, size);
  if (moved && used)
    memcpy(moved, items, used * size);
  return moved;
}

void upsell__arena_reset(upsell__arena *arena)
{
  arena->current = NULL;
  arena->used = 0;
}

void upsell__arena_free(upsell__arena *arena)
{
  upsell__arena_block *block = arena->first;

  while (block) {
    upsell__arena_block *next = block->next;
    upsell__free(block);
    block = next;
  }
  memset(arena, 0, sizeof(*arena));
}
