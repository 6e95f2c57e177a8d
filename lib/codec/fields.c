/* SPDX-License-Identifier: MIT */
#include "codec/fields.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "money/currency.h"
#include "money/decimal.h"

/* Longest known key, decoded. */
enum { KEY_MAX = 40 };

static void *place(void *target, uint16_t offset)
{
  return (char *)target + offset;
}

static int no_memory(upsell__reading *reading)
{
  upsell__reader_fault(&reading->reader, UPSELL_NO_MEMORY, "Memory ran out.");
  return 0;
}

static int64_t offset_of_value(upsell__reading *reading)
{
  upsell__reader_peek(&reading->reader);
  return upsell__reader_offset(&reading->reader);
}

static const char *kind_name(upsell__json_kind kind)
{
  switch (kind) {
  case UPSELL__JSON_OBJECT:
    return "an object";
  case UPSELL__JSON_ARRAY:
    return "an array";
  case UPSELL__JSON_STRING:
    return "the string ";
  case UPSELL__JSON_NUMBER:
    return "the number ";
  default:
    return "";
  }
}

/* Reports a value of the wrong type and skips it; returns 0. */
static int wrong_type(upsell__reading *reading, const char *expected)
{
  upsell__reader *reader = &reading->reader;
  int64_t offset = offset_of_value(reading);
  upsell__json_kind kind = upsell__reader_peek(reader);
  const char *begin = reader->at;
  char shown[UPSELL__QUOTE_SIZE] = "";
  size_t len;

  if (!upsell__reader_skip(reader))
    return 0;
  len = upsell__utf8_cut(begin, (size_t)(reader->at - begin), sizeof(shown) - 1);
  if (kind != UPSELL__JSON_OBJECT && kind != UPSELL__JSON_ARRAY)
    memcpy(shown, begin, len);
  upsell__report_here(reading->sink, reader, UPSELL_WRONG_TYPE, offset,
                      "%s was expected, found %s%s.", expected, kind_name(kind), shown);
  return 0;
}

/* Reports a value that was read; returns 0. */
static int bad_value(upsell__reading *reading, upsell_status code, int64_t offset,
                     const char *message)
{
  upsell__report_here(reading->sink, &reading->reader, code, offset, "%s", message);
  return 0;
}

/* ---- single values ---- */

/* A string as decoded text: in place where it has no escapes. */
static int read_text(upsell__reading *reading, upsell_str *text)
{
  upsell__json_string string;
  char *decoded;

  if (!upsell__reader_string(&reading->reader, &string))
    return 0;
  *text = string.raw;
  if (!string.escaped)
    return 1;
  decoded = upsell__arena_alloc(reading->arena, string.raw.len, 1);
  if (!decoded)
    return no_memory(reading);
  text->data = decoded;
  text->len = upsell__json_decode(&string, decoded);
  return 1;
}

/* An integer of 64 bits; `expected` is for the message when it is none. */
static int read_integer(upsell__reading *reading, const char *expected, upsell__json_number *number)
{
  upsell__reader *reader = &reading->reader;
  int64_t offset = offset_of_value(reading);
  const char *begin = reader->at;

  if (upsell__reader_peek(reader) != UPSELL__JSON_NUMBER)
    return wrong_type(reading, expected);
  if (!upsell__reader_number(reader, number))
    return 0;
  if (!number->is_integer) {
    reader->at = begin;
    return wrong_type(reading, expected);
  }
  if (!number->in_range)
    return bad_value(reading, UPSELL_INTEGER_RANGE, offset,
                     "This integer does not fit in 64 bits; write long ids as strings.");
  return 1;
}

static int read_id(upsell__reading *reading, upsell_str *id)
{
  upsell__json_number number;

  if (upsell__reader_peek(&reading->reader) == UPSELL__JSON_STRING)
    return read_text(reading, id);
  if (!read_integer(reading, "An id (a string or an integer)", &number))
    return 0;
  *id = number.raw;
  return 1;
}

static int read_plain_text(upsell__reading *reading, upsell_str *text)
{
  if (upsell__reader_peek(&reading->reader) != UPSELL__JSON_STRING)
    return wrong_type(reading, "A string");
  return read_text(reading, text);
}

