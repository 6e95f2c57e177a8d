/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

static int continues(unsigned char byte)
{
  return (byte & 0xC0) == 0x80;
}

size_t upsell__utf8_sequence(const char *text, const char *end)
{
  const unsigned char *p = (const unsigned char *)text;
  size_t left = (size_t)(end - text);
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  size_t length;
  size_t i;

  if (p[0] < 0x80)
    return 1;
  if (p[0] < 0xC2 || p[0] > 0xF4)
    return 0;
  length = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
  if (left < length)
    return 0;
  if (p[0] == 0xE0)
    low = 0xA0; /* shorter forms exist below */
  else if (p[0] == 0xED)
    high = 0x9F; /* surrogates above */
  else if (p[0] == 0xF0)
    low = 0x90; /* shorter forms exist below */
  else if (p[0] == 0xF4)
    high = 0x8F; /* past U+10FFFF above */
  if (p[1] < low || p[1] > high)
    return 0;
  for (i = 2; i < length; i++) {
    if (!continues(p[i]))
      return 0;
  }
  return length;
}

int upsell__utf8_clean(upsell_str text)
{
  const uint64_t ones = UINT64_C(0x0101010101010101);
  const uint64_t tops = UINT64_C(0x8080808080808080);
  const char *p = text.data;
  const char *end = p + text.len;
  uint64_t word;

  while (p < end) {
    size_t length;
    /* Hot path: eight bytes that are ASCII and not NUL pass at once. A byte
     * below 1 borrows, which sets its top bit; so does a byte of 0x80 or more.
     * The last eight overlap with what has passed. */
    while (end - p >= 8) {
      memcpy(&word, p, 8);
      if (((word - ones) | word) & tops)
        break;
      p += 8;
    }
    if (end - p < 8 && text.len >= 8) {
      memcpy(&word, end - 8, 8);
      if (!(((word - ones) | word) & tops))
        return 1;
    }
    if (p == end)
      break;
    length = *p ? upsell__utf8_sequence(p, end) : 0;
    if (!length)
      return 0;
    p += length;
  }
  return 1;
}

size_t upsell__utf8_encode(uint32_t code, char out[4])
{
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | code >> 18);
  out[1] = (char)(0x80 | (code >> 12 & 0x3F));
  out[2] = (char)(0x80 | (code >> 6 & 0x3F));
  out[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

size_t upsell__utf8_cut(const char *text, size_t len, size_t limit)
{
  if (len <= limit)
    return len;
  while (limit > 0 && continues((unsigned char)text[limit]))
    limit--;
  return limit;
}
