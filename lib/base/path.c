/* SPDX-License-Identifier: MIT */
#include "base/path.h"

/* Writes "/" and one token, escaped; returns its length, or 0 if it is longer
 * than `room`. */
static size_t write_key(const char *key, size_t len, char *out, size_t room)
{
  size_t used = 0;
  size_t i;

  if (room < 1)
    return 0;
  out[used++] = '/';
  for (i = 0; i < len; i++) {
    int escaped = key[i] == '~' || key[i] == '/';
    if (room - used < (escaped ? 2u : 1u))
      return 0;
    if (escaped)
      out[used++] = '~';
    out[used++] = key[i] == '~' ? '0' : key[i] == '/' ? '1' : key[i];
  }
  return used;
}

static size_t write_index(size_t index, char *out, size_t room)
{
  char digits[24];
  size_t at = sizeof(digits);

  do {
    digits[--at] = (char)('0' + index % 10);
    index /= 10;
  } while (index);
  return write_key(digits + at, sizeof(digits) - at, out, room);
}

/* Returns the text's length and clears `*whole` when a token did not fit. */
static size_t write_chain(const upsell__path *path, char *out, size_t room, int *whole)
{
  size_t used;
  size_t added;

  if (!path)
    return 0;
  used = write_chain(path->parent, out, room, whole);
  if (!*whole)
    return used;
  added = path->key ? write_key(path->key, path->key_len, out + used, room - used)
                    : write_index(path->index, out + used, room - used);
  if (!added)
    *whole = 0;
  return used + added;
}

int upsell__path_write(const upsell__path *path, char *out, size_t size)
{
  int whole = 1;

  out[write_chain(path, out, size - 1, &whole)] = '\0';
  return whole;
}
