/* SPDX-License-Identifier: MIT */
/*
 * Reading Shopify's payloads: values of a JSON tree with where they stand, so that
 * every fault points at its culprit. What is not asked for is ignored. All readers
 * return 0 after a report.
 */
#ifndef UPSELL_SHOPIFY_PAYLOAD_H
#define UPSELL_SHOPIFY_PAYLOAD_H

#include <upsell/money.h>
#include <upsell/order.h>

#include "json/value.h"

typedef struct upsell__payload {
  upsell__arena *arena;
  upsell__sink *sink;
  const upsell_currency *currency; /* the order's, once it was read */
  int gids;                        /* ids of products and the like become GIDs */
} upsell__payload;

/* A value with where it stands. Its path goes through those of the spots above it,
 * which must therefore stay where they are. */
typedef struct upsell__spot {
  const upsell__value *value; /* NULL: nothing is there */
  upsell__path path;
  int is_document; /* the whole text; the path says nothing */
} upsell__spot;

upsell__spot upsell__spot_document(const upsell__value *value);
upsell__spot upsell__spot_key(const upsell__spot *object, const char *key);
upsell__spot upsell__spot_item(const upsell__spot *array, size_t index, const upsell__value *item);

static inline const upsell__path *upsell__spot_path(const upsell__spot *spot)
{
  return spot->is_document ? NULL : &spot->path;
}

/* Whether there is a value of this kind; `expected` begins the sentence: "An object". */
int upsell__payload_kind(const upsell__payload *payload, const upsell__spot *spot,
                         upsell__json_kind kind, const char *expected);

/* Whether there is an object, or null: then `*is_null` is set. */
int upsell__payload_object_or_null(const upsell__payload *payload, const upsell__spot *spot,
                                   int *is_null);

/* An id, as our own documents have it (VAL-1). */
int upsell__payload_id(const upsell__payload *payload, const upsell__spot *spot, upsell_str *id);

/* A number or GID of Shopify's, as its digits or as a GID (ADA-2). */
int upsell__payload_shopify_id(const upsell__payload *payload, const upsell__spot *spot,
                               const char *type, upsell_str *id);

/* A GID of Shopify's, as it stands (ADA-2). */
int upsell__payload_gid(const upsell__payload *payload, const upsell__spot *spot, const char *type,
                        upsell_str *gid);

/* An integer from `min` to `max`. */
int upsell__payload_integer(const upsell__payload *payload, const upsell__spot *spot, int64_t min,
                            int64_t max, int64_t *number);

/* The order's currency; from here on it is the payload's. */
int upsell__payload_currency(upsell__payload *payload, const upsell__spot *spot,
                             upsell_order *order);

/* Whether a currency code is the order's (ADA-3). */
int upsell__payload_same_currency(const upsell__payload *payload, const upsell__spot *spot);

/* The amount of an object with `amount` and `currencyCode`, in minor units (ADA-3). */
int upsell__payload_money(const upsell__payload *payload, const upsell__spot *money,
                          int64_t *amount);

/* Sets what was paid for a line, of which `total` was paid for `units` (ADA-4). */
void upsell__line_set_paid(upsell_order_line *line, int64_t total, int64_t units);

#endif
