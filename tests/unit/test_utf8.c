/* SPDX-License-Identifier: MIT */
/* UTF-8 against a decoder that follows the definition (RFC 3629). */
#include "../support/check_main.h"
#include "base/utf8.h"

/*
 * The definition: a first byte with `length` leading ones, `length` - 1 bytes
 * 10xxxxxx, and a code point that needs this length and is no surrogate and at
 * most U+10FFFF. Returns the length or 0.
 */
static size_t defined_length(const unsigned char *p, size_t len, uint32_t *code)
{
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  size_t length = 0;
  size_t i;

  while (length < 8 && (p[0] << length & 0x80))
    length++;
  if (length == 0) {
    *code = p[0];
    return 1;
  }
  if (length == 1 || length > 4 || length > len)
    return 0;
  *code = p[0] & (0xFFu >> (length + 1));
  for (i = 1; i < length; i++) {
    if (p[i] >> 6 != 2)
      return 0;
    *code = *code << 6 | (p[i] & 0x3Fu);
  }
  if (*code < least[length] || *code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF))
    return 0;
  return length;
}

static int defined_clean(const unsigned char *p, size_t len)
{
  uint32_t code;

  while (len) {
    size_t length = *p ? defined_length(p, len, &code) : 0;
    if (!length)
      return 0;
    p += length;
    len -= length;
  }
  return 1;
}

static size_t sequence(const unsigned char *p, size_t len)
{
  return upsell__utf8_sequence((const char *)p, (const char *)p + len);
}

static int clean(const unsigned char *p, size_t len)
{
  upsell_str text = {(const char *)p, len};

  return upsell__utf8_clean(text);
}

/* Asserts only on a difference: millions of passing assertions cost seconds. */
static void compare(const unsigned char *p, size_t len)
{
  uint32_t code;

  if (sequence(p, len) != defined_length(p, len, &code) || clean(p, len) != defined_clean(p, len))
    ck_abort_msg("%zu bytes %02X %02X %02X %02X", len, p[0], p[1], p[2], p[3]);
}

START_TEST(test_all_up_to_3_bytes)
{
  unsigned char p[4] = {0};
  uint32_t i;

  for (i = 0; i < 0x1000000; i++) {
    p[0] = (unsigned char)(i >> 16);
    p[1] = (unsigned char)(i >> 8);
    p[2] = (unsigned char)i;
    compare(p, 3);
    if ((i & 0xFF) == 0)
      compare(p, 2);
    if ((i & 0xFFFF) == 0)
      compare(p, 1);
  }
}
END_TEST

START_TEST(test_4_bytes)
{
  static const unsigned char edges[] = {0x00, 0x01, 0x7F, 0x80, 0x8F, 0x90,
                                        0x9F, 0xA0, 0xBF, 0xC0, 0xF0, 0xFF};
  unsigned char p[4];
  uint32_t i;
  size_t j;
  size_t k;

  for (i = 0; i < 0x10000; i++) {
    p[0] = (unsigned char)(i >> 8);
    p[1] = (unsigned char)i;
    for (j = 0; j < sizeof(edges); j++) {
      for (k = 0; k < sizeof(edges); k++) {
        p[2] = edges[j];
        p[3] = edges[k];
        compare(p, 4);
      }
    }
  }
}
END_TEST

/* Every pair of bytes at every place of a text that is read in words of eight. */
START_TEST(test_pairs_in_words)
{
  unsigned char text[20];
  uint32_t i;
  size_t at;

  for (at = 0; at + 2 <= sizeof(text); at++) {
    for (i = 0; i < 0x10000; i++) {
      memset(text, 'a', sizeof(text));
      text[at] = (unsigned char)(i >> 8);
      text[at + 1] = (unsigned char)i;
      if (clean(text, sizeof(text)) != defined_clean(text, sizeof(text)))
        ck_abort_msg("bytes %04X at %zu", i, at);
    }
  }
}
END_TEST

START_TEST(test_encode_all)
{
  unsigned char p[4];
  uint32_t code;
  uint32_t decoded;

  for (code = 1; code <= 0x10FFFF; code++) {
    size_t length;
    size_t cut;
    if (code == 0xD800)
      code = 0xE000;
    length = upsell__utf8_encode(code, (char *)p);
    if (defined_length(p, length, &decoded) != length || decoded != code)
      ck_abort_msg("U+%04X", code);
    for (cut = 1; cut < length; cut++) /* too short */
      if (sequence(p, cut))
        ck_abort_msg("U+%04X cut to %zu", code, cut);
  }
}
END_TEST

/* The longest prefix of whole characters within the limit. */
START_TEST(test_cut)
{
  static const char text[] = "a\xC3\xA9\xE7\x85\x8E\xF0\x9F\x8D\xB5z";
  static const size_t starts[] = {0, 1, 3, 6, 10, 11};
  size_t len = sizeof(text) - 1;
  size_t limit;
  size_t i;

  for (limit = 0; limit <= len + 2; limit++) {
    size_t expected = 0;
    for (i = 0; i < sizeof(starts) / sizeof(starts[0]) && starts[i] <= limit; i++)
      expected = starts[i];
    ck_assert_uint_eq(upsell__utf8_cut(text, len, limit), expected);
  }
}
END_TEST

START_TEST(test_empty_is_clean)
{
  ck_assert_int_eq(clean((const unsigned char *)"", 0), 1);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("utf8");
  TCase *all = tcase_create("utf8");

  tcase_set_timeout(all, 120);
  tcase_add_test(all, test_all_up_to_3_bytes);
  tcase_add_test(all, test_4_bytes);
  tcase_add_test(all, test_pairs_in_words);
  tcase_add_test(all, test_encode_all);
  tcase_add_test(all, test_cut);
  tcase_add_test(all, test_empty_is_clean);
  suite_add_tcase(suite, all);
  return check_main(suite);
}
