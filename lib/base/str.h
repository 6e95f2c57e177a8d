/* SPDX-License-Identifier: MIT */
/* Text slices: comparing, handing over and hashing. */
#ifndef UPSELL_BASE_STR_H
#define UPSELL_BASE_STR_H

#include <upsell/status.h>

static inline int upsell__str_equal(upsell_str a, upsell_str b)
{
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* Copies a text and a NUL into a caller's buffer of `size` bytes, if it fits; says in
 * `*needed`, unless that is NULL, how long it is. */
upsell_status upsell__str_give(upsell_str text, char *buffer, size_t size, size_t *needed);

/* Hashes of the bytes. They are the same on every platform only for the same byte
 * order, so they never decide anything that can be seen in a result. */

/* The quick one: texts that collide are easy to make. */
uint32_t upsell__str_hash(upsell_str text, uint32_t seed);

/* SipHash-1-3 (Aumasson and Bernstein): without the key they are not. */
uint32_t upsell__str_hash_keyed(upsell_str text, uint32_t seed, uint64_t key);

#endif
