/* SPDX-License-Identifier: MIT */
/*
 * JSON values as a tree in an arena: what a plan, a journal and the answers of a
 * platform are walked as. It knows no commerce.
 *
 * Numbers keep their text, so that an amount is never rounded on its way through.
 * A value never changes once it is whole, so that trees may share what is below
 * their heads; nothing is freed but the arena.
 */
#ifndef UPSELL_JSON_VALUE_H
#define UPSELL_JSON_VALUE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/report.h"
#include "json/reader.h"

typedef struct upsell__value {
  upsell__json_kind kind;
  uint32_t count;                    /* members or items */
  upsell_str key;                    /* decoded, of a member; absent elsewhere */
  upsell_str text;                   /* of a string, decoded; of a number, as written */
  const struct upsell__value *first; /* of the members or items */
  const struct upsell__value *next;  /* in the parent */
  struct upsell__value *last;        /* for appending */
} upsell__value;

/* Reads a whole document. Texts without escapes are borrowed from `text`; the
 * rest is in the arena. Reports the fault, with its pointer, and returns its status
 * when the text is not strict JSON (DOC-1, DOC-2, DOC-7, DOC-8). */
upsell_status upsell__value_read(const char *text, size_t len, upsell__arena *arena,
                                 const upsell__value **value, upsell__sink *sink);

/* New values; texts are borrowed. NULL when memory ran out. */
upsell__value *upsell__value_new(upsell__arena *arena, upsell__json_kind kind);
upsell__value *upsell__value_string(upsell__arena *arena, upsell_str text);

/* Appends `child`, which may stand in another tree too: its head is copied. `key`
 * is borrowed and absent in an array. 0 when memory ran out or a value is NULL. */
int upsell__value_append(upsell__arena *arena, upsell__value *parent, upsell_str key,
                         const upsell__value *child);

/* A member of an object, or NULL; NULL too where `object` is none. */
const upsell__value *upsell__value_member(const upsell__value *object, const char *key);
const upsell__value *upsell__value_member_of(const upsell__value *object, upsell_str key);

/* Follows an RFC 6901 pointer; NULL when it leads nowhere. A JSON null is a value. */
const upsell__value *upsell__value_at(const upsell__value *value, upsell_str pointer);

/* Whether a text is an RFC 6901 pointer. */
int upsell__is_pointer(upsell_str text);

/* Whether there is a value, and it is not null. */
static inline int upsell__value_present(const upsell__value *value)
{
  return value && value->kind != UPSELL__JSON_NULL;
}

/* Whether it is this string. */
int upsell__value_is(const upsell__value *value, const char *text);

/* An integer that fits in 64 bits; 0 where it is none. */
int upsell__value_as_integer(const upsell__value *value, int64_t *number);

/* -1, 0, 1 as the decimals `a` and `b` compare by value; 2 when one of them is no
 * plain decimal (digits, perhaps a sign and a point, as a number or a string). */
int upsell__value_compare(const upsell__value *a, const upsell__value *b);

/* Whether two values are the same: decimals by value, objects whatever the order of
 * their members. */
int upsell__value_equal(const upsell__value *a, const upsell__value *b);

/* Room for what upsell__value_show() writes. */
#define UPSELL__SHOWN_SIZE UPSELL__QUOTE_SIZE

/* What a value is, for a message: "an object", "the number 7", a quoted string. */
const char *upsell__value_show(const upsell__value *value, char out[UPSELL__SHOWN_SIZE]);

/* Writes a value, without white space. */
void upsell__value_write(upsell__buffer *buffer, const upsell__value *value);

/* The same, and stops where the buffer is longer than `max` bytes: what is shared in
 * memory is written wherever it stands. 0 then. */
int upsell__value_write_within(upsell__buffer *buffer, const upsell__value *value, size_t max);

#endif
