/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What every other header needs: the export macro, text slices and the
 * three-valued choice.
 */
#ifndef UPSELL_BASE_H
#define UPSELL_BASE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define UPSELL_API __attribute__((visibility("default")))
#else
#define UPSELL_API
#endif

#ifdef __cplusplus
#define UPSELL_BEGIN_DECLS extern "C" {
#define UPSELL_END_DECLS }
#else
#define UPSELL_BEGIN_DECLS
#define UPSELL_END_DECLS
#endif

UPSELL_BEGIN_DECLS

/**
 * A slice of UTF-8 text: `len` bytes from `data`, not terminated.
 *
 * `data == NULL` means "absent" (the default applies); `data != NULL` with
 * `len == 0` is the empty text. The library never keeps a slice that it was
 * given: what it needs, it copies. Slices that it hands out are borrowed from
 * the object they were read from.
 *
 * @since 0.1.0
 */
typedef struct upsell_str {
  const char *data; /**< first byte, or NULL for "absent" */
  size_t len;       /**< length in bytes */
} upsell_str;

/** Initialises an upsell_str from a string literal. @since 0.1.0 */
#define UPSELL_STR(literal) {(literal), sizeof(literal) - 1}

/** A slice over a NUL-terminated string; NULL gives an absent one. @since 0.1.0 */
static inline upsell_str upsell_str_of(const char *text)
{
  upsell_str str;
  str.data = text;
  str.len = text ? strlen(text) : 0;
  return str;
}

/**
 * A yes/no setting in an input struct. Zero leaves the choice to the default
 * that the field's comment names.
 *
 * @since 0.1.0
 */
enum upsell_choice_value {
  UPSELL_DEFAULT = 0, /**< the documented default */
  UPSELL_YES = 1,     /**< true */
  UPSELL_NO = 2       /**< false */
};

UPSELL_END_DECLS

#endif
