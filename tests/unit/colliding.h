/* SPDX-License-Identifier: MIT */
/* Texts made to collide in maps. */
#ifndef UPSELL_TESTS_COLLIDING_H
#define UPSELL_TESTS_COLLIDING_H

#include <stdint.h>
#include <string.h>

/* Makes texts of 16 bytes that the quick hash takes for one in scope 0: the second half
 * undoes what the first half did. */
static inline void make_colliding(char (*texts)[16], size_t count)
{
  const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
  uint64_t i;

  for (i = 0; i < count; i++) {
    uint64_t first = (i + 1) * UINT64_C(0x0101010101010101);
    uint64_t state = ((UINT64_C(16) * factor) ^ first) * factor;
    uint64_t second = (state ^ state >> 29) ^ UINT64_C(0x4142434445464748);
    memcpy(texts[i], &first, 8);
    memcpy(texts[i] + 8, &second, 8);
  }
}

#endif
