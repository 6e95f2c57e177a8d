/* SPDX-License-Identifier: MIT */
/*
 * Shopify's two ways to write an id: a number (changesets, InputData) and a GID
 * such as "gid://shopify/Product/100" (Admin API). `type` is the middle part.
 */
#ifndef UPSELL_SHOPIFY_GID_H
#define UPSELL_SHOPIFY_GID_H

#include "base/arena.h"
#include "base/buffer.h"

/* 2^53: the largest number that every JSON program keeps exact. */
#define UPSELL__GID_NUMBER_MAX INT64_C(9007199254740992)

/* Whether `id` is digits, or a GID of this type; nothing may follow the digits, which
 * are a number from 1 to UPSELL__GID_NUMBER_MAX without a leading zero. */
int upsell__gid_number(upsell_str id, const char *type, int64_t *number);

/* The same, with the digits as a part of `id`. */
int upsell__gid_digits(upsell_str id, const char *type, upsell_str *digits);

/* Whether `id` is a GID of this type, not merely digits. */
int upsell__is_gid(upsell_str id, const char *type);

/* Appends the GID, without quotes. */
void upsell__gid_write(upsell__buffer *buffer, const char *type, int64_t number);

/* The GID as a text in the arena; absent when memory ran out. */
upsell_str upsell__gid_make(upsell__arena *arena, const char *type, int64_t number);

#endif