static int read_ranged(upsell__reading *reading, const upsell__field *field, int64_t *value)
{
  int64_t offset = offset_of_value(reading);
  upsell__json_number number;

  if (!read_integer(reading, "An integer", &number))
    return 0;
  if (number.value < field->min || number.value > field->max) {
    upsell__report_here(reading->sink, &reading->reader, UPSELL_OUT_OF_RANGE, offset,
                        "A number from %" PRId64 " to %" PRId64 " was expected, found %" PRId64 ".",
                        field->min, field->max, number.value);
    return 0;
  }
  *value = number.value;
  return 1;
}

static int read_choice(upsell__reading *reading, int32_t *choice)
{
  upsell__json_kind kind = upsell__reader_peek(&reading->reader);

  if (kind != UPSELL__JSON_TRUE && kind != UPSELL__JSON_FALSE)
    return wrong_type(reading, "true or false");
  *choice = kind == UPSELL__JSON_TRUE ? UPSELL_YES : UPSELL_NO;
  return upsell__reader_literal(&reading->reader, kind);
}

/* Lists the names that are allowed, and reports. */
static int unknown_name(upsell__reading *reading, const char *const *names, upsell_str found,
                        int64_t offset)
{
  char allowed[192];
  char quoted[UPSELL__QUOTE_SIZE];
  size_t used = 0;
  size_t i;

  for (i = 0; names[i]; i++)
    used += (size_t)snprintf(allowed + used, sizeof(allowed) - used, "%s\"%s\"", i ? ", " : "",
                             names[i]);
  upsell__report_here(reading->sink, &reading->reader, UPSELL_BAD_VALUE, offset,
                      "One of %s was expected, found %s.", allowed, upsell__quote(found, quoted));
  return 0;
}

static int read_name(upsell__reading *reading, const upsell__field *field, int32_t *value)
{
  const char *const *names = field->more;
  int64_t offset = offset_of_value(reading);
  upsell_str text;
  int32_t i;

  if (!read_plain_text(reading, &text))
    return 0;
  for (i = 0; names[i]; i++) {
    if (upsell__str_equal(upsell_str_of(names[i]), text)) {
      *value = (int32_t)field->min + i;
      return 1;
    }
  }
  return unknown_name(reading, names, text, offset);
}

static const char *amount_message(upsell_status status)
{
  switch (status) {
  case UPSELL_TOO_MANY_DECIMALS:
    return "At most 4 decimals are possible here; round the amount.";
  case UPSELL_OUT_OF_RANGE:
    return "An amount from 0 to 100000000000 minor units was expected; this is more.";
  default:
    return "A decimal such as \"1000\" or \"12.50\" was expected: digits, optionally a point and "
           "digits.";
  }
}

/* A decimal string or an integer, in ten-thousandths (VAL-2, VAL-3). */
static int read_amount(upsell__reading *reading, int64_t *scaled)
{
  int64_t offset = offset_of_value(reading);
  upsell__json_number number;
  upsell_str text;
  upsell_status status;

  if (upsell__reader_peek(&reading->reader) == UPSELL__JSON_STRING) {
    if (!read_text(reading, &text))
      return 0;
    status = upsell__decimal_parse(text, scaled, &reading->decimals);
    return status ? bad_value(reading, status, offset, amount_message(status)) : 1;
  }
  if (!read_integer(reading, "A decimal string or an integer", &number))
    return 0;
  if (number.value < 0 || number.value > UPSELL_MONEY_MAX)
    return bad_value(reading, UPSELL_OUT_OF_RANGE, offset,
                     "An amount from 0 to 100000000000 minor units was expected.");
  reading->decimals = 0;
  *scaled = number.value * UPSELL__SCALE;
  return 1;
}

