/* SPDX-License-Identifier: MIT */
/*
 * Reading single values of documents (VAL-1 ... VAL-6). Each returns 0 after a
 * report or a fault.
 */
#ifndef UPSELL_CODEC_VALUES_H
#define UPSELL_CODEC_VALUES_H

#include "codec/fields.h"

/* What stands in a number or choice that could not be read: no valid value, so
 * that the model finds it at the same pointer and does not take it for left out. */
enum { UPSELL__UNREADABLE = -1 };

/* A string or an integer, which means its digits. */
int upsell__read_id(upsell__reading *reading, upsell_str *id);

/* A string, decoded: in place where it has no escapes. */
int upsell__read_text(upsell__reading *reading, upsell_str *text);

/* An integer in the field's range. */
int upsell__read_ranged(upsell__reading *reading, const upsell__field *field, int64_t *value);

/* true or false. */
int upsell__read_choice(upsell__reading *reading, int32_t *choice);

/* One of the field's names, counted from its `min`. */
int upsell__read_name(upsell__reading *reading, const upsell__field *field, int32_t *value);

/* A decimal string or an integer, in ten-thousandths. */
int upsell__read_amount(upsell__reading *reading, int64_t *scaled);

int upsell__read_currency(upsell__reading *reading, char code[4]);
int upsell__read_format(upsell__reading *reading, const char *format);

/* Reports a value of the wrong type and skips it; `expected` begins the
 * sentence: "An object". */
int upsell__value_wrong_type(upsell__reading *reading, const char *expected);

/* Byte position of the next value. */
int64_t upsell__value_offset(upsell__reading *reading);

/* Faults for lack of memory. */
int upsell__reading_no_memory(upsell__reading *reading);

#endif
