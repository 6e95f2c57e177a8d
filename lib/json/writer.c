/* SPDX-License-Identifier: MIT */
#include "json/writer.h"

static int needs_escape(unsigned char c)
{
  return c < 0x20 || c == '"' || c == '\\';
}

static void write_escape(upsell__buffer *buffer, unsigned char c)
{
  static const char hex[] = "0123456789abcdef";
  static const char from[] = "\"\\\b\t\n\f\r";
  static const char to[] = "\"\\btnfr";
  const char *found = c ? strchr(from, c) : NULL;
  char text[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};

  if (!found) {
    upsell__buffer_append(buffer, text, 6);
    return;
  }
  text[1] = to[found - from];
  upsell__buffer_append(buffer, text, 2);
}

/* The length of the part that is written as it stands. Hot path: eight bytes at a
 * time; the top bit of a byte is set where the byte is below 0x20, a quote or a
 * backslash. A byte of 0x80 or more has its own top bit masked out, so that it
 * passes. Higher bytes may be set falsely behind a true one: those are looked at
 * one by one. */
static size_t plain_length(const char *text, size_t len)
{
  const uint64_t ones = UINT64_C(0x0101010101010101);
  const uint64_t tops = UINT64_C(0x8080808080808080);
  size_t i = 0;

  for (; len - i >= 8; i += 8) {
    uint64_t word;
    uint64_t quote;
    uint64_t backslash;
    memcpy(&word, text + i, 8);
    quote = word ^ (ones * '"');
    backslash = word ^ (ones * '\\');
    if (((word - ones * 0x20) | (quote - ones) | (backslash - ones)) & ~word & tops)
      break;
  }
  while (i < len && !needs_escape((unsigned char)text[i]))
    i++;
  return i;
}

void upsell__write_string(upsell__buffer *buffer, upsell_str text)
{
  size_t from = 0;

  upsell__buffer_append_char(buffer, '"');
  for (;;) {
    size_t plain = plain_length(text.data + from, text.len - from);
    upsell__buffer_append(buffer, text.data + from, plain);
    from += plain;
    if (from == text.len)
      break;
    write_escape(buffer, (unsigned char)text.data[from++]);
  }
  upsell__buffer_append_char(buffer, '"');
}

void upsell__write_string_or_null(upsell__buffer *buffer, upsell_str text)
{
  if (text.data)
    upsell__write_string(buffer, text);
  else
    UPSELL__APPEND(buffer, "null");
}

void upsell__write_strings(upsell__buffer *buffer, const upsell_str *texts, size_t count)
{
  size_t i;

  upsell__buffer_append_char(buffer, '[');
  for (i = 0; i < count; i++) {
    if (i)
      upsell__buffer_append_char(buffer, ',');
    upsell__write_string(buffer, texts[i]);
  }
  upsell__buffer_append_char(buffer, ']');
}

void upsell__write_bool(upsell__buffer *buffer, int value)
{
  if (value)
    UPSELL__APPEND(buffer, "true");
  else
    UPSELL__APPEND(buffer, "false");
}
