/* SPDX-License-Identifier: MIT */
/*
 * A document as a tree of json-c objects: vectors, and values to compare with. The
 * text is judged by our own reader alone; json-c only keeps the values, and writes
 * them independently of the library.
 */
#ifndef UPSELL_TESTS_TREE_H
#define UPSELL_TESTS_TREE_H

#include <json-c/json_object.h>
#include <json-c/linkhash.h>

#include "base/report.h"

/*
 * Reads a whole document into a new tree, or reports the fault and returns its
 * status. The caller drops the tree with json_object_put(); a tree never goes
 * from one thread to another. Integers that do not fit in 64 bits and numbers
 * that are not integers are refused: no vector has them.
 */
upsell_status upsell__tree_read(const char *text, size_t len, struct json_object **tree,
                                upsell__sink *sink);

/*
 * Follows an RFC 6901 pointer. `*found` is borrowed from the tree and may be
 * NULL for a JSON null. Returns 0 when the pointer leads nowhere.
 */
int upsell__tree_get(struct json_object *tree, const char *pointer, struct json_object **found);

#endif
