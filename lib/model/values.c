/* SPDX-License-Identifier: MIT */
#include "model/values.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "model/choice.h"
#include "model/limits.h"
#include "money/currency.h"

void upsell__report_missing(upsell__sink *sink, const upsell__path *parent, const char *key)
{
  upsell__path path = upsell__at_key(parent, key);

  upsell__report(sink, UPSELL_MISSING_KEY, &path, "The key \"%s\" is required here; add it.", key);
}

int upsell__check_id_at(const upsell__check *check, const upsell__path *path, upsell_str id)
{
  char quoted[UPSELL__QUOTE_SIZE];

  if (id.data && id.len >= 1 && id.len <= UPSELL__ID_MAX &&
      (check->clean_text || upsell__utf8_clean(id)))
    return 1;
  if (!id.data)
    upsell__report(check->sink, UPSELL_BAD_ID, path,
                   "An id of 1 to 255 bytes was expected, found none.");
  else if (id.len <= UPSELL__ID_MAX)
    upsell__report(check->sink, UPSELL_BAD_ID, path,
                   "An id of 1 to 255 bytes of UTF-8 without NUL was expected, found %s.",
                   upsell__quote(id, quoted));
  else
    upsell__report(check->sink, UPSELL_BAD_ID, path,
                   "An id of 1 to 255 bytes was expected, found one of %zu bytes.", id.len);
  return 0;
}

void upsell__check_own_id(const upsell__check *check, const char *key, upsell_str id)
{
  upsell__path path = upsell__at_key(NULL, key);

  upsell__check_id_at(check, &path, id);
}

int upsell__check_id(const upsell__check *check, const upsell__path *parent, const char *key,
                     upsell_str id)
{
  upsell__path path;

  /* Hot path: a good id never builds a path. */
  if (id.data && id.len - 1 < UPSELL__ID_MAX && (check->clean_text || upsell__utf8_clean(id)))
    return 1;
  if (!id.data) {
    upsell__report_missing(check->sink, parent, key);
    return 0;
  }
  path = upsell__at_key(parent, key);
  return upsell__check_id_at(check, &path, id);
}

void upsell__check_text(const upsell__check *check, const upsell__path *parent, const char *key,
                        upsell_str text, int required)
{
  upsell__path path;

  if (!text.data) {
    if (required)
      upsell__report_missing(check->sink, parent, key);
    return;
  }
  if (check->clean_text || upsell__utf8_clean(text))
    return;
  path = upsell__at_key(parent, key);
  upsell__report(check->sink, UPSELL_BAD_TEXT, &path, "Text of UTF-8 without NUL was expected.");
}

int upsell__check_range(const upsell__check *check, const upsell__path *parent, const char *key,
                        int64_t value, int64_t min, int64_t max)
{
  upsell__path path;

  if (value >= min && value <= max)
    return 1;
  path = upsell__at_key(parent, key);
  upsell__report(check->sink, UPSELL_OUT_OF_RANGE, &path,
                 "A number from %" PRId64 " to %" PRId64 " was expected, found %" PRId64 ".", min,
                 max, value);
  return 0;
}

int upsell__check_enum(const upsell__check *check, const upsell__path *parent, const char *key,
                       int32_t value, int32_t last, int required)
{
  upsell__path path;

  if (value >= 1 && value <= last)
    return 1;
  if (value == 0) {
    if (required)
      upsell__report_missing(check->sink, parent, key);
    return 0;
  }
  path = upsell__at_key(parent, key);
  upsell__report(check->sink, UPSELL_BAD_VALUE, &path,
                 "A constant from 1 to %" PRId32 " was expected, found %" PRId32 ".", last, value);
  return 0;
}

void upsell__check_choice(const upsell__check *check, const upsell__path *parent, const char *key,
                          int32_t value)
{
  upsell__path path;

  if (upsell__choice_valid(value))
    return;
  path = upsell__at_key(parent, key);
  upsell__report(check->sink, UPSELL_BAD_VALUE, &path,
                 "UPSELL_DEFAULT, UPSELL_YES or UPSELL_NO was expected, found %" PRId32 ".", value);
}

void upsell__report_currency(upsell__sink *sink, upsell_str code)
{
  upsell__path path = upsell__at_key(NULL, "currency");
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__report(sink, UPSELL_UNKNOWN_CURRENCY, &path,
                 "A current ISO 4217 code such as \"JPY\" was expected, found %s.",
                 upsell__quote(code, quoted));
}

void upsell__check_currency(const upsell__check *check, const char code[4])
{
  upsell_str text = upsell__currency_text(code);

  if (text.len == 0)
    upsell__report_missing(check->sink, NULL, "currency");
  else if (!upsell__currency_find(text))
    upsell__report_currency(check->sink, text);
}

void upsell__check_reserved(const upsell__check *check, const upsell__path *parent, uint32_t value)
{
  upsell__path path;

  if (!value)
    return;
  path = upsell__at_key(parent, "reserved");
  upsell__report(check->sink, UPSELL_INVALID_ARGUMENT, &path,
                 "A reserved field of this struct is not zero; zero the whole struct first.");
}

int upsell__check_sized(const upsell__check *check, const upsell__path *path, const void *sized,
                        upsell__shape shape)
{
  if (upsell__sized_ok(sized, shape))
    return 1;
  upsell__report(check->sink, UPSELL_INVALID_ARGUMENT, path,
                 "The struct's size is %" PRIu32
                 "; set it to its sizeof, %zu, and zero what "
                 "is not used.",
                 upsell__size_of(sized), shape.size);
  return 0;
}

size_t upsell__check_list(const upsell__check *check, const upsell__path *parent, const char *key,
                          const void *items, size_t count, upsell__shape shape)
{
  size_t i;

  if (count && !items) {
    upsell__path list = upsell__at_key(parent, key);
    upsell__report(check->sink, UPSELL_INVALID_ARGUMENT, &list,
                   "The list is NULL but its count is %zu.", count);
    return 0;
  }
  for (i = 0; i < count; i++) {
    const void *item = upsell__sized_item(items, i);
    if (!upsell__sized_ok(item, shape) || upsell__size_of(item) != upsell__size_of(items)) {
      upsell__path list = upsell__at_key(parent, key);
      upsell__path path = upsell__at_index(&list, i);
      upsell__report(check->sink, UPSELL_INVALID_ARGUMENT, &path,
                     "The struct's size is %" PRIu32
                     "; set it to its sizeof, %zu, the same in "
                     "the whole list, and zero what is not used.",
                     upsell__size_of(item), shape.size);
      return 0;
    }
  }
  return count;
}
