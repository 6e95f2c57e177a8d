/* SPDX-License-Identifier: MIT */
#include "shopify/gid.h"

static const char prefix[] = "gid://shopify/";

/* Takes `text` from the front of `id`, if it is there. */
static int take(upsell_str *id, const char *text, size_t len)
{
  if (id->len < len || memcmp(id->data, text, len) != 0)
    return 0;
  id->data += len;
  id->len -= len;
  return 1;
}

/* Takes "gid://shopify/<type>/" from the front of `id`; 0 where it is not there. */
static int take_head(upsell_str *id, const char *type)
{
  upsell_str rest = *id;

  if (!rest.data || !take(&rest, prefix, sizeof(prefix) - 1) || !take(&rest, type, strlen(type)) ||
      !take(&rest, "/", 1))
    return 0;
  *id = rest;
  return 1;
}

static int read_digits(upsell_str digits, int64_t *number)
{
  int64_t sum = 0;
  size_t i;

  if (digits.len < 1 || digits.len > 16 || digits.data[0] == '0')
    return 0;
  for (i = 0; i < digits.len; i++) {
    if (digits.data[i] < '0' || digits.data[i] > '9')
      return 0;
    sum = sum * 10 + (digits.data[i] - '0');
  }
  if (sum > UPSELL__GID_NUMBER_MAX)
    return 0;
  *number = sum;
  return 1;
}

int upsell__gid_digits(upsell_str id, const char *type, upsell_str *digits)
{
  int64_t number;

  take_head(&id, type);
  if (!read_digits(id, &number))
    return 0;
  *digits = id;
  return 1;
}

int upsell__gid_number(upsell_str id, const char *type, int64_t *number)
{
  take_head(&id, type);
  return read_digits(id, number);
}

int upsell__is_gid(upsell_str id, const char *type)
{
  int64_t number;

  return take_head(&id, type) && read_digits(id, &number);
}

void upsell__gid_write(upsell__buffer *buffer, const char *type, int64_t number)
{
  upsell__buffer_append(buffer, prefix, sizeof(prefix) - 1);
  upsell__buffer_append(buffer, type, strlen(type));
  upsell__buffer_append_char(buffer, '/');
  upsell__buffer_append_int(buffer, number);
}

upsell_str upsell__gid_make(upsell__arena *arena, const char *type, int64_t number)
{
  upsell__buffer buffer = {0};
  upsell_str made;
  upsell_str copy = {NULL, 0};

  upsell__gid_write(&buffer, type, number);
  made.data = buffer.data;
  made.len = buffer.len;
  if (!buffer.failed && !upsell__arena_copy(arena, made, &copy))
    copy.data = NULL;
  upsell__buffer_free(&buffer);
  return copy;
}
