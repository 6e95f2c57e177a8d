/* SPDX-License-Identifier: MIT */
/* Reading "given" and comparing with "expect". */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "vectors.h"

int vector_is_listed(const char *list, const char *word)
{
  size_t len = strlen(word);

  while (*list) {
    size_t next = strcspn(list, " ");
    if (next == len && memcmp(list, word, len) == 0)
      return 1;
    list += next;
    list += strspn(list, " ");
  }
  return 0;
}

void vector_keys(const vector *v, struct json_object *object, const char *keys)
{
  if (!json_object_is_type(object, json_type_object))
    ck_abort_msg("%s: an object with the keys %s was expected", v->name, keys);
  json_object_object_foreach (object, key, value) {
    (void)value;
    if (!vector_is_listed(keys, key))
      ck_abort_msg("%s: the key %s is not one of: %s", v->name, key, keys);
  }
}

struct json_object *vector_find(struct json_object *object, const char *key)
{
  struct json_object *found = NULL;

  json_object_object_get_ex(object, key, &found);
  return found;
}

struct json_object *vector_get(const vector *v, struct json_object *object, const char *key)
{
  struct json_object *found = NULL;

  if (!json_object_object_get_ex(object, key, &found))
    ck_abort_msg("%s: the key %s is missing", v->name, key);
  return found;
}

int64_t vector_int(const vector *v, struct json_object *object, const char *key)
{
  struct json_object *found = vector_get(v, object, key);

  if (!json_object_is_type(found, json_type_int))
    ck_abort_msg("%s: %s must be an integer", v->name, key);
  return json_object_get_int64(found);
}

int32_t vector_int32(const vector *v, struct json_object *object, const char *key)
{
  int64_t wide = vector_int(v, object, key);

  if (wide < INT32_MIN || wide > INT32_MAX)
    ck_abort_msg("%s: %s must fit in 32 bits", v->name, key);
  return (int32_t)wide;
}

static upsell_str string_of(const vector *v, struct json_object *object, const char *key)
{
  struct json_object *found = vector_get(v, object, key);
  upsell_str str;

  if (!json_object_is_type(found, json_type_string))
    ck_abort_msg("%s: %s must be a string", v->name, key);
  str.data = json_object_get_string(found);
  str.len = (size_t)json_object_get_string_len(found);
  return str;
}

int32_t vector_name(const vector *v, struct json_object *object, const char *key,
                    const char *const *names)
{
  upsell_str text;
  int32_t i;

  if (json_object_is_type(vector_get(v, object, key), json_type_int))
    return vector_int32(v, object, key);
  text = string_of(v, object, key);
  for (i = 0; names[i]; i++) {
    if (strcmp(names[i], text.data) == 0)
      return i + 1;
  }
  ck_abort_msg("%s: %s cannot be %s", v->name, key, text.data);
  return 0;
}

/* ---- texts ---- */

static vector_bytes bytes_of(upsell_str text)
{
  vector_bytes bytes = {malloc(text.len ? text.len : 1), text.len};

  ck_assert_ptr_nonnull(bytes.data);
  if (text.len)
    memcpy(bytes.data, text.data, text.len);
  return bytes;
}

static unsigned int hex_digit(const vector *v, char c)
{
  static const char digits[] = "0123456789abcdef";
  const char *found = c ? strchr(digits, c) : NULL;

  if (!found)
    ck_abort_msg("%s: hex must be pairs of the digits 0-9 and a-f", v->name);
  return (unsigned int)(found - digits);
}

static vector_bytes bytes_of_hex(const vector *v, upsell_str hex)
{
  vector_bytes bytes = bytes_of(hex);
  size_t i;

  bytes.len = hex.len / 2;
  for (i = 0; i < hex.len; i += 2) /* an odd digit meets the NUL, and fails */
    bytes.data[i / 2] = (char)(hex_digit(v, hex.data[i]) << 4 | hex_digit(v, hex.data[i + 1]));
  return bytes;
}

