/* SPDX-License-Identifier: MIT */
#include "base/str.h"

/*
 * Hot path: eight bytes at a time, one multiplication each. The shifts bring
 * the well-mixed high half down before the next multiplication.
 */
uint32_t upsell__str_hash(upsell_str text, uint32_t seed)
{
  const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
  uint64_t hash = ((uint64_t)seed << 32 | (uint32_t)text.len) * factor;
  const char *p = text.data;
  size_t left = text.len;
  uint64_t word;

  for (; left >= 8; left -= 8, p += 8) {
    memcpy(&word, p, 8);
    hash = (hash ^ word) * factor;
    hash ^= hash >> 29;
  }
  if (left) {
    word = 0;
    memcpy(&word, p, left);
    hash = (hash ^ word) * factor;
  }
  hash ^= hash >> 32;
  return (uint32_t)(hash * factor >> 32);
}