static int read_currency(upsell__reading *reading, char code[4])
{
  int64_t offset = offset_of_value(reading);
  char quoted[UPSELL__QUOTE_SIZE];
  upsell_str text;

  if (!read_plain_text(reading, &text))
    return 0;
  if (!upsell__currency_find(text)) {
    upsell__report_here(reading->sink, &reading->reader, UPSELL_UNKNOWN_CURRENCY, offset,
                        "A current ISO 4217 code such as \"JPY\" was expected, found %s.",
                        upsell__quote(text, quoted));
    return 0;
  }
  memcpy(code, text.data, 3);
  return 1;
}

static int read_format(upsell__reading *reading, const char *format)
{
  int64_t offset = offset_of_value(reading);
  char quoted[UPSELL__QUOTE_SIZE];
  upsell_str text;

  if (!read_plain_text(reading, &text))
    return 0;
  if (upsell__str_equal(text, upsell_str_of(format)))
    return 1;
  upsell__report_here(reading->sink, &reading->reader, UPSELL_UNKNOWN_FORMAT, offset,
                      "The format \"%s\" was expected, found %s.", format,
                      upsell__quote(text, quoted));
  return 0;
}

/* ---- objects and lists ---- */

static int read_object(upsell__reading *reading, const upsell__object *object, void *target);

static int enter_array(upsell__reading *reading)
{
  if (upsell__reader_peek(&reading->reader) != UPSELL__JSON_ARRAY)
    return wrong_type(reading, "An array");
  return upsell__reader_enter(&reading->reader);
}

/* Whether reading can go on after something. */
static int goes_on(const upsell__reading *reading)
{
  return reading->reader.status == UPSELL_OK && upsell__sink_goes_on(reading->sink);
}

static int read_ids(upsell__reading *reading, const upsell_str **ids, size_t *count)
{
  upsell_str *list = NULL;
  size_t used = 0;

  if (!enter_array(reading))
    return 0;
  while (upsell__reader_next_item(&reading->reader)) {
    list = upsell__arena_append(reading->arena, list, used, sizeof(*list));
    if (!list)
      return no_memory(reading);
    list[used].data = NULL;
    list[used].len = 0;
    read_id(reading, &list[used++]);
    if (!goes_on(reading))
      return 0;
  }
  *ids = list;
  *count = used;
  return goes_on(reading);
}

/* A new struct in the arena, at the end of a list or alone. */
static void begin_struct(const upsell__object *object, void *target)
{
  uint32_t size = object->struct_size;

  memset(target, 0, object->struct_size);
  if (object->sized)
    memcpy(target, &size, sizeof(size));
}

static int too_many(upsell__reading *reading, int64_t max)
{
  char pointer[UPSELL_POINTER_SIZE];
  char message[UPSELL_MESSAGE_SIZE];
  char *last;

  /* The list, not the item that is one too many. */
  upsell__reader_pointer(&reading->reader, pointer, sizeof(pointer));
  last = strrchr(pointer, '/');
  if (last)
    *last = '\0';
  snprintf(message, sizeof(message), "At most %" PRId64 " items were expected here, found more.",
           max);
  upsell__report_at(reading->sink, UPSELL_BAD_COUNT, pointer, offset_of_value(reading), message);
  return 0;
}

static int read_objects(upsell__reading *reading, const upsell__field *field, const void **items,
                        size_t *count)
{
  const upsell__object *object = field->more;
  char *list = NULL;
  size_t used = 0;

  if (!enter_array(reading))
    return 0;
  while (upsell__reader_next_item(&reading->reader)) {
    if (field->max && used == (size_t)field->max)
      return too_many(reading, field->max);
    list = upsell__arena_append(reading->arena, list, used, object->struct_size);
    if (!list)
      return no_memory(reading);
    begin_struct(object, list + used * object->struct_size);
    read_object(reading, object, list + used * object->struct_size);
    used++;
    if (!goes_on(reading))
      return 0;
  }
  *items = list;
  *count = used;
  return goes_on(reading);
}

static int read_new(upsell__reading *reading, const upsell__object *object, const void **made)
{
  void *target = upsell__arena_alloc(reading->arena, 1, object->struct_size);

  if (!target)
    return no_memory(reading);
  begin_struct(object, target);
  *made = target;
  return read_object(reading, object, target);
}

/* ---- fields ---- */

