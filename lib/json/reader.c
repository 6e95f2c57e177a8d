/* SPDX-License-Identifier: MIT */
#include "json/reader.h"

#include "base/alloc.h"
#include "base/path.h"
#include "base/sort.h"
#include "json/scan.h"

/* Up to this many keys of an object are compared one by one as they come; more
 * are compared when the object ends. */
enum { COMPARE_AT_ONCE = 16 };

static int fault_at(upsell__reader *reader, upsell_status status, const char *at,
                    const char *message)
{
  if (reader->status == UPSELL_OK) {
    reader->status = status;
    reader->fault = message;
    reader->at = at;
  }
  return 0;
}

int upsell__reader_fault(upsell__reader *reader, upsell_status status, const char *message)
{
  return fault_at(reader, status, reader->at, message);
}

static int token_fault(upsell__reader *reader, const upsell__scan_fault *fault)
{
  return fault_at(reader, fault->status, fault->at, fault->message);
}

void upsell__reader_init(upsell__reader *reader, const char *text, size_t len)
{
  reader->begin = text;
  reader->end = text + len;
  reader->at = text;
  reader->status = UPSELL_OK;
  reader->fault = NULL;
  reader->between = 0;
  reader->depth = 0;
  reader->keys = reader->own_keys;
  reader->key_count = 0;
  reader->key_capacity = UPSELL__READER_KEYS;
  if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
    fault_at(reader, UPSELL_JSON_ENCODING, text,
             "The text starts with a byte order mark; save it as UTF-8 without one.");
}

void upsell__reader_done(upsell__reader *reader)
{
  if (reader->keys != reader->own_keys)
    upsell__free(reader->keys);
  reader->keys = reader->own_keys;
}

static void skip_space(upsell__reader *reader)
{
  reader->at = upsell__scan_space(reader->at, reader->end);
}

upsell__json_kind upsell__reader_peek(upsell__reader *reader)
{
  if (reader->status != UPSELL_OK)
    return UPSELL__JSON_FAULT;
  skip_space(reader);
  if (reader->at == reader->end) {
    fault_at(reader, UPSELL_JSON_SYNTAX, reader->at,
             reader->depth ? "The text ends where a value was expected."
                           : "The text is empty; a JSON document was expected.");
    return UPSELL__JSON_FAULT;
  }
  switch (*reader->at) {
  case '{':
    return UPSELL__JSON_OBJECT;
  case '[':
    return UPSELL__JSON_ARRAY;
  case '"':
    return UPSELL__JSON_STRING;
  case 't':
    return UPSELL__JSON_TRUE;
  case 'f':
    return UPSELL__JSON_FALSE;
  case 'n':
    return UPSELL__JSON_NULL;
  default:
    return UPSELL__JSON_NUMBER; /* or a fault, which reading it will tell */
  }
}

int upsell__reader_string(upsell__reader *reader, upsell__json_string *string)
{
  upsell__scan_fault fault;
  const char *begin = reader->at + 1;
  const char *close = upsell__scan_string(begin, reader->end, &string->escaped, &fault);

  if (!close)
    return token_fault(reader, &fault);
  string->raw.data = begin;
  string->raw.len = (size_t)(close - begin);
  reader->at = close + 1;
  return 1;
}

int upsell__reader_number(upsell__reader *reader, upsell__json_number *number)
{
  upsell__scan_fault fault;
  const char *end = upsell__scan_number(reader->at, reader->end, number, &fault);

  if (!end)
    return token_fault(reader, &fault);
  reader->at = end;
  return 1;
}

int upsell__reader_literal(upsell__reader *reader, upsell__json_kind kind)
{
  const char *word = kind == UPSELL__JSON_TRUE    ? "true"
                     : kind == UPSELL__JSON_FALSE ? "false"
                                                  : "null";
  size_t len = strlen(word);

  if ((size_t)(reader->end - reader->at) < len || memcmp(reader->at, word, len) != 0)
    return fault_at(reader, UPSELL_JSON_SYNTAX, reader->at,
                    "This is not JSON; the only words are true, false and null.");
  reader->at += len;
  return 1;
}

