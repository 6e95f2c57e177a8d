/* SPDX-License-Identifier: MIT */
/*
 * The GraphQL documents that plans ask their hosts to send: one table, in which every
 * document says for which versions of the Admin API it is and which scopes it needs.
 */
#ifndef UPSELL_SHOPIFY_DOCUMENTS_H
#define UPSELL_SHOPIFY_DOCUMENTS_H

#include <upsell/plan.h>

/* Scopes, as bits that ascend by name. */
enum {
  UPSELL__READ_ORDERS = 1,
  UPSELL__READ_CONTRACTS = 2, /* read_own_subscription_contracts */
  UPSELL__READ_PRODUCTS = 4,
  UPSELL__WRITE_ORDERS = 8,
  UPSELL__WRITE_CONTRACTS = 16,
  UPSELL__SCOPES = 5 /* how many there are */
};

/* The names of scopes, ascending; returns how many. */
size_t upsell__scope_names(uint32_t scopes, upsell_str names[UPSELL__SCOPES]);

typedef struct upsell__document {
  const char *name; /* by which steps ask for it */
  int32_t since;    /* enum upsell_api_version */
  int32_t until;    /* the last version it is for */
  uint32_t scopes;
  const char *text;
} upsell__document;

/* The document of this name for a version; it is there (a test asks for all). */
const upsell__document *upsell__document_find(upsell_str name, int32_t api_version);

#endif
