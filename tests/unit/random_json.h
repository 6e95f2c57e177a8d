/* SPDX-License-Identifier: MIT */
/* Random documents, and the tree that json-c makes of a text by itself. */
#ifndef UPSELL_TESTS_RANDOM_JSON_H
#define UPSELL_TESTS_RANDOM_JSON_H

#include <check.h>
#include <json-c/json_tokener.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "random.h"

static inline void random_string(uint64_t *state, upsell__buffer *out)
{
  static const char *const parts[] = {
      "a",    "~",   "/",  "\\u0061", "\\n", "\xE7\x85\x8E", "0", " ", "\\ud83c\\udf75",
      "\\\"", "\\/", "~1", "%"};
  uint32_t count = random_below(state, 5);

  while (count-- > 0) {
    const char *part = parts[random_below(state, sizeof(parts) / sizeof(parts[0]))];
    upsell__buffer_append(out, part, strlen(part));
  }
}

static inline void random_value(uint64_t *state, upsell__buffer *out, int depth)
{
  static const char *const simple[] = {"null", "true", "false", "-7", "0", "123456789012"};
  uint32_t kind = random_below(state, depth > 4 ? 2 : 4);
  uint32_t count = random_below(state, 6);
  uint32_t i;

  if (kind == 0)
    upsell__buffer_append(out, simple[count], strlen(simple[count]));
  if (kind == 1) {
    UPSELL__APPEND(out, "\"");
    random_string(state, out);
    UPSELL__APPEND(out, "\"");
  }
  if (kind < 2)
    return;
  upsell__buffer_append_char(out, kind == 2 ? '[' : '{');
  for (i = 0; i < count; i++) {
    upsell__buffer_append(out, i ? " , " : "", strlen(i ? " , " : ""));
    if (kind == 3) {
      UPSELL__APPEND(out, "\"");
      random_string(state, out);
      upsell__buffer_append_int(out, i); /* no key twice */
      UPSELL__APPEND(out, "\" : ");
    }
    random_value(state, out, depth + 1);
  }
  upsell__buffer_append_char(out, kind == 2 ? ']' : '}');
}

/* The tree that json-c builds itself. */
static inline struct json_object *json_c_tree(upsell_str text)
{
  struct json_tokener *tokener = json_tokener_new_ex(65);
  char *terminated = malloc(text.len + 1);
  struct json_object *tree;

  memcpy(terminated, text.data, text.len);
  terminated[text.len] = '\0';
  tree = json_tokener_parse_ex(tokener, terminated, (int)text.len + 1);
  ck_assert_int_eq(json_tokener_get_error(tokener), json_tokener_success);
  json_tokener_free(tokener);
  free(terminated);
  return tree;
}

#endif
