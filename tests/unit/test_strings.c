/* SPDX-License-Identifier: MIT */
/* Strings of JSON: every byte, every escape, every code point (DOC-1, DOC-5). */
#include <stdio.h>

#include "../support/check_main.h"
#include "base/utf8.h"
#include "verdict.h"

/* What a byte makes of a string that it stands in, before ASCII. */
static upsell_status byte_status(int byte)
{
  if (byte == '\\')
    return UPSELL_JSON_STRING; /* "\a" is no escape */
  if (byte >= 0x80)
    return UPSELL_JSON_ENCODING;
  return byte < 0x20 ? UPSELL_JSON_STRING : UPSELL_OK;
}

/* Every byte at every place of a string that is read in words of eight. */
START_TEST(test_bytes_in_string)
{
  char text[32];
  size_t at;
  int byte;

  for (at = 1; at < 25; at++) {
    for (byte = 0; byte < 256; byte++) {
      verdict got;
      memset(text, 'a', sizeof(text));
      text[0] = text[26] = '"';
      text[at] = (char)byte;
      got = judge_text(text, 27);
      if (byte == '"')
        ck_assert_int_eq(got.status, UPSELL_JSON_TRAILING);
      else if (got.status != byte_status(byte) || (got.status && got.offset != (int64_t)at))
        ck_abort_msg("byte %02X at %zu: %d at %d", byte, at, got.status, (int)got.offset);
    }
  }
}
END_TEST

START_TEST(test_every_escape)
{
  char text[5] = "\"\\?\"";
  int byte;

  for (byte = 1; byte < 256; byte++) {
    text[2] = (char)byte;
    if (byte == 'u' || byte == '"')
      continue;
    ck_assert_int_eq(judge_text(text, 4).status,
                     strchr("\\/bfnrt", byte) ? UPSELL_OK : UPSELL_JSON_STRING);
  }
}
END_TEST

/* Reads a text that is one string and decodes it. */
static size_t decode_text(const char *text, size_t len, char *out)
{
  upsell__json_string string;
  upsell__reader reader;
  size_t decoded = 0;

  upsell__reader_init(&reader, text, len);
  if (upsell__reader_string(&reader, &string) && upsell__reader_end(&reader))
    decoded = upsell__json_decode(&string, out);
  upsell__reader_done(&reader);
  return decoded;
}

static int is_surrogate(uint32_t code)
{
  return code >= 0xD800 && code <= 0xDFFF;
}

/* Every \uXXXX, in both cases of hexadecimal digits; then every 37th pair. */
START_TEST(test_unicode_escapes)
{
  char text[24];
  char out[24];
  char expected[4];
  uint32_t code;

  for (code = 0; code <= 0xFFFF; code++) {
    size_t len =
        (size_t)snprintf(text, sizeof(text), code % 2 ? "\"\\u%04x\"" : "\"\\u%04X\"", code);
    size_t got = decode_text(text, len, out);
    size_t wanted = code == 0 || is_surrogate(code) ? 0 : upsell__utf8_encode(code, expected);
    if (got != wanted || memcmp(out, expected, wanted) != 0)
      ck_abort_msg("U+%04X", code);
  }
  for (code = 0x10000; code <= 0x10FFFF; code += code > 0x10FF00 ? 1 : 37) {
    size_t len = (size_t)snprintf(text, sizeof(text), "\"\\u%04x\\u%04x\"",
                                  0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF));
    size_t got = decode_text(text, len, out);
    if (got != upsell__utf8_encode(code, expected) || memcmp(out, expected, got) != 0)
      ck_abort_msg("U+%04X", code);
  }
}
END_TEST

START_TEST(test_decode)
{
  static const char text[] = "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\xE7\x85\x8E\\u0041\"";
  static const char expected[] =
      "a\"\\/\b\f\n\r\t\xE7\x85\x8E"
      "A";
  char out[64];

  ck_assert_uint_eq(decode_text(text, sizeof(text) - 1, out), sizeof(expected) - 1);
  ck_assert_mem_eq(out, expected, sizeof(expected) - 1);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("strings");
  TCase *strings = tcase_create("strings");

  tcase_add_test(strings, test_bytes_in_string);
  tcase_add_test(strings, test_every_escape);
  tcase_add_test(strings, test_unicode_escapes);
  tcase_add_test(strings, test_decode);
  suite_add_tcase(suite, strings);
  return check_main(suite);
}
