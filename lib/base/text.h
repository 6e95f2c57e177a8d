/* SPDX-License-Identifier: MIT */
/* Texts that the library makes and the caller owns. */
#ifndef UPSELL_BASE_TEXT_H
#define UPSELL_BASE_TEXT_H

#include <upsell/text.h>

#include "base/buffer.h"

/* Makes a text of what was written, which is then the text's own; NULL, and the
 * buffer freed, when memory ran out, now or before. */
upsell_text *upsell__text_new(upsell__buffer *buffer);

#endif
