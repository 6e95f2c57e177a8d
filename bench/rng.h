/* SPDX-License-Identifier: MIT */
/* splitmix64: the same numbers from the same seed on every machine. */
#ifndef UPSELL_BENCH_RNG_H
#define UPSELL_BENCH_RNG_H

#include <stddef.h>
#include <stdint.h>

typedef struct rng {
  uint64_t state;
} rng;

static inline uint64_t rng_next(rng *r)
{
  uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);

  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

/* A number from 0 to limit - 1. */
static inline size_t rng_below(rng *r, size_t limit)
{
  return (size_t)(rng_next(r) % limit);
}

/* True in so many percent of all calls. */
static inline int rng_chance(rng *r, size_t percent)
{
  return rng_below(r, 100) < percent;
}

#endif
