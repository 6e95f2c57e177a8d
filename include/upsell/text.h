/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Texts that the library makes and the caller owns.
 */
#ifndef UPSELL_TEXT_H
#define UPSELL_TEXT_H

#include <upsell/base.h>

UPSELL_BEGIN_DECLS

/** A text that the library made; free it with upsell_text_free(). @since 0.1.0 */
typedef struct upsell_text upsell_text;

/**
 * The text itself.
 *
 * @param text a text
 * @param len  receives its length in bytes, without the NUL; may be NULL
 * @return the bytes, NUL-terminated, owned by `text`; NULL only for NULL
 * @par Thread-safety any thread; a text never changes
 * @since 0.1.0
 */
UPSELL_API const char *upsell_text_data(const upsell_text *text, size_t *len);

/**
 * Frees a text.
 *
 * @param text a text, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_text_free(upsell_text *text);

UPSELL_END_DECLS

#endif
