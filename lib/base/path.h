/* SPDX-License-Identifier: MIT */
/*
 * Where in a document something is. A path is a chain of nodes on the C stack,
 * from a value up to the document; it costs nothing until an error needs its
 * text, an RFC 6901 JSON Pointer.
 */
#ifndef UPSELL_BASE_PATH_H
#define UPSELL_BASE_PATH_H

#include "base/str.h"

typedef struct upsell__path {
  const struct upsell__path *parent; /* NULL: directly below the document */
  const char *key;                   /* NULL: `index` counts */
  size_t key_len;
  size_t index;
} upsell__path;

static inline upsell__path upsell__at_key(const upsell__path *parent, const char *key)
{
  upsell__path path = {parent, key, strlen(key), 0};
  return path;
}

static inline upsell__path upsell__at_index(const upsell__path *parent, size_t index)
{
  upsell__path path = {parent, NULL, 0, index};
  return path;
}

/*
 * Writes the pointer of `path` (NULL: the document, "") with a NUL into `out`
 * of `size` bytes, at least 1. A token that does not fit, and all below it, is
 * left out: the text is then the pointer of an ancestor. Returns whether all of
 * it is there.
 */
int upsell__path_write(const upsell__path *path, char *out, size_t size);

#endif
