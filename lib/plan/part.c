/* SPDX-License-Identifier: MIT */
#include "plan/part.h"

#include <inttypes.h>
#include <stdio.h>

#include "model/values.h"

enum { NAME_MAX_BYTES = 64, NAMES_SIZE = UPSELL_MESSAGE_SIZE / 2 };

static int wrong_type(upsell__sink *sink, const upsell__path *path, const char *expected,
                      const upsell__value *value)
{
  int is_string = value->kind == UPSELL__JSON_STRING;
  char shown[UPSELL__SHOWN_SIZE];

  upsell__report(sink, UPSELL_WRONG_TYPE, path, "%s was expected, found %s%s.", expected,
                 is_string ? "the string " : "", upsell__value_show(value, shown));
  return 0;
}

int upsell__must_be_object(upsell__sink *sink, const upsell__path *path, const upsell__value *value)
{
  return value->kind == UPSELL__JSON_OBJECT || wrong_type(sink, path, "An object", value);
}

int upsell__must_be_string(upsell__sink *sink, const upsell__path *path, const upsell__value *value)
{
  return value->kind == UPSELL__JSON_STRING || wrong_type(sink, path, "A string", value);
}

int upsell__must_be_text(upsell__sink *sink, const upsell__path *path, upsell_str text)
{
  if (text.len)
    return 1;
  upsell__report(sink, UPSELL_BAD_VALUE, path, "A text was expected here, found an empty one.");
  return 0;
}

int upsell__must_be_pointer(upsell__sink *sink, const upsell__path *path, upsell_str text)
{
  char quoted[UPSELL__QUOTE_SIZE];

  if (upsell__is_pointer(text))
    return 1;
  upsell__report(sink, UPSELL_BAD_POINTER, path,
                 "A JSON Pointer was expected, empty or starting with \"/\", with \"~\" only in "
                 "\"~0\" and \"~1\"; found %s.",
                 upsell__quote(text, quoted));
  return 0;
}

static int is_name(upsell_str text)
{
  size_t i;

  if (text.len < 1 || text.len > NAME_MAX_BYTES)
    return 0;
  for (i = 0; i < text.len; i++) {
    char c = text.data[i];
    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_' &&
        c != '.' && c != '-')
      return 0;
  }
  return 1;
}

int upsell__must_be_name(upsell__sink *sink, const upsell__path *path, upsell_str text)
{
  char quoted[UPSELL__QUOTE_SIZE];

  if (is_name(text))
    return 1;
  upsell__report(sink, UPSELL_BAD_VALUE, path,
                 "A name of 1 to 64 letters, digits, \"_\", \".\" or \"-\" was expected, found %s.",
                 upsell__quote(text, quoted));
  return 0;
}

static const char *list_names(const char *const *names, const char *quote, char out[NAMES_SIZE])
{
  size_t used = 0;
  size_t i;

  out[0] = '\0';
  for (i = 0; names[i] && used < NAMES_SIZE; i++)
    used += (size_t)snprintf(out + used, NAMES_SIZE - used, "%s%s%s%s", i ? ", " : "", quote,
                             names[i], quote);
  return out;
}

static int is_listed(const char *const *names, upsell_str text)
{
  size_t i;

  for (i = 0; names[i]; i++) {
    if (upsell__str_equal(upsell_str_of(names[i]), text))
      return (int)i + 1;
  }
  return 0;
}

int upsell__part_keys(const upsell__part *part, const char *title, const char *const *keys)
{
  const upsell__value *member;
  char known[NAMES_SIZE];
  int all_known = 1;

  member = part->value->first;
  for (; member && upsell__sink_goes_on(part->sink); member = member->next) {
    upsell__path path = upsell__at_member(part->path, member->key);
    if (is_listed(keys, member->key))
      continue;
    upsell__report(part->sink, UPSELL_UNKNOWN_KEY, &path,
                   "This key is not known in %s; known are: %s.", title,
                   list_names(keys, "", known));
    all_known = 0;
  }
  return all_known;
}

const upsell__value *upsell__part_member(const upsell__part *part, const char *key,
                                         upsell__need need)
{
  const upsell__value *value = upsell__value_member(part->value, key);

  if (!value && need == UPSELL__MUST_BE_THERE)
    upsell__report_missing(part->sink, part->path, key);
  return value;
}

/* A member of one kind, or NULL. */
static const upsell__value *get_kind(const upsell__part *part, const char *key, upsell__need need,
                                     upsell__json_kind kind, const char *expected)
{
  const upsell__value *value = upsell__part_member(part, key, need);
  upsell__path path = upsell__at_key(part->path, key);

  if (!value || value->kind == kind)
    return value;
  wrong_type(part->sink, &path, expected, value);
  return NULL;
}

