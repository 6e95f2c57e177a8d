/* SPDX-License-Identifier: MIT */
/*
 * A strict pull reader for JSON: RFC 8259 to the letter, UTF-8 checked, nesting
 * limited, duplicate keys found, integers exact, byte position and JSON Pointer
 * known at every token (DOC-1, DOC-2, DOC-5, DOC-7, DOC-8). It knows no
 * commerce.
 *
 * It reads a text in place and hands out slices of it. It allocates only when
 * an object has more keys of its own kind than fit in the reader (see
 * upsell__reader_note_key). The first fault is kept: from then on every
 * function fails, so that callers may check once.
 *
 * The caller pulls: it looks at the next value with upsell__reader_peek() and
 * then reads, enters or skips it. Inside an object, upsell__reader_next_key()
 * comes before each value; inside an array, upsell__reader_next_item() does.
 */
#ifndef UPSELL_JSON_READER_H
#define UPSELL_JSON_READER_H

#include <upsell/status.h>

#include "base/str.h"

enum { UPSELL__JSON_DEPTH_MAX = 64, UPSELL__READER_KEYS = 32 };

/* Kinds of value, as upsell__reader_peek() tells them. */
typedef enum upsell__json_kind {
  UPSELL__JSON_FAULT, /* a fault, now or before */
  UPSELL__JSON_OBJECT,
  UPSELL__JSON_ARRAY,
  UPSELL__JSON_STRING,
  UPSELL__JSON_NUMBER,
  UPSELL__JSON_TRUE,
  UPSELL__JSON_FALSE,
  UPSELL__JSON_NULL
} upsell__json_kind;

/* The inside of a string as it stands in the text. */
typedef struct upsell__json_string {
  upsell_str raw;
  int escaped; /* has escapes: decode before use */
} upsell__json_string;

typedef struct upsell__json_number {
  upsell_str raw;
  int64_t value;  /* where `is_integer` and `in_range` */
  int is_integer; /* no fraction, no exponent, not -0 */
  int in_range;   /* fits in int64_t */
} upsell__json_number;

typedef struct upsell__reader_frame {
  upsell__json_string key; /* of the member being read */
  size_t index;            /* number of the item being read */
  size_t first_key;        /* where this object's noted keys start */
  int is_object;
  int begun; /* a member or item was seen */
} upsell__reader_frame;

typedef struct upsell__reader {
  const char *begin;
  const char *end;
  const char *at;
  upsell_status status; /* the first fault, or UPSELL_OK */
  const char *fault;    /* its sentence, static */
  int between;          /* before a key or an item: the frame names no child */
  int depth;            /* open objects and arrays */
  upsell__reader_frame frames[UPSELL__JSON_DEPTH_MAX + 1]; /* 1 ... depth */
  upsell__json_string *keys;                               /* noted keys of all open objects */
  size_t key_count;
  size_t key_capacity;
  upsell__json_string own_keys[UPSELL__READER_KEYS];
} upsell__reader;

/* Starts at the beginning of a text; a byte order mark is a fault. */
void upsell__reader_init(upsell__reader *reader, const char *text, size_t len);

/* Frees what an object with many keys may have taken. */
void upsell__reader_done(upsell__reader *reader);

/* The kind of the next value; nothing is taken. */
upsell__json_kind upsell__reader_peek(upsell__reader *reader);

/* Each reads a value of the kind that peek told; 0 on a fault. */
int upsell__reader_string(upsell__reader *reader, upsell__json_string *string);
int upsell__reader_number(upsell__reader *reader, upsell__json_number *number);
int upsell__reader_literal(upsell__reader *reader, upsell__json_kind kind);
int upsell__reader_enter(upsell__reader *reader); /* an object or an array */

/* Goes to the next member; its key is in the frame. 0 at the end of the object,
 * which is then left, and on a fault. */
int upsell__reader_next_key(upsell__reader *reader);

/* The same for the next item of an array. */
int upsell__reader_next_item(upsell__reader *reader);

/* The key that next_key() found. */
static inline const upsell__json_string *upsell__reader_key_of(const upsell__reader *reader)
{
  return &reader->frames[reader->depth].key;
}

/* Whether the next member is written exactly `quoted` (with its quotes): then
 * its key is taken, which is quicker than next_key(). */
int upsell__reader_try_key(upsell__reader *reader, const char *quoted, size_t len);

/* Notes the current key and faults if its object has it already. Keys that the
 * caller tells apart by itself need not be noted. */
int upsell__reader_note_key(upsell__reader *reader);

/* Faults with DUPLICATE_KEY at the current key. */
void upsell__reader_duplicate_key(upsell__reader *reader);

/* Makes the reader fault by its caller's judgement; returns 0. */
int upsell__reader_fault(upsell__reader *reader, upsell_status status, const char *message);

/* Reads past a value of any kind, checking all of it. */
int upsell__reader_skip(upsell__reader *reader);

/* Checks that nothing but white space is left. */
int upsell__reader_end(upsell__reader *reader);

/* Compares decoded texts byte by byte: negative, zero or positive. */
int upsell__json_compare(const upsell__json_string *a, const upsell__json_string *b);

/* Decodes a string into `out`, which has room for raw.len bytes; returns the
 * decoded length, never more than raw.len. */
size_t upsell__json_decode(const upsell__json_string *string, char *out);

/* Writes the pointer of where the reader is, with a NUL, cut like a path. Returns
 * whether all of it is there. */
int upsell__reader_pointer(const upsell__reader *reader, char *out, size_t size);

/* Byte position of the next token, or of the fault. */
int64_t upsell__reader_offset(const upsell__reader *reader);

#endif