int upsell__reader_enter(upsell__reader *reader)
{
  upsell__reader_frame *frame;

  if (reader->depth == UPSELL__JSON_DEPTH_MAX)
    return fault_at(reader, UPSELL_JSON_DEPTH, reader->at,
                    "Objects and arrays may be nested at most 64 deep.");
  frame = &reader->frames[++reader->depth];
  frame->is_object = *reader->at == '{';
  frame->begun = 0;
  frame->index = 0;
  frame->first_key = reader->key_count;
  reader->at++;
  return 1;
}

static void leave(upsell__reader *reader)
{
  reader->key_count = reader->frames[reader->depth].first_key;
  reader->depth--;
}

static int key_after(uint32_t a, uint32_t b, const void *context)
{
  const upsell__json_string *keys = context;
  int order = upsell__json_compare(&keys[a], &keys[b]);

  return order ? order > 0 : a > b;
}

/* Faults at the first key of an object that repeats an earlier one. */
static int compare_all_keys(upsell__reader *reader)
{
  upsell__reader_frame *frame = &reader->frames[reader->depth];
  const upsell__json_string *keys = reader->keys + frame->first_key;
  size_t count = reader->key_count - frame->first_key;
  uint32_t first = UINT32_MAX;
  uint32_t *order;
  size_t i;

  if (count <= COMPARE_AT_ONCE)
    return 1;
  order = count < UINT32_MAX ? upsell__alloc(count, sizeof(*order)) : NULL;
  if (!order)
    return fault_at(reader, UPSELL_NO_MEMORY, reader->at, "Memory ran out.");
  for (i = 0; i < count; i++)
    order[i] = (uint32_t)i;
  upsell__sort(order, count, key_after, keys);
  for (i = 1; i < count; i++) {
    if (order[i] < first && upsell__json_compare(&keys[order[i - 1]], &keys[order[i]]) == 0)
      first = order[i];
  }
  upsell__free(order);
  if (first == UINT32_MAX)
    return 1;
  frame->key = keys[first];
  upsell__reader_duplicate_key(reader);
  return 0;
}

/* At the end of an object or array: leaves it. */
static int close_frame(upsell__reader *reader)
{
  if (reader->frames[reader->depth].is_object && !compare_all_keys(reader))
    return 0;
  reader->at++;
  leave(reader);
  reader->between = 0;
  return 0;
}

/* Steps over the comma before a member or item. Returns 0 at the end. */
static int next_child(upsell__reader *reader, char close, const char *message)
{
  upsell__reader_frame *frame = &reader->frames[reader->depth];

  if (reader->status != UPSELL_OK)
    return 0;
  reader->between = 1;
  skip_space(reader);
  if (reader->at == reader->end)
    return fault_at(reader, UPSELL_JSON_SYNTAX, reader->at,
                    "The text ends inside an object or array.");
  if (*reader->at == close)
    return close_frame(reader);
  if (frame->begun) {
    if (*reader->at != ',')
      return fault_at(reader, UPSELL_JSON_SYNTAX, reader->at, message);
    reader->at++;
    skip_space(reader);
  }
  frame->begun = 1;
  return 1;
}

int upsell__reader_next_item(upsell__reader *reader)
{
  upsell__reader_frame *frame = &reader->frames[reader->depth];

  frame->index += (size_t)frame->begun;
  if (!next_child(reader, ']', "A comma or ] was expected here."))
    return 0;
  reader->between = 0;
  return 1;
}

int upsell__reader_next_key(upsell__reader *reader)
{
  upsell__reader_frame *frame = &reader->frames[reader->depth];

  if (!next_child(reader, '}', "A comma or } was expected here."))
    return 0;
  if (reader->at == reader->end || *reader->at != '"')
    return fault_at(reader, UPSELL_JSON_SYNTAX, reader->at,
                    "A key in double quotes was expected here.");
  if (!upsell__reader_string(reader, &frame->key))
    return 0;
  skip_space(reader);
  if (reader->at == reader->end || *reader->at != ':')
    return fault_at(reader, UPSELL_JSON_SYNTAX, reader->at,
                    "A colon was expected here, after the key.");
  reader->at++;
  reader->between = 0;
  return 1;
}

