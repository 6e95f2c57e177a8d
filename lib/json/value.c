/* SPDX-License-Identifier: MIT */
#include "json/value.h"

#include <stdio.h>

#include "json/fault.h"
#include "json/scan.h"
#include "json/writer.h"

static int no_memory(upsell__reader *reader)
{
  return upsell__reader_fault(reader, UPSELL_NO_MEMORY, "Memory ran out.");
}

/* The text of a string, in place where it has no escapes. */
static int decoded(upsell__reader *reader, const upsell__json_string *string, upsell__arena *arena,
                   upsell_str *text)
{
  char *room;

  *text = string->raw;
  if (!string->escaped)
    return 1;
  room = upsell__arena_alloc(arena, string->raw.len + 1, 1);
  if (!room)
    return no_memory(reader);
  text->len = upsell__json_decode(string, room);
  text->data = room;
  return 1;
}

/* Reads a value without children; an object or array is entered. */
static int read_head(upsell__reader *reader, upsell__arena *arena, upsell__value *value)
{
  upsell__json_string string;
  upsell__json_number number;

  value->kind = upsell__reader_peek(reader);
  switch (value->kind) {
  case UPSELL__JSON_OBJECT:
  case UPSELL__JSON_ARRAY:
    return upsell__reader_enter(reader);
  case UPSELL__JSON_STRING:
    return upsell__reader_string(reader, &string) && decoded(reader, &string, arena, &value->text);
  case UPSELL__JSON_NUMBER:
    if (!upsell__reader_number(reader, &number))
      return 0;
    value->text = number.raw;
    return 1;
  case UPSELL__JSON_TRUE:
  case UPSELL__JSON_FALSE:
  case UPSELL__JSON_NULL:
    return upsell__reader_literal(reader, value->kind);
  default:
    return 0;
  }
}

static void attach(upsell__value *parent, upsell__value *child)
{
  if (parent->last)
    parent->last->next = child;
  else
    parent->first = child;
  parent->last = child;
  parent->count++;
}

static int next_child(upsell__reader *reader, const upsell__value *parent)
{
  if (parent->kind == UPSELL__JSON_OBJECT)
    return upsell__reader_next_key(reader) && upsell__reader_note_key(reader);
  return upsell__reader_next_item(reader);
}

/* Reads all below `root`, whose inside was just entered. */
static int read_children(upsell__reader *reader, upsell__arena *arena, upsell__value *root)
{
  upsell__value *open[UPSELL__JSON_DEPTH_MAX + 1];
  int outside = reader->depth - 1;

  open[reader->depth] = root;
  while (reader->depth > outside) {
    upsell__value *parent = open[reader->depth];
    upsell__value *child;
    if (!next_child(reader, parent)) {
      if (reader->status != UPSELL_OK)
        return 0;
      continue;
    }
    child = upsell__arena_alloc(arena, 1, sizeof(*child));
    if (!child)
      return no_memory(reader);
    if (parent->kind == UPSELL__JSON_OBJECT &&
        !decoded(reader, upsell__reader_key_of(reader), arena, &child->key))
      return 0;
    if (!read_head(reader, arena, child))
      return 0;
    attach(parent, child);
    if (child->kind == UPSELL__JSON_OBJECT || child->kind == UPSELL__JSON_ARRAY)
      open[reader->depth] = child;
  }
  return 1;
}

upsell_status upsell__value_read(const char *text, size_t len, upsell__arena *arena,
                                 const upsell__value **value, upsell__sink *sink)
{
  upsell__value *root = upsell__arena_alloc(arena, 1, sizeof(*root));
  upsell__reader reader;
  int read;

  if (!root)
    return upsell__report_no_memory(sink);
  upsell__reader_init(&reader, text, len);
  read = read_head(&reader, arena, root);
  if (read && reader.depth > 0)
    read = read_children(&reader, arena, root);
  if (read)
    upsell__reader_end(&reader);
  upsell__reader_done(&reader);
  if (reader.status != UPSELL_OK) {
    upsell__report_fault(sink, &reader);
    return reader.status;
  }
  *value = root;
  return UPSELL_OK;
}

upsell__value *upsell__value_new(upsell__arena *arena, upsell__json_kind kind)
{
  upsell__value *value = upsell__arena_alloc(arena, 1, sizeof(*value));

  if (value)
    value->kind = kind;
  return value;
}

upsell__value *upsell__value_string(upsell__arena *arena, upsell_str text)
{
  upsell__value *value = upsell__value_new(arena, UPSELL__JSON_STRING);

  if (value)
    value->text = text;
  return value;
}

int upsell__value_append(upsell__arena *arena, upsell__value *parent, upsell_str key,
                         const upsell__value *child)
{
  upsell__value *copy;

  if (!parent || !child)
    return 0;
  copy = upsell__arena_alloc(arena, 1, sizeof(*copy));
  if (!copy)
    return 0;
  *copy = *child;
  copy->key = key;
  copy->next = NULL;
  attach(parent, copy);
  return 1;
}

const upsell__value *upsell__value_member_of(const upsell__value *object, upsell_str key)
{
  const upsell__value *member;

  if (!object || object->kind != UPSELL__JSON_OBJECT)
    return NULL;
  for (member = object->first; member; member = member->next) {
    if (upsell__str_equal(member->key, key))
      return member;
  }
  return NULL;
}

