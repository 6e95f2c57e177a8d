/* SPDX-License-Identifier: MIT */
/* The files of the example store. TEA_STORE is its folder. */
#ifndef UPSELL_TESTS_FILES_H
#define UPSELL_TESTS_FILES_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <upsell/base.h>

/* A whole file in memory of just its size; the caller frees `data`. */
static inline upsell_str read_file(const char *path)
{
  FILE *file = fopen(path, "rb");
  upsell_str text = {NULL, 0};
  char *data;
  long size;

  ck_assert_msg(file != NULL, "cannot open %s", path);
  ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
  size = ftell(file);
  ck_assert_int_gt(size, 0);
  rewind(file);
  data = malloc((size_t)size);
  ck_assert_ptr_nonnull(data);
  text.len = fread(data, 1, (size_t)size, file);
  ck_assert_int_eq((long)text.len, size);
  fclose(file);
  text.data = data;
  return text;
}

/* The next line of `text` from `*at` on, without its end; absent behind the last. */
static inline upsell_str next_line(upsell_str text, size_t *at)
{
  upsell_str line = {NULL, 0};
  const char *end;

  if (*at >= text.len)
    return line;
  line.data = text.data + *at;
  end = memchr(line.data, '\n', text.len - *at);
  line.len = end ? (size_t)(end - line.data) : text.len - *at;
  *at += line.len + 1;
  return line;
}

#endif
