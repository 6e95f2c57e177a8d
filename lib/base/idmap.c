/* SPDX-License-Identifier: MIT */
#include "base/idmap.h"

#include "base/alloc.h"

/* A text this far from its place means that texts were made to collide: at most
 * half full, a map of a million texts has none at a third of it. */
enum { STEPS_MAX = 256, KEYS_MAX = 8 };

static uint32_t hash_of(const upsell__idmap *map, uint32_t scope, upsell_str text)
{
  return map->key ? upsell__str_hash_keyed(text, scope, map->key) : upsell__str_hash(text, scope);
}

/* The slot where a text is, or the free one where it belongs. */
static upsell__idmap_slot *probe(const upsell__idmap *map, uint32_t hash, uint32_t scope,
                                 upsell_str text)
{
  uint32_t at = hash & map->mask;

  for (;; at = (at + 1) & map->mask) {
    upsell__idmap_slot *slot = &map->slots[at];
    const upsell__idmap_entry *entry;
    if (slot->index == UPSELL__NO_INDEX)
      return slot;
    if (slot->hash != hash)
      continue;
    entry = &map->entries[slot->index];
    if (entry->scope == scope && upsell__str_equal(entry->text, text))
      return slot;
  }
}

static int rehash(upsell__idmap *map, size_t size)
{
  upsell__idmap_slot *slots;
  size_t i;

  if (size > UINT32_MAX / 2)
    return 0;
  slots = upsell__realloc(NULL, size, sizeof(*slots));
  if (!slots)
    return 0;
  for (i = 0; i < size; i++)
    slots[i].index = UPSELL__NO_INDEX;
  upsell__free(map->slots);
  map->slots = slots;
  map->mask = (uint32_t)(size - 1);
  for (i = 0; i < map->count; i++) {
    const upsell__idmap_entry *entry = &map->entries[i];
    uint32_t at = entry->hash & map->mask;
    while (slots[at].index != UPSELL__NO_INDEX)
      at = (at + 1) & map->mask;
    slots[at].hash = entry->hash;
    slots[at].index = (uint32_t)i;
  }
  return 1;
}

/* Whether a text would stand too far from its place, and a key is left to try. */
static int is_crowded(const upsell__idmap *map, const upsell__idmap_slot *slot, uint32_t hash)
{
  uint32_t steps = ((uint32_t)(slot - map->slots) - hash) & map->mask;

  return steps > STEPS_MAX && map->key < KEYS_MAX;
}

static void hash_again(upsell__idmap *map, uint32_t key)
{
  size_t i;

  map->key = key;
  for (i = 0; i < map->count; i++)
    map->entries[i].hash = hash_of(map, map->entries[i].scope, map->entries[i].text);
}

/* Changes to the next key and back to the old one if memory ran out: then the slots still
 * stand by the old hashes. */
static int change_key(upsell__idmap *map)
{
  uint32_t before = map->key;

  hash_again(map, before + 1);
  if (rehash(map, (size_t)map->mask + 1))
    return 1;
  hash_again(map, before);
  return 0;
}

/* The slot for a text and its hash, after making room for one more. NULL when
 * memory ran out. */
static upsell__idmap_slot *slot_for(upsell__idmap *map, uint32_t scope, upsell_str text,
                                    uint32_t *hash)
{
  upsell__idmap_slot *slot;

  if (!map->slots || map->count * 2 > map->mask) {
    if (!rehash(map, map->slots ? ((size_t)map->mask + 1) * 2 : 16))
      return NULL;
  }
  for (;;) {
    *hash = hash_of(map, scope, text);
    slot = probe(map, *hash, scope, text);
    if (!is_crowded(map, slot, *hash))
      return slot;
    if (!change_key(map))
      return NULL;
  }
}

int upsell__idmap_add(upsell__idmap *map, uint32_t scope, upsell_str text, uint32_t *index,
                      int *added)
{
  uint32_t hash;
  upsell__idmap_slot *slot = slot_for(map, scope, text, &hash);
  void *entries = map->entries;

  if (!slot)
    return 0;
  if (slot->index != UPSELL__NO_INDEX) {
    *index = slot->index;
    *added = 0;
    return 1;
  }
  if (!upsell__grow(&entries, &map->capacity, map->count + 1, sizeof(*map->entries)))
    return 0;
  map->entries = entries;
  map->entries[map->count].text = text;
  map->entries[map->count].scope = scope;
  map->entries[map->count].hash = hash;
  slot->hash = hash;
  slot->index = (uint32_t)map->count;
  *index = (uint32_t)map->count++;
  *added = 1;
  return 1;
}

/* Its slot can simply be freed: no other text was put behind it, since all were there
 * before, and rehashing keeps to their order. */
void upsell__idmap_remove_last(upsell__idmap *map)
{
  uint32_t last = (uint32_t)--map->count;
  uint32_t at = map->entries[last].hash & map->mask;

  while (map->slots[at].index != last)
    at = (at + 1) & map->mask;
  map->slots[at].index = UPSELL__NO_INDEX;
}

uint32_t upsell__idmap_find(const upsell__idmap *map, uint32_t scope, upsell_str text)
{
  if (!map->slots)
    return UPSELL__NO_INDEX;
  return probe(map, hash_of(map, scope, text), scope, text)->index;
}

size_t upsell__idmap_bytes(const upsell__idmap *map)
{
  size_t slots = map->slots ? (size_t)map->mask + 1 : 0;

  return map->capacity * sizeof(*map->entries) + slots * sizeof(*map->slots);
}

void upsell__idmap_free(upsell__idmap *map)
{
  upsell__free(map->entries);
  upsell__free(map->slots);
  memset(map, 0, sizeof(*map));
}
