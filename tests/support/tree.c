/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <limits.h>

#include "base/alloc.h"
#include "json/fault.h"
#include "json/reader.h"

static int no_memory(upsell__reader *reader)
{
  return upsell__reader_fault(reader, UPSELL_NO_MEMORY, "Memory ran out.");
}

/* The decoded text of a string in new memory, NUL-terminated, or NULL. */
static char *decoded(const upsell__json_string *string, size_t *len)
{
  char *text = string->raw.len < INT_MAX ? upsell__alloc(string->raw.len + 1, 1) : NULL;

  if (text) {
    *len = upsell__json_decode(string, text);
    text[*len] = '\0';
  }
  return text;
}

static int read_string(upsell__reader *reader, struct json_object **value)
{
  upsell__json_string string;
  size_t len;
  char *text;

  if (!upsell__reader_string(reader, &string))
    return 0;
  text = decoded(&string, &len);
  if (!text)
    return no_memory(reader);
  *value = json_object_new_string_len(text, (int)len);
  upsell__free(text);
  return *value ? 1 : no_memory(reader);
}

static int read_number(upsell__reader *reader, struct json_object **value)
{
  upsell__json_number number;

  if (!upsell__reader_number(reader, &number))
    return 0;
  if (!number.is_integer)
    return upsell__reader_fault(reader, UPSELL_WRONG_TYPE,
                                "Only integers are allowed here; write an amount as a string.");
  if (!number.in_range)
    return upsell__reader_fault(reader, UPSELL_INTEGER_RANGE,
                                "This integer does not fit in 64 bits.");
  *value = json_object_new_int64(number.value);
  return *value ? 1 : no_memory(reader);
}

/* Reads a value without children; an object or array is made empty and entered. */
static int read_value(upsell__reader *reader, struct json_object **value)
{
  upsell__json_kind kind = upsell__reader_peek(reader);

  *value = NULL;
  switch (kind) {
  case UPSELL__JSON_OBJECT:
    *value = json_object_new_object();
    return *value ? upsell__reader_enter(reader) : no_memory(reader);
  case UPSELL__JSON_ARRAY:
    *value = json_object_new_array();
    return *value ? upsell__reader_enter(reader) : no_memory(reader);
  case UPSELL__JSON_STRING:
    return read_string(reader, value);
  case UPSELL__JSON_NUMBER:
    return read_number(reader, value);
  case UPSELL__JSON_TRUE:
  case UPSELL__JSON_FALSE:
    *value = json_object_new_boolean(kind == UPSELL__JSON_TRUE);
    return *value ? upsell__reader_literal(reader, kind) : no_memory(reader);
  case UPSELL__JSON_NULL:
    return upsell__reader_literal(reader, kind);
  default:
    return 0;
  }
}

/* Puts a value into its parent, which owns it from then on. */
static int attach(upsell__reader *reader, struct json_object *parent,
                  const upsell__json_string *key, struct json_object *value)
{
  size_t len;
  char *name;
  int kept;

  if (json_object_is_type(parent, json_type_array))
    return json_object_array_add(parent, value) == 0 ? 1 : no_memory(reader);
  name = decoded(key, &len);
  if (!name)
    return no_memory(reader);
  kept = json_object_object_add(parent, name, value) == 0;
  upsell__free(name);
  return kept ? 1 : no_memory(reader);
}

static int next_child(upsell__reader *reader, const struct json_object *parent)
{
  if (json_object_is_type(parent, json_type_object))
    return upsell__reader_next_key(reader) && upsell__reader_note_key(reader);
  return upsell__reader_next_item(reader);
}

/* Reads all below `open[depth]`; what is attached belongs to the tree. */
static int read_children(upsell__reader *reader, struct json_object *root)
{
  struct json_object *open[UPSELL__JSON_DEPTH_MAX + 1];
  int outside = reader->depth - 1;

  open[reader->depth] = root;
  while (reader->depth > outside) {
    struct json_object *parent = open[reader->depth];
    upsell__json_string key = {{NULL, 0}, 0};
    struct json_object *value;
    if (!next_child(reader, parent)) {
      if (reader->status != UPSELL_OK)
        return 0;
      continue;
    }
    key = *upsell__reader_key_of(reader);
    if (!read_value(reader, &value)) {
      json_object_put(value);
      return 0;
    }
    if (!attach(reader, parent, &key, value)) {
      json_object_put(value);
      return 0;
    }
    if (json_object_is_type(value, json_type_object) || json_object_is_type(value, json_type_array))
      open[reader->depth] = value;
  }
  return 1;
}

upsell_status upsell__tree_read(const char *text, size_t len, struct json_object **tree,
                                upsell__sink *sink)
{
  upsell__reader reader;
  struct json_object *root = NULL;
  int read;

  upsell__reader_init(&reader, text, len);
  read = read_value(&reader, &root);
  if (read && reader.depth > 0)
    read = read_children(&reader, root);
  if (read)
    upsell__reader_end(&reader);
  upsell__reader_done(&reader);
  if (reader.status != UPSELL_OK) {
    upsell__report_fault(sink, &reader);
    json_object_put(root);
    return reader.status;
  }
  *tree = root;
  return UPSELL_OK;
}

/* The number of an array item in a pointer token, or -1. */
static long item_number(const char *token, size_t len)
{
  long number = 0;
  size_t i;

  if (len == 0 || len > 9 || (token[0] == '0' && len > 1))
    return -1;
  for (i = 0; i < len; i++) {
    if (token[i] < '0' || token[i] > '9')
      return -1;
    number = number * 10 + (token[i] - '0');
  }
  return number;
}

/* Whether a pointer token, with its escapes, is this key. */
static int token_is(const char *token, size_t len, const char *key)
{
  size_t i;

  for (i = 0; i < len; i++, key++) {
    char c = token[i];
    if (c == '~') {
      if (i + 1 == len || (token[i + 1] != '0' && token[i + 1] != '1'))
        return 0; /* no pointer has this */
      c = token[++i] == '1' ? '/' : '~';
    }
    if (*key != c)
      return 0;
  }
  return *key == '\0';
}

static int get_member(struct json_object *object, const char *token, size_t len,
                      struct json_object **found)
{
  json_object_object_foreach (object, key, value) {
    if (token_is(token, len, key)) {
      *found = value;
      return 1;
    }
  }
  return 0;
}

int upsell__tree_get(struct json_object *tree, const char *pointer, struct json_object **found)
{
  struct json_object *at = tree;

  while (*pointer == '/') {
    size_t len = strcspn(++pointer, "/");
    if (json_object_is_type(at, json_type_array)) {
      long number = item_number(pointer, len);
      if (number < 0 || (size_t)number >= json_object_array_length(at))
        return 0;
      at = json_object_array_get_idx(at, (size_t)number);
    } else if (!json_object_is_type(at, json_type_object) || !get_member(at, pointer, len, &at)) {
      return 0;
    }
    pointer += len;
  }
  if (*pointer)
    return 0;
  *found = at;
  return 1;
}
