/* SPDX-License-Identifier: MIT */
#include "base/str.h"

upsell_status upsell__str_give(upsell_str text, char *buffer, size_t size, size_t *needed)
{
  if (needed)
    *needed = text.len;
  if (size <= text.len)
    return UPSELL_BUFFER_TOO_SMALL;
  memcpy(buffer, text.data, text.len);
  buffer[text.len] = '\0';
  return UPSELL_OK;
}

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

typedef struct sip_state {
  uint64_t v[4];
} sip_state;

static uint64_t rotated(uint64_t word, int bits)
{
  return word << bits | word >> (64 - bits);
}

static void sip_round(sip_state *s)
{
  s->v[0] += s->v[1];
  s->v[1] = rotated(s->v[1], 13) ^ s->v[0];
  s->v[0] = rotated(s->v[0], 32);
  s->v[2] += s->v[3];
  s->v[3] = rotated(s->v[3], 16) ^ s->v[2];
  s->v[0] += s->v[3];
  s->v[3] = rotated(s->v[3], 21) ^ s->v[0];
  s->v[2] += s->v[1];
  s->v[1] = rotated(s->v[1], 17) ^ s->v[2];
  s->v[2] = rotated(s->v[2], 32);
}

static void sip_word(sip_state *s, uint64_t word)
{
  s->v[3] ^= word;
  sip_round(s);
  s->v[0] ^= word;
}

uint32_t upsell__str_hash_keyed(upsell_str text, uint32_t seed, uint64_t key)
{
  sip_state s = {{UINT64_C(0x736f6d6570736575) ^ key, UINT64_C(0x646f72616e646f6d),
                  UINT64_C(0x6c7967656e657261) ^ key, UINT64_C(0x7465646279746573)}};
  const char *p = text.data;
  size_t left = text.len;
  uint64_t word;

  for (; left >= 8; left -= 8, p += 8) {
    memcpy(&word, p, 8);
    sip_word(&s, word);
  }
  word = 0;
  if (left)
    memcpy(&word, p, left);
  sip_word(&s, word);
  sip_word(&s, (uint64_t)seed << 32 | (uint32_t)text.len);
  s.v[2] ^= 0xff;
  sip_round(&s);
  sip_round(&s);
  sip_round(&s);
  return (uint32_t)(s.v[0] ^ s.v[1] ^ s.v[2] ^ s.v[3]);
}