upsell_str vector_str(const vector *v, struct json_object *object, const char *key)
{
  static char room[256]; /* a test reads one such text at a time */
  upsell_str str;
  vector_bytes bytes;

  if (!vector_find(object, "hex"))
    return string_of(v, object, key);
  bytes = bytes_of_hex(v, string_of(v, object, "hex"));
  ck_assert_uint_le(bytes.len, sizeof(room));
  memcpy(room, bytes.data, bytes.len);
  str.data = room;
  str.len = bytes.len;
  free(bytes.data);
  return str;
}

/* An item of a "repeat", with its number in place of each `#`. */
static void append_item(vector_bytes *out, upsell_str item, int32_t number)
{
  size_t i;

  for (i = 0; i < item.len; i++) {
    if (item.data[i] == '#')
      out->len += (size_t)sprintf(out->data + out->len, "%d", number);
    else
      out->data[out->len++] = item.data[i];
  }
}

/* {"before", "item", "times", "after"}: the items stand between the two texts,
 * with commas between them, numbered from 0. */
static vector_bytes bytes_of_repeat(const vector *v, struct json_object *repeat)
{
  upsell_str before = string_of(v, repeat, "before");
  upsell_str item = string_of(v, repeat, "item");
  upsell_str after = string_of(v, repeat, "after");
  int32_t times = vector_int32(v, repeat, "times");
  vector_bytes out = {NULL, 0};
  vector_bytes exact;
  int32_t i;

  vector_keys(v, repeat, "before item times after");
  ck_assert_int_ge(times, 1);
  out.data = malloc(before.len + after.len + (size_t)times * (item.len * 11 + 1));
  ck_assert_ptr_nonnull(out.data);
  memcpy(out.data, before.data, before.len);
  out.len = before.len;
  for (i = 0; i < times; i++) {
    if (i)
      out.data[out.len++] = ',';
    append_item(&out, item, i);
  }
  memcpy(out.data + out.len, after.data, after.len);
  out.len += after.len;
  exact = bytes_of((upsell_str){out.data, out.len});
  free(out.data);
  return exact;
}

vector_bytes vector_document(const vector *v, const char *key, const char *text_key)
{
  if (vector_find(v->given, text_key))
    return bytes_of(string_of(v, v->given, text_key));
  return bytes_of(upsell_str_of(vector_json(vector_get(v, v->given, key))));
}

upsell_catalog *vector_catalog(const vector *v)
{
  vector_bytes text = vector_document(v, "catalog", "catalog_text");
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;

  if (upsell_catalog_new_from_json(text.data, text.len, &catalog, &error))
    ck_abort_msg("%s: the catalogue is refused: %s: %s", v->name, error.pointer, error.message);
  free(text.data);
  return catalog;
}

vector_bytes vector_source(const vector *v)
{
  vector_keys(v, v->given, "document text hex repeat");
  if (json_object_object_length(v->given) != 1)
    ck_abort_msg("%s: one of document, text, hex and repeat was expected", v->name);
  if (vector_find(v->given, "hex"))
    return bytes_of_hex(v, string_of(v, v->given, "hex"));
  if (vector_find(v->given, "repeat"))
    return bytes_of_repeat(v, vector_find(v->given, "repeat"));
  return vector_document(v, "document", "text");
}

/* ---- comparing ---- */

const char *vector_json(struct json_object *tree)
{
  /* json-c's own writer: the library's must not be compared with itself. */
  return json_object_to_json_string_ext(tree,
                                        JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

void vector_same(const vector *v, const char *what, const char *expected, const char *actual)
{
  if (strcmp(expected, actual) != 0)
    ck_abort_msg("%s: %s: expected %s, actual %s", v->name, what, expected, actual);
}

void vector_expect(const vector *v, struct json_object *actual)
{
  vector_same(v, "result", vector_json(v->expect), vector_json(actual));
  json_object_put(actual);
}

void vector_expect_status(const vector *v, upsell_status status)
{
  struct json_object *actual = json_object_new_object();

  vector_add_text(actual, "code", upsell_status_name(status));
  vector_expect(v, actual);
}

void vector_add_int(struct json_object *object, const char *key, int64_t value)
{
  json_object_object_add(object, key, json_object_new_int64(value));
}

void vector_add_text(struct json_object *object, const char *key, const char *text)
{
  json_object_object_add(object, key, json_object_new_string(text));
}
