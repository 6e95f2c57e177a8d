/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include "base/alloc.h"

char *upsell__buffer_reserve(upsell__buffer *buffer, size_t count)
{
  if (buffer->capacity - buffer->len < count) {
    void *data = buffer->data;
    if (buffer->failed || count > SIZE_MAX - buffer->len ||
        !upsell__grow(&data, &buffer->capacity, buffer->len + count, 1)) {
      buffer->failed = 1;
      return NULL;
    }
    buffer->data = data;
  }
  return buffer->data + buffer->len;
}

void upsell__buffer_append(upsell__buffer *buffer, const char *data, size_t len)
{
  char *room = upsell__buffer_reserve(buffer, len);

  if (!room || !len)
    return;
  memcpy(room, data, len);
  buffer->len += len;
}

void upsell__buffer_append_str(upsell__buffer *buffer, upsell_str text)
{
  upsell__buffer_append(buffer, text.data, text.len);
}

void upsell__buffer_append_char(upsell__buffer *buffer, char c)
{
  upsell__buffer_append(buffer, &c, 1);
}

void upsell__buffer_append_int(upsell__buffer *buffer, int64_t value)
{
  char digits[20];
  size_t at = sizeof(digits);
  /* The magnitude as unsigned, so that INT64_MIN has one too. */
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

  do {
    digits[--at] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest);
  if (value < 0)
    digits[--at] = '-';
  upsell__buffer_append(buffer, digits + at, sizeof(digits) - at);
}

void upsell__buffer_free(upsell__buffer *buffer)
{
  upsell__free(buffer->data);
  memset(buffer, 0, sizeof(*buffer));
}
