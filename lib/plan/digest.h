/* SPDX-License-Identifier: MIT */
/*
 * Ids that follow from what they are for (PLN-4): the SHA-256 of a list of fields, as
 * a UUID of version 8 (RFC 9562). Each field goes in with its length, so that no two
 * lists give the same text.
 */
#ifndef UPSELL_PLAN_DIGEST_H
#define UPSELL_PLAN_DIGEST_H

#include "base/sha256.h"

/* Room for a UUID with its NUL. */
enum { UPSELL__UUID_SIZE = 37 };

typedef struct upsell__digest {
  upsell__sha256 sha;
} upsell__digest;

/* Starts; `purpose` keeps ids of one kind apart from those of another. */
void upsell__digest_init(upsell__digest *digest, const char *purpose);

/* A text, where absent is not the empty text. */
void upsell__digest_text(upsell__digest *digest, upsell_str text);
void upsell__digest_number(upsell__digest *digest, int64_t number);

/* The id; the digest is used up. */
void upsell__digest_uuid(upsell__digest *digest, char uuid[UPSELL__UUID_SIZE]);

#endif
