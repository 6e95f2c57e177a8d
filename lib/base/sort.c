/* SPDX-License-Identifier: MIT */
#include "base/sort.h"

/* Lets items[root] sink to its place in the heap of `count` items. */
static void sink(uint32_t *items, size_t root, size_t count, upsell__after after,
                 const void *context)
{
  uint32_t item = items[root];

  for (;;) {
    size_t child = root * 2 + 1;
    if (child >= count)
      break;
    if (child + 1 < count && after(items[child + 1], items[child], context))
      child++;
    if (!after(items[child], item, context))
      break;
    items[root] = items[child];
    root = child;
  }
  items[root] = item;
}

static void insertion_sort(uint32_t *items, size_t count, upsell__after after, const void *context)
{
  size_t i;

  for (i = 1; i < count; i++) {
    uint32_t item = items[i];
    size_t at = i;
    for (; at > 0 && after(items[at - 1], item, context); at--)
      items[at] = items[at - 1];
    items[at] = item;
  }
}

void upsell__sort(uint32_t *items, size_t count, upsell__after after, const void *context)
{
  size_t i;

  if (count <= 16) {
    insertion_sort(items, count, after, context);
    return;
  }
  for (i = count / 2; i-- > 0;)
    sink(items, i, count, after, context);
  for (i = count; i-- > 1;) {
    uint32_t last = items[0];
    items[0] = items[i];
    items[i] = last;
    sink(items, 0, i, after, context);
  }
}
