/* SPDX-License-Identifier: MIT */
/* How many columns of a terminal a text takes. */
#ifndef UPSELL_TOOLS_WIDTH_H
#define UPSELL_TOOLS_WIDTH_H

#include <upsell/upsell.h>

/* Columns that print_clean() fills with a text of well-formed UTF-8. The same in every
 * locale, which wcwidth() is not. */
size_t text_width(upsell_str text);

#endif
