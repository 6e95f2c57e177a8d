/* SPDX-License-Identifier: MIT */
/* Made-up shops and orders of any size, the same on every run. */
#ifndef UPSELL_BENCH_WORKLOAD_H
#define UPSELL_BENCH_WORKLOAD_H

#include <upsell/upsell.h>

#include "rng.h"
#include "text.h"

typedef struct workload {
  size_t scenarios;
  /* 1: 50 products whatever the number of scenarios, and every scenario denies
   * other items, so that each product has many candidates that mostly fail.
   * 0: two products per scenario, so that a product has as many candidates in a
   * large shop as in a small one, and four of five scenarios allow other items. */
  int strict;
} workload;

enum { PLAN_COUNT = 8 };

#define SEED UINT64_C(7)
#define PRODUCT_ID "gid://shopify/Product/84010%08zu"
#define VARIANT_ID "gid://shopify/ProductVariant/4512%09zu%zu"
#define PLAN_ID "gid://shopify/SellingPlan/690100000%zu"

/* How many products can be bought. */
static inline size_t workload_products(const workload *shop)
{
  return shop->strict ? 50 : shop->scenarios * 2;
}

/* Variants are numbered from 0 within each product. */
static inline size_t workload_variants(size_t product)
{
  return 1 + product % 2;
}

/* A product to buy or to be triggered by. Half of all products are mostly bought
 * in subscriptions, the others mostly without. */
static inline size_t workload_draw(const workload *shop, rng *r, int subscription)
{
  size_t product = rng_below(r, workload_products(shop));

  if (rng_chance(r, 85))
    product = ((product & ~(size_t)2) | (subscription ? 2 : 0)) % workload_products(shop);
  return product;
}

/* Appends the catalogue's document. */
void workload_catalog(const workload *shop, text *out);

/* Orders, each as a struct and as text. */
typedef struct orders {
  text documents;
  size_t *begins; /* where each document begins, and where the last one ends */
  upsell_order *structs;
  upsell_order_line *lines;
  size_t count;
} orders;

orders workload_orders(const workload *shop, size_t count);

void orders_free(orders *all);

#endif
