/* SPDX-License-Identifier: MIT */
#include "base/sha256.h"

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, unsigned by)
{
  return x >> by | x << (32 - by);
}

static void schedule(const uint8_t *block, uint32_t w[64])
{
  unsigned i;

  for (i = 0; i < 16; i++) {
    const uint8_t *at = block + 4 * (size_t)i;
    w[i] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
  }
  for (; i < 64; i++) {
    uint32_t low = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t high = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + low + w[i - 7] + high;
  }
}

static void mix(upsell__sha256 *sha, const uint8_t *block)
{
  uint32_t w[64];
  uint32_t s[8];
  unsigned i;

  schedule(block, w);
  memcpy(s, sha->state, sizeof(s));
  for (i = 0; i < 64; i++) {
    uint32_t e = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25);
    uint32_t a = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22);
    uint32_t one = s[7] + e + ((s[4] & s[5]) ^ (~s[4] & s[6])) + rounds[i] + w[i];
    uint32_t two = a + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof(*s));
    s[4] += one;
    s[0] = one + two;
  }
  for (i = 0; i < 8; i++)
    sha->state[i] += s[i];
}

void upsell__sha256_init(upsell__sha256 *sha)
{
  /* The same of the square roots of the first eight primes. */
  static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

  memcpy(sha->state, start, sizeof(start));
  sha->length = 0;
}

void upsell__sha256_add(upsell__sha256 *sha, const void *data, size_t len)
{
  const uint8_t *from = data;

  while (len) {
    size_t used = (size_t)(sha->length % sizeof(sha->block));
    size_t part = sizeof(sha->block) - used;
    if (part > len)
      part = len;
    memcpy(sha->block + used, from, part);
    if (used + part == sizeof(sha->block))
      mix(sha, sha->block);
    sha->length += part;
    from += part;
    len -= part;
  }
}

void upsell__sha256_finish(upsell__sha256 *sha, uint8_t digest[UPSELL__SHA256_SIZE])
{
  static const uint8_t padding[64] = {0x80};
  uint64_t bits = sha->length * 8;
  size_t used = (size_t)(sha->length % 64);
  uint8_t length[8];
  unsigned i;

  for (i = 0; i < 8; i++)
    length[i] = (uint8_t)(bits >> (56 - 8 * i));
  upsell__sha256_add(sha, padding, used < 56 ? 56 - used : 120 - used);
  upsell__sha256_add(sha, length, sizeof(length));
  for (i = 0; i < UPSELL__SHA256_SIZE; i++)
    digest[i] = (uint8_t)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
}