const upsell__value *upsell__value_member(const upsell__value *object, const char *key)
{
  return upsell__value_member_of(object, upsell_str_of(key));
}

/* Whether a pointer token, with its escapes, is this key. */
static int token_is(upsell_str token, upsell_str key)
{
  size_t k = 0;
  size_t i;

  for (i = 0; i < token.len; i++, k++) {
    char c = token.data[i];
    if (c == '~') {
      if (i + 1 == token.len || (token.data[i + 1] != '0' && token.data[i + 1] != '1'))
        return 0; /* no pointer has this */
      c = token.data[++i] == '1' ? '/' : '~';
    }
    if (k == key.len || key.data[k] != c)
      return 0;
  }
  return k == key.len;
}

/* The number of an array item in a pointer token; -1 where it is none. */
static int64_t item_number(upsell_str token)
{
  int64_t number = 0;
  size_t i;

  if (token.len == 0 || token.len > 9 || (token.data[0] == '0' && token.len > 1))
    return -1;
  for (i = 0; i < token.len; i++) {
    if (token.data[i] < '0' || token.data[i] > '9')
      return -1;
    number = number * 10 + (token.data[i] - '0');
  }
  return number;
}

static const upsell__value *child_at(const upsell__value *value, upsell_str token)
{
  const upsell__value *child = value->first;
  int64_t number;

  if (value->kind == UPSELL__JSON_OBJECT) {
    while (child && !token_is(token, child->key))
      child = child->next;
    return child;
  }
  if (value->kind != UPSELL__JSON_ARRAY)
    return NULL;
  number = item_number(token);
  if (number < 0 || number >= value->count)
    return NULL;
  while (number-- > 0)
    child = child->next;
  return child;
}

const upsell__value *upsell__value_at(const upsell__value *value, upsell_str pointer)
{
  size_t at = 0;

  while (value && at < pointer.len) {
    upsell_str token;
    if (pointer.data[at] != '/')
      return NULL;
    token.data = pointer.data + ++at;
    token.len = 0;
    while (at < pointer.len && pointer.data[at] != '/') {
      token.len++;
      at++;
    }
    value = child_at(value, token);
  }
  return value;
}

int upsell__is_pointer(upsell_str text)
{
  size_t i;

  if (text.len && text.data[0] != '/')
    return 0;
  for (i = 0; i < text.len; i++) {
    if (text.data[i] == '~' &&
        (i + 1 == text.len || (text.data[i + 1] != '0' && text.data[i + 1] != '1')))
      return 0;
  }
  return 1;
}

int upsell__value_is(const upsell__value *value, const char *text)
{
  return value && value->kind == UPSELL__JSON_STRING &&
         upsell__str_equal(value->text, upsell_str_of(text));
}

static void write_value(upsell__buffer *buffer, const upsell__value *value, size_t max);

static void write_children(upsell__buffer *buffer, const upsell__value *value, size_t max)
{
  int is_object = value->kind == UPSELL__JSON_OBJECT;
  const upsell__value *child;

  upsell__buffer_append_char(buffer, is_object ? '{' : '[');
  for (child = value->first; child && buffer->len <= max; child = child->next) {
    if (child != value->first)
      upsell__buffer_append_char(buffer, ',');
    if (is_object) {
      upsell__write_string(buffer, child->key);
      upsell__buffer_append_char(buffer, ':');
    }
    write_value(buffer, child, max);
  }
  upsell__buffer_append_char(buffer, is_object ? '}' : ']');
}

static void write_value(upsell__buffer *buffer, const upsell__value *value, size_t max)
{
  switch (value->kind) {
  case UPSELL__JSON_OBJECT:
  case UPSELL__JSON_ARRAY:
    write_children(buffer, value, max);
    break;
  case UPSELL__JSON_STRING:
    upsell__write_string(buffer, value->text);
    break;
  case UPSELL__JSON_NUMBER:
    upsell__buffer_append(buffer, value->text.data, value->text.len);
    break;
  case UPSELL__JSON_TRUE:
  case UPSELL__JSON_FALSE:
    upsell__write_bool(buffer, value->kind == UPSELL__JSON_TRUE);
    break;
  default:
    UPSELL__APPEND(buffer, "null");
    break;
  }
}

void upsell__value_write(upsell__buffer *buffer, const upsell__value *value)
{
  write_value(buffer, value, SIZE_MAX);
}

int upsell__value_write_within(upsell__buffer *buffer, const upsell__value *value, size_t max)
{
  write_value(buffer, value, max);
  return buffer->len <= max;
}

const char *upsell__value_show(const upsell__value *value, char out[UPSELL__SHOWN_SIZE])
{
  switch (value->kind) {
  case UPSELL__JSON_OBJECT:
    return "an object";
  case UPSELL__JSON_ARRAY:
    return "an array";
  case UPSELL__JSON_STRING:
    return upsell__quote(value->text, out);
  case UPSELL__JSON_NUMBER:
    snprintf(out, UPSELL__SHOWN_SIZE, "the number %.*s%s",
             value->text.len > 40 ? 40 : (int)value->text.len, value->text.data,
             value->text.len > 40 ? "..." : "");
    return out;
  case UPSELL__JSON_TRUE:
    return "true";
  case UPSELL__JSON_FALSE:
    return "false";
  default:
    return "null";
  }
}
