/* SPDX-License-Identifier: MIT */
/*
 * Structs of the ABI that begin with their own size. A caller built against an
 * older header gives a smaller one, a caller built against a newer header a
 * larger one, whose unknown part must be zero.
 */
#ifndef UPSELL_BASE_SIZED_H
#define UPSELL_BASE_SIZED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* No struct of ours will ever be larger; more is an uninitialised `size`. */
enum { UPSELL__SIZED_MAX = 4096 };

/* The `size` at the start of a struct. */
static inline uint32_t upsell__size_of(const void *sized)
{
  uint32_t size;

  memcpy(&size, sized, sizeof(size));
  return size;
}

/* Whether a struct has all `known` bytes and nothing but zeros behind them. */
static inline int upsell__sized_ok(const void *sized, size_t known)
{
  const char *bytes = sized;
  size_t size = upsell__size_of(sized);
  size_t i;

  if (size < known || size > UPSELL__SIZED_MAX)
    return 0;
  for (i = known; i < size; i++) {
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
