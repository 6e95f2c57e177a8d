/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4), for ids that the same inputs give again. */
#ifndef UPSELL_BASE_SHA256_H
#define UPSELL_BASE_SHA256_H

#include "base/str.h"

enum { UPSELL__SHA256_SIZE = 32 };

typedef struct upsell__sha256 {
  uint32_t state[8];
  uint64_t length;   /* bytes taken in */
  uint8_t block[64]; /* the last ones, not yet mixed in */
} upsell__sha256;

void upsell__sha256_init(upsell__sha256 *sha);
void upsell__sha256_add(upsell__sha256 *sha, const void *data, size_t len);

/* The digest; the state is used up. */
void upsell__sha256_finish(upsell__sha256 *sha, uint8_t digest[UPSELL__SHA256_SIZE]);

#endif
