/* SPDX-License-Identifier: MIT */
/*
 * Running vectors: cases with an input and the result that the specification
 * demands, kept as data so that every language can run them (README.md).
 */
#ifndef UPSELL_TESTS_VECTORS_H
#define UPSELL_TESTS_VECTORS_H

#include <upsell/upsell.h>

#include "../support/tree.h"

/* One case of a file. */
typedef struct vector {
  const char *name;
  struct json_object *given;
  struct json_object *expect;
} vector;

/* What a file's "function" stands for. */
typedef struct vector_function {
  const char *name;
  void (*run)(const vector *v); /* fails the running test unless all is as expected */
} vector_function;

/* The functions of each group; a NULL name ends each list. */
extern const vector_function vector_money[];
extern const vector_function vector_pricing[];
extern const vector_function vector_documents[];
extern const vector_function vector_decide[];
extern const vector_function vector_catalog_facts[];
extern const vector_function vector_adapters[];
extern const vector_function vector_page[];
extern const vector_function vector_plan[];
extern const vector_function vector_runner[];
extern const vector_function vector_session[];
extern const vector_function vector_tally[];

/* ---- reading "given"; what is missing or of the wrong type fails the test ---- */

/* Whether a word is one of those in a list, separated by spaces. */
int vector_is_listed(const char *list, const char *word);

/* Fails when an object has a key that is not among `keys`, separated by spaces:
 * a typing mistake in a vector must not pass unseen. */
void vector_keys(const vector *v, struct json_object *object, const char *keys);

struct json_object *vector_get(const vector *v, struct json_object *object, const char *key);

/* NULL where the key is missing. */
struct json_object *vector_find(struct json_object *object, const char *key);

int64_t vector_int(const vector *v, struct json_object *object, const char *key);
int32_t vector_int32(const vector *v, struct json_object *object, const char *key);

/* A string: "text", or "hex" for bytes that JSON cannot hold. */
upsell_str vector_str(const vector *v, struct json_object *object, const char *key);

/* One of `names`, counted from 1, or an integer, which stands for itself. */
int32_t vector_name(const vector *v, struct json_object *object, const char *key,
                    const char *const *names);

/* Bytes in memory of exactly their length, so that reading past them shows. */
typedef struct vector_bytes {
  char *data;
  size_t len;
} vector_bytes;

/* The document at `key`, written compactly, or the text at `text_key`. */
vector_bytes vector_document(const vector *v, const char *key, const char *text_key);

/* The catalogue at "catalog" or "catalog_text", which must be valid. */
upsell_catalog *vector_catalog(const vector *v);

/* The text that "document", "text", "hex" or "repeat" stands for. */
vector_bytes vector_source(const vector *v);

/* Decides for an order's document in batches of all forms, alone and among others: each
 * must come to what upsell_decide_json() comes to. */
void vector_batch(const vector *v, const upsell_catalog *catalog, const vector_bytes *order,
                  uint32_t flags);

/* ---- comparing ---- */

/* Compact JSON in the tree's own key order; owned by the tree. */
const char *vector_json(struct json_object *tree);

/* Fails unless the texts are equal; `what` says which result it was. */
void vector_same(const vector *v, const char *what, const char *expected, const char *actual);

/* Compares a result with "expect", and drops it. */
void vector_expect(const vector *v, struct json_object *actual);

/* Expects {"code": name of the status}. */
void vector_expect_status(const vector *v, upsell_status status);

/* Adds an integer, or a string, to an object. */
void vector_add_int(struct json_object *object, const char *key, int64_t value);
void vector_add_text(struct json_object *object, const char *key, const char *text);

#endif