int upsell__reader_try_key(upsell__reader *reader, const char *quoted, size_t len)
{
  upsell__reader_frame *frame = &reader->frames[reader->depth];
  const char *at = upsell__scan_space(reader->at, reader->end);

  if (reader->status != UPSELL_OK)
    return 0;
  if (frame->begun) {
    if (at == reader->end || *at != ',')
      return 0;
    at = upsell__scan_space(at + 1, reader->end);
  }
  if ((size_t)(reader->end - at) <= len || memcmp(at, quoted, len) != 0)
    return 0;
  frame->key.raw.data = at + 1;
  frame->key.raw.len = len - 2;
  frame->key.escaped = 0;
  at = upsell__scan_space(at + len, reader->end);
  if (at == reader->end || *at != ':')
    return 0; /* next_key() will say what is wrong */
  frame->begun = 1;
  reader->at = at + 1;
  return 1;
}

void upsell__reader_duplicate_key(upsell__reader *reader)
{
  if (reader->status != UPSELL_OK)
    return;
  reader->between = 0;
  fault_at(reader, UPSELL_DUPLICATE_KEY, upsell__reader_key_of(reader)->raw.data - 1,
           "This key stands twice in the same object; keep one of the two.");
}

int upsell__reader_note_key(upsell__reader *reader)
{
  upsell__reader_frame *frame = &reader->frames[reader->depth];
  size_t count = reader->key_count - frame->first_key;
  size_t i;

  for (i = 0; i < count && count < COMPARE_AT_ONCE; i++) {
    if (upsell__json_compare(&reader->keys[frame->first_key + i], &frame->key) == 0) {
      upsell__reader_duplicate_key(reader);
      return 0;
    }
  }
  if (reader->key_count == reader->key_capacity) {
    void *grown = reader->keys == reader->own_keys ? NULL : reader->keys;
    size_t capacity = reader->key_capacity;
    if (!upsell__grow(&grown, &capacity, reader->key_count + 1, sizeof(*reader->keys)))
      return fault_at(reader, UPSELL_NO_MEMORY, reader->at, "Memory ran out.");
    if (reader->keys == reader->own_keys)
      memcpy(grown, reader->own_keys, sizeof(reader->own_keys));
    reader->keys = grown;
    reader->key_capacity = capacity;
  }
  reader->keys[reader->key_count++] = frame->key;
  return 1;
}

/* Reads a value that is not an object or array. */
static int skip_scalar(upsell__reader *reader, upsell__json_kind kind)
{
  upsell__json_string string;
  upsell__json_number number;

  switch (kind) {
  case UPSELL__JSON_STRING:
    return upsell__reader_string(reader, &string);
  case UPSELL__JSON_NUMBER:
    return upsell__reader_number(reader, &number);
  case UPSELL__JSON_TRUE:
  case UPSELL__JSON_FALSE:
  case UPSELL__JSON_NULL:
    return upsell__reader_literal(reader, kind);
  default:
    return 0;
  }
}

/* Goes to the next child of the innermost open object or array. */
static int skip_to_child(upsell__reader *reader)
{
  if (reader->frames[reader->depth].is_object)
    return upsell__reader_next_key(reader) && upsell__reader_note_key(reader);
  return upsell__reader_next_item(reader);
}

int upsell__reader_skip(upsell__reader *reader)
{
  int outside = reader->depth;

  /* A loop, not recursion: the C stack stays flat whatever the text holds. */
  do {
    upsell__json_kind kind = upsell__reader_peek(reader);
    if (kind == UPSELL__JSON_OBJECT || kind == UPSELL__JSON_ARRAY) {
      if (!upsell__reader_enter(reader))
        return 0;
    } else if (!skip_scalar(reader, kind)) {
      return 0;
    }
    while (reader->depth > outside && !skip_to_child(reader)) {
      if (reader->status != UPSELL_OK)
        return 0;
    }
  } while (reader->depth > outside);
  return 1;
}