/* What stands in an integer that could not be read: no valid value, so that the
 * model finds it at the same pointer and does not take it for left out. */
enum { UNREADABLE = -1 };

static int read_int32(upsell__reading *reading, const upsell__field *field, int32_t *value)
{
  int64_t wide = UNREADABLE;
  int done;

  *value = UNREADABLE;
  if (field->kind == UPSELL__FIELD_NAME)
    return read_name(reading, field, value);
  done = read_ranged(reading, field, &wide);
  *value = (int32_t)wide;
  return done;
}

static int read_marked(upsell__reading *reading, const upsell__field *field, void *target)
{
  int64_t *value = place(target, field->offset);
  int32_t *mark = field->mark ? place(target, field->mark) : NULL;

  *value = UNREADABLE;
  if (mark)
    *mark = UPSELL_YES;
  return field->kind == UPSELL__FIELD_STOCK ? read_ranged(reading, field, value)
                                            : read_amount(reading, value);
}

static int read_null(upsell__reading *reading, const upsell__field *field, void *target)
{
  if (field->kind == UPSELL__FIELD_STOCK)
    *(int32_t *)place(target, field->mark) = UPSELL_NO;
  return upsell__reader_literal(&reading->reader, UPSELL__JSON_NULL);
}

/* Reads the value of a field; 0 when there was a problem with it. */
static int read_field(upsell__reading *reading, const upsell__field *field, void *target)
{
  void *at = place(target, field->offset);

  if ((field->flags & UPSELL__NULLABLE) &&
      upsell__reader_peek(&reading->reader) == UPSELL__JSON_NULL)
    return read_null(reading, field, target);
  switch (field->kind) {
  case UPSELL__FIELD_FORMAT:
    return read_format(reading, field->more);
  case UPSELL__FIELD_ID:
    return read_id(reading, at);
  case UPSELL__FIELD_TEXT:
    return read_plain_text(reading, at);
  case UPSELL__FIELD_INTEGER:
  case UPSELL__FIELD_NAME:
    return read_int32(reading, field, at);
  case UPSELL__FIELD_STOCK:
  case UPSELL__FIELD_AMOUNT:
    return read_marked(reading, field, target);
  case UPSELL__FIELD_CHOICE:
    return read_choice(reading, at);
  case UPSELL__FIELD_CURRENCY:
    return read_currency(reading, at);
  case UPSELL__FIELD_OBJECT:
    return read_object(reading, field->more, at);
  case UPSELL__FIELD_NEW:
    return read_new(reading, field->more, at);
  case UPSELL__FIELD_OBJECTS:
    return read_objects(reading, field, at, place(target, field->mark));
  default: /* UPSELL__FIELD_IDS */
    return read_ids(reading, at, place(target, field->mark));
  }
}

static int key_is(const upsell__field *field, upsell_str key)
{
  return key.len + 2 == field->quoted_len && memcmp(field->quoted + 1, key.data, key.len) == 0;
}

/* The field with the current key, or NULL. */
static const upsell__field *find_field(const upsell__reading *reading, const upsell__object *object)
{
  const upsell__json_string *key = upsell__reader_key_of(&reading->reader);
  char decoded[KEY_MAX * 6];
  upsell_str text = key->raw;
  size_t i;

  if (key->escaped) {
    if (key->raw.len > sizeof(decoded))
      return NULL;
    text.len = upsell__json_decode(key, decoded);
    text.data = decoded;
  }
  for (i = 0; i < object->field_count; i++) {
    if (key_is(&object->fields[i], text))
      return &object->fields[i];
  }
  return NULL;
}

static void report_unknown_key(upsell__reading *reading, const upsell__object *object)
{
  upsell__buffer known = {0};
  size_t i;

  for (i = 0; i < object->field_count; i++) {
    const upsell__field *field = &object->fields[i];
    if (i)
      UPSELL__APPEND(&known, ", ");
    upsell__buffer_append(&known, field->quoted + 1, field->quoted_len - 2u);
  }
  upsell__report_here(reading->sink, &reading->reader, UPSELL_UNKNOWN_KEY,
                      offset_of_value(reading), "This key is not known in %s; known are: %.*s.",
                      object->title, known.failed ? 0 : (int)known.len,
                      known.data ? known.data : "");
  upsell__buffer_free(&known);
}

