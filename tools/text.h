/* SPDX-License-Identifier: MIT */
/* Decisions for people, in English or Japanese. */
#ifndef UPSELL_TOOLS_TEXT_H
#define UPSELL_TOOLS_TEXT_H

#include <stdio.h>
#include <upsell/upsell.h>

typedef struct text_language text_language;

/* "en" or "ja"; NULL for any other. */
const text_language *text_language_of(const char *code);

void text_print_decision(FILE *out, const text_language *language,
                         const upsell_decision_view *view);

void text_print_error(FILE *out, const text_language *language, const upsell_error *error,
                      uint64_t line);

#endif