int upsell__reader_end(upsell__reader *reader)
{
  if (reader->status != UPSELL_OK)
    return 0;
  skip_space(reader);
  if (reader->at != reader->end)
    return fault_at(reader, UPSELL_JSON_TRAILING, reader->at,
                    "Text follows the end of the document; one document was expected.");
  return 1;
}

/* The decoded bytes of a string, one by one. */
typedef struct byte_cursor {
  const char *at;
  const char *end;
  char bytes[4];
  size_t count;
  size_t next;
} byte_cursor;

static byte_cursor cursor_over(const upsell__json_string *string)
{
  byte_cursor cursor = {string->raw.data, string->raw.data + string->raw.len, {0}, 0, 0};
  return cursor;
}

/* The next byte, or -1 at the end. */
static int next_byte(byte_cursor *cursor)
{
  if (cursor->next == cursor->count) {
    if (cursor->at == cursor->end)
      return -1;
    cursor->count = upsell__scan_decode(&cursor->at, cursor->end, cursor->bytes);
    cursor->next = 0;
  }
  return (unsigned char)cursor->bytes[cursor->next++];
}

/* Texts without escapes are compared as they stand. */
static int compare_raw(upsell_str a, upsell_str b)
{
  size_t shorter = a.len < b.len ? a.len : b.len;
  int order = shorter ? memcmp(a.data, b.data, shorter) : 0;

  return order ? order : (a.len > b.len) - (a.len < b.len);
}

int upsell__json_compare(const upsell__json_string *a, const upsell__json_string *b)
{
  byte_cursor p = cursor_over(a);
  byte_cursor q = cursor_over(b);
  int x;
  int y;

  if (!a->escaped && !b->escaped)
    return compare_raw(a->raw, b->raw);
  do {
    x = next_byte(&p);
    y = next_byte(&q);
  } while (x == y && x >= 0);
  return x - y;
}

size_t upsell__json_decode(const upsell__json_string *string, char *out)
{
  byte_cursor cursor = cursor_over(string);
  size_t len = 0;
  int byte;

  if (!string->escaped) {
    memcpy(out, string->raw.data, string->raw.len);
    return string->raw.len;
  }
  while ((byte = next_byte(&cursor)) >= 0)
    out[len++] = (char)byte;
  return len;
}

/* Decodes a string if it fits into `room` bytes; returns its length, or SIZE_MAX. */
static size_t decode_within(const upsell__json_string *string, char *out, size_t room)
{
  byte_cursor cursor = cursor_over(string);
  size_t len = 0;
  int byte;

  while ((byte = next_byte(&cursor)) >= 0) {
    if (len == room)
      return SIZE_MAX;
    out[len++] = (char)byte;
  }
  return len;
}

int upsell__reader_pointer(const upsell__reader *reader, char *out, size_t size)
{
  upsell__path nodes[UPSELL__JSON_DEPTH_MAX + 1];
  char keys[UPSELL_POINTER_SIZE];
  const upsell__path *path = NULL;
  size_t used = 0;
  int whole = 1;
  int i;

  for (i = 1; i <= reader->depth; i++) {
    const upsell__reader_frame *frame = &reader->frames[i];
    const upsell__json_string *key = &frame->key;
    if (!frame->begun || (i == reader->depth && reader->between))
      break;
    nodes[i] = upsell__at_index(path, frame->index);
    if (frame->is_object) {
      /* A key that does not fit here does not fit into `out` either. */
      nodes[i].key = keys + used;
      nodes[i].key_len = decode_within(key, keys + used, sizeof(keys) - used);
      if (nodes[i].key_len == SIZE_MAX) {
        whole = 0;
        break;
      }
      used += nodes[i].key_len;
    }
    path = &nodes[i];
  }
  return upsell__path_write(path, out, size) && whole;
}

int64_t upsell__reader_offset(const upsell__reader *reader)
{
  return reader->at - reader->begin;
}
