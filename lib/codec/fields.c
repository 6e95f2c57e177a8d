/* SPDX-License-Identifier: MIT */
#include "codec/fields.h"

#include <inttypes.h>
#include <stdio.h>

#include "codec/values.h"

/* Longest known key, decoded. */
enum { KEY_MAX = 40 };

static void *place(void *target, uint16_t offset)
{
  return (char *)target + offset;
}

static int read_object(upsell__reading *reading, const upsell__object *object, void *target);

static int enter_array(upsell__reading *reading)
{
  if (upsell__reader_peek(&reading->reader) != UPSELL__JSON_ARRAY)
    return upsell__value_wrong_type(reading, "An array");
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
      return upsell__reading_no_memory(reading);
    list[used].data = NULL;
    list[used].len = 0;
    upsell__read_id(reading, &list[used++]);
    if (!goes_on(reading))
      return 0;
  }
  *ids = list;
  *count = used;
  return goes_on(reading);
}

/* Makes a struct all defaults, with its size. */
static void begin_struct(const upsell__object *object, void *target)
{
  uint32_t size = object->struct_size;

  memset(target, 0, object->struct_size);
  if (object->sized)
    memcpy(target, &size, sizeof(size));
}

static int too_many(upsell__reading *reading, int64_t max)
{
  upsell__place place;
  char message[96];
  char *last;

  /* The list, not the item that is one too many. */
  place.offset = upsell__value_offset(reading);
  place.whole = upsell__reader_pointer(&reading->reader, place.pointer, sizeof(place.pointer));
  last = strrchr(place.pointer, '/');
  if (last)
    *last = '\0';
  snprintf(message, sizeof(message), "At most %" PRId64 " items were expected here, found more.",
           max);
  upsell__report_at(reading->sink, UPSELL_BAD_COUNT, &place, message);
  return 0;
}

static int read_objects(upsell__reading *reading, const upsell__field *field, void *items,
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
      return upsell__reading_no_memory(reading);
    begin_struct(object, list + used * object->struct_size);
    read_object(reading, object, list + used * object->struct_size);
    used++;
    if (!goes_on(reading))
      return 0;
  }
  memcpy(items, &list, sizeof(list)); /* a pointer to some struct */
  *count = used;
  return goes_on(reading);
}

static int read_new(upsell__reading *reading, const upsell__object *object, void *made)
{
  void *target = upsell__arena_alloc(reading->arena, 1, object->struct_size);

  if (!target)
    return upsell__reading_no_memory(reading);
  begin_struct(object, target);
  memcpy(made, &target, sizeof(target)); /* a pointer to some struct */
  return read_object(reading, object, target);
}

/* ---- fields ---- */

static int read_int32(upsell__reading *reading, const upsell__field *field, int32_t *value)
{
  int64_t wide = UPSELL__UNREADABLE;
  int done;

  *value = UPSELL__UNREADABLE;
  if (field->kind == UPSELL__FIELD_NAME)
    return upsell__read_name(reading, field, value);
  done = upsell__read_ranged(reading, field, &wide);
  *value = (int32_t)wide;
  return done;
}

static int read_marked(upsell__reading *reading, const upsell__field *field, void *target)
{
  int64_t *value = place(target, field->offset);
  int32_t *mark = field->mark ? place(target, field->mark) : NULL;

  *value = UPSELL__UNREADABLE;
  if (mark)
    *mark = UPSELL_YES;
  return field->kind == UPSELL__FIELD_STOCK ? upsell__read_ranged(reading, field, value)
                                            : upsell__read_amount(reading, value);
}

static int read_null(upsell__reading *reading, const upsell__field *field, void *target)
{
  if (field->kind == UPSELL__FIELD_STOCK)
    *(int32_t *)place(target, field->mark) = UPSELL_NO;
  if (field->kind == UPSELL__FIELD_TIME)
    *(int64_t *)place(target, field->offset) = -1;
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
    return upsell__read_format(reading, field->more);
  case UPSELL__FIELD_ID:
    return upsell__read_id(reading, at);
  case UPSELL__FIELD_TEXT:
    return upsell__read_text(reading, at);
  case UPSELL__FIELD_INTEGER:
  case UPSELL__FIELD_NAME:
    return read_int32(reading, field, at);
  case UPSELL__FIELD_STOCK:
  case UPSELL__FIELD_AMOUNT:
    return read_marked(reading, field, target);
  case UPSELL__FIELD_TIME:
    return upsell__read_ranged(reading, field, at);
  case UPSELL__FIELD_CHOICE:
    return upsell__read_choice(reading, at);
  case UPSELL__FIELD_CURRENCY:
    return upsell__read_currency(reading, at);
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
  char known[UPSELL_MESSAGE_SIZE / 2];
  size_t used = 0;
  size_t i;

  for (i = 0; i < object->field_count && used < sizeof(known); i++) {
    const upsell__field *field = &object->fields[i];
    used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%.*s", i ? ", " : "",
                             field->quoted_len - 2, field->quoted + 1);
  }
  upsell__report_here(reading->sink, &reading->reader, UPSELL_UNKNOWN_KEY,
                      upsell__value_offset(reading), "This key is not known in %s; known are: %s.",
                      object->title, known);
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
  upsell__place place;
  size_t len;

  place.whole = upsell__reader_pointer(&reading->reader, place.pointer, sizeof(place.pointer));
  place.offset = upsell__reader_offset(&reading->reader);
  len = strlen(place.pointer);
  if (place.whole && len + 1 + strlen(key) < sizeof(place.pointer)) {
    place.pointer[len] = '/';
    memcpy(place.pointer + len + 1, key, strlen(key) + 1);
  } else {
    place.whole = 0;
  }
  upsell__report_at(reading->sink, code, &place, message);
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
    return upsell__value_wrong_type(reading, "An object");
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

int upsell__document_read(const char *text, size_t len, const upsell__object *object, void *target,
                          upsell__sink *sink, upsell__arena *arena)
{
  upsell__reading reading;

  reading.sink = sink;
  reading.arena = arena;
  reading.decimals = 0;
  upsell__reader_init(&reading.reader, text, len);
  begin_struct(object, target);
  if (upsell__reader_peek(&reading.reader) != UPSELL__JSON_FAULT)
    read_object(&reading, object, target);
  if (goes_on(&reading))
    upsell__reader_end(&reading.reader);
  upsell__report_fault(sink, &reading.reader);
  upsell__reader_done(&reading.reader);
  return goes_on(&reading);
}
