/* SPDX-License-Identifier: MIT */
/*
 * Writing JSON into a buffer: no white space, keys as they are given, and
 * strings escaped in one way only (OUT-5), so that equal values are equal bytes.
 */
#ifndef UPSELL_JSON_WRITER_H
#define UPSELL_JSON_WRITER_H

#include "base/buffer.h"

/* A string in quotes. `text` is well-formed UTF-8. */
void upsell__write_string(upsell__buffer *buffer, upsell_str text);

/* A string, or null when it is absent. */
void upsell__write_string_or_null(upsell__buffer *buffer, upsell_str text);

/* An array of strings. */
void upsell__write_strings(upsell__buffer *buffer, const upsell_str *texts, size_t count);

/* true or false. */
void upsell__write_bool(upsell__buffer *buffer, int value);

#endif
