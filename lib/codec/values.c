/* SPDX-License-Identifier: MIT */
#include "codec/values.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "money/currency.h"
#include "money/decimal.h"

int upsell__reading_no_memory(upsell__reading *reading)
{
  upsell__reader_fault(&reading->reader, UPSELL_NO_MEMORY, "Memory ran out.");
  return 0;
}

int64_t upsell__value_offset(upsell__reading *reading)
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
int upsell__value_wrong_type(upsell__reading *reading, const char *expected)
{
  upsell__reader *reader = &reading->reader;
  int64_t offset = upsell__value_offset(reading);
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

/* A string as decoded text: in place where it has no escapes. */
static int decode_text(upsell__reading *reading, upsell_str *text)
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
    return upsell__reading_no_memory(reading);
  text->data = decoded;
  text->len = upsell__json_decode(&string, decoded);
  return 1;
}

/* An integer of 64 bits; `expected` is for the message when it is none. */
static int read_integer(upsell__reading *reading, const char *expected, upsell__json_number *number)
{
  upsell__reader *reader = &reading->reader;
  int64_t offset = upsell__value_offset(reading);
  const char *begin = reader->at;

  if (upsell__reader_peek(reader) != UPSELL__JSON_NUMBER)
    return upsell__value_wrong_type(reading, expected);
  if (!upsell__reader_number(reader, number))
    return 0;
  if (!number->is_integer) {
    reader->at = begin;
    return upsell__value_wrong_type(reading, expected);
  }
  if (!number->in_range)
    return bad_value(reading, UPSELL_INTEGER_RANGE, offset,
                     "This integer does not fit in 64 bits; an id that long must be a string.");
  return 1;
}

int upsell__read_id(upsell__reading *reading, upsell_str *id)
{
  upsell__json_number number;

  if (upsell__reader_peek(&reading->reader) == UPSELL__JSON_STRING)
    return decode_text(reading, id);
  if (!read_integer(reading, "An id (a string or an integer)", &number))
    return 0;
  *id = number.raw;
  return 1;
}

int upsell__read_text(upsell__reading *reading, upsell_str *text)
{
  if (upsell__reader_peek(&reading->reader) != UPSELL__JSON_STRING)
    return upsell__value_wrong_type(reading, "A string");
  return decode_text(reading, text);
}

int upsell__read_ranged(upsell__reading *reading, const upsell__field *field, int64_t *value)
{
  int64_t offset = upsell__value_offset(reading);
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

int upsell__read_choice(upsell__reading *reading, int32_t *choice)
{
  upsell__json_kind kind = upsell__reader_peek(&reading->reader);

  *choice = UPSELL__UNREADABLE;
  if (kind != UPSELL__JSON_TRUE && kind != UPSELL__JSON_FALSE)
    return upsell__value_wrong_type(reading, "true or false");
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

  for (i = 0; names[i] && used < sizeof(allowed); i++)
    used += (size_t)snprintf(allowed + used, sizeof(allowed) - used, "%s\"%s\"", i ? ", " : "",
                             names[i]);
  upsell__report_here(reading->sink, &reading->reader, UPSELL_BAD_VALUE, offset,
                      "One of %s was expected, found %s.", allowed, upsell__quote(found, quoted));
  return 0;
}

int upsell__read_name(upsell__reading *reading, const upsell__field *field, int32_t *value)
{
  const char *const *names = field->more;
  int64_t offset = upsell__value_offset(reading);
  upsell_str text;
  int32_t i;

  if (!upsell__read_text(reading, &text))
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
    return "A number from 0 to 100000000000 was expected; this is more.";
  default:
    return "A decimal such as \"1000\" or \"12.50\" was expected: digits, optionally a point and "
           "digits.";
  }
}

/* A decimal string or an integer, in ten-thousandths (VAL-2, VAL-3). */
int upsell__read_amount(upsell__reading *reading, int64_t *scaled)
{
  int64_t offset = upsell__value_offset(reading);
  upsell__json_number number;
  upsell_str text;
  upsell_status status;

  if (upsell__reader_peek(&reading->reader) == UPSELL__JSON_STRING) {
    if (!decode_text(reading, &text))
      return 0;
    status = upsell__decimal_parse(text, scaled, &reading->decimals);
    return status ? bad_value(reading, status, offset, amount_message(status)) : 1;
  }
  if (!read_integer(reading, "A decimal string or an integer", &number))
    return 0;
  if (number.value < 0 || number.value > UPSELL_MONEY_MAX)
    return bad_value(reading, UPSELL_OUT_OF_RANGE, offset,
                     "A number from 0 to 100000000000 was expected.");
  reading->decimals = 0;
  *scaled = number.value * UPSELL__SCALE;
  return 1;
}

int upsell__read_currency(upsell__reading *reading, char code[4])
{
  int64_t offset = upsell__value_offset(reading);
  char quoted[UPSELL__QUOTE_SIZE];
  upsell_str text;

  if (!upsell__read_text(reading, &text))
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

int upsell__read_format(upsell__reading *reading, const char *format)
{
  int64_t offset = upsell__value_offset(reading);
  char quoted[UPSELL__QUOTE_SIZE];
  upsell_str text;

  if (!upsell__read_text(reading, &text))
    return 0;
  if (upsell__str_equal(text, upsell_str_of(format)))
    return 1;
  upsell__report_here(reading->sink, &reading->reader, UPSELL_UNKNOWN_FORMAT, offset,
                      "The format \"%s\" was expected, found %s.", format,
                      upsell__quote(text, quoted));
  return 0;
}
