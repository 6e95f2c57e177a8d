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

void upsell__write_string(upsell__buffer *buffer, upsell_str text)
{
  size_t plain = 0;
  size_t i;

  upsell__buffer_append_char(buffer, '"');
  for (i = 0; i < text.len; i++) {
    if (!needs_escape((unsigned char)text.data[i]))
      continue;
    upsell__buffer_append(buffer, text.data + plain, i - plain);
    write_escape(buffer, (unsigned char)text.data[i]);
    plain = i + 1;
  }
  upsell__buffer_append(buffer, text.data + plain, text.len - plain);
  upsell__buffer_append_char(buffer, '"');
}

void upsell__write_string_or_null(upsell__buffer *buffer, upsell_str text)
{
  if (text.data)
    upsell__write_string(buffer, text);
  else
    UPSELL__APPEND(buffer, "null");
}

void upsell__write_bool(upsell__buffer *buffer, int value)
{
  if (value)
    UPSELL__APPEND(buffer, "true");
  else
    UPSELL__APPEND(buffer, "false");
}
