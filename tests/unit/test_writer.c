/* SPDX-License-Identifier: MIT */
/* Writing JSON: one form for every string (OUT-5). */
#include <stdio.h>

#include "../support/check_main.h"
#include "base/utf8.h"
#include "random.h"
#include "json/reader.h"
#include "json/writer.h"

/* The form of one character below U+0080. */
static void expected_form(int c, char out[8])
{
  static const char specials[] = "\"\\\b\t\n\f\r";
  static const char letters[] = "\"\\btnfr";
  const char *found = c ? strchr(specials, c) : NULL;

  if (found)
    snprintf(out, 8, "\\%c", letters[found - specials]);
  else if (c < 0x20)
    snprintf(out, 8, "\\u00%02x", (unsigned)c);
  else
    snprintf(out, 8, "%c", c);
}

START_TEST(test_every_ascii)
{
  char form[8];
  char expected[16];
  int c;

  for (c = 0; c < 0x80; c++) {
    upsell__buffer buffer = {0};
    char text[3] = {'<', (char)c, '>'};
    upsell_str slice = {text, 3};
    upsell__write_string(&buffer, slice);
    expected_form(c, form);
    snprintf(expected, sizeof(expected), "\"<%s>\"", form);
    ck_assert_uint_eq(buffer.len, strlen(expected));
    ck_assert_mem_eq(buffer.data, expected, buffer.len);
    upsell__buffer_free(&buffer);
  }
}
END_TEST

typedef struct write_case {
  upsell_str text;
  const char *written;
} write_case;

static const write_case writes[] = {
    {UPSELL_STR(""), "\"\""},
    {{NULL, 0}, "null"},
    {UPSELL_STR("\n"), "\"\\n\""},
    {UPSELL_STR("\n\n"), "\"\\n\\n\""},
    {UPSELL_STR("a/b"), "\"a/b\""},
    {UPSELL_STR("\x7F"), "\"\x7F\""},
    {UPSELL_STR("\xE7\x85\x8E\xE8\x8C\xB6\xF0\x9F\x8D\xB5"),
     "\"\xE7\x85\x8E\xE8\x8C\xB6\xF0\x9F\x8D\xB5\""},
    {UPSELL_STR("<script>&'"), "\"<script>&'\""},
    {UPSELL_STR("\xE2\x80\xA8"), "\"\xE2\x80\xA8\""},
};

START_TEST(test_write)
{
  upsell__buffer buffer = {0};

  upsell__write_string_or_null(&buffer, writes[_i].text);
  ck_assert_uint_eq(buffer.len, strlen(writes[_i].written));
  ck_assert_mem_eq(buffer.data, writes[_i].written, buffer.len);
  upsell__buffer_free(&buffer);
}
END_TEST

START_TEST(test_bools)
{
  upsell__buffer buffer = {0};

  upsell__write_bool(&buffer, 1);
  upsell__write_bool(&buffer, 0);
  upsell__write_bool(&buffer, -1);
  ck_assert_uint_eq(buffer.len, 13);
  ck_assert_mem_eq(buffer.data, "truefalsetrue", 13);
  upsell__buffer_free(&buffer);
}
END_TEST

/* Random text of up to 40 characters, many of them special. */
static size_t random_text(uint64_t *state, char *out)
{
  uint32_t count = random_below(state, 40);
  size_t len = 0;

  while (count-- > 0) {
    uint32_t code =
        random_below(state, 3) ? random_below(state, 0x60) : random_below(state, 0xD800);
    len += upsell__utf8_encode(code ? code : '\\', out + len);
  }
  return len;
}

/* What is written reads back as the same bytes. */
START_TEST(test_round_trip)
{
  uint64_t state = 11;
  int round;

  for (round = 0; round < 20000; round++) {
    upsell__buffer buffer = {0};
    upsell__json_string string;
    upsell__reader reader;
    char text[160];
    char back[1000];
    upsell_str slice = {text, random_text(&state, text)};
    upsell__write_string(&buffer, slice);
    upsell__reader_init(&reader, buffer.data, buffer.len);
    if (!upsell__reader_string(&reader, &string) || !upsell__reader_end(&reader) ||
        upsell__json_decode(&string, back) != slice.len || memcmp(back, text, slice.len) != 0)
      ck_abort_msg("round %d: %.*s", round, (int)buffer.len, buffer.data);
    upsell__reader_done(&reader);
    upsell__buffer_free(&buffer);
  }
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("writer");
  TCase *writer = tcase_create("writer");

  tcase_add_test(writer, test_every_ascii);
  tcase_add_loop_test(writer, test_write, 0, sizeof(writes) / sizeof(writes[0]));
  tcase_add_test(writer, test_bools);
  tcase_add_test(writer, test_round_trip);
  suite_add_tcase(suite, writer);
  return check_main(suite);
}
