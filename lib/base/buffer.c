/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include "base/alloc.h"

int upsell__buffer_grow(upsell__buffer *buffer, size_t count)
{
  void *data = buffer->data;

  if (buffer->failed || count > SIZE_MAX - buffer->len ||
      !upsell__grow(&data, &buffer->capacity, buffer->len + count, 1)) {
    buffer->failed = 1;
    return 0;
  }
  buffer->data = data;
  return 1;
}

void upsell__buffer_append_uint(upsell__buffer *buffer, uint64_t value)
{
  char digits[20];
  size_t at = sizeof(digits);

  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  upsell__buffer_append(buffer, digits + at, sizeof(digits) - at);
}

void upsell__buffer_append_int(upsell__buffer *buffer, int64_t value)
{
  if (value < 0)
    upsell__buffer_append_char(buffer, '-');
  /* The magnitude as unsigned, so that INT64_MIN has one too. */
  upsell__buffer_append_uint(buffer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void upsell__buffer_free(upsell__buffer *buffer)
{
  upsell__free(buffer->data);
  memset(buffer, 0, sizeof(*buffer));
}
