/* SPDX-License-Identifier: MIT */
/*
 * Structs of the ABI that begin with their own size. A caller built against a
 * newer header gives a larger one, whose unknown part must be zero. All structs
 * are as they were first released; the first field that is added to one must
 * let the smaller size of older callers pass, and be read only where it is there.
 */
#ifndef UPSELL_BASE_SIZED_H
#define UPSELL_BASE_SIZED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* No struct of ours will ever be larger; more is an uninitialised `size`. */
enum { UPSELL__SIZED_MAX = 4096 };

/* What a struct must have to be read: its bytes, and its alignment as an item of
 * an array whose items have another size than ours. */
typedef struct upsell__shape {
  size_t size;
  size_t alignment;
} upsell__shape;

#define UPSELL__SHAPE(type) ((upsell__shape){sizeof(type), _Alignof(type)})

/* The `size` at the start of a struct. */
static inline uint32_t upsell__size_of(const void *sized)
{
  uint32_t size;

  memcpy(&size, sized, sizeof(size));
  return size;
}

/* Whether a struct has all bytes that we know and nothing but zeros behind them. */
static inline int upsell__sized_ok(const void *sized, upsell__shape shape)
{
  const char *bytes = sized;
  size_t size = upsell__size_of(sized);
  size_t i;

  if (size < shape.size || size > UPSELL__SIZED_MAX || size % shape.alignment != 0)
    return 0;
  for (i = shape.size; i < size; i++) {
    if (bytes[i])
      return 0;
  }
  return 1;
}

/* Item `index` of an array whose items have the `size` of the first one. */
static inline const void *upsell__sized_item(const void *items, size_t index)
{
  return (const char *)items + index * upsell__size_of(items);
}

#endif
