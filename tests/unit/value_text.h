/* SPDX-License-Identifier: MIT */
/* Values from texts and back, in one arena that each test frees. */
#ifndef UPSELL_TESTS_VALUE_TEXT_H
#define UPSELL_TESTS_VALUE_TEXT_H

#include <check.h>

#include "json/value.h"

static upsell__arena arena;

static inline void tear_down(void)
{
  upsell__arena_free(&arena);
}

static inline const upsell__value *read_slice(upsell_str text)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  const upsell__value *value = NULL;

  if (upsell__value_read(text.data, text.len, &arena, &value, &sink))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  return value;
}

static inline const upsell__value *read_text(const char *text)
{
  return read_slice(upsell_str_of(text));
}

/* The text of a value in the arena, NUL-terminated. */
static inline const char *written(const upsell__value *value)
{
  upsell__buffer buffer = {0};
  upsell_str copy;

  upsell__value_write(&buffer, value);
  ck_assert_int_eq(buffer.failed, 0);
  ck_assert(upsell__arena_copy(&arena, (upsell_str){buffer.data, buffer.len}, &copy));
  upsell__buffer_free(&buffer);
  return copy.data;
}

#endif
