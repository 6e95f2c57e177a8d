/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include "base/alloc.h"

struct upsell_text {
  char *data;
  size_t len;
};

upsell_text *upsell__text_new(upsell__buffer *buffer)
{
  upsell_text *text = upsell__alloc(1, sizeof(*text));

  upsell__buffer_append_char(buffer, '\0');
  if (!text || buffer->failed) {
    upsell__free(text);
    upsell__buffer_free(buffer);
    return NULL;
  }
  text->data = buffer->data;
  text->len = buffer->len - 1;
  return text;
}

const char *upsell_text_data(const upsell_text *text, size_t *len)
{
  if (!text)
    return NULL;
  if (len)
    *len = text->len;
  return text->data;
}

void upsell_text_free(upsell_text *text)
{
  if (!text)
    return;
  upsell__free(text->data);
  upsell__free(text);
}
