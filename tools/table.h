/* SPDX-License-Identifier: MIT */
/* A report for people: a table of text. */
#ifndef UPSELL_TOOLS_TABLE_H
#define UPSELL_TOOLS_TABLE_H

#include <stdio.h>
#include <upsell/upsell.h>

/* Prints the counts of all scenarios, or of `only` one where that is not absent. Without a
 * catalogue (NULL), nothing is known of them but their ids. Returns 0 when memory ran out. */
int table_print(FILE *out, const upsell_tally *tally, const upsell_catalog *catalog,
                upsell_str only, int32_t locale);

#endif
