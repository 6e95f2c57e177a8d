/* SPDX-License-Identifier: MIT */
/* Texts of the offer page as decision and page documents both have them (OUT-1, PAG-2). */
#ifndef UPSELL_CODEC_PAGE_TEXTS_H
#define UPSELL_CODEC_PAGE_TEXTS_H

#include <upsell/decision.h>

#include "base/buffer.h"

/* The objects "timer", "description" and "close_button". */
void upsell__write_timer(upsell__buffer *out, const upsell_page *page);
void upsell__write_description(upsell__buffer *out, const upsell_page *page);
void upsell__write_close_button(upsell__buffer *out, const upsell_page *page);

#endif