static void read_unknown(upsell__reading *reading, const upsell__object *object)
{
  if (!object->ignores_unknown)
    report_unknown_key(reading, object);
  if (upsell__reader_note_key(&reading->reader))
    upsell__reader_skip(&reading->reader);
}

void upsell__report_key(upsell__reading *reading, upsell_status code, const char *key,
                        const char *message)
{
  char pointer[UPSELL_POINTER_SIZE];
  size_t len;

  upsell__reader_pointer(&reading->reader, pointer, sizeof(pointer));
  len = strlen(pointer);
  if (len + 1 + strlen(key) < sizeof(pointer)) {
    pointer[len] = '/';
    memcpy(pointer + len + 1, key, strlen(key) + 1);
  }
  upsell__report_at(reading->sink, code, pointer, upsell__reader_offset(&reading->reader), message);
}

static void report_missing_keys(upsell__reading *reading, const upsell__object *object,
                                uint64_t seen)
{
  size_t i;

  for (i = 0; i < object->field_count; i++) {
    const upsell__field *field = &object->fields[i];
    char key[KEY_MAX];
    char message[96];
    if ((seen >> i & 1) || !(field->flags & UPSELL__REQUIRED))
      continue;
    snprintf(key, sizeof(key), "%.*s", (int)field->quoted_len - 2, field->quoted + 1);
    snprintf(message, sizeof(message), "The key \"%s\" is required here; add it.", key);
    upsell__report_key(reading, UPSELL_MISSING_KEY, key, message);
  }
}

/*
 * The next field: hot path first, since documents mostly have their keys in one
 * order: the field behind the last one, or the one behind that. NULL: an unknown
 * key, or the end; then `*more` tells.
 */
static const upsell__field *next_field(upsell__reading *reading, const upsell__object *object,
                                       size_t expected, int *more)
{
  size_t i;

  *more = 1;
  for (i = expected; i < object->field_count && i < expected + 2; i++) {
    const upsell__field *field = &object->fields[i];
    if (upsell__reader_try_key(&reading->reader, field->quoted, field->quoted_len))
      return field;
  }
  *more = upsell__reader_next_key(&reading->reader);
  return *more ? find_field(reading, object) : NULL;
}

static int read_object(upsell__reading *reading, const upsell__object *object, void *target)
{
  upsell__reader *reader = &reading->reader;
  uint64_t seen = 0;
  uint64_t good = 0;
  size_t expected = 0;
  int more;

  if (upsell__reader_peek(reader) != UPSELL__JSON_OBJECT)
    return wrong_type(reading, "An object");
  if (!upsell__reader_enter(reader))
    return 0;
  for (;;) {
    const upsell__field *field = next_field(reading, object, expected, &more);
    size_t number;
    if (!more)
      break;
    if (!field) {
      read_unknown(reading, object);
    } else {
      number = (size_t)(field - object->fields);
      if (seen >> number & 1)
        upsell__reader_duplicate_key(reader);
      else if (read_field(reading, field, target))
        good |= UINT64_C(1) << number;
      seen |= UINT64_C(1) << number;
      expected = number + 1;
    }
    if (!goes_on(reading))
      return 0;
  }
  if (!goes_on(reading))
    return 0;
  report_missing_keys(reading, object, seen);
  if (object->finish)
    object->finish(reading, target, seen, good);
  return 1;
}

int upsell__document_read(upsell__reading *reading, const char *text, size_t len,
                          const upsell__object *object, void *target)
{
  upsell__reader_init(&reading->reader, text, len);
  begin_struct(object, target);
  if (upsell__reader_peek(&reading->reader) != UPSELL__JSON_FAULT)
    read_object(reading, object, target);
  if (goes_on(reading))
    upsell__reader_end(&reading->reader);
  upsell__report_fault(reading->sink, &reading->reader);
  upsell__reader_done(&reading->reader);
  return goes_on(reading);
}
