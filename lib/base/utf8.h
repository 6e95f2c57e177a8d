/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): checking and cutting. */
#ifndef UPSELL_BASE_UTF8_H
#define UPSELL_BASE_UTF8_H

#include "base/str.h"

/* Bytes of the well-formed sequence at `p` (1 to 4), or 0: no overlong forms,
 * no surrogates, nothing above U+10FFFF. `p` is before `end`. */
size_t upsell__utf8_sequence(const char *p, const char *end);

/* Whether a slice is well-formed UTF-8 without NUL. */
int upsell__utf8_clean(upsell_str text);

/* Writes a code point (not a surrogate, at most U+10FFFF) as 1 to 4 bytes. */
size_t upsell__utf8_encode(uint32_t code, char out[4]);

/* The largest length <= `limit` that does not cut a sequence of `text`. */
size_t upsell__utf8_cut(const char *text, size_t len, size_t limit);

#endif
