/* SPDX-License-Identifier: MIT */
/*
 * Documents as tables: each object of a document is a list of fields, and one
 * reader fills structs from any of them. A table says what a key is called, what
 * its value is and where it goes; the rules about values themselves are the
 * model's.
 *
 * Amounts are read into ten-thousandths of a major unit, since the currency may
 * stand further down (see money/decimal.h).
 */
#ifndef UPSELL_CODEC_FIELDS_H
#define UPSELL_CODEC_FIELDS_H

#include "base/arena.h"
#include "base/report.h"
#include "json/fault.h"

typedef enum upsell__field_kind {
  UPSELL__FIELD_FORMAT,   /* the string `more`; goes nowhere */
  UPSELL__FIELD_ID,       /* string or integer -> upsell_str */
  UPSELL__FIELD_TEXT,     /* string -> upsell_str */
  UPSELL__FIELD_INTEGER,  /* min ... max -> int32_t */
  UPSELL__FIELD_STOCK,    /* min ... max or null -> int64_t; `mark` gets yes or no */
  UPSELL__FIELD_TIME,     /* min ... max or null -> int64_t, null as -1 */
  UPSELL__FIELD_CHOICE,   /* true, false -> int32_t */
  UPSELL__FIELD_NAME,     /* one of the names `more` -> int32_t, counted from `min` */
  UPSELL__FIELD_AMOUNT,   /* decimal -> int64_t; `mark`, if any, gets 1 */
  UPSELL__FIELD_CURRENCY, /* ISO 4217 code -> char[4] */
  UPSELL__FIELD_OBJECT,   /* of the object `more`, in the struct at the offset */
  UPSELL__FIELD_NEW,      /* of the object `more` -> pointer to a new struct */
  UPSELL__FIELD_OBJECTS,  /* array of objects `more` -> pointer; `mark` gets the count */
  UPSELL__FIELD_IDS       /* array of ids -> pointer; `mark` gets the count */
} upsell__field_kind;

enum { UPSELL__OPTIONAL = 0, UPSELL__REQUIRED = 1, UPSELL__NULLABLE = 2 };

typedef struct upsell__field {
  const char *quoted; /* the key in its quotes */
  uint8_t quoted_len;
  uint8_t kind;
  uint8_t flags;
  uint16_t offset;
  uint16_t mark; /* a second place; 0: none */
  int64_t min;
  int64_t max; /* for OBJECTS: the most items, 0: any number */
  const void *more;
} upsell__field;

typedef struct upsell__reading upsell__reading;

typedef struct upsell__object {
  const char *title; /* for messages: "a scenario" */
  const upsell__field *fields;
  uint8_t field_count;
  uint8_t ignores_unknown; /* unknown keys are skipped, not reported */
  uint16_t struct_size;
  uint8_t sized; /* the struct begins with its size */
  /* Looks at the object as a whole; `good` has a bit for each field that was
   * read without a problem, `seen` for each that was there. */
  void (*finish)(upsell__reading *reading, void *target, uint64_t seen, uint64_t good);
} upsell__object;

/* The documents that are read. */
extern const upsell__object upsell__catalog_object;
extern const upsell__object upsell__order_object;
extern const upsell__object upsell__session_object;
extern const upsell__object upsell__event_object;

struct upsell__reading {
  upsell__reader reader;
  upsell__sink *sink;
  upsell__arena *arena; /* for decoded texts and lists */
  size_t decimals;      /* of the last amount, as written */
};

/* One field of a table: key, kind, flags, struct, member. */
#define UPSELL__FIELD(key, kind, flags, type, member)                                              \
  UPSELL__FIELD_WITH(key, kind, flags, type, member, 0, 0, 0, NULL)
#define UPSELL__FIELD_WITH(key, kind, flags, type, member, mark, min, max, more)                   \
  {                                                                                                \
    "\"" key "\"", (uint8_t)(sizeof(key) + 1), (kind), (flags), (uint16_t)offsetof(type, member),  \
        (mark), (min), (max), (more)                                                               \
  }

/* An object whose fields are the array `fields` and go into a struct `type`. */
#define UPSELL__OBJECT(title, fields, ignores_unknown, type, sized, finish)                        \
  {                                                                                                \
    (title), (fields), (uint8_t)(sizeof(fields) / sizeof((fields)[0])), (ignores_unknown),         \
        sizeof(type), (sized), (finish)                                                            \
  }

/* Fills `target` with the document `text`; what is decoded or listed goes into the
 * arena. What is wrong is reported. Returns 0 when the text is not JSON, when memory
 * ran out or when the sink wants no more. */
int upsell__document_read(const char *text, size_t len, const upsell__object *object, void *target,
                          upsell__sink *sink, upsell__arena *arena);

/* Reports a problem with a key of the object that was just left. */
void upsell__report_key(upsell__reading *reading, upsell_status code, const char *key,
                        const char *message);

#endif
