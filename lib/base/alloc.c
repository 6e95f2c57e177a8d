/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>

void *upsell__alloc(size_t count, size_t size)
{
  return calloc(count ? count : 1, size);
}

void *upsell__realloc(void *memory, size_t count, size_t size)
{
  if (count > SIZE_MAX / size)
    return NULL;
  return realloc(memory, count * size);
}

void upsell__free(void *memory)
{
  free(memory);
}

int upsell__grow(void **items, size_t *capacity, size_t needed, size_t size)
{
  size_t wanted = *capacity < 8 ? 8 : *capacity;
  void *grown;

  if (needed <= *capacity)
    return 1;
  while (wanted < needed) {
    if (wanted > SIZE_MAX / 2)
      return 0;
    wanted *= 2;
  }
  grown = upsell__realloc(*items, wanted, size);
  if (!grown)
    return 0;
  *items = grown;
  *capacity = wanted;
  return 1;
}