const upsell__value *upsell__part_object(const upsell__part *part, const char *key,
                                         upsell__need need)
{
  return get_kind(part, key, need, UPSELL__JSON_OBJECT, "An object");
}

const upsell__value *upsell__part_list(const upsell__part *part, const char *key, upsell__need need)
{
  return get_kind(part, key, need, UPSELL__JSON_ARRAY, "An array");
}

const upsell__value *upsell__part_few(const upsell__part *part, const char *key, upsell__need need,
                                      upsell__json_kind kind, uint32_t max)
{
  int is_list = kind == UPSELL__JSON_ARRAY;
  const upsell__value *value = get_kind(part, key, need, kind, is_list ? "An array" : "An object");
  upsell__path path = upsell__at_key(part->path, key);

  if (!value || value->count <= max)
    return value;
  upsell__report(part->sink, UPSELL_BAD_COUNT, &path,
                 "At most %" PRIu32 " were expected here, found %" PRIu32 ".", max, value->count);
  return NULL;
}

int upsell__part_text(const upsell__part *part, const char *key, upsell__need need,
                      upsell_str *text)
{
  const upsell__value *value = get_kind(part, key, need, UPSELL__JSON_STRING, "A string");
  upsell__path path = upsell__at_key(part->path, key);

  if (!value || !upsell__must_be_text(part->sink, &path, value->text))
    return 0;
  *text = value->text;
  return 1;
}

int upsell__part_name(const upsell__part *part, const char *key, upsell_str *name)
{
  upsell__path path = upsell__at_key(part->path, key);
  const upsell__value *value =
      get_kind(part, key, UPSELL__MUST_BE_THERE, UPSELL__JSON_STRING, "A string");

  if (!value || !upsell__must_be_name(part->sink, &path, value->text))
    return 0;
  *name = value->text;
  return 1;
}

int upsell__part_pointer(const upsell__part *part, const char *key, upsell__need need,
                         upsell_str *pointer)
{
  const upsell__value *value = get_kind(part, key, need, UPSELL__JSON_STRING, "A JSON Pointer");
  upsell__path path = upsell__at_key(part->path, key);

  if (!value || !upsell__must_be_pointer(part->sink, &path, value->text))
    return 0;
  *pointer = value->text;
  return 1;
}

int upsell__part_flag(const upsell__part *part, const char *key, upsell__need need, int *flag)
{
  const upsell__value *value = upsell__part_member(part, key, need);
  upsell__path path = upsell__at_key(part->path, key);

  if (!value)
    return 0;
  if (value->kind != UPSELL__JSON_TRUE && value->kind != UPSELL__JSON_FALSE)
    return wrong_type(part->sink, &path, "true or false", value);
  *flag = value->kind == UPSELL__JSON_TRUE;
  return 1;
}

/* Whether a number is written as an integer (DOC-8). */
static int is_integer(const upsell__value *value)
{
  size_t i;

  for (i = value->text.data[0] == '-'; i < value->text.len; i++) {
    if (value->text.data[i] < '0' || value->text.data[i] > '9')
      return 0;
  }
  return !upsell__str_equal(value->text, upsell_str_of("-0"));
}

int upsell__part_number(const upsell__part *part, const char *key, upsell__need need, int64_t min,
                        int64_t max, int64_t *number)
{
  const upsell__value *value = upsell__part_member(part, key, need);
  upsell__path path = upsell__at_key(part->path, key);
  int64_t read;

  if (!value)
    return 0;
  if (value->kind != UPSELL__JSON_NUMBER || !is_integer(value))
    return wrong_type(part->sink, &path, "An integer", value);
  if (!upsell__value_as_integer(value, &read)) {
    upsell__report(part->sink, UPSELL_INTEGER_RANGE, &path,
                   "This integer does not fit in 64 bits.");
    return 0;
  }
  if (read < min || read > max) {
    upsell__report(part->sink, UPSELL_OUT_OF_RANGE, &path,
                   "A number from %" PRId64 " to %" PRId64 " was expected, found %" PRId64 ".", min,
                   max, read);
    return 0;
  }
  *number = read;
  return 1;
}

int upsell__part_choice(const upsell__part *part, const char *key, const char *const *names,
                        int32_t *choice)
{
  upsell__path path = upsell__at_key(part->path, key);
  const upsell__value *value =
      get_kind(part, key, UPSELL__MUST_BE_THERE, UPSELL__JSON_STRING, "A string");
  char allowed[NAMES_SIZE];
  char quoted[UPSELL__QUOTE_SIZE];

  if (!value)
    return 0;
  *choice = is_listed(names, value->text);
  if (*choice)
    return 1;
  upsell__report(part->sink, UPSELL_BAD_VALUE, &path, "One of %s was expected, found %s.",
                 list_names(names, "\"", allowed), upsell__quote(value->text, quoted));
  return 0;
}
