/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

void end_without_memory(void)
{
  complain("memory", "there is not enough; start again to go on");
  exit(EXIT_FAILED);
}

static void make_room(text_buffer *t, size_t len)
{
  size_t wanted = t->len + len + 1;
  char *data;

  if (wanted <= t->capacity)
    return;
  if (wanted < 2 * t->capacity)
    wanted = 2 * t->capacity;
  data = realloc(t->data, wanted);
  if (!data)
    end_without_memory();
  t->data = data;
  t->capacity = wanted;
}

void text_add(text_buffer *t, const char *data, size_t len)
{
  make_room(t, len);
  if (len)
    memcpy(t->data + t->len, data, len);
  t->len += len;
  t->data[t->len] = '\0';
}

void text_add_words(text_buffer *t, const char *words)
{
  text_add(t, words, strlen(words));
}

void text_add_json_string(text_buffer *t, upsell_str value)
{
  size_t i;

  text_add(t, "\"", 1);
  for (i = 0; i < value.len; i++) {
    unsigned char c = (unsigned char)value.data[i];
    char escape[8];
    if (c == '"' || c == '\\')
      snprintf(escape, sizeof(escape), "\\%c", c);
    else if (c < 0x20)
      snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)c);
    else
      snprintf(escape, sizeof(escape), "%c", c);
    text_add_words(t, escape);
  }
  text_add(t, "\"", 1);
}

int text_read(text_buffer *t, int file)
{
  char piece[8192];
  ssize_t got;

  while ((got = read(file, piece, sizeof(piece))) != 0) {
    if (got < 0 && errno != EINTR)
      return 0;
    if (got > 0)
      text_add(t, piece, (size_t)got);
  }
  return 1;
}

void text_clear(text_buffer *t)
{
  t->len = 0;
}

void text_free(text_buffer *t)
{
  free(t->data);
  memset(t, 0, sizeof(*t));
}

upsell_str text_str(const text_buffer *t)
{
  upsell_str value = {t->data, t->len};

  return value;
}
