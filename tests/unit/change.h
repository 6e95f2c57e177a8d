/* SPDX-License-Identifier: MIT */
/* Tables of changes to the valid store of store.h, each with what it breaks. */
#ifndef UPSELL_TESTS_CHANGE_H
#define UPSELL_TESTS_CHANGE_H

#include "store.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* One change of the valid store, and the one problem it makes. */
typedef struct change {
  size_t at;   /* place in the store */
  size_t size; /* bytes to overwrite; 0: a text */
  int64_t value;
  upsell_str text;
  upsell_status code;
  const char *pointer;
} change;

#define SIZE_OF(member) sizeof(((store *)NULL)->member)
#define SET(member, value, code, pointer)                                                          \
  {                                                                                                \
    offsetof(store, member), SIZE_OF(member), (value), {NULL, 0}, UPSELL_##code, (pointer)         \
  }
#define TEXT(member, literal, code, pointer)                                                       \
  {                                                                                                \
    offsetof(store, member), 0, 0, UPSELL_STR(literal), UPSELL_##code, (pointer)                   \
  }
#define NO_TEXT(member, code, pointer)                                                             \
  {                                                                                                \
    offsetof(store, member), 0, 0, {NULL, 0}, UPSELL_##code, (pointer)                             \
  }

/* Makes a change. */
static inline void apply(store *s, const change *c)
{
  static const char zeros[sizeof(upsell_cycle)] = {0};
  char *place = (char *)s + c->at;
  int32_t narrow = (int32_t)c->value;

  if (c->size == 0)
    memcpy(place, &c->text, sizeof(c->text));
  else if (c->value == 0)
    memcpy(place, zeros, c->size);
  else if (c->size == 1)
    *place = (char)c->value;
  else if (c->size == sizeof(narrow))
    memcpy(place, &narrow, sizeof(narrow));
  else
    memcpy(place, &c->value, sizeof(c->value));
}

#endif
