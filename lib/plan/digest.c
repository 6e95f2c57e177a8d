/* SPDX-License-Identifier: MIT */
#include "plan/digest.h"

static void add_big_endian(upsell__digest *digest, char kind, uint64_t number)
{
  uint8_t bytes[9];
  unsigned i;

  bytes[0] = (uint8_t)kind;
  for (i = 0; i < 8; i++)
    bytes[1 + i] = (uint8_t)(number >> (56 - 8 * i));
  upsell__sha256_add(&digest->sha, bytes, sizeof(bytes));
}

void upsell__digest_init(upsell__digest *digest, const char *purpose)
{
  upsell__sha256_init(&digest->sha);
  upsell__digest_text(digest, upsell_str_of(purpose));
}

void upsell__digest_text(upsell__digest *digest, upsell_str text)
{
  if (!text.data)
    text.len = 0; /* absent, whatever its length says */
  add_big_endian(digest, text.data ? 't' : 'n', text.len);
  upsell__sha256_add(&digest->sha, text.data, text.len);
}

void upsell__digest_number(upsell__digest *digest, int64_t number)
{
  add_big_endian(digest, 'i', (uint64_t)number);
}

void upsell__digest_uuid(upsell__digest *digest, char uuid[UPSELL__UUID_SIZE])
{
  static const char hex[] = "0123456789abcdef";
  uint8_t bytes[UPSELL__SHA256_SIZE];
  size_t at = 0;
  size_t i;

  upsell__sha256_finish(&digest->sha, bytes);
  bytes[6] = (uint8_t)(0x80 | (bytes[6] & 0x0f)); /* version 8 */
  bytes[8] = (uint8_t)(0x80 | (bytes[8] & 0x3f)); /* variant */
  for (i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      uuid[at++] = '-';
    uuid[at++] = hex[bytes[i] >> 4];
    uuid[at++] = hex[bytes[i] & 15];
  }
  uuid[at] = '\0';
}
