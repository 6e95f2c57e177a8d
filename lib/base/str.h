/* SPDX-License-Identifier: MIT */
/* Text slices: comparing and hashing. */
#ifndef UPSELL_BASE_STR_H
#define UPSELL_BASE_STR_H

#include <upsell/base.h>

static inline int upsell__str_equal(upsell_str a, upsell_str b)
{
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* A hash of the bytes; the same on every platform only for the same byte order,
 * so it never decides anything that can be seen in a result. */
uint32_t upsell__str_hash(upsell_str text, uint32_t seed);

#endif
