/* SPDX-License-Identifier: MIT */
/*
 * A deal in Shopify's terms: every id that the steps need, as the platform writes it,
 * and how its lines can be told apart (PLN-3, PLN-4, PLN-6).
 */
#ifndef UPSELL_SHOPIFY_TERMS_H
#define UPSELL_SHOPIFY_TERMS_H

#include "plan/deal.h"
#include "plan/digest.h"

/* Room for the key of a metafield: a word and a UUID. */
enum { UPSELL__METAFIELD_KEY_SIZE = 48 };

/* A line of the order that the plan needs to know. */
typedef struct upsell__line_terms {
  upsell_str gid;     /* absent: it must be found by what follows */
  upsell_str variant; /* GID */
  upsell_str plan;    /* GID; absent for a one-time line */
  int64_t total;      /* what was paid for it, with `needs_total` */
  int needs_total;    /* another line has the same variant and plan */
} upsell__line_terms;

typedef struct upsell__target_terms {
  const upsell__deal_target *target;
  upsell__line_terms line; /* pattern 1: its first line */
  upsell_str plan;         /* GID; absent for one-time offers */
  int64_t plan_number;
  upsell_str contract; /* GID; absent where it is not known */
  size_t same_price;   /* how many targets have its first price */
} upsell__target_terms;

typedef struct upsell__terms {
  const upsell__deal *deal;
  int32_t api_version;
  int32_t dialect;
  upsell_str shop;      /* may be absent */
  upsell_str reference; /* may be absent */
  upsell_str order_gid; /* absent: it must be found by the reference */
  upsell_str variant;   /* GID of what is offered */
  int64_t variant_number;
  const upsell__target_terms *targets; /* as many as the deal has */
  const upsell__line_terms *cancelled; /* as many as the deal has */
  const upsell_str *known_lines;       /* GIDs of all lines of the order, or NULL */
  char plan_id[UPSELL__UUID_SIZE];
  char charge_key[UPSELL__UUID_SIZE];
  char refund_key[UPSELL__UUID_SIZE];
  char undo_key[UPSELL__UUID_SIZE];
  char claim[UPSELL__METAFIELD_KEY_SIZE];    /* key of the claim: per plan */
  char evidence[UPSELL__METAFIELD_KEY_SIZE]; /* key of the evidence: per scenario */
} upsell__terms;

/* Reports what is wrong with options by themselves, below nothing (PLN-3); returns the
 * sink's status. NULL is all defaults. */
upsell_status upsell__options_check(const upsell_plan_options *options, upsell__sink *sink);

/* Fills in the terms, or reports the first id or line that Shopify could not know, below
 * "order", "catalog" or "options". Texts are in the arena or borrowed from the deal. */
upsell_status upsell__terms_make(const upsell__deal *deal, const upsell_plan_options *options,
                                 upsell__arena *arena, upsell__terms *terms, upsell__sink *sink);

/* The ids of a plan (PLN-4), once all else is filled in. */
void upsell__terms_ids(upsell__terms *terms);

#endif
