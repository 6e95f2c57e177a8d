/* SPDX-License-Identifier: MIT */
#include "width.h"

#include "cli.h"

typedef struct code_range {
  uint32_t first;
  uint32_t last;
} code_range;

/* Characters of two columns: wide and full-width ones (Unicode, East Asian Width) and
 * pictures. */
static const code_range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

/* Marks that stand on the character before them, and what is not seen. */
static const code_range narrowest[] = {
    {0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF},
    {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

static int is_among(uint32_t code, const code_range *ranges, size_t count)
{
  size_t i;

  for (i = 0; i < count; i++) {
    if (code >= ranges[i].first && code <= ranges[i].last)
      return 1;
  }
  return 0;
}

/* Decodes one character and moves on. */
static uint32_t next_code(upsell_str text, size_t *at)
{
  unsigned char first = (unsigned char)text.data[(*at)++];
  uint32_t code = first < 0x80   ? first
                  : first < 0xE0 ? first & 0x1F
                  : first < 0xF0 ? first & 0x0F
                                 : first & 0x07;

  while (*at < text.len && ((unsigned char)text.data[*at] & 0xC0) == 0x80)
    code = code << 6 | ((unsigned char)text.data[(*at)++] & 0x3F);
  return code;
}

static size_t width_of(uint32_t code)
{
  if (is_among(code, narrowest, sizeof(narrowest) / sizeof(narrowest[0])))
    return 0;
  return is_among(code, wide, sizeof(wide) / sizeof(wide[0])) ? 2 : 1;
}

size_t text_width(upsell_str text)
{
  size_t width = 0;
  size_t at = 0;

  while (at < text.len) {
    size_t unclean = unclean_length(text.data + at, text.len - at);
    if (unclean) {
      width++; /* is shown as "?" */
      at += unclean;
    } else {
      width += width_of(next_code(text, &at));
    }
  }
  return width;
}
